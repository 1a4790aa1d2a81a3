"""What a screen of presentation mode shows where the page itself is too long to be read from afar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.cards.acceptance import NONE, Acceptances, make_acceptance_badge
from components.cards.concerns import why
from components.i18n.translate import Translator
from components.presentation import ROWS
from components.status import make_assessment, make_distribution
from components.values import make_goal, make_reading
from data_access.contract.model import Indicator, Objective
from data_access.domain.decision import Acceptance
from data_access.domain.status import Status
from data_access.services.attention import AttentionItem
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.overview import ObjectiveSummary

URGENT = (*(Status.OFF_TRACK, Status.TO_WATCH, Status.ON_TRACK, Status.ATTAINED), *Status)


def make_objectives_screen(
    objectives: Mapping[str, Objective], summaries: Sequence[ObjectiveSummary], t: Translator
) -> Component:
    """Where the indicators of each objective stand."""
    rows = [
        html.Li(
            [
                html.H2(
                    [s.scorecard.objective, " ", objectives[s.scorecard.objective].short.in_(t.language)]
                ),
                html.Div(make_distribution(s.scorecard.distribution, t)),
            ]
        )
        for s in summaries
    ]
    return html.Ul(rows, className="screen-objectives")


def make_scorecard_screen(
    rows: Sequence[IndicatorRow],
    definitions: Mapping[str, Indicator],
    number: int,
    t: Translator,
    *,
    accepted: Acceptances = NONE,
) -> list[Component]:
    """Some of the indicators, those furthest from their path on the first screen, and which ones of how many.

    Args:
        rows: all of them.
        definitions: by code.
        number: of the screen, from 1.
        t: the translator.
        accepted: deviations, by indicator and operator.
    """
    ordered = sorted(rows, key=lambda row: URGENT.index(row.assessment.status))
    before = ROWS * (number - 1)
    shown = ordered[before : before + ROWS]
    if not shown:
        return []
    facts = {"first": before + 1, "last": before + len(shown), "total": len(rows)}
    names = ("indicator", "latest", "target", "status")
    return [
        html.Table(
            [
                html.Caption(t("presentation.rows", **facts)),
                html.Thead(html.Tr([html.Th(t(f"column.{name}"), scope="col") for name in names])),
                html.Tbody(
                    [
                        _row(row, definitions[row.code], accepted.get((row.code, row.operator)), t)
                        for row in shown
                    ]
                ),
            ],
            className="screen-table",
        )
    ]


def _row(row: IndicatorRow, definition: Indicator, accepted: Acceptance | None, t: Translator) -> Component:
    path = row.assessment.path
    return html.Tr(
        [
            html.Th([html.Span(row.code, className="code"), definition.title.in_(t.language)], scope="row"),
            html.Td(make_reading(row.latest, definition, t)),
            html.Td(make_goal(path.target if path else None, definition, t)),
            html.Td(
                html.Div(
                    [make_assessment(row.assessment, t), make_acceptance_badge(accepted, t)],
                    className="screen-states",
                )
            ),
        ]
    )


def make_attention_screen(
    items: Sequence[AttentionItem], definitions: Mapping[str, Indicator], t: Translator
) -> list[Component]:
    """The most pressing points, each with its first reason."""
    shown = items[:ROWS]
    lines = [
        html.Li(
            [
                html.Strong(
                    [html.Span(item.code, className="code"), definitions[item.code].title.in_(t.language)]
                ),
                html.Div(why(item.concerns[0], definitions[item.code], t)),
            ]
        )
        for item in shown
    ]
    caption = t("presentation.points", shown=len(shown), total=len(items))
    return [html.P(caption), html.Ol(lines, className="screen-points", **aria(label=caption))]
