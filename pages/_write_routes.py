"""Comments and decisions written in the browser: two plain forms. Dash takes no page from here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from urllib.parse import urlencode

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

from components.addresses import address
from components.cards.decision_form import NONE
from components.i18n.translate import LANGUAGES
from data_access.actions.keep_draft import drop_draft, keep_draft
from data_access.actions.write_comment import Comment, Part, write_comment
from data_access.actions.write_decision import write_decision
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.domain.errors import UserError
from data_access.imports.checks.plain_text import plain_text
from data_access.imports.decision_columns import DECISION
from data_access.settings import Settings
from pages._asker import refuse_others, who

LONGEST = 100_000  # bytes of a form: eight texts of a thousand letters, and room
PART = re.compile(r"(finding|cause|action)\.(new|\d{1,4})\.fr")
FORM_FIELDS = {"draft", "edition"}  # what is not typed
Fields = dict[str, str]
Written = tuple[str, int | None]  # where it stands on the page, and the batch that published it


def add_writing(server: Flask, settings: Settings) -> None:
    """``POST /write/comment`` and ``POST /write/decision``, for stewards."""
    for name, write in {"comment": _comment, "decision": _decision}.items():
        server.add_url_rule(
            f"/write/{name}", f"write_{name}", partial(_ask, name, write, settings), methods=["POST"]
        )


def _ask(name: str, write: Callable[[Fields, Settings], Written], settings: Settings) -> Response:
    """Let a steward do it; what is refused comes back to its form, with the reason and what was typed."""
    refuse_others(settings)
    if (request.content_length or 0) > LONGEST:
        abort(413)
    typed = {field: plain_text(value) for field, value in request.form.items()}
    fields = {field: value for field, value in typed.items() if field not in FORM_FIELDS}
    try:
        anchor, batch = write(fields, settings)
    except UserError as error:
        token = keep_draft(settings.drafts_dir, fields, error)
        return _back(name, fields, {"draft": token, "edit": fields.get("edit", "")}, "write")
    drop_draft(settings.drafts_dir, typed.get("draft", ""))
    return _back(name, fields, {"written": str(batch or 0)}, anchor)


def _comment(fields: Fields, settings: Settings) -> Written:
    definition = contract().find(fields.get("indicator", ""))
    if definition is None:
        abort(400, "indicator")
    now = datetime.now(UTC)
    parts = [_part(match[1], match[2], fields) for name in fields if (match := PART.fullmatch(name))]
    comment = Comment(
        indicator=definition.code,
        operator=fields.get("operator", "") or "_T",
        day=_day(fields.get("day", "")) or now.astimezone().date(),
        role_fr=fields.get("role_fr", ""),
        role_nl=fields.get("role_nl", ""),
        parts=tuple(parts),
    )
    batch = write_comment(
        get_engine(),
        contract(),
        comment,
        by=who(settings),
        now=now,
        seen=_number(fields.get("seen", "")),
        rule=settings.small_cells,
    )
    return "comments", batch.id if batch else None


def _part(kind: str, rank: str, fields: Fields) -> Part:
    due, fr, nl = (fields.get(f"{kind}.{rank}.{name}", "") for name in ("due", "fr", "nl"))
    return Part(kind, None if rank == "new" else int(rank), due, fr, nl)


def _decision(fields: Fields, settings: Settings) -> Written:
    cells = {column.name: fields.get(column.field, "") for column in DECISION if column.name != "DECISION"}
    cells |= {name: "" for name in ("INDICATOR", "STATUS") if cells[name] == NONE}
    code, batch = write_decision(
        get_engine(),
        contract(),
        cells,
        code=fields.get("edit", ""),
        by=who(settings),
        now=datetime.now(UTC),
        seen=_number(fields.get("seen", "")),
        rule=settings.small_cells,
    )
    return code, batch.id if batch else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _back(name: str, fields: Fields, query: dict[str, str], anchor: str) -> Response:
    """To the page on which it was written; a general decision and one of an indicator have the same."""
    asked = request.args.get("lang", "")
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    kept = {key: value for key, value in query.items() if value}
    if name == "decision":
        page = address("decisions", language)
    else:
        page = address("indicator", language, code=fields["indicator"])
        operator = fields.get("operator", "")
        kept |= {"operator": operator} if operator not in {"", "_T"} else {}
    search = f"?{urlencode(kept)}" if kept else ""
    return redirect(f"{page}{search}#{anchor}", code=303)
