"""The reference half of the sheet: hand-made sheets for each case, then every indicator that ships."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from components.cards.definitions import make_definition
from components.cards.sheet_facts import make_definition_sheet, make_feeds, make_neighbours
from components.cards.sheet_remarks import make_annotations, make_remarks, numbered_annotations
from components.cards.sheet_targets import make_target_history
from components.i18n.translate import LANGUAGES, translator
from components.prerender import to_html, to_plain
from components.tables.data_table import FOLD_AFTER, make_data_table
from data_access.contract import model
from data_access.contract.load import contract
from data_access.contract.model import State, Text
from data_access.db.engine import bind, get_engine, make_engine
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import Goal, TargetPath, path_in_force
from data_access.repositories.batches import Batch
from data_access.services.data_state import get_data_state
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows
from data_access.services.sheet import Remark, Sheet, get_sheet, make_sheet

CUTOFF = date(2026, 10, 31)
CODE = "OS2.03"
RULE = SmallCellRule()


def words(part: Component | None) -> str:
    """The text of a part, with plain spaces."""
    html = unescape(to_html(to_plain(part)))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def markup(part: Component | None) -> str:
    return unescape(to_html(to_plain(part))).replace("\u00a0", " ")


def table_rows(part: Component) -> list[list[str]]:
    """The cells of each row of a table's body, as they are read."""
    body = markup(part).split("<tbody>")[1]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", body)]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in cells]


def column(part: Component, name: str) -> dict[str, str]:
    """One column of the data table, by period."""
    body = markup(part).split("<tbody>")[1]
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body):
        period = re.findall(r"<th[^>]*>(.*?)</th>", row)[0].replace("\u00a0", " ")
        cell = re.findall(rf'<td class="data-{name}"[^>]*>(.*?)</td>', row)
        found[period] = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell[0])).strip() if cell else ""
    return found


def reading(period: str, value: float | None, **facts: Any) -> Reading:
    return Reading(Period.parse(period), value, **facts)


def sheet(
    *readings: Reading,
    paths: tuple[TargetPath, ...] = (),
    breaks: tuple[date, ...] = (),
    remarks: tuple[Remark, ...] = (),
    batches: tuple[Batch, ...] = (),
    code: str = CODE,
) -> Sheet:
    definition = contract().indicator(code)
    assessment = evaluate_status(
        readings, paths, polarity=definition.polarity, scored=definition.scored, on=CUTOFF
    )
    row = IndicatorRow(
        code=code,
        operator="_T",
        readings=readings,
        assessment=replace(assessment, path=path_in_force(paths, CUTOFF)),
        latest=None,
        year_before=None,
        change=None,
        movement=None,
        alerts=(),
        breaks=breaks,
        paths=paths,
        demonstration=False,
        vintage=None,
        sources=(),
    )
    return make_sheet(definition, row, ("_T",), CUTOFF, remarks, batches)


def path(valid_from: date, target: float, reason: str, **facts: Any) -> TargetPath:
    return TargetPath(
        **{
            "baseline": Goal(date(2022, 12, 31), 37.5),
            "milestones": (Goal(date(2025, 12, 31), 34.8),),
            "target": Goal(date(2027, 12, 31), target),
            "valid_from": valid_from,
            "decided_on": valid_from,
            "decision_ref": f"CG {valid_from:%Y/%m}",
            "deciding_body": "Comité de gestion",
            "reason": reason,
            **facts,
        }
    )


def remark(kind: str, day: date, fr: str | None, nl: str | None, due: date | None = None) -> Remark:
    role = Text(fr="direction Chercheurs d’emploi", nl="directie Werkzoekenden")
    return Remark(kind, day, due, fr, nl, role, demonstration=False)


THREE_VERSIONS = (
    path(date(2023, 10, 1), 33.0, "annex"),
    path(date(2025, 7, 1), 34.0, "avenant"),
    path(date(2027, 1, 1), 35.0, "budget"),
)


# --- data ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_cell_shows_no_number_anywhere(language: str) -> None:
    """Whatever a reading carries: nor in the change of the year after, nor in what it is sorted by."""
    hidden = reading(
        "2023-Q1", 4.56, availability=Availability.HIDDEN, numerator=3, denominator=41, half_width=7.9
    )
    of = sheet(hidden, reading("2024-Q1", 36.0, numerator=36, denominator=100, half_width=9.2))
    part = make_data_table(of, contract().indicator(CODE), translator(language))
    row = table_rows(part)[-1]
    assert row[0] in {"T1 2023", "K1 2023"}
    assert re.findall(r"\d", "".join(row[1:])) == []
    assert {"fr": "trop peu", "nl": "te weinig"}[language] in " ".join(row)
    keys = re.findall(r'data-key="([^"]*)"', markup(part).rsplit("<tr", 1)[1])
    assert {key for key in keys[1:] if re.search(r"\d", key)} == set()
    assert not any(number in markup(part) for number in ("4,6", "4.56", ">3<", ">41<", "31,4", "31.4"))


def test_the_readings_stand_newest_first_and_a_period_that_nobody_delivered_is_said_to_be_missing() -> None:
    of = sheet(reading("2024-Q1", 36.0), reading("2024-Q3", 35.0))
    found = table_rows(make_data_table(of, contract().indicator(CODE), translator("fr")))
    assert [row[0] for row in found] == ["T3 2024", "T2 2024", "T1 2024"]
    assert "Donnée non disponible" in found[1]


def test_the_interval_is_wilson_and_not_symmetric() -> None:
    """15 of 148 gives 0.0624 to 0.1605: Newcombe (1998), Statistics in Medicine 17, 857-872, table I."""
    of = sheet(reading("2024-Q1", 10.1, numerator=15, denominator=148, half_width=4.9))
    (row,) = table_rows(make_data_table(of, contract().indicator(CODE), translator("fr")))
    assert row[1:5] == ["15", "148", "10,1 %", "6,2–16,0 %"]  # 16.05 rounds down in its binary form


def test_a_value_that_is_no_share_of_its_denominator_has_no_interval() -> None:
    of = sheet(reading("2024-Q1", 90.0, numerator=90, denominator=100, half_width=6), code="OS4.02")
    part = make_data_table(of, contract().indicator("OS4.02"), translator("fr"))
    assert "Intervalle" not in words(part)


def test_each_state_is_said_in_words() -> None:
    of = sheet(
        reading("2023-Q1", 36.0),
        reading("2023-Q2", 36.0, provisional=True),
        reading("2023-Q3", 36.0, estimated=True),
        reading("2023-Q4", 36.0, starts_break=True),
        reading("2026-Q1", 12.0, provisional=True),  # followed for 12 months and delivered 3 months later
        breaks=(date(2026, 1, 1),),
    )
    part = make_data_table(of, contract().indicator(CODE), translator("fr"))
    states = column(part, "state")
    assert {p: states[p] for p in ("T1 2023", "T2 2023", "T3 2023", "T4 2023", "T1 2026")} == {
        "T1 2023": "définitive",
        "T2 2023": "provisoire",
        "T3 2023": "estimation",
        "T4 2023": "rupture de série",
        "T1 2026": "cohorte immature · provisoire · rupture de série",
    }


def test_a_change_is_shown_neither_across_a_break_nor_for_an_immature_cohort() -> None:
    """36.0 to 35.2 is 0.8 point down; the 12 months and 3 more of 2025-Q4 are not over on 31/10/2026."""
    of = sheet(
        reading("2023-Q4", 36.0),
        reading("2024-Q4", 35.2),
        reading("2025-Q4", 12.0),
        breaks=(date(2026, 1, 1),),
    )
    part = make_data_table(of, contract().indicator(CODE), translator("fr"))
    changes = column(part, "change")
    assert changes["T4 2024"] == "↘ −0,8 p.p. amélioration"
    assert changes["T4 2025"] == ""
    broken = sheet(reading("2023-Q4", 36.0), reading("2024-Q4", 35.2), breaks=(date(2024, 7, 1),))
    part = make_data_table(broken, contract().indicator(CODE), translator("fr"))
    assert column(part, "change")["T4 2024"] == "rupture"
    assert "0,8" not in markup(part)


def test_the_path_asks_for_nothing_before_its_baseline_and_runs_straight_to_the_next_milestone() -> None:
    """37.5 on 31/12/2022, 34.8 on 31/12/2025, 1096 days later; 30/06/2024 is day 547."""
    of = sheet(reading("2022-Q2", 38.0), reading("2024-Q2", 36.0), paths=THREE_VERSIONS[:1])
    expected = column(make_data_table(of, contract().indicator(CODE), translator("fr")), "expected")
    assert (expected["T2 2022"], expected["T2 2024"]) == ("", "36,2 %")  # 37.5 - 2.7 × 547/1096 = 36.152


def test_a_target_met_at_the_start_is_a_level_to_hold() -> None:
    """As in the house verdict: a baseline of 37.5 under a target of 40 to go down to expects 40, not less."""
    held = path(date(2023, 10, 1), 40.0, "annex", milestones=())
    of = sheet(reading("2024-Q2", 36.0), paths=(held,))
    row = table_rows(make_data_table(of, contract().indicator(CODE), translator("fr")))[0]
    assert "40,0 %" in row
    assert of.row.assessment.expected == 40.0


def test_a_header_is_a_button_and_numbers_sort_as_numbers() -> None:
    of = sheet(reading("2024-Q1", 36.0), reading("2024-Q2", 5.0))
    found = markup(make_data_table(of, contract().indicator(CODE), translator("fr")))
    heads = re.findall(r"<th aria-sort=\"(\w+)\"[^>]*scope=\"col\"><button type=\"button\">", found)
    assert heads == ["descending", *["none"] * (len(heads) - 1)]
    assert len(heads) == found.count('scope="col"')
    assert 'data-key="36.0"' in found
    assert 'data-key="5.0"' in found


def test_nothing_that_the_scorecard_sorts_by_is_on_the_table() -> None:
    """A click on ``data-sort`` sorts a scorecard and writes into the address (assets/scorecard.js)."""
    of = sheet(reading("2024-Q1", 36.0))
    assert "data-sort" not in markup(make_data_table(of, contract().indicator(CODE), translator("fr")))


@pytest.mark.parametrize(("months", "folds"), [(FOLD_AFTER, False), (FOLD_AFTER + 1, True)])
def test_only_a_long_series_can_be_folded_and_every_row_is_there_without_scripts(
    months: int, folds: bool
) -> None:
    first = Period.parse("2020-Q1")
    of = sheet(*(Reading(first.shift(n), 30.0) for n in range(months)))
    found = make_data_table(of, contract().indicator(CODE), translator("fr"))
    assert len(table_rows(found)) == months
    assert ("data-more" in markup(found)) is folds
    assert "folded" not in markup(found)
    assert ("Afficher les 25 lignes" in words(found)) is folds


def test_without_any_reading_it_says_so() -> None:
    part = make_data_table(sheet(), contract().indicator(CODE), translator("nl"))
    assert words(part) == "Gegevens Voor deze indicator is nog geen waarde geleverd."


# --- targets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "standings"),
    [
        ("fr", ["pas encore en vigueur", "en vigueur", "remplacée"]),
        ("nl", ["nog niet van kracht", "van kracht", "vervangen"]),
    ],
)
def test_every_version_says_whether_it_is_in_force(language: str, standings: list[str]) -> None:
    part = make_target_history(sheet(paths=THREE_VERSIONS), contract().indicator(CODE), translator(language))
    found = table_rows(part)
    assert [re.sub(r"^1\S* \w+ \d{4} ", "", row[0]) for row in found] == standings
    assert [re.findall(r"3\d,0", row[3]) for row in found] == [["35,0"], ["34,0"], ["33,0"]]


def test_a_version_gives_its_path_and_its_decision() -> None:
    part = make_target_history(sheet(paths=THREE_VERSIONS[:1]), contract().indicator(CODE), translator("fr"))
    (row,) = table_rows(part)
    assert row == [
        "1er octobre 2023 en vigueur",
        "37,5 % 31/12/2022",
        "34,8 %",
        "33,0 % 31/12/2027",
        "1er octobre 2023, Comité de gestion CG 2023/10",
        "fixée en annexe du Contrat",
    ]


def test_versions_without_one_in_force_are_not_yet_in_force() -> None:
    part = make_target_history(sheet(paths=THREE_VERSIONS[2:]), contract().indicator(CODE), translator("fr"))
    assert table_rows(part)[0][0] == "1er janvier 2027 pas encore en vigueur"


def test_a_milestone_within_a_year_says_its_day_and_a_path_without_baseline_says_so() -> None:
    odd = path(date(2023, 10, 1), 33.0, "annex", baseline=None, milestones=(Goal(date(2026, 6, 30), 34.0),))
    (row,) = table_rows(
        make_target_history(sheet(paths=(odd,)), contract().indicator(CODE), translator("fr"))
    )
    assert row[1:3] == ["— non fixé", "34,0 % 30/06/2026"]


def test_a_version_that_starts_anew_leaves_earlier_milestones_behind() -> None:
    anew = path(
        date(2026, 7, 1),
        33.0,
        "annual_evaluation",
        baseline=Goal(date(2026, 3, 31), 36.0),
        milestones=(Goal(date(2025, 12, 31), 34.8), Goal(date(2026, 12, 31), 35.0)),
    )
    part = make_target_history(
        sheet(paths=(THREE_VERSIONS[0], anew)), contract().indicator(CODE), translator("fr")
    )
    new, old = table_rows(part)
    assert new[1:4] == ["36,0 % 31/03/2026", "— non fixé", "35,0 %"]
    assert old[1:4] == ["37,5 % 31/12/2022", "34,8 %", "— non fixé"]


@pytest.mark.parametrize(
    ("code", "language", "sentence"),
    [
        (
            CODE,
            "fr",
            "Le Contrat de gestion ne fixe pas de cible pour cet indicateur, et aucune n’est inventée",
        ),
        (CODE, "nl", "legt voor deze indicator geen streefwaarde vast, en hier wordt er geen verzonnen"),
        ("CTX.DEI", "fr", "elle n’attend pas de cible"),
    ],
)
def test_no_target_is_a_normal_state(code: str, language: str, sentence: str) -> None:
    found = words(make_target_history(sheet(code=code), contract().indicator(code), translator(language)))
    assert {"fr": "Cible non fixée", "nl": "Streefwaarde niet bepaald"}[language] in found
    assert sentence in found


# --- remarks ------------------------------------------------------------------------------------------


def test_a_missing_language_says_so_and_shows_the_other_marked_as_such() -> None:
    of = sheet(remarks=(remark("finding", date(2026, 11, 9), "Le taux baisse.", None),))
    found = markup(make_remarks(of, translator("nl")))
    assert '<em class="awaited">vertaling volgt</em> <span lang="fr">Le taux baisse.</span>' in found
    french = markup(make_remarks(of, translator("fr")))
    assert "Le taux baisse." in french
    assert "traduction en attente" not in french
    of = sheet(remarks=(remark("annotation", date(2026, 1, 1), None, "Hervorming"),))
    found = markup(make_annotations(of, translator("fr")))
    assert '<em class="awaited">traduction en attente</em> <span lang="nl">Hervorming</span>' in found


def test_the_newest_comment_stands_open_and_the_older_ones_are_folded() -> None:
    of = sheet(
        remarks=(
            remark("finding", date(2025, 11, 10), "Constat ancien", "Oude vaststelling"),
            remark("finding", date(2026, 11, 9), "Constat", "Vaststelling"),
            remark("cause", date(2026, 11, 9), "Cause propre", "Eigen oorzaak"),
            remark("action", date(2026, 11, 9), "Agir", "Doen", date(2027, 3, 31)),
        )
    )
    opened, folded = words(make_remarks(of, translator("fr"))).split("1 commentaire plus ancien")
    assert opened.strip() == (
        "Commentaires 9 novembre 2026, direction Chercheurs d’emploi Constat Constat "
        "Cause Cause propre Action Agir pour le 31 mars 2027"
    )
    assert folded.strip() == "10 novembre 2025, direction Chercheurs d’emploi Constat Constat ancien"
    assert "<details" in markup(make_remarks(of, translator("fr")))


def test_annotations_are_numbered_in_the_order_of_their_day() -> None:
    later = remark("annotation", date(2026, 1, 1), "Réforme", "Hervorming")
    earlier = remark("annotation", date(2024, 5, 1), "Nouvel outil", "Nieuw instrument")
    comment = remark("finding", date(2023, 1, 1), "Constat", "Vaststelling")
    of = sheet(remarks=(comment, later, earlier))
    assert numbered_annotations(of) == ((1, earlier), (2, later))
    found = words(make_annotations(of, translator("nl")))
    assert found.index("Nieuw instrument") < found.index("Hervorming")
    assert "Vaststelling" not in found


def test_without_comments_it_says_so_and_without_annotations_there_is_no_list() -> None:
    assert words(make_remarks(sheet(), translator("fr"))) == (
        "Commentaires Aucun commentaire du responsable pour cet indicateur."
    )
    assert make_annotations(sheet(), translator("fr")) is None


# --- definition and contract --------------------------------------------------------------------------


def test_the_commitment_is_quoted_verbatim_in_french() -> None:
    """Part VI of the contract, OS2: the text under the objective's first commitment."""
    text = (Path(model.__file__).parent / "text").glob("*.txt")
    source = re.sub(r"\s+", " ", " ".join(file.read_text(encoding="utf-8") for file in text))
    found = markup(make_definition_sheet(contract().indicator(CODE), contract(), translator("fr")))
    quotes = re.findall(r"<blockquote>(.*?)</blockquote>", found)
    paragraphs = [p for quote in quotes for p in re.findall(r"<p>(.*?)</p>", quote)]
    plain = re.sub(r"\s+", " ", source).lower()
    assert len(paragraphs) == 2, "the first half of a compound commitment, under what both halves share"
    assert [p for p in paragraphs if re.sub(r"\s+", " ", p).lower().rstrip(".;: ") not in plain] == []
    assert 'href="/fr/objectifs/os2#OS2.03"' in found


def test_the_dutch_page_folds_the_french_original_under_a_working_translation() -> None:
    found = markup(make_definition_sheet(contract().indicator(CODE), contract(), translator("nl")))
    folded = re.findall(r"<details>(.*?)</details>", found)
    assert len(folded) == 1
    assert '<blockquote lang="fr"><p>Développer un dispositif de bilan' in folded[0]
    assert "werkvertaling" in folded[0]
    assert "Développer" not in found.replace(folded[0], "")


def test_breaks_name_their_day_and_their_reason() -> None:
    found = words(make_definition_sheet(contract().indicator(CODE), contract(), translator("nl")))
    assert "1 januari 2026 : Beperking van de werkloosheidsuitkering in de tijd De federale" in found
    whole = contract().indicator(CODE).model_copy(update={"breaks": ()})
    assert "Reeksbreuk" not in words(make_definition_sheet(whole, contract(), translator("nl")))


def test_an_adopted_definition_names_the_text_that_adopted_it() -> None:
    adopted = contract().indicator("BV-4A")
    assert adopted.state is State.ADOPTED
    found = words(make_definition_sheet(adopted, contract(), translator("fr")))
    assert "Définition en vigueur. Contrat de gestion, annexe I, indicateur 4A." in found


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        (CODE, "100 × numérateur ÷ dénominateur"),
        ("OS1.12", "Calcul numérateur ÷ dénominateur"),
        ("OS1.11", "différence de deux taux, en points de pourcentage"),
        ("OS1.04", "médiane des cas que compte le dénominateur"),
    ],
)
def test_the_calculation_is_told_as_the_measure_is_made_here_and_on_the_method_page(
    code: str, formula: str
) -> None:
    definition = contract().indicator(code)
    assert formula in words(make_definition_sheet(definition, contract(), translator("fr")))
    assert formula in words(make_definition(definition, translator("fr")))


# --- loads and neighbours -----------------------------------------------------------------------------


def test_loads_tell_file_fingerprint_nature_day_author_and_rows() -> None:
    """7 + 2 rows read; two of the three readings came with it."""
    batch = Batch(
        id=11,
        action="load",
        withdraws=None,
        file_name="observations_OS2.csv",
        sha256="0123456789abcdef" * 4,
        provenance="published",
        published_at=datetime(2026, 11, 23, 9, 45, tzinfo=UTC),
        withdrawn_at=None,
        by="prepare",
        cutoff=CUTOFF,
        counts={"observation": {"read": 7, "new": 7}, "target": {"read": 2, "new": 2}},
        left_out=0,
    )
    of = sheet(
        reading("2024-Q1", 36.0, origin_batch=11),
        reading("2024-Q2", 36.0, origin_batch=11),
        reading("2024-Q3", 36.0, origin_batch=4),
        batches=(batch,),
    )
    found = table_rows(make_feeds(of, translator("fr")))
    assert found == [
        [
            "11",
            "observations_OS2.csv SHA-256 0123456789ab",
            "chiffres publiés, avec leur source",
            "23/11/2026",
            "mise en place",
            "9",
            "2",
        ]
    ]
    by_hand = sheet(reading("2024-Q1", 36.0), batches=(replace(batch, by="m.claes"),))
    assert table_rows(make_feeds(by_hand, translator("fr")))[0][4] == "m.claes"
    assert "Aucun lot" in words(make_feeds(sheet(), translator("fr")))


@pytest.mark.parametrize(
    ("code", "links"),
    [
        (
            "OS2.03",
            [
                ("/nl/indicatoren/OS2.02", "prev"),
                ("/nl/doelstellingen/os2#OS2.03", ""),
                ("/nl/indicatoren/OS2.04", "next"),
            ],
        ),
        ("OS1.01", [("/nl/doelstellingen/os1#OS1.01", ""), ("/nl/indicatoren/OS1.02", "next")]),
        (
            "BV-4A",
            [
                ("/nl/indicatoren/BV-3", "prev"),
                ("/nl/opleiding-werk#BV-4A", ""),
                ("/nl/indicatoren/BV-4B", "next"),
            ],
        ),
    ],
)
def test_neighbours_are_those_of_the_objective_and_the_way_up_is_the_row(
    code: str, links: list[tuple[str, str]]
) -> None:
    found = markup(make_neighbours(sheet(code=code), translator("nl")))
    anchors = re.findall(r"<a ([^>]*)>", found)
    read = [(re.findall(r'href="([^"]*)"', a)[0], "".join(re.findall(r'rel="([^"]*)"', a))) for a in anchors]
    assert read == links


# --- everything that ships ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(shipped: Path) -> Iterator[None]:
    bind(make_engine(f"sqlite:///{shipped}/dashboard.sqlite3"))
    yield
    get_engine().dispose()


@pytest.mark.usefixtures("loaded")
def test_every_indicator_that_ships_has_every_part_in_both_languages() -> None:
    state = get_data_state()
    seen = 0
    for definition in contract().indicators:
        of = get_sheet(state.version, state.cutoff, definition.code, None, RULE)
        for language in LANGUAGES:
            t = translator(language)
            table = make_data_table(of, definition, t)
            delivered = [r for r in of.row.readings if r.availability is Availability.AVAILABLE]
            shown = markup(table).count("<strong>")
            assert shown == len(delivered), f"{definition.code}: {shown} values shown of {len(delivered)}"
            targets = make_target_history(of, definition, t)
            assert markup(targets).count('class="target-') == len(of.row.paths)
            text = re.sub(r"\s+", " ", definition.definition.in_(language))
            assert text in words(make_definition_sheet(definition, contract(), t))
            comments = [r for r in of.remarks if r.kind != "annotation"]
            listed = markup(make_remarks(of, t)) + markup(make_annotations(of, t))
            assert listed.count("<dd>") == len(comments)
            assert len(of.batches) == markup(make_feeds(of, t)).count("SHA-256")
            assert words(make_neighbours(of, t))
            seen += 1
    assert seen == 2 * 99


@pytest.mark.usefixtures("loaded")
def test_the_row_of_the_newest_judged_reading_says_what_the_assessment_expected() -> None:
    """Two ways to the same number: the table's own, and the house verdict's."""
    state = get_data_state()
    compared = 0
    for code in ("OS1.01", "OS2.03", "OS2.07", "OS3.01", "OS4.01"):
        definition = contract().indicator(code)
        (row,) = get_indicator_rows(state.version, state.cutoff, (code,), RULE)[:1]
        if row.assessment.expected is None or row.assessment.reading is None:
            continue
        of = get_sheet(state.version, state.cutoff, code, None, RULE)
        table = markup(make_data_table(of, definition, translator("fr")))
        keys = re.findall(r'class="data-expected" data-key="([^"]+)"', table)
        compared += any(abs(float(key) - row.assessment.expected) < 1e-9 for key in keys)
    assert compared >= 3
