"""Obstacles and information sessions on the page: sentences, figure and tables from the same values."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash.development.base_component import Component

from components.cards.inflow import inflow_finding, make_inflow
from components.cards.obstacles import make_obstacles
from components.figures.obstacle_dots import obstacle_alt_text, obstacle_svg
from components.i18n.translate import translator
from components.obstacle_words import comparison_finding, obstacle_finding, willingness_text
from components.prerender import to_html, to_plain
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import Count
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.exposure import Reached, ReformExposure
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.obstacles import answers_per_person, in_order, share_of
from data_access.domain.period import Period
from data_access.services.funnel import CohortView
from data_access.services.funnel_choices import EVERYBODY, GroupKey
from data_access.services.inflow import InflowSheet, SessionQuarter
from data_access.services.obstacles import ObstacleSheet, ObstacleView

N = "\u00a0"
FR, NL = translator("fr"), translator("nl")
RULE = SmallCellRule()
WOMEN = GroupKey("SEX", "F")
COUNTS: dict[str, Count] = {"LANGUAGE": 120, "CARE": 100, "HEALTH": Availability.HIDDEN, "NONE": 20}


def group(counts: dict[str, Count] = COUNTS, key: GroupKey = EVERYBODY, **more: Any) -> ObstacleView:
    """200 persons; 150 confirm their will."""
    shares = in_order(share_of(o, n, 200, RULE, sensitive=o == "HEALTH") for o, n in counts.items())
    about = {"willing": Rate(150, 200, 0.6859, 0.8050), "per_person": answers_per_person(shares, 200)}
    return ObstacleView(**{"group": key, "cases": 200, "shares": shares, **about, **more})


def sheet(**more: Any) -> ObstacleSheet:
    values: dict[str, Any] = {
        "code": "F-ABS-E",
        "stage": "A3",
        "willingness": "A4",
        "cohort": Period.parse("2024-Q2"),
        "state": Maturity.MATURE,
        "closes_on": date(2025, 6, 30),
        "open_cohorts": (Period.parse("2025-Q4"),),
        "group": group(),
        "beside": None,
        "gaps": {},
        "overlapping": False,
        "smallest_willing": 10,
        "demonstration": True,
    }
    return ObstacleSheet(**(values | more))


def pair() -> ObstacleSheet:
    gaps: dict[str, Gap | NotComparable] = {
        "LANGUAGE": Gap(0.01, -0.05, 0.07),
        "CARE": Gap(-0.123, -0.18, -0.06),
        "HEALTH": NotComparable.HIDDEN,
    }
    return sheet(group=group(key=WOMEN), beside=group(), gaps=gaps, overlapping=True)


def html_of(component: Component) -> str:
    return to_html(to_plain(component))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace(N, " ").replace("\u202f", " ")))


def test_the_finding_names_the_two_most_frequent_with_their_shares() -> None:
    assert obstacle_finding(sheet(), "tout le monde", FR) == (
        f"Les obstacles les plus souvent encodés dans la cohorte T2{N}2024 (tout le monde){N}: connaissance "
        f"des langues (60,0{N}%) et garde d’enfants ou aide à un proche (50,0{N}%)."
    )
    whole = sheet(group=group({"LANGUAGE": 120, "CARE": 100, "NONE": 20}))
    assert obstacle_finding(whole, "iedereen", NL).endswith("Gemiddeld 1,1 hinderpaal per persoon.")
    few = sheet(group=group({"LANGUAGE": Availability.HIDDEN, "CARE": 100}))
    assert "trop faibles" in obstacle_finding(few, "tout le monde", FR)


def test_the_comparison_says_the_widest_significant_gap_or_that_there_is_none() -> None:
    said = comparison_finding(pair(), ["Femmes", "tout le monde"], FR)
    assert "garde d’enfants ou aide à un proche, moins fréquent de 12,3 points" in said
    assert said.endswith("1 sur 2.")
    noise = replace(pair(), gaps={"LANGUAGE": Gap(0.01, -0.05, 0.07)})
    assert "geen enkel verschil significant" in comparison_finding(noise, ["Vrouwen", "iedereen"], NL)
    nothing = replace(pair(), gaps={"LANGUAGE": NotComparable.HIDDEN})
    assert "ne se comparent pas" in comparison_finding(nothing, ["a", "b"], FR)


@pytest.mark.parametrize(
    ("willing", "expected"),
    [
        (Rate(150, 200, 0.6859, 0.8050), f"75,0{N}% (68,6 – 80,5{N}%) des 200 personnes"),
        (NoRate.HIDDEN, "moins de 10 personnes"),
        (NoRate.TOO_FEW, "trop petit"),
        (NoRate.MISSING, "ne donnent pas"),
        (NoRate.NOBODY, "personne n’est arrivé"),
    ],
)
def test_the_will_is_shown_or_why_it_is_not(willing: Rate | NoRate, expected: str) -> None:
    view = group(willing=willing)
    said = willingness_text(sheet(), view, "tout le monde", FR)
    assert expected in said
    assert said.startswith("Tout le monde")


def test_the_figure_has_a_mark_for_every_share_and_words_for_what_is_hidden() -> None:
    drawn = obstacle_svg(sheet(), FR)
    root = ET.fromstring(drawn)
    assert len(root.findall("{*}circle")) == 3
    assert "secret statistique" in drawn
    two = ET.fromstring(obstacle_svg(pair(), NL))
    assert len(two.findall("{*}circle")) == 3
    diamonds = [p for p in two.findall("{*}path") if p.get("d", "").endswith("Z")]
    assert len(diamonds) == 3
    assert obstacle_svg(sheet(group=group({"CARE": Availability.HIDDEN})), FR) == ""


def test_the_alternative_text_holds_every_share() -> None:
    said = obstacle_alt_text(pair(), ["Femmes", "tout le monde"], FR)
    for part in ("Connaissance des langues 60,0", "Santé secret statistique", "T2"):
        assert part in said.replace(N, " ")


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_card_says_several_answers_demonstration_and_open_cohorts(language: str) -> None:
    t = translator(language)
    shown = text(html_of(make_obstacles(pair(), t)))
    assert text(t("demonstration.label")).strip() in shown
    assert {"fr": "la somme dépasse 100 %", "nl": "de som ligt boven 100%"}[language] in shown
    assert {"fr": "T4 2025", "nl": "K4 2025"}[language] in shown
    assert {"fr": "non significatif", "nl": "niet significant"}[language] in shown
    assert text(t("obstacles.overlapping")) in shown


def test_an_immature_cohort_is_named_and_a_mature_one_is_not() -> None:
    young = sheet(state=Maturity.IMMATURE, closes_on=date(2027, 6, 30))
    assert "Cohorte immature" in text(html_of(make_obstacles(young, FR)))
    assert "30/06/2027" in text(html_of(make_obstacles(young, FR)))
    assert "mmature" not in text(html_of(make_obstacles(sheet(), FR)))


def test_what_no_table_tells_is_said() -> None:
    assert "Aucun tableau d’obstacles" in text(html_of(make_obstacles(None, FR)))
    untold = sheet(group=group({}, key=GroupKey("AUDIENCE", "PP1")))
    shown = text(html_of(make_obstacles(untold, FR)))
    assert "ne donnent pas d’obstacles pour ce groupe" in shown
    assert "<img" not in html_of(make_obstacles(untold, FR))


def quarter(**more: Any) -> SessionQuarter:
    view = CohortView(
        cohort=Period.parse("2024-Q1"),
        funnel=None,
        maturity=Maturity.MATURE,
        step_maturity={},
        closes_on=date(2025, 3, 31),
        exposure=ReformExposure(Reached.NONE, 0.0),
        steps=(),
        demonstration=True,
    )
    values: dict[str, Any] = {
        "view": view,
        "counts": {"S1": 1000, "S2": 600, "S3": 450, "S4": 300},
        "self_registered": 126,
        "with_attendance": 400,
        "without_attendance": 50,
        "attended_rate": Rate(600, 1000, 0.5693, 0.6299),
        "applied_rate": Rate(450, 1000, 0.4194, 0.4810),
        "entered_rate": Rate(300, 450, 0.6219, 0.7086),
        "strict_rate": Rate(400, 600, 0.6279, 0.7032),
        "beside_rate": Rate(50, 450, 0.0853, 0.1435),
        "strict_entered": (250, 300),
    }
    return SessionQuarter(**(values | more))


def test_self_registrations_stand_beside_and_never_in_the_funnel() -> None:
    said = inflow_finding(quarter(), FR).replace(N, " ")
    assert said == (
        "Séances du T1 2024 : 600 présences de personnes invitées et, à côté, 126 auto-inscriptions, qui "
        "n’entrent jamais dans l’entonnoir. Demandes sans présence : 50 sur 450 (11,1 %)."
    )


def test_both_readings_are_in_the_table() -> None:
    sheet_ = InflowSheet("BF", quarter(), (quarter(),), demonstration=True)
    shown = text(html_of(make_inflow(sheet_, NL)))
    for part in ("45,0% van de uitnodigingen", "66,7% van de aanwezigheden", "tussen 250 en 300"):
        assert part in shown
    assert "Fictieve demonstratiegegevens" in shown


def test_hidden_applications_are_words_everywhere() -> None:
    hidden = Availability.HIDDEN
    kept = quarter(
        with_attendance=hidden,
        without_attendance=hidden,
        strict_rate=NoRate.HIDDEN,
        beside_rate=NoRate.HIDDEN,
        strict_entered=None,
    )
    shown = text(html_of(make_inflow(InflowSheet("BF", kept, (kept,), demonstration=False), FR)))
    assert "400" not in shown
    assert "non connu" in shown
    assert "fictives" not in shown
    assert "Aucune cohorte" in text(html_of(make_inflow(None, FR)))
