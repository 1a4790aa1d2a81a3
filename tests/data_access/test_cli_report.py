"""Every problem has its sentence in both languages: place, what stands there, what was expected."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from components.i18n.translate import LANGUAGES, catalogue_path, translator
from data_access.cli_report import SHOWN, report_lines, sentence
from data_access.imports.report import ImportReport, Problem, Severity
from tests.data_access.imports.files import (
    action,
    count,
    csv_file,
    decided,
    fact,
    goal,
    problems,
    project,
    rate,
    remark,
    stage,
    table_of,
    xlsx_file,
)

ESTAT = "DATAFLOW,freq,unit,sex,age,geo,TIME_PERIOD,OBS_VALUE\nESTAT:{flow}(1.0),A,PC,T,{age},{geo},2024,60\n"
# One spoilt file or more for every code there is.
SPOILT: list[bytes] = [
    csv_file([count(OBS_VALUE="1.234")], separator=";"),
    csv_file([goal(INDICATOR="BV-2", VALUE="", LOW="2", HIGH="1")]),
    csv_file([goal(INDICATOR="BV-2")]),
    csv_file([goal(VALUE="", LOW="1"), goal(VALID_FROM="2023-01-01"), goal(DUE="2029-12-31")]),
    csv_file([goal(VALUE=""), goal(LOW="1"), goal(DECIDED_ON=""), goal(DUE="demain")]),
    csv_file([remark(TEXT_FR="a\tb", TEXT_NL="x" * 1001), remark(TEXT_FR="", TEXT_NL="", RANK="2")]),
    csv_file([remark(DUE="2027-01-01"), remark(KIND="action", DUE="2026-01-01")]),
    csv_file([rate(OPERATOR="BF"), rate(OPERATOR="BF")]),
    csv_file([rate(REF_AREA="")]),
    csv_file([rate(NUMERATOR="", DENOMINATOR="", OBS_VALUE="0.5")]),
    csv_file([rate()]).split(b"\r\n")[0],
    csv_file(
        [rate(FREQ="M", NUMERATOR="1001", OBS_VALUE="101"), rate(TIME_PERIOD="2024-13", OBS_VALUE="12")]
    ),
    csv_file([{"INDICATOR": "OS1.01", "TIME_PERIOD": "2024"}]),
    csv_file([rate(OBS_STATUS="M"), rate(DENOMINATOR="0"), rate(OBS_VALUE="-1", SEX="Z")]),
    csv_file([rate(INDICATOR="OS5.07", NUMERATOR="", OBS_VALUE="11"), rate(INDICATOR="X", REF_AREA="X")]),
    csv_file([rate(NUMERATOR="", OBS_VALUE="")]),
    csv_file([*stage("P1", next=7, pending="2.5")]),
    csv_file([*stage("P1", next=7), *stage("P2", next=6), *stage("P3", pending=9), *stage("A1")]),
    csv_file([{**row, "FUNNEL": "F-X"} for row in stage("P1")]),
    ESTAT.format(flow="UNKNOWN", age="Y20-64", geo="BE10").encode(),
    ESTAT.format(flow="LFST_R_LFE2EMPRT", age="Y20-64", geo="BE21").encode(),
    csv_file(
        [count(TIME_PERIOD=f"2024-0{n}", OBS_VALUE=v) for n, v in enumerate(["1,5", "2,5", "3.5"], 1)],
        separator=";",
    ),
    b"INDICATOR,TIME_PERIOD,OBS_VALUE,,obs_value,MEMO\nOS1.01,2024,fifty,x,1,m,too,long\n",
    csv_file([count(SEX=sex, OBS_VALUE=value) for sex, value in {"_T": "9", "F": "4", "M": "4"}.items()]),
    xlsx_file(A=table_of([rate()]), B=[["x"], [1]]),
    csv_file(
        [
            *stage("P1", employment=5, next=10),
            *({**row, "MONTH": "13"} for row in stage("P1", employment=4)[1:2]),
            *({**row, "MONTH": "02"} for row in stage("P2", employment=1)[1:2]),
            *({**row, "MONTH": "03"} for row in stage("P1", pending=1)[4:]),
            *({**row, "MONTH": "04"} for row in stage("P1", employment=9)[1:2]),
        ]
    ),
    csv_file(
        [
            *stage("P1", next=10),
            *({**row, "OBSTACLE": "HEALTH"} for row in stage("P1", next=2)[:1]),
        ]
    ),
    csv_file([{**row, "FUNNEL": "F-ABS-E", "OBSTACLE": "HEALTH", "MONTH": "02"} for row in stage("A3")[:1]]),
    csv_file(
        [
            *({**row, "FUNNEL": "F-ABS-E"} for row in stage("A3", next=10)),
            *({**row, "FUNNEL": "F-ABS-E", "OBSTACLE": "HEALTH"} for row in stage("A3", next=11)[:1]),
        ]
    ),
    csv_file([rate(NISS="")]),
    csv_file(
        [
            fact(OBLIGATION="GV-99", EDITION="juin"),
            fact(STATE="preparation", DAY="2026-06-12"),
            fact(DOCUMENT_FR="", DOCUMENT_NL=""),
        ]
    ),
    csv_file(
        [
            project(PARENT="P9", COMMITMENTS="OS9-E9", BUDGET_RUN="1"),
            action(ACTION="P 1", INDICATORS="OS1.01 X", ENDS_ON="2023-01-01", TITLE_FR="", TITLE_NL=""),
            action(PARENT="P2", COMMITMENTS=""),
        ]
    ),
    csv_file(
        [
            decided(DECISION="D 2026", TEXT_FR="", TEXT_NL="", DUE="2026-03-25"),
            decided(DECISION="D-2026-03-02", STATE="done"),
            decided(DECISION="D-2026-03-03", CLOSED_ON="2026-04-01"),
            decided(DECISION="D-2026-03-04", STATE="done", CLOSED_ON="2026-03-25"),
            decided(DECISION="D-2026-03-05", KIND="deviation", INDICATOR="", DUE=""),
        ]
    ),
    csv_file([rate(COMMENT=f"{n}{97 - n % 97:02d}") for n in (850730033, 900101001, 751231999)]),
    csv_file([rate(COMMENT=f"{name}@example.org") for name in ("a", "b", "c")]),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Problem]:
    """One real problem of every code."""
    return {problem.code: problem for content in SPOILT for problem in problems(content)}


def sentences(language: str) -> dict[str, str]:
    with catalogue_path(language).open("rb") as source:
        return {m.id: m.string for m in read_po(source) if str(m.id).startswith("problem.")}  # type: ignore[misc]


def test_the_spoilt_files_show_every_problem_that_has_a_sentence_and_no_other(
    found: dict[str, Problem],
) -> None:
    assert {f"problem.{code}" for code in found} == set(sentences("fr")) == set(sentences("nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_names_the_place_and_fills_in_its_facts(
    found: dict[str, Problem], language: str
) -> None:
    t = translator(language)
    for problem in found.values():
        text = sentence(problem, t)
        assert "file.csv" in text
        assert not re.search(r"[{}]", text), text
        assert problem.row is None or f"{t('place.row', row=problem.row)}" in text
        assert not problem.column or t("place.column", column=problem.column) in text
        assert not problem.sheet or t("place.sheet", sheet=problem.sheet) in text


def test_a_sentence_says_what_stands_there_or_why_nothing_does(found: dict[str, Problem]) -> None:
    texts = sentences("fr")
    silent = {
        code for code, problem in found.items() if problem.value and "{value}" not in texts[f"problem.{code}"]
    }
    assert silent == set()


def test_a_long_cell_is_shortened_in_its_sentence() -> None:
    (problem,) = problems([remark(TEXT_FR="x" * 1001)])
    text = sentence(problem, translator("fr"))
    assert f"{'x' * 99}…" in text
    assert "x" * 100 not in text
    assert "1001" in text
    assert "≤ 1000" in text


def test_a_sentence_says_what_was_expected_whenever_that_is_known(found: dict[str, Problem]) -> None:
    for language in LANGUAGES:
        texts = sentences(language)
        assert [
            code
            for code, problem in found.items()
            if problem.expected and "{expected}" not in texts[f"problem.{code}"]
        ] == []


def test_a_report_reads_as_people_read_it_in_french_and_in_dutch() -> None:
    (problem,) = problems(csv_file([rate(REF_AREA="BE10")]))
    french, dutch = (sentence(problem, translator(language)) for language in LANGUAGES)
    assert french.startswith(
        "Erreur · file.csv, ligne 2, colonne REF_AREA · «\u00a0BE10\u00a0» n’est ni la Région"
    )
    assert dutch.startswith("Fout · file.csv, rij 2, kolom REF_AREA · ‘BE10’ is niet het Gewest")


def test_what_stands_in_a_cell_cannot_speak_to_the_terminal() -> None:
    hostile = Problem(
        Severity.ERROR, "unknown_indicator", "f", "", 2, "INDICATOR", "a\x1b[2J\nb\u00a0c", "OS1.01"
    )
    assert "«\u00a0a [2J b\u00a0c\u00a0»" in sentence(hostile, translator("fr"))


@pytest.mark.parametrize(("many", "lines"), [(SHOWN, SHOWN), (SHOWN + 1, SHOWN + 1), (SHOWN + 7, SHOWN + 1)])
def test_of_many_problems_of_one_code_fifty_are_written_out_and_the_rest_is_counted(
    many: int, lines: int
) -> None:
    same = [Problem(Severity.ERROR, "negative", "f", "", n, "X", "-1", "≥ 0") for n in range(many)]
    written = list(report_lines(ImportReport("f", tuple(same)), translator("fr")))
    assert len(written) == lines
    if many > SHOWN:
        assert str(many - SHOWN) in written[-1]
