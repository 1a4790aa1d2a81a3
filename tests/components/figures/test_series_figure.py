"""The main figure: every number from the sheet, what is not known not drawn, in both languages' formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from components.figures.series_figure import View, has_limits, series_alt_text, series_figure
from components.figures.series_key import make_series_key
from components.i18n.translate import translator
from components.prerender import to_html, to_plain
from data_access.contract.load import contract
from data_access.db.engine import bind, make_engine
from data_access.db.migrate import upgrade
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.compare import get_compared
from data_access.services.sheet import Sheet, get_sheet
from tests.data_access.builders import observation, publish, target

FR, NL = translator("fr"), translator("nl")
CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()


@pytest.fixture
def engine(tmp_path: Any) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path}/data.sqlite3")
    upgrade(engine)
    bind(engine)
    yield engine
    engine.dispose()


def yearly(value: float, period: str, **more: Any) -> dict[str, Any]:
    facts = {"numerator": value * 100, "denominator": 10_000.0, **more}
    return observation(indicator="OS5.10", time_period=period, obs_value=value, **facts)


def goals(**more: Any) -> tuple[dict[str, Any], ...]:
    about = {"indicator": "OS5.10", **more}
    return (
        target(kind="baseline", due=date(2022, 12, 31), value=40, **about),
        target(kind="milestone", due=date(2025, 12, 31), value=50, **about),
        target(kind="target", due=date(2027, 12, 31), value=60, **about),
    )


def draw(sheet: Sheet, view: View = View(), **more: Any) -> dict[str, Any]:  # noqa: B008  frozen
    about = {"annotations": (), "compared": None, "t": FR, **more}
    return series_figure(sheet, contract().indicator(sheet.row.code), view=view, **about)


def sheet(code: str = "OS5.10") -> Sheet:
    return get_sheet(1, CUTOFF, code, None, RULE)


def xy(figure: dict[str, Any]) -> list[tuple[list[Any], list[Any]]]:
    return [(trace["x"], trace["y"]) for trace in figure["data"]]


def test_the_line_is_lifted_over_a_missing_year(engine: Engine) -> None:
    publish(engine, yearly(40, "2022"), yearly(44, "2024"), yearly(48, "2025"))
    assert (["2022-12-31", None, "2024-12-31", "2025-12-31"], [40, None, 44, 48]) in xy(draw(sheet()))


def test_provisional_points_are_hollow(engine: Engine) -> None:
    publish(engine, yearly(44, "2024"), yearly(48, "2025", obs_status="P"))
    hollow = [t for t in draw(sheet())["data"] if t.get("marker", {}).get("symbol") == "circle-open"]
    assert [(t["x"], t["y"]) for t in hollow] == [(["2025-12-31"], [48])]
    assert "(provisoire)" in hollow[0]["text"][0]


def test_each_goal_holds_from_the_one_before_to_its_own_day(engine: Engine) -> None:
    publish(engine, yearly(48, "2025"), targets=goals())
    steps = [t for t in draw(sheet())["data"] if t.get("line", {}).get("shape") == "vh"]
    assert [(t["x"], t["y"]) for t in steps] == [(["2022-12-31", "2025-12-31", "2027-12-31"], [40, 50, 60])]
    assert "test" in steps[0]["text"][1]  # the reference of the decision


def test_the_required_path_leads_from_the_judged_value_to_the_target(engine: Engine) -> None:
    publish(engine, yearly(44, "2024"), yearly(48, "2025"), targets=goals())
    assert (["2025-12-31", "2027-12-31"], [48, 60]) in xy(draw(sheet()))


def test_a_superseded_target_is_drawn_and_not_in_force(engine: Engine) -> None:
    publish(engine, yearly(48, "2025"), targets=goals())
    publish(
        engine,
        targets=(
            target(indicator="OS5.10", value=70, valid_from=date(2025, 7, 1), decided_on=date(2025, 7, 1)),
        ),
    )
    figure = draw(get_sheet(2, CUTOFF, "OS5.10", None, RULE))
    ends = [t["y"][-1] for t in figure["data"] if t.get("line", {}).get("shape") == "vh"]
    assert ends == [60, 70]  # the old one first, under the one in force


def test_a_hidden_value_is_nowhere_in_the_figure(engine: Engine) -> None:
    publish(
        engine, yearly(44, "2024"), yearly(37.123, "2025", numerator=2.0, denominator=10.0), targets=goals()
    )
    found = sheet()
    assert "37.1" not in json.dumps(draw(found))
    assert "37,1" not in json.dumps(draw(found)) + series_alt_text(
        found, contract().indicator("OS5.10"), None, FR
    )


def test_the_range_is_the_one_asked_for_else_the_whole(engine: Engine) -> None:
    publish(engine, yearly(40, "2019"), yearly(48, "2025"))
    whole = draw(sheet())["layout"]["xaxis"]["range"]
    assert whole == ["2019-01-01", "2028-03-01"]
    asked = draw(sheet(), View(date(2023, 1, 1), date(2025, 12, 28)))["layout"]["xaxis"]["range"]
    assert asked == ["2023-01-01", "2025-12-28"]


def test_control_limits_are_there_and_shown_on_demand(engine: Engine) -> None:
    values = [50, 52, 49, 51, 53, 50, 48, 51, 50, 52, 49, 51]
    publish(engine, *(yearly(v, str(2014 + n)) for n, v in enumerate(values)))
    found = sheet()
    assert has_limits(found)
    shown = [t["visible"] for t in draw(found, View(limits=True))["data"] if t.get("meta") == "limits"]
    hidden = [t["visible"] for t in draw(found)["data"] if t.get("meta") == "limits"]
    assert shown == [True] * 3
    assert hidden == [False] * 3


def test_one_axis_whatever_is_compared(engine: Engine) -> None:
    publish(engine, yearly(48, "2025"), yearly(47, "2025", sex="F"))
    compared = get_compared(1, CUTOFF, "OS5.10", "_T", "SEX.F", RULE)
    figure = draw(sheet(), compared=compared)
    assert compared is not None
    assert (["2025-12-31"], [47]) in xy(figure)
    assert {name for name in figure["layout"] if "yaxis" in name} == {"yaxis"}
    assert not any("yaxis" in trace for trace in figure["data"])


@pytest.mark.parametrize("t", [FR, NL])
def test_numbers_are_written_as_the_language_does(engine: Engine, t: Any) -> None:
    publish(engine, yearly(48.5, "2025"), targets=goals())
    written = json.dumps(draw(sheet(), t=t), ensure_ascii=False)
    assert ("48,5\u00a0%" if t is FR else "48,5%") in written


def test_the_key_names_what_is_drawn_and_nothing_else(engine: Engine) -> None:
    publish(engine, yearly(48, "2025", obs_status="P"))
    key = to_html(to_plain(make_series_key(sheet(), None, FR)))
    assert "provisoire" in key
    assert "cible" not in key
    assert "définitive" not in key


def test_a_series_without_values_has_an_empty_figure(engine: Engine) -> None:
    publish(engine, yearly(48, "2025"))
    figure = draw(sheet("OS5.01"))
    assert all(trace["y"] == [] for trace in figure["data"])


def test_immature_cohorts_do_not_set_the_scale(engine: Engine) -> None:
    """OS2.03 follows people for 12 months: a cohort of 2026-Q1 with 12 % so far says nothing yet."""
    rows = [
        observation(indicator="OS2.03", freq="Q", time_period=period, obs_value=value, numerator=value * 10)
        for period, value in [("2024-Q1", 36.0), ("2024-Q2", 35.0), ("2026-Q1", 12.0)]
    ]
    publish(engine, *rows)
    low, high = draw(sheet("OS2.03"))["layout"]["yaxis"]["range"]
    assert 30 < low < 35
    assert 36 < high < 40
