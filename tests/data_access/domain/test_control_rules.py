"""Each rule with its near-miss on limits set by hand, the vectors of NHSRplotthedots, and the twin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.control_limits import Segment, find_segment
from data_access.domain.control_rules import Rule, judge_points
from tests.data_access.domain.control_twin import rules


def flagged(rule: Rule, values: list[float]) -> list[int]:
    """Indices that break a rule, with mean 0, limits at ±3 and near limits at ±2."""
    segment = Segment(0, len(values), 0.0, 3 / 2.66, -3.0, 3.0, -2.0, 2.0, trial=False)
    return [p.index for p in judge_points(values, segment) if rule in p.rules]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.5, 3.1, -0.5, -3.1], [1, 3]),
        ([0.5, 3.0, -0.5, -3.0], []),  # on a limit is inside
    ],
)
def test_outside(values: list[float], expected: list[int]) -> None:
    assert flagged(Rule.OUTSIDE, values) == expected


UP = [0.5, 1.0, 0.4, 0.9, 0.3, 0.8, 0.6, 0.7]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (UP[:7], list(range(7))),
        ([-v for v in UP], list(range(8))),  # all points of a run of eight
        ([-0.1, *UP[:7], -0.1, 0.2], list(range(1, 8))),
        (UP[:6], []),
        ([*UP[:6], -0.1, 0.5], []),  # six of seven
        ([*UP[:4], 0.0, *UP[4:7]], []),  # a point on the mean has no side
        ([*UP[:3], -0.1, *UP[:7]], list(range(4, 11))),
    ],
)
def test_shift(values: list[float], expected: list[int]) -> None:
    assert flagged(Rule.SHIFT, values) == expected


# The last five are the vectors of test-ptd_calculate_point_type.R (ptd_seven_point_trend), around zero.
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([-3, -2, -1, 0, 1, 2, 3], list(range(7))),
        ([0, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 0], list(range(1, 9))),
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),  # equal values end it
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], list(range(1, 8))),
        ([7, 6, 5, 4, 3, 2, 1], list(range(7))),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], list(range(1, 8))),
    ],
)
def test_trend(values: list[float], expected: list[int]) -> None:
    assert flagged(Rule.TREND, values) == expected


# 2.5 is beyond the near limit, 1 is not: the 1 and 0 of ptd_part_of_two_in_three in the same file.
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2.5, 1, 2.5], [0, 2]),
        ([1, 2.5, 2.5], [1, 2]),
        ([2.5, 2.5, 1], [0, 1]),
        ([1, 1, 2.5, 1, 2.5, 1, 1], [2, 4]),
        ([2.5, 1, 1, 2.5], []),
        ([2.5, 1, 1, 2.5, 2.5], [3, 4]),
        ([2.5, -0.1, 2.5], []),  # the third across the mean
        ([2.5, 2.5, -2.5], []),  # issue 143
        ([-0.1, 2.5, 2.5, -0.1], []),
        ([2.5, 0.0, 2.5], []),  # the third on the mean
        ([2.5, 2.5], []),
        ([2.0, 2.5, 1], []),  # on the near limit is inside
        ([3.5, 2.5, 1], [0, 1]),  # beyond the limit is beyond the near limit too: issue 194
        ([-2.5, -1, -2.5], [0, 2]),
    ],
)
def test_two_of_three(values: list[float], expected: list[int]) -> None:
    assert flagged(Rule.TWO_OF_THREE, values) == expected


def test_a_point_says_its_side_and_all_its_rules_in_order() -> None:
    segment = Segment(0, 4, 0.0, 3 / 2.66, -3.0, 3.0, -2.0, 2.0, trial=False)
    points = judge_points([3.5, 2.5, 0.0, -1.0], segment)
    assert [p.above for p in points] == [True, True, None, False]
    assert points[2].rules == ()
    [first, *_] = judge_points([3.5, 2.5, 1.0, -1.0], segment)
    assert first.rules == (Rule.OUTSIDE, Rule.TWO_OF_THREE)


def test_no_run_looks_beyond_its_segment() -> None:
    """Eight points above: five of another segment do not count, three are not seven."""
    values = [1.0] * 8
    segment = Segment(5, 8, 0.0, 3 / 2.66, -3.0, 3.0, -2.0, 2.0, trial=True)
    points = judge_points(values, segment)
    assert [p.index for p in points] == [5, 6, 7]
    assert all(p.rules == () for p in points)


# Few distinct values make runs, ties and points on the mean; many make the others.
series = st.one_of(
    st.lists(st.integers(0, 3), min_size=7, max_size=40),
    st.lists(st.integers(-100, 100), min_size=7, max_size=40),
    st.lists(st.integers(-3, 4), min_size=7, max_size=30).map(
        lambda steps: [sum(steps[:i]) for i in range(30)]
    ),
)


@given(series, st.booleans())
def test_as_the_twin_in_fractions(values: list[int], screening: bool) -> None:
    numbers = [float(v) for v in values]
    segment = find_segment(numbers, 0, len(values), screening=screening)
    if segment is not None:
        found = [{rule.value for rule in p.rules} for p in judge_points(numbers, segment)]
        assert found == rules(values, screening=screening)
