"""The scorecard as a table: commitments as group rows, indicators as rows."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.cards.acceptance import NONE, Acceptances, make_acceptance_badge
from components.figures.alt_text import sparkline_alt_text
from components.figures.sparkline import data_uri, sparkline_svg
from components.figures.theme import STATUS_ORDER
from components.i18n import formats
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.status import make_assessment
from components.values import make_change, make_goal, make_reading
from data_access.contract.model import Attribution, Commitment, Indicator
from data_access.domain.decision import Acceptance
from data_access.domain.status import Note
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.scorecard import CommitmentGroup, Scorecard

COLUMNS = (
    "indicator",
    "baseline",
    "year_before",
    "latest",
    "milestone",
    "target",
    "status",
    "change",
    "series",
    "alerts",
    "vintage",
)
SORTABLE = {"indicator": "code", "status": "status", "change": "change"}


def make_scorecard_table(
    scorecard: Scorecard,
    commitments: Mapping[str, Commitment],
    definitions: Mapping[str, Indicator],
    t: Translator,
    *,
    accepted: Acceptances = NONE,
) -> Component:
    """One table body per commitment, so that groups stay together on paper and when filtered.

    Args:
        scorecard, commitments, definitions: what it shows.
        t: the translator.
        accepted: deviations, by indicator and operator.
    """
    return html.Table(
        [
            html.Caption(t("scorecard.caption"), className="visually-hidden"),
            make_head(COLUMNS, t, sortable=True),
            *(_group(group, commitments, definitions, t, accepted) for group in scorecard.groups),
        ],
        className="scorecard filtered",
    )


def make_head(columns: tuple[str, ...], t: Translator, *, sortable: bool = False) -> Component:
    """The header row; a sortable column is a button that says what it sorts by."""
    return html.Thead(html.Tr([_heading(name, t, sortable and name in SORTABLE) for name in columns]))


def _heading(name: str, t: Translator, sortable: bool) -> Component:
    label = t(f"column.{name}")
    if not sortable:
        return html.Th(label, scope="col", className=f"col-{name}")
    sort = html.Button([label, html.Span(className="sort-mark")], type="button", **data(sort=SORTABLE[name]))
    # A browser does not print buttons in the header that it repeats on every sheet.
    printed = html.Span(label, className="printed", **aria(hidden="true"))
    return html.Th([sort, printed], scope="col", className=f"col-{name}")


def _group(
    group: CommitmentGroup,
    commitments: Mapping[str, Commitment],
    definitions: Mapping[str, Indicator],
    t: Translator,
    accepted: Acceptances,
) -> Component:
    commitment = commitments[group.commitment]
    parent = commitments[commitment.parent].text.in_(t.language) if commitment.parent else None
    return html.Tbody(
        [
            html.Tr(
                html.Th(_commitment(commitment, parent, t), colSpan=len(COLUMNS), scope="rowgroup"),
                className="group",
            ),
            *(
                make_row(
                    row,
                    definitions[row.code],
                    group.commitment,
                    t,
                    accepted=accepted.get((row.code, row.operator)),
                )
                for row in group.rows
            ),
            _note(group, t),
        ],
        **data(group=commitment.code),
    )


def _commitment(commitment: Commitment, parent: str | None, t: Translator) -> Component:
    return html.Div(
        [
            html.Span(commitment.code, className="code"),
            html.Span(
                [
                    html.Span(f"{parent} ", className="parent") if parent else None,
                    commitment.text.in_(t.language),
                ],
                className="commitment",
            ),
        ],
        className="group-title",
    )


def _note(group: CommitmentGroup, t: Translator) -> Component | None:
    """Where else to look, or that the commitment has no indicator at all."""
    if group.elsewhere:
        text = t("scorecard.elsewhere", codes=", ".join(group.elsewhere))
    elif not group.rows:
        text = t("scorecard.no_indicator")
    else:
        return None
    return html.Tr(html.Td(text, colSpan=len(COLUMNS)), className="elsewhere")


def make_row(
    row: IndicatorRow,
    definition: Indicator,
    home: str,
    t: Translator,
    *,
    accepted: Acceptance | None = None,
) -> Component:
    """One indicator; the data- attributes are what the filters and the sorting read."""
    assessment = row.assessment
    path = assessment.path
    cells = {
        "baseline": make_goal(path.baseline if path else None, definition, t),
        "year_before": make_reading(row.year_before, definition, t),
        "latest": make_reading(row.latest, definition, t),
        "milestone": make_goal(assessment.milestone, definition, t),
        "target": make_goal(path.target if path else None, definition, t),
        "status": html.Div([make_assessment(assessment, t), make_acceptance_badge(accepted, t)]),
        "change": make_change(row.change, definition, t),
        "series": make_sparkline(row, definition, t),
        "alerts": make_alerts(row, t),
        "vintage": make_vintage(row, t),
    }
    return html.Tr(
        [
            html.Th(_title(row, definition, t), scope="row", className="col-indicator"),
            *(
                html.Td(cell, className=f"col-{name}", **data(label=t(f"column.{name}")))
                for name, cell in cells.items()
            ),
        ],
        id=row.code,
        **data(home=home, **_sort_keys(row, definition, t)),
    )


def _title(row: IndicatorRow, definition: Indicator, t: Translator) -> Component:
    return html.Div(
        [
            html.Span(row.code, className="code"),
            make_indicator_link(definition, t),
            html.Small(t(f"attribution.{definition.attribution.value}"), className="attribution"),
        ]
    )


def _sort_keys(row: IndicatorRow, definition: Indicator, t: Translator) -> dict[str, str]:
    movement = row.movement if row.change is not None and row.change.comparable else None
    return {
        "row": "",
        "code": row.code,
        "state": row.assessment.status.value,
        "attribution": definition.attribution.value,
        "text": f"{row.code} {definition.title.in_(t.language)}".lower(),
        "title": definition.title.in_(t.language),
        "sort_attribution": str(list(Attribution).index(definition.attribution)),
        "sort_status": str(STATUS_ORDER.index(row.assessment.status)),
        "sort_change": "" if movement is None else f"{abs(movement):.4f}",
    }


def make_sparkline(row: IndicatorRow, definition: Indicator, t: Translator) -> Component:
    """The series 2022-2027 as an image with its alternative text."""
    svg = sparkline_svg(row.readings, row.assessment.path, breaks=row.breaks, judged=row.latest)
    if not svg:
        return html.Span(t("value.missing.short"), className="value-missing")
    return html.Img(
        src=data_uri(svg),
        alt=sparkline_alt_text(row, definition, t),
        className="sparkline",
        width=176,
        height=40,
    )


def make_alerts(row: IndicatorRow, t: Translator) -> Component | str:
    """What to know before using the value; nothing when there is nothing to say."""
    texts = [t(f"alert.{alert.value}") for alert in row.alerts]
    if Note.TARGET_CHANGED in row.assessment.notes:
        texts.append(t("alert.target_changed"))
    if row.demonstration:
        texts.append(t("alert.demonstration"))
    return html.Ul([html.Li(text) for text in texts], className="alerts") if texts else ""


def make_vintage(row: IndicatorRow, t: Translator) -> Component | str:
    """Which load delivered the value, and when it was published."""
    if row.vintage is None:
        return ""
    batch, day = row.vintage
    return html.Span(
        [
            html.Span(t("vintage.batch", batch=batch)),
            html.Small(formats.short_day(day, t.language), className="period"),
        ]
    )
