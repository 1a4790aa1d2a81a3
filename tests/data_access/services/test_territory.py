"""The map of the communes: aggregates against a slow twin, choices, changes, composition, what is hidden."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db import engine as engines
from data_access.domain.comparison import Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_limits import Position
from data_access.domain.standardisation import Standardised
from data_access.services.territory import get_territory
from data_access.services.territory_choices import View, get_map_series, settle_selection
from data_access.services.territory_model import Territory
from tests.data_access.builders import observation, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, denominators from 30
COMMUNES = [c.nis for c in contract().communes]
D2 = next(d for d in contract().croissants if d.code == "D2").communes
D3 = next(d for d in contract().croissants if d.code == "D3").communes


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def rate(numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """A year of OS1.02, a share of persons that is no open cohort."""
    value = 100 * numerator / denominator
    about = {"indicator": "OS1.02", "freq": "A", "time_period": "2023", "obs_value": value}
    return observation(numerator=numerator, denominator=denominator, **{**about, **more})


def everywhere(numerator: float = 40, denominator: float = 100, **more: Any) -> list[dict[str, Any]]:
    return [rate(numerator, denominator, ref_area=nis, **more) for nis in COMMUNES]


def ask(version: int = 1, own: tuple[str, ...] = (), **query: str) -> Territory:
    selection = settle_selection(get_map_series(version), query, own)
    assert selection is not None
    return get_territory(version, CUTOFF, selection, RULE)


# ---- choices ----


def test_nothing_loaded_is_nothing_to_choose(bound: Engine) -> None:
    assert settle_selection(get_map_series(0), {}) is None


def test_the_series_are_those_that_communes_have(bound: Engine) -> None:
    publish(
        bound, *everywhere(), rate(500, 1000), rate(1, 2, indicator="OS1.05", freq="M", time_period="2024-01")
    )
    publish(bound, *everywhere(time_period="2022"), *everywhere(sex="F"), *everywhere(education="LOW"))
    (series,) = get_map_series(2)
    assert (series.key, series.kind, series.areas, series.countable) == ("OS1.02", Kind.SHARE, 19, True)
    assert (series.sexes, series.ages) == (("_T", "F"), ("_T",))
    assert series.views == (View.LEVEL, View.CHANGE, View.GAP, View.COUNT)


def test_what_is_asked_in_vain_falls_back(bound: Engine) -> None:
    publish(bound, *everywhere(), *everywhere(sex="F"))
    found = ask(measure="<script>", view="x", sex="M", age="Y_GE50", period="1999", croissant="D9").selection
    assert (found.series.key, found.view, found.sex, found.age) == ("OS1.02", View.LEVEL, "_T", "_T")
    assert (found.croissant, found.members) == ("D2", D2)
    assert ask(measure="os1.02", sex="F").selection.sex == "F"


def test_the_operator_has_a_list_of_its_own(bound: Engine) -> None:
    publish(bound, *everywhere())
    own = ("21001", "21011")
    assert ask(own=own, croissant="own").selection.members == own
    assert ask(croissant="own").selection.croissant == "D2", "no list is set"


# ---- aggregates ----


def test_sides_come_from_counts_never_from_a_mean_of_rates(bound: Engine) -> None:
    """Anderlecht 90 of 1000, the other six of D2 50 of 100 each: 390 of 1600; the rest 12 × 40 of 100."""
    rows = [
        rate(90, 1000, ref_area=nis) if nis == "21001" else rate(50 if nis in D2 else 40, 100, ref_area=nis)
        for nis in COMMUNES
    ]
    publish(bound, *rows)
    found = ask()
    inside, outside = found.sides
    assert (inside.cell.numerator, inside.cell.denominator) == (390, 1600)
    assert inside.cell.value == pytest.approx(24.375)
    assert outside.cell.value == pytest.approx(40.0)
    assert found.gap is not None
    assert found.gap.points == pytest.approx(24.375 - 40)
    assert found.region_summed
    assert found.region.value == pytest.approx(100 * (390 + 480) / 2800)


def twin(path: Path) -> Iterator[tuple[str, str, str, dict[str, tuple[float, float]]]]:
    """Counts by commune of every share at every period, straight from the rows, one at a time."""
    shares = {
        d.code
        for d in contract().indicators
        if d.unit.value == "percent" and d.measure.value not in {"median", "gap"}
    }
    found: dict[tuple[str, str, str], dict[str, tuple[float, float]]] = {}
    with sqlite3.connect(path) as connection:
        query = "SELECT * FROM observation_current WHERE ref_area <> 'BRU'"
        connection.row_factory = sqlite3.Row
        for row in connection.execute(query):
            whole = all(row[name] == "_T" for name in ("sex", "age", "education", "duration", "audience"))
            if whole and row["indicator"] in shares and row["numerator"] is not None and row["denominator"]:
                key = (row["indicator"], row["operator"], row["time_period"])
                found.setdefault(key, {})[row["ref_area"]] = (row["numerator"], row["denominator"])
    for (code, operator, period), by_commune in sorted(found.items()):
        yield code, operator, period, by_commune


def is_small(numerator: float, denominator: float) -> bool:
    """Hidden by the rule, said once more."""
    return denominator < 30 or 0 < numerator < 4 or 0 < denominator - numerator < 4


def compare_places(found: Territory, cells: dict[str, tuple[float, float]]) -> None:
    for place in found.places:
        own = cells.get(place.nis)
        if place.cell.available:
            assert own is not None
            assert (place.cell.numerator, place.cell.denominator) == own
            assert not is_small(*own)
        elif own is not None:
            assert place.cell.availability is Availability.HIDDEN


def compare_sides(found: Territory, cells: dict[str, tuple[float, float]], members: set[str]) -> int:
    """How many sides have the sums that plain loops give; none where a cell is small or missing."""
    if any(is_small(*own) for own in cells.values()) or len(cells) < 19:
        return 0
    compared = 0
    for side, group in zip(found.sides, (members, set(COMMUNES) - members), strict=True):
        numerator = denominator = 0.0
        for nis in group:
            numerator += cells[nis][0]
            denominator += cells[nis][1]
        if side.cell.available:
            assert (side.cell.numerator, side.cell.denominator) == pytest.approx((numerator, denominator))
            compared += 1
    return compared


def test_every_map_of_the_shipped_tables_adds_up_as_a_slow_twin_does(shipped: Path) -> None:
    engine = engines.make_engine(f"sqlite:///{shipped}/dashboard.sqlite3")
    engines.bind(engine)
    periods: dict[str, list[tuple[str, dict[str, tuple[float, float]]]]] = {}
    for code, operator, period, cells in twin(shipped / "dashboard.sqlite3"):
        periods.setdefault(code if operator == "_T" else f"{code}.{operator}", []).append((period, cells))
    compared = 0
    for key, found in periods.items():
        for period, cells in (found[0], found[len(found) // 2], found[-1]):
            for croissant, members in (("D2", set(D2)), ("D3", set(D3))):
                territory = ask(19, measure=key, period=period, croissant=croissant)
                assert str(territory.period) == period
                compare_places(territory, cells)
                compared += compare_sides(territory, cells, members)
    engine.dispose()
    assert compared > 100


# ---- change, gap, limits ----


def test_the_change_is_on_the_same_period_a_year_before(bound: Engine) -> None:
    monthly = {"indicator": "OS1.05", "freq": "M"}
    publish(
        bound,
        *everywhere(40, 100, time_period="2023-03", **monthly),
        *everywhere(50, 100, time_period="2024-03", **monthly),
    )
    change = ask(period="2024-03").place("21001").change
    assert change is not None
    assert (change.difference, change.comparable) == (pytest.approx(10.0), True)
    assert change.significant is False, "40 and 50 of 100: -3.7 to 23.1 points (Newcombe, method 10)"
    assert ask(period="2023-03").place("21001").change is None


def test_nothing_is_compared_across_a_break(bound: Engine) -> None:
    rows = [
        rate(40, 100, indicator="OS2.02", freq="M", time_period=f"{year}-03", ref_area=nis)
        for nis in COMMUNES
        for year in (2025, 2026)
    ]
    publish(bound, *rows)
    change = ask(period="2026-03").place("21001").change
    assert change is not None
    assert not change.comparable


def test_the_gap_is_the_value_minus_the_region(bound: Engine) -> None:
    publish(bound, *everywhere(40, 100), rate(700, 1900))
    found = ask()
    assert not found.region_summed
    assert found.place("21005").gap == pytest.approx(40 - 100 * 700 / 1900)


def test_a_commune_beyond_the_limits_stands_out_and_the_others_do_not(bound: Engine) -> None:
    """800 of 1000 around some 41 %: z = (0.8 - 0.5) / sqrt(0.5 * 0.5 / 1000) is far beyond 3.09."""
    rows = everywhere(50, 100)[1:]
    publish(bound, rate(800, 1000, ref_area=COMMUNES[0]), *rows, rate(1400, 2800))
    funnel = ask().funnel
    assert funnel is not None
    assert funnel.reference == pytest.approx(0.5)
    assert funnel.corrected[COMMUNES[0]] is Position.HIGH
    assert {funnel.corrected[nis] for nis in COMMUNES[1:]} == {Position.WITHIN}


def test_a_count_has_no_limits_and_changes_in_per_cent(bound: Engine) -> None:
    def stock(value: float, year: int) -> list[dict[str, Any]]:
        about = {"indicator": "CTX.CCI_DE", "time_period": str(year), "obs_value": value, "denominator": None}
        return [observation(numerator=value, ref_area=nis, **about) for nis in COMMUNES]

    publish(bound, *stock(200, 2023), *stock(250, 2024))
    found = ask(period="2024")
    assert (found.funnel, found.gap, found.series.views) == (None, None, (View.COUNT, View.CHANGE))
    assert found.largest == 250
    change = found.place("21001").change
    assert change is not None
    assert change.difference == pytest.approx(25.0)


def test_an_open_cohort_is_not_compared(bound: Engine) -> None:
    """OS2.03 follows people for twelve months and comes three months later: 2025-Q3 is open on 31/10/2026."""
    rows = [
        rate(40, 100, indicator="OS2.03", freq="Q", time_period=period, ref_area=nis)
        for nis in COMMUNES
        for period in ("2025-Q1", "2025-Q3")
    ]
    publish(bound, *rows)
    assert str(ask().period) == "2025-Q1", "the newest that is closed"
    found = ask(period="2025-Q3")
    assert (found.is_mature, found.funnel, found.gap, found.standard) == (False, None, None, None)
    assert {(p.gap, p.change, p.standardised) for p in found.places} == {(None, None, None)}
    assert found.region_change is None
    assert {side.change for side in found.sides} == {None}


# ---- composition ----


def by_age(young: tuple[int, int], old: tuple[int, int], nis: str) -> list[dict[str, Any]]:
    both = (young[0] + old[0], young[1] + old[1])
    about = {"indicator": "OS1.01", "freq": "Q", "time_period": "2025-Q1", "ref_area": nis}
    return [
        rate(*both, **about),
        rate(*young, **about, age="Y_LT25"),
        rate(*old, **about, age="Y_GE50"),
    ]


def test_composition_is_taken_out_by_hand(bound: Engine) -> None:
    """In every commune the young reach 60 %, the old 20 %; Anderlecht has 900 young of 1000, others 500.

    Raw, Anderlecht is at 56 % and the others at 40 %. The Region has 18 × 500 + 900 = 9900 young and
    9100 old: standardised, each is at (9900 × 60 + 9100 × 20) / 19000 = 40.84 %.
    """
    rows = [*by_age((540, 900), (20, 100), "21001")]
    for nis in COMMUNES[1:]:
        rows += by_age((300, 500), (100, 500), nis)
    rows += by_age((540 + 18 * 300, 900 + 18 * 500), (20 + 18 * 100, 100 + 18 * 500), "BRU")
    publish(bound, *rows)
    found = ask(measure="OS1.01")
    assert found.standard == "AGE"
    anderlecht, other = found.place("21001"), found.place("21010")
    assert (anderlecht.cell.value, other.cell.value) == (pytest.approx(56.0), pytest.approx(40.0))
    for place in (anderlecht, other):
        assert isinstance(place.standardised, Standardised)
        assert 100 * place.standardised.value == pytest.approx((9900 * 60 + 9100 * 20) / 19000)
        assert place.standardised.low < place.standardised.value < place.standardised.high


def test_a_hidden_stratum_refuses_the_standardised_share(bound: Engine) -> None:
    rows = [row for nis in COMMUNES for row in by_age((300, 500), (100, 500), nis)]
    rows += by_age((19 * 300, 19 * 500), (19 * 100, 19 * 500), "BRU")
    small = by_age((300, 500), (2, 500), "21012")
    publish(bound, *(r for r in rows if r["ref_area"] != "21012"), *small)
    found = ask(measure="OS1.01").place("21012")
    assert found.cell.available
    assert found.standardised is None


def test_groups_that_do_not_add_up_refuse_the_standardised_share(bound: Engine) -> None:
    rows = [row for nis in COMMUNES for row in by_age((300, 500), (100, 500), nis)]
    rows += by_age((19 * 300, 19 * 500), (19 * 100, 19 * 500), "BRU")
    for row in rows:
        if (row["ref_area"], row["age"]) == ("21012", "_T"):
            row["denominator"], row["obs_value"] = 1100.0, 100 * 400 / 1100
    publish(bound, *rows)
    assert ask(measure="OS1.01").place("21012").standardised is None
    assert ask(measure="OS1.01").place("21013").standardised is not None


def test_the_region_that_is_the_sum_of_the_communes_takes_a_degree_of_freedom(bound: Engine) -> None:
    publish(bound, *everywhere(), rate(760, 1900))
    publish(bound, *everywhere(time_period="2022"), rate(800, 1900, time_period="2022"))
    assert (summed := ask(2, period="2023").funnel) is not None
    assert (elsewhere := ask(2, period="2022").funnel) is not None
    assert summed.overdispersion.degrees == 18
    assert elsewhere.overdispersion.degrees == 19
    assert elsewhere.reference == pytest.approx(800 / 1900)


def test_without_counts_of_the_region_there_are_no_limits(bound: Engine) -> None:
    bare = rate(760, 1900) | {"numerator": None, "denominator": None}
    publish(bound, *everywhere(), bare)
    assert ask().funnel is None


def test_nothing_that_can_be_shown_is_no_error(bound: Engine) -> None:
    """A count without fixed classes of which every commune is hidden."""
    about = {"indicator": "CTX.CCI_DE", "time_period": "2023", "denominator": None}
    publish(bound, *(observation(numerator=2, obs_value=2, ref_area=nis, **about) for nis in COMMUNES))
    found = ask()
    assert (found.classes, found.largest) == ((), 0.0)


# ---- small numbers ----


def test_a_total_whose_parts_are_shown_does_not_hide_another(bound: Engine) -> None:
    """Anderlecht is hidden, its cover is the smallest other commune, and then one of its sexes."""
    rows = [rate(400, 1000, ref_area=nis) for nis in COMMUNES[2:]]
    rows += [rate(2, 900, ref_area=COMMUNES[0]), rate(300, 950, ref_area=COMMUNES[1])]
    rows += [rate(150, 475, ref_area=COMMUNES[1], sex=sex) for sex in ("F", "M")]
    rows += [rate(302 + 17 * 400, 1850 + 17 * 1000)]
    publish(bound, *rows, rule=SmallCellRule(0, 0, 0, 0))  # publication would hide the smallest of the others
    women = ask(sex="F").place(COMMUNES[1]).cell
    men = ask(sex="M").place(COMMUNES[1]).cell
    assert Availability.HIDDEN in {women.availability, men.availability}


def test_a_hidden_commune_hides_its_side_and_has_no_number(bound: Engine) -> None:
    rows = everywhere()[1:]
    publish(bound, rate(2, 100, ref_area=COMMUNES[0]), *rows, rate(722, 1900))
    found = ask()
    place = found.place(COMMUNES[0])
    assert place.cell.availability is Availability.HIDDEN
    numbers = (place.cell.value, place.cell.numerator, place.cell.denominator, place.interval, place.gap)
    assert {*numbers, place.change, place.standardised} == {None}
    assert {side.cell.availability for side in found.sides} == {Availability.HIDDEN}
    assert found.gap is None
    hidden = [p.nis for p in found.places if p.cell.availability is Availability.HIDDEN]
    assert len(hidden) == 2, "with the Region shown, one alone could be computed back"


def test_zero_is_zero_and_missing_is_missing(bound: Engine) -> None:
    publish(bound, rate(0, 100, ref_area="21001"), rate(50, 100, ref_area="21002"), *everywhere()[3:])
    found = ask()
    assert found.place("21001").cell.value == 0
    assert found.place("21003").cell.availability is Availability.MISSING
    assert {side.cell.availability for side in found.sides} == {Availability.AVAILABLE, Availability.MISSING}


def test_the_small_maps_are_the_last_period_of_each_year(bound: Engine) -> None:
    rows = [
        rate(40, 100, indicator="OS1.05", freq="M", time_period=period, ref_area=nis)
        for nis in COMMUNES
        for period in ("2018-12", "2019-06", "2019-11", "2021-12", "2022-03")
    ]
    publish(bound, *rows)
    assert [str(period) for period, _ in ask().years] == ["2019-11", "2021-12", "2022-03"]


# ---- the definition by quarters ----


def quarters(inside: tuple[float, float], outside: tuple[float, float], **more: Any) -> list[dict[str, Any]]:
    return [rate(*inside, ref_area="D1_IN", **more), rate(*outside, ref_area="D1_OUT", **more)]


def test_quarters_can_be_chosen_where_a_source_delivers_both_sides(bound: Engine) -> None:
    publish(bound, *everywhere(), *quarters((300, 900), (460, 1000)))
    selection = settle_selection(get_map_series(1), {"croissant": "d1"}, quarters=True)
    assert selection is not None
    assert (selection.croissant, selection.members) == ("D1", ())
    found = get_territory(1, CUTOFF, selection, RULE)
    inside, outside = (side.cell for side in found.sides)
    assert (inside.numerator, inside.denominator) == (300, 900)
    assert (outside.numerator, outside.denominator) == (460, 1000)
    assert found.gap is not None
    assert found.gap.points == pytest.approx(100 * (300 / 900 - 460 / 1000))
    assert found.region.denominator == 1900, "the quarters are no twentieth and twenty-first commune"
    assert found.series.areas == 19


def test_without_both_sides_quarters_fall_back_to_communes(bound: Engine) -> None:
    publish(bound, *everywhere(), quarters((300, 900), (460, 1000))[0])
    assert not get_map_series(1)[0].quarters
    selection = settle_selection(get_map_series(1), {"croissant": "D1"}, quarters=True)
    assert selection is not None
    assert selection.croissant == "D2"


def test_a_hidden_side_hides_the_other(bound: Engine) -> None:
    publish(bound, *everywhere(), *quarters((2, 900), (460, 1000)))
    selection = settle_selection(get_map_series(1), {"croissant": "D1"}, quarters=True)
    assert selection is not None
    sides = get_territory(1, CUTOFF, selection, RULE).sides
    assert {side.cell.availability for side in sides} == {Availability.HIDDEN}
