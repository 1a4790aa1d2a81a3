"""Entries of those who attended: between two bounds, which every way of linking them keeps."""

from __future__ import annotations

from itertools import product

import pytest

from data_access.domain.confidentiality import Availability
from data_access.domain.session_inflow import strict_entries


@pytest.mark.parametrize(
    ("entered", "attended", "beside", "expected"),
    [
        (300, 400, 50, (250, 300)),  # at most 50 of the 300 came from the others
        (300, 280, 50, (250, 280)),  # no more than applied after attending
        (30, 400, 50, (0, 30)),
        (0, 400, 50, (0, 0)),
        (300, 300, 0, (300, 300)),
    ],
)
def test_bounds_by_hand(entered: int, attended: int, beside: int, expected: tuple[int, int]) -> None:
    assert strict_entries(entered, attended, beside) == expected


def test_bounds_are_those_of_every_possible_link() -> None:
    for attended, beside in product(range(5), range(4)):
        for entered in range(attended + beside + 1):
            possible = [a for a in range(attended + 1) if 0 <= entered - a <= beside]
            assert strict_entries(entered, attended, beside) == (min(possible), max(possible))


def test_a_hidden_count_leaves_no_bounds() -> None:
    assert strict_entries(300, 400, Availability.HIDDEN) is None
    assert strict_entries(Availability.MISSING, 400, 50) is None
