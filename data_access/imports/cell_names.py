"""How a refusal, or the report of an attack, names a cell of a published table: by its columns and codes."""

from __future__ import annotations

from data_access.contract.partitions import AXES, TOTAL
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.rows import Measure

COLUMNS = {
    Measure.COUNT: "OBS_VALUE",
    Measure.NUMERATOR: "NUMERATOR",
    Measure.COMPLEMENT: "DENOMINATOR − NUMERATOR",
    Measure.DENOMINATOR: "DENOMINATOR",
}


def name_cell(key: Key) -> str:
    """A cell of an indicator: what is counted, the area, what else is no total."""
    measure, area, *items = key
    return _join(COLUMNS[Measure(measure)], area, *_named(items))


def name_count(key: Key) -> str:
    """A count of a cohort (``cohort_stages``): stage, outcome or obstacle, area, what else is no total."""
    measure, stage, outcome, obstacle, area, *items = key
    without = "≠ " if measure == Measure.COMPLEMENT else ""
    return _join(
        f"STAGE {stage}",
        f"OUTCOME {outcome}" if outcome != TOTAL else "",
        f"OBSTACLE {without}{obstacle}" if obstacle != TOTAL else "",
        area,
        *_named(items),
    )


def name_exits(key: Key) -> str:
    """Exits of some months (``cohort_exits``): which, the months, the area, what else is no total."""
    _, outcome, width, last, area, *items = key
    first = int(last) - int(width) + 1
    months = last if int(width) == 1 else f"{first:02}–{last}"
    return _join(f"OUTCOME {outcome}", f"MONTH {months}", area, *_named(items))


def _join(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _named(items: list[str]) -> list[str]:
    return [f"{name.upper()} {item}" for name, item in zip(AXES[1:], items, strict=True) if item != TOTAL]
