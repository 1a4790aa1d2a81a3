"""Rows of the target table: fictitious decisions, read from targets.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import model_validator

from data_access.contract.model import Contract, Frozen
from data_access.tables.demonstration.cell import TOTAL
from data_access.tables.demonstration.tables import plain

_FILE = Path(__file__).with_name("targets.toml")
_YEARS = (2023, 2024, 2025, 2026)
_END = "2027-12-31"
_BODY = "Comité de gestion (démonstration)"
_COMMENT = "Données fictives de démonstration : le contrat ne fixe pas de cible"
_DECIMALS = 4

Row = tuple[str, ...]


class Revision(Frozen):
    """A later version of a target; a baseline where it starts again."""

    baseline: float | None = None
    milestones: dict[str, float]
    target: float


class FictitiousTarget(Frozen):
    """One target, or one band, of an indicator and operator."""

    indicator: str
    operator: str = TOTAL
    baseline: float
    milestones: tuple[float, ...] = ()
    target: float | None = None
    band: tuple[float, float] | None = None
    avenant: Revision | None = None
    rebased: Revision | None = None

    @model_validator(mode="after")
    def _either_value_or_band(self) -> FictitiousTarget:
        if (self.target is None) == (self.band is None):
            raise ValueError("either a target or a band")
        if len(self.milestones) not in (0, len(_YEARS)):
            raise ValueError("a milestone for each year from 2023 to 2026, or none")
        return self


@dataclass(frozen=True)
class Decision:
    """Who is said to have decided, when, and from when it holds."""

    valid_from: str
    decided_on: str
    reference: str
    reason: str


ANNEX = Decision("2023-10-01", "2023-09-28", "Décision fictive 2023-10 (démonstration)", "annex")
AVENANT = Decision("2025-07-01", "2025-06-26", "Avenant fictif 2025-06 (démonstration)", "avenant")
REBASED = Decision(
    "2026-07-01", "2026-06-25", "Décision fictive 2026-06 (démonstration)", "annual_evaluation"
)
_REBASED_BASELINE = "2026-03-31"  # first quarter after the break


@lru_cache(maxsize=1)
def load_targets() -> tuple[FictitiousTarget, ...]:
    """The targets that ship.

    Raises:
        pydantic.ValidationError: targets.toml does not fit the classes above.
    """
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["targets"]
    return tuple(FictitiousTarget.model_validate(each) for each in found)


def target_rows(contract: Contract) -> Iterator[Row]:
    """The rows of every target, in the columns of the target table.

    Raises:
        UnknownIndicator: a target is set for a code that the contract does not know.
    """
    for each in load_targets():
        contract.indicator(each.indicator)
        yield from _first_version(each)
        if each.avenant is not None:
            yield from _revision(each, each.avenant, AVENANT)
        if each.rebased is not None:
            yield from _revision(each, each.rebased, REBASED)


def _first_version(each: FictitiousTarget) -> Iterator[Row]:
    milestones = {f"{year}-12-31": value for year, value in zip(_YEARS, each.milestones, strict=False)}
    yield _row(each, ANNEX, "baseline", "2022-12-31", each.baseline)
    yield from _milestones(each, ANNEX, milestones)
    yield _row(each, ANNEX, "target", _END, each.band or each.target)


def _revision(each: FictitiousTarget, revision: Revision, decision: Decision) -> Iterator[Row]:
    if revision.baseline is not None:
        yield _row(each, decision, "baseline", _REBASED_BASELINE, revision.baseline)
    yield from _milestones(each, decision, revision.milestones)
    yield _row(each, decision, "target", _END, revision.target)


def _milestones(each: FictitiousTarget, decision: Decision, values: Mapping[str, float]) -> Iterator[Row]:
    for due, value in values.items():
        yield _row(each, decision, "milestone", due, value)


def _row(
    each: FictitiousTarget, decision: Decision, kind: str, due: str, goal: float | tuple[float, float] | None
) -> Row:
    return (
        each.indicator,
        kind,
        due,
        "BRU",
        each.operator,
        decision.valid_from,
        *_amounts(goal),
        decision.decided_on,
        decision.reference,
        _BODY,
        decision.reason,
        _COMMENT,
    )


def _amounts(goal: float | tuple[float, float] | None) -> tuple[str, str, str]:
    """Value, low and high."""
    if isinstance(goal, tuple):
        low, high = goal
        return "", plain(low, _DECIMALS), plain(high, _DECIMALS)
    return "" if goal is None else plain(goal, _DECIMALS), "", ""
