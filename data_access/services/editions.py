"""The editions (séances), and looking at everything as one of them froze it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data_access.contract.load import as_defined
from data_access.contract.model import Contract
from data_access.db.engine import get_engine
from data_access.db.reading import as_of
from data_access.domain.edition import Edition
from data_access.domain.errors import UserError
from data_access.repositories.editions import load_definitions, load_edition, load_editions, load_results

RULES = Path(__file__).parents[1] / "domain"
_viewed: ContextVar[Edition | None] = ContextVar("edition", default=None)


@dataclass(frozen=True)
class View:
    """The edition that a page shows, and whether today's rules of assessment are those of its meeting."""

    edition: Edition
    same_method: bool


def get_editions() -> tuple[Edition, ...]:
    """Every edition, the newest meeting first; asked anew at every request."""
    with get_engine().connect() as connection:
        return load_editions(connection)


def get_edition(code: str) -> Edition:
    """One edition.

    Raises:
        UserError: ``unknown_edition``.
    """
    with get_engine().connect() as connection:
        found = load_edition(connection, code)
    if found is None:
        raise UserError("unknown_edition", value=code)
    return found


def get_frozen(code: str) -> list[dict[str, Any]]:
    """What an edition showed for each indicator when it was made (``edition_results.Result`` as records).

    Raises:
        UserError: ``unknown_edition``.
    """
    get_edition(code)
    with get_engine().connect() as connection:
        return load_results(connection, code)


def get_view() -> View | None:
    """The edition that is being viewed; None for the data of this moment."""
    found = _viewed.get()
    return None if found is None else View(found, found.method == method_digest())


@contextmanager
def viewing(code: str | None) -> Iterator[None]:
    """Inside, everything is as an edition froze it: data, targets, comments and definitions.

    Args:
        code: of the edition; None or empty for the data of this moment.

    Raises:
        UserError: ``unknown_edition``, ``edition_definitions`` (this program no longer understands them).
    """
    if not code:
        yield
        return
    edition = get_edition(code)
    token = _viewed.set(edition)
    try:
        mark = f"{edition.code} {edition.definitions}"
        with as_of(edition.version), as_defined((_definitions(edition), mark)):
            yield
    finally:
        _viewed.reset(token)


def _definitions(edition: Edition) -> Contract:
    with get_engine().connect() as connection:
        content = load_definitions(connection, edition.definitions)
    try:
        return _read(content)
    except ValidationError as error:
        raise UserError("edition_definitions", value=edition.code) from error


@lru_cache(maxsize=4)
def _read(content: str) -> Contract:
    return Contract.model_validate_json(content)


@cache
def method_digest() -> str:
    """A digest of the rules of assessment: every source of ``data_access.domain``."""
    digest = hashlib.sha256()
    for path in sorted(RULES.rglob("*.py")):
        digest.update(str(path.relative_to(RULES)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
