"""Rows with defaults, and the production import to bring them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Engine, delete, text, update

from data_access.db.engine import writing
from data_access.db.tables import batch, metadata
from data_access.imports.commit import Batch, commit_import

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBERS = (
    "numerator",
    "denominator",
    "obs_value",
    "value",
    "low",
    "high",
    "progress",
    "budget_run",
    "budget_change",
)
_TOTALS = dict.fromkeys(("sex", "age", "education", "duration", "audience", "operator", "workplace"), "_T")


def observation(**values: Any) -> dict[str, Any]:
    """One row of the observation table: a rate of the Region in 2024."""
    return {
        "indicator": "OS1.01",
        "freq": "A",
        "time_period": "2024",
        "ref_area": "BRU",
        **_TOTALS,
        "numerator": 500.0,
        "denominator": 1000.0,
        "obs_value": 50.0,
        "obs_status": "A",
        "conf_status": "F",
        "source": "register",
        "comment": "",
        **values,
    }


def target(**values: Any) -> dict[str, Any]:
    """One row of the target table."""
    return {
        "indicator": "OS1.01",
        "kind": "target",
        "due": date(2027, 12, 31),
        "ref_area": "BRU",
        "operator": "_T",
        "valid_from": date(2023, 1, 1),
        "value": 60.0,
        "low": None,
        "high": None,
        "decided_on": date(2023, 1, 1),
        "decision_ref": "test",
        "deciding_body": "test",
        "reason": "annex",
        "comment": "",
        **values,
    }


def cohort(**values: Any) -> dict[str, Any]:
    """One row of the cohort table."""
    return {
        "funnel": "F-TEST",
        "cohort": "2024-Q1",
        "stage": "T1",
        "outcome": "next",
        "ref_area": "BRU",
        **_TOTALS,
        "month": "_T",
        "obstacle": "_T",
        "count": 400,
        "window_months": 12,
        "observed_through": date(2025, 12, 31),
        "conf_status": "F",
        "source": "register",
        "comment": "",
        **values,
    }


def remark(**values: Any) -> dict[str, Any]:
    """One row of the remark table: a finding about the total."""
    return {
        "indicator": "OS1.01",
        "kind": "finding",
        "day": date(2026, 11, 9),
        "operator": "_T",
        "rank": 1,
        "due": None,
        "text_fr": "constat",
        "text_nl": "vaststelling",
        "role_fr": "direction",
        "role_nl": "directie",
        **values,
    }


def governance(**values: Any) -> dict[str, Any]:
    """One row of the governance table: the execution report of 2025, transmitted."""
    return {
        "obligation": "GV-05-2025",
        "state": "transmitted",
        "day": date(2026, 6, 11),
        "document_fr": "rapport",
        "document_nl": "verslag",
        "edition": "2026-06",
        "comment": "",
        **values,
    }


def plan(**values: Any) -> dict[str, Any]:
    """One row of the plan: a project of the multi-annual plan."""
    return {
        "action": "P1",
        "level": "project",
        "parent": "",
        "commitments": "OS1-E1",
        "indicators": "OS1.01",
        "title_fr": "projet",
        "title_nl": "project",
        "owner_fr": "direction",
        "owner_nl": "directie",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2026, 12, 31),
        "progress": None,
        "budget_run": None,
        "budget_change": None,
        "year": "_T",
        **values,
    }


def decision(**values: Any) -> dict[str, Any]:
    """One row of the decision table: an open decision about an indicator."""
    return {
        "decision": "D-2026-03-01",
        "kind": "decision",
        "indicator": "OS1.01",
        "operator": "_T",
        "signal": "off_track",
        "status": "off_track",
        "meeting": date(2026, 3, 26),
        "point": "7",
        "text_fr": "décision",
        "text_nl": "beslissing",
        "reason_fr": "",
        "reason_nl": "",
        "role_fr": "direction",
        "role_nl": "directie",
        "due": date(2026, 9, 30),
        "state": "open",
        "closed_on": None,
        **values,
    }


def frame(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Rows as the importer hands them over: empty numbers are NaN."""
    built = pd.DataFrame(list(rows))
    numbers = [n for n in NUMBERS if n in built]
    return built.astype(dict.fromkeys(numbers, "float64"))


def publish(
    engine: Engine,
    *observations: Mapping[str, Any],
    targets: tuple[Mapping[str, Any], ...] = (),
    cohorts: tuple[Mapping[str, Any], ...] = (),
    remarks: tuple[Mapping[str, Any], ...] = (),
    governances: tuple[Mapping[str, Any], ...] = (),
    plans: tuple[Mapping[str, Any], ...] = (),
    decisions: tuple[Mapping[str, Any], ...] = (),
    **about: Any,
) -> Batch:
    """Load rows as one batch."""
    kinds = {
        "observation": observations,
        "target": targets,
        "cohort": cohorts,
        "remark": remarks,
        "governance": governances,
        "plan": plans,
        "decision": decisions,
    }
    known: dict[str, Any] = {
        "file_name": "rows.csv",
        "sha256": "0" * 64,
        "provenance": "official",
        "by": "tester",
        "received_at": NOON,
        "checked_at": NOON,
        "published_at": NOON,
        "report": [],
        "left_out": 0,
        **about,
    }
    return commit_import(engine, {kind: frame(*rows) for kind, rows in kinds.items() if rows}, **known)


def erase(engine: Engine) -> None:
    """Every row of every table goes, and row numbers start again."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            names = ", ".join(metadata.tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
            return
        connection.execute(update(batch).values(withdraws=None))
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
