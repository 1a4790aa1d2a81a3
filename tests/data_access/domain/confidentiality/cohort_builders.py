"""A small funnel in the shape of the real ones, and rows of one of its cohorts."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.domain.confidentiality.cohort_rows import CohortRow, FunnelShape, StageShape
from data_access.domain.confidentiality.relations import Partition
from data_access.domain.confidentiality.spans import Span

ALWAYS = Span(1)  # from the first version on
EVERYBODY = ("BRU", "_T", "_T")
WOMEN, MEN = ("BRU", "F", "_T"), ("BRU", "M", "_T")
IN, OUT = ("IN", "_T", "_T"), ("OUT", "_T", "_T")
SHAPE = FunnelShape(
    stages=(
        StageShape("T1", nested=True, within=None, sensitive=False),
        StageShape("T2", nested=True, within=None, sensitive=False),
        StageShape("T3", nested=False, within="T1", sensitive=True),
    ),
    everybody=EVERYBODY,
    sides={"IN": frozenset({"a", "b"}), "OUT": frozenset({"c"})},
    partitions=(Partition(0, "BRU", ("IN", "OUT")), Partition(1, "_T", ("F", "M"))),
    sensitive_items=frozenset({(2, "HANDICAP")}),
    sensitive_obstacles=frozenset({"HEALTH"}),
)
OUTCOMES = ("next", "employment", "training", "other_exit", "pending")
EXITS = OUTCOMES[1:4]


def row(
    outcome: str,
    count: int | None,
    items: tuple[str, ...] = EVERYBODY,
    *,
    stage: str = "T1",
    month: str = "_T",
    obstacle: str = "_T",
    confidential: bool = False,
    known: Span = ALWAYS,
) -> CohortRow:
    return CohortRow(stage, outcome, month, obstacle, items, count, confidential, known)


def stage(
    code: str, counts: Iterable[int], items: tuple[str, ...] = EVERYBODY, obstacle: str = "_T"
) -> list[CohortRow]:
    """The five outcomes of a stage, in the order of ``OUTCOMES``."""
    named = zip(OUTCOMES, counts, strict=True)
    return [row(outcome, count, items, stage=code, obstacle=obstacle) for outcome, count in named]


def curve(
    jobs: Iterable[int | None],
    items: tuple[str, ...] = EVERYBODY,
    *,
    known: Span = ALWAYS,
) -> list[CohortRow]:
    """Exits to a job month by month; nobody leaves otherwise."""
    return [
        row(exit_, count if exit_ == "employment" else 0, items, month=f"{month:02}", known=known)
        for month, count in enumerate(jobs, start=1)
        for exit_ in EXITS
    ]
