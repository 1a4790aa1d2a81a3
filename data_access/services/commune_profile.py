"""What is known of one commune: each series beside the Region and, if asked for, beside a second commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.db.reading import reading
from data_access.domain.comparison import Cell
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.breakdown_cells import Cells
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_covers import Place, get_covers, hide_covers, load_areas
from data_access.services.commune_lines import Areas, Line, SeriesKey, make_line
from data_access.services.indicator_rows import (
    REGION,
    TOTAL,
    by_indicator,
)
from data_access.services.series import Record
from data_access.services.sources import LoadedBatch, Source, get_batches

POPULATION = "CTX.POP"
SEXES = ("F", "M")


@dataclass(frozen=True)
class Population:
    """Inhabitants of a commune on 1 January of a year; women and men where they are known."""

    year: int
    total: Cell
    by_sex: Mapping[str, Cell]


@dataclass(frozen=True)
class Profile:
    """One commune at a data version.

    Attributes:
        other: NIS code of the commune beside it; None for none.
        population: by commune shown; none where no figure is known.
        lines: the indicators, in the order of the contract; ``context`` what Actiris does not control.
        sources: of what is not fictitious, with the codes that they feed.
        batches: the loads that delivered what is shown, the newest first.
    """

    nis: str
    other: str | None
    population: Mapping[str, Population]
    context: tuple[Line, ...]
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    batches: tuple[LoadedBatch, ...]
    demonstration: bool


@cached
def get_commune_profile(
    version: int, cutoff: date | None, nis: str, other: str | None, rule: SmallCellRule
) -> Profile:
    """The profile of a commune; two queries, whatever the number of series.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data; decides which cohorts are mature.
        nis: of the commune.
        other: of a second one; None for none.
        rule: small-cell thresholds of the audience.
    """
    shown = (nis, other) if other else (nis,)
    covers = get_covers(version, rule)
    with reading() as connection:
        frame = load_areas(connection, rule, (*shown, REGION))
    series = _by_series(by_indicator(frame), covers)
    lines = [make_line(key, areas, shown, cutoff or date.min, rule) for key, areas in series.items()]
    used = [record for areas in series.values() for record in _used(areas)]
    delivered = {int(r["origin_batch"]) for r in used}
    return Profile(
        nis=nis,
        other=other,
        population=_population(shown, rule),
        context=tuple(line for line in lines if line.code.startswith("CTX.")),
        lines=tuple(line for line in lines if not line.code.startswith("CTX.")),
        sources=_sources(used),
        batches=tuple(b for b in get_batches(version) if b.id in delivered),
        demonstration=any(r["provenance"] == "demonstration" for r in used),
    )


def _by_series(found: Mapping[str, list[Record]], covers: frozenset[Place]) -> dict[SeriesKey, Areas]:
    """What communes have, by indicator and operator, in the order of the contract.

    An indicator of Actiris is shown whole; a shared one as each operator delivers it, as on scorecards.
    """
    series: dict[SeriesKey, Areas] = {}
    for definition in contract().indicators:
        records = hide_covers(found.get(definition.code, []), covers)
        operators = {r["operator"] for r in records if r["ref_area"] != REGION}
        if definition.annex is None and TOTAL in operators:
            operators = {TOTAL}
        for operator in sorted(operators):
            areas = series.setdefault((definition.code, operator), {})
            for record in records:
                if record["operator"] == operator:
                    areas.setdefault(record["ref_area"], []).append(record)
    return series


def _population(shown: tuple[str, ...], rule: SmallCellRule) -> dict[str, Population]:
    """The newest year of each area, from the breakdown by commune and sex; one query."""
    cells = Cells(contract().indicator(POPULATION), AREA, "SEX", rule)
    found = {}
    for area in (*shown, REGION):
        key = TOTAL if area == REGION else area
        periods = [p for p, cell in cells.cells.get((key, TOTAL), {}).items() if cell.available]
        if periods:
            newest = max(periods)
            by_sex = {sex: cells.at((key, sex), newest) for sex in SEXES}
            found[area] = Population(newest.year, cells.at((key, TOTAL), newest), by_sex)
    return found


def _used(areas: Areas) -> list[Record]:
    """The records of the communes, and those of the Region in the same periods."""
    communes = [record for area, records in areas.items() if area != REGION for record in records]
    periods = {record["time_period"] for record in communes}
    return communes + [r for r in areas.get(REGION, []) if r["time_period"] in periods]


def _sources(records: Sequence[Record]) -> tuple[Source, ...]:
    feeds: dict[str, set[str]] = {}
    for record in records:
        if record["provenance"] != "demonstration" and record["source"]:
            feeds.setdefault(record["source"], set()).add(record["indicator"])
    return tuple(Source(text, tuple(sorted(feeds[text]))) for text in sorted(feeds))
