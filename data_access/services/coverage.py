"""Which indicators and which actions of the plan serve each commitment of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Commitment
from data_access.domain.plan import Gap, gap_of
from data_access.services.plan import PlanEntry, get_plans


@dataclass(frozen=True)
class Covered:
    """One commitment (the halves of a compound one are two) and what serves it.

    Attributes:
        objective: code of its objective.
        whole: the compound commitment that it is a half of; None for the others.
        indicators: codes, in the order of the contract.
        actions: of any plan, by code; of a project without actions, the project itself.
        gap: what it lacks.
    """

    objective: str
    commitment: Commitment
    whole: Commitment | None
    indicators: tuple[str, ...]
    actions: tuple[PlanEntry, ...]
    gap: Gap


@dataclass(frozen=True)
class Coverage:
    """Every commitment, the widest gap first, then in the order of the contract.

    Attributes:
        planned: whether any plan was delivered.
        demonstration: whether an action shown is fictitious.
    """

    lines: tuple[Covered, ...]
    planned: bool
    demonstration: bool

    def of(self, gap: Gap) -> tuple[Covered, ...]:
        """The commitments that lack this, and only this."""
        return tuple(line for line in self.lines if line.gap is gap)


@cached
def get_coverage(version: int) -> Coverage:
    """The coverage at a data version."""
    actions = _actions(version)
    lines = [
        _covered(objective.code, leaf, objective.commitments, actions)
        for objective in contract().objectives
        for leaf in objective.leaves
    ]
    order = list(Gap)
    lines.sort(key=lambda line: order.index(line.gap))  # stable: the order of the contract within
    shown = [action for line in lines for action in line.actions]
    return Coverage(tuple(lines), bool(actions), any(action.demonstration for action in shown))


def _actions(version: int) -> Mapping[str, PlanEntry]:
    """Every action once, by code: as the multi-annual plan says it where both do."""
    found: dict[str, PlanEntry] = {}
    for plan in get_plans(version):
        for project in plan.projects:
            for entry in project.actions or (project.entry,):
                found.setdefault(entry.code, entry)
    return dict(sorted(found.items()))


def _covered(
    objective: str, leaf: Commitment, every: tuple[Commitment, ...], actions: Mapping[str, PlanEntry]
) -> Covered:
    indicators = tuple(i.code for i in contract().indicators if leaf.code in i.commitments)
    served = {leaf.code, leaf.parent}
    own = tuple(action for action in actions.values() if served & set(action.commitments))
    return Covered(
        objective=objective,
        commitment=leaf,
        whole=next((c for c in every if c.code == leaf.parent), None),
        indicators=indicators,
        actions=own,
        gap=gap_of(len(indicators), len(own)),
    )
