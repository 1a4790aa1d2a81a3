"""The table of the map as a file for a spreadsheet: what is shown, and from which version."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from flask import Flask, Response, current_app, request

from components.edition_links import PARAMETER as EDITION
from components.group_names import group_name, in_reading_order
from components.i18n import formats
from components.i18n.errors import error_sentence
from components.i18n.translate import LANGUAGES, Translator, translator
from components.map_finding import croissant_name
from components.page import known_filters
from components.place_words import position_text
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.comparison import Cell
from data_access.domain.errors import UserError
from data_access.domain.standardisation import Standardised
from data_access.services.breakdown_choices import AREA, CROISSANT
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing
from data_access.services.indicator_rows import REGION, TOTAL
from data_access.services.territory import get_territory
from data_access.services.territory_choices import croissant_members, get_map_series, settle_selection
from data_access.services.territory_model import Place, Territory

ROUTE = "/export/communes.csv"
NUMBERS = (
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "gap",
    "change",
    "standardised",
)


def add_territory_csv(server: Flask) -> None:
    """Answer with the table of the communes for the choices in the address."""

    @server.get(ROUTE)
    def communes_csv() -> Response:
        try:
            with viewing(request.args.get(EDITION)):
                return _answer()
        except UserError as error:
            sentence = error_sentence(error, translator(LANGUAGES[0]))
            return Response(sentence, 404, mimetype="text/plain")


def _answer() -> Response:
    language = request.args.get("lang", LANGUAGES[0])
    if language not in LANGUAGES:
        return _refusal("lang", language, LANGUAGES, translator(LANGUAGES[0]))
    t, state = translator(language), get_data_state()
    rule, own = current_app.config["SMALL_CELLS"], current_app.config["OWN_CROISSANT"]
    series, query = get_map_series(state.version), known_filters(request.args)
    selection = settle_selection(series, query, own, quarters=True)
    if selection is None:
        return Response(t("shell.no_data"), 404, mimetype="text/plain")
    territory = get_territory(state.version, state.cutoff, selection, rule)
    allowed = _allowed(
        territory,
        [s.key for s in series],
        list(dict.fromkeys([*croissant_members(own), selection.croissant])),
    )
    for name, values in allowed.items():
        if query.get(name, "").casefold() not in {"", *(value.casefold() for value in values)}:
            return _refusal(name, query[name], values, t)
    text = territory_csv(territory, state.version, t)
    name = f"{t('map.csv.file')}-{selection.series.key}-{territory.period}-v{state.version}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(text.encode("utf-8-sig"), mimetype="text/csv", headers=headers)


def _allowed(territory: Territory, measures: list[str], croissants: list[str]) -> dict[str, Sequence[str]]:
    """What each parameter may be; a file is never of something else than was asked for."""
    series = territory.series
    return {
        "measure": measures,
        "view": [v.value for v in series.views],
        "sex": series.sexes,
        "age": [age for age in series.ages if series.has(territory.selection.sex, age)],
        "croissant": croissants,
        "period": [str(p) for p in territory.periods],
    }


def _refusal(name: str, value: str, allowed: Sequence[str], t: Translator) -> Response:
    text = t("map.csv.refused", name=name, value=value, allowed=", ".join(allowed))
    return Response(text, 400, mimetype="text/plain")


def territory_csv(territory: Territory, version: int, t: Translator) -> str:
    """One row an area, semicolons between, numbers as the language writes them without separators.

    A hidden or missing cell has no number in any column, and a word in ``availability``.
    """
    definition = contract().indicator(territory.series.code)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns = ("area", "name", *NUMBERS, "position", "availability", "status")
    about = _about(territory, definition, version, t)
    writer.writerow([t(f"map.csv.{name}") for name in (*columns, *about)])
    for nis in in_reading_order(AREA, [p.nis for p in territory.places], t):
        writer.writerow([*_place(territory.place(nis), territory, t), *about.values()])
    for side in territory.sides:
        row = [side.item, group_name(CROISSANT, side.item, t), *_numbers(side.cell, side.interval, t)]
        writer.writerow([*row, "", "", "", "", *_marks(side.cell, t), *about.values()])
    region = t("map.region.summed" if territory.region_summed else "map.region")
    row = [REGION, region, *_numbers(territory.region, None, t)]
    writer.writerow([*row, "", "", "", "", *_marks(territory.region, t), *about.values()])
    return out.getvalue()


def _place(place: Place, territory: Territory, t: Translator) -> list[str]:
    change = place.change if place.change and place.change.comparable and territory.is_mature else None
    standardised = place.standardised
    return [
        place.nis,
        group_name(AREA, place.nis, t),
        *_numbers(place.cell, place.interval, t),
        _plain(place.gap, t),
        _plain(change.difference if change else None, t),
        _plain(100 * standardised.value if isinstance(standardised, Standardised) else None, t),
        position_text(place, territory, t),
        *_marks(place.cell, t),
    ]


def _numbers(cell: Cell, interval: tuple[float, float] | None, t: Translator) -> list[str]:
    low, high = interval or (None, None)
    return [_plain(n, t) for n in (cell.value, low, high, cell.numerator, cell.denominator)]


def _marks(cell: Cell, t: Translator) -> list[str]:
    return [t(f"map.cell.{cell.availability.value}"), t("note.provisional") if cell.provisional else ""]


def _plain(value: float | None, t: Translator) -> str:
    """A number with a decimal comma, as spreadsheets in both languages read it."""
    return "" if value is None else f"{value:.6g}".replace(".", ",") if abs(value) < 1e6 else f"{value:.0f}"


def _about(territory: Territory, definition: Indicator, version: int, t: Translator) -> dict[str, str]:
    """The same on every row, so that a row that is pasted elsewhere still says what it is."""
    selection = territory.selection
    population = [
        group_name(dimension, item, t)
        for dimension, item in (("SEX", selection.sex), ("AGE", selection.age))
        if item != TOTAL
    ]
    return {
        "indicator": territory.series.key,
        "title": definition.title.in_(t.language),
        "unit": t(f"unit.{definition.unit.value}"),
        "period": formats.period(territory.period, t.language) if territory.period else "",
        "population": ", ".join(population),
        "croissant": croissant_name(selection.croissant, t),
        "communes": " ".join(selection.members),
        "source": definition.source.in_(t.language),
        "version": str(version),
        "demonstration": t("demonstration.label") if territory.demonstration else "",
    }
