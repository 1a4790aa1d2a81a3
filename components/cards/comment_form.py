"""The form in which the owner of an indicator comments on it, or corrects what was published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.cards.form_fields import Form, make_languages, make_line, make_write_form
from components.i18n.translate import Translator
from data_access.domain.draft import Draft
from data_access.services.sheet import Remark, Sheet

NEW = "new"
PART = re.compile(r"((?:finding|cause|action)\.(?:new|\d+))\.fr")
SLOTS = ("finding", "cause", "action")


def comment_id(remarks: Sequence[Remark]) -> str:
    """What names a comment in an address: its first remark, ``finding.2026-11-09.1``."""
    first = remarks[0]
    return f"{first.kind}.{first.day.isoformat()}.{first.rank}"


def comment_fields(
    sheet: Sheet, remarks: Sequence[Remark], version: int, *, copied: str = ""
) -> Mapping[str, str]:
    """What stands in the form: the remarks of a comment that is corrected, none for a new one.

    Args:
        sheet: of the indicator.
        remarks: of the comment; a part that it lacks can be added.
        version: of the data on the page.
        copied: ``comment_id`` of what is corrected.
    """
    fields = {
        "indicator": sheet.row.code,
        "operator": sheet.row.operator,
        "seen": str(version),
        "day": remarks[0].day.isoformat() if remarks else "",
        "edit": copied,
        "role_fr": remarks[0].role.fr if remarks else "",
        "role_nl": remarks[0].role.nl if remarks else "",
    }
    for remark in remarks:
        name = f"{remark.kind}.{remark.rank}"
        fields |= {f"{name}.fr": remark.fr or "", f"{name}.nl": remark.nl or ""}
        if remark.kind == "action":
            fields[f"{name}.due"] = remark.due.isoformat() if remark.due else ""
    said = {remark.kind for remark in remarks} - {"action"}  # one more action can always be added
    for kind in SLOTS:
        if kind not in said:
            fields |= {f"{kind}.{NEW}.fr": "", f"{kind}.{NEW}.nl": ""}
    return {**fields, f"action.{NEW}.due": ""}


def make_comment_form(draft: Draft, t: Translator, *, is_open: bool) -> Component:
    """A folded form, open when it was asked for or sent back."""
    form = Form(draft, t)
    corrects = bool(draft.fields.get("day"))
    fields = [_part(form, name, t) for name in _parts(draft)]
    fields += [make_languages(form, "role", t("write.field.role"), rows=0, separator="_")]
    summary = t("write.comment.correct" if corrects else "write.comment.new")
    hidden = ("indicator", "operator", "seen", "day", "edit")
    return make_write_form("comment", draft, summary, fields, t, hidden=hidden, is_open=is_open)


def _parts(draft: Draft) -> list[str]:
    """``finding.1``, ``cause.new`` …: by kind, what is published before what is new."""
    names = {match[1] for name in draft.fields if (match := PART.fullmatch(name))}

    def order(name: str) -> tuple[int, bool, int]:
        kind, _, rank = name.partition(".")
        return SLOTS.index(kind), rank == NEW, 0 if rank == NEW else int(rank)

    return sorted(names, key=order)


def _part(form: Form, name: str, t: Translator) -> Component:
    kind = name.partition(".")[0]
    label = t(f"sheet.comments.{kind}")
    due = make_line(form, f"{name}.due", t("write.field.due"), kind="date") if kind == "action" else None
    return html.Fieldset([html.Legend(label), make_languages(form, name, label), due])
