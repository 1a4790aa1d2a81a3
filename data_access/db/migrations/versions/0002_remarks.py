"""The table of remarks: what people say about an indicator, in both languages.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = ("indicator", "operator", "kind", "day", "rank")


def upgrade() -> None:
    """Create the table and its indexes; nothing else changes."""
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        _code("indicator", 16),
        _code("kind", 10),
        sa.Column("day", sa.Date(), nullable=False),
        _code("operator", 16),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date()),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("text_fr", "text_nl", "role_fr", "role_nl")
        ),
        sa.Column("provenance", sa.String(13), nullable=False),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("first_batch", sa.Integer(), nullable=False),
        sa.Column("last_batch", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_remark_{column}")
            for column in ("origin_batch", "first_batch", "last_batch")
        ),
    )
    current, closed = sa.text("last_batch IS NULL"), sa.text("last_batch IS NOT NULL")
    op.create_index("ix_remark_key", "remark", [*KEY, "first_batch"])
    op.create_index("ix_remark_first_batch", "remark", ["first_batch"])
    _partial("uq_remark_current", KEY, current, unique=True)
    _partial("ix_remark_last_batch", ("last_batch",), closed)
    _partial("ix_remark_origin_batch", ("origin_batch",), current)


def _partial(name: str, columns: tuple[str, ...], where: Any, *, unique: bool = False) -> None:
    op.create_index(name, "remark", list(columns), unique=unique, sqlite_where=where, postgresql_where=where)


def _code(name: str, length: int) -> Any:
    by_bytes = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, by_bytes, nullable=False)
