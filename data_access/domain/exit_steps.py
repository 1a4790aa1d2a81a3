"""How wide the steps are in which the exits of a cohort are told: months, quarters, half years or years."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from data_access.domain.cohort_funnel import Outcome

Group = TypeVar("Group")

EXITS = (Outcome.EMPLOYMENT, Outcome.TRAINING, Outcome.OTHER_EXIT)
STEPS = (1, 3, 6, 12)  # months added up into one count; each holds the one before whole
MONTHS = 60  # longest follow-up


def choose_steps(hidden: Mapping[Group, Collection[int]]) -> dict[Group, int]:
    """The step of each group of one dimension: one for all, and the narrowest that speaks of no few persons.

    Were one group told by month and another by quarter, everybody less the one would tell the other by month.
    One step also serves all months of a cohort, so that no two widths tell a month by their difference.

    Args:
        hidden: by group, those of ``STEPS`` at which some count would have to be hidden.

    Returns:
        The step by group; 0 where even a year holds too few people: that curve is hidden and widens no other.
    """
    narrowest = {group: next((s for s in STEPS if s not in steps), 0) for group, steps in hidden.items()}
    common = max(narrowest.values(), default=0)
    return {group: common if step else 0 for group, step in narrowest.items()}
