"""The cohorts of the funnels: counts against a slow twin, groups, what is hidden, the newest whole cohort."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db import engine as engines
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import FunnelComparison, Gap, NotComparable
from data_access.domain.funnel_flow import Rate
from data_access.services.funnel import FunnelSheet, get_comparison, get_funnel_sheet, get_leaks
from data_access.services.funnel_choices import EVERYBODY, GroupKey, get_funnel_choices
from tests.data_access.builders import cohort, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, sensitive from 10, denominators from 30
D2 = next(d for d in contract().croissants if d.code == "D2").communes
COMMUNES = [c.nis for c in contract().communes]
CHAIN = {"S1": 1000, "S2": 600, "S3": 450, "S4": 300}


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def session(counts: dict[str, int] = CHAIN, **more: Any) -> list[dict[str, Any]]:
    """A cohort of F-SI.BF: who does not go on is pending; S3 holds applications without attendance too."""
    about = {"funnel": "F-SI", "cohort": "2024-Q1", "operator": "BF", "observed_through": CUTOFF} | more
    passed = {"S1": counts["S2"], "S2": min(counts["S3"], counts["S2"]), "S3": counts["S4"], "S4": 0}
    rows = []
    for stage, count in counts.items():
        found = dict.fromkeys(("employment", "training", "other_exit"), 0)
        found |= {"next": passed[stage], "pending": count - passed[stage]}
        rows += [cohort(stage=stage, outcome=o, count=n, **about) for o, n in found.items()]
    return rows


def ask(
    version: int = 1, group: GroupKey = EVERYBODY, code: str = "F-SI", operator: str = "BF"
) -> FunnelSheet:
    return get_funnel_sheet(version, CUTOFF, code, operator, group, RULE)


def test_choices_are_what_holds_data(bound: Engine) -> None:
    publish(bound, cohorts=(*session(), *session(sex="F"), *session(operator="VDAB")))
    found = {choice.key: [g.key for g in choice.groups] for choice in get_funnel_choices(1)}
    assert found == {"F-SI.BF": ["", "SEX.F"], "F-SI.VDAB": [""]}
    assert get_funnel_choices(1)[0].group("<script>") == EVERYBODY


def test_stages_steps_and_the_stage_that_is_not_nested(bound: Engine) -> None:
    """1000 → 600 → (450 of 1000) → 300: applications count from invitations, with or without attendance."""
    publish(bound, cohorts=tuple(session()))
    (view,) = ask().cohorts
    assert view.funnel is not None
    assert [stage.count for stage in view.funnel.stages] == [1000, 600, 450, 300]
    rates = [step.rate for step in view.steps]
    assert [r.share for r in rates if isinstance(r, Rate)] == pytest.approx([0.6, 0.45, 300 / 450])
    assert view.maturity is Maturity.MATURE
    assert view.closes_on == date(2025, 3, 31)


def test_both_sides_of_the_croissant_are_added_up_before_they_are_hidden(bound: Engine) -> None:
    """Three people in each commune are too few to be shown; twenty-one together are not."""
    small = {"S1": 3, "S2": 3, "S3": 3, "S4": 3}
    rows = [row for nis in COMMUNES for row in session(small, ref_area=nis)]
    publish(bound, cohorts=tuple(rows))
    (view,) = ask(group=GroupKey("CROISSANT", "IN")).cohorts
    assert view.funnel is not None
    assert [stage.count for stage in view.funnel.stages] == [21] * 4
    (alone,) = get_funnel_sheet(1, CUTOFF, "F-SI", "BF", GroupKey("CROISSANT", "OUT"), RULE).cohorts
    assert alone.funnel is not None
    assert alone.funnel.stages[0].count == 36


def test_an_area_without_its_rows_makes_the_sum_missing(bound: Engine) -> None:
    rows = [row for nis in COMMUNES if nis != D2[0] for row in session(ref_area=nis)]
    publish(bound, cohorts=tuple(rows))
    (view,) = ask(group=GroupKey("CROISSANT", "IN")).cohorts
    assert view.funnel is not None
    assert {stage.count for stage in view.funnel.stages} == {Availability.MISSING}


def test_a_small_outcome_is_hidden_and_a_second_one_with_it(bound: Engine) -> None:
    rows = session()
    for row in rows:
        if row["stage"] == "S1":
            row["count"] = {"next": 600, "employment": 2, "training": 38, "pending": 360}.get(
                row["outcome"], 0
            )
    publish(bound, cohorts=tuple(rows))
    (view,) = ask().cohorts
    assert view.funnel is not None
    first = view.funnel.stages[0]
    assert first.count == 1000
    assert first.outcomes[Outcome.EMPLOYMENT] is Availability.HIDDEN
    assert first.outcomes[Outcome.TRAINING] is Availability.HIDDEN, (
        "38 is the smallest other: 1000 gives 2 away"
    )
    assert first.outcomes[Outcome.OTHER_EXIT] == 0


def test_hidden_outcomes_that_are_a_few_together_take_a_larger_one_with_them(bound: Engine) -> None:
    """1 and 2 are hidden each; the stage less what is shown would say that together they are 3."""
    rows = session()
    for row in rows:
        if row["stage"] == "S1":
            found = {"next": 600, "employment": 1, "training": 2, "other_exit": 37, "pending": 360}
            row["count"] = found[row["outcome"]]
    publish(bound, cohorts=tuple(rows))
    (view,) = ask().cohorts
    assert view.funnel is not None
    shown = {o: n for o, n in view.funnel.stages[0].outcomes.items() if n is not Availability.HIDDEN}
    assert shown == {Outcome.NEXT: 600, Outcome.PENDING: 360}


def test_counts_that_contradict_each_other_are_refused_with_their_reason(bound: Engine) -> None:
    rows = session()
    for row in rows:
        if (row["stage"], row["outcome"]) == ("S1", "next"):
            row["count"] = 599
    publish(bound, cohorts=tuple(rows))
    (view,) = ask().cohorts
    assert (view.funnel, view.impossible) == (None, "not_who_passed")


def test_the_newest_cohort_that_is_closed_to_its_last_step_comes_first(bound: Engine) -> None:
    """F-SI follows twelve months and its source is a month late: 2025-Q4 is open on 31/10/2026."""
    rows = [row for c in ("2024-Q1", "2025-Q3", "2025-Q4") for row in session(cohort=c)]
    publish(bound, cohorts=tuple(rows))
    sheet = ask()
    shown = sheet.cohort("")
    assert shown is not None
    assert str(shown.cohort) == "2025-Q3"
    asked = sheet.cohort("2025-Q4")
    assert asked is not None
    assert asked.maturity is not Maturity.MATURE


def test_the_leak_is_that_of_the_newest_whole_cohort(bound: Engine) -> None:
    """A point at S4 is 4.5 of 450; at S3 it is 10 × 300 / 450 = 6.67: applications leak most."""
    publish(bound, cohorts=tuple(session()))
    found = get_leaks(ask(), RULE)
    assert found is not None
    view, leaks = found
    assert str(view.cohort) == "2024-Q1"
    gains = {leak.stage: leak.gain for leak in leaks.steps}
    assert gains["S4"] == pytest.approx(4.5)
    assert gains["S3"] == pytest.approx(10 * 300 / 450)
    assert leaks.largest == ("S3",)


def test_two_groups_are_compared_step_by_step(bound: Engine) -> None:
    """Contrast (a) of Newcombe's table II: 56 of 70 against 48 of 80 is 20 points, 5.24 to 33.39."""
    women = session({"S1": 70, "S2": 56, "S3": 40, "S4": 30}, sex="F")
    men = session({"S1": 80, "S2": 48, "S3": 40, "S4": 30}, sex="M")
    publish(bound, cohorts=(*women, *men))
    sheet = ask(group=GroupKey("SEX", "F"))
    (a,), (b,) = sheet.cohorts, ask(group=GroupKey("SEX", "M")).cohorts
    found = get_comparison(a, b, sheet, RULE)
    assert isinstance(found, FunnelComparison)
    gap = found.gaps[0].rate
    assert isinstance(gap, Gap)
    points = (100 * gap.value, 100 * gap.low, 100 * gap.high)
    assert points == pytest.approx((20.0, 5.24, 33.39), abs=0.005)


def test_entry_and_stock_are_never_compared(shipped: Path) -> None:
    engines.bind(engines.make_engine(f"sqlite:///{shipped}/dashboard.sqlite3"))
    sheets = [ask(19, code=code, operator="_T") for code in ("F-ABS-E", "F-ABS-S")]
    views = [sheet.cohort("2024-Q1") for sheet in sheets]
    assert views[0] is not None
    assert views[1] is not None
    assert get_comparison(views[0], views[1], sheets[0], RULE) is NotComparable.OTHER_KIND


def sums_by_hand(path: Path) -> dict[tuple[str, ...], int]:
    """Cases by funnel, operator, group, cohort and stage, one row at a time."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        query = "SELECT * FROM cohort WHERE last_batch IS NULL AND month = '_T' AND obstacle = '_T'"
        rows = connection.execute(query).fetchall()
    sums: dict[tuple[str, ...], int] = {}
    for row in rows:
        if any(row[n] != "_T" for n in ("age", "education", "audience", "duration", "workplace")):
            continue
        group = "" if row["sex"] == "_T" else f"SEX.{row['sex']}"
        if row["ref_area"] != "BRU":
            group = group or ("CROISSANT.IN" if row["ref_area"] in D2 else "CROISSANT.OUT")
        key = (row["funnel"], row["operator"], group, row["cohort"], row["stage"])
        if row["ref_area"] == "BRU" or group.startswith("CROISSANT"):
            sums[key] = sums.get(key, 0) + row["count"]
    return sums


def covers_by_hand(path: Path) -> set[tuple[str, ...]]:
    """Funnel, operator, group and cohort of which publication hides something for the sake of others."""
    with sqlite3.connect(path) as connection:
        query = (
            "SELECT funnel, operator, sex, ref_area, cohort FROM suppressed_cohort WHERE last_batch IS NULL"
        )
        rows = connection.execute(query).fetchall()
    found = set()
    for funnel, operator, sex, area, period in rows:
        group = f"SEX.{sex}" if sex != "_T" else f"CROISSANT.{area}" if area != "BRU" else ""
        found.add((funnel, operator, group, period))
    return found


def test_every_shipped_funnel_adds_up_as_a_slow_twin_does(shipped: Path) -> None:
    """What is shown is the sum of the rows; what is not is few, or publication hides something there."""
    path = shipped / "dashboard.sqlite3"
    engines.bind(engines.make_engine(f"sqlite:///{path}"))
    sums, covers, compared, covered = sums_by_hand(path), covers_by_hand(path), 0, 0
    kept = {"", "SEX.F", "SEX.M", "CROISSANT.IN", "CROISSANT.OUT"}
    asked = [(c, g) for c in get_funnel_choices(19) for g in c.groups if g.key in kept]
    for choice, group in asked:
        for view in ask(19, group, choice.code, choice.operator).cohorts:
            assert view.funnel is not None, (choice.key, group.key, str(view.cohort), view.impossible)
            # Who passes a sensitive stage is the next one: shown there, it would be told after all.
            strict = {b.code for a, b in pairwise(view.funnel.stages) if a.sensitive and b.nested}
            for stage in view.funnel.stages:
                where = (choice.code, choice.operator, group.key, str(view.cohort))
                expected = sums[*where, stage.code]
                is_small = 0 < expected < (10 if stage.sensitive or stage.code in strict else 4)
                if is_small or where in covers:
                    assert stage.count in {Availability.HIDDEN} | (set() if is_small else {expected})
                else:
                    assert stage.count == expected
                compared += stage.count == expected
                covered += stage.count is Availability.HIDDEN and not is_small
    assert compared > 2000
    assert 0 < covered < 0.05 * compared
