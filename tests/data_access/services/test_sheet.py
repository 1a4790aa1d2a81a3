"""The sheet of an indicator, from published rows to verdicts, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db.engine import bind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.control_chart import NoChart
from data_access.domain.errors import UnknownIndicator
from data_access.domain.methods.check import Refusal
from data_access.domain.pace import NoPace, Pace
from data_access.domain.projection import NoProjection, Projection
from data_access.domain.trend import NoTrend, YearlyTrend
from data_access.services.sheet import Sheet, get_sheet, neighbours
from tests.data_access.builders import observation, publish, target

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def sheet(code: str = "OS5.10", operator: str | None = None) -> Sheet:
    return get_sheet(1, CUTOFF, code, operator, RULE)


def yearly(value: float, period: str, **more: Any) -> dict[str, Any]:
    """A yearly share of ten thousand persons (OS5.10 is yearly, better when higher)."""
    counts = {"numerator": value * 100, "denominator": 10_000.0}
    return observation(indicator="OS5.10", time_period=period, obs_value=value, **{**counts, **more})


def goals(start: float = 40, end: float = 60) -> tuple[dict[str, Any], ...]:
    return (
        target(kind="baseline", due=date(2022, 12, 31), value=start, indicator="OS5.10"),
        target(kind="target", due=date(2027, 12, 31), value=end, indicator="OS5.10"),
    )


def test_nothing_delivered_is_a_sheet_too(engine: Engine) -> None:
    publish(engine, yearly(50, "2025"))
    found = sheet("OS5.01")
    assert found.row.readings == ()
    assert found.levels == ()
    assert isinstance(found.pace, NoPace)
    assert found.projection == NoProjection(Refusal.NO_VALUE, 0)
    assert found.noise.chart.refusal is NoChart.TOO_FEW
    assert found.batches == ()


def test_two_values_and_a_target_have_a_pace_and_no_projection(engine: Engine) -> None:
    """From 48 at the end of 2025 to 60 at the end of 2027: 6 a year; the best year so far gained 4."""
    publish(engine, yearly(44, "2024"), yearly(48, "2025"), targets=goals())
    found = sheet()
    assert isinstance(found.pace, Pace)
    assert found.pace.required == pytest.approx(6.0)
    assert found.pace.ratio == pytest.approx(1.5)
    assert isinstance(found.projection, NoProjection)
    assert found.projection.reason is Refusal.TOO_FEW_POINTS
    assert [(level.final, level.difference) for level in found.levels] == [(True, -12.0)]


def test_a_straight_line_of_years_is_prolonged_and_its_slope_is_significant(engine: Engine) -> None:
    """40, 42, … 50 in 2025: two more years of two points lead to 54 at the end of 2027."""
    rows = [yearly(40 + 2 * n, str(2020 + n)) for n in range(6)]
    publish(engine, *rows, targets=goals())
    found = sheet()
    assert isinstance(found.projection, Projection)
    assert found.projection.steps[-1].at == date(2027, 12, 31)
    assert found.projection.steps[-1].value == pytest.approx(54, abs=0.01)
    if contract().indicator("OS5.10").numerator_within_denominator:
        assert isinstance(found.trend, YearlyTrend)
        assert found.trend.significant
    else:
        assert found.trend is NoTrend.NO_PROPORTION


def test_a_gap_restarts_the_control_chart(engine: Engine) -> None:
    publish(engine, *(yearly(40 + n, str(y)) for n, y in enumerate([2016, 2017, 2018, 2020, 2021, 2022])))
    assert [str(r.period) for r in sheet().noise.readings] == ["2020", "2021", "2022"]


def test_a_hidden_reading_gives_no_number_to_any_verdict(engine: Engine) -> None:
    publish(engine, yearly(10, "2024"), yearly(20, "2025", numerator=2.0, denominator=10.0), targets=goals())
    found = sheet()
    assert found.row.readings[-1].availability is Availability.HIDDEN
    assert found.row.readings[-1].value is None
    assert all(check.band is None for check in found.checks)
    assert all(reading.value != 20 for reading in found.noise.readings)


def test_the_loads_behind_the_series_come_newest_first(engine: Engine) -> None:
    first = publish(engine, yearly(44, "2024"))
    second = publish(engine, yearly(48, "2025"))
    found = get_sheet(second.id, CUTOFF, "OS5.10", None, RULE)
    assert [batch.id for batch in found.batches] == [second.id, first.id]


def test_an_operator_that_delivers_nothing_falls_back_on_the_first(engine: Engine) -> None:
    publish(engine, yearly(44, "2024"))
    assert sheet(operator="nobody").row.operator == "_T"


def test_an_unknown_code_is_refused(engine: Engine) -> None:
    with pytest.raises(UnknownIndicator):
        sheet("OS9.99")


def test_neighbours_stay_within_the_objective_the_annex_or_the_context() -> None:
    codes = [d.code for d in contract().of_objective("OS2")]
    assert neighbours(contract().indicator(codes[0])) == (None, codes[1])
    assert neighbours(contract().indicator(codes[-1])) == (codes[-2], None)
    for definition in contract().indicators:
        for other in neighbours(definition):
            assert other is None or contract().indicator(other).objective == definition.objective
