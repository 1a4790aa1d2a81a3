"""Decisions written in the browser: numbered by meeting, changed, closed, and never over another's words."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.actions.write_decision import next_code, write_decision
from data_access.contract.load import contract
from data_access.domain.errors import ImportRejected, UserError
from data_access.imports.commit import withdraw_batch
from data_access.repositories.batches import load_data_version
from data_access.repositories.decisions import load_decisions
from tests.data_access.builders import NOON, observation, publish
from tests.data_access.imports.files import decided

CELLS = {name: cell for name, cell in decided().items() if name != "DECISION"}


def write(engine: Engine, code: str = "", *, seen: int | None = None, **cells: str) -> tuple[str, Any]:
    with engine.connect() as connection:
        version = load_data_version(connection) if seen is None else seen
    return write_decision(
        engine, contract(), {**CELLS, **cells}, code=code, by="Anna", now=NOON, seen=version
    )


def state(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        found = load_decisions(connection)
    return dict(zip(found["decision"], found["state"], strict=True))


def test_a_new_decision_takes_the_next_number_of_the_month_of_its_meeting(engine: Engine) -> None:
    assert write(engine)[0] == "D-2026-03-01"
    assert write(engine, TEXT_FR="Une autre.")[0] == "D-2026-03-02"
    assert write(engine, MEETING="2026-04-30", DUE="")[0] == "D-2026-04-01"


@pytest.mark.parametrize(
    ("meeting", "taken", "code"),
    [
        ("2026-03-26", (), "D-2026-03-01"),
        ("2026-03-26", ("D-2026-03-01", "D-2026-03-03"), "D-2026-03-02"),
        ("2026-03-26", tuple(f"D-2026-03-{n:02}" for n in range(1, 100)), "D-2026-03-100"),
        ("mars", (), "D"),
        ("", (), "D"),
    ],
)
def test_numbers_are_free_ones(meeting: str, taken: tuple[str, ...], code: str) -> None:
    assert next_code(meeting, frozenset(taken)) == code


def test_the_number_of_a_decision_that_was_taken_back_is_not_given_again(engine: Engine) -> None:
    _, batch = write(engine)
    withdraw_batch(engine, batch.id, by="Anna", reason="", at=NOON)
    assert write(engine)[0] == "D-2026-03-02"


def test_two_who_add_at_once_have_two_numbers_and_one_who_sends_twice_has_one(engine: Engine) -> None:
    write(engine, seen=0)
    assert write(engine, seen=0, TEXT_FR="La sienne.")[0] == "D-2026-03-02"
    assert write(engine, seen=0) == ("D-2026-03-01", None)
    assert len(state(engine)) == 2


def test_a_decision_is_closed_on_its_day(engine: Engine) -> None:
    code, first = write(engine)
    publish(engine, observation())  # somebody loads something else meanwhile
    write(engine, code, seen=first.id, STATE="done", CLOSED_ON="2026-09-01")
    assert state(engine) == {code: "done"}


def test_nobody_changes_a_decision_that_they_have_not_seen(engine: Engine) -> None:
    code, first = write(engine)
    write(engine, code, seen=first.id, TEXT_FR="La sienne.")
    with pytest.raises(UserError, match="row_moved"):
        write(engine, code, seen=first.id, TEXT_FR="La mienne.")
    assert write(engine, code, seen=first.id, TEXT_FR="La sienne.") == (code, None)


def test_a_decision_that_does_not_exist_is_not_changed(engine: Engine) -> None:
    with pytest.raises(UserError, match="unknown_decision"):
        write(engine, "D-2026-03-09")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"MEETING": "mars"}, "unreadable_date"),
        ({"KIND": "deviation"}, "deviation_reason"),
        ({"STATE": "done"}, "closing_without_day"),
        ({"TEXT_FR": "", "TEXT_NL": ""}, "decision_missing"),
    ],
)
def test_the_checks_are_those_of_a_file(engine: Engine, cells: dict[str, str], problem: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        write(engine, **cells)
    assert [each.code for each in refused.value.report.problems] == [problem]
    assert state(engine) == {}
