"""The arithmetic of a verdict: numbers of one series in a formula, the rule, its bands, the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator, Unit

MOST_DECIMALS = 6
# A letter that stands alone, with its index: x, t₀, ŷ, χ².
_SYMBOL = re.compile(r"(?<!\w)([^\W\d_][₀-₉²]?)(?!\w)")
Words = Sequence[Component | str]


@dataclass(frozen=True)
class Numbers:
    """Writes the numbers of one series in one language, exact enough to reckon with.

    Attributes:
        decimals: as many as the formula needs, at least those of the indicator.
    """

    definition: Indicator
    language: str
    decimals: int

    @classmethod
    def fit(cls, definition: Indicator, language: str, scale: float | None = None) -> Numbers:
        """Decimals that leave at least three significant digits of ``scale``, a difference in the formula."""
        needed = 2 - floor(log10(abs(scale))) + 1 if scale else definition.decimals + 2
        return cls(definition, language, min(max(needed, definition.decimals), MOST_DECIMALS))

    def plain(self, value: float) -> str:
        """A number without unit; one below zero in brackets, so that it can follow an operator."""
        return bracketed(formats.number(value, self._needed(value), self.language))

    def value(self, value: float) -> str:
        """A value with its unit, as exact as the formula."""
        return formats.measure(value, self.definition.unit, self._needed(value), self.language)

    def shown(self, value: float) -> str:
        """A value with its unit and the decimals of the indicator, as everywhere else."""
        return formats.measure(value, self.definition.unit, self.definition.decimals, self.language)

    def signed(self, difference: float) -> str:
        """A difference with its sign and unit, as exact as the formula."""
        return formats.difference(difference, self.definition.unit, self._needed(difference), self.language)

    def change(self, difference: float) -> str:
        """A difference with its sign, unit and as few decimals as show that it is not zero."""
        return formats.difference(difference, self.definition.unit, self._visible(difference), self.language)

    def amount(self, difference: float) -> str:
        """The size of a difference, without its sign."""
        return self.change(abs(difference)).removeprefix("+")

    def share(self, share: float, decimals: int = 1) -> str:
        """A share of one as a percentage."""
        return formats.number(100 * share, decimals, self.language) + formats.unit_mark(
            Unit.PERCENT, self.language
        )

    def number(self, value: float, decimals: int) -> str:
        """Any other number; below zero in brackets."""
        return bracketed(formats.number(value, decimals, self.language))

    def years(self, years: float) -> str:
        """A time in years, whole ones without decimals."""
        return self.number(years, 0 if abs(years - round(years)) < 5e-4 else 3)

    def probability(self, p: float) -> str:
        """A p-value; never zero."""
        return f"< {self.number(0.001, 3)}" if p < 0.001 else self.number(p, 3)

    def _needed(self, value: float) -> int:
        """Without the zeros at the end that say nothing, but never fewer than the indicator has."""
        least = self.definition.decimals
        return next(
            (n for n in range(least, self.decimals) if abs(round(value, n) - value) < 1e-9), self.decimals
        )

    def _visible(self, value: float) -> int:
        least = self.definition.decimals
        if abs(value) < 1e-9:
            return least
        return next((n for n in range(least, MOST_DECIMALS) if round(value, n) != 0), MOST_DECIMALS)


def bracketed(number: str) -> str:
    """A written number that can follow an operator: in brackets when it begins with a minus."""
    return f"({number})" if number.startswith(formats.MINUS) else number


def make_symbols(formula: str) -> list[Component | str]:
    """A formula in text with its symbols marked as such."""
    parts = _SYMBOL.split(formula)
    return [html.Var(part) if i % 2 else part for i, part in enumerate(parts) if part]


def make_formula(formula: str, *steps: str) -> Component:
    """``p = (x − b) ÷ (c − b)`` and its steps with numbers; the last step is the result."""
    words = make_symbols(formula)
    for step in steps[:-1]:
        words += [" = ", step]
    words += [" = ", html.Strong(steps[-1])]
    return html.P(words, className="formula")


def make_given(rows: Sequence[tuple[str, str, str]]) -> Component:
    """What enters the formulas: symbol, meaning, number."""
    items = [
        html.Div([html.Dt([*make_symbols(symbol), f" {meaning}"]), html.Dd(number)])
        for symbol, meaning, number in rows
    ]
    return html.Dl(items, className="given")


@dataclass(frozen=True)
class Band:
    """One answer of a rule: when it is given, and whether it is the one given here."""

    answer: Component | str
    when: str
    applies: bool


def make_bands(caption: str, bands: Sequence[Band], t: Translator) -> Component:
    """A small table of answers; the one that applies says so in a word."""
    rows = []
    for band in bands:
        when: list[Component | str] = [band.when]
        when += [" ", html.Strong(t("verdict.applies"))] if band.applies else []
        cells = [html.Th(band.answer, scope="row"), html.Td(when)]
        rows.append(html.Tr(cells, className="applies" if band.applies else None))
    return html.Table([html.Caption(caption), html.Tbody(rows)], className="plain bands")


def make_calculation(
    parts: Sequence[Component | None], source: str, links: Words, t: Translator
) -> Component:
    """«Le calcul», folded; closed by the source and the way to the method page."""
    said: list[Component | str] = [html.Strong(t("methods.source")), t("punctuation.colon"), source]
    return html.Details(
        [
            html.Summary(t("verdict.calculation")),
            *(part for part in parts if part is not None),
            html.P(said, className="quiet"),
            html.P([t("verdict.method"), t("punctuation.colon"), *links], className="quiet"),
        ],
        className="calculation",
    )


def method_links(anchors: Sequence[tuple[str, str]], t: Translator) -> list[Component | str]:
    """Links to parts of the method page, each with the title that it has there."""
    links: list[Component | str] = []
    for anchor, title in anchors:
        links += [", "] if links else []
        links.append(html.A(title, href=f"{address('method', t.language)}#{anchor}"))
    return links


def sentence(clause: str) -> str:
    """A clause on its own: with a capital and a full stop."""
    return clause[:1].upper() + clause[1:] + ("" if clause.endswith(".") else ".")
