"""The short pack of a meeting: what needs attention, then a few chosen figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.cards.attention import attention_sentence
from components.cards.concerns import SYMBOLS, reason_rule
from components.exports.asked import Asked
from components.exports.exhibit import Image
from components.exports.pack.fiche import series_art, series_grid
from components.exports.pack.model import (
    Art,
    AttentionGroup,
    AttentionPage,
    FigurePage,
    Part,
)
from components.exports.pack.pieces import make_decisions, operator_names
from components.exports.pack.said import grid
from components.exports.pack.shared import make_funnel_part
from components.figures.map_figure import map_alt_text
from components.figures.map_scale import make_scale
from components.figures.map_svg import territory_svg
from components.figures.theme import ABSENT
from components.finding import finding_sentence, subtitle
from components.map_finding import map_finding, map_notes, map_subtitle
from components.tables.territory_table import make_territory_table
from data_access.contract.load import contract
from data_access.domain.concern import AttentionReason
from data_access.services.attention import AttentionItem, get_attention
from data_access.services.funnel_choices import get_funnel_choices
from data_access.services.sheet import get_sheet
from data_access.services.territory import get_territory
from data_access.services.territory_choices import get_map_series, settle_selection

# domain of the meeting: exit and sustainability, delay, the gap of the croissant, inflow to and exit from
# long-term unemployment, the basic kit, take-up of employers, satisfaction; the stock as context.
HEADLINES = ("OS2.01", "OS1.01", "OS1.04", "OS1.11", "OS2.03", "OS2.09", "OS3.02", "OS4.05", "OS5.07")
NEWEST = 24  # rows of a table, so that figure and table share a page
LONG_TERM = ("F-PREV", "F-ABS")


def make_attention_page(asked: Asked) -> AttentionPage:
    """What needs attention, grouped by the most pressing reason."""
    t = asked.t
    every = get_attention(asked.version, asked.cutoff, asked.rule)
    grouped: dict[AttentionReason, list[AttentionItem]] = {}
    for item in every:
        grouped.setdefault(item.concerns[0].reason, []).append(item)
    return AttentionPage(
        heading=t("attention.title"),
        running=t("attention.title"),
        demonstration=any(item.demonstration for item in every),
        title=t("attention.title"),
        lede=attention_sentence(every, t) if every else t("attention.nothing"),
        groups=tuple(_group(r, grouped[r], asked) for r in AttentionReason if r in grouped),
    )


def _group(reason: AttentionReason, items: Sequence[AttentionItem], asked: Asked) -> AttentionGroup:
    t = asked.t
    return AttentionGroup(
        SYMBOLS[reason],
        f"{t(f'attention.reason.{reason.value}')} ({len(items)})",
        reason_rule(reason, t),
        make_decisions(items, t, reason),
    )


def make_chosen(asked: Asked) -> tuple[Part, ...]:
    """The map, the funnels of long-term unemployment, the headline figures."""
    found = make_map_page(asked)
    funnels = [c for c in get_funnel_choices(asked.version) if c.code in LONG_TERM]
    return (
        *([found] if found else []),
        *(make_funnel_part(choice, asked) for choice in funnels),
        *(make_headline_page(code, asked) for code in HEADLINES),
    )


def make_headline_page(code: str, asked: Asked) -> FigurePage:
    """One indicator: finding, figure, table."""
    t, definition = asked.t, contract().indicator(code)
    sheet = get_sheet(asked.version, asked.cutoff, code, None, asked.rule)
    title = f"{code} {definition.title.in_(t.language)}"
    table = series_grid(sheet, definition, t)
    count = len(table.rows) if table is not None else 0
    if table is not None:
        table = replace(table, rows=table.rows[:NEWEST])
    return FigurePage(
        heading=title,
        running=code,
        demonstration=sheet.row.demonstration,
        title=title,
        finding=finding_sentence(sheet, definition, t),
        subtitle=subtitle(sheet, definition, t, operator_names(t.language)),
        figure=series_art(sheet, definition, t),
        legend=(),
        notes=(t("pack.newest", n=NEWEST, total=count),) if count > NEWEST else (),
        grid=table,
    )


def make_map_page(asked: Asked) -> FigurePage | None:
    """The map as it first shows; None while no series by commune is loaded."""
    t = asked.t
    selection = settle_selection(get_map_series(asked.version), {}, asked.own_croissant)
    if selection is None:
        return None
    territory = get_territory(asked.version, asked.cutoff, selection, asked.rule)
    definition = contract().indicator(selection.series.code)
    scale = make_scale(territory, definition)
    svg = territory_svg(territory, definition, t)
    title = t("title.communes")
    legend = [*zip(scale.colours, scale.names(t), strict=True), (ABSENT, t("map.absent"))]
    return FigurePage(
        heading=title,
        running=title,
        demonstration=territory.demonstration,
        title=f"{definition.code} {definition.title.in_(t.language)}",
        finding=map_finding(territory, definition, t),
        subtitle=map_subtitle(territory, definition, t),
        figure=Art(
            f"{definition.code} {title}", Image(svg, *svg_size(svg)), map_alt_text(territory, definition, t)
        ),
        legend=tuple(legend),
        notes=tuple(map_notes(territory, t)),
        grid=grid(make_territory_table(territory, definition, t), t("map.table.caption")),
    )


def svg_size(svg: str) -> tuple[int, int]:
    """Width and height that an image made on the server declares."""
    head = svg[: svg.index(">")]
    width, height = (head.split(f' {name}="', 1)[1].split('"', 1)[0] for name in ("width", "height"))
    return round(float(width)), round(float(height))
