"""Small cells at every threshold: 4, 10 and 30 are the documented defaults of the settings."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from data_access.domain.confidentiality import SmallCellRule, is_hidden

RATE = {
    "numerator": 500.0,
    "denominator": 1000.0,
    "value": 50.0,
    "conf_status": "F",
    "persons": True,
    "is_count": False,
    "sensitive": False,
    "rule": SmallCellRule(),
}
COUNT = {**RATE, "numerator": None, "denominator": None, "is_count": True}


@pytest.mark.parametrize(
    ("numerator", "hidden"),
    [(0, False), (0.5, True), (1, True), (3, True), (4, False), (5, False), (None, False)],
)
def test_a_numerator_of_one_to_three_persons_is_hidden(numerator: float | None, hidden: bool) -> None:
    assert is_hidden(**{**RATE, "numerator": numerator}) is hidden


@pytest.mark.parametrize(("complement", "hidden"), [(0, False), (1, True), (3, True), (4, False)])
def test_so_is_a_complement_of_one_to_three(complement: float, hidden: bool) -> None:
    assert is_hidden(**{**RATE, "numerator": 1000.0 - complement}) is hidden


def test_a_numerator_above_its_denominator_has_no_complement() -> None:
    assert not is_hidden(**{**RATE, "numerator": 1002.0})


@pytest.mark.parametrize(
    ("denominator", "hidden"), [(0, True), (29, True), (30, False), (31, False), (None, False)]
)
@pytest.mark.parametrize("numerator", [15.0])
def test_a_rate_needs_a_denominator_of_thirty(
    numerator: float, denominator: float | None, hidden: bool
) -> None:
    assert is_hidden(**{**RATE, "numerator": numerator, "denominator": denominator}) is hidden


@pytest.mark.parametrize("share", [0, 1])
@pytest.mark.parametrize(("denominator", "hidden"), [(30, True), (49, True), (50, False), (1000, False)])
def test_nobody_or_everybody_is_said_of_fifty_persons_or_more(
    denominator: float, share: int, hidden: bool
) -> None:
    assert is_hidden(**{**RATE, "numerator": share * denominator, "denominator": denominator}) is hidden
    assert not is_hidden(
        **{**RATE, "numerator": share * denominator, "denominator": denominator, "persons": False}
    )


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (3, True), (4, False), (None, False)])
def test_a_count_of_one_to_three_persons_is_hidden(count: float | None, hidden: bool) -> None:
    assert is_hidden(**{**COUNT, "value": count}) is hidden


def test_a_value_of_one_to_three_that_counts_nobody_is_shown() -> None:
    assert not is_hidden(**{**COUNT, "value": 2.0, "is_count": False})


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (9, True), (10, False)])
@pytest.mark.parametrize("where", ["numerator", "value"])
def test_sensitive_counts_are_hidden_up_to_nine(where: str, count: float, hidden: bool) -> None:
    cell = RATE if where == "numerator" else COUNT
    assert is_hidden(**{**cell, where: count, "sensitive": True}) is hidden


@pytest.mark.parametrize(("status", "hidden"), [("F", False), ("C", True), ("D", True)])
def test_what_the_producer_marked_is_hidden_even_when_it_counts_no_person(status: str, hidden: bool) -> None:
    assert is_hidden(**{**RATE, "conf_status": status, "persons": False}) is hidden


def test_small_counts_of_things_are_shown() -> None:
    assert not is_hidden(**{**RATE, "numerator": 2.0, "denominator": 3.0, "persons": False, "is_count": True})


CELLS = st.fixed_dictionaries(
    {
        "numerator": st.one_of(st.none(), st.integers(0, 60).map(float)),
        "denominator": st.one_of(st.none(), st.integers(0, 60).map(float)),
        "value": st.one_of(st.none(), st.integers(0, 60).map(float)),
        "conf_status": st.sampled_from("FCD"),
        "persons": st.booleans(),
        "is_count": st.booleans(),
    }
)


@given(cell=CELLS)
def test_the_stricter_threshold_never_shows_more(cell: dict[str, object]) -> None:
    rule = SmallCellRule()
    if is_hidden(**cell, sensitive=False, rule=rule):  # type: ignore[arg-type]
        assert is_hidden(**cell, sensitive=True, rule=rule)  # type: ignore[arg-type]


@given(cell=CELLS, sensitive=st.booleans())
def test_a_share_and_its_complement_are_hidden_alike(cell: dict[str, float], sensitive: bool) -> None:
    numerator, denominator = cell["numerator"], cell["denominator"]
    if numerator is None or denominator is None or numerator > denominator:
        return
    asked = {**cell, "is_count": False, "sensitive": sensitive, "rule": SmallCellRule()}
    other = {**asked, "numerator": denominator - numerator}
    assert is_hidden(**asked) is is_hidden(**other)  # type: ignore[arg-type]
