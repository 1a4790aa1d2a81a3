"""An assessed yearly series put before all methods."""

from __future__ import annotations

from typing import Any

from data_access.domain.assessment import Assessment
from data_access.domain.methods.check import CrossCheck, Method
from data_access.domain.polarity import Polarity
from data_access.domain.progress import cross_checks
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import TargetPath
from tests.data_access.domain.builders import CUTOFF, path, reading

HIGHER, LOWER = Polarity.HIGHER, Polarity.LOWER
DEFAULT = path()
OPPOSITE = {HIGHER: LOWER, LOWER: HIGHER}


def years(*values: float | None, last: int = 2025) -> list[Reading]:
    """Annual readings up to a year, the one judged; None leaves a gap."""
    first = last + 1 - len(values)
    return [reading(v, str(first + i)) for i, v in enumerate(values) if v is not None]


def assessed(
    series: list[Reading],
    *paths: TargetPath,
    polarity: Polarity = HIGHER,
    **more: Any,
) -> Assessment:
    about: dict[str, Any] = {"polarity": polarity, "scored": True, "on": CUTOFF, **more}
    return evaluate_status(series, paths, **about)


def told(
    *values: float | None,
    target: TargetPath | None = DEFAULT,
    polarity: Polarity = HIGHER,
    limit: float | None = None,
    last: int = 2025,
    **more: Any,
) -> dict[Method, CrossCheck]:
    """What each method says of a series of years, by default towards 60 in 2027 from 40 in 2022."""
    series = years(*values, last=last)
    paths = () if target is None else (target,)
    assessment = assessed(series, *paths, polarity=polarity, **more)
    breaks = more.get("breaks", ())
    checks = cross_checks(series, assessment, polarity=polarity, breaks=breaks, limit=limit)
    return {check.method: check for check in checks}
