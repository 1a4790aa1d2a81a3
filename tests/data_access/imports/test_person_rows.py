"""Tables of persons never enter: refused whole, nothing stored, and nothing of their cells repeated.

The national numbers are made up here with the published rule, apart from those that published texts print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from components.i18n.translate import translator
from data_access.cli_report import report_lines
from data_access.contract.load import contract
from data_access.db.tables import batch, cohort, observation
from data_access.domain.errors import ImportRejected
from data_access.imports.identifiers import find_numbers, is_email, is_national_number, names_person
from data_access.imports.load import load_file
from data_access.imports.report import ImportReport, Problem, Severity
from data_access.tables.demonstration.generate import write_demonstration
from tests.data_access.imports.files import (
    checked,
    codes,
    count,
    problems,
    rate,
    stage,
    table_of,
    xlsx_file,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PUBLISHED = Path(__file__).parents[3] / "data_access" / "tables" / "published"


def made_up(birth: date, serial: int, month_more: int = 0) -> str:
    """Eleven digits: 97 - first nine mod 97, with a 2 before them for births from 2000 on."""
    nine = f"{birth:%y}{birth.month + month_more:02}{birth:%d}{serial:03}"
    check = 97 - int(("2" if birth.year >= 2000 else "") + nine) % 97
    return f"{nine}{check:02}"


def written(number: str) -> str:
    """With its usual punctuation."""
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


births = st.dates(date(1920, 1, 1), date(2026, 11, 23))
numbers = st.builds(made_up, births, st.integers(1, 998), st.sampled_from([0, 20, 40]))
SOME = [made_up(date(1985, 7, 30) + timedelta(days=900 * n), 33 + n) for n in range(12)]


def persons(name: str, cells: Sequence[object]) -> list[dict[str, object]]:
    """Ordinary observations, with a column more."""
    return [{**count(TIME_PERIOD=f"2024-{n:02}"), name: cell} for n, cell in enumerate(cells, 1)]


def only(found: list[Problem]) -> Problem:
    (problem,) = found
    return problem


# --- the number ---


@pytest.mark.parametrize(
    "number",
    [
        "42.01.22.051-81",  # as a municipal instruction prints it: a man born on 22 January 1942
        "93051822361",  # as a Dutch explanation of the rule prints it
        "40 00 00 955-79",  # month and day of birth unknown
        "40 00 01 001-33",
        "00 00 01 003-64",  # date unknown
    ],
)
def test_numbers_that_published_explanations_print(number: str) -> None:
    assert find_numbers(number) == (1, 1)


@given(numbers)
def test_made_up_numbers_are_recognised_with_and_without_punctuation(number: str) -> None:
    assert is_national_number(number)
    assert find_numbers(written(number)) == (1, 1)
    assert find_numbers(f"dossier {written(number)} clos") == (1, 1)
    assert find_numbers(str(int(number)))[1] == (1 if int(number) >= 10**7 else 0)


@given(numbers, st.integers(0, 10), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(number: str, at: int, more: int) -> None:
    wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
    nine, check = int(wrong[:9]), int(wrong[9:])
    # The check digits are there to notice it; by chance they may be those of the other century.
    by_chance = check in {97 - nine % 97, 97 - (2_000_000_000 + nine) % 97}
    assert by_chance or not is_national_number(wrong)


@pytest.mark.parametrize(
    "text", ["12 345 678 901", "BE68539007547034", "+32 2 123 45 67", "0.12345678901", "2024-01-31", "x" * 11]
)
def test_other_numbers_have_another_form(text: str) -> None:
    assert find_numbers(text)[1] == 0


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("a.b@actiris.be", True),
        ("Jan Peeters <jan@example.brussels>", True),
        ("mailto:x@y.be", True),
        ("@home", False),
        ("voir statistiques@x.be pour la source", False),
        ("x@y", False),
    ],
)
def test_an_address_and_nothing_else(text: str, *, email: bool) -> None:
    assert is_email(text) is email


# --- names of columns ---

NAMES = """NISS|insz|N° NISS|Numéro NISS|INSZ-nummer|Rijksregisternummer|RIJKSREGISTER_NR|Registre national
N° de registre national|numero_national|Numéro national|NumeroNational|National number|NATIONAAL NUMMER|RRN
id_person|ID_PERSONNE|PersonID|persoon_id|IdPersoon|dossier|N° dossier|ID_DOSSIER|Dossiernummer|nom|NOM
Nom de famille|prénom|PRENOM|Prénoms|naam|Naam|voornaam|Achternaam|familienaam|First name|last_name|e-mail
Email|E-mailadres|Adresse e-mail|courriel|Date de naissance|DATE_NAISSANCE|DateNaissance|geboortedatum
Geboorte datum|birth date|Birthdate|Date of birth|DOB|téléphone|GSM|adresse|ID client|bisnummer"""
ORDINARY = """INDICATOR|TIME_PERIOD|REF_AREA|COUNT|NUMERATOR|Nom de la commune|NAAM_GEMEENTE|ID|CODE|Antenne
NB_DOSSIERS|Nombre de dossiers|DOSSIER_UNIQUE|Nombre de personnes|Aantal personen|PERSONS|Dénissement|Benaming
Commune de naissance|SOURCE|COMMENT|OBS_STATUS|TX_MUNTY_DESCR_FR|STRUCTURE_NAME|Emails envoyés par mois"""


@pytest.mark.parametrize("name", NAMES.replace("\n", "|").split("|"))
def test_a_column_named_like_an_identifier_refuses_the_file(name: str) -> None:
    assert names_person(name)
    found = only(problems(persons(name, ["x"])))
    assert (found.severity, found.code, found.row, found.column) == (
        Severity.ERROR,
        "person_column",
        1,
        name,
    )


@pytest.mark.parametrize("name", ORDINARY.replace("\n", "|").split("|"))
def test_an_ordinary_name_does_not(name: str) -> None:
    assert not names_person(name)


# --- contents ---


@settings(deadline=None)  # the first one reads the contract
@given(st.lists(numbers, min_size=3, max_size=8), st.booleans())
def test_a_column_of_national_numbers_is_named_and_never_repeated(found: list[str], dotted: bool) -> None:
    cells = [written(n) if dotted else n for n in found]
    report = checked(persons("MEMO", cells)).report
    problem = only(list(report.problems))
    assert (problem.code, problem.column, problem.row) == ("person_numbers", "MEMO", 2)
    assert_silent(report, [*cells, *found])


def assert_silent(report: ImportReport, cells: Sequence[str]) -> None:
    """Nothing that stands in a cell is in the report, in what a batch would keep or in what is printed."""
    said = [repr(report), str(report.as_plain())]
    said += [line for language in ("fr", "nl") for line in report_lines(report, translator(language))]
    assert not [cell for cell in cells for text in said if cell in text]


def test_a_workbook_keeps_them_as_numbers_and_drops_their_zeros() -> None:
    young = [made_up(date(2001 + n, 3, 4), 7 + n) for n in range(4)]
    rows = persons("MEMO", [int(number) for number in young])
    found = only(problems(xlsx_file(A=table_of([rate()]), B=table_of(rows))))
    assert (found.code, found.sheet, found.row, found.column) == ("person_numbers", "B", 2, "MEMO")
    assert found.facts["count"] == 4


def test_two_are_not_many_and_numbers_that_are_seldom_valid_are_something_else() -> None:
    assert "person_numbers" not in codes(persons("MEMO", [*SOME[:2], "", ""]))
    wrong = [f"{n[:9]}{(int(n[9:]) + 1) % 100:02}" for n in SOME]
    assert {find_numbers(n) for n in wrong} == {(1, 0)}
    # Three of fifteen, and more, are persons with slips of the pen; three of sixteen are chance.
    assert codes(persons("MEMO", [*SOME[:3], *wrong[:9]])) == ["person_numbers"]
    rows = [
        count(TIME_PERIOD=f"{2020 + n // 12}-{n % 12 + 1:02}", MEMO=cell)
        for n, cell in enumerate([*SOME[:3], *wrong, "99130100199"])
    ]
    assert codes(rows) == ["unknown_column"]


def test_numbers_in_sentences_count_too() -> None:
    rows = persons("COMMENT", [f"Dossier {written(number)} à revoir" for number in SOME[:3]])
    assert codes(rows) == ["person_numbers"]


def test_a_column_of_addresses_refuses_and_a_contact_does_not() -> None:
    addresses = [f"person{n}@example.be" for n in range(4)]
    report = checked(persons("SOURCE", addresses)).report
    assert [(p.code, p.column, p.row) for p in report.problems] == [("person_emails", "SOURCE", 2)]
    assert_silent(report, addresses)
    assert codes(persons("SOURCE", ["statistiques@example.be"] * 4)) == []


@pytest.mark.parametrize("label", ["", "SEX"])
def test_columns_that_would_not_be_read_are_looked_at_too(label: str) -> None:
    """Under an empty header, under one that stands there already, or beyond the last one."""
    head = [*rate(), "SEX", label, "COMMENT"]
    rows = [
        [*rate(TIME_PERIOD=str(2020 + n)).values(), "_T", number, "x"] for n, number in enumerate(SOME[:4])
    ]
    assert [(p.code, p.row) for p in problems(xlsx_file(A=[head, *rows]))] == [("person_numbers", 2)]
    beyond = [[*rate(TIME_PERIOD=str(2020 + n)).values(), number] for n, number in enumerate(SOME[:4])]
    found = only(problems(xlsx_file(A=[list(rate()), *beyond])))
    assert (found.code, found.column) == ("person_numbers", "G")


def test_a_file_without_a_header_does_not_give_its_first_person_away() -> None:
    content = "\n".join(f"{written(n)};2024-Q1;x{i}@example.be" for i, n in enumerate(SOME[:5])).encode()
    report = checked(content).report
    assert [(p.code, p.row, p.column) for p in report.problems] == [
        ("person_numbers", 1, "A"),
        ("person_emails", 1, "C"),
    ]
    assert_silent(report, [*map(written, SOME[:5]), "@example"])


def test_other_problems_of_such_a_file_are_not_said() -> None:
    rows = [{**rate(TIME_PERIOD=written(n), OBS_VALUE="Peeters"), "Nom": "Peeters"} for n in SOME[:3]]
    report = checked(rows).report
    assert {p.code for p in report.problems} == {"person_numbers", "person_column"}
    assert_silent(report, ["Peeters", *map(written, SOME)])


def test_a_sheet_of_persons_refuses_the_workbook_and_nothing_is_stored(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cohortes.xlsx"
    people = [["Personne", "Entrée"], *([number, date(2024, 1, 1)] for number in map(written, SOME))]
    path.write_bytes(xlsx_file(Cohortes=table_of(stage("P1", pending=12)), Base=people))
    with pytest.raises(ImportRejected) as caught:
        load_file(engine, contract(), path, by="tester", now=NOW)
    problem = only(list(caught.value.report.problems))
    assert (problem.file, problem.sheet, problem.row, problem.column) == (
        "cohortes.xlsx",
        "Base",
        2,
        "Personne",
    )
    with engine.connect() as connection:
        for table in (batch, cohort, observation):
            assert connection.scalar(select(func.count()).select_from(table)) == 0
    said = caplog.text + "".join(capsys.readouterr()) + repr(caught.value) + str(caught.value.facts)
    assert not [number for number in map(written, SOME) if number in said]
    assert_silent(caught.value.report, [*SOME, *map(written, SOME)])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "erreur · file.csv, ligne 2, colonne MEMO · Cette colonne contient des numéros de registre"),
        ("nl", "fout · file.csv, rij 2, kolom MEMO · Deze kolom bevat rijksregisternummers (3 rijen"),
    ],
)
def test_the_sentence_names_file_row_column_and_what_was_expected(language: str, said: str) -> None:
    (line,) = report_lines(checked(persons("MEMO", SOME[:3])).report, translator(language))
    assert line.casefold().startswith(said.casefold())
    assert "COUNT, NUMERATOR, DENOMINATOR, OBS_VALUE" in line


# --- ordinary tables ---


def shipped(folder: Path) -> Iterator[Path]:
    write_demonstration(folder, contract())
    yield from sorted(folder.glob("*.csv"))
    yield from sorted(PUBLISHED.glob("*.csv"))


def test_no_shipped_table_looks_like_persons(tmp_path: Path) -> None:
    files = list(shipped(tmp_path))
    assert len(files) > 15
    for path in files:
        report = checked(path.read_bytes()).report
        assert not [p for p in report.problems if p.code.startswith("person_")], path.name


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**63), min_size=3, max_size=40, unique=True))
def test_large_counts_are_not_persons(counts: list[int]) -> None:
    rows = [count(TIME_PERIOD=f"{2000 + n // 12}-{n % 12 + 1:02}", OBS_VALUE=c) for n, c in enumerate(counts)]
    assert not [code for code in codes(rows) if code.startswith("person_")]
