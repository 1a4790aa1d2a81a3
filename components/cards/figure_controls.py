"""The controls of a sheet's figure: years shown, control limits, operator, what to compare with.

A form that works by itself (GET); ``assets/sheet.js`` makes years and limits act at once on the figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.i18n.translate import Translator
from data_access.services.compare import Option

YEARS = range(2017, 2028)
NOTHING = "0"  # a choice that no series answers to


def make_figure_controls(
    query: Mapping[str, str],
    options: Iterable[Option],
    operators: Mapping[str, str],
    *,
    limits: bool,
    first_year: int,
    t: Translator,
) -> Component:
    """The form; ``operators`` maps codes to labels, ``limits`` says whether there are limits to draw."""
    years = [str(year) for year in YEARS if year >= first_year]
    start = query.get("from", "")[:4]
    end = query.get("to", "")[:4]
    controls = [
        _select("from", years, start if start in years else years[0], t),
        _select("to", years, end if end in years else years[-1], t),
    ]
    if limits:
        shown = {"0": t("sheet.control.limits.0"), "1": t("sheet.control.limits.1")}
        controls.append(_select("limits", shown, "1" if query.get("limits") == "1" else "0", t))
    if len(operators) > 1:
        controls.append(_select("operator", operators, query.get("operator", next(iter(operators))), t))
    controls.append(_select("with", _choices(options, t), query.get("with", NOTHING), t))
    return html.Form(
        [
            *controls,
            html.Button(t("sheet.control.show"), type="submit", className="button"),
            html.Button(
                t("sheet.control.all"), type="button", className="button quiet-button", **data(figure="reset")
            ),
        ],
        className="figure-controls",
        method="get",
    )


def _choices(options: Iterable[Option], t: Translator) -> dict[str, str]:
    """Parts by their name, indicators by code and title, behind a word that tells them apart."""
    choices = {NOTHING: t("sheet.control.with.none")}
    for option in options:
        label = option.label.in_(t.language)
        named = (
            t("sheet.control.with.part", label=label) if option.is_part else f"{option.key} – {_cut(label)}"
        )
        choices[option.key] = named
    return choices


def _cut(text: str, length: int = 70) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _select(name: str, labels: Mapping[str, str] | list[str], chosen: str, t: Translator) -> Component:
    pairs = labels.items() if isinstance(labels, Mapping) else [(value, value) for value in labels]
    options = [{"value": value, "label": label} for value, label in pairs]
    known = {value for value, _ in pairs}
    return html.Label(
        [
            html.Span(t(f"sheet.control.{name}")),
            dbc.Select(
                id=f"figure-{name}",
                name=name,
                options=options,
                value=chosen if chosen in known else options[0]["value"],
            ),
        ],
        className=f"filter filter-{name}",
    )
