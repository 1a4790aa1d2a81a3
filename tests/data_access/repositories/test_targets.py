"""Targets with their decisions, now and as they were known."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.db.reading import at_version
from data_access.repositories.targets import COLUMNS, load_targets
from tests.data_access.builders import publish, target


def test_targets_come_with_every_column_in_its_type(engine: Engine) -> None:
    rows = (target(), target(kind="baseline", due=date(2022, 12, 31), value=None, low=40.0, high=45.0))
    loaded = publish(engine, targets=rows, provenance="demonstration")
    with engine.connect() as connection:
        found = load_targets(connection, ["OS1.01"])
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)
    assert found.kind.tolist() == ["baseline", "target"]
    assert found.iloc[1].drop(["low", "high"]).to_dict() == {
        **{k: v for k, v in target().items() if k not in {"low", "high"}},
        "provenance": "demonstration",
        "origin_batch": loaded.id,
    }
    assert found.isna().sum().loc[["value", "low", "high"]].tolist() == [1, 1, 1]


@pytest.mark.parametrize("codes", [[], ["OS9.99"]])
def test_no_targets_have_the_same_columns_and_types(engine: Engine, codes: list[str]) -> None:
    publish(engine, targets=(target(),))
    with engine.connect() as connection:
        found = load_targets(connection, codes)
    assert found.empty
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)


def test_a_changed_target_is_still_known_at_the_earlier_version(engine: Engine) -> None:
    first = publish(engine, targets=(target(value=60.0),))
    publish(engine, targets=(target(value=65.0), target(valid_from=date(2025, 1, 1), value=70.0)))
    with engine.connect() as connection:
        assert load_targets(connection, ["OS1.01"]).value.tolist() == [65.0, 70.0]
        assert load_targets(at_version(connection, first.id), ["OS1.01"]).value.tolist() == [60.0]


def test_only_the_area_and_the_indicators_asked_for_are_read(engine: Engine) -> None:
    rows = [target(ref_area="21001"), target(indicator="OS1.02"), target(operator="VDAB"), target()]
    publish(engine, targets=tuple(rows))
    with engine.connect() as connection:
        found = load_targets(connection, ["OS1.01"])
        assert list(zip(found.indicator, found.operator, strict=True)) == [
            ("OS1.01", "VDAB"),
            ("OS1.01", "_T"),
        ]
        assert len(load_targets(connection, ["OS1.01"], ref_area="21001")) == 1
