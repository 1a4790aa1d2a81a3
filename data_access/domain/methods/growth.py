"""The growth that was against the growth that is needed: Statistics Canada's version of Eurostat's method.

    R = d * CAGR_i / |CAGR_T|
    CAGR_i = (yi / y0)^(1 / (ti - t0)) - 1,    CAGR_T = (yT / y0)^(1 / (tT - t0)) - 1

Source: sdgcif-data-canada-oddcic-donnee.github.io/methodology; Open SDG ``docs/progress.md`` and the class
``ProgressMeasure`` of sdg-build, whose sign of the baseline (growth of a negative value is a fall) is kept.
Where they replace a zero by 0.001, a factor that decides the answer, this module refuses. Both points must
lie at least a year apart, as there.

Without a target the growth itself is judged, from the oldest of the yearly points that compare: d * CAGR_i
≥ 1.5 % · C on track, ≥ 0.5 % · C accelerate, ≥ 0 limited. C lowers the bar near a natural limit.
"""

from __future__ import annotations

from data_access.domain.cohort import add_months
from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term, Terms, band_of
from data_access.domain.methods.facts import Facts, no_way
from data_access.domain.methods.linear_share import CUT_OFFS
from data_access.domain.points import Point, years_between

ON_TRACK_GROWTH, ACCELERATE_GROWTH = 0.015, 0.005  # a year, without a target
LIMIT_EXPONENT = 4.44  # Statistics Canada; the same in sdg-build


def cagr_ratio(facts: Facts) -> CrossCheck:
    """Attained when the target is met now; else the cut-offs of R, or of the growth without a target."""
    if facts.is_met:
        return CrossCheck(Method.CAGR_RATIO, Band.ATTAINED, None, None, facts.known)
    if facts.goal is None:
        return _without_target(facts)
    if (refusal := no_way(facts) or growth_refusal(facts.base, facts.now, facts.goal)) is not None:
        return CrossCheck(Method.CAGR_RATIO, None, None, refusal, facts.known)
    assert facts.base is not None, "there is a way"
    made, needed = growth(facts.base, facts.now), growth(facts.base, facts.goal)
    ratio = facts.sign * made / abs(needed)
    terms = (
        *facts.known,
        (Term.YEARS_SINCE_BASE, years_between(facts.base.at, facts.now.at)),
        (Term.YEARS_TO_COVER, years_between(facts.base.at, facts.goal.at)),
        (Term.GROWTH, made),
        (Term.GROWTH_NEEDED, needed),
    )
    return CrossCheck(Method.CAGR_RATIO, band_of(ratio, CUT_OFFS, Band.DETERIORATING), ratio, None, terms)


def growth(start: Point, end: Point) -> float:
    """Compound growth a year, as a fraction; of negative values, with the sign of their movement."""
    ratio = end.value / start.value
    rate: float = ratio ** (1 / years_between(start.at, end.at)) - 1
    return rate if start.value > 0 else -rate


def growth_refusal(start: Point | None, *others: Point) -> Refusal | None:
    """Why no growth can be computed from one point to the others: never a zero made into something.

    A value of zero after a baseline that is not zero has no sign either: it shrank by 100 %, from where
    nothing grows.
    """
    if start is None or not others or others[0].at < add_months(start.at, 12):
        return Refusal.TOO_FEW_POINTS
    now, *goals = others
    if start.value == 0 or any(goal.value == 0 for goal in goals):
        return Refusal.ZERO_BASE
    return Refusal.SIGN_CHANGE if any(start.value * point.value <= 0 for point in (now, *goals)) else None


def growth_since_first(facts: Facts) -> tuple[float, Terms] | Refusal:
    """Growth in the desired direction since the oldest yearly point, for indicators without a target."""
    if not facts.points:
        return Refusal.TOO_FEW_POINTS
    first = facts.points[0]
    if (refusal := growth_refusal(first, facts.now)) is not None:
        return refusal
    made = growth(first, facts.now)
    terms: Terms = (
        (Term.BASE_VALUE, first.value),
        (Term.BASE_DATE, first.at),
        *facts.known,
        (Term.YEARS_SINCE_BASE, years_between(first.at, facts.now.at)),
        (Term.GROWTH, made),
    )
    return facts.sign * made, terms


def _without_target(facts: Facts) -> CrossCheck:
    found = growth_since_first(facts)
    if isinstance(found, Refusal):
        return CrossCheck(Method.CAGR_RATIO, None, None, found, facts.known)
    better, terms = found
    coefficient = 1.0
    if facts.ceiling is not None:
        coefficient = limit_coefficient(facts.points[0].value, facts.ceiling)
        terms = (*terms, (Term.LIMIT, facts.ceiling), (Term.LIMIT_COEFFICIENT, coefficient))
    cut_offs = (
        (ON_TRACK_GROWTH * coefficient, Band.ON_TRACK),
        (ACCELERATE_GROWTH * coefficient, Band.ACCELERATE),
        (0.0, Band.LIMITED),
    )
    return CrossCheck(Method.CAGR_RATIO, band_of(better, cut_offs, Band.DETERIORATING), better, None, terms)


def limit_coefficient(base: float, limit: float) -> float:
    """How far the bar of growth is lowered near a natural limit: 1 far from it, 0 on it.

    C = 1 - (y0 / ylim)^4.44 below the limit, 1 - ((2 ylim - y0) / ylim)^4.44 up to twice the limit, 1
    beyond (Statistics Canada); of absolute values, as in sdg-build.
    """
    start, end = abs(base), abs(limit)
    if start >= 2 * end:
        return 1.0
    lowered: float = (min(start, 2 * end - start) / end) ** LIMIT_EXPONENT
    return 1.0 - lowered
