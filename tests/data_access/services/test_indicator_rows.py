"""The rows of the scorecards, from published rows to states, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db.engine import bind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.status import Note, Reason, Status
from data_access.services import indicator_rows
from data_access.services.indicator_rows import Alert, IndicatorRow, get_indicator_rows
from tests.data_access.builders import observation, publish, target

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def rows(*codes: str) -> tuple[IndicatorRow, ...]:
    return get_indicator_rows(1, CUTOFF, codes, RULE)


def yearly(value: float, period: str, **more: Any) -> dict[str, Any]:
    """A yearly share of ten thousand persons (OS5.10 is yearly, better when higher)."""
    counts = {"numerator": value * 100, "denominator": 10_000.0}
    return observation(indicator="OS5.10", time_period=period, obs_value=value, **{**counts, **more})


def goals(*, start: float = 40, end: float = 60, **more: Any) -> tuple[dict[str, Any], ...]:
    """From ``start`` at the end of 2022 to ``end`` at the end of 2027, in a straight line."""
    about = {"indicator": "OS5.10", **more}
    return (
        target(kind="baseline", due=date(2022, 12, 31), value=start, **about),
        target(kind="target", due=date(2027, 12, 31), value=end, **about),
    )


def test_an_indicator_without_rows_has_one_row_that_says_so(engine: Engine) -> None:
    publish(engine, yearly(50, "2025"))
    (row,) = rows("OS5.01")
    assert (row.readings, row.latest, row.vintage) == ((), None, None)
    assert row.assessment.reason is Reason.MISSING


def test_a_reading_carries_its_value_period_and_batch(engine: Engine) -> None:
    publish(engine, yearly(50, "2024"))
    second = publish(engine, yearly(52, "2025"))
    (row,) = get_indicator_rows(second.id, CUTOFF, ("OS5.10",), RULE)
    assert [(str(r.period), r.value) for r in row.readings] == [("2024", 50.0), ("2025", 52.0)]
    assert row.vintage == (second.id, date(2026, 11, 23))
    assert row.year_before is not None
    assert row.year_before.value == 50.0


def test_the_state_follows_the_line_between_baseline_and_target(engine: Engine) -> None:
    """At the end of 2025 three fifths of the way are due: 40 + 0.6 × 20 = 52."""
    publish(engine, yearly(52, "2025"), targets=goals())
    (row,) = rows("OS5.10")
    assert row.assessment.status is Status.ON_TRACK
    assert row.assessment.expected == pytest.approx(52.0, abs=0.01)
    assert Note.NO_MILESTONE in row.assessment.notes


@pytest.mark.parametrize(
    ("value", "state"),
    # 5 % of the way of 20 is 1, 20 % of it is 4; a leap year moves the expectation by less than 0.01.
    [(51.1, Status.ON_TRACK), (50.9, Status.TO_WATCH), (48.1, Status.TO_WATCH), (47.9, Status.OFF_TRACK)],
)
def test_the_thresholds_are_shares_of_the_whole_way(engine: Engine, value: float, state: Status) -> None:
    publish(engine, yearly(value, "2025"), targets=goals())
    assert rows("OS5.10")[0].assessment.status is state


def test_the_thresholds_are_those_that_the_contract_has_on_the_cut_off(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """51.5 lags by 0.5 of 20, 2.5 % of the way: on track by the proposal, to watch where 2 % is adopted."""
    (proposed,) = contract().assessment
    adopted = proposed.model_copy(update={"valid_from": CUTOFF, "on_track": 0.02})
    changed = contract().model_copy(update={"assessment": (proposed, adopted)})
    monkeypatch.setattr(indicator_rows, "contract", lambda: changed)
    publish(engine, yearly(51.5, "2025"), targets=goals())
    (before,) = get_indicator_rows(1, CUTOFF - timedelta(days=1), ("OS5.10",), RULE)
    assert before.assessment.status is Status.ON_TRACK
    assert rows("OS5.10")[0].assessment.status is Status.TO_WATCH


def test_a_target_that_changes_keeps_its_baseline_and_is_marked(engine: Engine) -> None:
    later = target(
        indicator="OS5.10",
        due=date(2027, 12, 31),
        value=50,
        valid_from=date(2025, 7, 1),
        decided_on=date(2025, 6, 1),
        reason="avenant",
    )
    publish(engine, yearly(46, "2025"), targets=(*goals(), later))
    (row,) = rows("OS5.10")
    assert row.assessment.path is not None
    assert row.assessment.path.target.value == 50
    assert row.assessment.path.baseline is not None
    assert row.assessment.path.baseline.value == 40
    assert row.assessment.status is Status.ON_TRACK  # 46 of 46 due
    assert Note.TARGET_CHANGED in row.assessment.notes


def test_a_target_decided_after_the_cut_off_does_not_judge(engine: Engine) -> None:
    publish(engine, yearly(52, "2025"), targets=goals(valid_from=date(2026, 11, 1)))
    assert rows("OS5.10")[0].assessment.reason is Reason.NO_TARGET


def test_a_small_count_is_hidden_and_its_number_is_nowhere(engine: Engine) -> None:
    """Three of forty persons: the smallest count shown is four."""
    publish(engine, yearly(7.5, "2025", numerator=3.0, denominator=40.0), targets=goals())
    (row,) = rows("OS5.10")
    (reading,) = row.readings
    assert reading.availability is Availability.HIDDEN
    assert (reading.value, reading.numerator, reading.denominator) == (None, None, None)
    assert row.assessment.reason is Reason.TOO_FEW
    assert Alert.TOO_FEW in row.alerts


def test_processes_are_no_persons_and_are_never_hidden(engine: Engine) -> None:
    """OS5.02 counts processes: three of eight are shown."""
    three = observation(
        indicator="OS5.02", freq="S", time_period="2026-S1", numerator=3.0, denominator=8.0, obs_value=37.5
    )
    publish(engine, three)
    (row,) = rows("OS5.02")
    assert row.readings[0].value == 37.5


def test_only_the_indicator_s_own_frequency_is_read(engine: Engine) -> None:
    publish(engine, yearly(50, "2025"), yearly(30, "2025-Q1", freq="Q"))
    assert [str(r.period) for r in rows("OS5.10")[0].readings] == ["2025"]


def test_context_is_never_judged_but_its_value_is_shown(engine: Engine) -> None:
    stock = {"indicator": "CTX.DEI", "freq": "M", "numerator": None, "denominator": None}
    publish(
        engine,
        observation(time_period="2025-08", obs_value=94821.0, **stock),
        observation(time_period="2026-08", obs_value=99458.0, **stock),
    )
    (row,) = rows("CTX.DEI")
    assert row.assessment.status is Status.CONTEXT
    assert row.latest is not None
    assert row.latest.value == 99458.0
    assert row.change is not None
    assert row.change.difference == 4637.0
    assert not row.change.comparable  # 1 January 2026 lies between
    assert row.change.better is None


def test_an_immature_cohort_is_neither_n_nor_judged(engine: Engine) -> None:
    """OS1.01 follows a quarter's entrants for twelve months, and its source comes three months later."""
    cells = {"indicator": "OS1.01", "freq": "Q", "denominator": 1000.0}
    publish(
        engine,
        observation(time_period="2025-Q2", numerator=450.0, obs_value=45.0, **cells),
        observation(time_period="2025-Q3", numerator=300.0, obs_value=30.0, **cells),
    )
    (row,) = rows("OS1.01")
    assert row.latest is not None
    assert str(row.latest.period) == "2025-Q2"  # complete on 30 September 2026
    assert Alert.IMMATURE in row.alerts
    assert len(row.readings) == 2


def test_operators_have_rows_of_their_own_and_no_sum(engine: Engine) -> None:
    cells = {
        "indicator": "BV-1a",
        "freq": "M",
        "time_period": "2026-09",
        "numerator": None,
        "denominator": None,
    }
    publish(
        engine,
        observation(operator="BF", obs_value=5000.0, **cells),
        observation(operator="VDAB", obs_value=1000.0, **cells),
    )
    assert [(row.operator, row.latest and row.latest.value) for row in rows("BV-1a")] == [
        ("BF", 5000.0),
        ("VDAB", 1000.0),
    ]


def test_one_fictitious_value_marks_its_row(engine: Engine) -> None:
    publish(engine, yearly(50, "2024"))
    assert not rows("OS5.10")[0].demonstration
    publish(engine, yearly(51, "2025"), provenance="demonstration")
    assert get_indicator_rows(2, CUTOFF, ("OS5.10",), RULE)[0].demonstration


def test_a_series_that_stopped_long_ago_is_missing(engine: Engine) -> None:
    publish(engine, yearly(60, "2023"), targets=goals())
    assert rows("OS5.10")[0].assessment.reason is Reason.MISSING


def test_rows_come_in_the_order_asked(engine: Engine) -> None:
    publish(engine, yearly(50, "2025"))
    assert [row.code for row in rows("OS5.12", "OS5.10", "OS5.01")] == ["OS5.12", "OS5.10", "OS5.01"]
