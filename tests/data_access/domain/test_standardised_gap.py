"""A gap that composition explains vanishes; with one stratum it is Newcombe's."""

from __future__ import annotations

import pytest

from data_access.domain.funnel_comparison import Gap
from data_access.domain.standardisation import NotStandardised
from data_access.domain.standardised_gap import standardised_gap


def test_a_gap_of_composition_alone_vanishes() -> None:
    """20 % of the young and 60 % of the old in both groups: 50/150 and 100/200 differ by ages only."""
    a = {"young": (20.0, 100.0), "old": (30.0, 50.0)}
    b = {"young": (10.0, 50.0), "old": (90.0, 150.0)}
    gap = standardised_gap(a, b)
    assert isinstance(gap, Gap)
    assert gap.value == pytest.approx(0)
    assert gap.low < 0 < gap.high
    assert not gap.significant


def test_weights_are_those_of_both_groups_together() -> None:
    """Young 150, old 200 of 350: (0.4 - 0.2) 150/350 + (0.6 - 0.5) 200/350 = 1/7."""
    a = {"young": (40.0, 100.0), "old": (30.0, 50.0)}
    b = {"young": (10.0, 50.0), "old": (75.0, 150.0)}
    gap = standardised_gap(a, b)
    assert isinstance(gap, Gap)
    assert gap.value == pytest.approx(1 / 7)


def test_with_one_stratum_the_interval_is_newcombes() -> None:
    """Newcombe (1998b), table II: 56/70 less 48/80 is 0.2, 0.0524 to 0.3339."""
    gap = standardised_gap({"all": (56.0, 70.0)}, {"all": (48.0, 80.0)})
    assert isinstance(gap, Gap)
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=0.00005)


def test_an_age_that_one_group_lacks_is_not_dropped() -> None:
    a, b = {"young": (20.0, 100.0), "old": (0.0, 0.0)}, {"young": (10.0, 50.0), "old": (9.0, 15.0)}
    assert standardised_gap(a, b) is NotStandardised.STRATUM_MISSING
    assert standardised_gap({"young": (20.0, 100.0)}, b) is NotStandardised.STRATUM_MISSING
