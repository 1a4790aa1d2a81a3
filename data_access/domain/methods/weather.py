"""The weather symbols of the German Sustainable Development Strategy (Destatis).

The mean of the last five yearly changes (six points; at least four points, else no symbol) is carried on
to the target year. The sun shines when the target would be met or missed by less than 5 % of what is left
to cover now (target minus current value), partly hidden at 5 to 20 %; a cloud beyond that while the
direction is right; a thunderstorm when it is not, standing still included.

A target already met, or one to be kept up every year (baseline equal to target), is read from the last
value first and the mean change second: met, sun, or sun with cloud when the trend points to a setback; not
met, cloud, or thunderstorm when the trend moves away. Without a target the mean change comes first and the
last change second: both right, sun; only the mean, sun with cloud; only the last, cloud; none,
thunderstorm.

Source: dns-indikatoren.de/en/status (site starter of Nachhaltige-Entwicklung-Deutschland, ``status.md``).
Of a target band they take the weakest bound, which from outside is the nearest edge; of several target
years the next one, where this takes the final target: the milestones are the house's own path to it.
"""

from __future__ import annotations

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term, band_of
from data_access.domain.methods.facts import Facts, no_way
from data_access.domain.points import years_between

CHANGES = 5  # yearly changes in the mean
MIN_POINTS = 4
SUN, SUN_CLOUD = 0.05, 0.20  # of what is left to cover


def weather(facts: Facts) -> CrossCheck:
    """The symbol; its value is the share of the remaining way that would be missed, where there is one."""
    points = facts.points[-CHANGES - 1 :]
    terms = (*facts.known, (Term.POINTS, len(points)))
    if len(points) < MIN_POINTS:
        return CrossCheck(Method.WEATHER, None, None, Refusal.TOO_FEW_POINTS, terms)
    mean = (points[-1].value - points[0].value) / (len(points) - 1)
    last = points[-1].value - points[-2].value
    terms = (*terms, (Term.FIRST_DATE, points[0].at), (Term.MEAN_CHANGE, mean))
    if facts.goal is None:
        band = _directional(facts.sign * mean, facts.sign * last)
        return CrossCheck(Method.WEATHER, band, None, None, (*terms, (Term.LAST_CHANGE, last)))
    if facts.is_met or no_way(facts) is Refusal.EQUAL_BASELINE:
        return CrossCheck(Method.WEATHER, _constant(facts.is_met, facts.sign * mean), None, None, terms)
    left = max(0.0, years_between(facts.now.at, facts.goal.at))
    projected = facts.now.value + mean * left
    missed = (facts.goal.value - projected) / (facts.goal.value - facts.now.value)
    terms = (*terms, (Term.YEARS_LEFT, left), (Term.PROJECTED, projected), (Term.SHARE_MISSED, missed))
    return CrossCheck(Method.WEATHER, symbol(missed, facts.sign * mean), missed, None, terms)


def symbol(missed: float, better: float) -> Band:
    """The symbol of a target not yet met.

    Args:
        missed: share of the remaining way not covered by the target's day; negative when beyond it.
        better: mean change in the desired direction.
    """
    if better <= 0:
        return Band.THUNDER
    # Less than 5 % is sun, 20 % itself is still sun and cloud: only the first bound is strict.
    return Band.SUN if missed < SUN - 1e-9 else band_of(-missed, ((-SUN_CLOUD, Band.SUN_CLOUD),), Band.CLOUD)


def _constant(met: bool, better: float) -> Band:
    if met:
        return Band.SUN if better >= 0 else Band.SUN_CLOUD
    return Band.CLOUD if better >= 0 else Band.THUNDER


def _directional(mean: float, last: float) -> Band:
    if mean > 0:
        return Band.SUN if last > 0 else Band.SUN_CLOUD
    return Band.CLOUD if last > 0 else Band.THUNDER
