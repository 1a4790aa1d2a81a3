"""Who asks for a write, and whether they may: for the routes of plain forms. Dash takes no page from here."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request

from data_access.settings import Settings

MAX_NAME = 200


def who(settings: Settings) -> str:
    """Who asks, as the authenticating proxy says; empty for the reader at this machine.

    Without a proxy anybody could write the header.
    """
    if not settings.behind_proxy:
        return ""
    # Headers are read as Latin-1; a proxy sends names beyond ASCII as UTF-8.
    said = request.headers.get("X-Forwarded-User", "").encode("latin-1", "replace")
    return said.decode("utf-8", "replace").strip()[:MAX_NAME]


def refuse_foreign(settings: Settings) -> None:
    """Refuse a form that was not sent from a page of ours: browsers always say where it was."""
    sent_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    ours = {request.host}
    if settings.behind_proxy and "X-Forwarded-Host" in request.headers:
        ours.add(request.headers["X-Forwarded-Host"])
    if not sent_from or urlsplit(sent_from).netloc not in ours:
        abort(403)


def may_write(settings: Settings) -> bool:
    """Whether who asks may load, withdraw and freeze: a steward, or the reader at this machine."""
    return not settings.behind_proxy or who(settings) in settings.stewards


def refuse_others(settings: Settings) -> None:
    """Refuse a write that is not asked for by a steward, from a page of ours."""
    refuse_foreign(settings)
    if not may_write(settings):
        abort(403)
