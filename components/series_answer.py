"""The main figure of a sheet for a choice, on its page and in its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from components.cards.sheet_remarks import numbered_annotations
from components.figures.series_figure import View, series_figure
from components.i18n.translate import translator
from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.compare import get_compared
from data_access.services.sheet import get_sheet

MONTH = re.compile(r"(20[0-3]\d)(?:-(0[1-9]|1[0-2]))?")


@cached
def get_series_figure(
    version: int,
    cutoff: date | None,
    code: str,
    operator: str,
    key: str,
    view: View,
    language: str,
    rule: SmallCellRule,
) -> dict[str, Any]:
    """The main figure of a sheet, made once for a version, a language and a view."""
    sheet = get_sheet(version, cutoff, code, operator, rule)
    compared = get_compared(version, cutoff, code, operator, key, rule)
    definition = contract().indicator(code)
    return series_figure(sheet, definition, numbered_annotations(sheet), compared, view, translator(language))


def view_of(query: Mapping[str, str]) -> View:
    """The years and limits of the address; what is no month is as good as absent."""
    first, last = (MONTH.fullmatch(query.get(name, "")) for name in ("from", "to"))
    start = date(int(first[1]), int(first[2] or 1), 1) if first else None
    end = date(int(last[1]), int(last[2] or 12), 28) if last else None
    if start and end and start >= end:
        start = end = None
    return View(start, end, limits=query.get("limits") == "1")
