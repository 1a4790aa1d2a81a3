"""What a person reads when something they can mend is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from components.i18n.translate import Translator
from data_access.domain.errors import UserError


def error_lines(error: UserError, t: Translator) -> Iterator[str]:
    """The sentence of an error; of wrong contract files, then one line for each problem."""
    problems: tuple[Mapping[str, Any], ...] = error.facts.get("problems", ())
    facts = {name: value for name, value in error.facts.items() if name != "problems"}
    if problems:
        facts["reason"] = _reason(problems[0], t)
    yield t(f"error.{error.code}", **facts)
    for problem in problems:
        yield t("error.contract_problem", **{**problem, "reason": _reason(problem, t)})


def error_sentence(error: UserError, t: Translator) -> str:
    """The first line, for a page."""
    return next(iter(error_lines(error, t)))


def _reason(problem: Mapping[str, Any], t: Translator) -> str:
    return t(f"contract.reason.{problem['reason']}", **{k: v for k, v in problem.items() if k != "reason"})
