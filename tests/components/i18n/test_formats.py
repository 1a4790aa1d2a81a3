"""Numbers and dates; expected forms are CLDR's for fr-BE and nl-BE (checked with ICU 78 and Babel 2.18)."""

from __future__ import annotations

from datetime import date

import pytest

from components.i18n import formats
from data_access.contract.model import Unit
from data_access.domain.period import Period


@pytest.mark.parametrize(
    ("value", "decimals", "fr", "nl"),
    [
        (1234567.891, 3, "1\u202f234\u202f567,891", "1.234.567,891"),
        (91628, 0, "91\u202f628", "91.628"),
        (-0.69, 2, "\u22120,69", "\u22120,69"),
        (-0.04, 1, "0,0", "0,0"),
        (0, 0, "0", "0"),
    ],
)
def test_a_number_follows_its_language(value: float, decimals: int, fr: str, nl: str) -> None:
    assert formats.number(value, decimals, "fr") == fr
    assert formats.number(value, decimals, "nl") == nl


def test_a_percentage_is_spaced_in_french_and_glued_in_dutch() -> None:
    assert formats.measure(15.3, Unit.PERCENT, 1, "fr") == "15,3\u00a0%"
    assert formats.measure(15.3, Unit.PERCENT, 1, "nl") == "15,3%"


def test_a_change_of_a_percentage_is_in_points_with_its_sign() -> None:
    assert formats.difference(0.69, Unit.PERCENT, 2, "fr") == "+0,69\u00a0p.p."
    assert formats.difference(-0.69, Unit.PERCENT, 2, "nl") == "\u22120,69\u00a0pp"


def test_a_change_that_rounds_to_zero_has_no_sign() -> None:
    assert formats.difference(0.04, Unit.PERCENT, 1, "fr") == "0,0\u00a0p.p."


@pytest.mark.parametrize(
    ("text", "fr", "nl"),
    [
        ("2025", "2025", "2025"),
        ("2026-S1", "S1\u00a02026", "S1\u00a02026"),
        ("2026-Q3", "T3\u00a02026", "K3\u00a02026"),
        ("2026-10", "oct. 2026", "okt 2026"),
    ],
)
def test_a_period_is_named_in_its_language(text: str, fr: str, nl: str) -> None:
    assert formats.period(Period.parse(text), "fr") == fr
    assert formats.period(Period.parse(text), "nl") == nl


def test_the_first_of_a_month_is_ordinal_in_french() -> None:
    assert formats.day(date(2026, 11, 1), "fr") == "1er novembre 2026"
    assert formats.day(date(2026, 11, 21), "fr") == "21 novembre 2026"
    assert formats.day(date(2026, 11, 1), "nl") == "1 november 2026"


def test_short_dates_follow_their_language() -> None:
    assert formats.short_day(date(2026, 11, 3), "fr") == "03/11/2026"
    assert formats.short_day(date(2026, 11, 3), "nl") == "3/11/2026"
