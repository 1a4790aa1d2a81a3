"""Who asks for a write, and whether they may: for the routes of plain forms. Dash takes no page from here."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from flask import abort, make_response, request

from components.addresses import language_of
from components.i18n.translate import LANGUAGES, translator
from components.page import refusal_page
from data_access.settings import Settings

MAX_NAME = 100  # letters; as many as a batch keeps
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
        refuse("foreign", 403)


def may_write(settings: Settings) -> bool:
    """Whether who asks may load, withdraw and freeze: a steward, or the reader at this machine."""
    return not settings.behind_proxy or who(settings) in settings.stewards


def refuse_others(settings: Settings) -> None:
    """Refuse a write that is not asked for by a steward, from a page of ours."""
    refuse_foreign(settings)
    if not may_write(settings):
        refuse("steward", 403)


def refuse(reason: str, status: int) -> NoReturn:
    """Answer with a page that says why, in the language of the reader, with its status.

    Raises:
        HTTPException: always.
    """
    language = language_asked()
    t = translator(language)
    page = refusal_page(t(f"reports.refused.{reason}"), status, language)
    styles = "".join(
        f'<link rel="stylesheet" href="/assets/{path.name}">' for path in sorted(ASSETS.glob("*.css"))
    )
    title = escape(f"{t('reports.refused')} – {t('app.name')} – Actiris")
    document = DOCUMENT.format(language=language, title=title, styles=styles, page=page.painted)
    abort(make_response(document, status, {"Cache-Control": "no-store"}))


def language_asked() -> str:
    """That of the form; else of the page that led here, else of the browser."""
    said = request.form.get("language", "")
    if said in LANGUAGES:
        return said
    before = language_of(urlsplit(request.headers.get("Referer", "")).path)
    return before or request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0]
