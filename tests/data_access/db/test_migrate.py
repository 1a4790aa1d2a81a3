"""The migrations build exactly the tables of ``tables.py``, once, whoever asks."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, event, text

from data_access.db.engine import make_engine
from data_access.db.migrate import head, is_current, upgrade
from data_access.db.tables import metadata

# What autogenerate does not compare: partial indexes, collations, WITHOUT ROWID, names of constraints.
CATALOGUE = {
    "sqlite": [
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL"
    ],
    "postgresql": [
        "SELECT table_name, column_name, ordinal_position, data_type, collation_name, is_nullable,"
        " column_default, character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name NOT LIKE 'alembic%'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'",
    ],
}


def describe(engine: Engine) -> set[tuple[object, ...]]:
    """Every object of the database, as the database itself writes it."""
    with engine.connect() as connection:
        rows = [row for query in CATALOGUE[engine.dialect.name] for row in connection.execute(text(query))]
    return {tuple(_lines(value) for value in row) for row in rows}


def _lines(value: object) -> object:
    """A statement as the set of its lines: constraints may come in any order."""
    if not isinstance(value, str) or "\n" not in value:
        return value
    return frozenset(line.strip().rstrip(",") for line in value.splitlines())


def test_the_migrations_leave_nothing_for_autogenerate(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrations_build_what_the_tables_say_to_the_letter(empty_engine: Engine) -> None:
    metadata.create_all(empty_engine)
    expected = describe(empty_engine)
    metadata.drop_all(empty_engine)
    upgrade(empty_engine)
    assert describe(empty_engine) == expected
    assert len(expected) > 20


def test_a_database_is_current_once_upgraded(empty_engine: Engine) -> None:
    assert not is_current(empty_engine)
    upgrade(empty_engine)
    assert is_current(empty_engine)


def test_an_old_revision_is_not_current(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    with empty_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'before'"))
    assert not is_current(empty_engine)
    assert head() != "before"


def test_upgrading_again_only_asks_for_the_revision(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    statements: list[str] = []
    event.listen(empty_engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    upgrade(empty_engine)
    assert statements
    assert not [s for s in statements if s.split()[0] in {"CREATE", "INSERT", "UPDATE", "ALTER"}]
    assert "BEGIN IMMEDIATE" not in statements


@pytest.mark.slow
def test_processes_that_upgrade_at_once_do_it_once(empty_url: str) -> None:
    program = (
        "import sys; from data_access.db.engine import make_engine;"
        "from data_access.db.migrate import upgrade;"
        "print('ready', flush=True); sys.stdin.readline(); upgrade(make_engine(sys.argv[1]))"
    )
    command = [sys.executable, "-c", program, empty_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(3)]  # type: ignore[call-overload]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [(p.returncode, e) for p, e in zip(processes, errors, strict=True)] == [(0, "")] * 3
    engine = make_engine(empty_url)
    assert is_current(engine)
    engine.dispose()
