"""The tables under a funnel: where it leaks, the other paths, and information sessions in two readings."""

from __future__ import annotations

from components.cards.funnel_leaks import assumption_texts, leak_sentence, make_leak_table
from components.cards.inflow import inflow_finding, inflow_subtitle, make_quarters, make_readings
from components.cards.other_paths import make_paths_table, paths_sentence, waiting_text
from components.exports.asked import Asked
from components.exports.exhibit import Exhibit
from components.exports.recipes.funnel import find, funnel_subtitle
from components.exports.recipes.recipe import exhibit_of, sentence
from components.exports.shown_table import table_of
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain.errors import UserError
from data_access.services.funnel import get_leaks, get_other_paths
from data_access.services.funnel_choices import OPERATOR
from data_access.services.inflow import FUNNEL as SESSIONS
from data_access.services.inflow import InflowSheet, get_inflow


def make_leaks(asked: Asked) -> Exhibit:
    """What one point more at each step of the newest whole cohort would bring."""
    t, found = asked.t, find(asked)
    leaks = get_leaks(found.sheet, found.rule)
    if leaks is None:
        raise UserError("export_nothing")
    view = leaks[0]
    return exhibit_of(
        asked,
        name="leaks",
        subject=f"{t('export.leaks')} {found.chosen.key} {view.cohort}",
        title=sentence(leak_sentence(*leaks, found.definition, t)),
        subtitle=funnel_subtitle(found, view, t),
        source=t("export.source.cohorts"),
        notes=assumption_texts(leaks[1], t),
        demonstration=found.demonstration,
        alt=t("export.alt.table"),
        drawing=None,
        table=table_of(make_leak_table(leaks[1], found.definition, t), t),
        period=str(view.cohort),
    )


def make_other_paths(asked: Asked) -> Exhibit:
    """The same outcome for those off the path."""
    t, found = asked.t, find(asked)
    paths = get_other_paths(found.view, found.chosen.code, found.rule) if found.view is not None else None
    if found.view is None or paths is None:
        raise UserError("export_nothing")
    return exhibit_of(
        asked,
        name="other-paths",
        subject=f"{t('export.paths')} {found.chosen.key} {found.view.cohort}",
        title=sentence(paths_sentence(paths, t)),
        subtitle=" · ".join([t("paths.caption"), funnel_subtitle(found, found.view, t)]),
        source=t("export.source.cohorts"),
        notes=[t("paths.caution"), waiting_text(paths, t)],
        demonstration=found.demonstration,
        alt=t("export.alt.table"),
        drawing=None,
        table=table_of(make_paths_table(paths, t), t),
        period=str(found.view.cohort),
    )


def make_sessions(asked: Asked) -> Exhibit:
    """The sessions of a quarter: the contract's chain and the strict funnel."""
    t, view = asked.t, _sessions(asked)
    quarter = view.shown.view.cohort
    named = {
        "operator": group_name(OPERATOR, view.operator, t),
        "quarter": formats.period(quarter, t.language),
    }
    return exhibit_of(
        asked,
        name="sessions",
        subject=f"{t('export.sessions')} {view.operator} {quarter}",
        title=sentence(inflow_finding(view.shown, t)),
        subtitle=" · ".join([t("inflow.title", **named), inflow_subtitle(view.shown, t)]),
        notes=[t("inflow.strict_note")],
        table=table_of(make_readings(view.shown, t), t),
        period=str(quarter),
        **_common(view, t),
    )


def make_session_quarters(asked: Asked) -> Exhibit:
    """Attendances, self-registrations and applications of every quarter."""
    t, view = asked.t, _sessions(asked)
    return exhibit_of(
        asked,
        name="session-quarters",
        subject=f"{t('export.session_quarters')} {view.operator}",
        title=t("inflow.quarters.caption"),
        subtitle=" · ".join([group_name(OPERATOR, view.operator, t), t("map.subtitle.territory")]),
        table=table_of(make_quarters(view, t), t),
        period=str(view.quarters[-1].view.cohort),
        **_common(view, t),
    )


def _sessions(asked: Asked) -> InflowSheet:
    """The sessions of the operator asked for.

    Raises:
        UserError: ``export_nothing`` when the funnel is another one, or has no cohort that can be.
    """
    found = find(asked)
    cohort = found.view.cohort if found.view is not None else None
    view = None
    if found.chosen.code == SESSIONS:
        view = get_inflow(asked.version, asked.cutoff, found.chosen.operator, cohort, found.rule)
    if view is None:
        raise UserError("export_nothing")
    return view


def _common(view: InflowSheet, t: Translator) -> dict[str, object]:
    return {
        "source": t("export.source.cohorts"),
        "demonstration": view.demonstration,
        "alt": t("export.alt.table"),
        "drawing": None,
    }
