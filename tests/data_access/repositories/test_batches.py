"""What the newest batch left behind is one small question."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, event

from data_access.imports.commit import withdraw_batch
from data_access.repositories.batches import (
    DataState,
    load_batch,
    load_batches,
    load_data_state,
    load_data_version,
)
from tests.data_access.builders import NOON, observation, publish


def test_an_empty_database_is_at_version_zero(engine: Engine) -> None:
    with engine.connect() as connection:
        assert load_data_version(connection) == 0
        assert load_data_state(connection) == DataState(0, None, None, frozenset())
        assert load_batches(connection).empty
        assert load_batch(connection, 1) is None


def test_the_state_is_what_the_newest_batch_says(engine: Engine) -> None:
    publish(engine, observation(time_period="2025"), provenance="published")
    loaded = publish(engine, observation(time_period="2023"), provenance="demonstration")
    with engine.connect() as connection:
        state = load_data_state(connection)
        assert load_data_version(connection) == loaded.id
    assert state == DataState(loaded.id, date(2025, 12, 31), NOON, frozenset({"published", "demonstration"}))


def test_a_withdrawal_is_a_version_like_any_other(engine: Engine) -> None:
    publish(engine, observation(time_period="2023"))
    wrong = publish(engine, observation(time_period="2025"), provenance="demonstration")
    later = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    taken = withdraw_batch(engine, wrong.id, by="tester", reason="wrong year", at=later)
    with engine.connect() as connection:
        assert load_data_state(connection) == DataState(
            taken.id, date(2023, 12, 31), later, frozenset({"official"})
        )


def test_the_state_costs_one_statement_that_touches_one_row(engine: Engine) -> None:
    publish(engine, observation())
    statements: list[str] = []
    with engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: statements.append(args[2]))
        load_data_state(connection)
    reads = [s for s in statements if s.startswith("SELECT")]
    assert len(reads) == 1
    assert "LIMIT" in reads[0]


def test_batches_are_listed_from_the_oldest_with_their_report(engine: Engine) -> None:
    problem = {"code": "sum_of_parts", "row": 12, "value": "41", "expected": "42"}
    publish(engine, observation(), file_name="a.csv", report=[problem], left_out=3, provenance="published")
    publish(engine, observation(time_period="2025"), file_name="b.csv", by="clerk")
    with engine.connect() as connection:
        found = load_batches(connection)
    assert found.file_name.tolist() == ["a.csv", "b.csv"]
    assert found.by.tolist() == ["tester", "clerk"]
    first = found.iloc[0]
    assert (first.action, first.left_out, first.report, first.provenances) == (
        "load",
        3,
        [problem],
        ["published"],
    )
    assert first.counts == {"observation": {"read": 1, "new": 1, "revised": 0, "unchanged": 0, "removed": 0}}
    assert first.published_at == NOON
    assert found.withdrawn_at.isna().all()
