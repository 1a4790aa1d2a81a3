"""Amounts that may be unknown, progress, and what a commitment lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.plan import NOTHING, Amount, Gap, gap_of, mean_progress, total

MONEY = st.lists(st.none() | st.integers(0, 10**9).map(float), max_size=8)


def test_nothing_is_not_unknown() -> None:
    assert total([0.0, None]) == Amount(0.0, 1, 2)
    assert not total([0.0]).is_unknown
    assert total([None]).is_unknown


@given(MONEY, MONEY)
def test_parts_make_the_whole(first: list[float | None], second: list[float | None]) -> None:
    assert total(first) + total(second) == total([*first, *second])
    assert total(first) + NOTHING == total(first)


@pytest.mark.parametrize(
    ("values", "mean"), [([], None), ([None], None), ([0.0, 100.0], 50.0), ([30.0, None], 30.0)]
)
def test_progress_is_the_mean_of_what_is_known(values: list[float | None], mean: float | None) -> None:
    assert mean_progress(values) == mean


@pytest.mark.parametrize(
    ("indicators", "actions", "gap"),
    [(0, 0, Gap.EVERYTHING), (0, 1, Gap.INDICATOR), (1, 0, Gap.ACTION), (2, 1, Gap.NOTHING)],
)
def test_a_commitment_lacks_what_it_has_none_of(indicators: int, actions: int, gap: Gap) -> None:
    assert gap_of(indicators, actions) is gap
