"""A wrong file is refused with the file, the field and the reason; all wrong files at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from data_access.contract.load import DEFAULT, load_contract
from data_access.contract.problem import Problem
from data_access.domain.errors import DefinitionError

OS1_01 = "indicators/os1/OS1.01.toml"


class Spoilt(NamedTuple):
    """One mistake: what is replaced in a file, and the place and reason to expect."""

    file: str
    old: str
    new: str
    field: str
    reason: str
    value: str = ""
    expected: str = ""
    line: int | None = None


MISTAKES = {
    "indicator: missing field": Spoilt(OS1_01, "\nunit = ", "\n# unit = ", "unit", "missing_field"),
    "indicator: missing language": Spoilt(OS1_01, "\ntitle.nl = ", "\n# ", "title.nl", "missing_field"),
    "indicator: empty text": Spoilt(OS1_01, "\ntitle.nl = ", '\ntitle.nl = " " # ', "title.nl", "empty"),
    "indicator: unknown field": Spoilt(
        OS1_01, "\nunit = ", "\ncolour = 1\nunit = ", "colour", "unknown_field"
    ),
    "indicator: wrong enum": Spoilt(
        OS1_01, '"higher"', '"up"', "polarity", "not_allowed", "up", "higher, lower, band, zero_gap, neutral"
    ),
    "indicator: wrong kind": Spoilt(
        OS1_01, "\ndecimals = ", '\ndecimals = "one" # ', "decimals", "wrong_type", "one", "int"
    ),
    "indicator: out of bounds": Spoilt(
        OS1_01, "\ndecimals = ", "\ndecimals = 9 # ", "decimals", "not_allowed", "9", "<= 3"
    ),
    "indicator: wrong pattern": Spoilt(
        OS1_01, "\nperiodicity = ", '\nperiodicity = "W" # ', "periodicity", "not_allowed", "W", "^[ASQM]$"
    ),
    "indicator: code and file name": Spoilt(
        OS1_01, '"OS1.01"', '"OS1.77"', "code", "wrong_file_name", "OS1.77", "OS1.77.toml"
    ),
    "indicator: unknown commitment": Spoilt(
        OS1_01, '["OS1-E1"]', '["OS1-E1", "OS1-E9"]', "commitments[2]", "unknown_commitment", "OS1-E9"
    ),
    "indicator: compound commitment": Spoilt(
        OS1_01, '["OS1-E1"]', '["OS1-E1", "OS1-E5"]', "commitments[2]", "compound_commitment", "OS1-E5"
    ),
    "indicator: commitments of another objective": Spoilt(
        OS1_01, '["OS1-E1"]', '["OS2-E2"]', "commitments", "no_commitment_of_objective", "", "OS1"
    ),
    "indicator: unknown dimension": Spoilt(
        OS1_01,
        '\ndimensions = ["',
        '\ndimensions = ["COLOUR", "',
        "dimensions[1]",
        "unknown_dimension",
        "COLOUR",
    ),
    "indicator: unknown break": Spoilt(
        OS1_01, '"REFORM-2026"', '"REFORM-1999"', "breaks[1]", "unknown_break", "REFORM-1999"
    ),
    "indicator: no season": Spoilt(OS1_01, "\nseason = ", "\n# season = ", "season", "missing_field"),
    "indicator: unknown season": Spoilt(
        OS1_01,
        '"mean_12_months"',
        '"x13"',
        "season",
        "not_allowed",
        "x13",
        "none, year_on_year, sum_12_months, mean_12_months",
    ),
    "indicator: a sum of rates": Spoilt(
        OS1_01,
        '"mean_12_months"',
        '"sum_12_months"',
        "season",
        "season_does_not_fit",
        "sum_12_months",
        "mean_12_months, year_on_year",
    ),
    "indicator: classes of a map in unequal steps": Spoilt(
        OS1_01,
        "classes = [40, 45, 50, 55]",
        "classes = [40, 45, 55]",
        "classes",
        "wrong_order",
        "[40, 45, 55]",
        "40, 45, 50",
    ),
    "indicator: TOML syntax": Spoilt(
        OS1_01, "code =", "code = =", "", "toml_syntax", "Invalid value (at line 1, column 8)", "", 1
    ),
    "objectives: TOML syntax": Spoilt(
        "objectives.toml",
        "[[objectives]]",
        "[[objectives",
        "",
        "toml_syntax",
        "Expected ']]' at the end of an array declaration (at line 5, column 13)",
        "",
        5,
    ),
    "objectives: missing language": Spoilt(
        "objectives.toml",
        "\ntext.nl =",
        "\n#",
        "objectives[OS1].commitments[OS1-E1].text.nl",
        "missing_field",
    ),
    "objectives: commitment twice": Spoilt(
        "objectives.toml",
        '"OS4-E2"',
        '"OS4-E1"',
        "objectives[OS4].commitments[OS4-E1].code",
        "duplicate_code",
        "OS4-E1",
    ),
    "objectives: commitment of another": Spoilt(
        "objectives.toml",
        '"OS4-E4"',
        '"OS3-E9"',
        "objectives[OS4].commitments[OS3-E9].code",
        "wrong_objective",
        "OS3-E9",
        "OS4",
    ),
    "objectives: half of nothing": Spoilt(
        "objectives.toml",
        'parent = "OS2-E1"',
        'parent = "OS2-E3"',
        "objectives[OS2].commitments[OS2-E1a].parent",
        "unknown_commitment",
        "OS2-E3",
    ),
    "objectives: list in the wrong file": Spoilt(
        "objectives.toml",
        "[[objectives]]",
        "[[missions]]\ncode = 'M'\n[[objectives]]",
        "missions",
        "unknown_field",
        "",
        "objectives",
    ),
    "missions: code twice": Spoilt(
        "missions.toml", '"MC2"', '"MC1"', "missions[MC1].code", "duplicate_code", "MC1"
    ),
    "missions: not yes or no": Spoilt(
        "missions.toml",
        "transversal = true",
        'transversal = "maybe"',
        "missions[MT1].transversal",
        "wrong_type",
        "maybe",
        "bool",
    ),
    "glossary: an entry without a term": Spoilt(
        "glossary.toml", "\nterm.nl =", "\n#", "glossary[1].term.nl", "missing_field"
    ),
    "publics: unknown nature": Spoilt(
        "publics.toml",
        '"request"',
        '"wish"',
        "publics[PP4].nature",
        "not_allowed",
        "wish",
        "^(flow|stock|request)$",
    ),
    "vision: missing title": Spoilt("vision.toml", "\ntitle.fr =", "\n#", "title.fr", "missing_field"),
    "vision: not a date": Spoilt(
        "vision.toml", "end = 2027-12-31", 'end = "the end"', "end", "wrong_type", "the end", "date"
    ),
    "vision: ends before it starts": Spoilt(
        "vision.toml",
        "end = 2027-12-31",
        "end = 2022-12-31",
        "end",
        "wrong_order",
        "2022-12-31",
        "> 2023-01-01",
    ),
    "croissants: unknown commune": Spoilt(
        "croissants.toml", '"21015"]', '"21099"]', "croissants[D2].communes[7]", "unknown_commune", "21099"
    ),
    "croissants: no default": Spoilt(
        "croissants.toml", "default = true", "default = false", "croissants", "one_default"
    ),
    "croissants: two defaults": Spoilt(
        "croissants.toml", '"D1"', '"D1"\ndefault = true', "croissants", "one_default", "D1, D2"
    ),
    "croissants: unknown level": Spoilt(
        "croissants.toml",
        '"quarter"',
        '"street"',
        "croissants[D1].level",
        "not_allowed",
        "street",
        "^(commune|quarter)$",
    ),
    "breaks: missing day": Spoilt(
        "breaks.toml", "\nday =", "\n#", "breaks[REFORM-2026].day", "missing_field"
    ),
    "assessment: a second threshold inside the first": Spoilt(
        "assessment.toml",
        "to_watch = 0.20",
        "to_watch = 0.05",
        "assessment[1].to_watch",
        "wrong_order",
        "0.05",
        "> 0.05",
    ),
    "assessment: a percentage for a share": Spoilt(
        "assessment.toml",
        "to_watch = 0.20",
        "to_watch = 20",
        "assessment[1].to_watch",
        "not_allowed",
        "20",
        "<= 1.0",
    ),
    "assessment: no tolerance at all": Spoilt(
        "assessment.toml",
        "tolerance = 0.10",
        "tolerance = 0",
        "assessment[1].tolerance",
        "not_allowed",
        "0",
        "> 0.0",
    ),
    "assessment: unknown state": Spoilt(
        "assessment.toml",
        '"proposed"\n',
        '"withdrawn"\n',
        "assessment[1].state",
        "not_allowed",
        "withdrawn",
        "^(proposed|adopted)$",
    ),
    "assessment: adopted by no decision": Spoilt(
        "assessment.toml",
        '"proposed"\n',
        '"adopted"\ndecided_on = 2022-12-15\n',
        "assessment[1].decision_ref",
        "missing_field",
    ),
    "assessment: proposed by a decision": Spoilt(
        "assessment.toml",
        '"proposed"\n',
        '"proposed"\ndecision_ref = "2026/12"\n',
        "assessment[1].decision_ref",
        "decision_of_proposal",
        "2026/12",
    ),
    "assessment: judging before the decision": Spoilt(
        "assessment.toml",
        '"proposed"\n',
        '"adopted"\ndecided_on = 2026-12-15\ndecision_ref = "2026/12"\n',
        "assessment[1].valid_from",
        "wrong_order",
        "2023-01-01",
        ">= 2026-12-15",
    ),
    "funnels: unknown commitment": Spoilt(
        "funnels.toml",
        '["OS4-E4"]',
        '["OS4-E9"]',
        "funnels[F-PART].commitments[1]",
        "unknown_commitment",
        "OS4-E9",
    ),
    "funnels: held by an unknown stage": Spoilt(
        "funnels.toml",
        'within = "S1"',
        'within = "S4"',
        "funnels[F-SI].stages[S3].within",
        "unknown_stage",
        "S4",
        "S1, S2",
    ),
    "funnels: nested and held elsewhere": Spoilt(
        "funnels.toml",
        'nested = false\nwithin = "S1"',
        'within = "S1"',
        "funnels[F-SI].stages[S3].within",
        "within_of_nested_stage",
        "S1",
    ),
    "funnels: support before the branch": Spoilt(
        "funnels.toml",
        'support = "P5"',
        'support = "P2"',
        "funnels[F-PREV].paths.support",
        "unknown_stage",
        "P2",
        "P3, P4, P5, P6",
    ),
    "funnels: stage twice": Spoilt(
        "funnels.toml",
        'code = "R2"',
        'code = "R1"',
        "funnels[F-PART].stages[R1].code",
        "duplicate_code",
        "R1",
    ),
    "communes: wrong header": Spoilt(
        "communes.csv",
        "nis,name_fr",
        "nis;name_fr",
        "",
        "wrong_header",
        "nis;name_fr,name_nl,short_fr,short_nl",
        "nis,name_fr,name_nl,short_fr,short_nl",
        1,
    ),
    "communes: a cell too many": Spoilt(
        "communes.csv", "Etterbeek\n", "Etterbeek,1040\n", "", "wrong_cells", "6", "5", 6
    ),
    "communes: an empty cell": Spoilt(
        "communes.csv", "Uccle,Ukkel\n", "Uccle,\n", "short_nl", "missing_field", line=17
    ),
    "communes: not of the Region": Spoilt(
        "communes.csv", "21002", "23002", "nis", "not_allowed", "23002", r"^210(0[1-9]|1\d)$", 3
    ),
    "communes: code twice": Spoilt(
        "communes.csv", "21019", "21018", "nis", "duplicate_code", "21018", line=20
    ),
    "communes: an open quotation": Spoilt(
        "communes.csv", "21019", '"21019', "", "csv_syntax", "unexpected end of data", line=20
    ),
    "obligations: not a day": Spoilt(
        "obligations.csv", ",2023-10-01,", ",autumn,", "day", "wrong_type", "autumn", "date", 5
    ),
    "obligations: unknown basis": Spoilt(
        "obligations.csv",
        ",2023-01-01,,contract,",
        ",2023-01-01,,hearsay,",
        "basis",
        "not_allowed",
        "hearsay",
        "^(contract|computed|proposed)$",
        2,
    ),
    "obligations: one language": Spoilt(
        "obligations.csv",
        "GV-09,Terme du Contrat,Einde van het Contract",
        "GV-09,Terme du Contrat,",
        "title_nl",
        "missing_field",
        line=22,
    ),
    "codelists: item twice": Spoilt(
        "codelists.csv", "SEX,M,", "SEX,F,", "code", "duplicate_code", "SEX.F", line=7
    ),
    "codelists: not yes or no": Spoilt(
        "codelists.csv",
        "SEX,X,X,X,1,1",
        "SEX,X,X,X,perhaps,1",
        "sensitive",
        "wrong_type",
        "perhaps",
        "bool",
        8,
    ),
}


# A commitment that loses its code or becomes compound is missed by the definitions that serve it.
FELT_ELSEWHERE = {
    "objectives: commitment twice",
    "objectives: commitment of another",
    "objectives: half of nothing",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the contract's files that a test may spoil."""
    copy = tmp_path / "contract"
    shutil.copytree(DEFAULT, copy, ignore=shutil.ignore_patterns("*.py", "*.txt", "*.md", "__pycache__"))
    return copy


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}: the test would spoil nothing"
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def problems(folder: Path) -> tuple[Problem, ...]:
    """The problems that loading the folder reports."""
    with pytest.raises(DefinitionError) as caught:
        load_contract(folder)
    facts = caught.value.facts
    found: tuple[Problem, ...] = facts["problems"]
    assert caught.value.code == "contract_invalid"
    assert facts["count"] == len(found)
    assert {key: facts[key] for key in found[0]} == found[0]
    return found


def test_the_files_that_ship_load(folder: Path) -> None:
    assert load_contract(folder) == load_contract()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_reported_at_its_place(folder: Path, name: str) -> None:
    mistake = MISTAKES[name]
    spoil(folder, mistake.file, mistake.old, mistake.new)
    first, *others = problems(folder)
    assert first == Problem(
        file=mistake.file,
        line=mistake.line,
        field=mistake.field,
        reason=mistake.reason,
        value=mistake.value,
        expected=mistake.expected,
    )
    assert bool(others) == (name in FELT_ELSEWHERE), "one mistake is one problem"


def test_every_problem_of_every_file_is_reported_at_once(folder: Path) -> None:
    for name in (
        "indicator: wrong enum",
        "indicator: unknown break",
        "vision: not a date",
        "communes: an empty cell",
        "croissants: unknown commune",
        "missions: code twice",
    ):
        spoil(folder, *MISTAKES[name][:3])
    assert {(p["file"], p["reason"]) for p in problems(folder)} == {
        (OS1_01, "not_allowed"),
        (OS1_01, "unknown_break"),
        ("vision.toml", "wrong_type"),
        ("communes.csv", "missing_field"),
        ("croissants.toml", "unknown_commune"),
        ("missions.toml", "duplicate_code"),
    }


def test_a_definition_in_two_folders_is_a_duplicate(folder: Path) -> None:
    shutil.copy(folder / OS1_01, folder / "indicators" / "os2" / "OS1.01.toml")
    assert [(p["file"], p["field"], p["reason"]) for p in problems(folder)] == [
        ("indicators/os2/OS1.01.toml", "code", "duplicate_code")
    ]


@pytest.mark.parametrize("file", ["vision.toml", "codelists.csv", "objectives.toml"])
def test_a_missing_file_is_named_and_nothing_else_is_blamed(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert [(p["file"], p["field"], p["reason"]) for p in problems(folder)] == [(file, "", "missing_file")]


@pytest.mark.parametrize("file", ["missions.toml", "communes.csv", OS1_01])
def test_a_file_that_is_not_utf8_is_named(folder: Path, file: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_bytes(f"# é\n{text}".encode("cp1252", errors="replace"))
    assert [(p["file"], p["reason"], p["value"]) for p in problems(folder)] == [(file, "not_utf8", "byte 2")]


def test_an_empty_list_is_a_wrong_header(folder: Path) -> None:
    (folder / "communes.csv").write_text("")
    assert [(p["file"], p["reason"], p["value"]) for p in problems(folder)] == [
        ("communes.csv", "wrong_header", "")
    ]


def test_a_value_where_a_list_is_expected_is_reported(folder: Path) -> None:
    (folder / "missions.toml").write_text('missions = "eleven"\n')
    found = problems(folder)
    assert [(p["file"], p["field"], p["reason"], p["expected"]) for p in found] == [
        ("missions.toml", "missions", "wrong_type", "tuple")
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(folder: Path) -> None:
    for file in ("communes.csv", "vision.toml"):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_contract(folder) == load_contract()


def test_an_empty_line_in_a_list_is_no_mistake(folder: Path) -> None:
    spoil(folder, "communes.csv", "\n21010", "\n\n21010")
    assert load_contract(folder) == load_contract()


def test_a_contract_that_ends_on_its_first_day_is_refused(folder: Path) -> None:
    spoil(folder, "vision.toml", "end = 2027-12-31", "end = 2023-01-01")
    assert [(p["file"], p["field"], p["reason"]) for p in problems(folder)] == [
        ("vision.toml", "end", "wrong_order")
    ]


def test_two_versions_of_the_rules_do_not_begin_on_the_same_day(folder: Path) -> None:
    file = folder / "assessment.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text, encoding="utf-8")
    assert [(p["file"], p["field"], p["reason"], p["value"]) for p in problems(folder)] == [
        ("assessment.toml", "assessment[2].valid_from", "duplicate_code", "2023-01-01")
    ]


def test_there_are_always_rules(folder: Path) -> None:
    (folder / "assessment.toml").write_text("assessment = []\n")
    assert [(p["file"], p["field"], p["reason"]) for p in problems(folder)] == [
        ("assessment.toml", "assessment", "empty")
    ]


@pytest.mark.parametrize(
    ("file", "old", "field"),
    [
        ("assessment.toml", "valid_from = 2023-01-01", "assessment[1].valid_from"),
        ("vision.toml", "end = 2027-12-31", "end"),
    ],
)
def test_an_hour_where_a_day_is_expected_is_reported(folder: Path, file: str, old: str, field: str) -> None:
    spoil(folder, file, old, f"{old}T12:00:00")
    assert [(p["file"], p["field"], p["reason"], p["expected"]) for p in problems(folder)] == [
        (file, field, "wrong_type", "date")
    ]


def test_a_folder_without_definitions_loads_an_empty_catalogue(folder: Path) -> None:
    shutil.rmtree(folder / "indicators")
    assert load_contract(folder).indicators == ()


def test_every_reason_is_explained_in_the_readme_and_tested() -> None:
    section = (DEFAULT / "README.md").read_text(encoding="utf-8").split("## When a file is wrong")[1]
    rows = [line.split("|")[1] for line in section.split("##")[0].splitlines() if line.startswith("| `")]
    explained = set(re.findall(r"`(\w+)`", " ".join(rows)))
    assert explained == {m.reason for m in MISTAKES.values()} | {"missing_file", "not_utf8"}
