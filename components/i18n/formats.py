"""Numbers, periods and dates as fr-BE and nl-BE write them (CLDR through Babel)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from components.i18n.translate import LOCALES, translator
from data_access.contract.model import Unit
from data_access.domain.period import Freq, Period

MINUS = "\u2212"
NBSP = "\u00a0"
_PERCENT = {"fr": f"{NBSP}%", "nl": "%"}


@lru_cache(maxsize=4096)
def number(value: float, decimals: int, language: str) -> str:
    """A number with that many decimals: ``1 234,5`` (fr, narrow spaces) or ``1.234,5`` (nl)."""
    rounded = round(value, decimals) + 0.0  # -0.0 becomes 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded, pattern, locale=LOCALES[language]).replace("-", MINUS)


def measure(value: float, unit: Unit, decimals: int, language: str) -> str:
    """A value with its unit, short enough for a cell: ``15,3 %``, ``91 628``, ``12 j.``."""
    return number(value, decimals, language) + unit_mark(unit, language)


def unit_mark(unit: Unit, language: str) -> str:
    """What follows the number: nothing for a count, ``%`` glued or spaced by language."""
    if unit is Unit.COUNT:
        return ""
    if unit is Unit.PERCENT:
        return _PERCENT[language]
    return NBSP + translator(language)(f"unit.mark.{unit.value}")


def difference(value: float, unit: Unit, decimals: int, language: str) -> str:
    """A signed change: of a percentage in percentage points, of a score out of ten without the ten."""
    sign = "+" if round(value, decimals) > 0 else ""
    shown = {Unit.PERCENT: Unit.POINTS, Unit.SCORE10: Unit.COUNT}.get(unit, unit)
    return sign + measure(value, shown, decimals, language)


def percentage(share: float, language: str) -> str:
    """A share between 0 and 1 as a whole percentage."""
    return number(100 * share, 0, language) + _PERCENT[language]


def day(value: date, language: str) -> str:
    """``3 novembre 2026`` / ``3 november 2026``; French writes the first as ``1er``."""
    text = format_date(value, "d MMMM y", locale=LOCALES[language])
    return text.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else text


def short_day(value: date, language: str) -> str:
    """``03/11/2026`` / ``3/11/2026``."""
    return format_date(value, "dd/MM/y" if language == "fr" else "d/MM/y", locale=LOCALES[language])


def period(value: Period, language: str) -> str:
    """``2025``, ``S1 2026``, ``T3 2026`` / ``K3 2026``, ``oct. 2026`` / ``okt. 2026``."""
    if value.freq is Freq.ANNUAL:
        return str(value.year)
    if value.freq is Freq.MONTH:
        return format_date(value.start, "MMM y", locale=LOCALES[language])
    mark = {"S": "S", "Q": "T" if language == "fr" else "K"}[value.freq.value]
    return f"{mark}{value.number}{NBSP}{value.year}"
