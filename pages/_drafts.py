"""What a form on a page is filled with: what was typed and refused, else what is there.

Dash takes no page from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dash import html
from dash.development.base_component import Component
from flask import current_app

from components.page import Visit
from data_access.actions.keep_draft import find_draft
from data_access.domain.draft import Draft

MOVED = {"row_moved", "data_moved"}


def draft_of(visit: Visit, fields: Mapping[str, str]) -> Draft:
    """The draft that the address names, over the fields that the form has anyway.

    Args:
        visit: of somebody who may write.
        fields: what stands in the form before anything was typed.
    """
    found = find_draft(current_app.config["SETTINGS"].drafts_dir, visit.query.get("draft", ""))
    if found is None:
        return Draft("", fields)
    typed = dict(found.fields)
    if found.code in MOVED:  # whoever sends it again has seen what others wrote: it stands on this page
        typed["seen"] = fields["seen"]
    return replace(found, fields={**fields, **typed})


def published_note(visit: Visit) -> list[Component]:
    """That what was just sent is published, and as which version; or that it was before."""
    number = visit.query.get("written", "")
    if not number.isdecimal() or not visit.writes:
        return []
    said = visit.t("write.published", batch=number) if number != "0" else visit.t("write.unchanged")
    return [html.P(said, className="written", role="status")]
