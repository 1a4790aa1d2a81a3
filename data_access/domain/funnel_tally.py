"""The counts of a funnel's stages from those of their outcomes, so that no hidden one can be worked out.

A stage is the sum of its outcomes and, where it is nested, those whom the stage before passed on. One hidden
outcome of a stage that is known is therefore known too, and so are several that together are a few: then the
smallest other outcome is hidden with them (secondary suppression; methods report §d.6). This closes the sums
within one funnel; sums over groups are another matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.domain.cohort_funnel import Count, Outcome, is_known
from data_access.domain.confidentiality import Availability, SmallCellRule


@dataclass(frozen=True)
class Tally:
    """What is known of a stage.

    Attributes:
        outcomes: all five; an outcome without a row is ``MISSING``, not zero.
        count: of the stage, where the source gives it by itself; None works it out.
        nested: every case was at the stage just before.
        sensitive: the stricter threshold applies.
    """

    code: str
    outcomes: Mapping[Outcome, Count]
    count: Count | None = None
    nested: bool = True
    sensitive: bool = False


def settle_counts(tallies: Sequence[Tally], rule: SmallCellRule) -> tuple[Tally, ...]:
    """The same stages in order, each with its count, and with what must be hidden besides."""
    settled: list[Tally] = []
    for tally in tallies:
        before = settled[-1] if settled and tally.nested else None
        settled.append(replace(tally, count=_count(tally, before)))
    while (closed := _close(settled, rule)) != settled:
        settled = closed
    return tuple(settled)


def _count(tally: Tally, before: Tally | None) -> Count:
    passed = before.outcomes[Outcome.NEXT] if before else None
    if passed is Availability.HIDDEN:
        return Availability.HIDDEN
    if tally.count is not None and is_known(tally.count):
        return tally.count
    if passed is not None and is_known(passed):
        return passed
    counts = list(tally.outcomes.values())
    if Availability.HIDDEN in counts or tally.count is Availability.HIDDEN:
        return Availability.HIDDEN
    return Availability.MISSING if Availability.MISSING in counts else sum(map(int, counts))


def _close(tallies: Sequence[Tally], rule: SmallCellRule) -> list[Tally]:
    """One round: a hidden stage is hidden on both sides, and each stage keeps its hidden outcomes."""
    found: list[Tally] = []
    for tally in tallies:
        before = found[-1] if found and tally.nested else None
        now = tally
        if before is not None and before.outcomes[Outcome.NEXT] is Availability.HIDDEN:
            now = replace(now, count=Availability.HIDDEN)
        now = _keep(now, rule.min_count_sensitive if now.sensitive else rule.min_count)
        if before is not None and now.count is Availability.HIDDEN:
            found[-1] = replace(before, outcomes={**before.outcomes, Outcome.NEXT: Availability.HIDDEN})
        found.append(now)
    return found


def _keep(tally: Tally, smallest: int) -> Tally:
    """Hide outcomes, smallest first and those who went on last, until none can be worked out."""
    while _open(tally, smallest):
        seen = {o: n for o, n in tally.outcomes.items() if is_known(n) and n > 0}
        if not seen:
            return replace(tally, count=Availability.HIDDEN)
        least = min(seen, key=lambda outcome: (outcome is Outcome.NEXT, seen[outcome]))
        tally = replace(tally, outcomes={**tally.outcomes, least: Availability.HIDDEN})
    return tally


def _open(tally: Tally, smallest: int) -> bool:
    """Whether the sum gives something away."""
    counts = list(tally.outcomes.values())
    known = [n for n in counts if is_known(n)]
    if tally.count is Availability.HIDDEN:
        return len(known) == len(counts) and sum(known) > 0
    if Availability.HIDDEN not in counts or Availability.MISSING in counts or tally.count is None:
        return False
    if not is_known(tally.count):
        return False
    return len(counts) - len(known) < 2 or tally.count - sum(known) < smallest
