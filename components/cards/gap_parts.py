"""What the gap is made of, and what each commune adds to a change of the Region."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.exports.menu import make_export_menu
from components.figures.gap_bars import (
    SPLIT_HEIGHT,
    communes_alt_text,
    communes_figure,
    communes_height,
    split_alt_text,
    split_figure,
)
from components.figures.graph import make_graph
from components.gap_finding import regional_sentence, split_sentence
from components.group_names import dimension_name
from components.i18n.translate import Translator
from components.tables.gap_table import make_communes_table, make_split_table
from data_access.contract.model import Indicator
from data_access.services.gap_model import GapSheet, Refusal, Split


def make_composition(
    sheet: GapSheet, definition: Indicator, asked: Mapping[str, str], t: Translator
) -> Component:
    """The gap by each dimension: bars, a sentence, the groups; or why it is not decomposed.

    Args:
        sheet: the gap of the chosen series; ``definition`` of its indicator.
        asked: the choices of the page, for the addresses of files.
        t: of the page's language.
    """
    reasons = set(sheet.splits.values())
    parts = [_split(d, found, definition, asked, t) for d, found in sheet.splits.items()]
    if len(reasons) == 1 and isinstance(reason := next(iter(reasons)), Refusal):
        parts = [html.P(t(f"gap.refused.{reason.value}"), className="nothing-to-draw")]
    return html.Section(
        [
            html.H2(t("gap.split.title")),
            html.P(t("gap.split.key"), className="gap-text"),
            html.Div(parts, className="gap-splits"),
        ],
        className="gap-composition",
    )


def _split(
    dimension: str, found: Split | Refusal, definition: Indicator, asked: Mapping[str, str], t: Translator
) -> Component:
    said = t("gap.split.by", dimension=dimension_name(dimension, t).lower())
    title = html.H3(said)
    if isinstance(found, Refusal):
        return html.Div(
            [title, html.P(t(f"gap.refused.{found.value}"), className="quiet")], className="gap-split"
        )
    graph = make_graph(
        split_figure(found, t),
        id=f"gap-split-{dimension.lower()}",
        alt=split_alt_text(found, t),
        height=SPLIT_HEIGHT,
        language=t.language,
    )
    table = make_split_table(found, definition, t)
    twin = html.Details([html.Summary(t("gap.split.open")), table], className="gap-twin")
    menu = make_export_menu("gap-split", {**asked, "by": dimension}, said, t)
    return html.Div([title, html.P(split_sentence(found, t)), graph, menu, twin], className="gap-split")


def make_regional(
    sheet: GapSheet, definition: Indicator, asked: Mapping[str, str], t: Translator
) -> Component:
    """The change of the Region by commune, or why there is none; arguments as above."""
    found = sheet.regional
    parts: list[Component] = [html.H2(t("gap.communes.title"))]
    if isinstance(found, Refusal):
        parts.append(html.P(t(f"gap.refused.{found.value}"), className="nothing-to-draw"))
        return html.Section(parts, className="gap-regional")
    graph = make_graph(
        communes_figure(sheet, found, t),
        id="gap-communes",
        alt=communes_alt_text(found, t),
        height=communes_height(found),
        language=t.language,
    )
    table = make_communes_table(sheet, found, definition, t)
    return html.Section(
        [
            *parts,
            html.P(regional_sentence(sheet, found, definition, t), className="gap-text"),
            html.P(t("gap.communes.key"), className="quiet"),
            graph,
            make_export_menu("gap-communes", asked, t("gap.communes.title"), t),
            html.Details([html.Summary(t("gap.communes.open")), table], className="gap-twin"),
        ],
        className="gap-regional",
    )
