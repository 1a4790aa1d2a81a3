"""The gap between the croissant pauvre and the rest, in time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.gap_bars import (
    SPLIT_HEIGHT,
    communes_alt_text,
    communes_figure,
    communes_height,
    split_alt_text,
    split_figure,
)
from components.figures.gap_figures import HEIGHT, gap_lines_alt_text, gap_lines_figure
from components.figures.gap_points import GAP_HEIGHT, gap_points_alt_text, gap_points_figure
from components.gap_finding import gap_finding, gap_measured, gap_notes, regional_sentence, split_sentence
from components.group_names import dimension_name
from components.map_finding import croissant_name
from components.tables.gap_table import (
    make_communes_table,
    make_overview_table,
    make_periods_table,
    make_split_table,
)
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.errors import UserError
from data_access.services.gap_model import GapSheet, Refusal, Split
from data_access.services.territory_choices import croissant_members, get_map_series, settle_selection
from data_access.services.territory_gap import PUBLISHED, gap_series, get_gap, get_gaps

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


def make_gap_split(asked: Asked) -> Exhibit:
    """What of the gap is composition, by one dimension."""
    found, t = _find(asked), asked.t
    splits = {d: s for d, s in found.sheet.splits.items() if isinstance(s, Split)}
    if not splits:
        raise UserError("export_nothing")
    split = splits[require(asked, "by", list(splits)) or next(iter(splits))]
    drawing = Drawing(split_figure(split, t), WIDTH, SPLIT_HEIGHT)
    exhibit = _exhibit(asked, found, "gap-split", drawing, split_alt_text(split, t))
    return replace(
        exhibit,
        subject=f"{exhibit.subject} {dimension_name(split.dimension, t)}",
        title=sentence(split_sentence(split, t)),
        table=table_of(make_split_table(split, found.definition, t), t),
    )


def make_gap_communes(asked: Asked) -> Exhibit:
    """What each commune adds to a change of the Region."""
    found, t = _find(asked), asked.t
    regional = found.sheet.regional
    if isinstance(regional, Refusal):
        raise UserError("export_nothing")
    drawing = Drawing(communes_figure(found.sheet, regional, t), WIDTH, communes_height(regional))
    exhibit = _exhibit(asked, found, "gap-communes", drawing, communes_alt_text(regional, t))
    return replace(
        exhibit,
        subject=f"{exhibit.subject} {t('export.communes')}",
        title=sentence(regional_sentence(found.sheet, regional, found.definition, t)),
        notes=(t("gap.communes.key"), *exhibit.notes),
        table=table_of(make_communes_table(found.sheet, regional, found.definition, t), t),
    )


def make_gap_all(asked: Asked) -> Exhibit:
    """The newest gap of every series."""
    selection, t = _choose(asked).sheet.selection, asked.t
    series = gap_series(get_map_series(asked.version))
    lines = get_gaps(asked.version, asked.cutoff, series, selection.members, asked.rule)
    name = croissant_name(selection.croissant, t)
    return exhibit_of(
        asked,
        name="gap-all",
        subject=t("export.gap"),
        title=t("gap.overview.title"),
        subtitle=t("gap.overview.key", name=name),
        source=t("export.source.several"),
        notes=[t("breakdown.note.hidden")],
        demonstration=any(line.demonstration for line in lines),
        alt=t("export.alt.table"),
        drawing=None,
        table=table_of(make_overview_table(lines, selection.croissant, t), t),
    )


def _find(asked: Asked) -> Found:
    """Raises ``export_parameter`` when a choice does not exist, ``export_nothing`` when there is no gap."""
    found = _choose(asked)
    if all(p.gap is None for p in found.sheet.points):
        raise UserError("export_nothing")
    return found


def _choose(asked: Asked) -> Found:
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
    return Found(sheet, contract().indicator(selection.series.code))


def _exhibit(asked: Asked, found: Found, name: str, drawing: Drawing, alt: str) -> Exhibit:
    t, sheet, definition = asked.t, found.sheet, found.definition
    return exhibit_of(
        asked,
        name=name,
        subject=f"{t('export.gap')} {sheet.selection.series.key}",
        title=sentence(gap_finding(sheet, definition, t)),
        subtitle=gap_measured(sheet, definition, t),
        source=definition.source.in_(t.language),
        notes=[*([t("territory.caution.reform")] if sheet.meets_reform else []), *gap_notes(sheet, t)],
        demonstration=sheet.demonstration,
        alt=alt,
        drawing=drawing,
        table=table_of(make_periods_table(sheet, definition, t), t),
        period=str(sheet.point.period) if sheet.point else "",
    )
