"""Cohorts of a funnel, without the counts that speak of a few persons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db.reading import at_version
from data_access.db.tables import COHORT_KEY, suppressed_cohort
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.cohorts import REGION, Place, PooledCount, load_pooled_cohorts
from tests.data_access.builders import cohort, publish

RULE = SmallCellRule()
INSIDE = Place("IN", ("21001", "21012"))


def ask(
    engine: Engine, place: Place = REGION, version: int | None = None, **more: Any
) -> dict[tuple[str, str | None], PooledCount]:
    """By stage and outcome; of the newest cohort where there are several."""
    asked: dict[str, Any] = {"dimensions": {}, "sensitive_stages": {"T2"}} | more
    with engine.connect() as connection:
        reading = at_version(connection, version)
        found = load_pooled_cohorts(reading, "F-TEST", rule=RULE, place=place, **asked)
    return {(row.stage, row.outcome): row for row in found}


def hide(engine: Engine, batch: int, **key: str) -> None:
    """What publication writes down of a count that it hides."""
    cover = dict.fromkeys(COHORT_KEY, "_T") | {"funnel": "F-TEST", "cohort": "2024-Q1", "ref_area": "BRU"}
    with engine.begin() as connection:
        connection.execute(suppressed_cohort.insert().values(**cover | key, first_batch=batch))


@pytest.mark.parametrize(
    ("count", "stage", "conf_status", "availability"),
    [
        (0, "T1", "F", "available"),
        (1, "T1", "F", "hidden"),
        (3, "T1", "F", "hidden"),
        (4, "T1", "F", "available"),
        (9, "T2", "F", "hidden"),
        (10, "T2", "F", "available"),
        (400, "T1", "C", "hidden"),
        (400, "T1", "D", "hidden"),
        (None, "T1", "F", "missing"),
        (None, "T1", "C", "hidden"),
    ],
)
def test_small_counts_are_hidden_and_zero_and_missing_are_not(
    engine: Engine, count: int | None, stage: str, conf_status: str, availability: str
) -> None:
    publish(engine, cohorts=(cohort(count=count, stage=stage, conf_status=conf_status),))
    for row in ask(engine).values():  # the one outcome, and the whole stage
        assert row.availability.value == availability
        assert row.count == (count if availability == "available" else None)


def test_a_sensitive_group_has_the_stricter_threshold(engine: Engine) -> None:
    publish(engine, cohorts=(cohort(audience="HANDICAP", count=9),))
    (plain, _), (strict, _) = (
        ask(engine, dimensions={"audience": "HANDICAP"}, sensitive=sensitive).values()
        for sensitive in (False, True)
    )
    assert (plain.count, strict.availability) == (9, Availability.HIDDEN)


def test_communes_are_added_up_before_anything_is_hidden(engine: Engine) -> None:
    publish(engine, cohorts=(cohort(ref_area="21001", count=3), cohort(ref_area="21012", count=2)))
    assert ask(engine, INSIDE)["T1", "next"].count == 5
    publish(engine, cohorts=(cohort(ref_area="21012", count=2, conf_status="C"),))
    assert ask(engine, INSIDE)["T1", "next"].availability is Availability.HIDDEN
    lacking = Place("IN", ("21001", "21004"))
    assert ask(engine, lacking)["T1", "next"].availability is Availability.HIDDEN  # three alone, and few
    publish(engine, cohorts=(cohort(ref_area="21001", count=30),))
    assert ask(engine, lacking)["T1", "next"].availability is Availability.MISSING


def test_what_publication_hid_is_hidden_for_that_count_alone(engine: Engine) -> None:
    rows = [cohort(outcome=way, **who) for way in ("next", "pending") for who in ({}, {"sex": "F"})]
    sides = [cohort(outcome="next", ref_area=area) for area in INSIDE.areas]
    loaded = publish(engine, cohorts=(*rows, *sides))
    hide(engine, loaded.id, stage="T1", outcome="next")
    hide(engine, loaded.id, stage="T1", sex="F")  # the whole stage
    hide(engine, loaded.id, stage="T1", outcome="next", ref_area="IN")

    def hidden(**more: Any) -> set[str | None]:
        found = ask(engine, **more)
        return {way for (_, way), row in found.items() if row.availability is Availability.HIDDEN}

    assert hidden() == {"next"}
    assert hidden(dimensions={"sex": "F"}) == {None}
    assert hidden(place=INSIDE) == {"next"}
    assert ask(engine, place=INSIDE)["T1", None].count == 800
    assert all(row.count is None for row in ask(engine).values() if row.availability is Availability.HIDDEN)


def test_an_earlier_version_reads_as_it_was(engine: Engine) -> None:
    first = publish(engine, cohorts=(cohort(count=400),))
    second = publish(engine, cohorts=(cohort(count=410, observed_through=date(2026, 6, 30)),))
    hide(engine, second.id, stage="T1", outcome="next")
    then = ask(engine, version=first.id)["T1", "next"]
    assert (then.count, then.observed_through) == (400, date(2025, 12, 31))
    now = ask(engine)["T1", "next"]
    assert (now.availability, now.observed_through) == (Availability.HIDDEN, date(2026, 6, 30))
