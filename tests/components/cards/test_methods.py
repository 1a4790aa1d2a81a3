"""The cross-checks on the method page: published numbers, every answer of every method, anchors that hold."""

from __future__ import annotations

import re
from html import unescape
from inspect import signature
from typing import Any

import pytest

from components.cards.calculations import TREND_LEVEL
from components.cards.methods import BANDS, make_band, make_methods, state_like
from components.i18n.translate import LANGUAGES, translator
from components.prerender import to_html, to_plain
from data_access.domain.methods.check import Band, Method
from data_access.domain.status import Status
from data_access.domain.trend import yearly_trend

# The sheet of an indicator links to them.
ANCHORS = [
    "method-linear_share",
    "method-cagr_ratio",
    "method-weather",
    "method-un_ratio",
    "method-bfp",
    "agreement",
    "season",
    "control-chart",
    "trend-test",
    "projection",
    "intervals",
]


def parts(language: str) -> dict[str, str]:
    """The words of each part under its anchor, with plain spaces."""
    found: dict[str, str] = {}
    for node in to_plain(make_methods(translator(language))):
        html = to_html(node)
        found[node["props"].get("id", "")] = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_the_anchor_that_sheets_link_to(language: str) -> None:
    assert [anchor for anchor in parts(language) if anchor not in {"", "notation"}] == ANCHORS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_contents_leads_to_the_parts(language: str) -> None:
    def links(node: Any) -> list[str]:
        if isinstance(node, list):
            return [link for item in node for link in links(item)]
        if not isinstance(node, dict):
            return []
        own = [node["props"]["href"]] if node["props"].get("href", "").startswith("#") else []
        return own + links(node["props"].get("children"))

    assert links(to_plain(make_methods(translator(language)))) == [f"#{anchor}" for anchor in ANCHORS]


@pytest.mark.parametrize(
    ("anchor", "language", "numbers"),
    [
        # Statistics Canada: 0.95, 0.60 and 0; without target 1.5 % and 0.5 %, exponent 4.44.
        ("method-linear_share", "fr", ("S ≥ 0,95", "0,60 ≤ S < 0,95", "0 ≤ S < 0,60", "S < 0")),
        ("method-cagr_ratio", "fr", ("R ≥ 0,95", "0,60 ≤ R < 0,95", "1,5 % × C", "0,5 % × C", "^4,44")),
        ("method-cagr_ratio", "nl", ("R ≥ 0,95", "0,60 ≤ R < 0,95", "1,5% × C", "0,5% × C", "^4,44")),
        # Destatis: the last five changes, four points at least, 5 % and 20 % of what is left.
        (
            "method-weather",
            "fr",
            ("des 5 dernières variations", "moins de 4 points", "inférieur à 5 %", "20 %"),
        ),
        ("method-weather", "nl", ("de laatste 5 jaarlijkse", "minder dan 4 ", "minder dan 5% gemist", "20%")),
        # UN Statistics Division: 0.95 and 0.10; without target 2 % and 0.5 % a year.
        ("method-un_ratio", "fr", ("U ≥ 0,95", "0,10 ≤ U < 0,95", "U < 0,10", "de 2 %", "de 0,5 %")),
        # Bureau fédéral du Plan: a margin of 10 %, a significant trend.
        ("method-bfp", "fr", ("écart ≥ −10 %", "seuil de 5 %", "moins de 5 points")),
        ("method-bfp", "nl", ("verschil ≥ −10%", "niveau van 5%", "minder dan 5 ")),
        # NHS: 2.66 and 3.267, runs of seven, limits on trial under twelve points; the house's own 0.4.
        (
            "control-chart",
            "fr",
            ("± 2,66 ×", "3,267 fois", "7 points de suite", "Sous 12 points", "dépasse 0,4"),
        ),
        ("control-chart", "nl", ("± 2,66 ×", "3,267 keer", "7 punten na elkaar", "Onder 12", "meer dan 0,4")),
        # Fingertips: the last five years, 95 % confidence.
        ("trend-test", "fr", ("les 5 dernières années", "sous 5 %", "moins de 5 années")),
        ("trend-test", "nl", ("de laatste 5 jaren", "onder 5%", "minder dan 5 jaren")),
        ("projection", "fr", ("80 % et 95 % des cas", "moins de 5 points")),
        ("projection", "nl", ("80% en 95% van de gevallen", "minder dan 5 punten")),
        ("intervals", "fr", ("z = 1,96", "√((p₁ − l₁)² + (u₂ − p₂)²)")),
    ],
)
def test_a_method_prints_its_published_numbers(anchor: str, language: str, numbers: tuple[str, ...]) -> None:
    words = parts(language)[anchor]
    assert [number for number in numbers if number not in words] == []


def test_every_answer_of_every_method_is_explained() -> None:
    assert list(BANDS) == list(Method)
    assert {band for bands in BANDS.values() for band in bands} == set(Band)


def test_the_state_that_an_answer_agrees_with_is_said() -> None:
    """«Défavorable» neither confirms nor denies that something is only to watch."""
    words = parts("fr")["agreement"]
    assert "▲ En bonne voie atteint, en bonne voie, soleil, favorable" in words
    assert "◆ À surveiller progrès à accélérer, soleil voilé, défavorable" in words
    off = "■ Hors trajectoire progrès limité, recul, stagnation ou recul, nuage, orage, défavorable"
    assert off in words


def test_the_level_of_the_trend_test_is_the_one_that_it_has() -> None:
    assert signature(yearly_trend).parameters["significance"].default == TREND_LEVEL


def test_every_season_is_explained() -> None:
    words = parts("nl")["season"]
    for name in (
        "zelfde periode een jaar eerder",
        "som over twaalf maanden",
        "gemiddelde over",
        "zoals ze is",
    ):
        assert name in words


@pytest.mark.parametrize(
    ("band", "state"),
    [
        (Band.ATTAINED, Status.ATTAINED),
        (Band.SUN, Status.ON_TRACK),
        (Band.ACCELERATE, Status.TO_WATCH),
        (Band.UNFAVOURABLE, Status.OFF_TRACK),
        (Band.UNDETERMINED, Status.NOT_ASSESSABLE),
    ],
)
def test_an_answer_bears_the_symbol_of_the_state_it_comes_closest_to(band: Band, state: Status) -> None:
    assert state_like(band) is state


def test_an_answer_is_a_symbol_for_the_eye_and_a_word_for_everybody() -> None:
    assert to_html(to_plain(make_band(Band.SUN_CLOUD, translator("nl")))) == (
        '<span class="status status-to_watch">'
        '<span aria-hidden="true" class="status-symbol">◆</span>'
        '<span class="status-word">zon en wolk</span></span>'
    )
