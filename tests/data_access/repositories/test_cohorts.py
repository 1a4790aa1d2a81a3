"""Cohorts of a funnel, without the counts that speak of a few persons."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.db.reading import at_version
from data_access.domain.confidentiality import SmallCellRule
from data_access.repositories.cohorts import COLUMNS, load_cohorts
from tests.data_access.builders import cohort, publish

RULE = SmallCellRule()


def test_cohorts_come_with_every_column_in_its_type(engine: Engine) -> None:
    loaded = publish(engine, cohorts=(cohort(),))
    with engine.connect() as connection:
        found = load_cohorts(connection, "F-TEST", rule=RULE)
        nothing = load_cohorts(connection, "F-OTHER", rule=RULE)
    assert found.dtypes.astype(str).to_dict() == nothing.dtypes.astype(str).to_dict() == dict(COLUMNS)
    assert nothing.empty
    assert found.iloc[0].to_dict() == {
        **{k: v for k, v in cohort().items() if k != "conf_status"},
        "count": 400.0,
        "availability": "available",
        "provenance": "official",
        "origin_batch": loaded.id,
    }


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
    with engine.connect() as connection:
        found = load_cohorts(connection, "F-TEST", rule=RULE, sensitive_stages={"T2"})
    assert found.availability.tolist() == [availability]
    assert found["count"].tolist() == [count] if availability == "available" else found["count"].isna().all()


def test_a_sensitive_item_of_a_dimension_has_the_stricter_threshold(engine: Engine) -> None:
    publish(engine, cohorts=(cohort(audience="HANDICAP", count=9), cohort(audience="YOUNG", count=9)))
    with engine.connect() as connection:
        found = load_cohorts(
            connection,
            "F-TEST",
            rule=RULE,
            dimensions={"audience": None},
            sensitive_items={"audience": {"HANDICAP"}},
        )
    assert found.set_index("audience").availability.to_dict() == {"HANDICAP": "hidden", "YOUNG": "available"}


def test_an_earlier_version_reads_as_it_was(engine: Engine) -> None:
    first = publish(engine, cohorts=(cohort(count=400),))
    publish(engine, cohorts=(cohort(count=410, observed_through=date(2026, 6, 30)), cohort(ref_area="21001")))
    with engine.connect() as connection:
        now = load_cohorts(connection, "F-TEST", rule=RULE)
        then = load_cohorts(at_version(connection, first.id), "F-TEST", rule=RULE)
    assert (now["count"].tolist(), now.observed_through.tolist()) == ([410.0], [date(2026, 6, 30)])
    assert (then["count"].tolist(), then.observed_through.tolist()) == ([400.0], [date(2025, 12, 31)])
