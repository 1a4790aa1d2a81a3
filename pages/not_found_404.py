"""What Dash shows where no page lives; the language is that of the address."""

from __future__ import annotations

from typing import Any

from dash import register_page
from flask import request

from components.addresses import language_of
from components.page import get_page, page_title


def asked_language() -> str:
    """The language of the address: in a callback it is among the inputs, at the first request in the path."""
    inputs = (request.get_json(silent=True) or {}).get("inputs", [])
    path = next((i["value"] for i in inputs if i.get("property") == "pathname"), request.path)
    return language_of(str(path)) or "fr"


def layout(**_: Any) -> dict[str, Any]:
    """The 404 page."""
    return get_page("not_found", asked_language(), {}, {}).plain


def title(**_: Any) -> str:
    """Its title."""
    return page_title("not_found", {}, asked_language())


register_page(__name__, path="/404", title=title, layout=layout)
