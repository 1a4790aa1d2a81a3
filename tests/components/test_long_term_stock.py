"""The section on long-term unemployment: its sentences, its images, its tables; a hidden cell is nowhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest
from plotly.utils import PlotlyJSONEncoder

from components.cards.long_term_stock import make_long_term_stock
from components.figures.crossing_bars import crossing_alt_text, crossing_svg
from components.figures.duration_bands import FILLS, bands_alt_text, bands_svg, stacks
from components.figures.two_thresholds import thresholds_alt_text, thresholds_svg
from components.i18n.translate import translator
from components.long_term_words import (
    Finding,
    bands_finding,
    crossing_finding,
    destination_finding,
    register_text,
    share_findings,
    stock_finding,
)
from data_access.domain.cohort_funnel import Count, Outcome
from data_access.domain.confidentiality import Availability
from data_access.domain.exposure import Reached, ReformExposure
from data_access.domain.period import Period
from data_access.services.long_term_change import Origin, Point
from data_access.services.long_term_stock import Crossing, LongTermStock, StockMonth

N, THIN = "\u00a0", "\u202f"
FR, NL = translator("fr"), translator("nl")
HIDDEN = Availability.HIDDEN
REFORM = date(2026, 1, 1)
DEMO = Origin.DEMONSTRATION
NOTHING = LongTermStock((), (), (), (), (), None, None, (REFORM,), 24)


def point(period: str, value: float | None, origin: Origin = Origin.PUBLISHED, **more: Any) -> Point:
    return Point(Period.parse(period), value, origin=origin, **more)


def hidden(period: str) -> Point:
    return Point(Period.parse(period), None, HIDDEN)


def month(
    period: str, longest: float, middle: float, shortest: float, total: Point | None = None
) -> StockMonth:
    values = {"M_GE60": longest, "M24T59": middle, "M12T23": shortest}
    bands = {band: point(period, value, DEMO) for band, value in values.items()}
    return StockMonth(Period.parse(period), bands, total, point(period, sum(values.values()), DEMO))


def only_totals(**values: float | None) -> LongTermStock:
    """``m2024_09=57321`` is published for September 2024."""
    named = {name[1:].replace("_", "-"): value for name, value in values.items()}
    months = [
        StockMonth(Period.parse(p), {}, point(p, v) if v else hidden(p), None) for p, v in named.items()
    ]
    return replace(NOTHING, months=tuple(months))


def crossing(period: str, entered: Count, gone: dict[Outcome, Count] | None = None) -> Crossing:
    exposure = ReformExposure(Reached.NONE, 0.0)
    return Crossing(
        Period.parse(period), entered, gone is not None, date(2027, 3, 31), gone or {}, exposure, True
    )


GONE: dict[Outcome, Count] = {
    Outcome.EMPLOYMENT: 250,
    Outcome.TRAINING: 100,
    Outcome.OTHER_EXIT: 150,
    Outcome.PENDING: 500,
}
FULL = replace(
    NOTHING,
    months=(
        month("2025-10", 300, 200, 100),
        month("2025-11", 310, 210, 110, point("2025-11", 630, derived=True)),
        month("2025-12", 320, 220, 120),
        month("2026-01", 330, 230, 130),
        month("2026-02", 340, 240, 140, point("2026-02", 720)),
    ),
    share=(point("2025-11", 62.0), point("2026-02", 63.4)),
    two_years_share=(point("2025-10", 45.0, DEMO), point("2026-02", 45.7, derived=True)),
    two_years=(point("2025-12", 44201),),
    crossings=(crossing("2023-Q1", 1000, GONE), crossing("2025-Q3", 1100)),
    entries=point("2026-08", 8887),
    exits=point("2026-08", 6821),
)


@pytest.mark.parametrize(
    ("stock", "french", "dutch"),
    [
        (
            only_totals(m2024_09=57321, m2025_09=58804),
            Finding(
                f"Fin sept. 2025, 58{THIN}804 personnes étaient inscrites depuis 12 mois ou plus (publié).",
                f"C’est en hausse (+1{THIN}483) par rapport à sept. 2024 (57{THIN}321).",
            ),
            Finding(
                "Eind sep 2025 waren 58.804 personen 12 maanden of langer ingeschreven (gepubliceerd).",
                "Dat is een stijging (+1.483) tegenover sep 2024 (57.321).",
            ),
        ),
        (
            only_totals(m2024_09=58804, m2025_09=57321),
            Finding(
                f"Fin sept. 2025, 57{THIN}321 personnes étaient inscrites depuis 12 mois ou plus (publié).",
                f"C’est en baisse (−1{THIN}483) par rapport à sept. 2024 (58{THIN}804).",
            ),
            Finding(
                "Eind sep 2025 waren 57.321 personen 12 maanden of langer ingeschreven (gepubliceerd).",
                "Dat is een daling (−1.483) tegenover sep 2024 (58.804).",
            ),
        ),
        (
            only_totals(m2025_12=60000, m2026_02=40000),
            Finding(
                f"Fin févr. 2026, 40{THIN}000 personnes étaient inscrites depuis 12 mois ou plus (publié).",
                f"La valeur d’avant, 60{THIN}000 (déc. 2025), précède la rupture de série du "
                f"1er janvier 2026{N}: l’écart n’est ni une hausse ni une baisse.",
            ),
            Finding(
                "Eind feb 2026 waren 40.000 personen 12 maanden of langer ingeschreven (gepubliceerd).",
                "De vorige waarde, 60.000 (dec 2025), dateert van vóór de reeksbreuk van 1 januari 2026: "
                "het verschil is geen stijging en geen daling.",
            ),
        ),
        (
            only_totals(m2025_09=None),
            Finding(
                "Le nombre de personnes inscrites depuis 12 mois ou plus est masqué (secret statistique)."
            ),
            Finding(
                "Het aantal personen die 12 maanden of langer ingeschreven zijn, is verborgen "
                "(statistisch geheim)."
            ),
        ),
        (
            NOTHING,
            Finding("Aucun nombre de personnes inscrites depuis 12 mois ou plus n’est chargé."),
            Finding("Er is geen aantal personen geladen die 12 maanden of langer ingeschreven zijn."),
        ),
    ],
    ids=["rising", "falling", "broken", "hidden", "missing"],
)
def test_the_finding_on_the_stock(stock: LongTermStock, french: Finding, dutch: Finding) -> None:
    assert stock_finding(stock, FR) == french
    assert stock_finding(stock, NL) == dutch


def test_a_fall_across_the_break_is_said_with_what_came_before_it() -> None:
    stock = only_totals(m2024_09=57321, m2025_09=58804, m2026_09=30000)
    assert "baisse" not in stock_finding(stock, FR).then.replace("ni une baisse", "")
    assert stock_finding(stock, FR).then.endswith(
        f"Avant la rupture, la valeur est montée (+1{THIN}483), de 57{THIN}321 (sept. 2024) "
        f"à 58{THIN}804 (sept. 2025)."
    )
    assert stock_finding(stock, NL).then.endswith(
        "Vóór de breuk steeg de waarde (+1.483) van 57.321 (sep 2024) naar 58.804 (sep 2025)."
    )


def test_the_two_thresholds_are_two_findings_each_with_its_own() -> None:
    contract, press = share_findings(FULL, FR)
    assert (
        contract.said
        == f"Au seuil du contrat (12 mois ou plus), la part était de 63,4{N}% fin févr. 2026 (publié)."
    )
    assert press.said == (
        f"Au seuil des communiqués d’Actiris («{N}2 ans{N}», 24 mois ou plus), la part était de 45,7{N}% "
        "fin févr. 2026 (publié, déduit)."
    )
    dutch = [found.said for found in share_findings(FULL, NL)]
    assert dutch[0].startswith(
        "Volgens de drempel van het Beheerscontract (12 maanden of langer) bedroeg het"
    )
    assert dutch[1].startswith(
        "Volgens de drempel van de persberichten van Actiris (‘2 jaar’, 24 maanden of langer)"
    )
    assert press.then == FR("ltu.move.alone"), (
        "the fictitious 45.0 of another origin is no value to compare with"
    )


def test_the_longest_duration_in_the_newest_month() -> None:
    """340 of 340 + 240 + 140 is 47.2 %."""
    assert bands_finding(FULL, FR) == (
        f"Fin févr. 2026, 340 personnes étaient inscrites depuis 60 mois ou plus, soit 47,2{N}% des 720 que "
        "comptent ensemble les trois durées de 12 mois et plus (démonstration)."
    )
    assert bands_finding(NOTHING, NL).startswith("Geen enkele maand heeft de drie duren")


def test_who_crossed_and_what_became_of_them() -> None:
    assert crossing_finding(FULL, FR).said == (
        f"Au T3{N}2025, 1{THIN}100 personnes ont franchi le seuil de 12 mois (démonstration)."
    )
    assert destination_finding(FULL, FR) == (
        f"Des 1{THIN}000 personnes qui ont franchi le seuil de 12 mois au T1{N}2023, suivies pendant "
        f"24 mois, 250 (25,0{N}%) ont d’abord trouvé un emploi, 100 (10,0{N}%) sont d’abord parties en "
        f"formation ou aux études, 150 (15,0{N}%) ont quitté le registre autrement et 500 (50,0{N}%) étaient "
        f"encore en attente (démonstration). C’est le devenir d’une cohorte, non les sorties d’un mois{N}: "
        "aucun tableau de sorties par destination n’est chargé."
    )
    assert "1.000 personen die in K1" in destination_finding(FULL, NL)
    kept: dict[Outcome, Count] = dict.fromkeys(GONE, HIDDEN)
    few = replace(FULL, crossings=(crossing("2023-Q1", 1000, kept),))
    assert destination_finding(few, FR).startswith(
        "Ce que sont devenues les personnes des cohortes closes est masqué"
    )
    assert destination_finding(NOTHING, FR).startswith("Aucune cohorte close")
    assert register_text(NOTHING, FR) == "Aucune entrée ni sortie du registre n’est chargée."
    assert f"8{THIN}887 entrées et 6{THIN}821 sorties en août 2026 (publié)" in register_text(FULL, FR)


def test_the_areas_are_cut_at_the_break_and_at_a_month_without_a_band() -> None:
    assert [[str(m.period) for m in run] for run in stacks(FULL)] == [
        ["2025-10", "2025-11", "2025-12"],
        ["2026-01", "2026-02"],
    ]
    gap = replace(FULL, months=(FULL.months[0], *FULL.months[2:]))
    assert [len(run) for run in stacks(gap)] == [1, 1, 2]
    svg = bands_svg(FULL, FR)
    for fill in FILLS.values():
        assert len(re.findall(f'<path d="[^"]+z" fill="{fill}"', svg)) == 2
    assert "rupture du 01/01/2026" in svg
    assert "aires : démonstration".replace(" :", f"{N}:") in svg


def test_bands_lie_on_each_other_in_proportion() -> None:
    """The newest month: 340, then 240, then 140 persons, in pixels of one scale."""
    heights = []
    for fill in FILLS.values():
        *_, last = re.findall(f'<path d="M([^"]+)z" fill="{fill}"', bands_svg(FULL, FR))
        corners = [tuple(map(float, corner.split())) for corner in last.split("L")]
        right = max(x for x, _ in corners)
        top, bottom = sorted(y for x, y in corners if x == right)
        heights.append(bottom - top)
    unit = heights[0] / 340
    assert heights == pytest.approx([340 * unit, 240 * unit, 140 * unit], abs=0.21)


def test_greyscale_keeps_the_order_of_the_bands() -> None:
    """Relative luminance (WCAG 2.1) of neighbours differs by a factor of 1.5 or more."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    grey = [luminance(fill) for fill in FILLS.values()]
    assert all((b + 0.05) / (a + 0.05) > 1.5 for a, b in pairwise(grey))


def test_published_shares_are_marks_and_fictitious_months_a_dotted_line() -> None:
    svg = thresholds_svg(FULL, FR)
    assert svg.count("<circle") == 2, "two published shares of 12 months and more"
    assert svg.count("<rect") == 1, "one of 24 months and more: the other is fictitious"
    assert f"«{N}2 ans{N}» (Actiris)" in svg
    assert "seuil du contrat" in svg


def test_an_open_cohort_is_hatched_and_a_closed_one_parted() -> None:
    svg = crossing_svg(FULL, FR)
    bars = re.findall(r'<rect [^>]*width="11" height="([\d.]+)" fill="([^"]+)" stroke="#5b6770"', svg)
    assert [fill for _, fill in bars].count("url(#open)") == 1
    closed = [float(h) for h, fill in bars if fill != "url(#open)"]
    assert [h / sum(closed) for h in closed] == pytest.approx([0.25, 0.1, 0.15, 0.5], abs=0.005)
    for name in ("emploi", "formation ou études", "autre sortie", "encore en attente", "suivi encore ouvert"):
        assert f">{name}<" in svg


def test_alternative_texts_come_from_the_values() -> None:
    assert bands_alt_text(FULL, FR) == (
        f"Aires empilées, févr. 2026{N}: De 12 à 23 mois 140, De 24 à 59 mois 240, 60 mois et plus 340. "
        "2 totaux de 12 mois et plus, de 630 (nov. 2025) à 720 (févr. 2026). "
        "Rupture de série le 1er janvier 2026."
    )
    assert thresholds_alt_text(FULL, NL).startswith(
        "12 maanden en meer (drempel van het Beheerscontract): 62,0% (nov 2025), 63,4% (feb 2026)."
    )
    assert crossing_alt_text(FULL, FR) == (
        f"Seuil de 12 mois franchi, par trimestre{N}: 1{THIN}000 personnes (T1{N}2023), 1{THIN}100 "
        f"(T3{N}2025). 1 cohorte encore ouverte. Rupture de série le 1er janvier 2026."
    )


@pytest.mark.parametrize("t", [FR, NL], ids=["fr", "nl"])
def test_without_values_there_is_no_image_and_every_view_says_so(t: Any) -> None:
    assert (bands_svg(NOTHING, t), thresholds_svg(NOTHING, t), crossing_svg(NOTHING, t)) == ("", "", "")
    assert (bands_alt_text(NOTHING, t), thresholds_alt_text(NOTHING, t), crossing_alt_text(NOTHING, t)) == (
        "",
    ) * 3
    whole = page(NOTHING, t)
    assert '"type": "Img"' not in whole
    for view in ("stock", "bands", "contract", "press", "crossing", "destination", "register"):
        assert t(f"ltu.missing.{view}") in whole
    assert t("demonstration.label") not in whole


def page(stock: LongTermStock, t: Any) -> str:
    """Everything that reaches the browser, images read back from their addresses."""
    dumped = json.dumps(make_long_term_stock(stock, t), cls=PlotlyJSONEncoder, ensure_ascii=False)
    return unquote(dumped)


@pytest.mark.parametrize("t", [FR, NL], ids=["fr", "nl"])
def test_a_hidden_cell_is_a_word_and_no_number_anywhere(t: Any) -> None:
    """The page with a hidden month holds no more numbers than the page without that month."""
    kept = StockMonth(
        Period.parse("2025-11"),
        dict.fromkeys(FULL.months[0].bands, hidden("2025-11")),
        hidden("2025-11"),
        None,
    )
    some = replace(FULL, months=(FULL.months[0], kept, *FULL.months[2:]))
    without = replace(FULL, months=(FULL.months[0], *FULL.months[2:]))
    assert bands_svg(some, t) == bands_svg(without, t)
    assert bands_alt_text(some, t) == bands_alt_text(without, t)
    assert page(some, t).count(t("value.hidden.short")) == 4, (
        "three bands and the total; their sum is not known"
    )
    gone: dict[Outcome, Count] = dict.fromkeys(GONE, HIDDEN)
    closed = replace(FULL, crossings=(crossing("2023-Q1", 1000, gone),))
    assert "25,0" not in page(closed, t)
    assert page(closed, t).count(t("map.cell.hidden")) == 5, "four cells, and the sentence above them"


@pytest.mark.parametrize("t", [FR, NL], ids=["fr", "nl"])
def test_the_section_says_where_obstacles_are_and_what_is_fictitious(t: Any) -> None:
    whole = page(FULL, t)
    for key in ("title", "obstacles.where", "demonstration", "thresholds.key", "bands.key", "crossing.key"):
        assert t(f"ltu.{key}") in whole
    assert t("demonstration.label") in whole
    assert whole.count('"type": "Table"') == 3
    other = NL if t is FR else FR
    assert other("ltu.obstacles.where") not in whole


def rows_of(stock: LongTermStock, t: Any) -> list[list[list[str]]]:
    """The body of each of the three tables, cell by cell."""
    tree = json.loads(json.dumps(make_long_term_stock(stock, t), cls=PlotlyJSONEncoder))

    def found(node: Any, kinds: set[str]) -> list[Any]:
        if isinstance(node, list):
            return [hit for child in node for hit in found(child, kinds)]
        if not isinstance(node, dict):
            return []
        inner = found(node["props"].get("children"), kinds)
        return [node, *inner] if node["type"] in kinds else inner

    bodies = found(tree, {"Tbody"})
    return [
        [[cell["props"]["children"] for cell in found(row, {"Th", "Td"})] for row in found(body, {"Tr"})]
        for body in bodies
    ]


def test_tables_hold_every_value_with_its_origin() -> None:
    bands, thresholds, crossings = rows_of(FULL, FR)
    assert bands[0] == [
        *("févr. 2026", "140", "240", "340", "720", "720"),
        f"durées{N}: démonstration · total{N}: publié",
    ]
    assert bands[-1] == ["oct. 2025", "100", "200", "300", "600", "n.d.", f"durées{N}: démonstration"]
    assert [row[0] for row in thresholds] == ["févr. 2026", "déc. 2025", "nov. 2025", "oct. 2025"]
    assert thresholds[0][1:] == [f"63,4{N}%", f"45,7{N}%", "n.d.", "publié · publié, déduit · n.d."]
    assert thresholds[1][1:] == ["n.d.", "n.d.", f"44{THIN}201", "publié"]
    waiting = f"ouvert{N}: la fenêtre va jusqu’au 31/03/2027, puis la source se fait attendre"
    assert crossings[0] == [f"T3{N}2025", f"1{THIN}100", *["pas encore"] * 4, waiting, "démonstration"]
    assert crossings[1] == [
        *(f"T1{N}2023", f"1{THIN}000", "250", "100", "150", "500"),
        *("clos", "démonstration"),
    ]
