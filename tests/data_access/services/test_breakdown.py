"""Groups of an indicator, from published rows, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db.engine import bind
from data_access.domain.comparison import Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.services.breakdown import Breakdown, Reference, get_breakdown
from data_access.services.breakdown_choices import get_choices, settle
from tests.data_access.builders import observation, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, denominators from 30
COMMUNES = [c.nis for c in contract().communes]
INSIDE = next(d for d in contract().croissants if d.default).communes


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def rate(numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """A quarter of OS2.03, a share of persons who are followed for twelve months."""
    value = 100 * numerator / denominator
    about = {"indicator": "OS2.03", "freq": "Q", "time_period": "2025-Q1", "obs_value": value}
    return observation(numerator=numerator, denominator=denominator, **{**about, **more})


def ask(by: str, then: str | None = None, period: str | None = None, code: str = "OS2.03") -> Breakdown:
    return get_breakdown(1, CUTOFF, code, by, then, period, RULE)


def values(found: Breakdown) -> dict[str, float | None]:
    return {group.item: group.cell.value for group in found.groups}


def test_the_choices_are_what_holds_data(engine: Engine) -> None:
    publish(engine, rate(50, 100), rate(20, 50, sex="F"), rate(4, 40, ref_area="21001", age="Y_GE50"))
    choices = get_choices(1, "OS2.03")
    assert choices.single == ("SEX",)
    assert choices.pairs == {("REF_AREA", "AGE"), ("AGE", "REF_AREA")}
    assert choices.first == ("REF_AREA", "SEX", "AGE")


def test_the_croissant_needs_every_commune_and_its_counts(engine: Engine) -> None:
    publish(engine, *(rate(40, 100, ref_area=nis) for nis in COMMUNES[1:]))
    assert get_choices(1, "OS2.03").single == ("REF_AREA",)
    publish(engine, rate(40, 100, ref_area=COMMUNES[0]))
    assert get_choices(2, "OS2.03").single == ("REF_AREA", "CROISSANT")


def test_what_is_asked_in_vain_falls_back(engine: Engine) -> None:
    publish(engine, rate(20, 50, sex="F"), rate(4, 40, ref_area="21001", age="Y_GE50"))
    choices = get_choices(1, "OS2.03")
    assert settle(choices, None, None) == ("SEX", None)
    assert settle(choices, "<script>", "SEX") == ("SEX", None)
    assert settle(choices, "SEX", "AGE") == ("SEX", None)
    assert settle(choices, "AGE", None) == ("AGE", "REF_AREA")
    assert settle(get_choices(1, "OS4.01"), "SEX", None) is None


def test_of_two_groups_each_is_compared_with_the_other(engine: Engine) -> None:
    """56 of 70 against 48 of 80: 20 points, 5.24 to 33.39 (Newcombe 1998, table II, contrast a)."""
    publish(engine, rate(104, 150), rate(56, 70, sex="F"), rate(48, 80, sex="M"))
    found = ask("SEX")
    assert found.reference is Reference.OTHER
    women, men = (group.gap for group in found.groups)
    assert women is not None
    assert men is not None
    assert (women.points, women.low, women.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.005)
    assert (men.points, men.significant) == (pytest.approx(-20.0), True)


def test_of_several_groups_each_is_compared_with_the_rest(engine: Engine) -> None:
    """LOW is 56 of 70; the total 104 of 150 without it is 48 of 80, so the same contrast."""
    publish(
        engine,
        rate(104, 150),
        rate(56, 70, education="LOW"),
        rate(18, 40, education="MEDIUM"),
        rate(30, 40, education="HIGH"),
    )
    found = ask("EDUCATION")
    gap = found.groups[0].gap
    assert found.reference is Reference.REST
    assert [group.item for group in found.groups] == ["LOW", "MEDIUM", "HIGH"]
    assert gap is not None
    assert (gap.points, gap.low, gap.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.005)


def test_the_croissant_adds_counts(engine: Engine) -> None:
    """Seven communes of 60 in 100 but one of 600 in 2000: 960 of 2600, 36.9 %; the mean would be 55.7 %."""
    rows = [rate(60, 100, ref_area=nis) for nis in COMMUNES if nis != INSIDE[0]]
    publish(engine, rate(600, 2000, ref_area=INSIDE[0]), *rows)
    found = ask("CROISSANT")
    assert values(found) == pytest.approx({"IN": 100 * 960 / 2600, "OUT": 60.0})
    assert found.croissant is not None
    assert found.croissant.default


def test_a_hidden_commune_hides_its_side_and_then_the_other(engine: Engine) -> None:
    """A side alone could be had from the total and the other side."""
    rows = [rate(60, 100, ref_area=nis) for nis in COMMUNES if nis != INSIDE[0]]
    publish(engine, rate(1200, 2000), rate(2, 100, ref_area=INSIDE[0]), *rows)
    assert {g.cell.availability for g in ask("CROISSANT").groups} == {Availability.HIDDEN}


def test_a_missing_commune_is_not_zero(engine: Engine) -> None:
    publish(
        engine,
        *(rate(60, 100, ref_area=nis) for nis in COMMUNES),
        *(rate(60, 100, ref_area=nis, time_period="2025-Q2") for nis in COMMUNES[1:]),
    )
    found = ask("CROISSANT", period="2025-Q2")
    assert found.groups[0].cell.availability is Availability.MISSING


def test_a_hidden_group_cannot_be_computed_from_the_others(engine: Engine) -> None:
    """2 of 50 is hidden; with the total and two groups it would be plain, so the smallest hides too."""
    publish(
        engine,
        rate(104, 190),
        rate(2, 50, education="LOW"),
        rate(42, 60, education="MEDIUM"),
        rate(60, 80, education="HIGH"),
    )
    found = ask("EDUCATION")
    hidden = [g.item for g in found.groups if g.cell.availability is Availability.HIDDEN]
    assert hidden == ["LOW", "MEDIUM"]
    assert all(g.readings[0].value is None for g in found.groups if g.item in hidden)
    assert found.groups[0].gap is None


def test_zero_is_a_value(engine: Engine) -> None:
    publish(engine, rate(40, 120), rate(0, 60, sex="F"), rate(40, 60, sex="M"))
    assert values(ask("SEX")) == {"F": 0.0, "M": pytest.approx(66.67, abs=0.01)}


def test_the_default_period_is_the_newest_mature_one(engine: Engine) -> None:
    """Entries of 2025-Q2, followed 12 months and delivered 3 later, are known on 30/09/2026; Q3 is not."""
    quarters = ("2025-Q1", "2025-Q2", "2025-Q3")
    rows = [
        rate(n, 100, sex=s, time_period=q) for q in quarters for s, n in (("_T", 50), ("F", 70), ("M", 20))
    ]
    publish(engine, *rows)
    found, immature = ask("SEX"), ask("SEX", period="2025-Q3")
    assert (str(found.period), found.is_mature) == ("2025-Q2", True)
    assert all(group.gap for group in found.groups)
    assert (str(immature.period), immature.is_mature) == ("2025-Q3", False)
    assert not any(group.gap for group in immature.groups)
    assert values(immature) == {"F": 70.0, "M": 20.0}
    assert str(ask("SEX", period="1066-Q9").period) == "2025-Q2"


def test_counts_have_shares_and_no_gap(engine: Engine) -> None:
    about = {"indicator": "OS2.01", "freq": "M", "time_period": "2026-09", "denominator": None}
    sizes = {"_T": 400.0, "F": 100.0, "M": 300.0}
    publish(engine, *(observation(sex=s, numerator=n, obs_value=n, **about) for s, n in sizes.items()))
    found = ask("SEX", code="OS2.01")
    assert (found.kind, found.reference) == (Kind.COUNT, Reference.NONE)
    assert [(g.share, g.gap, g.interval) for g in found.groups] == [(0.25, None, None), (0.75, None, None)]


def test_two_dimensions_compare_within_the_first(engine: Engine) -> None:
    """In Anderlecht women are 56 of 70 and men 48 of 80; the Region does not enter."""
    publish(
        engine,
        rate(900, 1500),
        rate(104, 150, ref_area="21001"),
        rate(56, 70, ref_area="21001", sex="F"),
        rate(48, 80, ref_area="21001", sex="M"),
    )
    found = ask("REF_AREA", "SEX")
    (facet,) = found.facets
    assert (facet.item, facet.total.denominator) == ("21001", 150)
    assert facet.groups[0].gap is not None
    assert facet.groups[0].gap.points == pytest.approx(20.0)
    assert facet.groups[0].readings == ()


def test_no_row_or_column_of_a_crossing_gives_a_cell_away(engine: Engine) -> None:
    """One hidden cell of two by two: its row and its column hide it only when all four are hidden."""
    cells = {("21001", "F"): 2, ("21001", "M"): 20, ("21002", "F"): 20, ("21002", "M"): 20}
    publish(
        engine,
        rate(62, 400),
        *(rate(n, 100, ref_area=a, sex=s) for (a, s), n in cells.items()),
        *(rate(n, 200, ref_area=a) for a, n in (("21001", 22), ("21002", 40))),
        *(rate(n, 200, sex=s) for s, n in (("F", 22), ("M", 40))),
    )
    assert {g.cell.availability for g in ask("REF_AREA", "SEX").groups} == {Availability.HIDDEN}


def test_operators_without_a_total_are_shown_and_not_compared(engine: Engine) -> None:
    about = {"indicator": "VD-8", "freq": "A", "time_period": "2024"}
    publish(engine, rate(50, 100, operator="VDAB", **about), rate(60, 100, operator="BF", **about))
    found = ask("OPERATOR", code="VD-8")
    assert values(found) == {"BF": 60.0, "VDAB": 50.0}
    assert found.reference is Reference.NONE
