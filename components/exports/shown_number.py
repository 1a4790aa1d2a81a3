"""The number that some words of the screen write, and what stands behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from components.exports.exhibit import Kind
from components.i18n import formats
from data_access.contract.model import Unit

GROUPS = {"fr": "\u202f\u00a0 ", "nl": ". "}  # between thousands
DECIMAL = ","  # in both languages
MARKS = {"%": Kind.PERCENT, "p.p.": Kind.POINTS, "pp": Kind.POINTS, None: Kind.NUMBER}
UNGROUPED = 3  # digits: a longer number is written in groups; what is not is a year
_NUMBER = re.compile(
    r"^([+−-]?)\s*(\d(?:[\d.,\s\u202f\u00a0]*\d)?)\s*(%|p\.p\.|pp)?(?!\w)\s*(.*)$", re.DOTALL
)
_PAIR = re.compile(r"^(\d[^/]*?)\s+/\s+(\d[^/]*)$")


@dataclass(frozen=True)
class Written:
    """A number as it was written.

    Attributes:
        value: in the unit that stands behind it: 15.3 for 15,3 %.
        decimals: how many the screen shows.
        words: the number with its mark, ``15,3 %``, or with its unit, ``18 jours``.
        rest: what follows: ``(p)``, an interval, whether it is significant, a unit that no column tells.
    """

    value: float
    kind: Kind
    decimals: int
    words: str
    rest: str


def read_number(words: str, language: str) -> Written | None:
    """The number at the beginning of some words; None where they write none, or two (an interval)."""
    words = words.strip()
    found = _NUMBER.match(words)
    if found is None or not _may_follow(found[4], found[3], language):
        return None
    digits = re.sub(f"[{GROUPS[language]}\\s]", "", found[2])
    whole, _, part = digits.partition(DECIMAL)
    if not whole.isdigit() or (part and not part.isdigit()):
        return None
    if len(whole) > UNGROUPED and found[2].startswith(whole):
        return None
    sign = -1.0 if found[1] in {formats.MINUS, "-"} else 1.0
    shown = words[: found.start(4)].rstrip()
    if found[4] in _units(language):
        shown = words
    return Written(sign * float(f"{whole}.{part or '0'}"), MARKS[found[3]], len(part), shown, found[4])


def read_pair(words: str) -> tuple[str, str] | None:
    """Numerator and denominator of ``709 / 1 693``, as words; None for anything else."""
    found = _PAIR.match(words.strip())
    return (found[1], found[2]) if found else None


def _may_follow(rest: str, mark: str | None, language: str) -> bool:
    """Behind a number alone, only a remark in brackets or a unit: « 2 mois de retard » is a sentence."""
    if not rest or rest.startswith("(") or rest in _units(language):
        return True
    return mark is not None and rest[0].isalpha()


def _units(language: str) -> set[str]:
    marks = {formats.unit_mark(unit, language).strip() for unit in Unit}
    return marks - {"", *filter(None, MARKS)}
