"""The data and their care: /fr/donnees, /nl/gegevens."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component
from flask import current_app

from components.addresses import ADDRESSES, address
from components.cards.data_history import make_completeness, make_history, make_templates
from components.cards.secrecy import make_secrecy
from components.cards.submission import make_send_form, make_submission
from components.i18n.errors import error_sentence
from components.page import Content, Visit, make_layout, make_title
from data_access.actions.submit_file import find_submission
from data_access.contract.load import contract
from data_access.domain.errors import UserError
from data_access.imports.columns import TABLES
from data_access.services.completeness import get_completeness
from data_access.services.editions import get_view
from data_access.services.secrecy import get_attack, get_hidden
from data_access.services.sources import get_history
from data_access.services.submission import get_submission
from data_access.settings import Settings
from pages._asker import may_write
from pages._data_routes import limits_of

# What a form may have been refused for, and comes back to this page to be said.
REFUSALS = {
    "batch_already_withdrawn",
    "batch_in_edition",
    "batch_is_withdrawal",
    "data_moved",
    "submission_empty",
    "submission_too_large",
    "submission_unknown",
    "unknown_batch",
    "withdraw_reason",
}


def build(visit: Visit) -> Content:
    """What was sent and waits, then how to send, what was loaded, how complete it is, and the templates."""
    t, settings = visit.t, current_app.config["SETTINGS"]
    writes = may_write(settings) and get_view() is None
    definitions = {d.code: d for d in contract().indicators}
    body: list[Component] = [
        html.H1(t("title.data")),
        html.P(t("data.lede"), className="lede"),
        *_refused(visit),
    ]
    if writes:
        body += [*_waiting(visit, settings), make_send_form(settings.max_file_mb, t)]
    else:
        body += [html.P(t("data.stewards_only"), className="quiet")]
    if writes:
        body += [_secrecy(visit)]
    body += [
        make_history(get_history(visit.version), t, writes=writes),
        make_completeness(get_completeness(visit.version, visit.cutoff, visit.rule), definitions, t),
        make_templates(tuple(TABLES), t),
    ]
    return Content(body, demonstration=False)


def _waiting(visit: Visit, settings: Settings) -> list[Component]:
    """The file that was sent last, with what is wrong with it or what it would change."""
    digest = visit.query.get("file", "")
    if not digest:
        return []
    try:
        path = find_submission(settings.inbox_dir, digest)
        found = get_submission(visit.version, path, digest, limits_of(settings), settings.small_cells)
    except UserError as error:
        return [html.P(error_sentence(error, visit.t), className="warning", role="alert", id="submission")]
    return [make_submission(found, visit.version, visit.t)]


def _secrecy(visit: Visit) -> Component:
    """What is hidden; the attack when it is asked for."""
    found = get_attack(visit.version, visit.rule) if visit.query.get("attack") == "1" else None
    hidden = get_hidden(visit.version, visit.rule)
    return make_secrecy(hidden, found, address("data", visit.t.language), visit.t)


def _refused(visit: Visit) -> list[Component]:
    code = visit.query.get("refused", "")
    if code not in REFUSALS:
        return []
    facts = {"value": visit.query.get("q", ""), "editions": visit.query.get("with", "")}
    return [html.P(error_sentence(UserError(code, **facts), visit.t), className="warning", role="alert")]


for language, path in ADDRESSES["data"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("data", language),
        layout=make_layout("data", language, build),
    )
