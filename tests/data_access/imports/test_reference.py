"""The written reference follows the column descriptions."""

from __future__ import annotations

import pytest

from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.db.tables import cohort, governance, observation, plan, remark, target
from data_access.imports.column import Kind
from data_access.imports.columns import (
    COHORT,
    OBSERVATION,
    REMARK,
    TABLES,
    TARGET,
    items_of,
    recognise,
)
from data_access.imports.governance_columns import GOVERNANCE, PLAN
from data_access.imports.reference import REFERENCE, reference_text

VERSIONS = {"id", "provenance", "origin_batch", "first_batch", "last_batch"}


def test_the_reference_is_up_to_date() -> None:
    """When this fails: ``python -m data_access reference``."""
    expected = reference_text(contract(), [translator(language) for language in LANGUAGES])
    assert REFERENCE.read_text("utf-8") == expected


def test_the_reference_names_every_column_in_both_languages() -> None:
    text = REFERENCE.read_text("utf-8")
    for column in {column.name for columns in TABLES.values() for column in columns}:
        assert text.count(f"| `{column}` |") >= 2


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        (OBSERVATION, observation),
        (COHORT, cohort),
        (TARGET, target),
        (REMARK, remark),
        (GOVERNANCE, governance),
        (PLAN, plan),
    ],
)
def test_the_columns_of_a_file_are_those_of_its_table(columns: tuple[object, ...], table: object) -> None:
    described = [column.field for column in columns]  # type: ignore[attr-defined]
    assert described == [column.name for column in table.columns if column.name not in VERSIONS]  # type: ignore[attr-defined]


def test_every_example_is_a_value_that_the_column_takes() -> None:
    for columns in TABLES.values():
        for column in columns:
            items = items_of(column, contract()) if column.kind is Kind.CODE else ()
            # A stage depends on its funnel and has no list of its own.
            assert column.name == "STAGE" or not items or column.example in items
            assert not column.default or not items or column.default in items  # an empty cell may stay empty


@pytest.mark.parametrize("kind", list(TABLES))
def test_each_kind_is_recognised_from_all_of_its_columns(kind: str) -> None:
    assert recognise(column.name for column in TABLES[kind]) == kind
