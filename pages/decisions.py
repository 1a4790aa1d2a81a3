"""``/fr/decisions`` and ``/nl/beslissingen``: what the Comité decided on signals, and what came after."""

from __future__ import annotations

from datetime import date

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.decision_form import decision_fields, make_decision_form
from components.cards.decisions import make_decision_filters, make_standings
from components.cards.governance import make_governance_nav
from components.decision_words import decisions_sentence
from components.exports.menu import make_export_menu
from components.i18n import formats
from components.page import Content, Visit, make_layout, make_title
from components.tables.decision_table import make_decision_table
from data_access.contract.load import contract
from data_access.services.decisions import DecisionLog, Selection, day_shown, get_decisions
from data_access.services.indicator_rows import TOTAL, IndicatorRow, get_indicator_rows
from pages._drafts import draft_of, published_note

ANYTHING = Selection()


def build(visit: Visit) -> Content:
    """The log at the current data version, on the reader's day or that of a meeting."""
    t, wanted, day = visit.t, Selection.of(visit.query), day_shown(visit.today)
    log = get_decisions(visit.version, visit.cutoff, day, visit.rule)
    chosen = log.choose(wanted)
    query = {name: visit.query.get(name, "") for name in ("objective", "state")} if wanted != ANYTHING else {}
    body: list[Component] = [
        html.H1(t("decisions.title")),
        html.P(decisions_sentence(log, t), className="lede"),
        make_governance_nav("decisions", t),
        *published_note(visit),
        *_form(visit, log),
        make_decision_filters(visit.query, contract().objectives, t, chosen=wanted != ANYTHING),
        *_log(visit, chosen, query, day),
    ]
    return Content(body, log.demonstration)


def _log(visit: Visit, chosen: DecisionLog, query: dict[str, str], day: date) -> list[Component]:
    t = visit.t
    if not chosen.lines:
        return [html.P(t("decisions.none_left" if query else "decisions.none"), className="notice")]
    return [
        make_standings(chosen.counts, t),
        make_export_menu("decisions", query, t("decisions.title"), t, table=True),
        html.P(t("decisions.rule", day=formats.day(day, t.language)), className="quiet rule"),
        make_decision_table(chosen.lines, contract().by_code, day, t, writes=visit.writes),
    ]


def _form(visit: Visit, log: DecisionLog) -> list[Component]:
    """The form, for those who may write; open where it was asked for."""
    if not visit.writes:
        return []
    t, code = visit.t, visit.query.get("edit", "")
    line, about = log.find(code), _about(visit)
    decision = line.decision if line is not None else None
    draft = draft_of(visit, decision_fields(decision, visit.version, visit.today, about=about))
    operators = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    is_open = decision is not None or about is not None or bool(draft.token)
    return [make_decision_form(draft, contract().indicators, operators, t, is_open=is_open)]


def _about(visit: Visit) -> IndicatorRow | None:
    """The indicator that the address names, of an operator; what it names wrongly is none."""
    definition = contract().find(visit.query.get("about", ""))
    if definition is None:
        return None
    rows = get_indicator_rows(visit.version, visit.cutoff, (definition.code,), visit.rule)
    return next((row for row in rows if row.operator == visit.query.get("operator", TOTAL)), rows[0])


for language, path in ADDRESSES["decisions"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("decisions", language),
        layout=make_layout("decisions", language, build),
    )
