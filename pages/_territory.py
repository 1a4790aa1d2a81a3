"""The answer for the map of the communes, and its callbacks. Dash takes no page from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import Input, Output, State, callback, no_update
from flask import current_app

from components.cards.territory import (
    CONTROLS,
    FILES,
    Options,
    control_options,
    control_values,
    make_details,
    make_headline,
    make_menus,
    make_notes,
    make_years,
    query_of,
)
from components.edition_links import PARAMETER as EDITION
from components.edition_links import sent
from components.figures.patch import figure_patch
from components.i18n.translate import LANGUAGES, translator
from components.map_answer import FIGURES, Figures, croissants_of, get_map_figures
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing
from data_access.services.geometry import get_geometry
from data_access.services.territory import get_territory
from data_access.services.territory_choices import (
    get_map_series,
    settle_selection,
)
from data_access.services.territory_model import Territory


@dataclass(frozen=True)
class Answer:
    """What the page shows for a choice; ``shown`` names it for the next one."""

    territory: Territory
    definition: Indicator
    figures: Figures
    options: Mapping[str, Options]
    shown: Mapping[str, Any]


def answer(
    version: int, cutoff: date | None, query: Mapping[str, str], language: str, rule: SmallCellRule
) -> Answer | None:
    """The page for what is asked, as far as it exists; None when no series by commune is loaded."""
    own, t = current_app.config["OWN_CROISSANT"], translator(language)
    series = get_map_series(version)
    selection = settle_selection(series, query, own, quarters=True)
    if selection is None:
        return None
    territory = get_territory(version, cutoff, selection, rule)
    digest = get_geometry().digest
    return Answer(
        territory,
        contract().indicator(selection.series.code),
        get_map_figures(version, cutoff, selection, language, rule, digest),
        control_options(territory, series, croissants_of(selection, own), t),
        {
            "version": version,
            "geometry": digest,
            "query": query_of(selection),
            EDITION: query.get(EDITION, ""),
        },
    )


def register_territory_callbacks() -> None:
    """Register the callbacks with the application that is being made; its page calls this."""
    outputs = {name: Output(f"map-{name}", "figure") for name in FIGURES}
    outputs |= {f"alt_{name}": Output(f"map-{name}-frame", "aria-label") for name in FIGURES}
    outputs |= {f"options_{name}": Output(f"map-{name}", "options") for name in CONTROLS[1:]}
    outputs |= {f"value_{name}": Output(f"map-{name}", "value") for name in CONTROLS[1:]}
    outputs |= {
        "text": Output("map-text", "children"),
        "no_funnel": Output("map-funnel-part", "hidden"),
        "shown": Output("map-shown", "data"),
    }
    callback(
        output=outputs,
        inputs={name: Input(f"map-{name}", "value") for name in CONTROLS},
        state={"shown": State("map-shown", "data"), "language": State("map-text", "lang")},
        prevent_initial_call=True,
    )(update_map)
    callback(
        output={name: Output(f"map-{name}", "children") for name in ("details", "notes", "years")}
        | {f"files_{name}": Output(f"map-files-{name}", "children") for name in FILES},
        inputs={"shown": Input("map-shown", "data")},
        state={"language": State("map-text", "lang")},
        prevent_initial_call=True,
    )(update_details)


def update_map(shown: Mapping[str, Any], language: str, **asked: str | None) -> dict[str, Any]:
    """The figures for a choice: only the traces that differ are sent; tables follow by themselves."""
    with viewing(shown.get(EDITION)):
        return _answer(shown, language, asked)


def _answer(shown: Mapping[str, Any], language: str, asked: Mapping[str, str | None]) -> dict[str, Any]:
    found = _ask({name: value for name, value in asked.items() if value}, language)
    known = all(shown.get(name) == found.shown[name] for name in ("version", "geometry"))
    before = _ask(shown["query"], language) if known else None
    return {
        **_figures(before, found),
        **_controls(before, found, asked),
        "text": make_headline(found.territory, found.definition, translator(language)),
        "no_funnel": found.territory.funnel is None,
        "shown": {
            **found.shown,
            EDITION: shown.get(EDITION, ""),
            "same_years": before is not None and _population(before) == _population(found),
        },
    }


def update_details(shown: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The table, notes, files and small maps of what is shown, once the figures are drawn."""
    edition = shown.get(EDITION, "")
    with viewing(edition):
        parts = _details(shown, language)
    return {name: sent(part, edition) for name, part in parts.items()}


def _details(shown: Mapping[str, Any], language: str) -> dict[str, Any]:
    found, t = _ask(shown["query"], language), translator(language)
    years = no_update if shown["same_years"] else make_years(found.territory, found.definition, t)
    return {
        "details": make_details(found.territory, found.definition, t),
        "notes": make_notes(found.territory, t),
        **{f"files_{name}": menu for name, menu in make_menus(found.territory, t).items()},
        "years": years,
    }


def _ask(query: Mapping[str, str], language: str) -> Answer:
    state, rule = get_data_state(), current_app.config["SMALL_CELLS"]
    found = answer(
        state.version, state.cutoff, query, language if language in LANGUAGES else LANGUAGES[0], rule
    )
    assert found is not None, "the controls are only there where there is a series"
    return found


def _figures(before: Answer | None, found: Answer) -> dict[str, Any]:
    figures, alts = found.figures
    old = before.figures[0] if before else {}
    patches = {name: figure_patch(old.get(name), figures[name]) for name in FIGURES}
    return patches | {f"alt_{name}": alts[name] for name in FIGURES}


def _controls(before: Answer | None, found: Answer, asked: Mapping[str, str | None]) -> dict[str, Any]:
    """What can be chosen now; a control that stays as it is is not drawn again."""
    values, old = control_values(found.territory), before.options if before else {}
    changed = {f"value_{n}": no_update if values[n] == asked[n] else values[n] for n in CONTROLS[1:]}
    options = found.options
    return changed | {
        f"options_{n}": no_update if old.get(n) == options[n] else options[n] for n in CONTROLS[1:]
    }


def _population(found: Answer) -> tuple[object, ...]:
    """What the small maps depend on: everything but the period and the croissant."""
    chosen = found.territory.selection
    return chosen.series.key, chosen.view, chosen.sex, chosen.age
