"""The contract in its own words: parties, vision, values, missions, priority publics."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Contract


def make_contract(contract: Contract, t: Translator) -> list[Component]:
    """What was signed, by whom, for how long and to what end."""
    days = {"start": formats.day(contract.start, t.language), "end": formats.day(contract.end, t.language)}
    missions = {
        kind: [html.Li(m.text.in_(t.language)) for m in contract.missions if m.transversal is kind]
        for kind in (True, False)
    }
    return [
        html.P(t("contract.term", **days)),
        html.P(contract.legal_basis.in_(t.language), className="quiet"),
        html.P(contract.vision.in_(t.language)),
        html.Ul([html.Li(aim.in_(t.language)) for aim in contract.vision_aims]),
        html.P([html.Strong(t("contract.values")), t("punctuation.colon"), contract.values.in_(t.language)]),
        html.H3(t("contract.missions.transversal")),
        html.Ul(missions[True]),
        html.H3(t("contract.missions.complementary")),
        html.Ul(missions[False]),
        html.H3(t("contract.publics")),
        html.P(t("contract.publics.sentence")),
        html.Ul(
            [
                html.Li(
                    [p.term.in_(t.language), html.Small(p.operational.in_(t.language), className="period")]
                )
                for p in contract.publics
            ],
            className="publics",
        ),
    ]
