"""A table of rows in every version since the first: as the attacker kept them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data_access.domain.confidentiality.cells import ConfStatus, Vintage
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Key, Partition, make_table
from data_access.domain.confidentiality.rows import Published, make_cells
from data_access.domain.confidentiality.spans import find_versions


def make_vintages(
    rows: Sequence[Published], partitions: Sequence[Partition], rule: SmallCellRule, *, anew: bool
) -> list[Vintage[Key]]:
    """A table as it was published in every version in which something of it changed, the oldest first.

    Args:
        rows: of one table, in every version; no two with the same items in one version.
        partitions: of its dimensions; position 0 of a key is the measure.
        rule: thresholds of the audience.
        anew: the newest without its ``covers``, to be judged.

    Raises:
        ValueError: a count is no whole number (``make_cells``).
    """
    versions = find_versions(span for row in rows for span in (row.known, *row.covers))
    return [
        _vintage(rows, version, partitions, rule, covered=not (anew and version == versions[-1]))
        for version in versions
    ]


def _vintage(
    rows: Sequence[Published],
    version: int,
    partitions: Sequence[Partition],
    rule: SmallCellRule,
    *,
    covered: bool,
) -> Vintage[Key]:
    known = [row for row in rows if row.known.holds(version)]
    hidden = {row.row.items for row in known if covered and any(span.holds(version) for span in row.covers)}
    cells, extra = make_cells((row.row for row in known), rule)
    marked = {
        key: replace(cell, status=ConfStatus.SECONDARY)
        if key[1:] in hidden and cell.status is ConfStatus.FREE
        else cell
        for key, cell in cells.items()
    }
    return Vintage(make_table(marked, partitions, extra))
