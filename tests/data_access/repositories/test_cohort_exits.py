"""Exits by month since entry: in steps wide enough that no count speaks of a few persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db.tables import COHORT_KEY, suppressed_cohort
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.cohort_exits import CohortExits, load_exits
from data_access.repositories.cohorts import REGION, load_cohort_groups, load_pooled_cohorts
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


def ask(engine: Engine, *rows: dict[str, Any], **more: Any) -> list[CohortExits]:
    publish(engine, cohorts=rows)
    with engine.connect() as connection:
        return load_exits(connection, "F-TEST", rule=RULE, **more)


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


def test_a_sensitive_group_has_the_stricter_threshold(engine: Engine) -> None:
    publish(engine, cohorts=months([9] * 3, others=11, audience="HANDICAP"))
    handicap = {"dimension": "audience", "item": "HANDICAP"}
    (found,) = ask(engine, **handicap)
    assert (found.step, jobs(found)) == (1, {1: 9, 2: 9, 3: 9})
    (strict,) = ask(engine, sensitive_items={"HANDICAP"}, **handicap)
    assert (strict.step, jobs(strict)) == (3, {3: 27})


def test_the_groups_of_a_dimension_share_the_widest_step_and_everybody_keeps_his_own(engine: Engine) -> None:
    """Everybody by month less the men by month would be the women by month, of whom there are few."""
    women, men = months([9, 2, 9, 9, 9, 9], sex="F"), months([9] * 6, sex="M")
    (everybody,) = ask(engine, *months([18, 11, 18, 18, 18, 18], others=10), *women, *men)
    assert everybody.step == 1
    assert [each.step for each in ask(engine, dimension="sex", item="F")] == [3]
    assert [jobs(each) for each in ask(engine, dimension="sex", item="M")] == [{3: 27, 6: 27}]


def test_a_group_that_is_hidden_widens_no_other(engine: Engine) -> None:
    ask(engine, *months([1, 0, 0], sex="X"), *months([9] * 3, sex="M"))
    (hidden,) = ask(engine, dimension="sex", item="X")
    assert hidden.availability is Availability.MISSING  # a year is needed, and three months are there
    assert hidden.counts == ()
    publish(engine, cohorts=months([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], sex="X"))
    (hidden,) = ask(engine, dimension="sex", item="X")
    assert (hidden.availability, hidden.counts) == (Availability.HIDDEN, ())
    (men,) = ask(engine, dimension="sex", item="M")
    assert (men.step, jobs(men)) == (1, {1: 9, 2: 9, 3: 9})


def test_what_publication_hid_stays_in_the_database_and_in_the_choice_of_the_step(engine: Engine) -> None:
    loaded = publish(
        engine, cohorts=(*months([9] * 6, sex="M"), *months([9, 2, 9, 9, 9, 9], sex="F"), *months([9] * 6))
    )
    cover = dict.fromkeys(COHORT_KEY, "_T") | {"funnel": "F-TEST", "cohort": "2024-Q1", "ref_area": "BRU"}
    with engine.begin() as connection:
        connection.execute(
            suppressed_cohort.insert().values(**cover | {"sex": "F", "month": "01T60"}, first_batch=loaded.id)
        )
    (women,) = ask(engine, dimension="sex", item="F")
    assert (women.availability, women.step, women.counts) == (Availability.HIDDEN, 0, ())
    assert [each.step for each in ask(engine, dimension="sex", item="M")] == [3]
    assert [each.step for each in ask(engine)] == [1]


def test_whoever_does_not_ask_for_months_or_obstacles_does_not_get_them(engine: Engine) -> None:
    named = cohort(count=90, obstacle="HEALTH", age="Y_LT25")
    publish(engine, cohorts=(cohort(), *months([9, 9], sex="F"), named))
    with engine.connect() as connection:
        everybody, women, young = (
            load_pooled_cohorts(connection, "F-TEST", rule=RULE, place=REGION, dimensions=dimensions)
            for dimensions in ({}, {"sex": "F"}, {"age": "Y_LT25"})
        )
        groups = load_cohort_groups(connection)
    assert [row.count for row in everybody if row.outcome] == [400]
    assert women == young == []
    assert [(row["sex"], row["age"]) for row in groups] == [("_T", "_T")]


def test_cases_by_obstacle_are_no_exits_by_month(engine: Engine) -> None:
    named = [{**row, "obstacle": "HEALTH"} for row in months([50] * 3)]
    (found,) = ask(engine, *months([9] * 3), *named)
    assert jobs(found) == {1: 9, 2: 9, 3: 9}
