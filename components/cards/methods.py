"""The cross-checks in words: each method with its formula, its bands, when it abstains and its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.cards.rules import percent_number
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.domain.agreement import STANDS_FOR
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
SOURCES: Mapping[Method, str] = {
    Method.CAGR_RATIO: "https://sdgcif-data-canada-oddcic-donnee.github.io/methodology/",
    Method.WEATHER: "https://dns-indikatoren.de/en/status/",
    Method.BFP: "https://www.indicators.be/",
}


def make_methods(t: Translator) -> list[Component]:
    """Why there are cross-checks, the notation, then each method."""
    return [
        html.P(t("methods.introduction")),
        html.P(t("methods.abstention")),
        html.P(t("methods.symbols")),
        _contents(t),
        html.H3(t("methods.notation"), id="notation"),
        _notation(t),
        *(_method(method, t) for method in Method),
    ]


def state_like(band: Band) -> Status:
    """The state whose symbol an answer bears: itself, or the worst of those that it agrees with."""
    if band is Band.ATTAINED:
        return Status.ATTAINED
    return max(STANDS_FOR.get(band, {Status.NOT_ASSESSABLE}), key=STATUS_ORDER.index)


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


def _contents(t: Translator) -> Component:
    links = {f"method-{m.value}": t(f"methods.{m.value}.title") for m in Method}
    return html.Nav(
        html.Ul([html.Li(html.A(title, href=f"#{anchor}")) for anchor, title in links.items()]),
        className="contents",
        **aria(label=t("methods.contents")),
    )


def _notation(t: Translator) -> Component:
    pairs = [(html.Dt(html.Var(sign)), html.Dd(t(f"methods.notation.{sign}"))) for sign in NOTATION]
    return html.Dl([part for pair in pairs for part in pair], className="notation")


def _method(method: Method, t: Translator) -> Component:
    key, facts = f"methods.{method.value}", _facts(method, t.language)
    rows = [(make_band(band, t), t(f"{key}.{band.value}", **facts)) for band in BANDS[method]]
    return html.Section(
        [
            html.H3(t(f"{key}.title")),
            html.Div(
                [html.P(t(f"{key}.question")), html.P(t(f"{key}.formula", **facts), className="formula")],
                className="method-words",
            ),
            _table(t(f"{key}.title"), t("methods.band"), rows, t),
            html.Div(
                [
                    None if method is Method.LINEAR_SHARE else html.P(t(f"{key}.without_target", **facts)),
                    _said("abstains", t(f"{key}.abstains", **facts), t),
                    _said("source", t(f"{key}.source"), t, SOURCES.get(method)),
                ],
                className="method-more",
            ),
        ],
        id=f"method-{method.value}",
        className="method",
    )


def _table(caption: str, first: str, rows: Sequence[tuple[Component, str]], t: Translator) -> Component:
    head = html.Thead(html.Tr([html.Th(first, scope="col"), html.Th(t("methods.when"), scope="col")]))
    body = [html.Tr([html.Th(label, scope="row"), html.Td(when)]) for label, when in rows]
    return html.Table(
        [html.Caption(caption, className="visually-hidden"), head, html.Tbody(body)], className="plain bands"
    )


def _said(what: str, sentence: str, t: Translator, link: str | None = None) -> Component:
    """«S’abstient : …» or «Source : …», with the address of the source where there is one."""
    said: list[Component | str] = [html.Strong(t(f"methods.{what}")), t("punctuation.colon"), sentence]
    if link is not None:
        shown = link.removeprefix("https://").rstrip("/")
        said += [" ", html.A(shown, href=link, rel="noreferrer")]
    return html.P(said, className="quiet")


def _facts(method: Method, language: str) -> dict[str, str]:
    """The numbers of a method as its sentences write them, from the constants that the method reads."""

    def number(value: float) -> str:
        return formats.number(value, 2, language)

    def share(value: float) -> str:
        return percent_number(value, language) + formats.unit_mark(Unit.PERCENT, language)

    if method is Method.WEATHER:
        return {
            "sun": share(weather.SUN),
            "sun_cloud": share(weather.SUN_CLOUD),
            "changes": str(weather.CHANGES),
            "points": str(weather.MIN_POINTS),
        }
    if method is Method.BFP:
        return {
            "margin": share(plan_bureau.MARGIN),
            "significance": share(plan_bureau.SIGNIFICANCE),
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
        "growth_high": share(growth_high),
        "growth_low": share(growth_low),
        "exponent": number(growth.LIMIT_EXPONENT),
    }
