"""What alone gives the new state, for each of the four answers and where nothing changed."""

from __future__ import annotations

import pytest

from data_access.domain.state_cause import Counterfactuals, StateCause, find_state_cause

GOOD, WATCH, BAD = ("on_track", ""), ("to_watch", ""), ("off_track", "")


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (BAD, GOOD, StateCause.VALUE),
        (BAD, WATCH, StateCause.VALUE),
        (GOOD, BAD, StateCause.TARGET),
        (BAD, BAD, StateCause.EACH),
        (GOOD, GOOD, StateCause.TOGETHER),
        (WATCH, WATCH, StateCause.TOGETHER),
    ],
)
def test_whichever_gives_the_new_state_is_enough(
    value: tuple[str, str], target: tuple[str, str], expected: StateCause
) -> None:
    assert find_state_cause(Counterfactuals(GOOD, BAD, value, target)) is expected


def test_the_same_state_has_no_cause() -> None:
    assert find_state_cause(Counterfactuals(GOOD, GOOD, BAD, WATCH)) is None


def test_another_reason_for_none_is_another_state() -> None:
    without, late = ("not_assessable", "no_target"), ("not_assessable", "missing")
    assert find_state_cause(Counterfactuals(without, late, late, without)) is StateCause.VALUE
