"""Editions: what was published, defined and judged when the Comité met.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables of their own: nothing published is touched."""
    op.create_table(
        "definition_set",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_definition_set"),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("meeting", sa.Date, nullable=False),
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("definitions", sa.String(64), nullable=False),
        sa.Column("method", sa.String(64), nullable=False),
        sa.Column("results", sa.JSON, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.UniqueConstraint("code", name="uq_edition_code"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_edition_batch_id"),
        sa.ForeignKeyConstraint(["definitions"], ["definition_set.sha256"], name="fk_edition_definitions"),
    )


def downgrade() -> None:
    """Editions go; the history that they read stays."""
    op.drop_table("edition")
    op.drop_table("definition_set")
