"""Cohort funnels with defaults: a test writes down only what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from data_access.domain.cohort import Window
from data_access.domain.cohort_funnel import CohortFunnel, Count, Kind, Outcome, Stage, Unit
from data_access.domain.period import Period

VINTAGE = date(2026, 11, 23)


def outcomes(
    going: Count = 0, job: Count = 0, training: Count = 0, other: Count = 0, pending: Count = 0
) -> dict[Outcome, Count]:
    """All five outcomes in the order of the tables."""
    return dict(zip(Outcome, (going, job, training, other, pending), strict=True))


def stage(code: str, count: Count, going: Count, **more: Any) -> Stage:
    """A stage whose others are still waiting."""
    rest: Count = count - going if isinstance(count, int) and isinstance(going, int) else 0
    defaults: dict[str, Any] = {
        "outcomes": outcomes(going, pending=rest),
        "unit": Unit.PERSON,
        "window": Window(12, 0),
    }
    return Stage(code, count, **{**defaults, **more})


def chain(counts: Sequence[int], **more: Any) -> tuple[Stage, ...]:
    """Nested stages X1, X2 … of these sizes."""
    following = [*counts[1:], 0]
    return tuple(
        stage(f"X{n}", count, going, **more)
        for n, (count, going) in enumerate(zip(counts, following, strict=True), 1)
    )


def funnel(stages: Sequence[Stage], **more: Any) -> CohortFunnel:
    """A cohort of 2023 that is mature."""
    known: dict[str, Any] = {
        "code": "F-X",
        "unit": Unit.PERSON,
        "kind": Kind.ENTRY,
        "entry": stages[0].code if stages else "X1",
        "cohort": Period.parse("2023"),
        "window": Window(12, 0),
        "observed_through": date(2026, 10, 31),
        **more,
    }
    return CohortFunnel(stages=tuple(stages), **known)


def absorption(a1: int, a6: int, a7: int, direct: int, passed: int, a9: int) -> CohortFunnel:
    """The shape of F-ABS: A7 is a branch of A6, A8 takes those of A7 and those straight from A6."""
    return funnel(
        [
            stage("A1", a1, a6),
            stage("A6", a6, a7, outcomes=outcomes(a7, direct, pending=a6 - a7 - direct)),
            stage("A7", a7, passed, split=True),
            stage("A8", passed + direct, a9, nested=False, within="A6"),
            stage("A9", a9, 0),
        ]
    )


falling = st.lists(st.integers(0, 5000), min_size=2, max_size=7).map(lambda n: sorted(n, reverse=True))


@st.composite
def true_tables(draw: st.DrawFn) -> list[Mapping[Outcome, int]]:
    """The outcomes of nested stages, all known: each stage holds those whom the one before passed on."""
    tables: list[Mapping[Outcome, int]] = []
    size = draw(st.integers(0, 400))
    length = draw(st.integers(1, 5))
    for position in range(length):
        cuts = sorted(draw(st.lists(st.integers(0, size), min_size=4, max_size=4)))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, size], strict=True)]
        if position == length - 1:
            parts = [0, parts[0] + parts[1], *parts[2:]]
        tables.append(dict(zip(Outcome, parts, strict=True)))
        size = parts[0]
    return tables
