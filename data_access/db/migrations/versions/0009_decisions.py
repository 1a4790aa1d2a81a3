"""The table of decisions and accepted deviations.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXTS = ("text_fr", "text_nl", "reason_fr", "reason_nl", "role_fr", "role_nl")


def upgrade() -> None:
    """Create the table and its indexes; nothing else changes."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        _code("decision", 16),
        _code("kind", 9),
        _code("indicator", 16),
        _code("operator", 16),
        _code("signal", 20),
        _code("status", 14),
        sa.Column("meeting", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("point", *TEXTS)),
        sa.Column("due", sa.Date()),
        _code("state", 7),
        sa.Column("closed_on", sa.Date()),
        sa.Column("provenance", sa.String(13), nullable=False),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("first_batch", sa.Integer(), nullable=False),
        sa.Column("last_batch", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_decision_{column}")
            for column in ("origin_batch", "first_batch", "last_batch")
        ),
    )
    current, closed = sa.text("last_batch IS NULL"), sa.text("last_batch IS NOT NULL")
    op.create_index("ix_decision_key", "decision", ["decision", "first_batch"])
    op.create_index("ix_decision_first_batch", "decision", ["first_batch"])
    _partial("uq_decision_current", "decision", current, unique=True)
    _partial("ix_decision_last_batch", "last_batch", closed)
    _partial("ix_decision_origin_batch", "origin_batch", current)


def downgrade() -> None:
    """The table goes, with all that was decided in it."""
    op.drop_table("decision")


def _partial(name: str, column: str, where: Any, *, unique: bool = False) -> None:
    op.create_index(name, "decision", [column], unique=unique, sqlite_where=where, postgresql_where=where)


def _code(name: str, length: int) -> Any:
    by_bytes = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, by_bytes, nullable=False)
