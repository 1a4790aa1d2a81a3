"""What is hidden for the sake of other cells, by version, and under which rule each version was made safe.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = (
    "indicator",
    "ref_area",
    "sex",
    "age",
    "education",
    "duration",
    "audience",
    "workplace",
    "operator",
    "freq",
    "time_period",
)
COLUMNS = (
    "indicator",
    "freq",
    "time_period",
    "ref_area",
    "sex",
    "age",
    "education",
    "duration",
    "audience",
    "operator",
    "workplace",
)
TABLES = ("observation_current", "observation")
LENGTHS = {"freq": 1, "time_period": 7, "ref_area": 8}


def upgrade() -> None:
    """Two tables of their own, empty: the next start judges what is there (``prepare_database``)."""
    op.create_table(
        "suppressed",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_code(name) for name in COLUMNS),
        sa.Column("first_batch", sa.Integer(), nullable=False),
        sa.Column("last_batch", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_suppressed"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_suppressed_{column}")
            for column in ("first_batch", "last_batch")
        ),
    )
    current = sa.text("last_batch IS NULL")
    op.create_index("ix_suppressed_key", "suppressed", [*KEY, "first_batch"])
    op.create_index(
        "uq_suppressed_current",
        "suppressed",
        list(KEY),
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_table(
        "protection",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("judged", "unjudged", "secondary")),
        sa.PrimaryKeyConstraint("batch_id", name="pk_protection"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_protection_batch_id"),
    )


def downgrade() -> None:
    """Both go; the marks in the read table are the producers' again."""
    read, rows = (sa.table(name, *map(sa.column, (*KEY, "conf_status", "last_batch"))) for name in TABLES)
    same = (rows.c[name] == read.c[name] for name in KEY)
    own = sa.select(rows.c.conf_status).where(*same, rows.c.last_batch.is_(None)).scalar_subquery()
    op.execute(read.update().where(read.c.conf_status == "D").values(conf_status=own))
    op.drop_table("protection")
    op.drop_table("suppressed")


def _code(name: str) -> Any:
    length = LENGTHS.get(name, 16)
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
