"""What changed since a meeting: /fr/seances/changements, /nl/zittingen/wijzigingen."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.edition_changes import (
    changes_sentence,
    make_causes,
    make_change_table,
    make_pair_form,
)
from components.page import Content, Visit, make_layout, make_title
from data_access.contract.load import contract
from data_access.services.edition_changes import get_changes
from data_access.services.editions import get_editions


def build(visit: Visit) -> Content:
    """The two meetings asked for; else the newest one against the data of this moment."""
    t, editions = visit.t, get_editions()
    body: list[Component] = [html.H1(t("title.changes"))]
    if not editions:
        body += [html.P(t("editions.empty"), className="lede")]
        return Content(body, demonstration=False)
    changes = get_changes(visit.query.get("since") or editions[0].code, visit.query.get("until"), visit.rule)
    cause = visit.query.get("cause", "")
    shown = [one for one in changes.changed if not cause or cause in one.change.causes]
    definitions = {d.code: d for d in contract().indicators}
    body += [
        html.P(changes_sentence(changes, t), className="lede"),
        make_pair_form(editions, changes, visit.query, t),
    ]
    if changes.changed:
        body += [make_causes(changes, t), html.P(t("changes.rule"), className="quiet")]
    if shown:
        body += [make_change_table(shown, changes, definitions, t)]
    elif changes.changed:
        body += [html.P(t("changes.none_of_cause"), className="quiet")]
    return Content(body, changes.demonstration)


for language, path in ADDRESSES["changes"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("changes", language),
        layout=make_layout("changes", language, build),
    )
