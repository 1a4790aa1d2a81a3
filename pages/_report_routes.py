"""Asking for a pack, cancelling it, fetching its file: plain forms and addresses, without a script."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, abort, redirect, request, send_file
from werkzeug.wrappers import Response

from components.addresses import address
from components.exports.reports import get_kinds
from components.i18n.translate import LANGUAGES
from data_access.actions.cancel_report import cancel_report
from data_access.actions.order_report import order_report
from data_access.db.engine import get_engine
from data_access.domain.report import Order
from data_access.queue import send
from data_access.services.data_state import get_data_state
from data_access.services.geometry import get_geometry
from data_access.services.reports import get_report
from data_access.settings import Settings
from pages._asker import refuse_foreign, who


def add_reports(server: Flask, settings: Settings) -> None:
    """The addresses of packs: ``/reports/order``, ``/reports/<id>/cancel``, ``/reports/<id>/<file>``."""

    @server.post("/reports/order")
    def order() -> Response:
        refuse_foreign(settings)
        kind = get_kinds().get(request.form.get("kind", ""))
        languages = request.form.get("languages", "")
        if kind is None or languages not in kind.languages:
            abort(400, "kind, languages")
        number, new = order_report(
            get_engine(),
            Order(
                kind.name,
                languages,
                get_data_state().version,
                settings.small_cells,
                get_geometry().digest,
                settings.own_croissant,
            ),
            asked_by=who(settings),
            now=datetime.now(UTC),
            folder=settings.reports_dir,
        )
        if new:
            send(settings, number)
        return _back(f"report-{number}")

    @server.post("/reports/<int:number>/cancel")
    def cancel(number: int) -> Response:
        refuse_foreign(settings)
        cancel_report(get_engine(), number, now=datetime.now(UTC))
        return _back(f"report-{number}")

    @server.get("/reports/<int:number>/<name>")
    def fetch(number: int, name: str) -> Response:
        report, path = get_report(number, settings.small_cells), settings.reports_dir / f"{number}"
        if report is None or report.file_name != name or not path.is_file():
            abort(404)
        return send_file(path.absolute(), as_attachment=True, download_name=name)


def _back(anchor: str) -> Response:
    language = request.form.get("language", "")
    page = address("reports", language if language in LANGUAGES else "fr")
    return redirect(f"{page}#{anchor}", code=303)
