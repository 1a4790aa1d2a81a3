"""Keys of what is hidden for the sake of others, versioned as rows are: read with their spans, written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from data_access.domain.confidentiality.spans import Span

Key = tuple[str, ...]
Spans = Mapping[Key, tuple[Span, ...]]


def load_spans(
    connection: Connection,
    table: Table,
    outer: Sequence[str],
    inner: Sequence[str],
    *where: ColumnElement[bool],
) -> Mapping[Key, Spans]:
    """In which versions something was hidden, by two keys one within the other; one query.

    Args:
        connection: to read with.
        table: ``suppressed`` or ``suppressed_cohort``.
        outer: columns that say in which table.
        inner: columns that say what of it.
        where: which tables.
    """
    columns = (table.c[name] for name in (*outer, *inner, "first_batch", "last_batch"))
    found: dict[Key, dict[Key, tuple[Span, ...]]] = {}
    for *key, first, last in connection.execute(select(*columns).where(*where)):
        at = found.setdefault(tuple(key[: len(outer)]), {})
        what = tuple(key[len(outer) :])
        at[what] = (*at.get(what, ()), Span(first, last))
    return found


def write_keys(
    connection: Connection,
    table: Table,
    number: int,
    at: Mapping[str, str],
    inner: Sequence[str],
    hidden: Collection[Key],
) -> bool:
    """Hide these of a table as of a batch, and no longer those of before.

    Args:
        connection: of the publishing transaction.
        table: ``suppressed`` or ``suppressed_cohort``.
        number: of the batch.
        at: code by column: in which table.
        inner: columns that say what of it, in the order of the keys.
        hidden: keys.

    Returns:
        Whether anything was hidden, or is now.
    """
    current = (*(table.c[name] == code for name, code in at.items()), table.c.last_batch.is_(None))
    query = select(table.c.id, *(table.c[name] for name in inner)).where(*current)
    before = {tuple(key): identity for identity, *key in connection.execute(query)}
    lifted = [identity for key, identity in before.items() if key not in hidden]
    if lifted:
        connection.execute(update(table).where(table.c.id.in_(lifted)).values(last_batch=number))
    opened = [
        {**at, **dict(zip(inner, key, strict=True)), "first_batch": number}
        for key in sorted(hidden)
        if key not in before
    ]
    if opened:
        connection.execute(insert(table), opened)
    return bool(before or opened)
