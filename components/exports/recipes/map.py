"""The communes: the map and the plots beside it, all with the table of the communes."""

from __future__ import annotations

from collections.abc import Callable

from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit, Image
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.area_dots import HEIGHT as DOTS_HEIGHT
from components.figures.funnel_plot import HEIGHT as PLOT_HEIGHT
from components.figures.map_figure import HEIGHT as MAP_HEIGHT
from components.figures.map_scale import make_scale
from components.figures.map_svg import year_map_svg
from components.figures.map_years import year_alt_text
from components.figures.theme import ABSENT
from components.figures.tiles import legend_marks, tiles_svg
from components.i18n import formats
from components.map_answer import croissants_of, get_map_figures
from components.map_finding import map_finding, map_measured, map_notes
from components.tables.territory_table import make_territory_table, make_years_table
from data_access.contract.load import contract
from data_access.domain.errors import UserError
from data_access.services.geometry import get_geometry
from data_access.services.territory import get_territory
from data_access.services.territory_choices import Selection, get_map_series, settle_selection

HEIGHTS = {"map": MAP_HEIGHT, "dots": DOTS_HEIGHT, "funnel": PLOT_HEIGHT}
WIDTH = 760
COLUMNS = 5  # of small maps
HATCH = "url(#h)"  # the pattern that each map brings


def _made(name: str, figure: str) -> Callable[[Asked], Exhibit]:
    def make(asked: Asked) -> Exhibit:
        return _make(asked, name, figure)

    return make


def _make(asked: Asked, name: str, figure: str) -> Exhibit:
    t, selection = asked.t, _selection(asked)
    territory = get_territory(asked.version, asked.cutoff, selection, asked.rule)
    require(asked, "period", [str(p) for p in territory.periods])
    if figure == "funnel" and territory.funnel is None:
        raise UserError("export_nothing")
    definition = contract().indicator(selection.series.code)
    figures, alts = get_map_figures(
        asked.version, asked.cutoff, selection, t.language, asked.rule, get_geometry().digest
    )
    return exhibit_of(
        asked,
        name=name,
        subject=selection.series.key,
        title=sentence(map_finding(territory, definition, t)),
        subtitle=f"{definition.title.in_(t.language)} · {map_measured(territory, definition, t)}",
        source=f"{definition.source.in_(t.language)} · {get_geometry().attribution.in_(t.language)}"
        if figure == "map"
        else definition.source.in_(t.language),
        notes=map_notes(territory, t),
        demonstration=territory.demonstration,
        alt=alts[figure],
        drawing=Drawing(figures[figure], WIDTH, HEIGHTS[figure]),
        table=table_of(make_territory_table(territory, definition, t), t),
        period=str(territory.period or ""),
    )


def make_map_years(asked: Asked) -> Exhibit:
    """The same measure at the end of each year, on small maps of the same classes."""
    t, selection = asked.t, _selection(asked)
    territory = get_territory(asked.version, asked.cutoff, selection, asked.rule)
    require(asked, "period", [str(p) for p in territory.periods])
    definition = contract().indicator(selection.series.code)
    table = make_years_table(territory, definition, t)
    if table is None:
        raise UserError("export_nothing")
    scale = make_scale(territory, definition)
    tiles = [
        (formats.period(period, t.language), year_map_svg(cells, scale.breaks, scale.colours))
        for period, cells in territory.years
    ]
    entries = [
        *zip(scale.colours, scale.names(t), strict=True),
        (ABSENT, t("map.absent")),
        (HATCH, t("map.hidden")),
    ]
    made = tiles_svg(tiles, COLUMNS, legend=legend_marks(entries))
    shown = [year_alt_text(territory, i, definition, t) for i in range(len(tiles))]
    title = definition.title.in_(t.language)
    return exhibit_of(
        asked,
        name="map-years",
        subject=f"{t('export.years')} {selection.series.key}",
        title=f"{title} – {t('map.years.title')}",
        subtitle=map_measured(territory, definition, t),
        source=f"{definition.source.in_(t.language)} · {get_geometry().attribution.in_(t.language)}",
        notes=[t("map.years.key"), *map_notes(territory, t)],
        demonstration=territory.demonstration,
        alt=" ".join(shown),
        drawing=Image(made.svg, made.width, made.height),
        table=table_of(table, t),
        period=str(territory.years[-1][0]),
    )


def _selection(asked: Asked) -> Selection:
    """What is asked for, and nothing else.

    Raises:
        UserError: ``export_parameter`` when a choice does not exist; ``export_nothing`` without any series.
    """
    series = get_map_series(asked.version)
    selection = settle_selection(series, asked.query, asked.own_croissant, quarters=True)
    if selection is None:
        raise UserError("export_nothing")
    chosen = selection.series
    require(asked, "measure", [s.key for s in series])
    require(asked, "view", [v.value for v in chosen.views])
    require(asked, "sex", chosen.sexes)
    require(asked, "age", [age for age in chosen.ages if chosen.has(selection.sex, age)])
    require(asked, "croissant", croissants_of(selection, asked.own_croissant))
    return selection


make_map = _made("map", "map")
make_dots = _made("dots", "dots")
make_funnel_plot = _made("funnel-plot", "funnel")
