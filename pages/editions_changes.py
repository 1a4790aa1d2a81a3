"""What changed since a meeting: /fr/seances/changements, /nl/zittingen/wijzigingen."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.edition_changes import make_causes, make_change_table, make_pair_form
from components.change_words import changes_sentence, narrowed_sentence, since_name, until_name
from components.exports.menu import make_export_menu
from components.i18n.translate import Translator
from components.page import Content, Visit, make_layout, make_title
from data_access.services.changes_since import Narrowed, get_changes_since, narrow
from data_access.services.edition_changes import Changes
from data_access.services.editions import get_editions


def build(visit: Visit) -> Content:
    """The two meetings asked for; else the newest one against the data of this moment."""
    t, query = visit.t, visit.query
    body: list[Component] = [html.H1(t("title.changes"))]
    changes = get_changes_since(query.get("since", ""), query.get("until", ""), visit.rule)
    if changes is None:
        none = "changes.no_earlier" if get_editions() else "editions.empty"
        body += [html.P(t(none), className="lede")]
        return Content(body, demonstration=False)
    narrowed = narrow(changes, query)
    body += [
        html.P(changes_sentence(changes, t), className="lede"),
        make_pair_form(get_editions(), changes, query, t),
    ]
    if changes.changed:
        body += [make_causes(changes, t), html.P(t("changes.rule"), className="quiet")]
    if narrowed.shown:
        body += [*_list(narrowed, changes, t)]
    elif changes.changed:
        body += [html.P(t("changes.none_of_cause"), className="quiet")]
    return Content(body, changes.demonstration)


def _list(narrowed: Narrowed, changes: Changes, t: Translator) -> list[Component]:
    """What is shown of how many, the table, and under it its files."""
    asked = {
        "since": changes.since.code,
        "until": changes.until.code if changes.until else "",
        "objective": narrowed.objective,
        "cause": narrowed.cause,
    }
    said = narrowed_sentence(narrowed, changes, t)
    caption = t("changes.caption", since=since_name(changes, t), until=until_name(changes, t))
    return [
        *([html.P(said, className="quiet")] if said else []),
        make_change_table(narrowed.shown, changes, t),
        make_export_menu("changes", asked, caption, t, table=True),
    ]


for language, path in ADDRESSES["changes"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("changes", language),
        layout=make_layout("changes", language, build),
    )
