"""Cumulative incidence of a cohort: a slow twin, tables by hand, what is refused, equal exposure."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db import engine as engines
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.exposure import Reached
from data_access.domain.period import Period
from data_access.services.funnel_choices import EVERYBODY, GroupKey
from data_access.services.incidence import CohortIncidence, NoIncidence, get_equal_months, get_incidence
from tests.data_access.builders import cohort, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, sensitive from 10, denominators from 30
JOB, TRAINING, OTHER = Outcome.EMPLOYMENT, Outcome.TRAINING, Outcome.OTHER_EXIT
STAGES = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def referral(
    entered: int = 100, exits: tuple[int, int, int] = (40, 20, 20), **more: Any
) -> list[dict[str, Any]]:
    """A cohort of F-PART: everybody who leaves does so at R1, nobody goes on, the rest is waiting."""
    about = {"funnel": "F-PART", "cohort": "2024-Q1", "observed_through": CUTOFF} | more
    first = dict(zip(("employment", "training", "other_exit"), exits, strict=True))
    first |= {"next": 0, "pending": entered - sum(exits)}
    nobody = dict.fromkeys(first, 0)
    return [
        cohort(stage=stage, outcome=outcome, count=count, **about)
        for stage in STAGES
        for outcome, count in (first if stage == "R1" else nobody).items()
    ]


def months(counts: Sequence[tuple[int, int, int]], **more: Any) -> list[dict[str, Any]]:
    """Exits of that cohort by month: jobs, trainings, others."""
    about = {"funnel": "F-PART", "cohort": "2024-Q1", "stage": "R1", "observed_through": CUTOFF} | more
    return [
        cohort(outcome=o.value, month=f"{m:02}", count=n, **about)
        for m, row in enumerate(counts, start=1)
        for o, n in zip((JOB, TRAINING, OTHER), row, strict=True)
    ]


def ask(
    code: str = "F-PART", group: GroupKey = EVERYBODY, cohort: str = "2024-Q1", version: int = 1
) -> CohortIncidence | NoIncidence:
    return get_incidence(version, CUTOFF, code, "_T", group, Period.parse(cohort), RULE)


def test_a_small_table_by_hand(bound: Engine) -> None:
    """100 enter. Month 1: 20, 10, 10 leave, 60 wait; month 2: 12, 6, 6 of the 60, 36 wait.

    F(2) of a job = 20/100 + (60/100)(12/60) = 0.32. Without censoring its variance is p (1 - p) / N =
    0.32 × 0.68 / 100 = 0.002176, and the limits are 0.32^exp(±1.959964 √0.002176 / (0.32 ln 0.32)):
    √0.002176 = 0.0466476; 0.32 ln 0.32 = -0.364619; the exponent 0.250747; e^±: 1.284985 and 0.778219;
    0.32^1.284985 = 0.231268 and 0.32^0.778219 = 0.411999.
    """
    publish(bound, cohorts=(*referral(), *months([(20, 10, 10), (12, 6, 6)])))
    found = ask()
    assert isinstance(found, CohortIncidence)
    assert (found.entered, found.step, found.months, found.shortened) == (100, 1, (1, 2), False)
    point = found.at(2)
    assert point is not None
    assert point.share == pytest.approx(0.32)
    assert point.variance == pytest.approx(0.002176)
    assert (point.low, point.high) == pytest.approx((0.231268, 0.411999), abs=2e-5)
    assert [p.share for p in found.curves[TRAINING]] == pytest.approx([0.10, 0.16])
    assert found.waiting == pytest.approx((0.60, 0.36))
    assert found.at(3) is None


def test_jobs_are_not_one_minus_kaplan_meier(bound: Engine) -> None:
    """The same table with the others censored: 1 - (80/100)(48/60) = 0.36, where 32 of 100 found a job.

    The three ways out and those who wait are everybody; with 0.36 they would be more.
    """
    publish(bound, cohorts=(*referral(), *months([(20, 10, 10), (12, 6, 6)])))
    found = ask()
    assert isinstance(found, CohortIncidence)
    assert found.curves[JOB][-1].share == pytest.approx(0.32)


def test_only_months_that_every_entrant_was_followed_count(bound: Engine) -> None:
    """F-PART is three months late: 2026-Q1 ends on 31 March, seven months before, so four are known."""
    rows = months([(6, 5, 5)] * 6, cohort="2026-Q1")
    publish(bound, cohorts=(*referral(400, (40, 40, 40), cohort="2026-Q1"), *rows))
    found = ask(cohort="2026-Q1")
    assert isinstance(found, CohortIncidence)
    assert (found.months, found.followed) == ((1, 2, 3, 4), 4)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], NoIncidence.NO_MONTHS),
        (months([(20, 10, 10)] * 2)[:2], NoIncidence.NO_MONTHS),  # other exits are not told
        (months([(1, 10, 10)] + [(0, 10, 10)] * 11), NoIncidence.HIDDEN),  # one job in the whole year
        (months([(60, 30, 30)]), NoIncidence.IMPOSSIBLE),  # 120 of 100
    ],
)
def test_why_there_is_no_curve(bound: Engine, rows: list[dict[str, Any]], reason: NoIncidence) -> None:
    publish(bound, cohorts=(*referral(), *rows))
    assert ask() is reason


def test_few_entrants_have_no_shares_and_a_young_cohort_none_yet(bound: Engine) -> None:
    few = (*referral(29, (5, 5, 5)), *months([(5, 5, 5)]))
    young = referral(cohort="2026-Q3", exits=(4, 4, 4))
    publish(bound, cohorts=(*few, *young))
    assert ask() is NoIncidence.TOO_FEW
    assert ask(cohort="2026-Q3") is NoIncidence.NOT_FOLLOWED


def test_a_count_hidden_in_the_funnel_cannot_be_worked_out_from_the_months(bound: Engine) -> None:
    """R2 hides three trainings, and six other exits with them: 43 by month less the 40 of R1 would tell.

    The last months go until ten trainings and ten other exits are gone: months 4 and 3 hold 6 and 6 of each.
    """
    rows = referral(1000, (50, 40, 40))
    changes = {("R1", "next"): 100, ("R1", "pending"): 770}
    changes |= {("R2", "training"): 3, ("R2", "other_exit"): 6, ("R2", "pending"): 91}
    for row in rows:
        row["count"] = changes.get((row["stage"], row["outcome"]), row["count"])
    by_month = [(20, 20, 20), (15, 11, 14), (10, 6, 6), (5, 6, 6)]
    assert [sum(column) for column in zip(*by_month, strict=True)] == [50, 43, 46]
    publish(bound, cohorts=(*rows, *months(by_month)))
    found = ask()
    assert isinstance(found, CohortIncidence)
    assert (found.months, found.shortened) == ((1, 2), True)
    assert found.curves[TRAINING][-1].share == pytest.approx(31 / 1000)


def test_a_handful_still_waiting_is_not_told_by_difference(bound: Engine) -> None:
    """80 have left after the first month; after the second two would be waiting: it is kept back."""
    publish(bound, cohorts=(*referral(), *months([(40, 20, 20), (10, 4, 4)])))
    found = ask()
    assert isinstance(found, CohortIncidence)
    assert (found.months, found.waiting) == ((1,), pytest.approx((0.2,)))


def test_equal_exposure_takes_who_was_followed_so_long_and_names_the_others(bound: Engine) -> None:
    """At six months on 31/10/2026, with three that are not delivered yet: entrants up to 31 January 2026."""
    rows: list[dict[str, Any]] = []
    for period in ("2024-Q1", "2025-Q3", "2025-Q4", "2026-Q1"):
        rows += [*referral(200, cohort=period), *months([(6, 5, 5)] * 4, cohort=period)]
    for period in ("2024-Q1", "2025-Q3"):
        last = [r for r in months([(4, 4, 4)] * 6, cohort=period) if r["month"] in {"05", "06"}]
        rows += last
    publish(bound, cohorts=tuple(rows))
    found = get_equal_months(1, CUTOFF, "F-PART", "_T", EVERYBODY, 6, RULE)
    assert found is not None
    assert [str(c) for c in found.left_out] == ["2026-Q1"]
    assert [(str(r.cohort), r.reached) for r in found.rows] == [
        ("2024-Q1", Reached.NONE),
        ("2025-Q3", Reached.PARTLY),
        ("2025-Q4", Reached.PARTLY),
    ]
    first, second, third = (row.found for row in found.rows)
    assert not isinstance(first, NoIncidence)
    assert first.share == pytest.approx((4 * 6 + 2 * 4) / 200)
    assert second == first
    assert third is NoIncidence.HIDDEN, "followed long enough, and no month 6 in the data"


def test_without_months_there_is_nothing_to_compare(bound: Engine) -> None:
    publish(bound, cohorts=tuple(referral()))
    assert get_equal_months(1, CUTOFF, "F-PART", "_T", EVERYBODY, 6, RULE) is None


def slow_curve(entered: int, rows: list[dict[str, int]], cause: str) -> list[Fraction]:
    """Aalen and Johansen as they write it: the chance of still waiting, times the hazard of the cause."""
    waiting, at_risk, share, curve = Fraction(1), entered, Fraction(0), []
    for row in rows:
        share += waiting * Fraction(row[cause], at_risk)
        waiting *= 1 - Fraction(sum(row.values()), at_risk)
        at_risk -= sum(row.values())
        curve.append(share)
    return curve


@pytest.mark.parametrize("group", [EVERYBODY, GroupKey("SEX", "M")], ids=["everybody", "men"])
@pytest.mark.parametrize("code", ["F-PREV", "F-PART"])
def test_shipped_curves_are_those_of_a_slow_twin(shipped: Path, code: str, group: GroupKey) -> None:
    path = shipped / "dashboard.sqlite3"
    engines.bind(engines.make_engine(f"sqlite:///{path}"))
    sex, compared = group.item, 0
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT cohort, month, stage, outcome, count FROM cohort WHERE last_batch IS NULL AND funnel = ?"
            " AND ref_area = 'BRU' AND sex = ? AND age = '_T' AND education = '_T' AND audience = '_T'",
            (code, sex),
        ).fetchall()
    for period in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == period]
        entered = sum(r[4] for r in mine if r[1] == "_T" and r[2] in {"P1", "R1"})
        table = [
            {r[3]: r[4] for r in mine if r[1] == month} for month in sorted({r[1] for r in mine} - {"_T"})
        ]
        found = ask(code, group, period, version=19)
        if isinstance(found, NoIncidence):
            assert found in {NoIncidence.NOT_FOLLOWED, NoIncidence.HIDDEN}
            continue
        assert (found.entered, found.step) == (entered, 1)
        for cause in (JOB, TRAINING, OTHER):
            expected = slow_curve(entered, table, cause.value)[: len(found.months)]
            assert [p.share for p in found.curves[cause]] == pytest.approx([float(x) for x in expected])
            last, p = found.curves[cause][-1], float(expected[-1])
            reach = 1.959964 * sqrt(p * (1 - p) / entered) / (p * log(p))
            assert (last.low, last.high) == pytest.approx((p ** exp(-reach), p ** exp(reach)), rel=1e-5)
            compared += len(expected)
    assert compared > 300
