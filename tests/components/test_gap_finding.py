"""The finding of the gap word for word, in both languages: every case of the sentence.

In the expected sentences ``~`` stands for a no-break space.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.gap_finding import (
    direction,
    gap_finding,
    gap_notes,
    gap_subtitle,
    judgement,
    published_sentence,
    regional_sentence,
    split_sentence,
)
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.domain.comparison import HIDDEN, MISSING, Cell, Gap, Kind
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.services.gap_model import (
    CommuneShare,
    GapChange,
    GapSheet,
    Point,
    Published,
    Refusal,
    RegionalChange,
    Split,
)
from data_access.services.territory_choices import OWN, MapSeries, Selection, View

SERIES = MapSeries("OS1.01", "_T", Kind.SHARE, ("_T",), ("_T",), 19, countable=True)
MEMBERS = ("21001", "21004", "21007", "21012", "21013", "21014", "21015")
SELECTION = Selection(SERIES, View.LEVEL, "_T", "_T", "", "D2", MEMBERS)
NOW, BEFORE = Period.parse("2025-Q2"), Period.parse("2024-Q2")
HIGHER = contract().indicator("OS1.01")
LOWER = contract().indicator("OS2.03")


def written(text: str) -> str:
    return text.replace("~", "\u00a0")


def cell(value: float, *, provisional: bool = False) -> Cell:
    return Cell(Availability.AVAILABLE, value, 10 * value, 1000.0, provisional)


def point(inside: float, outside: float, half: float = 1.5, period: Period = NOW) -> Point:
    points = inside - outside
    return Point(period, cell(inside), cell(outside), True, Gap(points, points - half, points + half))


def change(now: Point, before: Point, half: float = 0.5) -> GapChange:
    assert now.gap is not None
    assert before.gap is not None
    points = now.gap.points - before.gap.points
    return GapChange(before, Gap(points, points - half, points + half))


def sheet(now: Point | None, then: GapChange | Refusal = Refusal.NO_EARLIER, **more: Any) -> GapSheet:
    known: dict[str, Any] = {
        "selection": SELECTION,
        "points": (now,) if now else (),
        "point": now,
        "change": then,
        "splits": {"AGE": Refusal.NO_STRATA},
        "regional": Refusal.NO_EARLIER,
        "starts": (),
        "published": None,
        "breaks": (),
        "demonstration": False,
    }
    return GapSheet(**{**known, **more})


LESS = point(44, 52)
WIDER = sheet(LESS, change(LESS, point(44, 50, period=BEFORE)))
NARROWER = sheet(LESS, change(LESS, point(42, 53, period=BEFORE)))
LEVELLED = sheet(LESS, change(LESS, point(46, 57, period=BEFORE)))
STABLE = sheet(LESS, change(LESS, point(44, 51.8, period=BEFORE)))
REVERSED = sheet(LESS, change(LESS, point(52, 48, period=BEFORE)))
MORE = point(52, 44)
ADVANTAGE = sheet(MORE, change(MORE, point(53, 43, period=BEFORE)))
CHANCE = sheet(point(44, 45))
# « [less] » in an expected sentence: the level of most cases.
FRENCH = (
    "T2~2025~: 44,0~% dans le croissant pauvre, 52,0~% dans le reste de la Région, soit 8,0~p.p. de moins"
)
DUTCH = "K2~2025: 44,0% in de arme sikkel, 52,0% in de rest van het Gewest, dus 8,0~pp minder"
CASES = {
    "only the level": (
        sheet(LESS),
        "[less].",
        "[less].",
    ),
    "wider": (
        WIDER,
        "[less]~; l’écart s’est creusé de 2,0~p.p. en un an, ce qui est défavorable.",
        "[less]; de kloof werd op een jaar 2,0~pp groter, wat ongunstig is.",
    ),
    "narrower": (
        NARROWER,
        "[less]~; l’écart s’est réduit de 3,0~p.p. en un an, ce qui est favorable.",
        "[less]; de kloof werd op een jaar 3,0~pp kleiner, wat gunstig is.",
    ),
    "narrower because the rest fell": (
        LEVELLED,
        "[less]~; l’écart s’est réduit de 3,0~p.p. en un an, sans que le croissant pauvre y gagne.",
        "[less]; de kloof werd op een jaar 3,0~pp kleiner, zonder dat de arme sikkel erop vooruitgaat.",
    ),
    "stable": (
        STABLE,
        "[less]~; rien ne permet de dire que l’écart ait changé en un an (−0,2~p.p., non significatif).",
        "[less]; niets wijst erop dat de kloof op een jaar veranderd is (−0,2~pp, niet significant).",
    ),
    "reversed": (
        REVERSED,
        "[less]~; un an plus tôt, l’écart était de sens inverse (+4,0~p.p.).",
        "[less]; een jaar eerder ging de kloof de andere kant op (+4,0~pp).",
    ),
    "an advantage is no failing": (
        ADVANTAGE,
        "T2~2025~: 52,0~% dans le croissant pauvre, 44,0~% dans le reste de la Région, soit 8,0~p.p. "
        "de plus~; l’écart s’est réduit de 2,0~p.p. en un an.",
        "K2~2025: 52,0% in de arme sikkel, 44,0% in de rest van het Gewest, dus 8,0~pp meer; "
        "de kloof werd op een jaar 2,0~pp kleiner.",
    ),
    "chance": (
        CHANCE,
        "T2~2025~: 44,0~% dans le croissant pauvre, 45,0~% dans le reste de la Région, un écart qui ne se "
        "distingue pas du hasard (−1,0~p.p., intervalle de −2,5 à +0,5).",
        "K2~2025: 44,0% in de arme sikkel, 45,0% in de rest van het Gewest, een kloof die niet van het "
        "toeval te onderscheiden is (−1,0~pp, interval van −2,5 tot +0,5).",
    ),
    "a break between": (
        sheet(LESS, Refusal.BREAK, breaks=(date(2020, 1, 1), date(2025, 1, 1))),
        "[less]~; en raison de la rupture de série du 1er janvier 2025, l’écart n’est pas comparable à "
        "celui d’un an plus tôt.",
        "[less]; door de reeksbreuk van 1 januari 2025 is de kloof niet vergelijkbaar met die van "
        "een jaar eerder.",
    ),
    "provisional": (
        sheet(replace(LESS, inside=cell(44, provisional=True))),
        "T2~2025~: 44,0~% (p) dans le croissant pauvre, 52,0~% dans le reste de la Région, "
        "soit 8,0~p.p. de moins.",
        "K2~2025: 44,0% (v) in de arme sikkel, 52,0% in de rest van het Gewest, dus 8,0~pp minder.",
    ),
    "hidden": (
        sheet(Point(NOW, HIDDEN, HIDDEN, True, None), Refusal.HIDDEN),
        "T2~2025~: l’écart ne peut pas être montré, "
        "car la valeur d’au moins une commune est masquée (secret statistique).",
        "K2~2025: de kloof kan niet worden getoond, "
        "want de waarde van minstens één gemeente is verborgen (statistisch geheim).",
    ),
    "missing": (
        sheet(Point(NOW, MISSING, cell(52), True, None), Refusal.MISSING),
        "T2~2025~: l’écart ne peut pas être calculé, car au moins une commune n’a pas de valeur.",
        "K2~2025: de kloof kan niet worden berekend, want minstens één gemeente heeft geen waarde.",
    ),
    "immature": (
        sheet(Point(NOW, cell(44), cell(52), False, None), Refusal.IMMATURE),
        "T2~2025~: la cohorte est immature (fenêtre pas encore close), l’écart ne se mesure pas encore.",
        "K2~2025: de cohorte is onvoldragen (venster nog niet gesloten), de kloof is nog niet te meten.",
    ),
    "no data": (
        sheet(None, Refusal.NO_PERIOD),
        "Aucune valeur par commune pour ce choix.",
        "Geen waarde per gemeente voor deze keuze.",
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finding_says_each_case(case: str, language: str) -> None:
    found, french, dutch = CASES[case]
    expected = {"fr": french.replace("[less]", FRENCH), "nl": dutch.replace("[less]", DUTCH)}[language]
    assert gap_finding(found, HIGHER, translator(language)) == written(expected)


@pytest.mark.parametrize(
    ("now", "before", "polarity", "expected"),
    [
        ((44, 52), (42, 53), Polarity.HIGHER, "favourable"),
        ((44, 52), (44, 50), Polarity.HIGHER, "unfavourable"),
        ((44, 52), (46, 57), Polarity.HIGHER, "levelled"),
        ((38, 31), (40, 30), Polarity.LOWER, "favourable"),
        ((41, 30), (38, 31), Polarity.LOWER, "unfavourable"),
        ((38, 29), (37, 25), Polarity.LOWER, "levelled"),
        ((44, 52), (42, 53), Polarity.LOWER, "neutral"),  # the croissant is better off
        ((44, 52), (42, 53), Polarity.NEUTRAL, "neutral"),
        ((44, 52), (42, 53), Polarity.BAND, "neutral"),
    ],
)
def test_polarity_says_what_a_change_is_worth(
    now: tuple[float, float], before: tuple[float, float], polarity: Polarity, expected: str
) -> None:
    late, early = point(*now), point(*before, period=BEFORE)
    assert late.gap is not None
    assert judgement(change(late, early), late.gap, late, polarity) == expected


def test_a_change_within_chance_has_no_direction() -> None:
    late, early = point(44, 52), point(44, 50, period=BEFORE)
    assert late.gap is not None
    assert direction(change(late, early, half=2.5), late.gap) == "stable"
    assert judgement(change(late, early, half=2.5), late.gap, late, Polarity.HIGHER) == "neutral"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contract_s_own_gap_is_defined_and_compared(language: str) -> None:
    t = translator(language)
    agrees = published_sentence(sheet(LESS, published=Published("OS1.11", -8.0, agrees=True)), t)
    differs = published_sentence(sheet(LESS, published=Published("OS1.11", -9.1, agrees=False)), t)
    points = {"fr": "p.p.", "nl": "pp"}[language]
    assert "OS1.11" in agrees
    assert f"−8,0\u00a0{points}" in agrees
    assert {"fr": "Attention", "nl": "Let op"}[language] in differs
    assert f"−9,1\u00a0{points}" in differs
    assert f"−8,0\u00a0{points}" in differs
    other = replace(SELECTION, series=replace(SERIES, code="OS2.03"))
    assert published_sentence(sheet(LESS, selection=other), t) == ""


def test_the_sentence_of_the_split_gives_both_parts() -> None:
    split = Split("SEX", (), 6.0, 10.0, Gap(10, 7, 13))
    assert split_sentence(split, translator("fr")) == written(
        "Sur un écart de +16,0~p.p., +6,0~p.p. viennent de la composition par sexe et +10,0~p.p. de l’écart "
        "parmi les femmes et parmi les hommes. Si les deux côtés étaient composés comme la Région (écart "
        "standardisé), il serait de +10,0~p.p. (de +7,0 à +13,0)."
    )
    assert split_sentence(replace(split, standardised=None), translator("nl")) == written(
        "Van een kloof van +16,0~pp komt +6,0~pp van de samenstelling naar geslacht en +10,0~pp van de kloof "
        "onder vrouwen en onder mannen."
    )


def test_the_sentence_of_the_region_gives_both_sides() -> None:
    """Two communes inside add 0.5 + 0.25, one outside takes 0.15: 0.6 points."""
    shares = tuple(
        CommuneShare(nis, cell(46), cell(47), points, 0.0)
        for nis, points in (("21001", 0.5), ("21012", 0.25), ("21009", -0.15))
    )
    regional = RegionalChange(BEFORE, 46.04, 46.64, Gap(0.6, -0.5, 1.7), shares)
    assert regional_sentence(sheet(LESS), regional, HIGHER, translator("nl")) == written(
        "Van K2~2024 tot K2~2025 ging de graad van de 19 gemeenten samen van 46,04% naar 46,64%, dus "
        "+0,60~pp (−0,50 tot +1,70): +0,75~pp komt van de arme sikkel en −0,15~pp van de rest van het Gewest."
    )


REFORM = (date(2026, 1, 1),)


@pytest.mark.parametrize(
    ("period", "breaks", "expected"),
    [
        ("2025-Q2", REFORM, True),  # followed twelve months: to 30 June 2026
        ("2024-Q4", REFORM, False),  # to 31 December 2025, the day before
        ("2026-Q1", REFORM, False),  # entered after it: a break between the two cohorts
        ("2025-Q2", (), False),
        ("2025-Q2", (date(2025, 10, 1),), False),  # marked by the data, not a reform of the contract
    ],
)
def test_cohorts_that_a_reform_meets_unequally_are_known(
    period: str, breaks: tuple[date, ...], *, expected: bool
) -> None:
    now = point(44, 52, period=Period.parse(period))
    compared = change(now, point(44, 50, period=now.period.year_before))
    assert sheet(now, compared, breaks=breaks).meets_reform is expected
    assert sheet(now, breaks=breaks).meets_reform is False  # nothing is compared


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_definition_is_named_in_subtitle_and_notes(language: str) -> None:
    t = translator(language)
    name = {"fr": "D2, Communes touchées", "nl": "D2, Betrokken gemeenten"}[language]
    assert name in gap_subtitle(WIDER, HIGHER, t)
    assert any(name in note for note in gap_notes(WIDER, t))
    own = sheet(LESS, selection=replace(SELECTION, croissant=OWN, members=("21001", "21012")))
    listed = {"fr": "Anderlecht, Molenbeek-Saint-Jean", "nl": "Anderlecht, Sint-Jans-Molenbeek"}[language]
    assert any(listed in note for note in gap_notes(own, t))
