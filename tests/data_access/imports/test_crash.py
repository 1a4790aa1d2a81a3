"""A process that dies while it publishes leaves the database as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data_access.db.tables import batch, confirmation, observation_current
from data_access.db.tables import observation as history
from tests.data_access.builders import observation, publish
from tests.data_access.replay import known_at

ROOT = Path(__file__).parents[3]
DYING = """
import sys
from data_access.db.engine import make_engine
from data_access.imports import commit
from tests.data_access.builders import observation, publish

def hang(*_):
    print("all rows written, nothing committed", flush=True)
    sys.stdin.read()

commit._finish = hang
rows = [observation(time_period=f"{year}", obs_value=99.0) for year in range(1990, 2030)]
publish(make_engine(sys.argv[1]), *rows)
"""


@pytest.mark.slow
def test_a_process_killed_within_the_transaction_leaves_the_database_as_before(engine: Engine) -> None:
    before = publish(engine, observation(time_period="2023"), observation(time_period="2024"))
    url = engine.url.render_as_string(hide_password=False)
    dying = subprocess.Popen(
        [sys.executable, "-c", DYING, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with dying:
        assert dying.stdout is not None
        assert dying.stdout.readline() == "all rows written, nothing committed\n"
        dying.kill()  # SIGKILL: no handler, no rollback of its own
    after = publish(engine, observation(time_period="2024", obs_value=51.0))  # waits for no one
    with engine.connect() as connection:
        rows = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in (batch, history, observation_current, confirmation)
        }
    assert rows == {"batch": 2, "observation": 3, "observation_current": 2, "confirmation": 0}
    assert {k[2]: row["obs_value"] for k, row in known_at(engine, history, before.id).items()} == {
        "2023": 50.0,
        "2024": 50.0,
    }
    assert {k[2]: row["obs_value"] for k, row in known_at(engine, history, after.id).items()} == {
        "2023": 50.0,
        "2024": 51.0,
    }
