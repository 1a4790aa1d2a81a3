"""Exits by month since entry: in steps wide enough that no count speaks of a few persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.cohort_exits import CohortExits, load_exits
from data_access.repositories.cohorts import load_cohort_groups, load_cohorts, load_pooled_cohorts
from tests.data_access.builders import cohort, publish

RULE = SmallCellRule()  # counts from 4, sensitive from 10
OUTCOMES = ("employment", "training", "other_exit")


def months(jobs: Sequence[int | None], others: int = 5, **more: Any) -> list[dict[str, Any]]:
    """Exits month by month: so many jobs, and as many trainings as other exits."""
    return [
        cohort(outcome=o, month=f"{m:02}", count=count if o == "employment" else others, **more)
        for m, count in enumerate(jobs, start=1)
        for o in OUTCOMES
    ]


def ask(
    engine: Engine, *rows: dict[str, Any], areas: Sequence[str] = ("BRU",), **more: Any
) -> list[CohortExits]:
    publish(engine, cohorts=rows)
    with engine.connect() as connection:
        return load_exits(connection, "F-TEST", rule=RULE, ref_areas=areas, dimensions={}, **more)


def jobs(found: CohortExits) -> dict[int, int]:
    return {last: counts[Outcome.EMPLOYMENT] for last, counts in found.counts}


def test_months_come_one_by_one_where_none_is_small_and_zero_is_a_number(engine: Engine) -> None:
    (found,) = ask(engine, *months([9, 0, 4]))
    assert (found.availability, found.step, found.provenance) == (Availability.AVAILABLE, 1, "official")
    assert jobs(found) == {1: 9, 2: 0, 3: 4}
    assert found.counts[0][1] == {Outcome.EMPLOYMENT: 9, Outcome.TRAINING: 5, Outcome.OTHER_EXIT: 5}


@pytest.mark.parametrize(
    ("counts", "step", "expected"),
    [
        ([9, 3, 4, 8, 7, 9], 3, {3: 16, 6: 24}),  # month 2 holds three people: quarters
        ([9, 3, 4, 1, 1, 1], 6, {6: 19}),  # the second quarter holds three: half years
        ([1, 0, 1, 0, 0, 0, 9, 9, 9, 9, 9, 9], 12, {12: 56}),  # the first half year holds two: a year
        ([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0], 0, {}),  # even the year holds three
    ],
)
def test_small_months_are_added_up_to_the_narrowest_step_without_one(
    engine: Engine, counts: list[int], step: int, expected: dict[int, int]
) -> None:
    (found,) = ask(engine, *months(counts))
    assert (found.step, jobs(found)) == (step, expected)
    assert found.availability is (Availability.AVAILABLE if step else Availability.HIDDEN)


def test_the_step_is_that_of_the_cohort_for_every_way_out_and_of_that_cohort_alone(engine: Engine) -> None:
    small = months([9] * 6, others=2)
    found = ask(engine, *small, *months([9] * 6, cohort="2024-Q2"))
    assert [(each.cohort, each.step) for each in found] == [("2024-Q1", 3), ("2024-Q2", 1)]
    assert jobs(found[0]) == {3: 27, 6: 27}


def test_a_step_that_is_not_whole_ends_the_counts(engine: Engine) -> None:
    """Months 4 and 5 are no quarter; a month without one of its exits is not known."""
    (found,) = ask(engine, *months([9, 1, 9, 9, 9]))
    assert jobs(found) == {3: 19}
    gap = [r for r in months([9] * 6, cohort="2024-Q2") if (r["month"], r["outcome"]) != ("03", "training")]
    assert jobs(ask(engine, *gap)[1]) == {1: 9, 2: 9}


def test_missing_and_confidential_months_are_neither_zero_nor_shown(engine: Engine) -> None:
    (missing,) = ask(engine, *months([9, None, 9]))
    assert jobs(missing) == {1: 9}
    kept = months([9, 9, 9], cohort="2024-Q2")
    kept[3] |= {"conf_status": "C"}
    found = ask(engine, *kept)[1]
    assert (found.availability, found.counts) == (Availability.HIDDEN, ())


def test_a_sensitive_group_has_the_stricter_threshold_and_areas_are_added_first(engine: Engine) -> None:
    rows = [*months([9] * 3, ref_area="21001"), *months([2] * 3, others=5, ref_area="21002")]
    (both,) = ask(engine, *rows, areas=("21001", "21002"), sensitive=True)
    assert (both.step, jobs(both)) == (1, {1: 11, 2: 11, 3: 11})
    (one,) = ask(engine, *rows, areas=("21001",), sensitive=True)
    assert (one.step, jobs(one)) == (3, {3: 27})
    (partly,) = ask(engine, *rows, areas=("21001", "21003"))
    assert (partly.availability, partly.counts) == (Availability.MISSING, ())


def test_whoever_does_not_ask_for_months_or_obstacles_does_not_get_them(engine: Engine) -> None:
    named = cohort(count=90, obstacle="HEALTH", age="Y_LT25")
    publish(engine, cohorts=(cohort(), *months([9, 9], sex="F"), named))
    with engine.connect() as connection:
        table = load_cohorts(connection, "F-TEST", rule=RULE, dimensions={"sex": None, "age": None})
        pooled = load_pooled_cohorts(
            connection, "F-TEST", rule=RULE, ref_areas=["BRU"], dimensions={"sex": "F"}
        )
        of_age = load_pooled_cohorts(
            connection, "F-TEST", rule=RULE, ref_areas=["BRU"], dimensions={"age": "Y_LT25"}
        )
        groups = load_cohort_groups(connection)
    assert table["month"].tolist() == ["_T"]
    assert table["obstacle"].tolist() == ["_T"]
    assert pooled == of_age == []
    assert [(row["sex"], row["age"]) for row in groups] == [("_T", "_T")]


def test_cases_by_obstacle_are_no_exits_by_month(engine: Engine) -> None:
    named = [{**row, "obstacle": "HEALTH"} for row in months([50] * 3)]
    (found,) = ask(engine, *months([9] * 3), *named)
    assert jobs(found) == {1: 9, 2: 9, 3: 9}
