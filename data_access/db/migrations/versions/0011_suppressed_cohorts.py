"""What is hidden of the cohorts for the sake of other counts, by version.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = (
    "funnel",
    "cohort",
    "stage",
    "outcome",
    "ref_area",
    "sex",
    "age",
    "education",
    "duration",
    "audience",
    "operator",
    "workplace",
    "month",
    "obstacle",
)
LENGTHS = {"cohort": 7, "stage": 8, "outcome": 12, "ref_area": 8, "month": 5}


def upgrade() -> None:
    """A table of its own, empty: the next start judges the cohorts that are there (``prepare_database``)."""
    op.create_table(
        "suppressed_cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_code(name) for name in KEY),
        sa.Column("first_batch", sa.Integer(), nullable=False),
        sa.Column("last_batch", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_suppressed_cohort"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_suppressed_cohort_{column}")
            for column in ("first_batch", "last_batch")
        ),
    )
    current = sa.text("last_batch IS NULL")
    op.create_index("ix_suppressed_cohort_key", "suppressed_cohort", [*KEY, "first_batch"])
    op.create_index(
        "uq_suppressed_cohort_current",
        "suppressed_cohort",
        list(KEY),
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )


def downgrade() -> None:
    """It goes; small counts stay hidden by their size."""
    op.drop_table("suppressed_cohort")


def _code(name: str) -> Any:
    length = LENGTHS.get(name, 16)
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
