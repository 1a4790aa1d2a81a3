"""The state of an obligation, to the edge of its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.obligation import (
    DONE,
    HORIZON,
    ObligationState,
    Step,
    Term,
    is_open,
    is_pressing,
    last_step,
    next_day,
    state_on,
)

S = ObligationState
DUE = date(2026, 12, 31)
DAY = timedelta(days=1)
DELIVERED = (S.PREPARATION, S.TRANSMITTED, S.EXAMINED, S.CLOSED, S.NOT_APPLICABLE)
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
STEPS = st.lists(st.builds(Step, st.sampled_from(DELIVERED), DAYS), max_size=5)
TERMS = st.builds(Term, st.none() | DAYS, st.none() | DAYS, st.booleans())


@pytest.mark.parametrize(("today", "state"), [(DUE - DAY, S.TO_COME), (DUE, S.TO_COME), (DUE + DAY, S.LATE)])
def test_the_last_day_itself_is_not_late(today: date, state: S) -> None:
    assert state_on(today, Term(DUE), ()) is state


@pytest.mark.parametrize(
    ("today", "state"), [(DUE - DAY, S.PREPARATION), (DUE, S.PREPARATION), (DUE + DAY, S.LATE)]
)
def test_what_is_only_prepared_becomes_late(today: date, state: S) -> None:
    assert state_on(today, Term(DUE), [Step(S.PREPARATION, date(2026, 10, 5))]) is state


@pytest.mark.parametrize("state", DELIVERED[1:])
def test_what_was_transmitted_or_set_aside_is_never_late(state: S) -> None:
    assert state_on(DUE + 1000 * DAY, Term(DUE), [Step(state, DUE)]) is state


def test_what_was_transmitted_late_is_late_until_that_day() -> None:
    sent = [Step(S.TRANSMITTED, DUE + 10 * DAY)]
    assert state_on(DUE + 9 * DAY, Term(DUE), sent) is S.LATE
    assert state_on(DUE + 10 * DAY, Term(DUE), sent) is S.TRANSMITTED


def test_a_step_counts_from_its_day_on() -> None:
    steps = [Step(S.EXAMINED, DUE), Step(S.TRANSMITTED, DUE - DAY)]
    found = [state_on(DUE + n * DAY, Term(DUE), steps) for n in (-2, -1, 0)]
    assert found == [S.TO_COME, S.TRANSMITTED, S.EXAMINED]


def test_of_two_steps_on_one_day_the_one_further_on_holds() -> None:
    steps = [Step(S.EXAMINED, DUE), Step(S.TRANSMITTED, DUE), Step(S.PREPARATION, DUE)]
    assert last_step(DUE, steps) == Step(S.EXAMINED, DUE)
    assert last_step(DUE - DAY, steps) is None


def test_what_is_reopened_after_it_was_set_aside_is_prepared_again() -> None:
    steps = [Step(S.NOT_APPLICABLE, DUE - 9 * DAY), Step(S.PREPARATION, DUE - 8 * DAY)]
    assert state_on(DUE, Term(DUE), steps) is S.PREPARATION


@given(today=DAYS, steps=STEPS)
def test_without_a_day_nothing_is_ever_late(today: date, steps: list[Step]) -> None:
    last = last_step(today, steps)
    found = state_on(today, Term(None), steps)
    assert found is (last.state if last else S.CONTINUOUS)
    assert not is_pressing(today, Term(None), found)


@pytest.mark.parametrize(("today", "state"), [(DUE - DAY, S.TO_COME), (DUE, S.CLOSED), (DUE + DAY, S.CLOSED)])
def test_what_occurs_is_brought_about_by_its_day(today: date, state: S) -> None:
    """The contract enters into force on 1 January 2023, and ends on 31 December 2027, without a delivery."""
    assert state_on(today, Term(DUE, occurs=True), ()) is state


@pytest.mark.parametrize(
    ("today", "opened", "matters"),
    [
        (date(2026, 12, 30), False, date(2026, 12, 31)),
        (date(2026, 12, 31), True, date(2026, 12, 31)),
        (date(2027, 1, 1), True, date(2027, 12, 31)),
        (date(2027, 12, 31), True, date(2027, 12, 31)),
        (date(2028, 1, 1), False, date(2027, 12, 31)),
    ],
)
def test_both_days_of_a_period_belong_to_it(today: date, matters: date, *, opened: bool) -> None:
    term = Term(date(2027, 12, 31), opens=date(2026, 12, 31))
    assert is_open(today, term) is opened
    assert next_day(today, term) == matters


def test_a_period_that_is_over_without_a_delivery_is_late_the_day_after() -> None:
    term = Term(date(2027, 12, 31), opens=date(2026, 12, 31))
    assert [state_on(day, term, ()) for day in (date(2027, 12, 31), date(2028, 1, 1))] == [S.TO_COME, S.LATE]


@pytest.mark.parametrize(("before", "pressing"), [(91, False), (90, True), (0, True)])
def test_ninety_days_are_within_the_horizon(before: int, *, pressing: bool) -> None:
    assert is_pressing(DUE - before * DAY, Term(DUE), S.TO_COME) is pressing
    assert is_pressing(DUE - before * DAY, Term(DUE), S.PREPARATION) is pressing
    assert not is_pressing(DUE - before * DAY, Term(DUE), S.TRANSMITTED)


def test_an_opening_presses_before_it_and_its_end_before_that() -> None:
    term = Term(date(2027, 12, 31), opens=date(2026, 12, 31))
    days = (date(2026, 10, 1), date(2026, 10, 2), date(2026, 12, 31), date(2027, 1, 1), date(2027, 10, 2))
    assert [is_pressing(day, term, S.TO_COME) for day in days] == [False, True, True, False, True]


@given(today=DAYS, term=TERMS, steps=STEPS)
def test_the_state_follows_from_the_dates_alone(today: date, term: Term, steps: list[Step]) -> None:
    state = state_on(today, term, steps)
    assert state is state_on(today, term, steps[::-1])
    if state is S.LATE:
        assert term.due is not None
        assert today > term.due
        assert is_pressing(today, term, state)
        assert not any(step.day <= today and step.state in DONE for step in steps[-1:] if len(steps) == 1)
    if is_pressing(today, term, state) and state is not S.LATE:
        day = next_day(today, term)
        assert day is not None
        assert today <= day <= today + HORIZON
