"""One small line chart a series: a commune, perhaps a second one, and the Region behind them, as images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from components.figures.small_multiples import WHOLE
from components.figures.theme import BREAK, HAIRLINE, INK, OTHER, QUIET
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import value_text
from data_access.contract.model import Indicator
from data_access.domain.comparison import Kind
from data_access.domain.confidentiality import Availability
from data_access.domain.reading import Reading
from data_access.services.commune_lines import Line

WIDTH, HEIGHT = 300, 124
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 8, 20
FEW = 10  # so few values are marked one by one
STEPS = (1.0, 2.0, 5.0, 10.0, 20.0)
Span = tuple[date, date]


@dataclass(frozen=True)
class Frame:
    """Days and values to pixels."""

    span: Span
    low: float
    high: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        first, last = self.span
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days, 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a line: only values that may be shown, inside the years.

    Attributes:
        region: empty for a count, which would press the commune to the ground.
        own, other: of closed cohorts; ``open_own`` and ``open_other`` of the others.
    """

    region: tuple[Reading, ...]
    own: tuple[Reading, ...]
    open_own: tuple[Reading, ...]
    other: tuple[Reading, ...]
    open_other: tuple[Reading, ...]

    @property
    def firm(self) -> tuple[Reading, ...]:
        """What sets the scale: an open cohort still changes, and would bend it."""
        return (*self.region, *self.own, *self.other)


def drawn(line: Line, span: Span) -> Drawn:
    """The values of a line that its image shows."""

    def within(readings: Sequence[Reading], *, mature: bool) -> tuple[Reading, ...]:
        return tuple(
            r
            for r in readings
            if r.availability is Availability.AVAILABLE
            and span[0] <= r.period.end <= span[1]
            and (r.period not in line.immature) is mature
        )

    other = line.other.readings if line.other else ()
    return Drawn(
        region=() if line.kind is Kind.COUNT else within(line.region_readings, mature=True),
        own=within(line.own.readings, mature=True),
        open_own=within(line.own.readings, mature=False),
        other=within(other, mature=True),
        open_other=within(other, mature=False),
    )


def commune_svg(line: Line, definition: Indicator, span: Span, language: str) -> str:
    """The image of a line; empty when neither commune has a value of a closed cohort.

    Args:
        line: of the profile.
        definition: of its indicator, for unit and decimals.
        span: first and last day of the axis.
        language: of the numbers on the axis.
    """
    found = drawn(line, span)
    if not found.own and not found.other:
        return ""
    ticks = value_ticks([r.value for r in found.firm if r.value is not None])
    frame = Frame(span, ticks[0], ticks[-1])
    body = [
        *_grid(frame, ticks, definition, language),
        *_years(frame),
        *(_break(frame, day) for day in line.breaks if span[0] < day < span[1]),
        _path(found.region, frame, f'stroke="{WHOLE}" stroke-width="2"'),
        *(_dot(r, frame, WHOLE, WHOLE, 2) for r in _alone(found.region)),
        *_series(found.other, found.open_other, frame, OTHER, 'stroke-dasharray="5 3"'),
        *_series(found.own, found.open_own, frame, INK, ""),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" fill="none" font-family="Liberation Sans, Arial, sans-serif" font-size="10">'
        f"{''.join(body)}</svg>"
    )


def value_ticks(values: Sequence[float]) -> list[float]:
    """Three to five round values that enclose all of ``values``."""
    low, high = min(values), max(values)
    wide = (high - low) or abs(high) * 0.1 or 1.0
    power = 10.0 ** floor(log10(wide / 4))
    step = next(power * s for s in STEPS if floor(low / power / s) + 4 >= ceil(high / power / s))
    first, last = floor(low / step), ceil(high / step)
    last = max(last, first + 2)
    return [n * step for n in range(first, last + 1)]


def _grid(frame: Frame, ticks: Sequence[float], definition: Indicator, language: str) -> list[str]:
    step = ticks[1] - ticks[0]
    decimals = max(0, -floor(log10(step) + 1e-9))
    mark = formats.unit_mark(definition.unit, language)
    return [
        f'<path d="M{LEFT} {frame.y(tick)}H{WIDTH - RIGHT}" stroke="{HAIRLINE}" stroke-width=".6"/>'
        f'<text x="{LEFT - 4}" y="{frame.y(tick) + 3.5}" text-anchor="end" fill="{QUIET}">'
        f"{formats.number(tick, decimals, language)}{mark}</text>"
        for tick in (ticks[:: len(ticks) - 1] if len(ticks) == 4 else ticks[:: 1 + len(ticks) // 4])
    ]


def _years(frame: Frame) -> list[str]:
    """Each year in its middle; every second one on a long axis."""
    years = range(frame.span[0].year, frame.span[1].year + 1)
    return [
        f'<text x="{frame.x(date(year, 7, 1))}" y="{HEIGHT - 5}" text-anchor="middle" fill="{QUIET}">'
        f"{year}</text>"
        for year in (years if len(years) < 7 else years[::2])
    ]


def _break(frame: Frame, day: date) -> str:
    x = frame.x(day)
    return f'<path d="M{x} {TOP - 4}V{HEIGHT - BOTTOM}" stroke="{BREAK}" stroke-dasharray="3 3"/>'


def _series(
    firm: Sequence[Reading], still_open: Sequence[Reading], frame: Frame, colour: str, dash: str
) -> list[str]:
    """A line through closed cohorts; open ones hollow and apart, as far as they are on the scale."""
    marks = [_path(firm, frame, f'stroke="{colour}" stroke-width="1.6" {dash}')]
    alone = firm if len(firm) <= FEW else _alone(firm)
    marks += [_dot(r, frame, colour, colour, 2.2) for r in alone]
    if firm:
        marks.append(_dot(firm[-1], frame, "#fff" if firm[-1].provisional else colour, colour, 3))
    on_scale = [r for r in still_open if frame.low <= (r.value or 0.0) <= frame.high]
    return [*marks, *(_dot(r, frame, "#fff", colour, 2) for r in on_scale)]


def _alone(points: Sequence[Reading]) -> list[Reading]:
    """Values without a neighbour: no line would show them."""
    periods = {r.period for r in points}
    return [r for r in points if not {r.period.shift(1), r.period.shift(-1)} & periods]


def _path(points: Sequence[Reading], frame: Frame, look: str) -> str:
    """Neighbouring periods joined; what is missing or hidden, and a marked break, interrupts."""
    steps = []
    for before, reading in zip([None, *points], points, strict=False):
        joined = before is not None and before.period.shift(1) == reading.period and not reading.starts_break
        steps.append(f"{'L' if joined else 'M'}{frame.x(reading.period.end)} {frame.y(reading.value or 0.0)}")
    return f'<path d="{"".join(steps)}" {look}/>' if steps else ""


def _dot(reading: Reading, frame: Frame, fill: str, colour: str, radius: float) -> str:
    x, y = frame.x(reading.period.end), frame.y(reading.value or 0.0)
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{colour}"/>'


def commune_alt_text(
    line: Line, definition: Indicator, span: Span, called: Callable[[str], str], t: Translator
) -> str:
    """First and last value of each line drawn, and the break.

    Args:
        called: the name of a commune by its NIS code.
    """
    found = drawn(line, span)
    parts = [(called(line.own.nis), found.own)]
    parts += [(called(line.other.nis), found.other)] if line.other else []
    parts += [(t("profile.region"), found.region)]
    said = [_ends(name, points, definition, t) for name, points in parts if points]
    said += [
        t("sparkline.break", day=formats.day(day, t.language))
        for day in line.breaks
        if span[0] < day < span[1]
    ]
    return " ".join(said)


def _ends(name: str, points: Sequence[Reading], definition: Indicator, t: Translator) -> str:
    first, last, language = points[0], points[-1], t.language
    return t(
        "profile.multiple.alt",
        name=name,
        first=value_text(first, definition, language),
        first_period=formats.period(first.period, language),
        last=value_text(last, definition, language),
        last_period=formats.period(last.period, language),
    )
