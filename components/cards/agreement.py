"""The cross-checks of one indicator: each method's answer beside the state, and why it differs."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.cards.check_arithmetic import make_check_arithmetic
from components.cards.methods import make_band
from components.cards.verdict_arithmetic import method_links, sentence
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.agreement import Agreement, Cause, agreeing

COLUMNS = ("method", "answer", "accord", "why", "calculation")
WORDS = {True: ("=", "agrees"), False: ("≠", "differs"), None: ("–", "abstains")}


def make_agreement(agreements: Sequence[Agreement], definition: Indicator, t: Translator) -> Component:
    """How many methods agree, then one row a method."""
    head = html.Thead(html.Tr([html.Th(t(f"verdict.agreement.{c}"), scope="col") for c in COLUMNS]))
    rows = [_row(agreement, definition, t) for agreement in agreements]
    link = method_links([("agreement", t("methods.agreement.title"))], t)
    return html.Div(
        [
            html.H3(t("methods.agreement.title")),
            html.P(agreement_sentence(agreements, t)),
            html.Table(
                [html.Caption(t("verdict.agreement.caption")), head, html.Tbody(rows)],
                className="plain agreement",
            ),
            html.P([t("verdict.method"), t("punctuation.colon"), *link], className="quiet"),
        ],
        className="agreements",
    )


def agreement_sentence(agreements: Sequence[Agreement], t: Translator) -> str:
    """How many methods that pronounce themselves agree with the state shown."""
    agree, compared = agreeing(agreements)
    if compared == 0:
        return t("verdict.agreement.none")
    if agree == 0:
        return t("verdict.agreement.nobody", total=compared)
    return t.plural("verdict.agreement.sentence", agree, total=compared)


def _row(agreement: Agreement, definition: Indicator, t: Translator) -> Component:
    check = agreement.check
    sign, word = WORDS[agreement.agrees]
    mark = html.Span(sign, className="status-symbol", **aria(hidden="true"))
    cells: list[Component | str] = [
        make_band(check.band, t) if check.band is not None else t("verdict.agreement.no_answer"),
        html.Span([mark, " ", t(f"verdict.agreement.{word}")], className=f"agreement-{word}"),
        why(agreement, t),
        make_check_arithmetic(check, definition, t),
    ]
    labels = [t(f"verdict.agreement.{column}") for column in COLUMNS[1:]]
    return html.Tr(
        [
            html.Th(t(f"methods.{check.method.value}.title"), scope="row"),
            *(html.Td(cell, **data(label=label)) for cell, label in zip(cells, labels, strict=True)),
        ]
    )


def why(agreement: Agreement, t: Translator) -> str:
    """Why the method refuses, or does not say what the house says."""
    if agreement.check.refusal is not None:
        return sentence(t(f"refusal.{agreement.check.refusal.value}"))
    if agreement.cause is Cause.NOT_ASSESSED:
        return t("verdict.agreement.not_assessed")
    if agreement.cause is not None:
        return t(f"methods.cause.{agreement.cause.value}")
    return t(f"verdict.agreement.{'same' if agreement.agrees else 'undetermined'}")
