"""The database: batches, the bitemporal history of seven kinds of rows, and the read table.

A *batch* is one publishing event and its id is the data version: loading a file is one, taking
a batch back is another. A history row is known from version ``first_batch`` on and until
``last_batch`` (exclusive; null while current), so «as of version v» is
``first_batch <= v AND (last_batch IS NULL OR last_batch > v)`` and nothing published is ever
overwritten. ``origin_batch`` is the load whose file delivered the row; ``confirmation`` says which
later loads delivered the same content again, so that taking back the first leaves what they said.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

DIMENSIONS = ("sex", "age", "education", "duration", "audience", "operator", "workplace")
OBSERVATION_KEY = ("indicator", "freq", "time_period", "ref_area", *DIMENSIONS)
TARGET_KEY = ("indicator", "kind", "due", "ref_area", "operator", "valid_from")
COHORT_KEY = ("funnel", "cohort", "stage", "outcome", "ref_area", *DIMENSIONS, "month", "obstacle")
REMARK_KEY = ("indicator", "operator", "kind", "day", "rank")
GOVERNANCE_KEY = ("obligation", "state")
PLAN_KEY = ("action", "year")
DECISION_KEY = ("decision",)

_PEOPLE = ("sex", "age", "education", "duration", "audience", "workplace")
# A series is one run of the primary key: one indicator, area and population, then all its periods. The
# operator comes after the population because pages ask for all operators of an indicator at once.
SERIES_ORDER = ("indicator", "ref_area", *_PEOPLE, "operator", "freq", "time_period")
# A map is one run of the second index: one indicator, period and population, then all its areas.
MAP_ORDER = ("indicator", "time_period", *_PEOPLE, "operator", "ref_area")
# A group of a funnel is one run of the third: its cases whole, by month or by obstacle, then all its cohorts.
GROUP_ORDER = (
    "funnel", "obstacle", "ref_area", *_PEOPLE, "operator", "month", "cohort", "stage", "outcome"
)  # fmt: skip


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware when written and, unlike SQLite's own type, aware when read, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC; a time without a zone is a mistake of the caller."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"an instant needs its time zone: {value!r}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant with its zone, which SQLite does not store."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _code(length: int = 16) -> Any:
    """A code; sorted by bytes on both databases, whatever the locale of the server."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("action", String(10), nullable=False),  # load | withdraw
    Column("withdraws", ForeignKey("batch.id")),  # the batch that a withdrawal takes back
    Column("file_name", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("provenance", String(13), nullable=False),  # published | official | demonstration
    Column("received_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("by", String(100), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("cutoff", Date),  # last day covered by the data known at this version
    Column("provenances", JSON, nullable=False),  # provenance classes among the rows current at this version
    Column("counts", JSON, nullable=False),  # by kind: rows read, new, revised, unchanged, removed
    Column("left_out", Integer, nullable=False),  # rows of the file that were reported and not loaded
    Column("report", JSON, nullable=False),  # the problems found (warnings, left-out rows)
    sqlite_autoincrement=True,
)
Index("ix_batch_sha256", batch.c.sha256)


def _dimensions() -> list[Column[Any]]:
    return [Column(name, _code(), nullable=False) for name in DIMENSIONS]


def _versions() -> list[Column[Any]]:
    return [
        Column("provenance", String(13), nullable=False),
        Column("origin_batch", ForeignKey("batch.id"), nullable=False),
        Column("first_batch", ForeignKey("batch.id"), nullable=False),
        Column("last_batch", ForeignKey("batch.id")),
    ]


def _measures() -> list[Column[Any]]:
    return [
        Column("numerator", Float),
        Column("denominator", Float),
        Column("obs_value", Float),
        Column("obs_status", String(1), nullable=False),
        Column("conf_status", String(1), nullable=False),
        Column("source", Text, nullable=False),
        Column("comment", Text, nullable=False),
    ]


def _observation_key() -> list[Column[Any]]:
    return [
        Column("indicator", _code(), nullable=False),
        Column("freq", _code(1), nullable=False),
        Column("time_period", _code(7), nullable=False),
        Column("ref_area", _code(8), nullable=False),
        *_dimensions(),
    ]


_current = text("last_batch IS NULL")


def _index_key(table: Table, key: tuple[str, ...]) -> None:
    """By key, for matching, restoring and reading as of; no key is current twice."""
    columns = [table.c[name] for name in key]
    Index(f"ix_{table.name}_key", *columns, table.c.first_batch)
    Index(f"uq_{table.name}_current", *columns, unique=True, sqlite_where=_current, postgresql_where=_current)


def _index_history(table: Table, key: tuple[str, ...]) -> None:
    """By key; by version, for what a batch opened and closed."""
    closed = text("last_batch IS NOT NULL")
    _index_key(table, key)
    Index(f"ix_{table.name}_first_batch", table.c.first_batch)
    Index(f"ix_{table.name}_last_batch", table.c.last_batch, sqlite_where=closed, postgresql_where=closed)
    Index(
        f"ix_{table.name}_origin_batch",
        table.c.origin_batch,
        sqlite_where=_current,
        postgresql_where=_current,
    )


observation = Table(
    "observation",
    metadata,
    Column("id", Integer, primary_key=True),
    *_observation_key(),
    *_measures(),
    *_versions(),
)
_index_history(observation, SERIES_ORDER)

# The read table: exactly the current rows of ``observation``, one per key, kept up to date by
# the publishing transaction; every page reads it and none scans history.
_key_columns = {column.name: column for column in _observation_key()}
observation_current = Table(
    "observation_current",
    metadata,
    *(Column(name, _key_columns[name].type, primary_key=True) for name in SERIES_ORDER),
    *_measures(),
    Column("provenance", String(13), nullable=False),
    Column("origin_batch", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_observation_current_map", *(observation_current.c[name] for name in MAP_ORDER))

# Rows hidden so that no other hidden one can be worked out: versioned as the rows are, by publication.
suppressed = Table(
    "suppressed",
    metadata,
    Column("id", Integer, primary_key=True),
    *_observation_key(),
    Column("first_batch", ForeignKey("batch.id"), nullable=False),
    Column("last_batch", ForeignKey("batch.id")),
)
_index_key(suppressed, SERIES_ORDER)

# Under which rule each version was made safe, and what came of it.
protection = Table(
    "protection",
    metadata,
    Column("batch_id", ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("rule", String(64), nullable=False),  # thresholds and definitions in short
    Column("judged", Integer, nullable=False),  # tables that count persons
    Column("unjudged", Integer, nullable=False),  # tables left aside: their counts are no whole numbers
    Column("secondary", Integer, nullable=False),  # rows hidden for the sake of others
)

target = Table(
    "target",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("indicator", _code(), nullable=False),
    Column("kind", _code(9), nullable=False),  # baseline | milestone | target
    Column("due", Date, nullable=False),
    Column("ref_area", _code(8), nullable=False),
    Column("operator", _code(), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("decided_on", Date, nullable=False),
    Column("decision_ref", Text, nullable=False),
    Column("deciding_body", Text, nullable=False),
    Column("reason", String(20), nullable=False),  # annex | avenant | annual_evaluation | budget
    Column("comment", Text, nullable=False),
    *_versions(),
)
_index_history(target, TARGET_KEY)

cohort = Table(
    "cohort",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("funnel", _code(), nullable=False),
    Column("cohort", _code(7), nullable=False),  # entry period
    Column("stage", _code(8), nullable=False),
    Column("outcome", _code(12), nullable=False),  # next | employment | training | other_exit | pending
    Column("ref_area", _code(8), nullable=False),
    *_dimensions(),
    Column("month", _code(2), nullable=False),  # of the exit, since entry: 01 … 60; _T for the whole window
    Column("obstacle", _code(), nullable=False),  # one of several that a case may have; _T for every case
    Column("count", Integer),
    Column("window_months", Integer, nullable=False),
    Column("observed_through", Date, nullable=False),
    Column("conf_status", String(1), nullable=False),
    Column("source", Text, nullable=False),
    Column("comment", Text, nullable=False),
    *_versions(),
)
_index_history(cohort, COHORT_KEY)
Index(
    "ix_cohort_group",
    *(cohort.c[name] for name in GROUP_ORDER),
    sqlite_where=_current,
    postgresql_where=_current,
)

# Counts of a cohort hidden so that no other hidden one can be worked out: one outcome of a stage, the whole
# stage (outcome _T), one obstacle, or the exits of a group (month 01T60); an area is the Region or a side of
# the croissant.
suppressed_cohort = Table(
    "suppressed_cohort",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("funnel", _code(), nullable=False),
    Column("cohort", _code(7), nullable=False),
    Column("stage", _code(8), nullable=False),
    Column("outcome", _code(12), nullable=False),
    Column("ref_area", _code(8), nullable=False),
    *_dimensions(),
    Column("month", _code(5), nullable=False),
    Column("obstacle", _code(), nullable=False),
    Column("first_batch", ForeignKey("batch.id"), nullable=False),
    Column("last_batch", ForeignKey("batch.id")),
)
_index_key(suppressed_cohort, COHORT_KEY)

# What people say about an indicator. Plain text, shown as it stands; an empty one awaits its translation.
remark = Table(
    "remark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("indicator", _code(), nullable=False),
    Column("kind", _code(10), nullable=False),  # finding | cause | action | annotation
    Column("day", Date, nullable=False),  # the day an annotation points at, or a comment was written
    Column("operator", _code(), nullable=False),
    Column("rank", Integer, nullable=False),  # among the remarks of one kind on one day
    Column("due", Date),  # of an action
    Column("text_fr", Text, nullable=False),
    Column("text_nl", Text, nullable=False),
    Column("role_fr", Text, nullable=False),  # a function, never a person
    Column("role_nl", Text, nullable=False),
    *_versions(),
)
_index_history(remark, REMARK_KEY)

# What happened to an obligation of the contract, and when. That one is to come or late is never written down:
# it follows from the dates and the day (``domain/obligation.py``).
governance = Table(
    "governance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation", _code(), nullable=False),
    Column(
        "state", _code(14), nullable=False
    ),  # preparation | transmitted | examined | closed | not_applicable
    Column("day", Date, nullable=False),  # on which it reached that state
    Column("document_fr", Text, nullable=False),
    Column("document_nl", Text, nullable=False),
    Column("edition", _code(7), nullable=False),  # the session whose edition was transmitted; empty for none
    Column("comment", Text, nullable=False),
    *_versions(),
)
_index_history(governance, GOVERNANCE_KEY)

# Projects of the development plan and their actions: in the multi-annual plan, and in the plan of a year.
plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", _code(), nullable=False),
    Column("level", _code(7), nullable=False),  # project | action
    Column("parent", _code(), nullable=False),  # the project of an action; empty for a project
    Column("commitments", Text, nullable=False),  # codes separated by spaces; so are the indicators
    Column("indicators", Text, nullable=False),
    Column("title_fr", Text, nullable=False),
    Column("title_nl", Text, nullable=False),
    Column("owner_fr", Text, nullable=False),  # a function, never a person
    Column("owner_nl", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("progress", Float),  # per cent
    Column("budget_run", Float),  # euro, of what goes on anyhow; null: not known
    Column("budget_change", Float),  # euro, of what is new
    Column("year", _code(4), nullable=False),  # of the annual plan; _T for the multi-annual one
    *_versions(),
)
_index_history(plan, PLAN_KEY)

# What the Comité decided on a signal, and the deviations that it accepts for a time. That a decision is late,
# or an acceptance over, is never written down: it follows from the days (``domain/decision.py``).
decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("decision", _code(), nullable=False),
    Column("kind", _code(9), nullable=False),  # decision | deviation
    Column("indicator", _code(), nullable=False),  # empty for a general decision
    Column("operator", _code(), nullable=False),
    Column("signal", _code(20), nullable=False),  # one of domain/concern.py, or other
    Column("status", _code(14), nullable=False),  # the state that was shown at the meeting; empty: not noted
    Column("meeting", Date, nullable=False),
    Column("point", Text, nullable=False),  # of the agenda
    Column("text_fr", Text, nullable=False),
    Column("text_nl", Text, nullable=False),
    Column("reason_fr", Text, nullable=False),
    Column("reason_nl", Text, nullable=False),
    Column("role_fr", Text, nullable=False),  # who is responsible: a function, never a person
    Column("role_nl", Text, nullable=False),
    Column("due", Date),  # deadline of a decision, last day of an accepted deviation
    Column("state", _code(7), nullable=False),  # open | done | dropped
    Column("closed_on", Date),
    *_versions(),
)
_index_history(decision, DECISION_KEY)

# Later loads whose file held the content of a history row unchanged: no new row is written for them.
confirmation = Table(
    "confirmation",
    metadata,
    Column("kind", String(11), primary_key=True),  # one of those of imports/history.py
    Column("row_id", Integer, primary_key=True, autoincrement=False),
    Column("batch_id", ForeignKey("batch.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# The packs that somebody asked for. Of what was asked alike, at most one is waiting, running or done.
report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("languages", String(5), nullable=False),  # fr | nl | fr+nl
    Column("data_version", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of all that the bytes depend on
    Column("state", String(9), nullable=False),  # waiting | running | done | failed | cancelled
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("asked_by", Text, nullable=False),  # empty: the reader at this machine
    Column("asked_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("machine", Text, nullable=False),  # whose consumer took it up
    Column("file_name", Text),
    Column("bytes", Integer),
    Column("sha256", String(64)),
    Column("error_code", Text),
    Column("error_facts", JSON),
    Column("removed_at", UtcDateTime),  # when the file was, to keep no more than so many
    Column("edition", String(9), nullable=False, server_default=""),  # its code; empty for the data of then
    sqlite_autoincrement=True,
)
_open = text("state IN ('waiting', 'running', 'done') AND removed_at IS NULL")
Index("uq_report_open", report.c.fingerprint, unique=True, sqlite_where=_open, postgresql_where=_open)
Index("ix_report_state", report.c.state)

# The definitions of the contract that an edition was made under: the JSON of ``contract.model.Contract``.
definition_set = Table(
    "definition_set",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", Text, nullable=False),
)

# A meeting's frozen state: a data version, its definitions and what was shown. Rows are never changed.
edition = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(9), nullable=False, unique=True),  # 2026-11, 2026-11-2
    Column("meeting", Date, nullable=False),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("definitions", ForeignKey("definition_set.sha256"), nullable=False),
    Column("method", String(64), nullable=False),
    Column("results", JSON, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
)

# Every table of bitemporal rows, with its key in the order in which its rows are read.
HISTORIES: dict[str, tuple[Table, tuple[str, ...]]] = {
    "observation": (observation, SERIES_ORDER),
    "target": (target, TARGET_KEY),
    "cohort": (cohort, COHORT_KEY),
    "remark": (remark, REMARK_KEY),
    "governance": (governance, GOVERNANCE_KEY),
    "plan": (plan, PLAN_KEY),
    "decision": (decision, DECISION_KEY),
}
