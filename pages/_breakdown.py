"""The breakdown explorer of the sheet: its first painting, and its callback. Dash takes no page from here."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import Input, Output, State, callback
from dash.development.base_component import Component
from flask import current_app

from components.cards.breakdown import (
    NONE,
    Options,
    make_breakdown,
    make_breakdown_body,
    period_options,
    then_options,
)
from components.edition_links import sent
from components.i18n.translate import LANGUAGES, translator
from components.page import Visit
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.breakdown import Breakdown, get_breakdown
from data_access.services.breakdown_choices import Choices, get_choices, settle
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing

CHANGING = ("by", "then", "period")


def build_breakdown(visit: Visit, code: str) -> Component:
    """The section for what the address asks; what does not exist falls back to what does."""
    by, then, period = (visit.query.get(name) for name in CHANGING)
    choices, breakdown = _answer(visit.version, visit.cutoff, code, by, then, period, visit.rule)
    return make_breakdown(contract().indicator(code), choices, breakdown, visit.t, kept=visit.query)


def _answer(
    version: int,
    cutoff: date | None,
    code: str,
    by: str | None,
    then: str | None,
    period: str | None,
    rule: SmallCellRule,
) -> tuple[Choices, Breakdown | None]:
    choices = get_choices(version, code)
    settled = settle(choices, by, then)
    return choices, get_breakdown(version, cutoff, code, *settled, period, rule) if settled else None


def register_breakdown_callback() -> None:
    """Register the callback with the application that is being made; its page calls this.

    A module that is imported is run once, but every application of a process needs the callback.
    """
    callback(
        Output("breakdown-body", "children"),
        Output("breakdown-then", "options"),
        Output("breakdown-then", "value"),
        Output("breakdown-period", "options"),
        Output("breakdown-period", "value"),
        Input("breakdown-by", "value"),
        Input("breakdown-then", "value"),
        Input("breakdown-period", "value"),
        State("sheet-code", "data"),
        State("sheet-language", "data"),
        State("sheet-edition", "data"),
        prevent_initial_call=True,
    )(update_breakdown)


def update_breakdown(
    by: str | None, then: str | None, period: str | None, code: str, language: str, edition: str
) -> tuple[list[Any], Options, str, Options, str]:
    """The body for a choice, and the choices that are left: not every pair and period holds data."""
    with viewing(edition):
        body, *choices = _update(by, then, period, code, language)
    return sent(body, edition), *choices


def _update(
    by: str | None, then: str | None, period: str | None, code: str, language: str
) -> tuple[list[Any], Options, str, Options, str]:
    t = translator(language if language in LANGUAGES else LANGUAGES[0])
    state, definition = get_data_state(), contract().indicator(code)
    rule = current_app.config["SMALL_CELLS"]
    choices, breakdown = _answer(state.version, state.cutoff, code, by, then, period, rule)
    assert breakdown is not None, "the controls are only there where there is a breakdown"
    body = make_breakdown_body(breakdown, definition, t)
    seconds, periods = then_options(choices, breakdown.by, t), period_options(breakdown, t)
    return body, seconds, breakdown.then or NONE, periods, str(breakdown.period)
