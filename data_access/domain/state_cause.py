"""What alone makes a state another one: the new value, the new target, or only the two together.

Asked of the rule itself: the new value is judged under the old target, and the old value under the new one.
Whichever of the two gives the new state is enough for it; where neither does, both were needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

State = tuple[str, str]
"""The code of a state, and of the reason where there is none."""


class StateCause(StrEnum):
    """What made the state another one."""

    VALUE = "value"  # alone; the new target by itself would not have
    TARGET = "target"  # alone; the new value by itself would not have
    EACH = "each"  # either of them would have been enough
    TOGETHER = "together"  # neither of them would have been enough


@dataclass(frozen=True)
class Counterfactuals:
    """The states of one series by one set of rules.

    Attributes:
        before: old value, old target; ``after`` new value, new target.
        value: new value, old target.
        target: old value, new target.
    """

    before: State
    after: State
    value: State
    target: State


def find_state_cause(found: Counterfactuals) -> StateCause | None:
    """What alone gives the new state; None where the state is the same."""
    if found.before == found.after:
        return None
    by_value, by_target = found.value == found.after, found.target == found.after
    if by_value and by_target:
        return StateCause.EACH
    if by_value or by_target:
        return StateCause.VALUE if by_value else StateCause.TARGET
    return StateCause.TOGETHER
