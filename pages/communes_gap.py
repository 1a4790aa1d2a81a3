"""The gap between the croissant pauvre and the rest: /fr/communes/ecart, /nl/gemeenten/kloof."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html, register_page
from flask import current_app

from components.addresses import ADDRESSES
from components.cards.territory_gap import make_gap_page
from components.page import Content, Visit, make_layout, make_title
from data_access.services.territory_choices import croissant_members, get_map_series, settle_selection
from data_access.services.territory_gap import PUBLISHED, gap_series, get_gap, get_gaps


def build(visit: Visit) -> Content:
    """The gap for what the address asks; what does not exist falls back to what does."""
    own = current_app.config["OWN_CROISSANT"]
    series = gap_series(get_map_series(visit.version))
    selection = settle_selection(series, _asked(visit.query), own)
    if selection is None:
        said = visit.t("gap.none" if visit.version else "shell.no_data")
        return Content([html.H1(visit.t("gap.empty")), html.P(said)], demonstration=False)
    sheet = get_gap(visit.version, visit.cutoff, selection, visit.rule, visit.query.get("with", ""))
    lines = get_gaps(visit.version, visit.cutoff, series, selection.members, visit.rule)
    body = make_gap_page(sheet, lines, series, croissant_members(own), visit.t)
    return Content(body, sheet.demonstration or any(line.demonstration for line in lines))


def _asked(query: Mapping[str, str]) -> dict[str, str]:
    """The choices of this page; the contract's own gap is that of its rate."""
    rates = {gap.casefold(): rate for rate, gap in PUBLISHED.items()}
    asked = {name: query[name] for name in ("croissant", "period") if name in query}
    measure = query.get("measure", "")
    return {**asked, "measure": rates.get(measure.casefold(), measure)}


for language, path in ADDRESSES["communes_gap"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("communes_gap", language),
        layout=make_layout("communes_gap", language, build),
    )
