"""``/fr/indicateurs/OS2.03`` and ``/nl/indicatoren/OS2.03``: the sheet of one indicator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dash import dcc, html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.attributes import aria
from components.cards.acceptance import make_acceptance_badge, make_acceptance_note
from components.cards.decisions import make_sheet_decisions
from components.cards.figure_controls import make_figure_controls
from components.cards.sheet_facts import make_definition_sheet, make_feeds, make_neighbours
from components.cards.sheet_remarks import make_annotations
from components.cards.sheet_revisions import make_revisions
from components.cards.sheet_targets import make_target_history
from components.cards.verdicts import make_verdicts
from components.edition_links import PARAMETER as EDITION
from components.exports.menu import make_export_menu
from components.figures.graph import make_graph
from components.figures.series_figure import has_limits, series_alt_text
from components.figures.series_key import make_series_key
from components.finding import finding_sentence, subtitle
from components.i18n import formats
from components.i18n.translate import Translator
from components.page import Content, PageNotFound, Visit, make_layout, make_title
from components.series_answer import get_series_figure, view_of
from components.status import make_assessment
from components.tables.data_table import make_data_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.decision import Acceptance
from data_access.services.compare import Compared, get_compared, get_options
from data_access.services.decisions import day_shown, get_acceptances, get_decisions
from data_access.services.releases import get_triangle
from data_access.services.sheet import Sheet, get_sheet
from pages._breakdown import build_breakdown, register_breakdown_callback
from pages._comments import build_comments
from pages._drafts import published_note

SECTIONS = (
    "series",
    "comments",
    "decisions",
    "verdicts",
    "breakdown",
    "data",
    "revisions",
    "definition",
    "targets",
    "feeds",
)
HEIGHT = 440


def build(visit: Visit) -> Content:
    """The sheet that the address names.

    Raises:
        PageNotFound: no indicator bears this code.
    """
    t = visit.t
    definition = contract().find(visit.parts["code"])
    if definition is None:
        raise PageNotFound("page_not_found", value=visit.parts["code"])
    sheet = get_sheet(visit.version, visit.cutoff, definition.code, visit.query.get("operator"), visit.rule)
    compared = get_compared(
        visit.version,
        visit.cutoff,
        definition.code,
        sheet.row.operator,
        visit.query.get("with", ""),
        visit.rule,
    )
    rules = contract().rules_on(visit.cutoff or date.min)
    day, about = day_shown(visit.today), (definition.code, sheet.row.operator)
    decided = get_decisions(visit.version, visit.cutoff, day, visit.rule).of_indicator(*about)
    body: list[Component | None] = [
        make_neighbours(sheet, t),
        *published_note(visit),
        *_heading(sheet, definition, get_acceptances(visit.version, day).get(about), t),
        _contents(t),
        _figure(visit, sheet, definition, compared),
        build_comments(visit, sheet),
        make_sheet_decisions(decided.lines, definition, about[1], day, t, writes=visit.writes),
        make_verdicts(sheet, definition, t, thresholds=rules.house),
        build_breakdown(visit, definition.code),
        make_data_table(sheet, definition, t),
        make_revisions(
            get_triangle(visit.version, definition.code, sheet.row.operator, visit.rule),
            definition,
            sheet.row.operator,
            t,
        ),
        make_definition_sheet(definition, contract(), t),
        make_target_history(sheet, definition, t),
        make_feeds(sheet, t),
        dcc.Store(id="sheet-code", data=definition.code),
        dcc.Store(id="sheet-language", data=t.language),
        dcc.Store(id="sheet-edition", data=visit.query.get(EDITION, "")),
    ]
    demonstration = (
        sheet.row.demonstration or any(r.demonstration for r in sheet.remarks) or decided.demonstration
    )
    shown = [part for part in body if part is not None]
    return Content(shown, demonstration or (compared is not None and compared.demonstration))


def _heading(
    sheet: Sheet, definition: Indicator, accepted: Acceptance | None, t: Translator
) -> list[Component | None]:
    return [
        html.H1([html.Span(definition.code, className="code"), definition.title.in_(t.language)]),
        html.P(finding_sentence(sheet, definition, t), className="finding"),
        html.Div(
            [
                make_assessment(sheet.row.assessment, t),
                make_acceptance_badge(accepted, t),
                html.P(subtitle(sheet, definition, t, _operators(sheet, t)), className="quiet"),
            ],
            className="finding-facts",
        ),
        make_acceptance_note(accepted, t),
    ]


def _contents(t: Translator) -> Component:
    links = [html.Li(html.A(t(f"sheet.contents.{name}"), href=f"#{name}")) for name in SECTIONS]
    return html.Nav(html.Ul(links), className="contents sheet-contents", **aria(label=t("sheet.contents")))


def _figure(visit: Visit, sheet: Sheet, definition: Indicator, compared: Compared | None) -> Component:
    """Controls, key, figure, the breaks explained and the annotations in words."""
    t, operators = visit.t, _operators(sheet, visit.t)
    parts: list[Component | None] = [html.H2(t("sheet.figure"))]
    if any(r.value is not None for r in sheet.row.readings):
        options = get_options(visit.version, definition.code, sheet.row.operator)
        figure = get_series_figure(
            visit.version,
            visit.cutoff,
            definition.code,
            sheet.row.operator,
            compared.option.key if compared else "",
            view_of(visit.query),
            t.language,
            visit.rule,
        )
        first = int(figure["layout"]["xaxis"]["range"][0][:4]) if not visit.query.get("from") else 2017
        parts += [
            make_figure_controls(
                visit.query, options, operators, limits=has_limits(sheet), first_year=first, t=t
            ),
            make_series_key(sheet, compared, t),
            make_graph(
                figure,
                id="sheet-figure",
                alt=series_alt_text(sheet, definition, compared, t),
                height=HEIGHT,
                language=t.language,
                paper=(1030, 330),  # on the page of the finding
            ),
            make_export_menu(
                "indicator",
                {"code": definition.code, **_shown(visit.query, sheet, compared)},
                t("sheet.figure"),
                t,
                follow=("from", "to", "limits"),
            ),
            html.P(t("sheet.figure.zoom"), className="quiet screen-only"),
            None if has_limits(sheet) else html.P(t("sheet.figure.no_limits"), className="quiet"),
        ]
    else:
        parts.append(html.P(t("sheet.figure.empty"), className="nothing-to-draw"))
    parts += [_breaks(sheet, definition, t), make_annotations(sheet, t)]
    return html.Section(parts, id="series", className="sheet-figure")


def _shown(query: Mapping[str, str], sheet: Sheet, compared: Compared | None) -> dict[str, str]:
    """What of the address the figure is made of; the rest is the breakdown's, or does not exist."""
    asked = {name: query[name] for name in ("from", "to", "limits") if name in query}
    asked |= {"operator": sheet.row.operator} if "operator" in query else {}
    return asked | ({"with": compared.option.key} if compared else {})


def _operators(sheet: Sheet, t: Translator) -> dict[str, str]:
    labels = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    return {code: labels.get(code, code) for code in sheet.operators}


def _breaks(sheet: Sheet, definition: Indicator, t: Translator) -> Component | None:
    """Each break in words: from the contract's list, or told by the data."""
    named = {b.day: b for b in contract().breaks if b.code in definition.breaks}
    items = []
    for day in sheet.row.breaks:
        written = formats.day(day, t.language)
        if day in named:
            label, reason = named[day].label.in_(t.language), named[day].reason.in_(t.language)
            items.append(t("sheet.figure.break_reason", day=written, label=label, reason=reason))
        else:
            items.append(t("sheet.figure.break_data", day=written))
    return html.Div([html.P(text) for text in items], className="break-reasons") if items else None


register_breakdown_callback()
for language, path in ADDRESSES["indicator"].items():
    register_page(
        f"{__name__}.{language}",
        path_template=path,
        title=make_title("indicator", language),
        layout=make_layout("indicator", language, build, ("code",)),
    )
