"""Files of data through the browser: send, publish, throw away, withdraw, empty templates.

Plain forms and addresses. Dash takes no page from here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from components.addresses import address
from components.i18n.translate import LANGUAGES, translator
from data_access.actions.submit_file import drop_submission, keep_submission, publish_submission
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.domain.errors import UserError
from data_access.imports.columns import TABLES
from data_access.imports.commit import withdraw_batch
from data_access.imports.readers import MEGABYTE, Limits
from data_access.imports.template import make_template
from data_access.settings import Settings
from pages._asker import refuse_others, who

PROVENANCES = ("official", "published")
FORM = 1 * MEGABYTE  # what a form holds beside its file
LONGEST = 500  # letters of a reason
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def limits_of(settings: Settings) -> Limits:
    """The sizes that a file may have."""
    return Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE)


def add_data(server: Flask, settings: Settings) -> None:
    """``POST /data/<send|publish|drop|withdraw>`` for stewards, ``GET /data/template/<kind>.xlsx``."""
    for name, route in {"send": _send, "publish": _publish, "drop": _drop, "withdraw": _withdraw}.items():
        server.add_url_rule(f"/data/{name}", f"data_{name}", partial(_ask, route, settings), methods=["POST"])
    server.add_url_rule("/data/template/<kind>.xlsx", "data_template", _template)


def _ask(route: Callable[[Settings], Answer], settings: Settings) -> Answer:
    """Let a steward do it; what is refused comes back to the page, which says why."""
    refuse_others(settings)
    try:
        return route(settings)
    except UserError as error:
        return _refused(error)


def _send(settings: Settings) -> Answer:
    # What says how long it is is refused before it is read; what does not say it, is not read at all.
    if not 0 < (request.content_length or 0) <= settings.max_file_mb * MEGABYTE + FORM:
        raise UserError("submission_too_large", value=settings.max_file_mb)
    file = request.files.get("file")
    name = file.filename or "" if file else ""
    digest = keep_submission(settings.inbox_dir, name, file.read() if file else b"")
    return _back({"file": digest}, "submission")


def _publish(settings: Settings) -> Answer:
    provenance = request.form.get("provenance", "")
    if provenance not in PROVENANCES:
        abort(400, "provenance")
    done = publish_submission(
        get_engine(),
        contract(),
        settings.inbox_dir,
        request.form.get("file", ""),
        provenance=provenance,
        by=who(settings),
        now=datetime.now(UTC),
        limits=limits_of(settings),
        seen=_number(request.form.get("version", "")),
        rule=settings.small_cells,
    )
    batch = done.batch or done.already_loaded
    return _back({}, f"batch-{batch.id}" if batch else "")


def _drop(settings: Settings) -> Answer:
    drop_submission(settings.inbox_dir, request.form.get("file", ""))
    return _back({})


def _withdraw(settings: Settings) -> Answer:
    number, reason = request.form.get("batch", ""), request.form.get("reason", "").strip()[:LONGEST]
    if not reason:
        raise UserError("withdraw_reason", value=number)
    withdraw_batch(
        get_engine(),
        _number(number),
        by=who(settings),
        reason=reason,
        at=datetime.now(UTC),
        rule=settings.small_cells,
    )
    return _back({}, "history")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _template(kind: str) -> Response:
    if kind not in TABLES:
        abort(404)
    language = request.args.get("lang", "")
    t = translator(language if language in LANGUAGES else LANGUAGES[0])
    response = Response(make_template(kind, contract(), t), mimetype=SHEET)
    name = f"{t('data.template.file')}-{kind}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _refused(error: UserError) -> Answer:
    facts = {name: str(error.facts[name]) for name in ("value", "editions", "file") if name in error.facts}
    said = {"refused": error.code, "q": facts.get("value", ""), "with": facts.get("editions", "")}
    if error.code in {"data_moved", "discloses"}:  # it waits, with what it would change or why it may not
        return _back({**said, "file": request.form.get("file", "")}, "submission")
    return _back(said)


def _back(query: dict[str, str], anchor: str = "") -> Answer:
    language = request.args.get("lang", "")
    page = address("data", language if language in LANGUAGES else LANGUAGES[0])
    kept = {name: value for name, value in query.items() if value}
    search = f"?{urlencode(kept)}" if kept else ""
    return redirect(f"{page}{search}{f'#{anchor}' if anchor else ''}", code=303)
