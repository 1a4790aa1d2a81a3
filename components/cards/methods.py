"""The cross-checks in words: the five methods beside the house verdict, and how far they agree with it."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.cards.calculations import make_calculations
from components.cards.explained import Answers, Explained, make_explanation
from components.cards.rules import percent
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_status
from data_access.domain.agreement import STANDS_FOR, Cause
from data_access.domain.line import MIN_POINTS as LINE_POINTS
from data_access.domain.methods import growth, linear_share, plan_bureau, un_ratio, weather
from data_access.domain.methods.check import Band, Method
from data_access.domain.status import Status

BANDS: Mapping[Method, tuple[Band, ...]] = {
    Method.LINEAR_SHARE: (Band.ATTAINED, Band.ON_TRACK, Band.ACCELERATE, Band.LIMITED, Band.DETERIORATING),
    Method.CAGR_RATIO: (Band.ATTAINED, Band.ON_TRACK, Band.ACCELERATE, Band.LIMITED, Band.DETERIORATING),
    Method.WEATHER: (Band.SUN, Band.SUN_CLOUD, Band.CLOUD, Band.THUNDER),
    Method.UN_RATIO: (Band.ATTAINED, Band.ON_TRACK, Band.ACCELERATE, Band.STAGNATION),
    Method.BFP: (Band.FAVOURABLE, Band.UNFAVOURABLE, Band.UNDETERMINED),
}
"""The answers of each method, the best first."""

NOTATION = ("b", "x", "c", "d", "g")
LINKS: Mapping[Method, str] = {
    Method.CAGR_RATIO: "https://sdgcif-data-canada-oddcic-donnee.github.io/methodology/",
    Method.WEATHER: "https://dns-indikatoren.de/en/status/",
    Method.BFP: "https://www.indicators.be/",
}
# A refusal, and an indicator without a state, are no disagreement: they are said where they occur.
NO_DISAGREEMENT = {Cause.REFUSED, Cause.NOT_ASSESSED}


def make_methods(t: Translator) -> list[Component]:
    """Why there are cross-checks, the notation, each method, then what separates movement from chance."""
    explained = [*(_method(method, t) for method in Method), _agreement(t), *make_calculations(t)]
    return [
        html.P(t("methods.introduction")),
        html.P(t("methods.abstention")),
        html.P(t("methods.symbols")),
        html.Nav(
            html.Ul([html.Li(html.A(e.title(t), href=f"#{e.anchor}")) for e in explained]),
            className="contents",
            **aria(label=t("methods.contents")),
        ),
        html.H3(t("methods.notation"), id="notation"),
        _notation(t),
        *(make_explanation(e, t) for e in explained),
    ]


def make_band(band: Band, t: Translator) -> Component:
    """An answer in the word of its method, with the symbol of the state that it comes closest to."""
    status = state_like(band)
    return html.Span(
        [
            html.Span(SYMBOLS[status], className="status-symbol", **aria(hidden="true")),
            html.Span(t(f"band.{band.value}"), className="status-word"),
        ],
        className=f"status status-{status.value}",
    )


def state_like(band: Band) -> Status:
    """The state whose symbol an answer bears: itself, or the worst of those that it agrees with."""
    if band is Band.ATTAINED:
        return Status.ATTAINED
    return max(STANDS_FOR.get(band, {Status.NOT_ASSESSABLE}), key=STATUS_ORDER.index)


def _notation(t: Translator) -> Component:
    pairs = [(html.Dt(html.Var(sign)), html.Dd(t(f"methods.notation.{sign}"))) for sign in NOTATION]
    return html.Dl([part for pair in pairs for part in pair], className="notation")


def _method(method: Method, t: Translator) -> Explained:
    key, facts = f"methods.{method.value}", _facts(method, t.language)
    rows = [(make_band(band, t), t(f"{key}.{band.value}", **facts)) for band in BANDS[method]]
    without = () if method is Method.LINEAR_SHARE else (html.P(t(f"{key}.without_target", **facts)),)
    return Explained(
        anchor=f"method-{method.value}",
        key=method.value,
        facts=facts,
        answers=Answers((t("methods.band"), t("methods.when")), rows),
        more=without,
        link=LINKS.get(method),
    )


def _agreement(t: Translator) -> Explained:
    """Which answers agree with which state, and why the others do not."""
    states = [s for s in STATUS_ORDER if any(s in agreed for agreed in STANDS_FOR.values())]
    rows = [
        (
            make_status(state, t),
            ", ".join(t(f"band.{b.value}") for b in Band if state in STANDS_FOR.get(b, ())),
        )
        for state in states
    ]
    causes = [html.Li(t(f"methods.cause.{c.value}")) for c in Cause if c not in NO_DISAGREEMENT]
    return Explained(
        anchor="agreement",
        key="agreement",
        answers=Answers((t("methods.agreement.state"), t("methods.agreement.answers")), rows),
        more=(html.H4(t("methods.agreement.causes")), html.Ul(causes)),
    )


def _facts(method: Method, language: str) -> dict[str, str]:
    """The numbers of a method as its sentences write them, from the constants that the method reads."""

    def number(value: float) -> str:
        return formats.number(value, 2, language)

    if method is Method.WEATHER:
        return {
            "sun": percent(weather.SUN, language),
            "sun_cloud": percent(weather.SUN_CLOUD, language),
            "changes": str(weather.CHANGES),
            "points": str(weather.MIN_POINTS),
        }
    if method is Method.BFP:
        return {
            "margin": percent(plan_bureau.MARGIN, language),
            "significance": percent(plan_bureau.SIGNIFICANCE, language),
            "points": str(LINE_POINTS),
        }
    if method is Method.UN_RATIO:
        (high, _), (low, _) = un_ratio.CUT_OFFS
        (growth_high, _), (growth_low, _) = un_ratio.GROWTH_CUT_OFFS
    else:
        (high, _), (low, _), _ = linear_share.CUT_OFFS
        growth_high, growth_low = growth.ON_TRACK_GROWTH, growth.ACCELERATE_GROWTH
    return {
        "high": number(high),
        "low": number(low),
        "growth_high": percent(growth_high, language),
        "growth_low": percent(growth_low, language),
        "exponent": number(growth.LIMIT_EXPONENT),
    }
