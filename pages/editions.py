"""The meetings and what each froze: /fr/seances, /nl/zittingen."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.cards.edition import make_edition_form, make_edition_list
from components.i18n.errors import error_sentence
from components.page import Content, Visit, make_layout, make_title
from components.shell import vintage_sentence
from data_access.domain.errors import UserError
from data_access.services.editions import get_editions, get_view

REFUSALS = ("edition_exists", "edition_version", "edition_meeting")


def build(visit: Visit) -> Content:
    """The list, newest meeting first; below it the form that freezes the data of this moment."""
    t = visit.t
    body = [html.H1(t("title.editions")), html.P(t("editions.lede"), className="lede")]
    body += _refused(visit)
    body += [make_edition_list(get_editions(), t)]
    if get_view() is None and visit.version:
        vintage = vintage_sentence(visit.cutoff, visit.version, t)
        body += [
            html.H2(t("editions.form.title")),
            make_edition_form(visit.version, vintage, visit.today.isoformat(), t),
        ]
    return Content(body, demonstration=False)


def _refused(visit: Visit) -> list[html.P]:
    """Why the meeting that was just asked for was not frozen."""
    code = visit.query.get("refused", "")
    if code not in REFUSALS:
        return []
    sentence = error_sentence(UserError(code, value=visit.query.get("q", "")), visit.t)
    return [html.P(sentence, className="warning", role="alert")]


for language, path in ADDRESSES["editions"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("editions", language),
        layout=make_layout("editions", language, build),
    )
