"""How plotly.js writes numbers and dates in French and Dutch: as CLDR does, through Babel.

The locale travels with the figure (config ``locales``), so it holds with our bundle, with the stock one
and wherever else the figure is drawn. Plotly's own French module starts every month with a capital.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from components.i18n.translate import LOCALES, translator

# What plotly.js itself writes into labels that a figure leaves to it: those of flows.
WORDS = {
    "source:": "figure.flow.source",
    "target:": "figure.flow.target",
    "incoming flow count:": "figure.flow.incoming",
    "outgoing flow count:": "figure.flow.outgoing",
}


@cache
def locale(language: str) -> dict[str, Any]:
    """A locale module of plotly.js: ``dictionary`` and ``format`` (d3's names), for ``fr`` or ``nl``."""
    cldr = Locale.parse(LOCALES[language])
    t = translator(language)
    symbols = cldr.number_symbols["latn"]
    return {
        "dictionary": {english: t(key) for english, key in WORDS.items()},
        "format": {
            "days": _weekdays(cldr.days["format"]["wide"]),
            "shortDays": _weekdays(cldr.days["format"]["abbreviated"]),
            "months": _in_order(cldr.months["format"]["wide"]),
            "shortMonths": _in_order(cldr.months["format"]["abbreviated"]),
            "date": "%d/%m/%Y",
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "year": "%Y",
            "month": "%b %Y",
            "dayMonth": "%-d %b",
            "dayMonthYear": "%-d %b %Y",
        },
    }


def _in_order(names: Mapping[int, str]) -> list[str]:
    return [names[number] for number in sorted(names)]


def _weekdays(names: Mapping[int, str]) -> list[str]:
    """From Sunday, as d3 counts; Babel counts from Monday."""
    from_monday = _in_order(names)
    return [from_monday[-1], *from_monday[:-1]]
