"""The contract, read from its files, checked whole and kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data_access.contract.checks import find_faults
from data_access.contract.files import Folder, read_folder
from data_access.contract.model import Contract
from data_access.contract.problem import Finding, Problem
from data_access.domain.errors import DefinitionError

DEFAULT = Path(__file__).parent


_in_force: ContextVar[tuple[Contract, str] | None] = ContextVar("contract", default=None)


def contract() -> Contract:
    """The contract as defined now, or as it was defined for the edition that is being read."""
    frozen = _in_force.get()
    return shipped_contract() if frozen is None else frozen[0]


def contract_mark() -> str:
    """What tells an edition and its definitions from today's, which the program carries: empty now."""
    frozen = _in_force.get()
    return "" if frozen is None else frozen[1]


@cache
def shipped_contract() -> Contract:
    """The contract that ships with the project, read once."""
    return load_contract()


@contextmanager
def as_defined(frozen: tuple[Contract, str] | None) -> Iterator[None]:
    """Inside, ``contract()`` is another one, told from others by its mark; None for the one that ships."""
    token = _in_force.set(frozen)
    try:
        yield
    finally:
        _in_force.reset(token)


def load_contract(folder: Path = DEFAULT) -> Contract:
    """Read and check every file of a folder laid out as ``data_access/contract``.

    Returns:
        The contract; indicators in the order OS1.01 … OS5.nn, BV-1a … BV-6, VD-1 … VD-8, CTX.*.

    Raises:
        DefinitionError: ``contract_invalid``. Its facts are those of the first problem (``file``, ``line``,
            ``field``, ``reason``, ``value``, ``expected``), ``count``, ``folder`` and ``problems``: all of
            them, as a tuple of ``Problem``.
    """
    files = read_folder(folder)
    loaded, findings = _validate(files)
    problems = [*files.problems, *_locate(files, [*findings, *find_faults(files.data)])]
    if loaded is None or problems:
        facts = {"folder": str(folder), "count": len(problems), **problems[0], "problems": tuple(problems)}
        raise DefinitionError("contract_invalid", **facts)
    return loaded


def _validate(files: Folder) -> tuple[Contract | None, list[Finding]]:
    try:
        return Contract.model_validate(files.data), []
    except ValidationError as error:
        return None, [_finding(e) for e in error.errors(include_url=False)]


def _locate(files: Folder, findings: Iterable[Finding]) -> list[Problem]:
    """The problems at their places; a field is not missed when the file that holds it could not be read."""
    return [
        files.locate[str(finding.loc[0])](finding)
        for finding in findings
        if finding.loc[0] not in files.absent
    ]


_REASONS = {"missing": "missing_field", "extra_forbidden": "unknown_field", "string_too_short": "empty"}


def _finding(error: ErrorDetails) -> Finding:
    """What pydantic found, in our codes."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _REASONS:
        return Finding(error["loc"], _REASONS[kind])
    allowed = {
        "enum": lambda: str(context["expected"]).replace("'", "").replace(" or ", ", "),
        "string_pattern_mismatch": lambda: str(context["pattern"]),
        "greater_than": lambda: f"> {context['gt']}",
        "greater_than_equal": lambda: f">= {context['ge']}",
        "less_than_equal": lambda: f"<= {context['le']}",
    }
    if kind in allowed:
        return Finding(error["loc"], "not_allowed", str(error["input"]), allowed[kind]())
    # The rest are values of another kind; pydantic's code begins with the kind it wanted: date, string, int…
    return Finding(error["loc"], "wrong_type", str(error["input"]), kind.split("_")[0])
