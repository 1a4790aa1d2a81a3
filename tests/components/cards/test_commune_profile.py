"""The profile of a commune as it is read: findings in both languages, hidden cells, the whole page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from components.cards.commune_facts import antenne_sources, make_commune_facts
from components.cards.commune_finding import commune_finding
from components.cards.commune_profile import make_commune_heading, make_multiples, make_standing
from components.figures.commune_multiples import commune_svg, value_ticks
from components.i18n.translate import LANGUAGES, translator
from components.prerender import to_html, to_plain
from components.tables.commune_table import make_commune_table
from data_access.contract.load import contract
from data_access.db.engine import bind, make_engine
from data_access.db.migrate import upgrade
from data_access.domain.comparison import Cell, Gap, Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.services.commune_lines import Line, Side
from data_access.services.commune_profile import Profile, get_commune_profile
from tests.data_access.builders import observation, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()
DEFINITIONS = {d.code: d for d in contract().indicators}
SPAN = (date(2022, 1, 1), date(2026, 12, 31))
BETTER, WORSE, SAME = Gap(-20.0, -30.0, -10.0), Gap(20.0, 10.0, 30.0), Gap(1.0, -2.0, 4.0)


def line(gap: Gap | None, code: str = "OS2.03") -> Line:
    """A series with a gap and nothing else; of OS2.03, lower is better, OS2.02 is context."""
    cell = Cell(Availability.AVAILABLE, 40.0, 40.0, 100.0)
    period = Period.parse("2025-Q1")
    side = Side("21001", (), cell, None, None)
    return Line(code, "_T", Kind.SHARE, period, frozenset(), cell, (), side, gap, None, None, None, ())


def words(part: Component | Sequence[Component] | None) -> str:
    """The text of a part, with plain spaces."""
    html = unescape(to_html(to_plain(part)))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("gaps", "french", "dutch"),
    [
        (
            [],
            "Aucun indicateur n’est connu pour cette commune.",
            "Voor deze gemeente is geen enkele indicator bekend.",
        ),
        (
            [line(None)],
            "Aucune série de cette commune ne peut être comparée au reste de la Région.",
            "Geen enkele reeks van deze gemeente kan met de rest van het Gewest worden vergeleken.",
        ),
        (
            [line(SAME)],
            "La seule série comparable ne diffère pas significativement du reste de la Région.",
            "De enige vergelijkbare reeks verschilt niet significant van de rest van het Gewest.",
        ),
        (
            [line(SAME), line(SAME), line(None)],
            "Aucune des 2 séries comparables ne diffère significativement du reste de la Région.",
            "Geen van de 2 vergelijkbare reeksen verschilt significant van de rest van het Gewest.",
        ),
        (
            [line(BETTER)],
            "La seule série comparable diffère significativement du reste de la Région, "
            "dans un sens favorable.",
            "De enige vergelijkbare reeks verschilt significant van de rest van het Gewest, in gunstige zin.",
        ),
        (
            [line(WORSE), line(SAME)],
            "Sur 2 séries comparables, une seule diffère significativement du reste de la Région, "
            "dans un sens défavorable ; l’autre ne s’en distingue pas.",
            "Van de 2 vergelijkbare reeksen verschilt er één significant van de rest van het Gewest, "
            "in ongunstige zin; de andere niet.",
        ),
        (
            [line(BETTER), line(BETTER), line(SAME), line(SAME)],
            "Sur 4 séries comparables, 2 diffèrent significativement du reste de la Région, "
            "toutes dans un sens favorable ; les 2 autres ne s’en distinguent pas.",
            "Van de 4 vergelijkbare reeksen verschillen er 2 significant van de rest van het Gewest, "
            "alle in gunstige zin; de 2 andere niet.",
        ),
        (
            [line(BETTER), line(WORSE), line(WORSE), line(WORSE, "OS2.02")],
            "Sur 4 séries comparables, 4 diffèrent significativement du reste de la Région : 1 dans un sens "
            "favorable, 2 dans un sens défavorable et 1 sans sens favorable défini.",
            "Van de 4 vergelijkbare reeksen verschillen er 4 significant van de rest van het Gewest: 1 in "
            "gunstige zin, 2 in ongunstige zin en 1 zonder bepaalde gunstige zin.",
        ),
    ],
)
def test_the_finding_counts_and_says_which_way(gaps: list[Line], french: str, dutch: str) -> None:
    assert plain(commune_finding(gaps, translator("fr"))) == french
    assert commune_finding(gaps, translator("nl")) == dutch


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([38.4, 45.1], [38.0, 40.0, 42.0, 44.0, 46.0]),
        ([0.0, 0.0], [0.0, 0.1, 0.2]),
        ([3411.0, 6940.0], [3000.0, 4000.0, 5000.0, 6000.0, 7000.0]),
        ([14.2, 15.6], [14.0, 14.5, 15.0, 15.5, 16.0]),
    ],
)
def test_the_axis_has_few_round_values_around_all_values(values: list[float], ticks: list[float]) -> None:
    assert value_ticks(values)[0] <= min(values)
    assert value_ticks(values)[-1] >= max(values)
    assert value_ticks(values) == pytest.approx(ticks)


# A commune that is too small (3 of 977) and its cover (411 of 983); nothing else has these digits.
SECRETS = ("977", "983", "411", "0,3", "0.3", "41,8", "41.8")


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[Callable[[str, str | None], Profile]]:
    engine = make_engine(f"sqlite:///{tmp_path}/secret.sqlite3")
    upgrade(engine)
    bind(engine)
    counts = {"BRU": (5000, 9000), "21001": (3, 977), "21002": (411, 983), "21003": (2000, 4000)}
    publish(
        engine,
        *(
            observation(
                indicator="OS2.03",
                freq="Q",
                time_period="2025-Q1",
                ref_area=area,
                numerator=float(top),
                denominator=float(bottom),
                obs_value=100 * top / bottom,
            )
            for area, (top, bottom) in counts.items()
        ),
    )
    yield lambda nis, other: get_commune_profile(1, CUTOFF, nis, other, RULE)
    engine.dispose()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("nis", "other"), [("21001", "21002"), ("21002", "21003"), ("21003", "21001")])
def test_a_hidden_cell_carries_no_number_anywhere(
    secret: Callable[[str, str | None], Profile], nis: str, other: str, language: str
) -> None:
    t, profile = translator(language), secret(nis, other)
    parts = [
        *make_commune_heading(profile, contract(), t),
        make_standing(profile, DEFINITIONS, t),
        make_commune_table(profile, DEFINITIONS, t),
        make_multiples(profile, DEFINITIONS, CUTOFF, t),
    ]
    parts.append(make_commune_facts(profile, contract(), t))
    page = unescape(to_html(to_plain(parts)))
    assert t("value.hidden.short") in page
    without_images = re.sub(r' src="data:[^"]*"', "", page)
    assert [number for number in SECRETS if number in without_images] == []
    assert ("n = 4" in plain(without_images)) == ("21003" in (nis, other)), "what may be shown is there"


@pytest.mark.parametrize(("nis", "other"), [("21001", "21003"), ("21003", "21002")])
def test_an_image_is_drawn_as_if_the_hidden_commune_had_nothing(
    secret: Callable[[str, str | None], Profile], nis: str, other: str
) -> None:
    (line,) = secret(nis, other).lines
    assert line.other is not None
    own, beside = line.own, line.other
    if nis == "21001":
        own = replace(own, readings=())
    else:
        beside = replace(beside, readings=())
    drawn = commune_svg(line, DEFINITIONS["OS2.03"], SPAN, "fr")
    assert drawn == commune_svg(replace(line, own=own, other=beside), DEFINITIONS["OS2.03"], SPAN, "fr")
    assert "<circle" in drawn


def test_a_series_without_a_value_has_no_image(secret: Callable[[str, str | None], Profile]) -> None:
    profile = secret("21001", None)
    assert commune_svg(profile.lines[0], DEFINITIONS["OS2.03"], SPAN, "fr") == ""
    assert "<img" not in to_html(to_plain(make_multiples(profile, DEFINITIONS, CUTOFF, translator("fr"))))


@pytest.mark.parametrize(
    ("nis", "french", "dutch"),
    [
        ("21012", "connue en 2019, date d’ouverture inconnue", "bekend in 2019, openingsdatum onbekend"),
        (
            "21002",
            "connue en 2019, date d’ouverture inconnue ; fermée le 15 décembre 2022",
            "bekend in 2019, openingsdatum onbekend; gesloten op 15 december 2022",
        ),
        ("21011", "pas d’antenne en 2019", "geen antenne in 2019"),
    ],
)
def test_the_antenne_is_said_with_what_is_known_of_its_dates(nis: str, french: str, dutch: str) -> None:
    empty = Profile(nis, None, {}, (), (), (), (), demonstration=False)
    for language, said in (("fr", french), ("nl", dutch)):
        t = translator(language)
        assert said in plain(words(make_commune_facts(empty, contract(), t)))
        (source,) = antenne_sources(empty, contract(), t)
        assert "parlement.brussels" in source.text


def test_with_context_only_the_page_does_not_say_that_nothing_is_known() -> None:
    bare = Profile("21012", None, {}, (), (), (), (), demonstration=False)
    known = replace(bare, context=(line(None, "CTX.RATE"),))
    for language, alone, followed in (
        ("fr", "Aucun indicateur n’est connu", "le contexte suit"),
        ("nl", "geen enkele indicator bekend", "de context volgt"),
    ):
        t = translator(language)
        assert alone in words(make_commune_heading(bare, contract(), t))
        said = words(make_commune_heading(known, contract(), t))
        assert alone not in said
        assert followed in said


@pytest.mark.parametrize(
    ("nis", "memberships"),
    [("21012", ["dans", "dans"]), ("21007", ["dans", "hors"]), ("21016", ["hors", "hors"])],
)
def test_membership_of_each_definition_of_the_croissant_is_said(nis: str, memberships: list[str]) -> None:
    """D2 (seven communes) has Forest and D3 (five) has not; neither has Uccle."""
    empty = Profile(nis, None, {}, (), (), (), (), demonstration=False)
    html = unescape(to_html(to_plain(make_commune_facts(empty, contract(), translator("fr")))))
    assert re.findall(r"<td[^>]*>(dans|hors) (?:le|du) croissant</td>", html) == memberships
    assert "Seule Saint-Josse-ten-Noode est tout entière dans le croissant" in html


PATHS = ("/fr/communes/21012", "/nl/gemeenten/21012", "/fr/communes/21001?with=21019", "/nl/gemeenten/21011")


@pytest.mark.parametrize("path", PATHS)
def test_the_page_answers_in_its_language(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    html = unescape(response.get_data(as_text=True))
    t = translator(path[1:3])
    assert response.status_code == 200
    assert html.count("<h1>") == 1
    for part in ("facts", "standing", "indicators", "multiples", "sources"):
        assert f"<h2>{t(f'profile.{part}')}</h2>" in html
    assert t("demonstration.sentence") in html
    assert 'rel="preload"' not in html, "no plotly.js is asked for"


@pytest.mark.parametrize(
    ("path", "broken", "across"),
    [
        ("/fr/communes/21012", "rupture de série, non comparable", "à travers la rupture"),
        ("/nl/gemeenten/21012", "reeksbreuk, niet vergelijkbaar", "over de breuk"),
    ],
)
def test_a_change_is_never_given_across_the_break(
    client: FlaskClient, path: str, broken: str, across: str
) -> None:
    """The paid unemployed are published for 2025 and for 2026: the reform lies between."""
    html = client.get(path).get_data(as_text=True)
    assert broken in html
    assert across not in html


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/fr/communes/21012", r"suivi des cohortes \([^)]*OS1\.01"),
        ("/nl/gemeenten/21012", r"opvolging van de cohorten \([^)]*OS1\.01"),
    ],
)
def test_cohorts_that_the_reform_meets_unequally_are_named(client: FlaskClient, path: str, said: str) -> None:
    """Of OS1.01 the newest closed cohort is 2025-Q2, followed to June 2026; that of 2024-Q2 to June 2025."""
    assert re.search(said, client.get(path).get_data(as_text=True))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/fr/communes/21012", "Molenbeek-Saint-Jean – profil de la commune"),
        ("/nl/gemeenten/21012", "Sint-Jans-Molenbeek – profiel van de gemeente"),
    ],
)
def test_the_page_bears_the_name_of_the_commune(client: FlaskClient, path: str, title: str) -> None:
    html = client.get(path).get_data(as_text=True)
    assert f"<title>{title}" in html
    assert f"<h1>{title.split(' – ')[0]}</h1>" in html


@pytest.mark.parametrize("path", ["/fr/communes/21020", "/nl/gemeenten/molenbeek", "/fr/communes/BRU"])
def test_an_unknown_commune_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert translator(path[1:3])("title.not_found") in response.get_data(as_text=True)


@pytest.mark.parametrize("asked", ["21099", "none", "21012", "<script>"])
def test_an_unknown_second_commune_is_ignored(client: FlaskClient, asked: str) -> None:
    alone = client.get("/fr/communes/21012").get_data(as_text=True)
    html = client.get("/fr/communes/21012", query_string={"with": asked}).get_data(as_text=True)
    assert html.split("<main")[1].split("</main")[0] == alone.split("<main")[1].split("</main")[0]


def test_a_second_commune_stands_beside_the_first(client: FlaskClient) -> None:
    html = unescape(client.get("/fr/communes/21012?with=21014").get_data(as_text=True))
    assert '<option value="21014" selected' in html
    assert html.count('data-label="Saint-Josse-ten-Noode"') > 15
    assert 'data-label="Écart entre les deux"' in html


def test_the_ways_to_the_neighbours_follow_the_nis_codes(client: FlaskClient) -> None:
    first, last = (client.get(f"/fr/communes/{n}").get_data(as_text=True) for n in ("21001", "21019"))
    assert ('rel="prev"' in first, 'href="/fr/communes/21002" rel="next"' in first) == (False, True)
    assert ('href="/fr/communes/21018" rel="prev"' in last, 'rel="next"' in last) == (True, False)


def test_every_series_leads_to_its_breakdown_by_commune(client: FlaskClient) -> None:
    html = unescape(client.get("/fr/communes/21012").get_data(as_text=True))
    links = re.findall(r'href="(/fr/indicateurs/[^"]*#breakdown)"', html)
    assert "/fr/indicateurs/OS2.03?by=REF_AREA&period=2025-Q2#breakdown" in links
    assert "/fr/indicateurs/BV-1c?by=OPERATOR&then=REF_AREA&period=2025-09#breakdown" in links


def test_the_live_page_says_what_the_painted_one_says(
    client: FlaskClient, fire: Callable[..., dict[str, Any]]
) -> None:
    live = to_html(fire("/fr/communes/21012", "?with=21014")["_pages_content"]["children"])
    painted = client.get("/fr/communes/21012?with=21014").get_data(as_text=True)
    assert words_of(live)[:200] == words_of(painted.split('id="prerendered">')[1])[:200]


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()
