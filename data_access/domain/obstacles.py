"""How many of those whose obstacles were recorded have each of them; a person may have several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from data_access.domain.cohort_funnel import Count, is_known
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.funnel_flow import NoRate, Rate, rate_of
from data_access.domain.interval import difference_interval

NONE, OTHER = "NONE", "OTHER"  # the item of those without any obstacle, and of what the list does not name


@dataclass(frozen=True)
class ObstacleShare:
    """Persons with one obstacle, and their share of all whose obstacles were recorded."""

    obstacle: str
    count: Count
    rate: Rate | NoRate


def share_of(
    obstacle: str, count: Count, cases: Count, rule: SmallCellRule, *, sensitive: bool
) -> ObstacleShare:
    """The share of one obstacle, or why there is none.

    Args:
        count: persons with it; those hidden in SQL stay hidden.
        cases: all persons whose obstacles were recorded.
        rule: few persons, few without the obstacle and few in all give no rate.
        sensitive: the obstacle or the group is under the stricter threshold.
    """
    rate = rate_of(count, cases, rule, sensitive=sensitive)
    return ObstacleShare(obstacle, Availability.HIDDEN if rate is NoRate.HIDDEN else count, rate)


def protect(parts: Mapping[str, Count], total: Count, smallest: int) -> dict[str, Count]:
    """Hide further parts, the smallest first, until the total less those shown tells of no few persons.

    Args:
        parts: persons with an obstacle by group of a partition.
        total: of all groups.
        smallest: the smallest count shown.

    Returns:
        The parts; where one alone was hidden another is too, and those hidden together are no few.
    """
    found = dict(parts)
    while _tells(found, total, smallest):
        seen = {group: count for group, count in found.items() if is_known(count) and count > 0}
        if not seen:
            break
        found[min(seen, key=lambda group: seen[group])] = Availability.HIDDEN
    return found


def _tells(parts: Mapping[str, Count], total: Count, smallest: int) -> bool:
    known = [count for count in parts.values() if is_known(count)]
    if not is_known(total):  # hidden: the sum of parts that are all shown would be it
        return total is Availability.HIDDEN and len(known) == len(parts) and sum(known) > 0
    hidden = [count for count in parts.values() if count is Availability.HIDDEN]
    return bool(hidden) and (len(hidden) < 2 or total - sum(known) < smallest)


def in_order(shares: Iterable[ObstacleShare]) -> tuple[ObstacleShare, ...]:
    """The most frequent first, those without a share next; what is not named and no obstacle end the list."""

    def place(share: ObstacleShare) -> tuple[int, float]:
        rank = {OTHER: 1, NONE: 2}.get(share.obstacle, 0)
        return rank, -share.rate.share if isinstance(share.rate, Rate) else inf

    return tuple(sorted(shares, key=place))


def answers_per_person(shares: Iterable[ObstacleShare], cases: Count) -> float | None:
    """Obstacles to a person of all; None where a count is not shown, which the sum would give away."""
    counts = [share.count for share in shares if share.obstacle != NONE]
    known = [count for count in counts if is_known(count)]
    if not is_known(cases) or cases == 0 or len(known) < len(counts):
        return None
    return sum(known) / cases


def gap_of(a: ObstacleShare, b: ObstacleShare) -> Gap | NotComparable:
    """The share of a group less that of another, with its interval (Newcombe), or why they do not compare."""
    for share in (a, b):
        if isinstance(share.rate, NoRate):
            return NotComparable(share.rate.value)
    assert isinstance(a.rate, Rate), "refused above"
    assert isinstance(b.rate, Rate), "refused above"
    limits = difference_interval(a.rate.numerator, a.rate.denominator, b.rate.numerator, b.rate.denominator)
    return Gap(a.rate.share - b.rate.share, *limits)
