"""The progress chart of the United Nations: where the growth so far leads by the target's day.

With vb at the baseline, vt now and vT the target, and CAGR the yearly growth from vb to vt,

    ve = vt * (1 + CAGR)^(T - t),     ratio = d * (ve - vb) / |vT - vb|

≥ 0.95 is on track, ≥ 0.10 needs acceleration, less is stagnation or regression; a target met now is
attained whatever the trend. Without a target the growth is judged, ≥ 2 % and ≥ 0.5 % a year.

Source: "Progress Chart Technical Note 2023" of the UN Statistics Division, as applied in Eustat's
methodology (EUSTAT-DES/site, ``metodologia.md``). Eustat's own exception for values within 1 % of a target
of 0 % or 100 % is not taken over. Refusals are those of the growth ratio; ``d`` and the absolute value as
in ``linear_share``.
"""

from __future__ import annotations

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term, band_of
from data_access.domain.methods.facts import Facts, no_way
from data_access.domain.methods.growth import growth, growth_refusal, growth_since_first
from data_access.domain.points import years_between

CUT_OFFS = ((0.95, Band.ON_TRACK), (0.10, Band.ACCELERATE))
GROWTH_CUT_OFFS = ((0.02, Band.ON_TRACK), (0.005, Band.ACCELERATE))  # a year, without a target


def un_ratio(facts: Facts) -> CrossCheck:
    """The band of the value expected on the target's day."""
    if facts.is_met:
        return CrossCheck(Method.UN_RATIO, Band.ATTAINED, None, None, facts.known)
    if facts.goal is None:
        return _without_target(facts)
    if (refusal := no_way(facts) or growth_refusal(facts.base, facts.now, facts.goal)) is not None:
        return CrossCheck(Method.UN_RATIO, None, None, refusal, facts.known)
    assert facts.base is not None, "there is a way"
    since, left = years_between(facts.base.at, facts.now.at), years_between(facts.now.at, facts.goal.at)
    projected = facts.now.value * (facts.now.value / facts.base.value) ** (left / since)
    ratio = facts.sign * (projected - facts.base.value) / abs(facts.goal.value - facts.base.value)
    terms = (
        *facts.known,
        (Term.YEARS_SINCE_BASE, since),
        (Term.GROWTH, growth(facts.base, facts.now)),
        (Term.YEARS_LEFT, left),
        (Term.PROJECTED, projected),
    )
    return CrossCheck(Method.UN_RATIO, band_of(ratio, CUT_OFFS, Band.STAGNATION), ratio, None, terms)


def _without_target(facts: Facts) -> CrossCheck:
    found = growth_since_first(facts)
    if isinstance(found, Refusal):
        return CrossCheck(Method.UN_RATIO, None, None, found, facts.known)
    better, terms = found
    return CrossCheck(Method.UN_RATIO, band_of(better, GROWTH_CUT_OFFS, Band.STAGNATION), better, None, terms)
