"""What the published tables hide, and whether it can be worked out all the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, func, select

from data_access.cache import cached
from data_access.contract.load import shipped_contract
from data_access.db.reading import reading
from data_access.db.tables import suppressed_cohort
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.protect_cohorts import published_cohorts
from data_access.imports.protect_rows import published_rows
from data_access.imports.suppression import is_hidden_row
from data_access.repositories.versions import is_read, read_observations


@dataclass(frozen=True)
class Exposed:
    """A hidden cell of which too much can be known.

    Attributes:
        indicator: its code, or that of a funnel; ``period`` is then that of entry.
        cell: by the column and the codes of the table.
        low, high: the counts that are still possible.
        totals: the published cells that give it away; none where it was published itself before.
    """

    indicator: str
    period: str
    cell: str
    low: int
    high: int
    totals: tuple[str, ...]


@dataclass(frozen=True)
class Attack:
    """What an attacker finds who kept every version.

    Attributes:
        tables: that were attacked.
        unjudged: tables left aside, whose counts are no whole numbers.
        exposed: the narrowest first within each table.
    """

    tables: int
    unjudged: int
    exposed: tuple[Exposed, ...]


@dataclass(frozen=True)
class Hidden:
    """How much a version hides.

    Attributes:
        rows: of indicators, whatever the reason.
        covers: counts of cohorts, for the sake of others alone.
    """

    rows: int
    covers: int


@cached
def get_hidden(version: int, rule: SmallCellRule) -> Hidden:
    """How much is hidden at a version."""
    del version  # part of the key only
    with reading() as connection:
        table = read_observations(connection)
        hidden = is_hidden_row(table, shipped_contract(), rule)
        rows = connection.scalar(select(func.count()).select_from(table).where(hidden))
        current = is_read(suppressed_cohort, connection)
        covers = connection.scalar(select(func.count()).select_from(suppressed_cohort).where(current))
    return Hidden(rows or 0, covers or 0)


@cached
def get_attack(version: int, rule: SmallCellRule) -> Attack:
    """Attack every table, as it was published in every version; takes seconds."""
    del version  # part of the key only
    with reading() as connection:
        return attack_tables(connection, rule)


def attack_tables(connection: Connection, rule: SmallCellRule) -> Attack:
    """Every hidden cell that what is or was published gives away."""
    from data_access.domain.confidentiality.publication import attack  # scipy's solver: not for readers

    definitions = shipped_contract()
    tables, unjudged, exposed = 0, 0, []
    for table in chain(
        published_rows(connection, rule, definitions), published_cohorts(connection, rule, definitions)
    ):
        if table.vintages is None:
            unjudged += 1
            continue
        tables += 1
        for leak in attack(table.vintages).leaks:
            low, high = leak.interval.low, leak.interval.high
            totals = tuple(table.name(k.key) for k in leak.published) if leak.relations else ()
            exposed.append(Exposed(table.code, table.period, table.name(leak.key.key), low, high, totals))
    return Attack(tables, unjudged, tuple(exposed))
