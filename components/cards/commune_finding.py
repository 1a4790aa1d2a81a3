"""The finding of a commune's profile in one sentence, and its series by how they stand to the Region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.i18n.translate import Translator
from data_access.services.commune_lines import Line

WAYS = ("better", "worse", "neutral")


@dataclass(frozen=True)
class Standing:
    """The series that can be compared with the rest of the Region, by how they differ from it.

    Attributes:
        better, worse: significantly, the wanted way or the other one.
        neutral: significantly, where no way is wanted.
        same: no significant difference.
    """

    better: tuple[Line, ...]
    worse: tuple[Line, ...]
    neutral: tuple[Line, ...]
    same: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Standing:
        """Sort some lines; those without a gap are left out."""
        found: dict[str, list[Line]] = {way: [] for way in (*WAYS, "same")}
        for line in lines:
            if line.gap is not None:
                way = {True: "better", False: "worse", None: "neutral"}[line.favourable]
                found[way if line.gap.significant else "same"].append(line)
        return cls(**{way: tuple(kept) for way, kept in found.items()})

    @property
    def counts(self) -> dict[str, int]:
        """How many differ in each way; ways without any are left out."""
        return {way: len(getattr(self, way)) for way in WAYS if getattr(self, way)}


def commune_finding(lines: Sequence[Line], t: Translator, *, context: bool = False) -> str:
    """How many series differ from the rest of the Region, which way, and how many do not.

    Args:
        lines: the indicators of the profile.
        t: of the page.
        context: whether the page shows context series; without an indicator the sentence says so.
    """
    if not lines:
        return t("profile.finding.context_only" if context else "profile.finding.nothing")
    standing = Standing.of(lines)
    differing = sum(standing.counts.values())
    compared = differing + len(standing.same)
    if not compared:
        return t("profile.finding.not_compared")
    if not differing:
        return t.plural("profile.finding.none", compared)
    if compared == 1:
        (way,) = standing.counts
        return t("profile.finding.only", way=t(f"profile.way.{way}"))
    others = ""
    if standing.same:
        others = t.plural("profile.finding.others", len(standing.same))
    facts = {"all": compared, "ways": _ways(standing, t), "others": others}
    return t.plural("profile.finding.some", differing, **facts)


def _ways(standing: Standing, t: Translator) -> str:
    """``, dans un sens favorable``, or how many each way."""
    counts = standing.counts
    if len(counts) == 1:
        ((way, n),) = counts.items()
        said = t(f"profile.way.{way}")
        return t.plural("profile.finding.all_ways", n, way=said)
    parts = [t("profile.finding.way", n=n, way=t(f"profile.way.{way}")) for way, n in counts.items()]
    listed = t("profile.finding.and", first=", ".join(parts[:-1]), last=parts[-1])
    return t("profile.finding.ways", ways=listed)
