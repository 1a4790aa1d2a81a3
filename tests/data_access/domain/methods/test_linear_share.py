"""S at its cut-offs: from 40 (end of 2022) to 60 (end of 2027), 1 096 of 1 826 days gone, S = p / 0.6002."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term
from data_access.domain.polarity import Polarity
from data_access.domain.target import expected_value
from tests.data_access.domain.builders import path
from tests.data_access.domain.methods.cases import HIGHER, LOWER, OPPOSITE, told

GONE = 1096 / 1826
TINY = 1e-6


def share(value: float, **more: Any) -> CrossCheck:
    return told(value, **more)[Method.LINEAR_SHARE]


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (60.0, Band.ATTAINED),
        (60.0 - TINY, Band.ON_TRACK),
        (40 + 20 * GONE * 0.95, Band.ON_TRACK),
        (40 + 20 * GONE * 0.95 - TINY, Band.ACCELERATE),
        (40 + 20 * GONE * 0.60, Band.ACCELERATE),
        (40 + 20 * GONE * 0.60 - TINY, Band.LIMITED),
        (40.0, Band.LIMITED),
        (40.0 - TINY, Band.DETERIORATING),
    ],
)
def test_each_cut_off_from_both_sides(value: float, band: Band) -> None:
    assert share(value).band is band


def test_a_target_met_now_is_attained_even_without_a_baseline() -> None:
    check = share(61, target=path(None, 60))
    assert (check.band, check.value, check.refusal) == (Band.ATTAINED, None, None)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"target": None}, Refusal.NO_TARGET),
        ({"target": path(None, 60)}, Refusal.NO_BASELINE),
        ({"target": path(60, 60)}, Refusal.EQUAL_BASELINE),
        ({"target": path(40, 60, baseline_on=date(2025, 12, 31))}, Refusal.TOO_FEW_POINTS),
        ({"target": path(40, 60, baseline_on=date(2027, 12, 31))}, Refusal.NO_BASELINE),
    ],
)
def test_every_refusal(more: dict[str, Any], refusal: Refusal) -> None:
    check = share(50, **more)
    assert (check.band, check.value, check.refusal) == (None, None, refusal)


def test_after_the_day_of_the_target_no_more_than_the_whole_way_was_due() -> None:
    """The path holds the target after its day: 59 of 60 at the end of 2028 is 19/20 of it."""
    check = told(59, last=2028, on=date(2029, 6, 30))[Method.LINEAR_SHARE]
    assert check.value == pytest.approx(19 / 20)
    assert check.term(Term.SHARE_OF_TIME) == 1.0


def test_sliding_back_from_beyond_the_target_is_no_progress() -> None:
    """From 65 a floor of 60 was to be kept: at 58, seven points were lost, of a way of five."""
    check = share(58, target=path(65, 60))
    assert check.value == pytest.approx(-7 / 5 / GONE)
    assert check.band is Band.DETERIORATING


@pytest.mark.parametrize(("value", "covered"), [(-6, 4 / 8), (6, 4 / 8), (-12, -2 / 8)])
def test_a_gap_closes_in_absolute_values(value: float, covered: float) -> None:
    """From -10 to -2: the size goes from 10 to 2, on either side of zero."""
    check = share(value, target=path(-10, -2), polarity=Polarity.ZERO_GAP)
    assert check.value == pytest.approx(covered / GONE)


@pytest.mark.parametrize(
    ("start", "value", "band", "covered"),
    [
        (80, 95, Band.ATTAINED, None),
        (80, 85, Band.ACCELERATE, 5 / 10),  # half way in; 0.5 / 0.6002 = 0.83
        (130, 113, Band.ON_TRACK, 17 / 20),  # towards the upper edge; 1.42
        (100, 85, Band.DETERIORATING, -15 / 10),  # it left the band: 15 below, 10 from the edge
    ],
)
def test_a_band_is_reached_at_its_nearest_edge(
    start: float, value: float, band: Band, covered: float | None
) -> None:
    check = share(value, target=path(start, band=(90, 110)), polarity=Polarity.BAND)
    assert check.band is band
    assert check.value == (None if covered is None else pytest.approx(covered / GONE))


def test_a_band_without_edges_is_no_target() -> None:
    check = share(50, target=path(40, band=(None, None)), polarity=Polarity.BAND)
    assert check.refusal is Refusal.NO_TARGET


tenths = st.integers(-1000, 1000).map(lambda n: n / 10)


@given(tenths, tenths, tenths, st.sampled_from([HIGHER, LOWER]))
def test_the_complement_has_the_same_share_and_band(
    start: float, end: float, value: float, polarity: Polarity
) -> None:
    own = share(value, target=path(start, end), polarity=polarity)
    other = share(100 - value, target=path(100 - start, 100 - end), polarity=OPPOSITE[polarity])
    assert (other.band, other.refusal) == (own.band, own.refusal)
    assert other.value == (None if own.value is None else pytest.approx(own.value, abs=1e-9))


@given(tenths, tenths, tenths, st.sampled_from([0.01, 0.5, 1000.0]), st.sampled_from([HIGHER, LOWER]))
def test_the_unit_does_not_matter(
    start: float, end: float, value: float, scale: float, polarity: Polarity
) -> None:
    own = share(value, target=path(start, end), polarity=polarity)
    other = share(scale * value, target=path(scale * start, scale * end), polarity=polarity)
    assert (other.band, other.refusal) == (own.band, own.refusal)
    assert other.value == (None if own.value is None else pytest.approx(own.value, abs=1e-9))


@given(tenths, st.integers(1, 100), st.integers(2023, 2027))
def test_on_the_straight_line_the_share_is_one(start: float, way: int, year: int) -> None:
    """The line itself, walked day by day as the house draws it, is exactly on track."""
    target = path(start, start + way)
    due = expected_value(target, date(year, 12, 31))
    check = told(due, target=target, last=year, on=date(2028, 6, 30))[Method.LINEAR_SHARE]
    assert check.band is (Band.ATTAINED if year == 2027 else Band.ON_TRACK)
    assert check.value == (None if year == 2027 else pytest.approx(1.0))
