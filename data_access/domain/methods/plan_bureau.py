"""The rule of the Bureau fédéral du Plan / Federaal Planbureau, as far as it is published.

Published: the trend is prolonged to the target's day; favourable when the target is reached within a margin
of 10 %, else unfavourable; impossible to assess when the indicator fluctuates too much; without a target,
favourable or unfavourable only when the trend is statistically significant, else undetermined (assessment
of 51 indicators on indicators.be, which refers to annex 7.5 of its report of 2025 for the details).

Not published where we could read it, and chosen here:

- the trend is the least-squares line through the yearly points since the last break, at least five of them;
- the margin is 10 % of the target's own value;
- fluctuation is too large when the points scatter around the line (standard deviation, n - 2) by more than
  that margin: then within or outside the margin is a matter of chance;
- significance is Student's t of the slope at 5 %, two-sided;
- a target of zero leaves no margin and is refused. Of a band, only the nearest edge is looked at.
"""

from __future__ import annotations

from data_access.domain.line import MIN_POINTS, Line, fit_line
from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term, Terms, band_of
from data_access.domain.methods.facts import Facts
from data_access.domain.points import Point

MARGIN = 0.10  # of the target's value
SIGNIFICANCE = 0.05


def plan_bureau(facts: Facts) -> CrossCheck:
    """Favourable or not; its value is the projected gap to the target as a share of it, better positive.

    Without a target the value is the p-value of the slope.
    """
    terms = (*facts.known, (Term.POINTS, len(facts.points)))
    if len(facts.points) < MIN_POINTS:
        return CrossCheck(Method.BFP, None, None, Refusal.TOO_FEW_POINTS, terms)
    line = fit_line(facts.points)
    terms = (
        *terms,
        (Term.FIRST_DATE, facts.points[0].at),
        (Term.SLOPE, line.slope),
        (Term.SCATTER, line.scatter),
    )
    if facts.goal is None:
        return _without_target(line, facts.sign, terms)
    return _towards(line, facts.sign, facts.goal, terms)


def _towards(line: Line, sign: float, goal: Point, terms: Terms) -> CrossCheck:
    margin, projected = MARGIN * abs(goal.value), line.at(goal.at)
    terms = (*terms, (Term.PROJECTED, projected), (Term.MARGIN, margin))
    if goal.value == 0:
        return CrossCheck(Method.BFP, None, None, Refusal.ZERO_BASE, terms)
    if line.scatter > margin:
        return CrossCheck(Method.BFP, None, None, Refusal.UNCERTAIN, terms)
    gap = sign * (projected - goal.value) / abs(goal.value)
    return CrossCheck(Method.BFP, within_margin(gap), gap, None, terms)


def within_margin(gap: float, margin: float = MARGIN) -> Band:
    """The band of a projected gap, as a share of the target's value and positive when better."""
    return band_of(gap, ((-margin, Band.FAVOURABLE),), Band.UNFAVOURABLE)


def _without_target(line: Line, sign: float, terms: Terms) -> CrossCheck:
    band = Band.UNDETERMINED
    if line.p_value < SIGNIFICANCE:
        band = Band.FAVOURABLE if sign * line.slope > 0 else Band.UNFAVOURABLE
    if line.t is not None:
        terms = (*terms, (Term.T, line.t))
    return CrossCheck(Method.BFP, band, line.p_value, None, (*terms, (Term.P_VALUE, line.p_value)))
