"""The cache, on files and on Redis: what is remembered, for whom, and what is never believed."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from itertools import combinations, count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import redis
from flask import Flask
from sqlalchemy import Engine

from data_access import cache
from data_access.db import engine as engines
from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from data_access.settings import Settings
from tests.data_access.builders import NOON, observation, publish

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["files", "redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for each kind of store."""
    if request.param == "files":
        return Settings.from_env({"DATA_DIR": str(tmp_path)})
    url = os.environ.get("TEST_REDIS_URL", "")
    if not url:
        pytest.skip("TEST_REDIS_URL is not set: nothing of this ran on Redis")
    return Settings.from_env({"DATA_DIR": str(tmp_path), "REDIS_URL": url})


def database(path: Path) -> Engine:
    """A migrated database without rows."""
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    return engine


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Settings], None]]:
    """Initialise the store as the application does; nothing of an earlier run is found in it."""
    before = (list(engines._bound), getattr(cache.store, "app", None))
    engine = database(tmp_path / "empty.sqlite3")
    engines.bind(engine)
    program = uuid.uuid4().hex
    monkeypatch.setattr(cache, "program_fingerprint", lambda: program)
    monkeypatch.setattr(cache, "KEPT", 60)  # a Redis shared with others forgets the test soon
    yield lambda settings: cache.init_cache(Flask("test"), settings)
    engine.dispose()
    engines._bound[:], cache.store.app = before


@pytest.fixture
def store(start: Callable[[Settings], None], settings: Settings) -> Settings:
    """A store that is ready."""
    start(settings)
    return settings


class Counted:
    """A service that counts how often it is really asked."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.calls = 0

        @cache.cached
        def ask(version: int, what: object = None, *, how: object = "plainly") -> Any:
            self.calls += 1
            return answer(version, what, how)

        self.ask = ask


def everything(version: int, what: object, how: object) -> list[object]:
    return [version, what, how]


def key_of(**arguments: object) -> str:
    name = f"{Counted.__module__}.Counted.__init__.<locals>.ask"
    return cache.make_key(name, {"version": 1, "what": None, "how": "plainly", **arguments})


def test_an_answer_is_made_once(store: Settings) -> None:
    service = Counted(everything)
    assert service.ask(1, "a") == service.ask(1, "a") == [1, "a", "plainly"]
    assert service.calls == 1


def test_the_same_arguments_in_another_form_are_the_same_question(store: Settings) -> None:
    service = Counted(everything)
    service.ask(1, None)
    service.ask(version=1, what=None, how="plainly")
    assert service.calls == 1


def test_versions_and_arguments_do_not_mix(store: Settings) -> None:
    service = Counted(everything)
    asked = [(version, what, how) for version in (1, 2, 11) for what in ("a", "b") for how in ("x", "y")]
    for _ in range(2):
        for version, what, how in asked:
            assert service.ask(version, what, how=how) == [version, what, how]
    assert service.calls == len(asked)


def test_two_functions_do_not_mix(store: Settings) -> None:
    @cache.cached
    def one(version: int) -> str:
        return "one"

    @cache.cached
    def other(version: int) -> str:
        return "other"

    assert [one(1), other(1), one(1), other(1)] == ["one", "other", "one", "other"]


def test_another_worker_finds_the_answer(start: Callable[[Settings], None], settings: Settings) -> None:
    service = Counted(everything)
    start(settings)
    service.ask(1)
    start(settings)
    service.ask(1)
    assert service.calls == 1


def test_another_process_finds_the_answer(store: Settings, tmp_path: Path) -> None:
    """One process asks and ends; the other would raise if it had to make the answer itself."""
    engine = database(tmp_path / "shared.sqlite3")
    publish(engine, observation(), published_at=NOON)
    engine.dispose()
    program = """
import os, sys
from flask import Flask
from data_access import cache
from data_access.db.engine import bind, make_engine
from data_access.settings import Settings

bind(make_engine(os.environ["DATABASE_URL"]))
cache.KEPT = 60
cache.init_cache(Flask("test"), Settings.from_env(os.environ))

@cache.cached
def ask(version: int, what: tuple[str, ...]) -> list[str]:
    if sys.argv[1] == "finds":
        raise ZeroDivisionError("it was not found")
    return [*what, sys.argv[2]]

print(ask(1, ("a", sys.argv[2])))
"""
    environment = {
        **os.environ,
        "DATA_DIR": str(store.data_dir),
        "REDIS_URL": store.redis_url or "",
        "DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3",
    }
    unique = uuid.uuid4().hex
    said = [
        subprocess.run(
            [sys.executable, "-c", program, role, unique],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for role in ("makes", "finds")
    ]
    assert said == [f"{['a', unique, unique]}\n"] * 2


def test_nothing_is_an_answer_too(store: Settings) -> None:
    service = Counted(lambda *_: None)
    assert service.ask(1) is None
    assert service.ask(1) is None
    assert service.calls == 1


def test_an_exception_is_not_remembered(store: Settings) -> None:
    failing = [True]

    def sometimes(*_: object) -> str:
        if failing:
            raise ZeroDivisionError
        return "now"

    service = Counted(sometimes)
    with pytest.raises(ZeroDivisionError):
        service.ask(1)
    failing.clear()
    assert service.ask(1) == "now"


def test_what_a_caller_changes_no_other_caller_sees(store: Settings) -> None:
    service = Counted(lambda *_: {"rows": [1, 2]})
    for _ in range(3):
        answer = service.ask(1)
        assert answer == {"rows": [1, 2]}
        answer["rows"].append(3)


def test_a_frame_comes_back_as_it_was(store: Settings) -> None:
    frame = pd.DataFrame({"code": ["a", None], "day": pd.to_datetime(["2026-01-01", None]), "n": [1.5, None]})
    service = Counted(lambda *_: frame)
    service.ask(1)
    pd.testing.assert_frame_equal(service.ask(1), frame)


def spoil(settings: Settings, content: bytes) -> None:
    """Overwrite every entry of this test with bytes that are no answer."""
    if settings.redis_url:
        redis.from_url(settings.redis_url).set(f"contrat:{key_of()}", content)
        return
    for path in (settings.data_dir / "cache").iterdir():
        path.write_bytes(content)


@pytest.mark.parametrize(
    "content", [b"", b"!", b"\0\0\0\0", b"\0\0\0\0spoilt", b"!cno_such_module\nx\n.", b"\0\0\0\0I1\n.", b"12"]
)
def test_a_spoilt_entry_is_made_anew(store: Settings, content: bytes) -> None:
    service = Counted(everything)
    service.ask(1)
    spoil(store, content)
    assert service.ask(1) == [1, None, "plainly"]
    assert service.calls == 2
    assert service.ask(1) == [1, None, "plainly"]
    assert service.calls == 2


def test_another_program_does_not_read_the_answers_of_this_one(
    store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Counted(everything)
    service.ask(1)
    monkeypatch.setattr(cache, "program_fingerprint", lambda: uuid.uuid4().hex)
    service.ask(1)
    assert service.calls == 2


def test_the_same_version_of_another_database_is_another_question(store: Settings, tmp_path: Path) -> None:
    """A database deleted and made anew, or restored from a copy, counts its versions from the same number."""
    service = Counted(everything)
    for number in range(2):
        engine = database(tmp_path / f"{number}.sqlite3")
        publish(engine, observation(), published_at=NOON + timedelta(minutes=number))
        engines.bind(engine)
        service.ask(1)
        service.ask(1)
        engine.dispose()
    assert service.calls == 2


def test_without_a_store_the_function_is_simply_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache.store, "app", None, raising=False)
    service = Counted(everything)
    assert service.ask(1) == service.ask(1) == [1, None, "plainly"]
    assert service.calls == 2


def test_a_redis_that_is_down_costs_the_memory_not_the_answer(
    start: Callable[[Settings], None], caplog: pytest.LogCaptureFixture
) -> None:
    start(Settings.from_env({"REDIS_URL": "redis://127.0.0.1:1/0"}))
    service = Counted(everything)
    assert service.ask(1) == service.ask(1) == [1, None, "plainly"]
    assert service.calls == 2
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 4


def test_the_oldest_files_go_first(
    start: Callable[[Settings], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(1_800_000_000)
    monkeypatch.setattr("cachelib.file.time", lambda: next(seconds))
    monkeypatch.setattr(cache, "MAX_FILES", 10)
    start(Settings.from_env({"DATA_DIR": str(tmp_path)}))
    service = Counted(everything)
    for what in range(30):
        service.ask(1, what)
    assert len(list((tmp_path / "cache").iterdir())) <= 13  # ten, one being written, one of the store's own
    service.ask(1, 29)
    assert service.calls == 30
    service.ask(1, 0)
    assert service.calls == 31


def test_the_first_argument_must_be_the_version() -> None:
    def answer(code: str, version: int) -> None:
        """Takes the version too late."""

    with pytest.raises(TypeError, match="answer must be the data version"):
        cache.cached(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("argument", [pd.DataFrame({"a": [1]}), object(), lambda: None, (1, [object()])])
def test_an_argument_that_cannot_be_compared_is_refused(store: Settings, argument: object) -> None:
    with pytest.raises(TypeError, match="cannot be part of a cache key"):
        Counted(everything).ask(1, argument)


class Sex(StrEnum):
    F = "F"


class Other(Enum):
    F = "F"


@dataclass(frozen=True)
class Selection:
    code: str
    hidden: str = field(default="", repr=False)


@dataclass(frozen=True)
class Choice:
    code: str
    hidden: str = ""


DIFFERENT: list[object] = [
    *(None, 0, 1, False, True, 1.0, "", "1", "None", b"1", "F", Sex.F, Other.F),
    *(date(2026, 1, 1), datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01"),  # noqa: DTZ001
    *((), [], frozenset(), {}, (1,), (1, 2), (2, 1), ((1,), 2), (1, (2,)), ("a, b",), ("a", "b"), {"a": "b"}),
    *(Selection("a"), Selection("a", "b"), Choice("a"), Choice("b"), frozenset({"a", "b"}), frozenset({"a"})),
]


def test_different_arguments_have_different_forms() -> None:
    for one, other in combinations(DIFFERENT, 2):
        assert repr(cache.canonical(one)) != repr(cache.canonical(other)), (one, other)


def test_the_order_of_sets_and_mappings_does_not_matter() -> None:
    assert cache.canonical({"a": 1, "b": 2}) == cache.canonical({"b": 2, "a": 1})


def test_the_form_is_the_same_in_every_process() -> None:
    question = (
        "from data_access.cache import canonical, program_fingerprint;"
        "print(repr(canonical({'x': frozenset('abcdefgh'), 'y': {'k', 'l', 'm'}})), program_fingerprint())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", question],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    "path",
    [
        *("components/tables/scorecard_table.py", "components/i18n/nl.po", "pages/overview.py"),
        *("components/exports/exhibit.typ", "components/exports/renderer/sheet.js"),
        *("data_access/contract/communes.csv", "data_access/contract/indicators/os1/OS1.01.toml"),
    ],
)
def test_what_shapes_an_answer_is_in_the_fingerprint(path: str) -> None:
    assert ROOT / path in cache._program_files()


def test_what_the_version_already_says_is_not_in_the_fingerprint() -> None:
    published = ROOT / "data_access" / "tables" / "published"
    assert list(published.glob("*.csv"))
    assert not any(published in path.parents and path.suffix == ".csv" for path in cache._program_files())
