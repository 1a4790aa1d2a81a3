"""What a sparkline draws, read back from its SVG."""

from __future__ import annotations

import re
from datetime import date

from components.figures.sparkline import END, HEIGHT, MARGIN, START, WIDTH, data_uri, sparkline_svg
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath


def reading(period: str, value: float | None, **more: object) -> Reading:
    return Reading(Period.parse(period), value, **more)  # type: ignore[arg-type]


def path(start: float, end: float) -> TargetPath:
    return TargetPath(
        baseline=Goal(date(2022, 12, 31), start),
        milestones=(),
        target=Goal(date(2027, 12, 31), end),
        valid_from=date(2023, 1, 1),
        decided_on=date(2023, 1, 1),
        decision_ref="",
        deciding_body="",
        reason="annex",
    )


def line(svg: str) -> str:
    (found,) = re.findall(r'<path d="([^"]*)" stroke="#1c2833" stroke-width="1.5"/>', svg)
    return found


def test_neighbouring_periods_are_joined() -> None:
    svg = sparkline_svg([reading("2024", 10), reading("2025", 20)], None)
    assert re.fullmatch(r"M[\d.]+ [\d.]+L[\d.]+ [\d.]+", line(svg))


def test_a_missing_period_interrupts_the_line() -> None:
    gap = [reading("2023", 10), reading("2024", None, availability=Availability.MISSING), reading("2025", 20)]
    assert line(sparkline_svg(gap, None)).count("M") == 2


def test_a_hidden_value_is_nowhere_in_the_image() -> None:
    """A hidden reading has no value by construction; the image must equal the one without it."""
    hidden = reading("2024", None, availability=Availability.HIDDEN)
    rest = [reading("2023", 10), reading("2025", 20)]
    assert sparkline_svg([rest[0], hidden, rest[1]], None) == sparkline_svg(rest, None)


def test_the_line_breaks_where_the_series_does() -> None:
    svg = sparkline_svg([reading("2024", 10), reading("2025", 20, starts_break=True)], None)
    assert line(svg).count("M") == 2


def test_a_break_is_a_vertical_line_on_its_day() -> None:
    svg = sparkline_svg([reading("2025", 10), reading("2026", 20)], None, breaks=[date(2026, 1, 1)])
    share = (date(2026, 1, 1) - START).days / (END - START).days
    x = round(MARGIN + (WIDTH - 2 * MARGIN) * share, 1)
    assert f'<path d="M{x} 2V{HEIGHT - 2}" stroke="#9a3412"' in svg


def test_what_comes_after_the_judged_reading_is_hollow_and_not_joined() -> None:
    series = [reading("2023", 10), reading("2024", 12), reading("2025", 3)]
    svg = sparkline_svg(series, None, judged=series[1])
    assert line(svg).count("L") == 1
    assert svg.count('fill="#fff"') == 1


def test_higher_values_stand_higher() -> None:
    coordinates = re.findall(
        r"[ML][\d.]+ ([\d.]+)", line(sparkline_svg([reading("2024", 10), reading("2025", 20)], None))
    )
    assert float(coordinates[0]) > float(coordinates[1])


def test_the_target_path_ends_at_the_target() -> None:
    svg = sparkline_svg([reading("2024", 10), reading("2025", 12)], path(10, 20))
    dashed = re.search(r'<path d="M([^"]*)" stroke="#6b4c9a" stroke-dasharray="4 3"/>', svg)
    assert dashed is not None
    last_x = float(dashed.group(1).split("L")[-1].split()[0])
    assert last_x == WIDTH - MARGIN


def test_nothing_is_drawn_without_values() -> None:
    assert sparkline_svg([], None) == ""
    assert sparkline_svg([reading("2020", 10)], None) == ""


def test_a_constant_series_is_drawn() -> None:
    assert "NaN" not in sparkline_svg([reading("2024", 0), reading("2025", 0)], None)


def test_the_address_of_the_image_holds_the_image() -> None:
    uri = data_uri('<svg a="b">#é</svg>')
    assert uri.startswith("data:image/svg+xml,")
    assert "#" not in uri.split(",", 1)[1]
    assert '"' not in uri
