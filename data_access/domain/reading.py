"""One value of a series, with everything that judging it needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period


@dataclass(frozen=True)
class Reading:
    """A value of one period.

    Attributes:
        value: in the indicator's unit; None unless available.
        half_width: half the 95 % interval around the value, in the same unit, when known.
        origin_batch: the load that delivered it.
    """

    period: Period
    value: float | None
    availability: Availability = Availability.AVAILABLE
    provisional: bool = False
    estimated: bool = False
    starts_break: bool = False
    half_width: float | None = None
    demonstration: bool = False
    origin_batch: int | None = None
    numerator: float | None = None
    denominator: float | None = None
