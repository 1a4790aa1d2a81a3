"""Small cells: what may not be shown, because it would speak of a few persons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Availability(StrEnum):
    """Three different things, and zero is none of them."""

    AVAILABLE = "available"
    MISSING = "missing"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class SmallCellRule:
    """Thresholds of an audience (settings); the defaults are the neighbours' habit (Arvastat hides 1-3).

    Attributes:
        min_count: the smallest count of persons shown (counts 1 to ``min_count - 1`` are hidden).
        min_count_sensitive: the same for sensitive indicators and dimension items.
        min_denominator: the smallest denominator under a rate.
        min_group: the smallest group of which nobody, or everybody, may be said to have an attribute.
    """

    min_count: int = 4
    min_count_sensitive: int = 10
    min_denominator: int = 30
    min_group: int = 50


def is_hidden(
    *,
    numerator: float | None,
    denominator: float | None,
    value: float | None,
    conf_status: str,
    persons: bool,
    is_count: bool,
    sensitive: bool,
    rule: SmallCellRule,
) -> bool:
    """Whether a cell may not be shown; ``repositories.disclosure`` says the same in SQL.

    A numerator, its complement or a count of a few persons is hidden, zero is not; so is a rate over too
    small a denominator, and one that tells of a small group what each of its members is.

    Args:
        numerator: None when there is none; so are ``denominator`` and ``value``.
        denominator: of a rate.
        value: the headline value.
        conf_status: C (confidential) and D (secondary) are always hidden.
        persons: numerator and denominator count persons; other counts are never hidden for being small.
        is_count: the value itself is a count of persons.
        sensitive: the stricter threshold applies.
        rule: thresholds of the audience.
    """
    if conf_status in {"C", "D"}:
        return True
    if not persons:
        return False
    smallest = rule.min_count_sensitive if sensitive else rule.min_count
    counts = [numerator, value if is_count else None]
    if numerator is not None and denominator is not None:
        counts.append(denominator - numerator)
    too_few = any(count is not None and 0 < count < smallest for count in counts)
    small_base = denominator is not None and denominator < rule.min_denominator
    return too_few or small_base or is_group_disclosive(numerator, denominator, rule)


def is_group_disclosive(numerator: float | None, denominator: float | None, rule: SmallCellRule) -> bool:
    """Whether a share of 0 % or 100 % tells what each member of a small group is (group disclosure).

    Nobody need be singled out: who is known to belong to the group is known to have the attribute, or not to.
    No count is small then, for zero is none. The larger the group, the less its members know of each other:
    from ``min_group`` on the share is a statistic again. Its default is the one threshold found in use in
    Brussels for a group (IBSA gives nothing for quarters of fewer than 50 jobseekers). It lies above
    ``min_denominator``, under which every share is hidden; where it does not, this rule adds nothing. An
    empty group tells of nobody.

    Source: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 5.

    Args:
        numerator: persons; None when there is none, and so is ``denominator``.
        denominator: of the share, of which the numerator is a part.
        rule: thresholds of the audience.
    """
    if numerator is None or denominator is None:
        return False
    return 0 < denominator < rule.min_group and numerator in {0, denominator}
