"""What people say about an indicator: comments of the owner, and the annotations of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components.cards.comment_form import comment_id
from components.cards.remark_history import History, make_versions
from components.cards.sheet_part import make_part
from components.i18n import formats
from components.i18n.translate import Translator
from components.linked_text import linked
from data_access.services.sheet import Remark, Sheet

ANNOTATION = "annotation"
KINDS = ("finding", "cause", "action")
NO_HISTORY: History = {}


def numbered_annotations(sheet: Sheet) -> tuple[tuple[int, Remark], ...]:
    """The annotations in the order of their day, with the number that they bear here and on the figure."""
    found = sorted((r for r in sheet.remarks if r.kind == ANNOTATION), key=lambda remark: remark.day)
    return tuple(enumerate(found, start=1))


def make_remarks(
    sheet: Sheet,
    t: Translator,
    *,
    history: History = NO_HISTORY,
    edit: str = "",
    form: Component | None = None,
) -> Component:
    """The newest comment, the older ones folded.

    Args:
        sheet: of the indicator.
        t: the translator.
        history: earlier versions of the remarks.
        edit: address of the page on which a comment is corrected, to which its name is added; empty for a
            reader who may not.
        form: in which a comment is written; None for the same.
    """
    comments = find_comments(sheet)
    if not comments:
        return make_part("comments", t, html.P(t("sheet.comments.none"), className="quiet"), form)
    made = [_comment(comment, t, history, edit) for comment in comments]
    return make_part("comments", t, made[0], _older(made[1:], t), form)


def find_comments(sheet: Sheet) -> list[list[Remark]]:
    """What one function said on one day, finding first; the newest day first."""
    said = [r for r in sheet.remarks if r.kind != ANNOTATION]
    said.sort(key=lambda r: (-r.day.toordinal(), r.role.fr, KINDS.index(r.kind)))
    return [list(remarks) for _, remarks in groupby(said, key=lambda r: (r.day, r.role))]


def _comment(remarks: Sequence[Remark], t: Translator, history: History, edit: str) -> Component:
    """One comment: who and when, then finding, cause and actions."""
    day = formats.day(remarks[0].day, t.language)
    heading = html.H3(t("sheet.comments.by", role=remarks[0].role.in_(t.language), day=day))
    parts: list[Component] = []
    for kind, group in groupby(remarks, key=lambda r: r.kind):
        parts += [html.Dt(t(f"sheet.comments.{kind}")), *(_said(remark, t) for remark in group)]
    href = f"{edit}{comment_id(remarks)}#write"
    link = html.A(t("write.comment.edit"), href=href, className="edit") if edit else None
    return html.Article(
        [heading, html.Dl(parts), make_versions(remarks, history, t), link], className="comment"
    )


def _said(remark: Remark, t: Translator) -> Component:
    due = None
    if remark.due is not None:
        day = formats.day(remark.due, t.language)
        due = html.Small(t("sheet.comments.due", day=day), className="due")
    return html.Dd([*make_text(remark, t), due])


def make_text(remark: Remark, t: Translator) -> list[Component | str]:
    """The text in the page's language; while its translation is awaited, the other one, marked as such."""
    text = remark.in_(t.language)
    if text is not None:
        return linked(text)
    other = "nl" if t.language == "fr" else "fr"
    awaited = html.Em(t("sheet.comments.awaited"), className="awaited")
    return [awaited, " ", html.Span(linked(remark.in_(other) or ""), lang=other)]


def _older(comments: Sequence[Component], t: Translator) -> Component | None:
    if not comments:
        return None
    summary = html.Summary(t.plural("sheet.comments.older", len(comments)))
    return html.Details([summary, *comments], className="older")


def make_annotations(sheet: Sheet, t: Translator) -> Component | None:
    """The annotations in words, under the numbers that they bear on the figure; None without any."""
    items = [
        html.Li(
            [
                html.Strong(formats.day(remark.day, t.language)),
                t("punctuation.colon"),
                *make_text(remark, t),
                html.Small(remark.role.in_(t.language), className="due"),
            ],
            id=f"annotation-{number}",
        )
        for number, remark in numbered_annotations(sheet)
    ]
    return (
        html.Div([html.H3(t("sheet.annotations")), html.Ol(items, className="annotations")])
        if items
        else None
    )
