"""What the lines and points of the main figure mean: only those that are there, legible in greyscale."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.i18n.translate import Translator
from data_access.domain.pace import Pace
from data_access.domain.projection import Projection
from data_access.services.compare import Compared
from data_access.services.sheet import Sheet


def make_series_key(sheet: Sheet, compared: Compared | None, t: Translator) -> Component:
    """A list of marks, each with its word; the marks are drawn by assets/sheet.css."""
    path = sheet.row.assessment.path
    readings = [r for r in sheet.row.readings if r.value is not None and r not in sheet.immature]
    there = {
        "definitive": any(not r.provisional for r in readings),
        "provisional": any(r.provisional for r in readings),
        "immature": bool(sheet.immature),
        "target": path is not None,
        "expected": path is not None and path.target.value is not None and path.baseline is not None,
        "past": any(p != path and p.target.value is not None for p in sheet.row.paths),
        "required": isinstance(sheet.pace, Pace),
        "projection": isinstance(sheet.projection, Projection),
        "break": bool(sheet.row.breaks),
        "decision": bool(sheet.decisions),
        "compared": compared is not None,
    }
    items = [
        html.Li(
            [html.Span(className=f"mark mark-{name}", **aria(hidden="true")), _word(name, compared, t)],
        )
        for name, shown in there.items()
        if shown
    ]
    return html.Ul(items, className="figure-key")


def _word(name: str, compared: Compared | None, t: Translator) -> str:
    if name == "compared" and compared is not None:
        return compared.option.label.in_(t.language)
    return t(f"sheet.key.{name}")
