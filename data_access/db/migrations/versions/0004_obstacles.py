"""Obstacles in the table of cohorts; every row of before counts all the cases of its stage.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DIMENSIONS = ("sex", "age", "education", "duration", "audience", "operator", "workplace")
KEY = ("funnel", "cohort", "stage", "outcome", "ref_area", *DIMENSIONS, "month", "obstacle")
PEOPLE = ("sex", "age", "education", "duration", "audience", "workplace")
GROUP = ("funnel", "obstacle", "ref_area", *PEOPLE, "operator", "month", "cohort", "stage", "outcome")
LENGTHS = {"cohort": 7, "stage": 8, "outcome": 12, "ref_area": 8, "month": 2}
CONTENT = ("count", "window_months", "observed_through", "conf_status", "source", "comment")
VERSIONS = ("provenance", "origin_batch", "first_batch", "last_batch")


def upgrade() -> None:
    """Put the rows aside, make the table again with its column in place, and bring them back.

    A column that ALTER TABLE adds stands last and keeps a default: another table than a new database has.
    The ids stay, because confirmations name them.
    """
    kept = ", ".join(f'"{name}"' for name in ("id", *KEY[:-1], *CONTENT, *VERSIONS))
    op.execute("CREATE TEMPORARY TABLE cohort_before AS SELECT * FROM cohort")
    op.drop_table("cohort")
    _create()
    op.execute(f"INSERT INTO cohort ({kept}, obstacle) SELECT {kept}, '_T' FROM cohort_before")  # noqa: S608
    op.execute("DROP TABLE cohort_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval('cohort_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM cohort), false)")
    _index()


def _create() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_code(name, LENGTHS.get(name, 16)) for name in KEY),
        sa.Column("count", sa.Integer()),
        sa.Column("window_months", sa.Integer(), nullable=False),
        sa.Column("observed_through", sa.Date(), nullable=False),
        sa.Column("conf_status", sa.String(1), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(13), nullable=False),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("first_batch", sa.Integer(), nullable=False),
        sa.Column("last_batch", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_cohort_{column}")
            for column in ("origin_batch", "first_batch", "last_batch")
        ),
    )


def _index() -> None:
    current, closed = sa.text("last_batch IS NULL"), sa.text("last_batch IS NOT NULL")
    op.create_index("ix_cohort_key", "cohort", [*KEY, "first_batch"])
    op.create_index("ix_cohort_first_batch", "cohort", ["first_batch"])
    _partial("uq_cohort_current", KEY, current, unique=True)
    _partial("ix_cohort_group", GROUP, current)
    _partial("ix_cohort_last_batch", ("last_batch",), closed)
    _partial("ix_cohort_origin_batch", ("origin_batch",), current)


def _partial(name: str, columns: tuple[str, ...], where: Any, *, unique: bool = False) -> None:
    op.create_index(name, "cohort", list(columns), unique=unique, sqlite_where=where, postgresql_where=where)


def _code(name: str, length: int) -> Any:
    by_bytes = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, by_bytes, nullable=False)
