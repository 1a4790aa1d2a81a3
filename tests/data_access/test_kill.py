"""Killed at any moment of loading, taking back or freezing: the state before or the one after, never between.

``TEST_KILLS`` says how many kills each database gets; ``TEST_KILLS_SEED`` draws the same moments again.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, literal, make_url, select, text

from data_access.contract.load import contract
from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from data_access.db.tables import (
    HISTORIES,
    UtcDateTime,
    confirmation,
    metadata,
    suppressed,
    suppressed_cohort,
)
from data_access.imports.load import load_file
from data_access.repositories.batches import load_data_version
from data_access.repositories.editions import load_content
from tests.data_access.imports.files import (
    action,
    count,
    csv_file,
    decided,
    fact,
    goal,
    project,
    rate,
    remark,
    stage,
    table_of,
    xlsx_file,
)
from tests.data_access.killed import Killer, Run, killer

KILLS = int(os.environ.get("TEST_KILLS", "45"))
SEED = int(os.environ.get("TEST_KILLS_SEED") or random.SystemRandom().randrange(10**6))
ROUND = 15  # kills of a command between two measures of its length: other work on the machine slows it down
BEYOND = 1.25  # the last moments fall after the end of a command as long as the one measured
COMMUNES = [commune.nis for commune in contract().communes]
WITHIN = ("staging", "publishing", "committing")
State = dict[str, list[str]]
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' UNION SELECT name FROM sqlite_temp_master",
    "postgresql": "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname !~ '^(pg|sql)_'",
}


@dataclass(frozen=True)
class Database:
    """Where commands are killed.

    Attributes:
        restored: a database with the same two loads in it, anew each time.
        settle: wait until nothing of a killed process works on it any more.
    """

    restored: Callable[[], AbstractContextManager[str]]
    settle: Callable[[str], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        template = tmp_path / "template.sqlite3"
        fill(f"sqlite:///{template}", tmp_path)
        yield Database(partial(copy_of, template, tmp_path / "killed.sqlite3"), lambda _: None)
        return
    server: Engine = request.getfixturevalue("postgresql_server")
    new: Callable[..., AbstractContextManager[str]] = request.getfixturevalue("new_postgresql")
    with new() as url:
        fill(url, tmp_path)
        yield Database(partial(new, template=make_url(url).database), partial(wait_for, server))


@contextmanager
def copy_of(template: Path, path: Path) -> Iterator[str]:
    shutil.copy(template, path)
    yield f"sqlite:///{path}"
    for file in path.parent.glob(f"{path.name}*"):  # the file, its WAL and its index
        file.unlink()


def wait_for(server: Engine, url: str) -> None:
    """Until the server has noticed that its client is dead, and finished or undone what it did."""
    alive = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
    with server.connect() as connection:
        while connection.scalar(alive, {"name": make_url(url).database}):
            time.sleep(0.005)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """New connections to a database; SQLite replays what a killed process left in the WAL."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def fill(url: str, folder: Path) -> None:
    """Two loads, the second of which revises and confirms rows of the first."""
    with opened(url) as engine:
        upgrade(engine)
        for number in (0, 1):
            load(engine, folder / f"{number}.xlsx", workbook(number))
        with engine.connect() as connection:
            for hidden in (suppressed, suppressed_cohort):
                assert connection.execute(select(hidden.c.id)).all(), f"{hidden.name} is not written"


def load(engine: Engine, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert load_file(engine, contract(), path, by="tester", now=datetime.now(UTC)).batch is not None


def workbook(number: int) -> bytes:
    """New, revised and repeated rows of every kind; a small count in each month, and in the cohort."""
    rows = []
    for month in range(1 + 2 * number, 9 + 2 * number):
        counts = {nis: 100 + 7 * place for place, nis in enumerate(COMMUNES)}
        counts |= dict.fromkeys(COMMUNES[:5], 500 + 10 * number) | {COMMUNES[-1]: 3}
        counts["BRU"] = sum(counts.values())
        about = {"INDICATOR": "BV-1a", "TIME_PERIOD": f"2024-{month:02}"}
        rows += [count(**about, REF_AREA=area, OBS_VALUE=str(found)) for area, found in counts.items()]
    said = f"Version {number}."
    return xlsx_file(
        observations=table_of(rows),
        targets=table_of([goal(VALUE=str(60 + number)), goal(KIND="baseline", DUE="2022-12-31", VALUE="40")]),
        remarks=table_of([remark(TEXT_FR=said), remark(RANK="2")]),
        governance=table_of([fact(COMMENT=said), fact(STATE="examined", DAY="2026-06-12")]),
        plan=table_of([project(), action(PROGRESS=str(40 + number))]),
        decisions=table_of([decided(TEXT_FR=said), decided(DECISION="D-2026-03-02")]),
        cohorts=table_of(
            [*stage("P1", next=100, employment=2, pending=5 + number), *stage("P2", pending=100)]
        ),
    )


def state(engine: Engine) -> State:
    """The tables there are and every row of them.

    Instants are left out: they say when a command ran. So are the numbers of history rows, for which a
    server may choose another order: a confirmation names the row itself.
    """
    with engine.connect() as connection:
        found = {"tables": sorted(connection.scalars(text(TABLES[engine.dialect.name])))}
        for table in metadata.tables.values():
            columns = [c for c in table.c if not isinstance(c.type, UtcDateTime)]
            if "last_batch" in table.c:
                columns.remove(table.c.id)
            elif table is confirmation:
                columns.remove(table.c.row_id)
            found[table.name] = sorted(map(repr, connection.execute(select(*columns))))
        found["confirmed"] = []
        for kind, (table, key) in HISTORIES.items():
            named = select(
                literal(kind), confirmation.c.batch_id, table.c.first_batch, *(table.c[n] for n in key)
            )
            own = (confirmation.c.kind == kind) & (confirmation.c.row_id == table.c.id)
            found["confirmed"] += sorted(map(repr, connection.execute(named.join(confirmation, own))))
    return found


def check_file(engine: Engine) -> None:
    """What SQLite itself says of the file."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def known(engine: Engine) -> Counter[str]:
    """The rows of the newest version."""
    with engine.connect() as connection:
        return Counter(map(repr, load_content(connection, load_data_version(connection))))


def check_next_load(engine: Engine, folder: Path) -> None:
    """The next load adds its row and nothing else changes."""
    before = known(engine)
    load(engine, folder / "next.csv", csv_file([rate(INDICATOR="OS1.01")]))
    after = known(engine)
    assert (before - after).total() == 0
    assert (after - before).total() == 1


def differing(found: State, sides: dict[str, State]) -> str:
    """Where a state is neither of both."""
    lines = []
    for side, expected in sides.items():
        for table in {**expected, **found}:
            one, other = Counter(found.get(table, [])), Counter(expected.get(table, []))
            if one != other:
                lines.append(
                    f"not as {side}: {table}, {(one - other).total()} more, {(other - one).total()} fewer"
                )
    return "\n".join(lines)


def tell(*lines: str) -> None:
    """Shown by pytest when the test fails, or with ``-s``."""
    print(*lines, sep="\n")  # noqa: T201


def moments(draw: random.Random, kills: int) -> list[float]:
    """Random moments of a command of length 1, one in each of as many equal parts, in any order."""
    found = [(part + draw.random()) / kills * BEYOND for part in range(kills)]
    draw.shuffle(found)
    return found


def check_kill(database: Database, url: str, run: Run, sides: dict[str, State], folder: Path) -> str:
    """On which side a killed command left the database; it must be one of both, whole."""
    assert run.code in {0, -9}, "the command failed by itself"
    database.settle(url)
    with opened(url) as engine:
        check_file(engine)
        found = state(engine)
        side = next((name for name, expected in sides.items() if found == expected), None)
        assert side is not None, differing(found, sides)
        if run.phase != "committing":
            assert side == ("after" if run.phase == "done" else "before"), run
        check_next_load(engine, folder)
        check_file(engine)
    return side


def complete(database: Database, commands: Killer, arguments: Sequence[str]) -> tuple[State, float]:
    """What a command leaves that is not killed, and how long it takes."""
    with database.restored() as url:
        run = commands.run(url, arguments)
        assert (run.code, run.phase) == (0, "done")
        database.settle(url)
        with opened(url) as engine:
            return state(engine), run.seconds


@pytest.mark.slow
def test_whatever_the_moment_the_state_is_the_one_before_or_the_one_after(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "2.xlsx").write_bytes(workbook(2))
    named = {
        "load": ["load", str(tmp_path / "2.xlsx"), "--by", "tester"],
        "withdraw": ["withdraw", "2", "--reason", "test", "--by", "tester"],
        "edition": ["edition", "--meeting", "2026-11-27", "--by", "tester"],
    }
    tell(f"TEST_KILLS_SEED={SEED}")
    draw, counted = random.Random(SEED), Counter[tuple[str, str, str]]()
    with database.restored() as url, opened(url) as engine:
        before = state(engine)
    with killer(tmp_path) as commands:
        for name, arguments in named.items():
            every, sides, length = moments(draw, -(-KILLS // len(named))), {"before": before}, 0.0
            for number, moment in enumerate(every):
                if number % ROUND == 0:
                    sides["after"], length = complete(database, commands, arguments)
                with database.restored() as url:
                    run = commands.run(url, arguments, kill_after=moment * length)
                    tell(f"{name}, kill {number} after {moment * length:.4f} s of {length:.4f}: {run.phase}")
                    side = check_kill(database, url, run, sides, tmp_path)
                counted[name, run.phase, side] += 1
    tell(*(f"{' '.join(key)}: {n}" for key, n in sorted(counted.items())))
    assert {side for _, _, side in counted} == {"before", "after"}, "every kill fell on the same side"
    assert any(phase in WITHIN for _, phase, _ in counted), "no kill fell within a transaction"
