"""Classes of a map by hand and by what must hold of any."""

from __future__ import annotations

from math import floor, log10

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.domain.class_breaks import class_of, gap_breaks, make_breaks

series = st.lists(st.integers(-100_000, 100_000), min_size=1, max_size=60)
number_of_classes = st.integers(3, 9)

# The shares of nineteen communes, as they may be: 10 % quantile 9.8, 90 % quantile 21.2.
COMMUNES = [8, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 15, 16, 17, 18, 20, 21, 22, 24]


@pytest.mark.parametrize(
    ("values", "classes", "expected"),
    [
        # 0, 1, ..., 100: between 10 and 90 the step 20 leaves four breaks, 10 would leave seven.
        (list(range(101)), 5, (20, 40, 60, 80)),
        (list(range(101)), 4, (25, 50, 75)),  # 20 would leave four
        (list(range(101)), 3, (50, 100)),  # 50 leaves one, and a second tells the step
        (COMMUNES, 5, (10, 15, 20)),  # 2.5 would leave five: 10, 12.5, 15, 17.5, 20
        (COMMUNES, 6, (10, 12.5, 15, 17.5, 20)),
        # Shares: decimals as printed, not 0.30000000000000004.
        ([value / 100 for value in range(101)], 5, (0.2, 0.4, 0.6, 0.8)),
        ([-value for value in range(101)], 5, (-80, -60, -40, -20)),
        # Eighteen at 10 to 19 and one at a thousand: the thousand joins the last class.
        ([*([10, 11, 12, 13, 14, 15, 16, 17, 19] * 2), 1000], 5, (12, 14, 16, 18)),
        # Most are zero, so that both quantiles are: the classes are those of all values, 0 to 8.
        ([0] * 18 + [8], 5, (2, 4, 6)),
        ([12.3] * 19, 5, (12, 13)),
        ([12.3], 5, (12, 13)),
        ([0.05] * 3, 5, (0.05, 0.051)),
        ([100] * 3, 5, (100, 110)),
        ([-12.3] * 3, 5, (-13, -12)),
        ([0] * 19, 5, (1, 2)),
    ],
)
def test_by_hand(values: list[float], classes: int, expected: tuple[float, ...]) -> None:
    assert make_breaks(values, classes) == expected


@given(series, number_of_classes)
def test_classes_are_few_rising_and_equal(values: list[int], classes: int) -> None:
    breaks = make_breaks(values, classes)
    assert 2 <= len(breaks) <= classes - 1
    steps = np.diff(breaks)
    assert (steps > 0).all()
    assert steps == pytest.approx(steps[0])


@given(series, number_of_classes)
def test_steps_and_breaks_are_round(values: list[int], classes: int) -> None:
    """A step is 1, 2, 2.5 or 5 times a power of ten, and every break a multiple of it."""
    breaks = make_breaks(values, classes)
    step = breaks[1] - breaks[0]
    lead = step / 10 ** floor(log10(step) + 1e-9)
    assert min(abs(lead - round_one) for round_one in (1, 2, 2.5, 5)) < 1e-6
    for cut in breaks:
        assert cut / step == pytest.approx(round(cut / step), abs=1e-6)


@given(series, number_of_classes)
def test_the_middle_of_the_values_is_told_apart(values: list[int], classes: int) -> None:
    """Where the quantiles differ the first break lies between them, and so does every other but a second."""
    low, high = np.quantile(values, [0.1, 0.9])
    assume(high - low > 1e-6)
    breaks = make_breaks(values, classes)
    assert low < breaks[0] < high
    assert len(breaks) == 2 or breaks[-1] < high
    assert class_of(low, breaks) == 0 < class_of(high, breaks)


@given(series, number_of_classes)
def test_the_smallest_step_that_fits(values: list[int], classes: int) -> None:
    """The slow twin: each smaller round step, multiple by multiple, leaves too many breaks."""
    low, high = np.quantile(values, [0.1, 0.9])
    assume(high - low > 0.1)
    breaks = make_breaks(values, classes)
    step = breaks[1] - breaks[0]
    for smaller in (mantissa * 10.0**power for power in range(-3, 6) for mantissa in (1, 2, 2.5, 5)):
        if step / 5 < smaller < step * 0.999:
            inside = range(floor(low / smaller), floor(high / smaller) + 2)
            cuts = [k for k in inside if low + 1e-6 < k * smaller < high - 1e-6]
            assert len(cuts) > classes - 1


@given(series, st.randoms())
def test_the_order_of_the_values_does_not_matter(values: list[int], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert make_breaks(shuffled) == make_breaks(values)


@given(series, st.sampled_from([-6, -2, 3]))
def test_powers_of_ten_scale_the_breaks(values: list[int], power: int) -> None:
    """Shares and percentages have the same classes; all zero has no size to scale."""
    assume(any(values))
    scaled = make_breaks([value * 10.0**power for value in values])
    assert scaled == pytest.approx([cut * 10.0**power for cut in make_breaks(values)])


@given(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=30))
def test_every_value_has_a_class_and_classes_rise_with_values(values: list[float]) -> None:
    breaks = make_breaks(values)
    found = [class_of(value, breaks) for value in sorted(values)]
    assert found == sorted(found)
    assert found[0] >= 0
    assert found[-1] <= len(breaks)


@pytest.mark.parametrize(
    ("value", "expected"), [(-5, 0), (9.99, 0), (10, 1), (14.9, 1), (15, 2), (20, 3), (1000, 3)]
)
def test_a_value_on_a_break_belongs_above(value: float, expected: int) -> None:
    assert class_of(value, (10.0, 15.0, 20.0)) == expected


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        ((10.0, 15.0, 20.0), (-7.5, -2.5, 2.5, 7.5)),
        ((0.2, 0.3), (-0.15, -0.05, 0.05, 0.15)),  # not 0.15000000000000002 or the like
        ((12.5, 15.0), (-3.75, -1.25, 1.25, 3.75)),
    ],
)
def test_gaps_are_as_wide_as_levels_and_symmetric(
    breaks: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    assert gap_breaks(breaks) == expected


@given(series)
def test_no_gap_is_in_the_middle(values: list[int]) -> None:
    breaks = gap_breaks(make_breaks(values))
    assert len(breaks) == 4
    assert class_of(0, breaks) == 2
    assert breaks == tuple(-cut for cut in reversed(breaks))


@pytest.mark.parametrize(
    ("values", "classes"),
    [([], 5), ([1, float("nan")], 5), ([1, float("inf")], 5), ([1, 2, 3], 2)],
)
def test_what_has_no_classes(values: list[float], classes: int) -> None:
    with pytest.raises(ValueError, match="classes of"):
        make_breaks(values, classes)


def test_one_break_has_no_width() -> None:
    with pytest.raises(ValueError, match="no width"):
        gap_breaks((1.0,))
