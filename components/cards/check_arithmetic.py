"""The arithmetic of one cross-check: its formula with the numbers of the series, and every term."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from components.cards.verdict_arithmetic import Numbers, bracketed, make_formula, make_given, method_links
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.methods.check import CrossCheck, Method, Term

SHARES = {Term.SHARE_OF_WAY, Term.SHARE_OF_TIME, Term.SHARE_MISSED}
GROWTHS = {Term.GROWTH, Term.GROWTH_NEEDED}
CHANGES = {Term.MEAN_CHANGE, Term.LAST_CHANGE, Term.SLOPE}
TIMES = {Term.YEARS_SINCE_BASE, Term.YEARS_TO_COVER, Term.YEARS_LEFT}
RATIOS = {Term.LIMIT_COEFFICIENT, Term.T}
SYMBOLS = {
    Term.VALUE: "x",
    Term.DATE: "t",
    Term.BASE_VALUE: "b",
    Term.BASE_DATE: "t₀",
    Term.TARGET: "c",
    Term.TARGET_DATE: "T",
    Term.DIRECTION: "d",
    Term.GROWTH: "g",
    Term.MEAN_CHANGE: "m",
    Term.YEARS_LEFT: "n",
    Term.PROJECTED: "p",
}
Given = dict[Term, float]


def make_check_arithmetic(check: CrossCheck, definition: Indicator, t: Translator) -> Component | str:
    """Folded formula, terms and the way to the rule; a dash where the method had nothing to reckon with."""
    if not check.terms:
        return "—"
    numbers = Numbers.fit(definition, t.language, _scale(check))
    rows = [(SYMBOLS.get(m, ""), t(f"term.{m.value}"), _written(m, v, numbers)) for m, v in check.terms]
    title = html.Span(f" {t(f'methods.{check.method.value}.title')}", className="visually-hidden")
    link = method_links([(f"method-{check.method.value}", t("verdict.agreement.rule"))], t)
    return html.Details(
        [
            html.Summary([t("verdict.calculation"), title]),
            *_formulas(check, numbers),
            make_given(rows),
            html.P(link, className="quiet"),
        ],
        className="calculation",
    )


def _scale(check: CrossCheck) -> float | None:
    """The smallest difference that the method divides by."""
    given = _given(check)
    x, b, c = (given.get(term) for term in (Term.VALUE, Term.BASE_VALUE, Term.TARGET))
    ways = [abs(c - other) for other in (x, b) if c is not None and other is not None and c != other]
    return min(ways, default=None)


def _given(check: CrossCheck) -> Given:
    return {term: value for term, value in check.terms if isinstance(value, int | float)}


def _written(term: Term, value: float | date, numbers: Numbers) -> str:
    """A term as its kind is written: day, share, change a year, time, value."""
    if isinstance(value, date):
        return formats.short_day(value, numbers.language)
    if term in SHARES | GROWTHS:
        return numbers.share(value, 1 if term in SHARES else 2)
    if term is Term.DIRECTION:
        return "+1" if value > 0 else f"{formats.MINUS}1"
    if term in CHANGES:
        return numbers.signed(value)
    if term in TIMES:
        return numbers.years(value)
    if term is Term.P_VALUE:
        return numbers.probability(value)
    if term in RATIOS:
        return formats.number(value, 2, numbers.language)
    return str(value) if term is Term.POINTS else numbers.value(value)


def _formulas(check: CrossCheck, numbers: Numbers) -> list[Component]:
    """The formula that was judged; none where a rule without a number decided."""
    if check.value is None:
        return []
    given = _given(check)
    if Term.TARGET in given:
        return _FORMULAS[check.method](given, check.value, numbers)
    if check.method is Method.BFP:
        return []  # the p-value of the slope stands among the terms
    rate = bracketed(numbers.share(given[Term.GROWTH], 2))
    return [make_formula("d × g", f"{_sign(given)} × {rate}", numbers.share(check.value, 2))]


def _sign(given: Given) -> str:
    return "1" if given[Term.DIRECTION] > 0 else f"({formats.MINUS}1)"


def _linear_share(given: Given, value: float, numbers: Numbers) -> list[Component]:
    x, b, c = (numbers.plain(given[term]) for term in (Term.VALUE, Term.BASE_VALUE, Term.TARGET))
    way, time = (numbers.share(given[term]) for term in (Term.SHARE_OF_WAY, Term.SHARE_OF_TIME))
    return [
        make_formula("d × (x − b) ÷ |c − b|", f"{_sign(given)} × ({x} − {b}) ÷ |{c} − {b}|", way),
        make_formula("S", f"{bracketed(way)} ÷ {time}", numbers.number(value, 3)),
    ]


def _growth_ratio(given: Given, value: float, numbers: Numbers) -> list[Component]:
    made, needed = (numbers.share(given[term], 2) for term in (Term.GROWTH, Term.GROWTH_NEEDED))
    steps = f"{_sign(given)} × {bracketed(made)} ÷ |{needed}|"
    return [make_formula("R = d × g ÷ |g(b → c)|", steps, numbers.number(value, 3))]


def _weather(given: Given, value: float, numbers: Numbers) -> list[Component]:
    terms = (Term.VALUE, Term.TARGET, Term.PROJECTED, Term.MEAN_CHANGE)
    x, c, p, m = (numbers.plain(given[term]) for term in terms)
    return [
        make_formula("p = x + m × n", f"{x} + {m} × {numbers.years(given[Term.YEARS_LEFT])}", p),
        make_formula("(c − p) ÷ (c − x)", f"({c} − {p}) ÷ ({c} − {x})", numbers.share(value)),
    ]


def _un_ratio(given: Given, value: float, numbers: Numbers) -> list[Component]:
    terms = (Term.VALUE, Term.BASE_VALUE, Term.TARGET, Term.PROJECTED)
    x, b, c, p = (numbers.plain(given[term]) for term in terms)
    since, left = (numbers.years(given[term]) for term in (Term.YEARS_SINCE_BASE, Term.YEARS_LEFT))
    ratio = f"{_sign(given)} × ({p} − {b}) ÷ |{c} − {b}|"
    return [
        make_formula("p", f"{x} × ({x} ÷ {b})^({left} ÷ {since})", p),
        make_formula("U = d × (p − b) ÷ |c − b|", ratio, numbers.number(value, 3)),
    ]


def _plan_bureau(given: Given, value: float, numbers: Numbers) -> list[Component]:
    p, c = numbers.plain(given[Term.PROJECTED]), numbers.plain(given[Term.TARGET])
    return [make_formula("d × (p − c) ÷ |c|", f"{_sign(given)} × ({p} − {c}) ÷ |{c}|", numbers.share(value))]


_FORMULAS = {
    Method.LINEAR_SHARE: _linear_share,
    Method.CAGR_RATIO: _growth_ratio,
    Method.WEATHER: _weather,
    Method.UN_RATIO: _un_ratio,
    Method.BFP: _plan_bureau,
}
