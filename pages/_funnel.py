"""The callbacks of the choices of a funnel. Dash takes no page from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Input, Output, State, callback, no_update
from flask import current_app

from components.cards.funnel import flow_key, make_headline
from components.cards.funnel_controls import CONTROLS, NOBODY
from components.edition_links import PARAMETER as EDITION
from components.edition_links import sent
from components.figures.funnel_flow import flow_height, flow_paper_height
from components.figures.graph import Figure, frame_style
from components.figures.patch import figure_patch
from components.funnel_answer import Answer, answer, figure_of
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing
from pages._funnel_rest import make_rest

KEPT = ("months", EDITION)  # what an answer passes on to the next one without a control for it


def register_funnel_callbacks() -> None:
    """Register the callbacks with the application that is being made; its page calls this."""
    outputs = {
        "figure": Output("funnel-flow", "figure"),
        "alt": Output("funnel-flow-frame", "aria-label"),
        "style": Output("funnel-flow-frame", "style"),
        "hidden": Output("funnel-flow-part", "hidden"),
        "key": Output("funnel-key", "children"),
        "text": Output("funnel-text", "children"),
        "shown": Output("funnel-shown", "data"),
    }
    outputs |= {f"options_{name}": Output(f"funnel-{name}", "options") for name in CONTROLS[1:]}
    outputs |= {f"value_{name}": Output(f"funnel-{name}", "value") for name in CONTROLS[1:]}
    callback(
        output=outputs,
        inputs={name: Input(f"funnel-{name}", "value") for name in CONTROLS},
        state={"shown": State("funnel-shown", "data"), "language": State("funnel-text", "lang")},
        prevent_initial_call=True,
    )(update_funnel)
    callback(
        Output("funnel-rest", "children"),
        Input("funnel-shown", "data"),
        State("funnel-text", "lang"),
        prevent_initial_call=True,
    )(update_rest)


def update_funnel(shown: Mapping[str, Any], language: str, **asked: str | None) -> dict[str, Any]:
    """The figure and the words for a choice; the rest of the page follows by itself."""
    with viewing(shown["query"].get(EDITION)):
        return _answer(shown, language, asked)


def _answer(shown: Mapping[str, Any], language: str, asked: Mapping[str, str | None]) -> dict[str, Any]:
    query = {n: v for n, v in asked.items() if v and v != NOBODY}
    query |= {name: shown["query"][name] for name in KEPT if name in shown["query"]}
    found, t = _ask(query, language), translator(_known(language))
    before = _ask(shown["query"], language) if shown["version"] == found.version else None
    figure, alt = figure_of(found, t.language)
    drawn = figure_of(before, t.language)[0] if before else None
    frame = _frame(found, figure, t)
    if before and drawn is not None:
        same = _frame(before, drawn, t)
        frame = {name: no_update if same[name] == value else value for name, value in frame.items()}
    return {
        "figure": figure_patch(drawn, figure),
        "alt": alt,
        "text": make_headline(found.sheet, found.view, found.definition, t),
        "shown": {"version": found.version, "query": query},
        **frame,
        **_controls(before, found, asked, t),
    }


def update_rest(shown: Mapping[str, Any], language: str) -> Any:
    """What stands under the figure, once it is drawn."""
    edition = shown["query"].get(EDITION, "")
    with viewing(edition):
        rest = make_rest(_ask(shown["query"], language), translator(_known(language)))
    return sent(rest, edition)


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _ask(query: Mapping[str, str], language: str) -> Answer:
    state = get_data_state()
    found = answer(state.version, state.cutoff, query, current_app.config["SMALL_CELLS"])
    assert found is not None, "the controls are only there where there is a cohort"
    return found


def _frame(found: Answer, figure: Figure, t: Translator) -> dict[str, Any]:
    """What stands around the figure: the same for most choices, and then not sent (each costs a drawing)."""
    return {
        "style": frame_style(flow_height(found.definition), flow_paper_height(found.definition)),
        "hidden": not figure["data"],
        "key": flow_key(t, plain=found.plain),
    }


def _controls(
    before: Answer | None, found: Answer, asked: Mapping[str, str | None], t: Translator
) -> dict[str, Any]:
    """What can be chosen now; a control that stays as it is is not drawn again."""
    values, options = found.values, found.options(t)
    old = before.options(t) if before else {}
    changed = {f"value_{n}": no_update if values[n] == asked[n] else values[n] for n in CONTROLS[1:]}
    return changed | {
        f"options_{n}": no_update if old.get(n) == options[n] else options[n] for n in CONTROLS[1:]
    }
