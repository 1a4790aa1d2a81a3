"""One objective on the overview: its official title, where its indicators stand, what moved."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.status import make_distribution, not_assessable_sentence
from components.values import make_change
from data_access.contract.model import Indicator, Objective
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.overview import ObjectiveSummary


def make_objective_card(
    objective: Objective, summary: ObjectiveSummary, definitions: Mapping[str, Indicator], t: Translator
) -> Component:
    """Three columns: what the objective is, the distribution of states, what moved most."""
    href = address("scorecard", t.language, objective=objective.code.lower())
    return html.Article(
        [
            html.Div(
                [
                    html.H3(
                        html.A(
                            [html.Span(objective.code, className="code"), objective.title.in_(t.language)],
                            href=href,
                        )
                    ),
                    html.P(
                        t.plural(
                            "objective.size",
                            len(summary.scorecard.rows),
                            commitments=sum(c.parent is None for c in objective.commitments),
                        ),
                        className="quiet",
                    ),
                    html.A(t("objective.open", code=objective.code), href=href, className="more"),
                ],
                className="objective-title",
            ),
            html.Div(
                [
                    make_distribution(summary.scorecard.distribution, t),
                    html.P(not_assessable_sentence(summary.scorecard.not_assessable, t), className="quiet"),
                ],
                className="objective-states",
            ),
            html.Div(
                [
                    html.H4(t("objective.movers")),
                    _movers(summary.movers, definitions, t),
                ],
                className="objective-movers",
            ),
        ],
        className="objective",
    )


def _movers(rows: tuple[IndicatorRow, ...], definitions: Mapping[str, Indicator], t: Translator) -> Component:
    if not rows:
        return html.P(t("objective.no_movers"), className="quiet")
    return html.Ul(
        [
            html.Li(
                [
                    make_change(row.change, definitions[row.code], t),
                    make_indicator_link(definitions[row.code], t),
                ]
            )
            for row in rows
        ],
        className="movers",
    )
