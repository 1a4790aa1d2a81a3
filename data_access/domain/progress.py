"""Does the verdict survive the method? Five other methods on the facts that the house judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from data_access.domain.assessment import Assessment
from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term, Terms
from data_access.domain.methods.facts import Facts, gather
from data_access.domain.methods.growth import cagr_ratio
from data_access.domain.methods.linear_share import linear_share
from data_access.domain.methods.plan_bureau import plan_bureau
from data_access.domain.methods.un_ratio import un_ratio
from data_access.domain.methods.weather import weather
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading

__all__ = ["Band", "CrossCheck", "Method", "Refusal", "Term", "Terms", "cross_checks"]

_METHODS: dict[Method, Callable[[Facts], CrossCheck]] = {
    Method.LINEAR_SHARE: linear_share,
    Method.CAGR_RATIO: cagr_ratio,
    Method.WEATHER: weather,
    Method.UN_RATIO: un_ratio,
    Method.BFP: plan_bureau,
}


def cross_checks(
    readings: Sequence[Reading],
    assessment: Assessment,
    *,
    polarity: Polarity,
    breaks: Sequence[date] = (),
    limit: float | None = None,
) -> tuple[CrossCheck, ...]:
    """What each method says of an assessed indicator, in the order of ``Method``.

    Args:
        readings: the series that was assessed, oldest first.
        assessment: of ``evaluate_status``; gives the judged reading and the target in force.
        polarity: of the indicator. A gap that should close is judged by its absolute values, a band by
            its edge nearest to the judged value.
        breaks: first days of the series' breaks.
        limit: the highest value the measure can take, used where more is better and there is no target.

    Returns:
        One check per method, each with a band or with a refusal.
    """
    facts = gather(readings, assessment, polarity=polarity, breaks=breaks, limit=limit)
    if isinstance(facts, Refusal):
        return tuple(CrossCheck(method, None, None, facts) for method in Method)
    return tuple(_METHODS[method](facts) for method in Method)
