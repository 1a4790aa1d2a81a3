"""Asking for a pack, cancelling it, fetching its file: plain forms and addresses, without a script."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, redirect, request, send_file
from werkzeug.wrappers import Response

from components.addresses import address
from components.edition_links import PARAMETER as EDITION
from components.edition_links import with_edition
from components.exports.reports import file_names, get_kinds, get_order
from data_access.actions.cancel_report import cancel_report
from data_access.actions.order_report import order_report
from data_access.db.engine import get_engine
from data_access.queue import send
from data_access.services.editions import viewing
from data_access.services.reports import get_report
from data_access.settings import Settings
from pages._asker import language_asked, refuse, refuse_foreign, who


def add_reports(server: Flask, settings: Settings) -> None:
    """The addresses of packs: ``/reports/order``, ``/reports/<id>/cancel``, ``/reports/<id>/<file>``."""

    @server.post("/reports/order")
    def order() -> Response:
        refuse_foreign(settings)
        kind = get_kinds().get(request.form.get("kind", ""))
        languages = request.form.get("languages", "")
        if kind is None or languages not in kind.languages:
            refuse("unknown", 400)
        with viewing(request.form.get(EDITION)):
            wanted = get_order(kind.name, languages, settings)
        number, new = order_report(
            get_engine(),
            wanted,
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
        if (
            report is None
            or name not in {report.file_name, *file_names(report).values()}
            or not path.is_file()
        ):
            refuse("lost", 404)
        return send_file(path.absolute(), as_attachment=True, download_name=name)


def _back(anchor: str) -> Response:
    page = with_edition(address("reports", language_asked()), request.form.get(EDITION, ""))
    return redirect(f"{page}#{anchor}", code=303)
