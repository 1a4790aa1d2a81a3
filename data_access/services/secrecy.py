"""What the published tables hide, and whether it can be worked out all the same."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data_access.cache import cached
from data_access.contract.load import shipped_contract
from data_access.contract.partitions import make_partitions
from data_access.db.reading import reading
from data_access.db.tables import observation_current
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.protect import cell_name
from data_access.imports.suppression import TableKey, find_guarded, find_touched, is_hidden_row, load_tables


@dataclass(frozen=True)
class Exposed:
    """A hidden cell of which too much can be known.

    Attributes:
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


@cached
def get_secrecy(version: int, rule: SmallCellRule) -> tuple[int, int]:
    """How many current rows are hidden, and how many tables hide one or did."""
    del version  # part of the key only
    with reading() as connection:
        hidden = is_hidden_row(observation_current, shipped_contract(), rule)
        rows = connection.scalar(select(func.count()).select_from(observation_current).where(hidden)) or 0
        return int(rows), len(_guarded(connection, rule))


@cached
def get_attack(version: int, rule: SmallCellRule) -> Attack:
    """Attack every table that hides a cell, as published in every version; takes seconds."""
    del version  # part of the key only
    with reading() as connection:
        return attack_tables(connection, rule)


def attack_tables(connection: Connection, rule: SmallCellRule) -> Attack:
    """Every hidden cell that what is or was published gives away."""
    from data_access.domain.confidentiality.publication import attack  # scipy's solver: not for readers

    partitions = make_partitions(shipped_contract())
    tables, unjudged, exposed = 0, 0, []
    for key, rows in load_tables(connection, _guarded(connection, rule), shipped_contract()):
        try:
            found = attack(rows, partitions, rule)
        except ValueError:
            unjudged += 1
            continue
        tables += 1
        for leak in found.leaks:
            low, high = leak.interval.low, leak.interval.high
            totals = tuple(cell_name(k.key) for k in leak.published) if leak.relations else ()
            exposed.append(Exposed(key[0], key[-1], cell_name(leak.key.key), low, high, totals))
    return Attack(tables, unjudged, tuple(exposed))


def _guarded(connection: Connection, rule: SmallCellRule) -> set[TableKey]:
    every = find_touched(connection, None)
    return every & find_guarded(connection, {key[0] for key in every}, shipped_contract(), rule)
