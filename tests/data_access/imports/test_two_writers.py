"""Two stewards publish at once, on both databases: one wins, the other is told, and nothing is between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pandas as pd
from sqlalchemy import Engine

from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.imports.commit import commit_import
from data_access.imports.preview import preview_import
from data_access.repositories.batches import load_data_version
from tests.data_access.builders import NOON, observation, publish


def test_of_two_at_once_one_wins(engine: Engine) -> None:
    seen = publish(engine, observation()).id
    together = Barrier(2)

    def steward(value: float) -> str:
        frames = {"observation": pd.DataFrame([observation(obs_value=value)])}
        together.wait()
        try:
            commit_import(
                engine,
                frames,
                file_name=f"{value}.csv",
                sha256=str(value),
                provenance="official",
                by="steward",
                received_at=NOON,
                checked_at=NOON,
                published_at=NOON,
                report=[],
                left_out=0,
                seen=seen,
            )
        except UserError as error:
            return error.code
        return "published"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(steward, (51.0, 52.0)))
    assert said == ["data_moved", "published"]
    with engine.connect() as connection:
        assert load_data_version(connection) == seen + 1


def test_a_preview_says_what_publishing_does_and_leaves_nothing(engine: Engine) -> None:
    before = publish(engine, observation(), observation(time_period="2023", obs_value=40.0))
    rows = [
        observation(obs_value=50.0),  # unchanged
        observation(time_period="2023", obs_value=41.5),  # revised
        observation(time_period="2025", obs_value=60.0),  # new
    ]
    frames = {"observation": pd.DataFrame(rows)}
    found = preview_import(engine, frames, at=NOON, rule=SmallCellRule())
    assert dict(found.counts["observation"]) == {
        "read": 3, "new": 1, "revised": 1, "unchanged": 1, "removed": 0
    }  # fmt: skip
    assert found.revised == 1
    (revision,) = found.revisions
    assert (revision.time_period, revision.before, revision.after) == ("2023", 40.0, 41.5)
    with engine.connect() as connection:
        assert load_data_version(connection) == before.id
    done = publish(engine, *rows)
    assert done.counts["observation"] == dict(found.counts["observation"])
