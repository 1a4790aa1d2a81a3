"""Decisions: where each stands on a day, what has been accepted, and what a series did since a meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.change import STABLE, UP, Change
from data_access.domain.confidentiality import Availability
from data_access.domain.decision import (
    Acceptance,
    Closing,
    DecisionKind,
    NoChange,
    Standing,
    Term,
    Unchanged,
    acceptance_on,
    change_since,
    standing_on,
)
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading

S, C = Standing, Closing
MEETING, DUE = date(2026, 3, 26), date(2026, 9, 30)
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))


def decided(due: date | None = DUE, closing: Closing = C.OPEN, closed_on: date | None = None) -> Term:
    return Term(DecisionKind.DECISION, MEETING, due, closing, closed_on)


def accepted(
    meeting: date = MEETING, due: date = DUE, closing: Closing = C.OPEN, closed_on: date | None = None
) -> Term:
    return Term(DecisionKind.DEVIATION, meeting, due, closing, closed_on)


def reading(period: str, value: float | None, **more: object) -> Reading:
    return Reading(Period.parse(period), value, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "term", "standing"),
    [
        (MEETING, decided(), S.OPEN),
        (date(2026, 9, 30), decided(), S.OPEN),  # the last day is in time
        (date(2026, 10, 1), decided(), S.LATE),
        (date(2030, 1, 1), decided(due=None), S.OPEN),
        (date(2026, 8, 31), decided(closing=C.DONE, closed_on=date(2026, 9, 1)), S.OPEN),  # not closed yet
        (date(2026, 9, 1), decided(closing=C.DONE, closed_on=date(2026, 9, 1)), S.DONE),
        (date(2026, 10, 5), decided(closing=C.DONE, closed_on=date(2026, 10, 6)), S.LATE),  # late, done later
        (date(2026, 10, 6), decided(closing=C.DROPPED, closed_on=date(2026, 10, 6)), S.DROPPED),
        (MEETING, accepted(), S.IN_FORCE),
        (date(2026, 9, 30), accepted(), S.IN_FORCE),
        (date(2026, 10, 1), accepted(), S.ENDED),
        (date(2026, 6, 30), accepted(closing=C.DROPPED, closed_on=date(2026, 7, 1)), S.IN_FORCE),
        (date(2026, 7, 1), accepted(closing=C.DROPPED, closed_on=date(2026, 7, 1)), S.ENDED),
    ],
)
def test_where_a_decision_stands(day: date, term: Term, standing: Standing) -> None:
    assert standing_on(day, term) is standing


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 3, 25), None),  # the day before the meeting
        (date(2026, 3, 26), Acceptance("D", MEETING, DUE, in_force=True)),
        (date(2026, 9, 30), Acceptance("D", MEETING, DUE, in_force=True)),
        (date(2026, 10, 1), Acceptance("D", MEETING, DUE, in_force=False)),
    ],
)
def test_a_deviation_is_accepted_from_its_meeting_to_its_last_day(
    day: date, found: Acceptance | None
) -> None:
    assert acceptance_on(day, [("D", accepted())]) == found


def test_an_acceptance_that_was_closed_before_ended_on_that_day() -> None:
    term = accepted(closing=C.DONE, closed_on=date(2026, 7, 1))
    assert acceptance_on(date(2026, 12, 1), [("D", term)]) == Acceptance(
        "D", MEETING, date(2026, 7, 1), in_force=False
    )
    late = accepted(closing=C.DONE, closed_on=date(2026, 11, 1))  # closed after it had ended by itself
    assert acceptance_on(date(2026, 12, 1), [("D", late)]) == Acceptance("D", MEETING, DUE, in_force=False)


def test_what_holds_goes_before_what_is_over_and_the_longest_before_the_others() -> None:
    over = ("A", accepted(due=date(2026, 5, 31)))
    short = ("B", accepted(due=date(2026, 10, 31)))
    long = ("C", accepted(due=date(2026, 12, 31)))
    for order in ([over, short, long], [long, over, short]):
        assert acceptance_on(date(2026, 6, 1), order) == Acceptance(
            "C", MEETING, date(2026, 12, 31), in_force=True
        )
    found = acceptance_on(date(2027, 6, 1), [over, short])
    assert found is not None
    assert (found.code, found.in_force) == ("B", False)
    assert acceptance_on(date(2027, 6, 1), [("X", decided())]) is None


@given(day=DAYS, meeting=DAYS, length=st.integers(0, 900))
def test_the_ordinary_state_comes_back_by_itself_the_day_after(day: date, meeting: date, length: int) -> None:
    end = meeting + timedelta(days=length)
    found = acceptance_on(day, [("D", accepted(meeting, end))])
    assert (found is not None) == (day >= meeting)
    assert (found is not None and found.in_force) == (meeting <= day <= end)


BEFORE, AFTER = reading("2026-Q1", 40.0), reading("2026-Q3", 43.5)


def test_a_series_goes_from_the_last_period_over_at_the_meeting_to_the_newest() -> None:
    """The meeting is on 30 June: Q2 ends on that day and counts as over; 41 → 43,5 is +2,5."""
    series = [BEFORE, reading("2026-Q2", 41.0), AFTER]
    found = change_since(series, date(2026, 6, 30), polarity=Polarity.HIGHER)
    assert isinstance(found, Change)
    assert (str(found.before.period), str(found.after.period)) == ("2026-Q2", "2026-Q3")
    assert found.difference == 2.5
    assert (found.direction, found.better, found.comparable) == (UP, True, True)
    earlier = change_since(series, date(2026, 6, 29), polarity=Polarity.LOWER)
    assert isinstance(earlier, Change)
    assert (str(earlier.before.period), earlier.difference, earlier.better) == ("2026-Q1", 3.5, False)


def test_hidden_and_missing_values_are_passed_over() -> None:
    hidden = reading("2026-Q2", None, availability=Availability.HIDDEN)
    missing = reading("2026-Q4", None, availability=Availability.MISSING)
    found = change_since([BEFORE, hidden, AFTER, missing], date(2026, 7, 1), polarity=Polarity.HIGHER)
    assert isinstance(found, Change)
    assert (found.before, found.after) == (BEFORE, AFTER)


def test_without_a_newer_period_or_a_value_before_nothing_is_said() -> None:
    assert change_since([BEFORE], date(2026, 6, 30), polarity=Polarity.HIGHER) == NoChange(
        Unchanged.NO_NEWER_PERIOD, BEFORE
    )
    assert change_since([AFTER], date(2026, 6, 30), polarity=Polarity.HIGHER) == NoChange(
        Unchanged.NO_VALUE_BEFORE, None
    )
    assert change_since([], date(2026, 6, 30), polarity=Polarity.HIGHER) == NoChange(
        Unchanged.NO_VALUE_BEFORE, None
    )


def test_a_break_a_small_change_and_a_neutral_measure_bear_no_judgement() -> None:
    day = date(2026, 6, 30)
    broken = change_since([BEFORE, AFTER], day, polarity=Polarity.HIGHER, breaks=[date(2026, 7, 1)])
    assert isinstance(broken, Change)
    assert (broken.comparable, broken.better) == (False, None)
    same = change_since([BEFORE, reading("2026-Q3", 40.04)], day, polarity=Polarity.HIGHER)
    assert isinstance(same, Change)
    assert (same.direction, same.better) == (STABLE, None)
    noisy = [reading("2026-Q1", 40.0, half_width=3.0), reading("2026-Q3", 44.0, half_width=4.0)]
    within = change_since(noisy, day, polarity=Polarity.HIGHER)  # √(3² + 4²) = 5, more than 4
    assert isinstance(within, Change)
    assert within.direction == STABLE
    neutral = change_since([BEFORE, AFTER], day, polarity=Polarity.NEUTRAL)
    assert isinstance(neutral, Change)
    assert (neutral.direction, neutral.better) == (UP, None)
