"""The seven kinds of files: their columns, and writing rows so that the same rows are the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

OBSERVATION_COLUMNS = (
    "INDICATOR",
    "FREQ",
    "TIME_PERIOD",
    "REF_AREA",
    "SEX",
    "AGE",
    "EDUCATION",
    "DURATION",
    "AUDIENCE",
    "OPERATOR",
    "WORKPLACE",
    "NUMERATOR",
    "DENOMINATOR",
    "OBS_VALUE",
    "OBS_STATUS",
    "CONF_STATUS",
    "SOURCE",
    "COMMENT",
)
OBSERVATION_KEY = OBSERVATION_COLUMNS[:11]
TARGET_COLUMNS = (
    "INDICATOR",
    "KIND",
    "DUE",
    "REF_AREA",
    "OPERATOR",
    "VALID_FROM",
    "VALUE",
    "LOW",
    "HIGH",
    "DECIDED_ON",
    "DECISION_REF",
    "DECIDING_BODY",
    "REASON",
    "COMMENT",
)
COHORT_COLUMNS = (
    "FUNNEL",
    "COHORT",
    "STAGE",
    "OUTCOME",
    "REF_AREA",
    "SEX",
    "AGE",
    "EDUCATION",
    "DURATION",
    "AUDIENCE",
    "OPERATOR",
    "WORKPLACE",
    "MONTH",
    "OBSTACLE",
    "COUNT",
    "WINDOW_MONTHS",
    "OBSERVED_THROUGH",
    "CONF_STATUS",
    "SOURCE",
    "COMMENT",
)
REMARK_COLUMNS = (
    "INDICATOR",
    "KIND",
    "DAY",
    "OPERATOR",
    "RANK",
    "DUE",
    "TEXT_FR",
    "TEXT_NL",
    "ROLE_FR",
    "ROLE_NL",
)
GOVERNANCE_COLUMNS = ("OBLIGATION", "STATE", "DAY", "DOCUMENT_FR", "DOCUMENT_NL", "EDITION", "COMMENT")
PLAN_COLUMNS = (
    "ACTION",
    "LEVEL",
    "PARENT",
    "COMMITMENTS",
    "INDICATORS",
    "TITLE_FR",
    "TITLE_NL",
    "OWNER_FR",
    "OWNER_NL",
    "STARTS_ON",
    "ENDS_ON",
    "PROGRESS",
    "BUDGET_RUN",
    "BUDGET_CHANGE",
    "YEAR",
)
DECISION_COLUMNS = (
    "DECISION",
    "KIND",
    "INDICATOR",
    "OPERATOR",
    "SIGNAL",
    "STATUS",
    "MEETING",
    "POINT",
    "TEXT_FR",
    "TEXT_NL",
    "REASON_FR",
    "REASON_NL",
    "ROLE_FR",
    "ROLE_NL",
    "DUE",
    "STATE",
    "CLOSED_ON",
)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a UTF-8 CSV file with commas and line feeds, whatever the machine's own habits.

    Returns:
        The path.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def plain(value: float, decimals: int) -> str:
    """A number with a decimal point and no trailing zeros: ``61.4``, ``12``, never ``-0``."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
