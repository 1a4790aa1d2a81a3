"""The three verdicts of a sheet side by side, then whether the state survives a change of method."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.cards.agreement import make_agreement
from components.cards.verdict_level import make_level
from components.cards.verdict_noise import make_noise
from components.cards.verdict_trajectory import make_trajectory
from components.i18n.translate import Translator
from data_access.contract.model import Attribution, Indicator
from data_access.domain.assessment import Thresholds
from data_access.services.sheet import Sheet


def make_verdicts(sheet: Sheet, definition: Indicator, t: Translator, *, thresholds: Thresholds) -> Component:
    """Level, trajectory and noise, each answer first and its arithmetic folded under it.

    What carries no judgement (context, neutral measures) says so, and shows its noise only.
    """
    noise = _card("noise", make_noise(sheet, definition, t), t)
    heading = html.H2(t("verdict.title"))
    if not definition.scored:
        why = "context" if definition.attribution is Attribution.CONTEXT else "neutral"
        parts = [heading, html.P(t(f"verdict.none.{why}")), html.Div([noise], className="verdicts")]
        return html.Section(parts, id="verdicts")
    cards = [
        _card("level", make_level(sheet, definition, t), t),
        _card("trajectory", make_trajectory(sheet, definition, thresholds, t), t),
        noise,
    ]
    return html.Section(
        [heading, html.Div(cards, className="verdicts"), make_agreement(sheet.agreements, definition, t)],
        id="verdicts",
    )


def _card(name: str, parts: Sequence[Component | None], t: Translator) -> Component:
    return html.Article(
        [
            html.Header(
                [html.H3(t(f"verdict.{name}")), html.P(t(f"verdict.{name}.question"), className="quiet")]
            ),
            *parts,
        ],
        className=f"verdict verdict-{name}",
    )
