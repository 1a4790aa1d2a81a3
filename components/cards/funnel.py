"""A funnel on a page: what it says, the flow and its table, its cohorts in time, how to read it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.exports.menu import make_export_menu
from components.figures.cohort_multiples import cohort_alt_text, cohort_svg
from components.figures.funnel_flow import flow_alt_text, flow_height, flow_paper_height
from components.figures.funnel_svg import flow_svg
from components.figures.graph import Figure, make_graph
from components.figures.sparkline import data_uri
from components.funnel_words import (
    coded_name,
    exposure_text,
    funnel_finding,
    funnel_title,
    group_text,
    maturity_text,
)
from components.i18n.translate import Translator
from components.map_finding import croissant_name
from components.tables.funnel_table import make_cohorts_table, make_funnel_table
from data_access.contract.model import Funnel
from data_access.services.breakdown_choices import CROISSANT, default_croissant
from data_access.services.funnel import CohortView, FunnelSheet
from data_access.services.funnel_choices import FunnelChoice, GroupKey


def make_headline(
    sheet: FunnelSheet, view: CohortView | None, definition: Funnel, t: Translator
) -> list[Component]:
    """Title, finding, who is followed, and how mature the cohort is."""
    parts: list[Component] = [
        html.H1(funnel_title(definition, sheet.operator, t)),
        html.P(funnel_finding(view, sheet, definition, t), className="finding"),
    ]
    if view is not None:
        facts = [
            definition.cohort.in_(t.language),
            t("funnel.subtitle.unit", unit=definition.unit.in_(t.language)),
            group_text(sheet.group, t),
            t("funnel.subtitle.window", months=definition.window_months),
        ]
        parts.append(html.P(" · ".join(facts), className="quiet"))
        said = [maturity_text(view, t), exposure_text(view, t)]
        text = " ".join(text for text in said if text)
        parts.append(html.P(text, className=f"maturity maturity-{view.maturity.value}"))
    return parts


def flow_key(t: Translator, *, plain: bool) -> str:
    """What the widths, colours and hatches of the figure mean."""
    return t("funnel.key.plain" if plain else "funnel.key.flow")


def make_flow(figure: Figure, alt: str, definition: Funnel, t: Translator, *, plain: bool) -> Component:
    """The figure and what its colours mean; it stays in its place when the choices change."""
    return html.Section(
        [
            html.H2(t("funnel.flow.title")),
            html.P(flow_key(t, plain=plain), className="quiet", id="funnel-key"),
            make_graph(
                figure,
                id="funnel-flow",
                alt=alt,
                height=flow_height(definition),
                language=t.language,
                paper=(1030, flow_paper_height(definition)),  # on the page of the finding
            ),
        ],
        className="funnel-flow",
        id="funnel-flow-part",
        hidden=not figure["data"],
    )


def make_flow_table(view: CohortView, definition: Funnel, t: Translator) -> Component:
    """The same numbers as a table, open under the figure."""
    table = make_funnel_table(view, definition, t)
    return html.Details([html.Summary(t("funnel.table.open")), table], open=True)


def make_cohorts(sheet: FunnelSheet, definition: Funnel, t: Translator) -> Component:
    """Each step's rate by cohort of entry."""
    charts = []
    for stage in definition.stages[1:]:
        svg = cohort_svg(sheet, stage.code, t.language)
        alt = cohort_alt_text(sheet, stage.code, definition, t)
        name = coded_name(stage.code, definition, t)
        drawn = html.Img(src=data_uri(svg), alt=alt) if svg else html.P(alt, className="nothing-to-draw")
        charts.append(html.Figure([html.Figcaption(name), drawn]))
    table = html.Details([html.Summary(t("funnel.cohorts.open")), make_cohorts_table(sheet, definition, t)])
    return html.Section(
        [
            html.H2(t("funnel.cohorts.title")),
            html.P(t("funnel.cohorts.key"), className="quiet"),
            html.Div(charts, className="cohort-charts"),
            table,
        ],
        className="funnel-cohorts",
    )


def make_notes(definition: Funnel, group: GroupKey, t: Translator) -> Component:
    """How to read a funnel."""
    names = ["same_people", "outcomes", "rates", "windows", "reform", "hidden"]
    names += ["stock"] if definition.kind.value == "stock" else []
    names += ["not_nested"] if any(not s.nested for s in definition.stages) else []
    names += ["self_registration"] if definition.code == "F-SI" else []
    notes = [t(f"funnel.note.{name}") for name in names]
    if group.by == CROISSANT:
        notes.append(t("funnel.note.croissant", definition=croissant_name(default_croissant().code, t)))
    items = html.Ul([html.Li(note) for note in notes], className="quiet")
    return html.Section([html.H2(t("map.notes")), items], className="funnel-notes")


def make_short_funnel(
    choice: FunnelChoice, sheet: FunnelSheet, definition: Funnel, t: Translator
) -> Component:
    """A funnel on another page: its finding, the flow as an image, its table, and the way to the whole."""
    view = sheet.cohort("")
    href = f"{address('long_term', t.language)}?funnel={choice.key}"
    parts: list[Component] = [
        html.H3(html.A(funnel_title(definition, choice.operator, t), href=href)),
        html.P(funnel_finding(view, sheet, definition, t)),
    ]
    if view is not None and view.funnel is not None:
        parts.append(html.P(maturity_text(view, t), className="quiet"))
        if svg := flow_svg(view, definition, t):
            image = html.Img(src=data_uri(svg), alt=flow_alt_text(view, definition, t))
            label = aria(label=funnel_title(definition, choice.operator, t))
            parts.append(html.Div(image, className="scroll", tabIndex="0", role="group", **label))
            title = funnel_title(definition, choice.operator, t)
            parts.append(make_export_menu("funnel", {"funnel": choice.key}, title, t))
        table = make_funnel_table(view, definition, t)
        parts.append(html.Details([html.Summary(t("funnel.table.open")), table]))
    return html.Div(parts, className="funnel-short")
