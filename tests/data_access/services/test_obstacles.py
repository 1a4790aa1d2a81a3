"""Obstacles of a cohort: which cohort, which groups, what is hidden, the will, and a slow twin."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db import engine as engines
from data_access.domain.cohort import Maturity
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.period import Period
from data_access.services.funnel_choices import EVERYBODY, GroupKey
from data_access.services.obstacles import ObstacleSheet, get_obstacles
from tests.data_access.builders import cohort, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, sensitive from 10, denominators from 30
WOMEN, MEN = GroupKey("SEX", "F"), GroupKey("SEX", "M")
STAGES = ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9")


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def funnel(at_a3: int, willing: int, **more: Any) -> list[dict[str, Any]]:
    """A cohort of F-ABS-E: everybody comes to A3, some confirm their will, nobody goes further."""
    about = {"funnel": "F-ABS-E", "cohort": "2024-Q1", "observed_through": CUTOFF} | more
    sizes = dict.fromkeys(STAGES, 0) | {"A1": at_a3, "A2": at_a3, "A3": at_a3, "A4": willing}
    rows = []
    for stage, after in zip(STAGES, [*STAGES[1:], None], strict=True):
        passed = sizes[after] if after is not None and after != "A8" else 0
        found = {"next": passed, "employment": 0, "training": 0, "other_exit": 0}
        found["pending"] = sizes[stage] - passed
        rows += [cohort(stage=stage, outcome=o, count=n, **about) for o, n in found.items()]
    return rows


def having(obstacle: str, count: int, **more: Any) -> list[dict[str, Any]]:
    """Those with an obstacle, all of whom are pending."""
    about = {"funnel": "F-ABS-E", "cohort": "2024-Q1", "observed_through": CUTOFF, "stage": "A3"} | more
    outcomes = ("next", "employment", "training", "other_exit")
    rows = [cohort(outcome=o, count=0, obstacle=obstacle, **about) for o in outcomes]
    return [*rows, cohort(outcome="pending", count=count, obstacle=obstacle, **about)]


def ask(
    group: GroupKey = EVERYBODY,
    against: GroupKey | None = None,
    cohort: str | None = None,
    version: int = 1,
    code: str = "F-ABS-E",
) -> ObstacleSheet | None:
    period = None if cohort is None else Period.parse(cohort)
    return get_obstacles(version, CUTOFF, code, group, against, period, RULE)


def test_shares_are_of_the_cases_of_the_stage_and_may_exceed_them_together(bound: Engine) -> None:
    """Of 200: 120 (60 %), 100 (50 %), 20 without any: 1.1 obstacles a person."""
    rows = [*having("LANGUAGE", 120), *having("CARE", 100), *having("NONE", 20)]
    publish(bound, cohorts=(*funnel(200, 150), *rows))
    sheet = ask()
    assert sheet is not None
    view = sheet.group
    assert [(s.obstacle, s.count) for s in view.shares] == [("LANGUAGE", 120), ("CARE", 100), ("NONE", 20)]
    assert [s.rate.share for s in view.shares if isinstance(s.rate, Rate)] == [0.6, 0.5, 0.1]
    assert (view.cases, view.per_person) == (200, 1.1)
    assert isinstance(view.willing, Rate)
    assert (view.willing.numerator, view.willing.denominator) == (150, 200)
    assert (sheet.stage, sheet.willingness, sheet.beside, sheet.demonstration) == ("A3", "A4", None, False)


def test_without_a_table_or_a_stage_of_obstacles_there_is_none(bound: Engine) -> None:
    publish(bound, cohorts=tuple(funnel(200, 150)))
    assert ask() is None
    assert ask(code="F-PREV") is None


def test_the_newest_closed_cohort_is_shown_and_open_ones_are_named(bound: Engine) -> None:
    """A3 has 12 months and three of delay: 2025-Q3 (30 September) is delivered on 31 December 2026."""
    rows: list[dict[str, Any]] = []
    for period in ("2025-Q1", "2025-Q2", "2025-Q3", "2026-Q1"):
        rows += [*funnel(200, 150, cohort=period), *having("LANGUAGE", 120, cohort=period)]
    publish(bound, cohorts=tuple(rows))
    newest = ask()
    assert newest is not None
    assert (str(newest.cohort), newest.state) == ("2025-Q2", Maturity.MATURE)
    assert [str(period) for period in newest.open_cohorts] == ["2025-Q3", "2026-Q1"]
    later = ask(cohort="2026-Q1")
    assert later is not None
    assert (later.state, later.closes_on) == (Maturity.IMMATURE, date(2027, 3, 31))
    assert ask(cohort="2019-Q1") == newest


def test_two_groups_are_compared_in_shares(bound: Engine) -> None:
    """Newcombe (1998b), table II: 56/70 less 48/80 is 0.2, 0.0524 to 0.3339."""
    women = [*funnel(70, 50, sex="F"), *having("CARE", 56, sex="F")]
    men = [*funnel(80, 50, sex="M"), *having("CARE", 48, sex="M")]
    publish(bound, cohorts=(*funnel(150, 100), *having("CARE", 104), *women, *men))
    sheet = ask(WOMEN, MEN)
    assert sheet is not None
    gap = sheet.gaps["CARE"]
    assert isinstance(gap, Gap)
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=0.00005)
    assert not sheet.overlapping
    whole = ask(WOMEN, EVERYBODY)
    assert whole is not None
    assert whole.overlapping


def test_cases_whose_number_the_funnel_hides_have_no_shares(bound: Engine) -> None:
    """The 200 of A3 are those who went on at A2, which the producer keeps back."""
    rows = funnel(200, 150)
    (passed,) = [row for row in rows if (row["stage"], row["outcome"]) == ("A2", "next")]
    publish(bound, cohorts=(*rows, *having("CARE", 100)))
    before = ask()
    assert before is not None
    assert before.group.cases == 200
    publish(bound, cohorts=({**passed, "conf_status": "C"},))
    after = ask(version=2)
    assert after is not None
    assert (after.group.cases, after.group.per_person) == (Availability.HIDDEN, None)
    assert [(s.count, s.rate) for s in after.group.shares] == [(Availability.HIDDEN, NoRate.HIDDEN)]


def test_a_hidden_group_hides_its_complement_too(bound: Engine) -> None:
    """Nine women with a health obstacle are hidden; everybody's 59 less the men's 50 would tell them."""
    women = [*funnel(70, 50, sex="F"), *having("HEALTH", 9, sex="F")]
    men = [*funnel(80, 50, sex="M"), *having("HEALTH", 50, sex="M")]
    publish(bound, cohorts=(*funnel(150, 100), *having("HEALTH", 59), *women, *men))
    sheet = ask(WOMEN, MEN)
    assert sheet is not None
    assert sheet.beside is not None
    assert [s.count for v in (sheet.group, sheet.beside) for s in v.shares] == [Availability.HIDDEN] * 2
    rates = [s.rate for v in (sheet.group, sheet.beside) for s in v.shares]
    assert rates == [NoRate.HIDDEN] * 2
    assert sheet.gaps["HEALTH"] is NotComparable.HIDDEN
    assert sheet.group.per_person is None


def test_an_age_that_holds_others_is_no_part_and_tells_no_hidden_one(bound: Engine) -> None:
    """25 to 49 years holds 25 to 29, whose nine are few, and 30 to 49, whose fifty are hidden for them.

    All less those of 50 and more are 59: the nine are any of 0 to 59, and 25 to 49 itself tells no more.
    """
    ages = {"Y25T29": (70, 9), "Y30T49": (80, 50), "Y_GE50": (60, 40), "Y25T49": (150, 59)}
    rows: list[dict[str, Any]] = [*funnel(210, 100), *having("HEALTH", 99)]
    for age, (cases, count) in ages.items():
        rows += [*funnel(cases, 30, age=age), *having("HEALTH", count, age=age)]
    publish(bound, cohorts=tuple(rows))
    found = {}
    for age in ages:
        sheet = ask(GroupKey("AGE", age))
        assert sheet is not None
        (found[age],) = [share.count for share in sheet.group.shares]
    hidden = Availability.HIDDEN
    assert found == {"Y25T29": hidden, "Y30T49": hidden, "Y_GE50": 40, "Y25T49": hidden}


def test_the_will_of_a_small_group_is_not_shown(bound: Engine) -> None:
    women = [*funnel(70, 61, sex="F"), *having("CARE", 56, sex="F")]  # nine did not confirm
    few = [*funnel(25, 12, sex="M"), *having("CARE", 12, sex="M")]
    publish(bound, cohorts=(*funnel(95, 73), *having("CARE", 68), *women, *few))
    sheet = ask(WOMEN, MEN)
    assert sheet is not None
    assert sheet.beside is not None
    assert sheet.group.willing is NoRate.HIDDEN
    assert sheet.beside.willing in {NoRate.TOO_FEW, NoRate.HIDDEN}


def test_a_group_that_the_tables_do_not_tell_has_no_shares(bound: Engine) -> None:
    publish(bound, cohorts=(*funnel(200, 150), *having("CARE", 100), *funnel(90, 50, audience="PP1")))
    for group in (GroupKey("AUDIENCE", "PP1"), GroupKey("CROISSANT", "IN"), WOMEN):
        sheet = ask(group)
        assert sheet is not None
        assert sheet.group.shares == ()


def test_the_shipped_obstacles_add_up_as_a_slow_twin_does(shipped: Path) -> None:
    path = shipped / "dashboard.sqlite3"
    engines.bind(engines.make_engine(f"sqlite:///{path}"))
    sums: dict[tuple[str, str, str, str, str], int] = {}
    with sqlite3.connect(path) as connection:
        query = (
            "SELECT funnel, cohort, sex, age, obstacle, count FROM cohort WHERE last_batch IS NULL "
            "AND stage = 'A3' AND month = '_T' AND ref_area = 'BRU' AND education = '_T' AND audience = '_T'"
        )
        for *key, count in connection.execute(query):
            sums[tuple(key)] = sums.get(tuple(key), 0) + count
    compared = 0
    for code in ("F-ABS-E", "F-ABS-S"):
        for group in (EVERYBODY, WOMEN, MEN, GroupKey("AGE", "Y_LT25"), GroupKey("AGE", "Y_GE50")):
            sex = group.item if group.by == "SEX" else "_T"
            age = group.item if group.by == "AGE" else "_T"
            sheet = ask(group, cohort="2024-Q3", version=19, code=code)
            assert sheet is not None
            assert sheet.demonstration
            assert sheet.group.cases == sums[code, "2024-Q3", sex, age, "_T"]
            for share in sheet.group.shares:
                if share.count is not Availability.HIDDEN:
                    assert share.count == sums[code, "2024-Q3", sex, age, share.obstacle]
                    compared += 1
    assert compared > 90
