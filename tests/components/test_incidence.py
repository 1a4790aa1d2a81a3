"""Ways out by month in words, figure and tables: the same values, both languages, hidden is no number."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from components.cards.incidence import make_equal, make_incidence
from components.figures.graph import TRACES
from components.figures.incidence_figure import incidence_alt_text, incidence_figure
from components.i18n.translate import translator
from components.incidence_words import incidence_finding
from components.prerender import to_html, to_plain
from components.tables.incidence_table import make_incidence_table
from data_access.contract.load import contract
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.competing_risks import Incidence
from data_access.domain.exposure import Reached
from data_access.domain.period import Period
from data_access.services.funnel_choices import EVERYBODY
from data_access.services.incidence import CohortIncidence, EqualMonths, EqualRow, NoIncidence

N = "\u00a0"
FR, NL = translator("fr"), translator("nl")
PART = next(f for f in contract().funnels if f.code == "F-PART")


def curve(*shares: float, step: int = 3, limits: bool = True) -> tuple[Incidence, ...]:
    """Points every few months, each a hundredth wide on both sides."""
    return tuple(
        Incidence((i + 1) * step, s, 0.0001, s - 0.01 if limits else None, s + 0.01 if limits else None)
        for i, s in enumerate(shares)
    )


def made(**more: Any) -> CohortIncidence:
    """Two points: 20 and 32 per cent in a job, 10 and 16 in training, 8 and 12 elsewhere."""
    values: dict[str, Any] = {
        "cohort": Period.parse("2025-Q1"),
        "group": EVERYBODY,
        "entered": 1234,
        "step": 3,
        "months": (3, 6),
        "curves": {
            Outcome.EMPLOYMENT: curve(0.20, 0.32),
            Outcome.TRAINING: curve(0.10, 0.16),
            Outcome.OTHER_EXIT: curve(0.08, 0.12),
        },
        "waiting": (0.62, 0.40),
        "window": 12,
        "followed": 7,
        "shortened": False,
        "demonstration": True,
    }
    return CohortIncidence(**(values | more))


MEN = made(
    months=(3,),
    followed=4,
    curves={
        Outcome.EMPLOYMENT: curve(0.25),
        Outcome.TRAINING: curve(0.11),
        Outcome.OTHER_EXIT: curve(0.0, limits=False),
    },
    waiting=(0.64,),
)


def text(component: Any) -> str:
    return re.sub(r"\s*<[^>]*>\s*", " ", to_html(to_plain(component)))


def test_the_finding_says_where_the_cohort_stands_and_who_waits() -> None:
    assert incidence_finding((("tout le monde", made()),), FR) == (
        f"T1{N}2025, tout le monde{N}: 6 mois après l’entrée, 32,0{N}% (31,0 – 33,0{N}%) ont trouvé un "
        f"emploi, 16,0{N}% (15,0 – 17,0{N}%) sont entrés en formation, 12,0{N}% (11,0 – 13,0{N}%) "
        f"sont sortis autrement et 40,0{N}% attendent encore."
    )
    assert incidence_finding((("iedereen", made()),), NL) == (
        f"K1{N}2025, iedereen: 6 maanden na de instroom vonden 32,0% (31,0 – 33,0%) werk, startten 16,0% "
        "(15,0 – 17,0%) een opleiding, stroomden 12,0% (11,0 – 13,0%) anders uit en wachten 40,0% nog."
    )


def test_two_groups_are_told_at_the_last_month_that_both_have() -> None:
    said = incidence_finding((("Femmes", made()), ("Hommes", MEN)), FR)
    assert "3 mois après" in said
    assert f"20,0{N}% (19,0 – 21,0{N}%) ont trouvé un emploi" in said
    assert said.endswith(f"Hommes, au même mois{N}: 25,0{N}% (24,0 – 26,0{N}%) ont trouvé un emploi.")
    other = replace(MEN, months=(12,), step=12)
    assert "aucun mois en commun" in incidence_finding((("Femmes", made()), ("Hommes", other)), FR)


def test_curves_are_steps_from_zero_with_their_bands_and_the_second_group_is_dashed() -> None:
    figure = incidence_figure((("Femmes", made()), ("Hommes", made(entered=900))), FR)
    assert {trace["type"] for trace in figure["data"]} <= TRACES
    assert {trace["line"]["shape"] for trace in figure["data"]} == {"hv"}
    lines = [trace for trace in figure["data"] if trace["line"]["width"] > 0]
    assert [line["line"]["dash"] for line in lines] == ["solid"] * 3 + ["dash"] * 3
    assert (lines[0]["x"], lines[0]["y"]) == ([0, 3, 6], [0.0, 20.0, 32.0])
    bands = [trace for trace in figure["data"] if trace["line"]["width"] == 0]
    assert [band["y"] for band in bands[:2]] == [[0.0, 19.0, 31.0], [0.0, 21.0, 33.0]]
    assert [band.get("fill") for band in bands] == [None, "tonexty"] * 6
    labels = [a["text"] for a in figure["layout"]["annotations"]]
    assert f"<b>Emploi</b><br>Femmes 32,0{N}%<br>Hommes 32,0{N}%" in labels


def test_two_groups_are_drawn_as_far_as_both_were_followed() -> None:
    figure = incidence_figure((("Femmes", made()), ("Hommes", MEN)), FR)
    assert {max(trace["x"]) for trace in figure["data"]} == {3}
    assert len([t for t in figure["data"] if t["line"]["width"] == 0]) == 2 * 5, "nobody left: no interval"


def test_labels_of_near_curves_do_not_lie_on_each_other() -> None:
    near = {cause: curve(0.20, 0.30 + i / 1000) for i, cause in enumerate(made().curves)}
    figure = incidence_figure((("a", made(curves=near)), ("b", made(curves=near))), FR)
    heights = sorted(a["y"] for a in figure["layout"]["annotations"])
    top = figure["layout"]["yaxis"]["range"][1]
    pixels = [(b - a) / top * 350 for a, b in pairwise(heights)]
    assert min(pixels) >= 48 * 0.99, "three lines of sixteen pixels"


def test_the_alternative_text_holds_the_values_of_the_figure() -> None:
    said = incidence_alt_text((("Vrouwen", made()), ("Mannen", MEN)), "Doorverwijzing", NL)
    assert said == (
        "Doorverwijzing. Aandeel dat via elke weg uitstroomde volgens de maanden sinds de instroom. "
        f"K1{N}2025, Vrouwen, 1.234 instromers, na 3 maanden: werk 20,0% (19,0 – 21,0%), opleiding 10,0% "
        "(9,0 – 11,0%), andere uitstroom 8,0% (7,0 – 9,0%). "
        f"K1{N}2025, Mannen, 1.234 instromers, na 3 maanden: werk 25,0% (24,0 – 26,0%), opleiding 11,0% "
        "(10,0 – 12,0%), andere uitstroom 0,0%."
    )


def test_the_table_says_a_value_hidden_or_not_yet_followed_and_stops_at_the_window() -> None:
    table = make_incidence_table((("a", made(followed=12)), ("b", MEN)), FR)
    heads = re.findall(r'<th scope="row">(\d+)</th>', to_html(to_plain(table)))
    assert heads == ["3", "6", "12"]
    body = json.dumps(to_plain(table), ensure_ascii=False)
    assert body.count("secret statistique") == 3, "month 12 of the first group: followed, and kept back"
    assert body.count("pas encore suivi") == 6, "months 6 and 12 of the second"


@pytest.mark.parametrize("reason", NoIncidence)
def test_a_refusal_is_a_sentence_and_holds_no_number(reason: NoIncidence) -> None:
    for t in (FR, NL):
        shown = text(make_incidence(reason, None, ["X"], PART, t))
        assert "X" in shown
        assert not re.search(r"\d", shown)


def test_a_group_that_is_hidden_is_named_and_the_other_drawn_alone() -> None:
    card = make_incidence(made(), NoIncidence.HIDDEN, ["Femmes", "Hommes"], PART, FR)
    shown = text(card)
    assert f"Hommes{N}: les courbes sont masquées, parce que trop peu de personnes" in shown
    assert "tirets" not in shown
    assert json.dumps(to_plain(card), ensure_ascii=False).count("Hommes") == 1


def test_notes_say_why_never_one_minus_kaplan_meier_and_what_was_pooled_or_kept_back() -> None:
    one = text(make_incidence(made(step=1), None, ["X"], PART, FR))
    assert "Aalen et Johansen" in one
    assert f"«{N}1 − Kaplan-Meier{N}»" in one
    assert "regroupées" not in one
    assert "recalculé" not in one
    pooled = text(make_incidence(made(shortened=True), None, ["X"], PART, FR))
    assert "regroupées par 3 mois" in pooled
    assert "recalculé" in pooled


def test_equal_exposure_names_those_left_out_and_gives_no_number_of_a_hidden_one() -> None:
    rows = (
        EqualRow(Period.parse("2025-Q1"), 1234, Incidence(6, 0.32, 0.0, 0.31, 0.33), Reached.NONE),
        EqualRow(Period.parse("2025-Q3"), None, NoIncidence.HIDDEN, Reached.PARTLY),
    )
    equal = EqualMonths(6, EVERYBODY, rows, (Period.parse("2026-Q1"), Period.parse("2026-Q2")))
    card = make_equal(equal, "iedereen", {3: "?months=3", 6: "?months=6"}, NL)
    shown = text(card)
    assert "Na 6 maanden voor alle cohorten" in shown
    assert f"nog niet alle instromers 6 maanden gevolgd zijn: K1{N}2026, K2{N}2026." in shown
    rows_shown = r"K3\s2025\s+statistisch geheim\s+deels\s+K1\s2025\s+1\.234\s+32,0%\s+31,0 – 33,0%\s+nee"
    assert re.search(rows_shown, shown)
    page = to_html(to_plain(card))
    assert re.findall(r'aria-current="(\w+)"', page) == ["false", "true"]
    assert make_equal(None, "x", {}, FR) is None


def test_a_text_is_the_same_kind_of_text_in_both_languages() -> None:
    for t, word in ((FR, "mois"), (NL, "maanden")):
        shown = text(make_incidence(made(), MEN, ["A", "B"], PART, t))
        assert word in shown
        assert "incidence." not in shown
