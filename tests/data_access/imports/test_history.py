"""Whatever is loaded and taken back, in any order, every version reads as its slow twin says."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, Table, select

from data_access.db.tables import (
    SERIES_ORDER,
    cohort,
    decision,
    governance,
    observation,
    observation_current,
    plan,
    remark,
    target,
)
from data_access.imports.commit import withdraw_batch
from data_access.repositories.batches import load_data_version
from tests.data_access import builders
from tests.data_access.builders import NOON, erase, publish
from tests.data_access.replay import Replay, known_at

# Three keys and three contents: small enough that revisions, repetitions and returns all happen.
PERIODS, CONTENTS = ("2022", "2023", "2024"), (1.0, 2.0, float("nan"))
ONE_LOAD = st.dictionaries(st.sampled_from(PERIODS), st.sampled_from(CONTENTS), min_size=1)
STEPS = st.lists(st.one_of(ONE_LOAD, st.integers(0, 6)), min_size=1, max_size=9)
ON_A_DATABASE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def play(engine: Engine, steps: list[Any]) -> Replay:
    """Do the steps to the database and to its twin: a dict is loaded, a number takes back that load."""
    twin = Replay()
    for step in steps:
        if isinstance(step, dict):
            rows = [builders.observation(time_period=p, obs_value=v) for p, v in step.items()]
            twin.load(publish(engine, *rows).id, rows)
        elif in_force := sorted(set(twin.loads) - set(twin.withdrawn)):
            taken = in_force[step % len(in_force)]
            done = withdraw_batch(engine, taken, by="tester", reason="", at=NOON)
            twin.withdraw(done.id, taken)
    return twin


def numbers(rows: dict[Any, Any]) -> dict[Any, str]:
    """The value by key, as text: NaN and NULL are both nothing."""
    return {key: str(row["obs_value"]).replace("nan", "None") for key, row in rows.items()}


@ON_A_DATABASE
@given(steps=STEPS)
def test_every_version_reads_as_the_replay_of_the_loads_in_force_at_it(
    engine: Engine, steps: list[Any]
) -> None:
    erase(engine)
    twin = play(engine, steps)
    with engine.connect() as connection:
        last = load_data_version(connection)
    versions = range(min(twin.loads, default=last), last + 1)
    for version in versions:
        assert numbers(known_at(engine, observation, version)) == numbers(twin.known_at(version))
    assert numbers(known_at(engine, observation, None)) == numbers(twin.known_at(last))


@ON_A_DATABASE
@given(steps=STEPS)
def test_the_read_table_is_always_the_current_rows_of_history(engine: Engine, steps: list[Any]) -> None:
    erase(engine)
    twin = play(engine, steps)
    names = [column.name for column in observation_current.columns]
    with engine.connect() as connection:
        read = connection.execute(select(*(observation_current.c[n] for n in names))).all()
        current = select(*(observation.c[n] for n in names)).where(observation.c.last_batch.is_(None))
        kept = connection.execute(current).all()
        origins = {row.origin_batch for row in read}
    order = [names.index(name) for name in SERIES_ORDER]
    assert sorted(map(tuple, read), key=lambda row: [row[i] for i in order]) == sorted(
        map(tuple, kept), key=lambda row: [row[i] for i in order]
    )
    assert origins <= set(twin.loads) - set(twin.withdrawn), "a row stems from a load that was taken back"


@pytest.mark.parametrize(
    ("kind", "table", "key", "column", "contents"),
    [
        ("target", target, "operator", "value", ((10, 20), (10, 21), (11, 20))),
        ("cohort", cohort, "operator", "count", ((10, 20), (10, 21), (11, 20))),
        ("remark", remark, "operator", "text_nl", (("a", "b"), ("a", ""), ("c", "b"))),
        ("governance", governance, "obligation", "document_nl", (("a", "b"), ("a", ""), ("c", "b"))),
        ("plan", plan, "action", "budget_run", ((10, None), (10, 0), (11, None))),
        ("decision", decision, "decision", "text_nl", (("a", "b"), ("a", ""), ("c", "b"))),
    ],
)
def test_the_other_kinds_are_restored_in_the_same_way(
    engine: Engine, kind: str, table: Table, key: str, column: str, contents: tuple[tuple[object, ...], ...]
) -> None:
    build, twin = getattr(builders, kind), Replay()
    for content in contents:
        rows = [build(**{key: code, column: value}) for code, value in zip("AB", content, strict=True)]
        twin.load(publish(engine, **{f"{kind}s": tuple(rows)}).id, rows, kind)
    for index in (1, 0, 2):
        taken = sorted(twin.loads)[index]
        twin.withdraw(withdraw_batch(engine, taken, by="tester", reason="", at=NOON).id, taken)
        for version in range(min(twin.loads), max(twin.withdrawn.values()) + 1):
            found = {k: row[column] for k, row in known_at(engine, table, version).items()}
            assert found == {k: row[column] for k, row in twin.known_at(version).items()}
