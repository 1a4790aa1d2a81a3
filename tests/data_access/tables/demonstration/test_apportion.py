"""Largest remainders: hand-made cases, and what must hold for any weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.tables.demonstration.apportion import apportion, share_successes


def one(total: int, weights: list[float], room: list[int] | None = None) -> list[int]:
    caps = None if room is None else np.array([room])
    return apportion(np.array([total]), np.array([weights], dtype=float), caps)[0].tolist()


# Hamilton's method by hand: quotas 0.98, 1.96, 2.94, 1.12 -> 0, 1, 2, 1 and the three largest remainders.
@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (7, [14.0, 28.0, 42.0, 16.0], [1, 2, 3, 1]),
        (10, [1.0, 1.0, 1.0], [4, 3, 3]),
        (2, [1.0, 1.0, 1.0], [1, 1, 0]),
        (0, [1.0, 2.0], [0, 0]),
        (5, [0.0, 1.0], [0, 5]),
        (0, [0.0, 0.0], [0, 0]),
    ],
)
def test_a_total_is_shared_out_by_largest_remainders(
    total: int, weights: list[float], expected: list[int]
) -> None:
    assert one(total, weights) == expected


def test_drawn_units_stand_where_the_remainders_pass_a_start() -> None:
    """Six parts of a third each, two units: the ends 1/3, 2/3 … 2 pass 0.5 (the start) and 1.5."""
    weights = np.ones((1, 6))
    drawn = apportion(np.array([2]), weights, starts=np.array([0.5]))
    assert drawn.tolist() == [[0, 1, 0, 0, 1, 0]]
    many = [apportion(np.array([2]), weights, starts=np.array([s])) for s in np.arange(0, 1, 1 / 300)]
    assert np.mean(many, axis=0) == pytest.approx(np.full((1, 6), 1 / 3), abs=0.01)
    assert {int(found.sum()) for found in many} == {2}


@pytest.mark.parametrize(
    ("total", "room", "expected"),
    [
        (6, [1, 9, 9], [1, 3, 2]),  # 2, 2, 2 but for the room of the first; the tie goes to the earlier part
        (9, [1, 2, 9], [1, 2, 6]),
        (12, [1, 2, 9], [1, 2, 9]),
    ],
)
def test_what_exceeds_a_parts_room_is_shared_among_the_others(
    total: int, room: list[int], expected: list[int]
) -> None:
    assert one(total, [1.0, 1.0, 1.0], room) == expected


groups = st.lists(st.tuples(st.integers(0, 500), st.floats(0.02, 0.98)), min_size=1, max_size=20)


@settings(deadline=None)
@given(groups, st.floats(0, 1))
def test_no_group_has_more_successes_than_cases_and_they_add_up(
    cells: list[tuple[int, float]], share: float
) -> None:
    cases = np.array([[count for count, _ in cells]])
    successes = np.array([round(share * cases.sum())])
    shared = share_successes(successes, cases, np.array([[chance for _, chance in cells]]))
    assert shared.sum() == successes[0]
    assert (shared >= 0).all()
    assert (shared <= cases).all()


def test_a_group_with_better_chances_gets_more_even_when_nearly_all_succeed() -> None:
    shared = share_successes(np.array([190]), np.array([[100, 100]]), np.array([[0.98, 0.92]]))
    assert shared[0].tolist() == [98, 92]  # ten failures shared as 2 to 8
