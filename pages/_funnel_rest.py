"""All that stands under the figure of a funnel. Dash takes no page from here."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.cards.funnel import make_cohorts, make_flow_table, make_notes
from components.cards.funnel_comparison import Other, make_comparison
from components.cards.funnel_controls import NOBODY
from components.cards.funnel_leaks import make_leaks
from components.cards.incidence import make_equal, make_incidence
from components.cards.inflow import make_inflow
from components.cards.obstacles import make_obstacles
from components.cards.other_paths import make_other_paths
from components.exports.menu import make_export_menu
from components.funnel_answer import Answer
from components.funnel_words import group_text, pair_names
from components.i18n.translate import Translator
from data_access.services.funnel import CohortView, FunnelSheet, get_comparison, get_leaks, get_other_paths
from data_access.services.funnel_choices import OPERATOR, FunnelChoice
from data_access.services.funnel_standard import get_standard_gaps
from data_access.services.incidence import EQUAL_MONTHS, CohortIncidence, get_equal_months, get_incidence
from data_access.services.inflow import FUNNEL as SESSIONS
from data_access.services.inflow import get_inflow
from data_access.services.obstacles import get_obstacles, records_obstacles

DEFAULT_MONTHS = 6  # at which all cohorts are compared


def make_rest(found: Answer, t: Translator) -> list[Component]:
    """All that stands under the figure."""
    view, definition = found.view, found.definition
    if view is None or view.funnel is None:
        return []
    paths = get_other_paths(view, found.chosen.code, found.rule)
    leaks = get_leaks(found.sheet, found.rule)
    return [
        make_export_menu("funnel", found.values, t("funnel.flow.title"), t),
        make_flow_table(view, definition, t),
        *([] if (compared := _compared(found, view, t)) is None else [compared]),
        *([make_other_paths(paths, t), _table_menu("other-paths", "paths.title", found, t)] if paths else []),
        *_ways_out(found, view, t),
        *_own_views(found, view, t),
        make_leaks(leaks, definition, t),
        *([_table_menu("leaks", "funnel.leak.title", found, t)] if leaks else []),
        make_cohorts(found.sheet, definition, t),
        make_export_menu("funnel-cohorts", found.values, t("funnel.cohorts.title"), t),
        make_notes(definition, found.sheet.group, t),
    ]


def _table_menu(name: str, title: str, found: Answer, t: Translator) -> Component:
    """The files of a table under the figure; ``title`` is the name of its heading's sentence."""
    return make_export_menu(name, found.values, t(title), t, table=True)


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
    section = make_comparison(found.sheet, view, other, standard, found.definition, t)
    return html.Div([section, _file_of_the_other(found, found.theirs, t)])


def _file_of_the_other(found: Answer, theirs: FunnelSheet, t: Translator) -> Component:
    """The flow that stands beside; the first one has its menu above."""
    asked = {**found.values, "against": NOBODY, "group": theirs.group.key or NOBODY}
    asked["funnel"] = FunnelChoice(found.chosen.code, theirs.operator, ()).key
    name = pair_names(found.sheet, theirs, t)[1]
    parts = [html.Span(name), make_export_menu("funnel", asked, name, t)]
    return html.Div(parts, className="export-named quiet")


def _own_views(found: Answer, view: CohortView, t: Translator) -> list[Component]:
    """What only some funnels have: the obstacles of absorption, the two readings of information sessions."""
    if records_obstacles(found.definition) is not None:
        whom = (found.sheet.group, found.against)
        version, cutoff, code, _ = found.whose
        sheet = get_obstacles(version, cutoff, code, *whom, view.cohort, found.rule)
        return [make_obstacles(sheet, t, found.values)]
    if found.chosen.code == SESSIONS:
        asked = (found.version, found.cutoff, found.chosen.operator, view.cohort, found.rule)
        sessions = get_inflow(*asked)
        files = {"sessions": "inflow.caption", "session-quarters": "inflow.quarters.caption"}
        menus = [_table_menu(name, title, found, t) for name, title in files.items()]
        return [make_inflow(sessions, t), *(menus if sessions is not None else [])]
    return []


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
    chosen = {**found.values, "months": str(months)}
    menus = [make_export_menu("incidence", found.values, t("incidence.title"), t)]
    if shown is not None:
        menus.append(
            make_export_menu("equal-months", chosen, t("incidence.equal.title", months=months), t, table=True)
        )
    drawn = any(isinstance(each, CohortIncidence) for each in (own, other))
    return [curves, *(menus[:1] if drawn else []), *([shown, menus[-1]] if shown is not None else [])]
