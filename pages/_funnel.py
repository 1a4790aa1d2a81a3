"""The answer for a funnel of cohorts, and its callbacks. Dash takes no page from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, State, callback, no_update
from dash.development.base_component import Component
from flask import current_app

from components.addresses import address
from components.cards.funnel import flow_key, make_cohorts, make_flow_table, make_headline, make_notes
from components.cards.funnel_comparison import Other, make_comparison
from components.cards.funnel_controls import (
    ALL,
    CONTROLS,
    FIGURES,
    NOBODY,
    Options,
    control_options,
    control_values,
)
from components.cards.funnel_leaks import make_leaks
from components.cards.incidence import make_equal, make_incidence
from components.cards.other_paths import make_other_paths
from components.figures.funnel_flow import (
    flow_alt_text,
    flow_figure,
    flow_height,
    flow_paper_height,
    plain_figure,
)
from components.figures.graph import Figure, frame_style
from components.figures.patch import figure_patch
from components.funnel_words import group_text, pair_names
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Funnel
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.data_state import get_data_state
from data_access.services.funnel import (
    CohortView,
    FunnelSheet,
    get_comparison,
    get_funnel_sheet,
    get_leaks,
    get_other_paths,
)
from data_access.services.funnel_choices import (
    EVERYBODY,
    OPERATOR,
    FunnelChoice,
    GroupKey,
    get_funnel_choices,
)
from data_access.services.funnel_standard import get_standard_gaps
from data_access.services.incidence import EQUAL_MONTHS, get_equal_months, get_incidence

EMPTY: Figure = {"data": [], "layout": {}}
DEFAULT_MONTHS = 6  # at which all cohorts are compared


@dataclass(frozen=True)
class Answer:
    """What the page shows for a choice.

    Attributes:
        view: the cohort shown; None where the group has none.
        against: the group or operator beside it; None for nobody.
        theirs: its cohorts; None for nobody.
        query: the choices as asked, for the next answer and for links.
    """

    version: int
    cutoff: date | None
    rule: SmallCellRule
    chosen: FunnelChoice
    definition: Funnel
    sheet: FunnelSheet
    view: CohortView | None
    against: GroupKey | None
    theirs: FunnelSheet | None
    plain: bool
    query: Mapping[str, str]

    @property
    def whose(self) -> tuple[int, date | None, str, str]:
        """The first arguments of every service of a funnel."""
        return self.version, self.cutoff, self.chosen.code, self.chosen.operator

    @property
    def values(self) -> dict[str, str]:
        """What is chosen in each control."""
        cohort = str(self.view.cohort) if self.view else ""
        return control_values(self.chosen, self.sheet, cohort, self.against, plain=self.plain)

    def options(self, t: Translator) -> dict[str, Options]:
        """What can be chosen in each control."""
        definitions = {f.code: f for f in contract().funnels}
        return control_options(get_funnel_choices(self.version), self.chosen, self.sheet, definitions, t)


def answer(version: int, cutoff: date | None, query: Mapping[str, str], rule: SmallCellRule) -> Answer | None:
    """The funnel for what is asked; what does not exist falls back to what does. None without cohorts."""
    choices = get_funnel_choices(version)
    if not choices:
        return None
    asked = query.get("funnel", "").casefold()
    chosen = next((c for c in choices if c.key.casefold() == asked), choices[0])
    group = chosen.group(query.get("group", ""))
    against = _against(choices, chosen, group, query.get("against", NOBODY))

    def sheet(operator: str, whom: GroupKey) -> FunnelSheet:
        return get_funnel_sheet(version, cutoff, chosen.code, operator, whom, rule)

    own, theirs = sheet(chosen.operator, group), None
    if against is not None:
        theirs = sheet(against.item, group) if against.by == OPERATOR else sheet(chosen.operator, against)
    return Answer(
        version,
        cutoff,
        rule,
        chosen,
        next(f for f in contract().funnels if f.code == chosen.code),
        own,
        own.cohort(query.get("cohort", "")),
        against,
        theirs,
        query.get("figure") == FIGURES[1],
        query,
    )


def _against(
    choices: tuple[FunnelChoice, ...], chosen: FunnelChoice, group: GroupKey, key: str
) -> GroupKey | None:
    """The group or operator to compare with; anything unknown is nobody."""
    if key == ALL and group != EVERYBODY:
        return EVERYBODY
    operators = [GroupKey(OPERATOR, c.operator) for c in choices if c.code == chosen.code]
    own = GroupKey(OPERATOR, chosen.operator)
    return next((g for g in operators if g.key == key and g != own), None) or _other(chosen, group, key)


def _other(chosen: FunnelChoice, group: GroupKey, key: str) -> GroupKey | None:
    found = chosen.group(key)
    return found if found not in {EVERYBODY, group} else None


@cached
def get_flow_figure(
    version: int,
    cutoff: date | None,
    code: str,
    operator: str,
    group: GroupKey,
    cohort: str,
    rule: SmallCellRule,
    language: str,
    *,
    plain: bool,
) -> tuple[Figure, str]:
    """The figure of a cohort and its alternative text, made once for a choice and a language."""
    view = get_funnel_sheet(version, cutoff, code, operator, group, rule).cohort(cohort)
    if view is None or view.funnel is None:
        return EMPTY, ""
    definition, t = next(f for f in contract().funnels if f.code == code), translator(language)
    figure = plain_figure(view, definition, t) if plain else flow_figure(view, definition, t)
    return figure, flow_alt_text(view, definition, t)


def figure_of(found: Answer, language: str) -> tuple[Figure, str]:
    """The figure of an answer and its alternative text."""
    cohort = str(found.view.cohort) if found.view else ""
    return get_flow_figure(*found.whose, found.sheet.group, cohort, found.rule, language, plain=found.plain)


def make_rest(found: Answer, t: Translator) -> list[Component]:
    """All that stands under the figure."""
    view, definition = found.view, found.definition
    if view is None or view.funnel is None:
        return []
    paths = get_other_paths(view, found.chosen.code, found.rule)
    return [
        make_flow_table(view, definition, t),
        *([] if (compared := _compared(found, view, t)) is None else [compared]),
        *([make_other_paths(paths, t)] if paths is not None else []),
        *_ways_out(found, view, t),
        make_leaks(get_leaks(found.sheet, found.rule), definition, t),
        make_cohorts(found.sheet, definition, t),
        make_notes(definition, found.sheet.group, t),
    ]


def _beside(found: Answer, view: CohortView) -> CohortView | None:
    """The same cohort of the group or operator beside."""
    cohorts = found.theirs.cohorts if found.theirs else ()
    return next((v for v in cohorts if v.cohort == view.cohort), None)


def _compared(found: Answer, view: CohortView, t: Translator) -> Component | None:
    beside = _beside(found, view)
    if found.theirs is None or found.against is None or beside is None:
        return None
    other: Other = (found.theirs, beside, get_comparison(view, beside, found.sheet, found.rule))
    standard = None
    if found.against.by != OPERATOR:
        groups = (found.sheet.group, found.against)
        code, operator = found.chosen.code, found.chosen.operator
        standard = get_standard_gaps(found.version, str(view.cohort), code, operator, *groups, found.rule)
    return make_comparison(found.sheet, view, other, standard, found.definition, t)


def _ways_out(found: Answer, view: CohortView, t: Translator) -> list[Component]:
    """The exits of the cohort by months since entry, and those of all cohorts at the same month."""
    own = get_incidence(*found.whose, found.sheet.group, view.cohort, found.rule)
    other, names = None, [group_text(found.sheet.group, t)]
    if found.theirs is not None:
        names = pair_names(found.sheet, found.theirs, t)
        asked = (found.version, found.cutoff, found.chosen.code, found.theirs.operator)
        other = get_incidence(*asked, found.theirs.group, view.cohort, found.rule)
    text = found.query.get("months", "")
    months = int(text) if text in map(str, EQUAL_MONTHS) else DEFAULT_MONTHS
    path = address("long_term", t.language)
    hrefs = {m: f"{path}?{urlencode({**found.query, 'months': str(m)})}#equal-months" for m in EQUAL_MONTHS}
    equal = get_equal_months(*found.whose, found.sheet.group, months, found.rule)
    shown = make_equal(equal, names[0], hrefs, t)
    curves = make_incidence(own, other, names, found.definition, t)
    return [curves, *([shown] if shown is not None else [])]


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
    query = {n: v for n, v in asked.items() if v and v != NOBODY}
    query |= {"months": shown["query"]["months"]} if "months" in shown["query"] else {}
    found, t = _ask(query, language), translator(_known(language))
    before = _ask(shown["query"], language) if shown["version"] == found.version else None
    figure, alt = figure_of(found, t.language)
    drawn = figure_of(before, t.language)[0] if before else None
    return {
        "figure": figure_patch(drawn, figure),
        "alt": alt,
        "style": frame_style(flow_height(found.definition), flow_paper_height(found.definition)),
        "hidden": not figure["data"],
        "key": flow_key(t, plain=found.plain),
        "text": make_headline(found.sheet, found.view, found.definition, t),
        "shown": {"version": found.version, "query": query},
        **_controls(before, found, asked, t),
    }


def update_rest(shown: Mapping[str, Any], language: str) -> list[Component]:
    """What stands under the figure, once it is drawn."""
    return make_rest(_ask(shown["query"], language), translator(_known(language)))


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _ask(query: Mapping[str, str], language: str) -> Answer:
    state = get_data_state()
    found = answer(state.version, state.cutoff, query, current_app.config["SMALL_CELLS"])
    assert found is not None, "the controls are only there where there is a cohort"
    return found


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
