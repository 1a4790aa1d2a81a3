"""The communes on a map: /fr/communes, /nl/gemeenten."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.cards.territory import make_map_page
from components.figures.map_figure import FOR_A_ROOM, map_figure
from components.page import Content, Visit, make_layout, make_title
from components.presentation import is_presented
from pages._territory import answer, register_territory_callbacks


def build(visit: Visit) -> Content:
    """The map for what the address asks; what does not exist falls back to what does."""
    found = answer(visit.version, visit.cutoff, visit.query, visit.language, visit.rule)
    if found is None:
        return Content([html.H1(visit.t("map.empty")), html.P(visit.t("shell.no_data"))], demonstration=False)
    figures, alts = found.figures
    if is_presented(visit.query):
        figures = {**figures, "map": map_figure(found.territory, found.definition, visit.t, FOR_A_ROOM)}
    body = make_map_page(
        found.territory, found.definition, figures, alts, found.options, found.shown, visit.t
    )
    return Content(body, found.territory.demonstration)


register_territory_callbacks()
for language, path in ADDRESSES["communes"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("communes", language),
        layout=make_layout("communes", language, build),
    )
