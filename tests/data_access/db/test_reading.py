"""What is asked of a data version is answered with its rows, whatever is published before they are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from data_access import cache
from data_access.cache import init_cache
from data_access.db import tables
from data_access.db.engine import bind, get_engine
from data_access.db.reading import as_of, known_version, reading
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.commit import withdraw_batch
from data_access.repositories.versions import is_read, read_observations
from data_access.services.data_state import get_data_state
from data_access.services.decisions import get_acceptances, get_decisions
from data_access.services.funnel import get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, get_funnel_choices
from data_access.services.governance import get_governance
from data_access.services.indicator_rows import get_indicator_rows
from data_access.services.plan import get_plans
from data_access.services.releases import get_triangle
from data_access.services.remark_history import get_remark_history
from data_access.services.secrecy import get_hidden
from data_access.services.sheet import get_sheet
from data_access.services.sources import get_batches, get_history, get_sources
from data_access.services.tidy import get_tidy
from data_access.settings import Settings
from tests.data_access.builders import (
    NOON,
    cohort,
    decision,
    governance,
    observation,
    plan,
    publish,
    remark,
    target,
)

RULE = SmallCellRule()
DAY, CUTOFF = date(2026, 11, 23), date(2024, 12, 31)
ASKED: dict[str, Callable[[int], Any]] = {
    "observations": lambda v: get_indicator_rows(v, CUTOFF, ("OS3.05",), RULE)[0].readings,
    "targets": lambda v: get_indicator_rows(v, CUTOFF, ("OS3.05",), RULE)[0].assessment,
    "remarks": lambda v: get_sheet(v, CUTOFF, "OS3.05", None, RULE),
    "cohorts": lambda v: get_funnel_sheet(v, CUTOFF, "F-PREV", "_T", EVERYBODY, RULE),
    "groups": get_funnel_choices,
    "governance": lambda v: get_governance(v, DAY),
    "plan": get_plans,
    "decisions": lambda v: get_decisions(v, CUTOFF, DAY, RULE),
    "acceptances": lambda v: get_acceptances(v, DAY),
    "releases": lambda v: get_triangle(v, "OS3.05", "_T", RULE),
    "remark history": lambda v: get_remark_history(v, "OS3.05", "_T"),
    "sources": get_sources,
    "batches": get_batches,
    "history": get_history,
    "hidden": lambda v: get_hidden(v, RULE),
    "tidy": lambda v: get_tidy(v, RULE),
}


@pytest.fixture(autouse=True)
def bound(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's engine and an empty store."""
    bind(engine)
    monkeypatch.setattr(cache.store, "app", None, raising=False)
    init_cache(Flask(__name__), Settings(data_dir=tmp_path))


def everything(value: float, day: int, **about: Any) -> int:
    """A batch that says something of every kind."""
    row = observation(indicator="OS3.05", obs_value=value, numerator=value * 10, source=f"source {value}")
    stages = [
        cohort(funnel="F-PREV", stage="P1", outcome=outcome, count=count, observed_through=date(2026, 10, 31))
        for outcome, count in (("next", int(value) * 10), ("employment", 100))
    ]
    return publish(
        get_engine(),
        row,
        observation(indicator="OS3.05", time_period="2023", numerator=day % 3, denominator=1000.0),
        targets=(
            target(indicator="OS3.05", kind="baseline", due=date(2022, 12, 31), value=value),
            target(indicator="OS3.05", value=value + 20),
        ),
        remarks=(remark(indicator="OS3.05", text_fr=f"constat {value}"),),
        cohorts=(*stages, *(dict(s, sex="F") for s in stages if value > 55)),
        governances=(governance(day=date(2026, 6, day)),),
        plans=(plan(title_fr=f"projet {value}"),),
        decisions=(
            decision(indicator="OS3.05", text_fr=f"décision {value}"),
            decision(
                decision=f"D-2026-03-{day}",
                kind="deviation",
                indicator="OS3.05",
                due=date(2027, 3, day),
                text_fr=f"écart {value}",
            ),
        ),
        sha256=str(value).ljust(64, "0"),
        **about,
    ).id


def test_a_batch_published_after_the_version_was_asked_is_not_in_its_answers(engine: Engine) -> None:
    taken = everything(40.0, 10)
    everything(50.0, 11)
    asked = get_data_state().version
    cache.store.app, app = None, cache.store.app
    expected = {name: ask(asked) for name, ask in ASKED.items()}
    cache.store.app = app
    withdraw_batch(engine, taken, by="tester", reason="test", at=NOON)
    everything(60.0, 12)

    made = {name: ask(asked) for name, ask in ASKED.items()}
    assert made == expected
    assert {name: ask(asked) for name, ask in ASKED.items()} == expected, "what was remembered"
    newest = get_data_state().version
    assert newest == asked + 2
    served = {name: ask(newest) for name, ask in ASKED.items()}
    assert [name for name in ASKED if served[name] == expected[name]] == []


def test_a_batch_published_while_rows_are_read_is_not_among_them(engine: Engine) -> None:
    """The newest version is asked in the transaction that reads: both see the same state."""
    first = everything(50.0, 11)
    with as_of(first), reading() as connection:
        everything(60.0, 12)
        rows = connection.scalars(
            select(read_observations(connection).c.obs_value).order_by("obs_value")
        ).all()
        goals = connection.scalars(
            select(tables.target.c.value).where(is_read(tables.target, connection)).order_by("value")
        ).all()
    assert (rows, goals) == ([50.0, 50.0], [50.0, 70.0])
    with as_of(first), reading() as connection:
        assert known_version(connection) == first


def test_the_newest_version_is_read_from_the_read_table_for_one_small_query(engine: Engine) -> None:
    everything(50.0, 11)
    newest = everything(60.0, 12)
    statements: list[str] = []

    def note(*executed: Any) -> None:
        statements.append(" ".join(executed[2].split()))

    event.listen(engine, "before_cursor_execute", note)
    with as_of(newest), reading() as connection:
        assert read_observations(connection) is tables.observation_current
    event.remove(engine, "before_cursor_execute", note)
    assert [s for s in statements if s.startswith("SELECT")] == ["SELECT max(batch.id) AS max_1 FROM batch"]


def test_within_an_answer_no_other_version_may_be_asked(engine: Engine) -> None:
    first = everything(50.0, 11)

    @cache.cached
    def answer(version: int) -> Any:
        return get_sources(version + 1)

    with pytest.raises(RuntimeError, match="version 2 is asked for while version 1 is read"):
        answer(first)
