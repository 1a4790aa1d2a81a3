"""The level against the milestone and the target in force; every expected value by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data_access.domain.level import evaluate_level
from data_access.domain.polarity import Polarity
from data_access.domain.status import evaluate_status
from data_access.domain.target import TargetPath
from tests.data_access.domain.builders import CUTOFF, path, reading


def levels(
    value: float | None, target: TargetPath | None, polarity: Polarity = Polarity.HIGHER
) -> list[tuple[bool, bool, float]]:
    found = evaluate_status(
        [reading(value)] if value is not None else [],
        [target] if target else [],
        polarity=polarity,
        scored=True,
        on=CUTOFF,
    )
    return [(x.final, x.attained, round(x.difference, 6)) for x in evaluate_level(found, polarity)]


def test_milestone_of_the_judged_year_then_target() -> None:
    assert levels(50, path(40, 60, milestones={2025: 48})) == [(False, True, 2.0), (True, False, -10.0)]


@pytest.mark.parametrize(
    ("value", "polarity", "goal", "expected"),
    [
        (61, Polarity.HIGHER, 60, (True, True, 1.0)),
        (60, Polarity.HIGHER, 60, (True, True, 0.0)),
        (59, Polarity.HIGHER, 60, (True, False, -1.0)),
        (31, Polarity.LOWER, 30, (True, False, 1.0)),
        (30, Polarity.LOWER, 30, (True, True, 0.0)),
        (-6, Polarity.ZERO_GAP, 5, (True, False, 1.0)),
        (-4, Polarity.ZERO_GAP, 5, (True, True, -1.0)),
    ],
)
def test_target_by_polarity(
    value: float, polarity: Polarity, goal: float, expected: tuple[bool, bool, float]
) -> None:
    assert levels(value, path(40, goal), polarity) == [expected]


@pytest.mark.parametrize(
    ("value", "expected"), [(89, (False, -1.0)), (90, (True, 0.0)), (110, (True, 0.0)), (112, (False, 2.0))]
)
def test_band(value: float, expected: tuple[bool, float]) -> None:
    assert levels(value, path(100, band=(90, 110)), Polarity.BAND) == [(True, *expected)]


def test_nothing_to_compare() -> None:
    assert levels(None, path()) == []
    assert levels(50, None) == []
    assert levels(50, path(), Polarity.NEUTRAL) == []


def test_the_target_of_that_time_and_not_a_later_one() -> None:
    later = replace(path(40, 80), valid_from=CUTOFF.replace(year=2027))
    found = evaluate_status(
        [reading(65)], [path(40, 60), later], polarity=Polarity.HIGHER, scored=True, on=CUTOFF
    )
    assert [x.attained for x in evaluate_level(found, Polarity.HIGHER)] == [True]
