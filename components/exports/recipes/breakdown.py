"""A breakdown of an indicator: its dots and its groups."""

from __future__ import annotations

from components.breakdown_finding import breakdown_finding
from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Drawing, Exhibit, Table
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.dot_plot import dot_plot_alt_text, dot_plot_figure, dot_plot_height
from components.group_names import dimension_name, group_name, in_reading_order
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.breakdown_table import facet_scale, make_facet_table, make_groups_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.errors import UserError
from data_access.services.breakdown import Breakdown, get_breakdown
from data_access.services.breakdown_choices import get_choices, settle

WIDTH = 760


def make_breakdown(asked: Asked) -> Exhibit:
    """The groups of one period, alone or crossed with a second dimension."""
    t = asked.t
    definition = contract().indicator(
        require(asked, "code", [d.code for d in contract().indicators], needed=True)
    )
    choices = get_choices(asked.version, definition.code)
    by = require(asked, "by", choices.first)
    usual = settle(choices, by or None, None)
    then = require(asked, "then", ["none", *(choices.second(usual[0]) if usual else ())])
    settled = settle(choices, by or None, then or None)
    period = asked.query.get("period")
    found = (
        get_breakdown(asked.version, asked.cutoff, definition.code, *settled, period, asked.rule)
        if settled
        else None
    )
    if found is None or found.period is None:
        raise UserError("export_nothing")
    require(asked, "period", [str(p) for p in found.periods])
    names = [dimension_name(d, t) for d in (found.by, found.then) if d]
    return exhibit_of(
        asked,
        name="breakdown",
        subject=f"{definition.code} {' × '.join(names)}",
        title=sentence(breakdown_finding(found, definition, t)),
        subtitle=" · ".join(
            [
                f"{definition.code} {definition.title.in_(t.language)}",
                *names,
                formats.period(found.period, t.language),
            ]
        ),
        source=definition.source.in_(t.language),
        notes=_notes(found, t),
        demonstration=found.demonstration,
        alt=dot_plot_alt_text(found, definition, t) if not found.then else t("export.alt.table"),
        drawing=None
        if found.then
        else Drawing(dot_plot_figure(found, definition, t), WIDTH, dot_plot_height(found)),
        table=_table(found, definition, t),
        period=str(found.period),
    )


def _table(found: Breakdown, definition: Indicator, t: Translator) -> Table:
    if not found.then:
        return table_of(make_groups_table(found, definition, t), t)
    scale = facet_scale(found.facets, found.kind)
    by_item = {facet.item: facet for facet in found.facets}
    parts = []
    for item in in_reading_order(found.by, by_item, t):
        table = table_of(make_facet_table(by_item[item], scale, found, definition, t), t)
        parts.append((group_name(found.by, item, t), table))
    return stacked(dimension_name(found.by, t), parts)


def stacked(head: str, parts: list[tuple[str, Table]]) -> Table:
    """Tables of the same columns one under the other, with a first column that tells them apart."""
    columns = max((table.columns for _, table in parts), key=len, default=())
    rows = [
        (Cell(name), *row, *[Cell("")] * (len(columns) - len(row)))
        for name, table in parts
        for row in table.rows
    ]
    return Table((Column(head), *columns), tuple(rows))


def _notes(found: Breakdown, t: Translator) -> list[str]:
    notes = []
    if not found.is_mature:
        notes.append(t("breakdown.note.immature"))
    if found.croissant is not None:
        name, rule = found.croissant.name.in_(t.language), found.croissant.rule.in_(t.language)
        notes.append(t("breakdown.note.croissant", name=name, rule=rule))
    if any(group.cell.availability.value == "hidden" for group in found.groups):
        notes.append(t("breakdown.note.hidden"))
    return notes
