"""The packs that somebody asked for, and how far each has come.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("state IN ('waiting', 'running', 'done')")


def upgrade() -> None:
    """A table of its own: nothing published is touched."""
    op.create_table(
        "report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("languages", sa.String(5), nullable=False),
        sa.Column("data_version", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT),
        sa.Column("finished_at", INSTANT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("machine", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text),
        sa.Column("bytes", sa.Integer),
        sa.Column("sha256", sa.String(64)),
        sa.Column("error_code", sa.Text),
        sa.Column("error_facts", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_report_open", "report", ["fingerprint"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_report_state", "report", ["state"])


def downgrade() -> None:
    """The list of packs goes; their files stay where they are."""
    op.drop_table("report")
