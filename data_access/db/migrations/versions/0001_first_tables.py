"""The first tables: batches, histories of observations, targets and cohorts, confirmations, the read table.

A migration says what was true on its day: it repeats the columns instead of importing ``tables.py``.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PEOPLE = ("sex", "age", "education", "duration", "audience", "workplace")
DIMENSIONS = ("sex", "age", "education", "duration", "audience", "operator", "workplace")
SERIES = ("indicator", "ref_area", *PEOPLE, "operator", "freq", "time_period")
TARGET = ("indicator", "kind", "due", "ref_area", "operator", "valid_from")
COHORT = ("funnel", "cohort", "stage", "outcome", "ref_area", *DIMENSIONS)
LENGTHS = {"freq": 1, "time_period": 7, "ref_area": 8}


def upgrade() -> None:
    """Create everything."""
    _create_batch()
    _create_observation()
    _create_target()
    _create_cohort()
    op.create_table(
        "confirmation",
        _text("kind", 11),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        _batch("batch_id", nullable=False),
        sa.PrimaryKeyConstraint("kind", "row_id", "batch_id", name="pk_confirmation"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_confirmation_batch_id"),
        sqlite_with_rowid=False,
    )


def _create_batch() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        _text("action", 10),
        _batch("withdraws", nullable=True),
        _text("file_name", 255),
        _text("sha256", 64),
        _text("provenance", 13),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        _text("by", 100),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("cutoff", sa.Date()),
        sa.Column("provenances", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.ForeignKeyConstraint(["withdraws"], ["batch.id"], name="fk_batch_withdraws"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_batch_sha256", "batch", ["sha256"])


def _create_observation() -> None:
    key = ("indicator", "freq", "time_period", "ref_area", *DIMENSIONS)
    _create_history("observation", [_code(name, LENGTHS.get(name, 16)) for name in key], _measures(), SERIES)
    op.create_table(
        "observation_current",
        *(_code(name, LENGTHS.get(name, 16)) for name in SERIES),
        *_measures(),
        _text("provenance", 13),
        _batch("origin_batch", nullable=False),
        sa.PrimaryKeyConstraint(*SERIES, name="pk_observation_current"),
        sqlite_with_rowid=False,
    )
    by_map = ["indicator", "time_period", *PEOPLE, "operator", "ref_area"]
    op.create_index("ix_observation_current_map", "observation_current", by_map)


def _create_target() -> None:
    key = [
        _code("indicator", 16),
        _code("kind", 9),
        sa.Column("due", sa.Date(), nullable=False),
        _code("ref_area", 8),
        _code("operator", 16),
        sa.Column("valid_from", sa.Date(), nullable=False),
    ]
    content = [
        sa.Column("value", sa.Float()),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_ref", sa.Text(), nullable=False),
        sa.Column("deciding_body", sa.Text(), nullable=False),
        _text("reason", 20),
        sa.Column("comment", sa.Text(), nullable=False),
    ]
    _create_history("target", key, content, TARGET)


def _create_cohort() -> None:
    lengths = {"cohort": 7, "stage": 8, "outcome": 12, "ref_area": 8}
    content = [
        sa.Column("count", sa.Integer()),
        sa.Column("window_months", sa.Integer(), nullable=False),
        sa.Column("observed_through", sa.Date(), nullable=False),
        _text("conf_status", 1),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
    ]
    _create_history("cohort", [_code(name, lengths.get(name, 16)) for name in COHORT], content, COHORT)


def _create_history(name: str, key: list[Any], content: list[Any], order: tuple[str, ...]) -> None:
    """A bitemporal table and its indexes."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *key,
        *content,
        _text("provenance", 13),
        _batch("origin_batch", nullable=False),
        _batch("first_batch", nullable=False),
        _batch("last_batch", nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(
            sa.ForeignKeyConstraint([column], ["batch.id"], name=f"fk_{name}_{column}")
            for column in ("origin_batch", "first_batch", "last_batch")
        ),
    )
    current, closed = sa.text("last_batch IS NULL"), sa.text("last_batch IS NOT NULL")
    op.create_index(f"ix_{name}_key", name, [*order, "first_batch"])
    op.create_index(f"ix_{name}_first_batch", name, ["first_batch"])
    _partial(f"uq_{name}_current", name, order, current, unique=True)
    _partial(f"ix_{name}_last_batch", name, ("last_batch",), closed)
    _partial(f"ix_{name}_origin_batch", name, ("origin_batch",), current)


def _partial(name: str, table: str, columns: tuple[str, ...], where: Any, *, unique: bool = False) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=where, postgresql_where=where)


def _measures() -> list[Any]:
    return [
        sa.Column("numerator", sa.Float()),
        sa.Column("denominator", sa.Float()),
        sa.Column("obs_value", sa.Float()),
        _text("obs_status", 1),
        _text("conf_status", 1),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
    ]


def _code(name: str, length: int) -> Any:
    by_bytes = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, by_bytes, nullable=False)


def _text(name: str, length: int) -> Any:
    return sa.Column(name, sa.String(length), nullable=False)


def _batch(name: str, *, nullable: bool) -> Any:
    return sa.Column(name, sa.Integer(), nullable=nullable)
