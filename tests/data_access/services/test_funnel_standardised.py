"""Steps of two groups at the same ages: by hand from rows, and from the shipped crossings by a slow twin."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db import engine as engines
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.period import Period
from data_access.services.funnel_choices import EVERYBODY, GroupKey
from data_access.services.funnel_standardised import StandardisedSteps, get_standardised_steps
from tests.data_access.builders import cohort, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()
WOMEN, MEN = GroupKey("SEX", "F"), GroupKey("SEX", "M")
IN, OUT = GroupKey("CROISSANT", "IN"), GroupKey("CROISSANT", "OUT")
D2 = next(d for d in contract().croissants if d.code == "D2").communes


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def people(sex: str, age: str, entered: int, balanced: int) -> list[dict[str, Any]]:
    """P1 and P2 of F-PREV: who has no balance is pending."""
    about = {"funnel": "F-PREV", "cohort": "2024-Q1", "observed_through": CUTOFF, "sex": sex, "age": age}
    return [
        cohort(stage="P1", outcome="next", count=balanced, **about),
        cohort(stage="P1", outcome="pending", count=entered - balanced, **about),
        cohort(stage="P2", outcome="pending", count=balanced, **about),
    ]


def ask(
    a: GroupKey = WOMEN, b: GroupKey = MEN, code: str = "F-PREV", version: int = 1, period: str = "2024-Q1"
) -> StandardisedSteps | None:
    return get_standardised_steps(version, CUTOFF, code, "_T", a, b, Period.parse(period), RULE)


def test_a_gap_of_ages_alone_vanishes(bound: Engine) -> None:
    """20 % of the young, 60 % of the old in both: raw 50/150 and 100/200, standardised no gap."""
    rows = [*people("F", "Y_LT25", 100, 20), *people("F", "Y_GE50", 50, 30)]
    rows += [*people("M", "Y_LT25", 50, 10), *people("M", "Y_GE50", 150, 90)]
    publish(bound, cohorts=tuple(rows))
    found = ask()
    assert found is not None
    assert found.ages == ("Y_LT25", "Y_GE50")
    gap = found.gaps["P2"]
    assert isinstance(gap, Gap)
    assert gap.value == pytest.approx(0)
    assert found.gaps["P3"] is NotComparable.MISSING


def test_small_strata_are_hidden_and_small_groups_refused(bound: Engine) -> None:
    rows = [*people("F", "Y_LT25", 100, 3), *people("F", "Y_GE50", 50, 30)]
    publish(bound, cohorts=(*rows, *people("M", "Y_LT25", 50, 10), *people("M", "Y_GE50", 150, 90)))
    found = ask()
    assert found is not None
    assert found.gaps["P2"] is NotComparable.HIDDEN
    publish(bound, cohorts=tuple(people("F", "Y_LT25", 9, 5)))
    publish(bound, cohorts=tuple(people("F", "Y_GE50", 20, 10)))
    fewer = ask(version=3)
    assert fewer is not None
    assert fewer.gaps["P2"] is NotComparable.TOO_FEW


def test_groups_without_a_crossing_are_not_standardised(bound: Engine) -> None:
    publish(bound, cohorts=tuple(people("F", "_T", 100, 50)))
    assert ask() is None
    assert ask(WOMEN, EVERYBODY) is None
    assert ask(GroupKey("AGE", "Y_LT25"), GroupKey("AGE", "Y_GE50")) is None
    assert ask(WOMEN, WOMEN) is None


@pytest.mark.parametrize(("a", "b"), [(WOMEN, MEN), (IN, OUT)], ids=["sex", "croissant"])
def test_shipped_steps_are_those_of_a_slow_twin(shipped: Path, a: GroupKey, b: GroupKey) -> None:
    path = shipped / "dashboard.sqlite3"
    engines.bind(engines.make_engine(f"sqlite:///{path}"))
    counts: dict[tuple[str, str, str], int] = {}
    with sqlite3.connect(path) as connection:
        query = (
            "SELECT ref_area, sex, age, stage, count FROM cohort WHERE last_batch IS NULL "
            "AND funnel = 'F-PREV' AND cohort = '2024-Q3' AND month = '_T' "
            "AND education = '_T' AND audience = '_T' AND age != '_T'"
        )
        for area, sex, age, stage, count in connection.execute(query):
            side = sex if a.by == "SEX" else ("IN" if area in D2 else "OUT")
            if (area == "BRU") != (a.by == "SEX") or (sex == "_T") == (a.by == "SEX"):
                continue
            counts[side, age, stage] = counts.get((side, age, stage), 0) + count
    found = ask(a, b, version=19, period="2024-Q3")
    assert found is not None
    for base, stage in (("P1", "P2"), ("P2", "P3"), ("P5", "P6")):
        weights = {g: sum(counts[s, g, base] for s in (a.item, b.item)) for g in found.ages}
        rates = [
            sum(weights[g] * counts[s, g, stage] / counts[s, g, base] for g in found.ages)
            / sum(weights.values())
            for s in (a.item, b.item)
        ]
        gap = found.gaps[stage]
        assert isinstance(gap, Gap)
        assert gap.value == pytest.approx(rates[0] - rates[1])
