"""The migrations build exactly the tables of ``tables.py``, once, whoever asks."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.exc import IntegrityError

from data_access.db.engine import make_engine, writing
from data_access.db.migrate import FOLDER, head, is_current, upgrade
from data_access.db.tables import metadata
from data_access.imports.commit import withdraw_batch
from tests.data_access.builders import NOON, cohort, decision, governance, plan, publish, remark

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


def test_a_database_without_remarks_gets_their_table_and_keeps_what_it_holds(empty_engine: Engine) -> None:
    """From 0001: what the database held and how it is made stay, to the letter, but for cohorts (0003)."""
    _upgrade_to(empty_engine, "0001")
    assert not is_current(empty_engine)
    # Through SQL: the importer of today writes the tables of today.
    with empty_engine.begin() as connection:
        for statement in AT_0001:
            connection.execute(text(statement))
    made = {row for row in describe(empty_engine) if "cohort" not in str(row)}
    held = _rows(empty_engine)
    assert held["observation"] == held["observation_current"] == 1
    upgrade(empty_engine)
    assert is_current(empty_engine)
    assert _rows(empty_engine) == {**held, **dict.fromkeys(LATER, 0)}
    new = {row for row in describe(empty_engine) - made if "cohort" not in str(row)}
    assert made < describe(empty_engine)
    assert new
    assert all(any(name in str(row) for name in LATER) for row in new)
    assert publish(empty_engine, remarks=(remark(),)).counts["remark"]["new"] == 1
    facts = publish(
        empty_engine, governances=(governance(),), plans=(plan(),), decisions=(decision(),)
    ).counts
    assert facts["governance"]["new"] == facts["plan"]["new"] == facts["decision"]["new"] == 1
    assert withdraw_batch(empty_engine, 1, by="t", reason="", at=NOON).counts["observation"]["removed"] == 1


def test_cohorts_of_before_are_whole_and_keep_their_history(empty_engine: Engine) -> None:
    """From 0002: two rows of one key, one of them closed; a confirmation names the other by its id."""
    _upgrade_to(empty_engine, "0002")
    with empty_engine.begin() as connection:
        for statement in (AT_0001[0], *AT_0002):
            connection.execute(text(statement))
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        query = "SELECT id, month, obstacle, count, first_batch, last_batch FROM cohort ORDER BY id"
        assert [tuple(row) for row in connection.execute(text(query))] == [
            (7, "_T", "_T", 10, 1, 1),
            (9, "_T", "_T", 12, 1, None),
        ]
        left = inspect(connection).get_temp_table_names() if connection.dialect.name == "sqlite" else []
        assert left == []
    whole = cohort(count=13)
    months = [cohort(month=month, outcome="employment", count=5) for month in ("01", "02")]
    assert publish(empty_engine, cohorts=(whole, *months)).counts["cohort"] == {
        "read": 3, "new": 2, "revised": 1, "unchanged": 0, "removed": 0
    }  # fmt: skip


LATER = (  # tables that came after 0001
    "remark",
    "report",
    "definition_set",
    "edition",
    "governance",
    "plan",
    "decision",
    "suppressed",
    "suppressed_cohort",
    "protection",
)
_COHORT = (
    "INSERT INTO cohort (id, funnel, cohort, stage, outcome, ref_area, sex, age, education, duration,"
    " audience, operator, workplace, count, window_months, observed_through, conf_status, source, comment,"
    " provenance, origin_batch, first_batch, last_batch) VALUES ({id}, 'F-TEST', '2024-Q1', 'T1', 'next',"
    " 'BRU', '_T', '_T', '_T', '_T', '_T', '_T', '_T', {count}, 12, '2025-12-31', 'F', '', '', 'official',"
    " 1, 1, {last})"
)
AT_0002 = (
    _COHORT.format(id=7, count=10, last=1),
    _COHORT.format(id=9, count=12, last="NULL"),
    "INSERT INTO confirmation (kind, row_id, batch_id) VALUES ('cohort', 9, 1)",
)
_ROW = "'OS1.01', 'A', '2024', 'BRU', '_T', '_T', '_T', '_T', '_T', '_T', '_T', 50.0, 'A', 'F', '', ''"
_COLUMNS = (
    "indicator, freq, time_period, ref_area, sex, age, education, duration, audience, operator, workplace,"
    " obs_value, obs_status, conf_status, source, comment"
)
AT_0001 = (
    "INSERT INTO batch (action, file_name, sha256, provenance, received_at, checked_at, published_at, by,"
    " provenances, counts, left_out, report) VALUES ('load', 'a.csv', 'x', 'official', '2026-01-01 00:00:00',"
    " '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'tester', '[]', '{}', 0, '[]')",
    f"INSERT INTO observation ({_COLUMNS}, provenance, origin_batch, first_batch)"
    f" VALUES ({_ROW}, 'official', 1, 1)",
    f"INSERT INTO observation_current ({_COLUMNS}, provenance, origin_batch) VALUES ({_ROW}, 'official', 1)",
    "INSERT INTO target (indicator, kind, due, ref_area, operator, valid_from, value, decided_on,"
    " decision_ref, deciding_body, reason, comment, provenance, origin_batch, first_batch)"
    " VALUES ('OS1.01', 'target', '2027-12-31', 'BRU', '_T', '2023-01-01', 60.0, '2023-01-01', 'a', 'b',"
    " 'annex', '', 'official', 1, 1)",
    "INSERT INTO confirmation (kind, row_id, batch_id) VALUES ('target', 1, 1)",
)


def _upgrade_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _rows(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in names}


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


def test_packs_of_before_are_kept_and_their_files_count_as_there(empty_engine: Engine) -> None:
    """From 0005 and back: two packs of one order, of which one is done; only one may stand for a file."""
    _upgrade_to(empty_engine, "0005")
    with empty_engine.begin() as connection:
        for number, state in ((3, "failed"), (7, "done")):
            connection.execute(text(_REPORT.format(id=number, state=state)))
    upgrade(empty_engine)
    query = "SELECT id, state, asked_by, removed_at FROM report ORDER BY id"
    with empty_engine.begin() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
        assert rows == [(3, "failed", "An", None), (7, "done", "An", None)]
        connection.execute(text("UPDATE report SET removed_at = '2026-01-02 00:00:00' WHERE id = 7"))
        connection.execute(text(_REPORT.format(id=9, state="waiting")))
    with pytest.raises(IntegrityError), empty_engine.begin() as connection:
        connection.execute(text(_REPORT.format(id=10, state="done")))
    _downgrade_to(empty_engine, "0005")
    with empty_engine.connect() as connection:
        assert [row.id for row in connection.execute(text("SELECT id FROM report ORDER BY id"))] == [3, 9]


_REPORT = (
    "INSERT INTO report (id, kind, languages, data_version, fingerprint, state, done, total, what, asked_by,"
    " asked_at, attempts, machine) VALUES ({id}, 'data', 'fr', 1, 'f', '{state}', 1, 1, '', 'An',"
    " '2026-01-01 00:00:00', 1, 'm')"
)


def _downgrade_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
