"""The comments of a sheet: what was said, what it said before, and the form of those who may write.

Dash takes no page from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from dash.development.base_component import Component

from components.addresses import address
from components.cards.comment_form import comment_fields, comment_id, make_comment_form
from components.cards.sheet_remarks import find_comments, make_remarks
from components.page import Visit
from data_access.services.indicator_rows import TOTAL
from data_access.services.remark_history import get_remark_history
from data_access.services.sheet import Remark, Sheet
from pages._drafts import draft_of


def build_comments(visit: Visit, sheet: Sheet) -> Component:
    """The section; under an edition, and for a reader who may not write, without a form."""
    code, operator = sheet.row.code, sheet.row.operator
    history = get_remark_history(visit.version, code, operator)
    if not visit.writes:
        return make_remarks(sheet, visit.t, history=history)
    asked = visit.query.get("edit", "")
    edited = next((c for c in find_comments(sheet) if comment_id(c) == asked), [])
    return make_remarks(
        sheet, visit.t, history=history, edit=_edit(visit, sheet), form=_form(visit, sheet, edited, asked)
    )


def _form(visit: Visit, sheet: Sheet, edited: Sequence[Remark], asked: str) -> Component:
    fields = comment_fields(sheet, edited, visit.version, copied=asked if edited else "")
    draft = draft_of(visit, fields)
    return make_comment_form(draft, visit.t, is_open=bool(edited or draft.token))


def _edit(visit: Visit, sheet: Sheet) -> str:
    """Where a comment is corrected; its name is to follow."""
    page = address("indicator", visit.language, code=sheet.row.code)
    operator = {} if sheet.row.operator == TOTAL else {"operator": sheet.row.operator}
    return f"{page}?{urlencode({**operator, 'edit': ''})}"
