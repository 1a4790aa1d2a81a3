"""The gap between the croissant pauvre and the rest, in time."""

from __future__ import annotations

from dataclasses import dataclass

from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.gap_figures import HEIGHT, gap_lines_alt_text, gap_lines_figure
from components.figures.gap_points import GAP_HEIGHT, gap_points_alt_text, gap_points_figure
from components.gap_finding import gap_finding, gap_notes, gap_subtitle
from components.tables.gap_table import make_periods_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.errors import UserError
from data_access.services.gap_model import GapSheet
from data_access.services.territory_choices import croissant_members, get_map_series, settle_selection
from data_access.services.territory_gap import PUBLISHED, gap_series, get_gap

WIDTH = 900


@dataclass(frozen=True)
class Found:
    """The gap that was asked for, and its indicator."""

    sheet: GapSheet
    definition: Indicator


def make_gap_lines(asked: Asked) -> Exhibit:
    """Both sides and the band between them."""
    found, t = _find(asked), asked.t
    drawing = Drawing(gap_lines_figure(found.sheet, found.definition, t), WIDTH, HEIGHT)
    return _exhibit(asked, found, "gap-lines", drawing, gap_lines_alt_text(found.sheet, found.definition, t))


def make_gap_points(asked: Asked) -> Exhibit:
    """The gap around zero."""
    found, t = _find(asked), asked.t
    drawing = Drawing(gap_points_figure(found.sheet, t), WIDTH, GAP_HEIGHT)
    return _exhibit(asked, found, "gap-points", drawing, gap_points_alt_text(found.sheet, t))


def _find(asked: Asked) -> Found:
    """Raises ``export_parameter`` when a choice does not exist, ``export_nothing`` when there is no gap."""
    series = gap_series(get_map_series(asked.version))
    rates = {gap.casefold(): rate for rate, gap in PUBLISHED.items()}
    measure = asked.query.get("measure", "")
    query = {**asked.query, "measure": rates.get(measure.casefold(), measure)}
    selection = settle_selection(series, query, asked.own_croissant)
    if selection is None:
        raise UserError("export_nothing")
    require(asked, "measure", [*(s.key for s in series), *PUBLISHED.values()])
    require(asked, "croissant", list(croissant_members(asked.own_croissant)))
    sheet = get_gap(asked.version, asked.cutoff, selection, asked.rule, asked.query.get("with", ""))
    require(asked, "period", [str(p.period) for p in sheet.points])
    require(asked, "with", ["year", *(str(p) for p in sheet.starts)])
    if all(p.gap is None for p in sheet.points):
        raise UserError("export_nothing")
    return Found(sheet, contract().indicator(selection.series.code))


def _exhibit(asked: Asked, found: Found, name: str, drawing: Drawing, alt: str) -> Exhibit:
    t, sheet, definition = asked.t, found.sheet, found.definition
    return exhibit_of(
        asked,
        name=name,
        subject=f"{t('export.gap')} {sheet.selection.series.key}",
        title=sentence(gap_finding(sheet, definition, t)),
        subtitle=f"{definition.title.in_(t.language)} · {gap_subtitle(sheet, definition, t)}",
        source=definition.source.in_(t.language),
        notes=[*([t("territory.caution.reform")] if sheet.meets_reform else []), *gap_notes(sheet, t)],
        demonstration=sheet.demonstration,
        alt=alt,
        drawing=drawing,
        table=table_of(make_periods_table(sheet, definition, t), t),
        period=str(sheet.point.period) if sheet.point else "",
    )
