"""Obstacles: shares computed by hand, what is hidden with what, the order, and gaps between groups."""

from __future__ import annotations

from itertools import product
from typing import Final

import pytest

from data_access.domain.cohort_funnel import Count
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.obstacles import (
    ObstacleShare,
    answers_per_person,
    gap_of,
    in_order,
    protect,
    share_of,
)

RULE = SmallCellRule()  # counts from 4, sensitive from 10, denominators from 30
HIDDEN: Final = Availability.HIDDEN
MISSING: Final = Availability.MISSING


def made(obstacle: str, count: Count, cases: Count = 200, *, sensitive: bool = False) -> ObstacleShare:
    return share_of(obstacle, count, cases, RULE, sensitive=sensitive)


def test_a_share_has_its_wilson_interval() -> None:
    """Newcombe (1998), table I: 81 of 263 is 0.2553 to 0.3662, 15 of 148 is 0.0624 to 0.1605."""
    for count, cases, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)):
        rate = made("LANGUAGE", count, cases).rate
        assert isinstance(rate, Rate)
        assert (rate.low, rate.high) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("count", "cases", "sensitive", "expected"),
    [
        (3, 200, False, NoRate.HIDDEN),  # three persons have it
        (197, 200, False, NoRate.HIDDEN),  # three do not
        (9, 200, True, NoRate.HIDDEN),
        (191, 200, True, NoRate.HIDDEN),
        (8, 29, False, NoRate.TOO_FEW),
        (0, 0, False, NoRate.NOBODY),
        (HIDDEN, 200, False, NoRate.HIDDEN),
        (MISSING, 200, False, NoRate.MISSING),
        (20, HIDDEN, False, NoRate.HIDDEN),
    ],
)
def test_few_persons_have_no_share(count: Count, cases: Count, sensitive: bool, expected: NoRate) -> None:
    found = made("HEALTH", count, cases, sensitive=sensitive)
    assert found.rate is expected
    if expected is NoRate.HIDDEN:
        assert found.count is HIDDEN or cases is HIDDEN


def test_nobody_and_everybody_are_shown() -> None:
    assert isinstance(made("HEALTH", 0).rate, Rate)
    assert isinstance(made("HEALTH", 200).rate, Rate)


@pytest.mark.parametrize(
    ("parts", "total", "smallest", "hidden"),
    [
        ({"F": HIDDEN, "M": 40}, 43, 4, {"F", "M"}),  # 43 less 40 would be the three
        ({"A": HIDDEN, "B": 12, "C": 30}, 45, 4, {"A", "B"}),  # the smallest other covers
        ({"A": HIDDEN, "B": HIDDEN, "C": 30, "D": 9}, 41, 4, {"A", "B", "D"}),  # two who are two in all
        ({"A": HIDDEN, "B": HIDDEN, "C": 30}, 36, 4, {"A", "B"}),  # six together tell of nobody
        ({"F": HIDDEN, "M": 0}, 3, 4, {"F"}),  # zero is no cover: nothing else to hide
        ({"F": 20, "M": 30}, HIDDEN, 4, {"F"}),  # their sum would be the total
        ({"F": 20, "M": 30}, 50, 4, set()),
    ],
)
def test_no_hidden_group_is_worked_out_from_the_others(
    parts: dict[str, Count], total: Count, smallest: int, hidden: set[str]
) -> None:
    found = protect(parts, total, smallest)
    assert {group for group, count in found.items() if count is HIDDEN} == hidden
    assert all(found[group] == parts[group] for group in set(parts) - hidden)


def test_every_small_partition_keeps_its_secret() -> None:
    """All triples of 0 to 7: the total less the parts shown is nobody or no few."""
    for counts in product(range(8), repeat=3):
        parts: dict[str, Count] = {str(i): HIDDEN if 0 < n < 4 else n for i, n in enumerate(counts)}
        found = protect(parts, sum(counts), 4)
        shown = [n for n in found.values() if isinstance(n, int)]
        rest = sum(counts) - sum(shown)
        if len(shown) < 3 and any(n > 0 for n in shown):
            assert rest >= 4
            assert len(shown) < 2


def test_the_most_frequent_comes_first_and_none_comes_last() -> None:
    shares = [made("NONE", 190), made("OTHER", 150), made("CARE", 20), made("DEBT", 2), made("LANGUAGE", 90)]
    assert [s.obstacle for s in in_order(shares)] == ["LANGUAGE", "CARE", "DEBT", "OTHER", "NONE"]


def test_answers_per_person_leave_out_who_has_none_and_give_no_hidden_count_away() -> None:
    """(90 + 60 + 50) answers of 200 persons are one each."""
    shares = [made("LANGUAGE", 90), made("CARE", 60), made("OTHER", 50), made("NONE", 30)]
    assert answers_per_person(shares, 200) == 1.0
    assert answers_per_person([*shares, made("HOUSING", 2)], 200) is None
    assert answers_per_person(shares, HIDDEN) is None


def test_a_gap_is_in_shares_with_newcombes_interval() -> None:
    """Newcombe (1998b), table II, contrast a, method 10: 56/70 less 48/80 is 0.2, 0.0524 to 0.3339."""
    gap = gap_of(made("CARE", 56, 70), made("CARE", 48, 80))
    assert isinstance(gap, Gap)
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=0.00005)
    assert gap_of(made("CARE", 2), made("CARE", 60)) is NotComparable.HIDDEN
    assert gap_of(made("CARE", 60), made("CARE", 10, 20)) is NotComparable.TOO_FEW
