"""The share of the way over the share of the time, in the indicator's own unit.

With baseline y0 on t0, judged value yi on ti and target yT on tT,

    S = d * (yi - y0) / |yT - y0|  :  (ti - t0) / (tT - t0),      d = +1 where more is better, else -1

judged with the cut-offs of Statistics Canada and Eurostat. Unlike their ratio of growth rates it gives a
share and its complement the same answer. ``d`` and the absolute value only matter where the baseline is
already beyond the target: sliding back towards the target is then no progress. Time counts in days, as
in the house rule, and not beyond the target's day.
"""

from __future__ import annotations

from data_access.domain.methods.check import Band, CrossCheck, Method, Term, band_of
from data_access.domain.methods.facts import Facts, no_way

# sdgcif-data-canada-oddcic-donnee.github.io/methodology: "standards in the international community"
CUT_OFFS = ((0.95, Band.ON_TRACK), (0.60, Band.ACCELERATE), (0.0, Band.LIMITED))


def linear_share(facts: Facts) -> CrossCheck:
    """Attained when the target is met now; else S ≥ 0.95 on track, ≥ 0.60 accelerate, ≥ 0 limited."""
    if facts.is_met:
        return CrossCheck(Method.LINEAR_SHARE, Band.ATTAINED, None, None, facts.known)
    if (refusal := no_way(facts)) is not None:
        return CrossCheck(Method.LINEAR_SHARE, None, None, refusal, facts.known)
    assert facts.base is not None, "there is a way"
    assert facts.goal is not None, "there is a way"
    way = abs(facts.goal.value - facts.base.value)
    covered = facts.sign * (facts.now.value - facts.base.value) / way
    gone = min(1.0, (facts.now.at - facts.base.at).days / (facts.goal.at - facts.base.at).days)
    share = covered / gone
    terms = (*facts.known, (Term.SHARE_OF_WAY, covered), (Term.SHARE_OF_TIME, gone))
    return CrossCheck(Method.LINEAR_SHARE, band_of(share, CUT_OFFS, Band.DETERIORATING), share, None, terms)
