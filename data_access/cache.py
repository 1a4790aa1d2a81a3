"""One cache for what services answer, keyed by the data version, so that nothing ever expires wrongly.

A load makes a new version, and with it new keys: old answers are not invalidated, they are simply no
longer asked for. The key also carries a fingerprint of the program, so that an upgrade never reads the
shape of an older one, and the publication that made the version, so that two databases never mix.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache as once
from functools import lru_cache, wraps
from importlib.metadata import version as installed
from pathlib import Path
from typing import ParamSpec, TypeVar

from flask import Flask
from flask_caching import Cache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from sqlalchemy import Engine, select

from data_access.contract.load import contract_mark
from data_access.db.engine import get_engine
from data_access.db.reading import as_of, version_read
from data_access.db.tables import batch
from data_access.settings import Settings

logger = logging.getLogger(__name__)
store = Cache()
ROOT = Path(__file__).parents[1]
P = ParamSpec("P")
T = TypeVar("T")
MAX_FILES = (
    2000  # some hundred megabytes of pages: many times the answers of one version; the oldest go first
)
# Only housekeeping: an answer is right as long as its key is asked for, and is made again when forgotten.
KEPT = 30 * 24 * 3600
# A Redis that does not answer must cost less than making the answer anew.
REDIS_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)}
SHAPING = (
    *("dash", "dash-bootstrap-components", "numpy", "pandas", "plotly"),
    *("python-pptx", "typst", "xlsxwriter"),  # files
)
SOURCES = {".py", ".toml", ".po", ".typ", ".js", ".ttf"}


def init_cache(server: Flask, settings: Settings) -> None:
    """Choose the store: files shared by the workers of one machine, or Redis shared by several."""
    config: dict[str, object] = {"CACHE_DEFAULT_TIMEOUT": KEPT}
    if settings.redis_url:
        config |= {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": settings.redis_url}
        config |= {"CACHE_KEY_PREFIX": "contrat:", "CACHE_OPTIONS": dict(REDIS_OPTIONS)}
    else:
        folder = settings.data_dir / "cache"
        config |= {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(folder), "CACHE_THRESHOLD": MAX_FILES}
    store.init_app(server, config)
    store.app = server  # so that the command line and threads reach it outside a request


def cached(function: Callable[P, T]) -> Callable[P, T]:
    """Remember the answers of a function whose first argument is the data version.

    What it reads (``db.reading``) is that version, even when a newer one is published before it reads.
    Arguments must be plain values: numbers, texts, dates, enums, frozen dataclasses, and tuples, lists,
    sets and mappings of these. Every call gives a copy of its own. Without a store (command line, unit
    tests) the function is simply called; an exception is never remembered.

    Raises:
        TypeError: at decoration, when the first argument is not ``version``; at a call, when an argument
            is not a plain value.
        RuntimeError: at a call, while another version is read.
    """
    signature = inspect.signature(function)
    if next(iter(signature.parameters), None) != "version":
        raise TypeError(f"the first argument of {function.__qualname__} must be the data version")

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        version = bound.arguments["version"]
        _refuse_another_version(version)
        with as_of(version):
            if getattr(store, "app", None) is None:
                return function(*args, **kwargs)
            key = make_key(f"{function.__module__}.{function.__qualname__}", bound.arguments)
            found, answer = _load(key)
            if found:
                return answer  # type: ignore[return-value]
            fresh = function(*args, **kwargs)
            _save(key, fresh)
            return fresh

    return wrapper


def _refuse_another_version(version: object) -> None:
    """While one version is read, for an edition or within another cached answer, no other may be asked for.

    Raises:
        RuntimeError: a mistake of the caller, which would otherwise be remembered.
    """
    if version_read() not in {None, version}:
        raise RuntimeError(f"version {version} is asked for while version {version_read()} is read")


def make_key(name: str, arguments: Mapping[str, object]) -> str:
    """Version in clear, then program, definitions, publication, function, arguments; alike everywhere."""
    version = int(arguments["version"])  # type: ignore[call-overload]
    parts = (program_fingerprint(), contract_mark(), publication(version), name, canonical(arguments))
    return f"v{version}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"


def canonical(value: object) -> object:
    """A value as nested tuples whose ``repr`` is the same in every process and differs between values.

    Raises:
        TypeError: the value has no such form (a frame, a connection, any object).
    """
    if value is None or type(value) in {bool, int, float, str, bytes}:
        return value
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    if isinstance(value, Enum):
        return kind, value.name
    if isinstance(value, date):
        return kind, value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return kind, *((field.name, canonical(getattr(value, field.name))) for field in fields(value))
    if isinstance(value, Mapping):
        return kind, *sorted(((canonical(k), canonical(v)) for k, v in value.items()), key=repr)
    if isinstance(value, set | frozenset):
        return kind, *sorted(map(canonical, value), key=repr)
    if isinstance(value, tuple | list):
        return kind, *map(canonical, value)
    raise TypeError(f"{kind} cannot be part of a cache key")


def publication(version: int) -> str:
    """What made this version: a restored or another database has the same numbers with other data."""
    return _publication(get_engine(), version)


@lru_cache(maxsize=64)
def _publication(engine: Engine, version: int) -> str:
    with engine.connect() as connection:
        row = connection.execute(
            select(batch.c.published_at, batch.c.sha256).where(batch.c.id == version)
        ).one_or_none()
    return f"{row.published_at.isoformat()} {row.sha256}" if row else ""


def _load(key: str) -> tuple[bool, object]:
    """The stored answer; an entry that cannot be read counts as absent and is made anew."""
    try:
        stored = store.get(key)
        return (False, None) if stored is None else (True, pickle.loads(stored))  # noqa: S301  our own writing
    except Exception as error:  # a spoilt pickle can raise anything, a lost server many things
        logger.warning("cache entry %s cannot be read (%s): made anew", key, error)
        return False, None


def _save(key: str, answer: object) -> None:
    content = pickle.dumps(answer)
    try:
        store.set(key, content)
    except (OSError, RedisError) as error:
        logger.warning("cache entry %s cannot be kept: %s", key, error)


@once
def program_fingerprint() -> str:
    """A hash of every source, template, definition, catalogue and font, and of the libraries that shape."""
    libraries = [f"{name} {installed(name)}" for name in SHAPING]
    digest = hashlib.sha256("\n".join([sys.version, *libraries]).encode())
    for path in _program_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _program_files() -> list[Path]:
    """Every file that decides what an answer is; what the shipped tables hold, the data version says."""
    found = [path for folder in ("data_access", "components", "pages") for path in (ROOT / folder).rglob("*")]
    tables = ROOT / "data_access" / "tables"
    return sorted(
        path
        for path in found
        if path.suffix in SOURCES or (path.suffix == ".csv" and tables not in path.parents)
    )
