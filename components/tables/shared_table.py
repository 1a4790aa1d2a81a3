"""The second annexed dashboard as a table: a measure, then one row per operator and never a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.cards.acceptance import NONE, Acceptances, make_acceptance_badge
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.status import make_assessment
from components.tables.scorecard_table import make_alerts, make_head, make_sparkline, make_vintage
from components.values import make_change, make_goal, make_reading
from data_access.contract.model import Indicator
from data_access.domain.decision import Acceptance
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.shared_dashboard import SharedMeasure

COLUMNS = ("operator", "year_before", "latest", "change", "target", "status", "series", "alerts", "vintage")


def make_shared_table(
    measures: Sequence[SharedMeasure],
    definitions: Mapping[str, Indicator],
    operators: Mapping[str, str],
    t: Translator,
    *,
    accepted: Acceptances = NONE,
) -> Component:
    """One table body per measure; ``operators`` are the names of their codes, ``accepted`` the deviations."""
    return html.Table(
        [
            html.Caption(t("training.caption"), className="visually-hidden"),
            make_head(COLUMNS, t),
            *(_measure(m, definitions[m.code], operators, accepted, t) for m in measures),
        ],
        className="scorecard shared",
    )


def _measure(
    measure: SharedMeasure,
    definition: Indicator,
    operators: Mapping[str, str],
    accepted: Acceptances,
    t: Translator,
) -> Component:
    heading = html.Tr(
        html.Th(
            html.Div(
                [
                    html.Span(measure.code, className="code"),
                    html.Span(t("training.annex", number=definition.annex), className="annex"),
                    make_indicator_link(definition, t, className="commitment"),
                ],
                className="group-title",
            ),
            colSpan=len(COLUMNS),
            scope="rowgroup",
        ),
        className="group",
        id=measure.code,
    )
    rows = [
        _operator(row, definition, operators, accepted.get((row.code, row.operator)), t)
        for row in measure.rows
    ]
    return html.Tbody([heading, *rows])


def _operator(
    row: IndicatorRow,
    definition: Indicator,
    operators: Mapping[str, str],
    accepted: Acceptance | None,
    t: Translator,
) -> Component:
    path = row.assessment.path
    cells = {
        "year_before": make_reading(row.year_before, definition, t),
        "latest": make_reading(row.latest, definition, t),
        "change": make_change(row.change, definition, t),
        "target": make_goal(path.target if path else None, definition, t),
        "status": html.Div([make_assessment(row.assessment, t), make_acceptance_badge(accepted, t)]),
        "series": make_sparkline(row, definition, t),
        "alerts": make_alerts(row, t),
        "vintage": make_vintage(row, t),
    }
    return html.Tr(
        [
            html.Th(operator_name(row, definition, operators), scope="row", className="col-operator"),
            *(
                html.Td(cell, className=f"col-{name}", **data(label=t(f"column.{name}")))
                for name, cell in cells.items()
            ),
        ]
    )


def operator_name(row: IndicatorRow, definition: Indicator, operators: Mapping[str, str]) -> str:
    """Who delivers the row; a measure that is not split is that of its partners."""
    if row.operator == "_T" and definition.partners:
        return ", ".join(definition.partners)
    return operators[row.operator]
