"""The choices of the funnel page: what is followed, which cohort, for whom, beside whom, drawn how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.funnel_words import funnel_title, group_text
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Funnel
from data_access.services.funnel import FunnelSheet
from data_access.services.funnel_choices import EVERYBODY, OPERATOR, FunnelChoice, GroupKey

Options = list[dict[str, str]]
CONTROLS = ("funnel", "cohort", "group", "against", "figure")
NOBODY = "0"  # nobody to compare with; everybody, where a group is chosen
ALL = "_T"  # everybody, to compare with
FIGURES = ("flow", "plain")


def control_options(
    choices: Sequence[FunnelChoice],
    chosen: FunnelChoice,
    sheet: FunnelSheet,
    definitions: Mapping[str, Funnel],
    t: Translator,
) -> dict[str, Options]:
    """What can be chosen in each control, given what is chosen in the others."""
    others = [(NOBODY, t("funnel.nobody"))]
    others += [(g.key or ALL, group_text(g, t)) for g in chosen.groups if g != sheet.group]
    others += [
        (GroupKey(OPERATOR, c.operator).key, group_name(OPERATOR, c.operator, t))
        for c in choices
        if c.code == chosen.code and c.operator != chosen.operator
    ]
    options = {
        "funnel": [(c.key, funnel_title(definitions[c.code], c.operator, t)) for c in choices],
        "cohort": [(str(v.cohort), _cohort(sheet, i, t)) for i, v in reversed([*enumerate(sheet.cohorts)])],
        "group": [(g.key or NOBODY, group_text(g, t)) for g in chosen.groups],
        "against": others,
        "figure": [(name, t(f"funnel.figure.{name}")) for name in FIGURES],
    }
    return {n: [{"value": v, "label": label} for v, label in pairs] for n, pairs in options.items()}


def _cohort(sheet: FunnelSheet, place: int, t: Translator) -> str:
    view = sheet.cohorts[place]
    text = formats.period(view.cohort, t.language)
    return t("funnel.cohort.option", cohort=text, state=t(f"funnel.state.{view.maturity.value}"))


def control_values(
    chosen: FunnelChoice, sheet: FunnelSheet, cohort: str, against: GroupKey | None, *, plain: bool
) -> dict[str, str]:
    """What is chosen in each control."""
    other = NOBODY if against is None else ALL if against == EVERYBODY else against.key
    return {
        "funnel": chosen.key,
        "cohort": cohort,
        "group": sheet.group.key or NOBODY,
        "against": other,
        "figure": FIGURES[1] if plain else FIGURES[0],
    }


def make_controls(options: Mapping[str, Options], values: Mapping[str, str], t: Translator) -> Component:
    """The form; it works by itself (GET), and acts at once where scripts run (``assets/choices.js``)."""
    controls = [
        html.Label(
            [
                html.Span(t(f"funnel.control.{name}")),
                dbc.Select(id=f"funnel-{name}", name=name, options=options[name], value=values[name]),
            ],
            className=f"filter filter-{name}",
        )
        for name in CONTROLS
    ]
    button = html.Button(t("breakdown.show"), type="submit", className="button")
    # The newest whole cohort is found anew until somebody chooses one.
    return html.Form([*controls, button], method="get", className="funnel-form", **data(choices="cohort"))
