"""Two groups at equal ages, from loaded tables; every expected number is reckoned by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db import engine as engines
from data_access.domain.cohort import Maturity
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.other_paths import Path
from data_access.services.funnel import get_funnel_sheet, get_other_paths
from data_access.services.funnel_choices import EVERYBODY, GroupKey
from data_access.services.funnel_standard import NoStandard, get_standard_gaps
from tests.data_access.builders import cohort, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()
STAGES = ("S1", "S2", "S3", "S4")
WOMEN, MEN = GroupKey("SEX", "F"), GroupKey("SEX", "M")


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def chain(entered: int, reached: int, **more: Any) -> list[dict[str, Any]]:
    """Sessions where all who come at all go through: entered at S1, as many at S2, S3 and S4."""
    about = {"funnel": "F-SI", "cohort": "2024-Q1", "operator": "BF", "observed_through": CUTOFF} | more
    rows = []
    for stage in STAGES:
        size = entered if stage == "S1" else reached
        going = 0 if stage == "S4" else reached
        ways = {"next": going, "pending": size - going, "employment": 0, "training": 0, "other_exit": 0}
        rows += [cohort(stage=stage, outcome=way, count=n, **about) for way, n in ways.items()]
    return rows


def gaps(a: GroupKey = WOMEN, b: GroupKey = MEN) -> Any:
    return get_standard_gaps(1, "2024-Q1", "F-SI", "BF", a, b, RULE)


def test_a_gap_of_ages_only_vanishes(bound: Engine) -> None:
    """In both sexes 20 % of the young and 60 % of the old go through; women are young, men are old.

    Raw, women 24 % of 500 and men 56 % of 500; with the ages of both together (500 and 500), 40 % each.
    """
    rows = [
        *chain(450, 90, sex="F", age="Y_LT25"),
        *chain(50, 30, sex="F", age="Y_GE50"),
        *chain(50, 10, sex="M", age="Y_LT25"),
        *chain(450, 270, sex="M", age="Y_GE50"),
    ]
    publish(bound, cohorts=tuple(rows))
    found = gaps()
    assert [each.stage for each in found] == ["S2", "S3", "S4"]
    assert (found[-1].a.value, found[-1].b.value) == pytest.approx((0.4, 0.4))
    assert found[-1].gap.value == pytest.approx(0.0)
    assert not found[-1].gap.significant


@pytest.mark.parametrize(
    ("rows", "groups", "expected"),
    [
        ([*chain(450, 90, sex="F"), *chain(50, 30, sex="M")], (WOMEN, MEN), NoStandard.NO_CROSSING),
        ([*chain(450, 90)], (GroupKey("AGE", "Y_LT25"), EVERYBODY), NoStandard.SAME_DIMENSION),
        (
            [*chain(450, 90, sex="F", age="Y_LT25"), *chain(50, 2, sex="M", age="Y_LT25")],
            (WOMEN, MEN),
            NoStandard.HIDDEN,
        ),
        (
            [
                *chain(450, 90, sex="F", age="Y_LT25"),
                *chain(50, 30, sex="F", age="Y_GE50"),
                *chain(50, 10, sex="M", age="Y_LT25"),
            ],
            (WOMEN, MEN),
            NoStandard.INCOMPLETE,
        ),
    ],
)
def test_why_there_are_none(
    bound: Engine, rows: list[dict[str, Any]], groups: tuple[GroupKey, GroupKey], expected: NoStandard
) -> None:
    publish(bound, cohorts=tuple(rows))
    assert gaps(*groups) is expected


def test_a_missing_number_is_not_zero(bound: Engine) -> None:
    rows = [*chain(450, 90, sex="F", age="Y_LT25"), *chain(50, 10, sex="M", age="Y_LT25")]
    rows[-1] |= {"count": None}
    publish(bound, cohorts=tuple(rows))
    assert gaps() is NoStandard.INCOMPLETE


def prevention(period: str) -> list[dict[str, Any]]:
    """100 enter; 90 assessed, of whom 40 at risk; 30 offered, 30 supported, 12 find a job."""
    ways = {
        "P1": (90, 4, 0, 0, 6),
        "P2": (40, 30, 5, 5, 10),
        "P3": (30, 4, 0, 0, 6),
        "P4": (30, 0, 0, 0, 0),
        "P5": (12, 0, 4, 4, 10),
        "P6": (12, 0, 0, 0, 0),
        "P7": (0, 12, 0, 0, 0),
    }
    names = ("next", "employment", "training", "other_exit", "pending")
    about = {"funnel": "F-PREV", "cohort": period, "observed_through": CUTOFF}
    return [
        cohort(stage=stage, outcome=name, count=count, **about)
        for stage, counts in ways.items()
        for name, count in zip(names, counts, strict=True)
    ]


def test_the_paths_of_a_closed_cohort(bound: Engine) -> None:
    """Not at risk: 90 - 40 = 50, of whom 30; at risk and not supported: 40 - 30 = 10, too few for a rate."""
    publish(bound, cohorts=(*prevention("2024-Q1"), *prevention("2026-Q2")))
    closed, recent = get_funnel_sheet(1, CUTOFF, "F-PREV", "_T", EVERYBODY, RULE).cohorts
    found = get_other_paths(closed, "F-PREV", RULE)
    assert found is not None
    cases = {path: (share.cases, share.found) for path, share in found.jobs.items()}
    assert cases == {Path.SUPPORTED: (30, 12), Path.UNSUPPORTED: (10, 4), Path.NOT_AT_RISK: (50, 30)}
    assert found.waiting.found == 6 + 10 + 6 + 0 + 10
    assert recent.maturity is Maturity.IMMATURE
    assert get_other_paths(recent, "F-PREV", RULE) is None
