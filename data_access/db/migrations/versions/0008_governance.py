"""The tables of governance and of the development plan.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEYS = {"governance": ("obligation", "state"), "plan": ("action", "year")}


def upgrade() -> None:
    """Create the two tables and their indexes; nothing else changes."""
    _create("governance", _governance())
    _create("plan", _plan())


def downgrade() -> None:
    """Both tables go, with all that was said in them."""
    op.drop_table("plan")
    op.drop_table("governance")


def _governance() -> list[Any]:
    return [
        _code("obligation", 16),
        _code("state", 14),
        sa.Column("day", sa.Date(), nullable=False),
        _text("document_fr"),
        _text("document_nl"),
        _code("edition", 7),
        _text("comment"),
    ]


def _plan() -> list[Any]:
    return [
        _code("action", 16),
        _code("level", 7),
        _code("parent", 16),
        *(_text(name) for name in ("commitments", "indicators")),
        *(_text(name) for name in ("title_fr", "title_nl", "owner_fr", "owner_nl")),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Float()) for name in ("progress", "budget_run", "budget_change")),
        _code("year", 4),
    ]


def _create(table: str, content: list[Any]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *content,
        sa.Column("provenance", sa.String(13), nullable=False),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("first_batch", sa.Integer(), nullable=False),
        sa.Column("last_batch", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_{table}_{column}")
            for column in ("origin_batch", "first_batch", "last_batch")
        ),
    )
    current, closed = sa.text("last_batch IS NULL"), sa.text("last_batch IS NOT NULL")
    op.create_index(f"ix_{table}_key", table, [*KEYS[table], "first_batch"])
    op.create_index(f"ix_{table}_first_batch", table, ["first_batch"])
    _partial(f"uq_{table}_current", table, KEYS[table], current, unique=True)
    _partial(f"ix_{table}_last_batch", table, ("last_batch",), closed)
    _partial(f"ix_{table}_origin_batch", table, ("origin_batch",), current)


def _partial(name: str, table: str, columns: tuple[str, ...], where: Any, *, unique: bool = False) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=where, postgresql_where=where)


def _text(name: str) -> Any:
    return sa.Column(name, sa.Text(), nullable=False)


def _code(name: str, length: int) -> Any:
    by_bytes = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, by_bytes, nullable=False)
