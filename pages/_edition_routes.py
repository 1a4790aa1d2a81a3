"""Freezing an edition from the browser: one plain form. Dash takes no page from here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urlencode

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from components.addresses import address
from components.i18n.translate import LANGUAGES
from data_access.actions.create_edition import create_edition
from data_access.db.engine import get_engine
from data_access.domain.errors import UserError
from data_access.services.edition_results import make_draft
from data_access.settings import Settings
from pages._asker import refuse_others, who


def add_editions(server: Flask, settings: Settings) -> None:
    """``POST /editions/create``: the meeting's day and the data version that was looked at."""

    @server.post("/editions/create")
    def create() -> Response:
        refuse_others(settings)
        asked, version = request.form.get("meeting", ""), request.form.get("version", "")
        try:
            draft = make_draft(_day(asked), _number(version), settings.small_cells)
            made = create_edition(get_engine(), draft, by=who(settings), now=datetime.now(UTC))
        except UserError as error:
            return _back({"refused": error.code, "q": str(error.facts.get("value", ""))})
        return _back({}, f"edition-{made.code}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError("edition_meeting", value=text) from error


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _back(query: dict[str, str], anchor: str = "") -> Response:
    language = request.form.get("language", "")
    page = address("editions", language if language in LANGUAGES else LANGUAGES[0])
    search = f"?{urlencode(query)}" if query else ""
    return redirect(f"{page}{search}{f'#{anchor}' if anchor else ''}", code=303)
