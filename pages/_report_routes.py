"""Asking for a pack, cancelling it, fetching its file: plain forms and addresses, without a script."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from flask import Flask, abort, make_response, redirect, request, send_file
from werkzeug.wrappers import Response

from components.addresses import address, language_of
from components.exports.reports import file_names, get_kinds, get_order
from components.i18n.translate import LANGUAGES, translator
from components.page import refusal_page
from data_access.actions.cancel_report import cancel_report
from data_access.actions.order_report import order_report
from data_access.db.engine import get_engine
from data_access.queue import send
from data_access.services.reports import get_report
from data_access.settings import Settings

MAX_NAME = 200
ASSETS = Path(__file__).parents[1] / "assets"
DOCUMENT = """<!DOCTYPE html>
<html lang="{language}-BE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
{styles}
</head>
<body>{page}</body>
</html>"""


def add_reports(server: Flask, settings: Settings) -> None:
    """The addresses of packs: ``/reports/order``, ``/reports/<id>/cancel``, ``/reports/<id>/<file>``."""

    @server.post("/reports/order")
    def order() -> Response:
        _refuse_foreign(settings)
        kind = get_kinds().get(request.form.get("kind", ""))
        languages = request.form.get("languages", "")
        if kind is None or languages not in kind.languages:
            _refuse("unknown", 400)
        number, new = order_report(
            get_engine(),
            get_order(kind.name, languages, settings),
            asked_by=_who(settings),
            now=datetime.now(UTC),
            folder=settings.reports_dir,
        )
        if new:
            send(settings, number)
        return _back(f"report-{number}")

    @server.post("/reports/<int:number>/cancel")
    def cancel(number: int) -> Response:
        _refuse_foreign(settings)
        cancel_report(get_engine(), number, now=datetime.now(UTC))
        return _back(f"report-{number}")

    @server.get("/reports/<int:number>/<name>")
    def fetch(number: int, name: str) -> Response:
        report, path = get_report(number, settings.small_cells), settings.reports_dir / f"{number}"
        if (
            report is None
            or name not in {report.file_name, *file_names(report).values()}
            or not path.is_file()
        ):
            _refuse("lost", 404)
        return send_file(path.absolute(), as_attachment=True, download_name=name)


def _who(settings: Settings) -> str:
    """Who asks, as the authenticating proxy says; empty for the reader at this machine.

    Without a proxy anybody could write the header.
    """
    if not settings.behind_proxy:
        return ""
    # Headers are read as Latin-1; a proxy sends names beyond ASCII as UTF-8.
    said = request.headers.get("X-Forwarded-User", "").encode("latin-1", "replace")
    return said.decode("utf-8", "replace").strip()[:MAX_NAME]


def _refuse_foreign(settings: Settings) -> None:
    """Refuse a form that was not sent from a page of ours: browsers always say where it was."""
    sent_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    ours = {request.host}
    if settings.behind_proxy and "X-Forwarded-Host" in request.headers:
        ours.add(request.headers["X-Forwarded-Host"])
    if not sent_from or urlsplit(sent_from).netloc not in ours:
        _refuse("foreign", 403)


def _refuse(reason: str, status: int) -> NoReturn:
    """Answer with a page that says why, in the language of the reader, with its status.

    Raises:
        HTTPException: always.
    """
    language = _language()
    t = translator(language)
    page = refusal_page(t(f"reports.refused.{reason}"), status, language)
    styles = "".join(
        f'<link rel="stylesheet" href="/assets/{path.name}">' for path in sorted(ASSETS.glob("*.css"))
    )
    title = escape(f"{t('reports.refused')} – {t('app.name')} – Actiris")
    document = DOCUMENT.format(language=language, title=title, styles=styles, page=page.painted)
    abort(make_response(document, status, {"Cache-Control": "no-store"}))


def _language() -> str:
    """That of the form; else of the page that led here, else of the browser."""
    said = request.form.get("language", "")
    if said in LANGUAGES:
        return said
    before = language_of(urlsplit(request.headers.get("Referer", "")).path)
    return before or request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0]


def _back(anchor: str) -> Response:
    return redirect(f"{address('reports', _language())}#{anchor}", code=303)
