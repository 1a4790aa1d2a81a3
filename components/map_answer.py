"""The figures of the communes for a choice, on their page and in their files."""

from __future__ import annotations

from datetime import date
from typing import Any

from components.figures.area_dots import area_dots_alt_text, area_dots_figure
from components.figures.funnel_plot import funnel_alt_text, funnel_plot_figure
from components.figures.map_figure import map_alt_text, map_figure
from components.i18n.translate import translator
from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.indicator_rows import TOTAL
from data_access.services.territory import get_territory
from data_access.services.territory_choices import QUARTERS, Selection, croissant_members

FIGURES = ("map", "dots", "funnel")
Figures = tuple[dict[str, dict[str, Any]], dict[str, str]]


def croissants_of(selection: Selection, own: tuple[str, ...]) -> list[str]:
    """The definitions that can be chosen; the one by quarters where its sides are delivered."""
    whole = (selection.sex, selection.age) == (TOTAL, TOTAL)
    return [*croissant_members(own), *([QUARTERS] if selection.series.quarters and whole else [])]


@cached
def get_map_figures(
    version: int, cutoff: date | None, selection: Selection, language: str, rule: SmallCellRule, geometry: str
) -> Figures:
    """The three figures and their alternative texts, made once for a choice and a language.

    Args:
        version, cutoff, selection, rule: as in ``get_territory``.
        language: ``fr`` or ``nl``.
        geometry: digest of the shapes in force.
    """
    territory, t = get_territory(version, cutoff, selection, rule), translator(language)
    definition = contract().indicator(selection.series.code)
    figures = {
        "map": map_figure(territory, definition, t),
        "dots": area_dots_figure(territory, definition, t),
        "funnel": funnel_plot_figure(territory, definition, t),
    }
    alts = {
        "map": map_alt_text(territory, definition, t),
        "dots": area_dots_alt_text(territory, definition, t),
        "funnel": funnel_alt_text(territory, t),
    }
    return figures, alts
