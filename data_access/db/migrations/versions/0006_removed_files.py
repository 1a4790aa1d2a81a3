"""When the file of a pack was removed (the row stays, and the pack may be asked for again); its edition.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = "state IN ('waiting', 'running', 'done')"
KEPT = f"{OPEN} AND removed_at IS NULL"


def upgrade() -> None:
    """Every file of before is still there, and of the data of its day: nothing is filled in."""
    edition = sa.Column("edition", sa.String(9), nullable=False, server_default="")
    _make_again(KEPT, sa.Column("removed_at", INSTANT), edition)


def downgrade() -> None:
    """Of packs whose file is gone, the rows go with the column: they would stand for a file."""
    op.execute("DELETE FROM report WHERE removed_at IS NOT NULL")
    _make_again(OPEN)


def _make_again(condition: str, *more: sa.Column[Any]) -> None:
    """Put the rows aside, make the table again with its columns in place, and bring them back.

    A column that ALTER TABLE adds stands behind the constraints: another table than a new database has.
    """
    columns = _columns()
    kept = ", ".join(f'"{column.name}"' for column in columns)
    op.execute(f"CREATE TEMPORARY TABLE report_before AS SELECT {kept} FROM report")  # noqa: S608
    op.drop_table("report")
    op.create_table(
        "report", *columns, *more, sa.PrimaryKeyConstraint("id", name="pk_report"), sqlite_autoincrement=True
    )
    op.execute(f"INSERT INTO report ({kept}) SELECT {kept} FROM report_before")  # noqa: S608
    op.execute("DROP TABLE report_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval('report_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM report), false)")
    where = sa.text(condition)
    op.create_index(
        "uq_report_open", "report", ["fingerprint"], unique=True, sqlite_where=where, postgresql_where=where
    )
    op.create_index("ix_report_state", "report", ["state"])


def _columns() -> list[sa.Column[object]]:
    return [
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
    ]
