"""Funnels in words and figures: everybody is somewhere, hidden is no number, sentences in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.cards.funnel_comparison import comparison_sentence, gap_words, shares_of_entry
from components.figures.cohort_multiples import cohort_alt_text, cohort_svg
from components.figures.funnel_flow import ORDER, flow_alt_text, flow_figure, plain_figure
from components.figures.funnel_svg import flow_svg
from components.funnel_words import exposure_text, funnel_finding, funnel_title, maturity_text
from components.i18n.translate import translator
from components.prerender import to_html, to_plain
from components.tables.funnel_table import make_funnel_table
from data_access.contract.load import contract
from data_access.domain.cohort import Maturity, Window
from data_access.domain.cohort_funnel import CohortFunnel, Count, Outcome, Stage
from data_access.domain.confidentiality import Availability
from data_access.domain.exposure import Reached, ReformExposure
from data_access.domain.funnel_comparison import FunnelComparison, Gap, NotComparable, StepGap
from data_access.domain.funnel_flow import get_steps
from data_access.domain.period import Period
from data_access.services.funnel import CohortView, FunnelSheet
from data_access.services.funnel_choices import EVERYBODY

N = "\u00a0"
FR, NL = translator("fr"), translator("nl")
SI = next(f for f in contract().funnels if f.code == "F-SI")
HIDDEN = Availability.HIDDEN
CHAIN: dict[str, dict[Outcome, Count]] = {
    "S1": {
        Outcome.NEXT: 600,
        Outcome.EMPLOYMENT: 50,
        Outcome.TRAINING: 40,
        Outcome.OTHER_EXIT: 60,
        Outcome.PENDING: 250,
    },
    "S2": {
        Outcome.NEXT: 400,
        Outcome.EMPLOYMENT: 30,
        Outcome.TRAINING: 20,
        Outcome.OTHER_EXIT: 40,
        Outcome.PENDING: 110,
    },
    "S3": {
        Outcome.NEXT: 300,
        Outcome.EMPLOYMENT: 30,
        Outcome.TRAINING: 20,
        Outcome.OTHER_EXIT: 30,
        Outcome.PENDING: 70,
    },
    "S4": {
        Outcome.NEXT: 0,
        Outcome.EMPLOYMENT: 0,
        Outcome.TRAINING: 300,
        Outcome.OTHER_EXIT: 0,
        Outcome.PENDING: 0,
    },
}
COUNTS: dict[str, Count] = {"S1": 1000, "S2": 600, "S3": 450, "S4": 300}


def view(state: Maturity = Maturity.MATURE, outcomes: Any = CHAIN, counts: Any = COUNTS) -> CohortView:
    stages = tuple(
        Stage(s.code, counts[s.code], outcomes[s.code], SI.counts, Window(12, 1), s.nested, s.within, s.split)
        for s in SI.stages
    )
    funnel = CohortFunnel(
        "F-SI", SI.counts, SI.kind, "S1", Period.parse("2024-Q1"), Window(12, 1), date(2026, 10, 31), stages
    )
    return CohortView(
        cohort=Period.parse("2024-Q1"),
        funnel=funnel,
        maturity=state,
        step_maturity=dict.fromkeys(COUNTS, state),
        closes_on=date(2025, 3, 31),
        exposure=ReformExposure(Reached.NONE, 0.0),
        steps=get_steps(funnel),
        demonstration=True,
    )


def sheet(*views: CohortView) -> FunnelSheet:
    return FunnelSheet("F-SI", "BF", EVERYBODY, date(2026, 10, 31), views or (view(),))


def test_every_stage_is_as_wide_as_its_people() -> None:
    """Whatever became of them: the five parts of each bar add up to the stage."""
    figure = flow_figure(view(), SI, FR)
    parts = [trace["x"] for trace in figure["data"][: len(ORDER)]]
    assert [sum(bar) for bar in zip(*parts, strict=True)] == [1000, 600, 450, 300]
    pending = figure["data"][ORDER.index(Outcome.PENDING)]
    assert pending["marker"]["pattern"]["shape"] == "/", "waiting is hatched, and legible in grey"


def test_numbers_and_both_rates_are_written_beside_each_bar() -> None:
    said = [a["text"] for a in flow_figure(view(), SI, FR)["layout"]["annotations"]]
    assert said[0] == "<b>S1 Invitations</b><br>1\u202f000"
    assert said[1].endswith(f"600 · 60,0{N}% de S1 · 60,0{N}% des entrants")
    assert said[2].endswith(f"450 · 45,0{N}% de S1, avec ou sans l’étape d’avant · 45,0{N}% des entrants")
    assert said[3].endswith(f"300 · 66,7{N}% de S3 · 30,0{N}% des entrants")


def test_hidden_outcomes_have_no_number_but_the_stage_keeps_its_width() -> None:
    small = CHAIN | {"S3": CHAIN["S3"] | {Outcome.EMPLOYMENT: HIDDEN, Outcome.TRAINING: HIDDEN}}
    figure = flow_figure(view(outcomes=small), SI, NL)
    third = [trace["x"][2] for trace in figure["data"]]
    assert third[ORDER.index(Outcome.EMPLOYMENT)] is None
    assert third[-1] == 50, "both together: 450 - 300 - 30 - 70, and neither alone"
    table = json.dumps(make_funnel_table(view(outcomes=small), SI, NL).to_plotly_json(), default=plain)
    assert table.count("statistisch geheim") == 2


def plain(component: Any) -> Any:
    return component.to_plotly_json()


def test_the_plain_funnel_is_the_way_to_the_last_stage() -> None:
    (trace,) = plain_figure(view(), SI, FR)["data"]
    assert (trace["type"], trace["x"]) == ("funnel", [1000, 450, 300]), (
        "S2 is not on the way: S3 is within S1"
    )


@pytest.mark.parametrize(
    ("state", "fr", "nl"),
    [
        (
            Maturity.MATURE,
            f"Cohorte T1{N}2024, tout le monde{N}: sur 1\u202f000 entrées, 300 arrivent à l’étape "
            f"«{N}entrées en formation{N}», soit 30,0{N}%.",
            f"Cohorte K1{N}2024, iedereen: van 1.000 instromers bereiken er 300 de stap "
            "‘gestarte opleidingen’, dat is 30,0%.",
        ),
        (
            Maturity.IMMATURE,
            f"Cohorte T1{N}2024, tout le monde{N}: 1\u202f000 entrées{N}; l’étape "
            f"«{N}entrées en formation{N}» n’est pas encore close.",
            f"Cohorte K1{N}2024, iedereen: 1.000 instromers; de stap ‘gestarte opleidingen’ "
            "is nog niet afgesloten.",
        ),
    ],
)
def test_the_finding_waits_for_an_open_cohort(state: Maturity, fr: str, nl: str) -> None:
    found = view(state)
    assert funnel_finding(found, sheet(found), SI, FR) == fr
    assert funnel_finding(found, sheet(found), SI, NL) == nl


def test_a_funnel_that_cannot_be_says_why() -> None:
    found = replace(view(), funnel=None, impossible="not_who_passed", steps=())
    assert "se contredisent (étape différente de ceux qui y passent)" in funnel_finding(
        found, sheet(found), SI, FR
    )
    assert "Geen cohorte" in funnel_finding(None, sheet(), SI, NL)


def test_maturity_is_said_in_words_with_its_day() -> None:
    assert maturity_text(view(Maturity.IMMATURE), FR).startswith(
        f"Cohorte immature{N}: fenêtre close le 31/03/2025"
    )
    assert (
        maturity_text(view(), NL)
        == "Voldragen cohorte: venster gesloten op 31/03/2025, de bron heeft geleverd."
    )
    exposed = replace(view(), exposure=ReformExposure(Reached.PARTLY, 0.37))
    assert "37%" in exposure_text(exposed, NL)
    assert exposure_text(view(), NL) == ""


def test_the_title_says_entry_or_stock_once() -> None:
    stock = next(f for f in contract().funnels if f.code == "F-ABS-S")
    assert funnel_title(stock, "_T", FR).count("cohorte de stock") == 1
    assert "cohorte d’entrée" in funnel_title(SI, "BF", FR)
    assert "Bruxelles Formation" in funnel_title(SI, "BF", FR)


def test_open_cohorts_are_hollow_and_out_of_the_line() -> None:
    views = (view(), replace(view(Maturity.IMMATURE), cohort=Period.parse("2024-Q2")))
    svg = cohort_svg(sheet(*views), "S2", "fr")
    assert svg.count("<circle") == 2
    assert svg.count('fill="#fff"') == 1
    assert "L" not in svg.split('stroke-width="1.6"')[0].rsplit("<path", 1)[1], (
        "one closed cohort makes no line"
    )
    assert "nog open cohorten: 1" in cohort_alt_text(sheet(*views), "S2", SI, NL)
    assert cohort_svg(sheet(view(Maturity.IMMATURE)), "S2", "fr") == ""


def test_two_groups_have_one_scale() -> None:
    """Bars in per cent of those who entered: 600 of 1000 is 60."""
    figure = shares_of_entry(flow_figure(view(), SI, FR), view(), FR)
    assert figure["layout"]["xaxis"]["range"] == [0, 101]
    assert figure["data"][0]["x"][0] == 60.0
    assert figure["layout"]["xaxis"]["ticksuffix"] == f"{N}%"
    dutch = shares_of_entry(flow_figure(view(), SI, NL), view(), NL)
    assert dutch["layout"]["xaxis"]["ticksuffix"] == "%"


def test_gaps_are_in_points_and_say_when_they_are_noise() -> None:
    strong, weak = Gap(0.2, 0.0524, 0.3339), Gap(0.01, -0.02, 0.04)
    assert gap_words(strong, FR) == f"+20,0{N}p.p. (+5,2 à +33,4)"
    assert gap_words(weak, NL) == f"+1,0{N}pp (−2,0 tot +4,0), niet significant"
    assert gap_words(NotComparable.HIDDEN, FR) == "secret statistique"
    found = FunnelComparison((StepGap("S2", strong, strong), StepGap("S4", weak, weak)), frozenset())
    said = comparison_sentence(found, ["Femmes", "Hommes"], SI, FR)
    assert said.startswith("Femmes et Hommes arrivent à")
    assert said.endswith(f"significativement{N}: 1 sur 2.")


def test_the_alternative_text_says_entry_and_end() -> None:
    assert (
        "1.000 instromers; 300 in de stap ‘Gestarte opleidingen’ (30,0% van de instromers)"
        in flow_alt_text(view(), SI, NL)
    )


def test_the_image_is_as_wide_as_the_figure_says() -> None:
    """640 pixels are 1000 invitations; those who go on have their share of them."""
    svg = flow_svg(view(), SI, FR)
    widths = [float(w) for w in re.findall(r'<rect x="[\d.]+" y="\d+" width="([\d.]+)" height="15"', svg)]
    going = CHAIN["S1"][Outcome.NEXT]
    assert widths[:2] == [640.0, pytest.approx(0.64 * int(going))]
    assert "S4 Entrées en formation" in svg
    assert 'opacity="0.55"' not in svg
    assert 'opacity="0.55"' in flow_svg(view(Maturity.IMMATURE), SI, FR), "an open cohort is pale"


def test_the_image_draws_no_hidden_part() -> None:
    small = CHAIN | {"S3": CHAIN["S3"] | {Outcome.EMPLOYMENT: HIDDEN, Outcome.TRAINING: HIDDEN}}
    whole, without = (flow_svg(view(outcomes=o), SI, NL).count("<rect") for o in (CHAIN, small))
    drawn = sum(1 for o in (Outcome.EMPLOYMENT, Outcome.TRAINING) if CHAIN["S3"][o])
    assert whole - without == drawn


def test_a_number_that_is_not_shown_is_said_once_and_its_shares_not_at_all() -> None:
    """Nobody may read how many came to the third: not from the bar, the words nor the table."""
    chain = CHAIN | {stage: dict.fromkeys(CHAIN[stage], HIDDEN) for stage in ("S3", "S4")}
    hidden = view(outcomes=chain, counts=COUNTS | dict.fromkeys(("S3", "S4"), HIDDEN))
    said = [a["text"] for a in flow_figure(hidden, SI, FR)["layout"]["annotations"]]
    assert said[2].endswith("Demandes de formation</b><br>secret statistique")
    body = to_html(to_plain(make_funnel_table(hidden, SI, FR)))
    third = body.split("<tr>")[4]
    assert third.count('class="number words"') == 1 + len(Outcome) + 2
    assert 'class="number words"' not in body.split("<tr>")[2]


def test_an_open_cohort_is_pale_and_named_in_the_figure() -> None:
    figure = flow_figure(view(Maturity.IMMATURE), SI, NL)
    assert {trace["opacity"] for trace in figure["data"]} == {0.55}
    said = [a["text"] for a in figure["layout"]["annotations"]]
    assert said[1].endswith("loopt nog")
    assert said[-1] == "<b>Onvoldragen cohorte</b><br>venster sluit op 31/03/2025"
    assert all("opacity" not in trace for trace in flow_figure(view(), SI, NL)["data"])
