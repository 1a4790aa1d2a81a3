"""Rules about remarks: who speaks, in which language, how long, and until when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.i18n.translate import LANGUAGES, translator
from data_access.imports.checks.plain_text import plain_text
from tests.data_access.imports.files import checked, codes, only, problems, remark, table_of, xlsx_file


def test_a_remark_in_either_language_is_enough() -> None:
    assert codes([remark(TEXT_NL="")]) == []
    assert codes([remark(TEXT_FR="")]) == []
    without = {name: cell for name, cell in remark().items() if name != "TEXT_NL"}
    assert codes([without]) == []


def test_a_remark_that_says_nothing_is_refused() -> None:
    found = only([remark(TEXT_FR=" ", TEXT_NL="")])
    assert found == ("text_missing", 2, "TEXT_FR", "", "TEXT_FR | TEXT_NL")


def test_the_only_text_column_of_a_file_is_the_one_that_is_named() -> None:
    rows = [{n: c for n, c in remark(TEXT_NL=text).items() if n != "TEXT_FR"} for text in ("a", "")]
    rows[1]["RANK"] = "2"
    assert only(rows)[:3] == ("text_missing", 3, "TEXT_NL")


def test_a_table_without_any_text_column_lacks_one() -> None:
    row = {n: c for n, c in remark().items() if not n.startswith("TEXT")}
    assert only([row])[::2] == ("missing_column", "TEXT_FR", "TEXT_FR")


@pytest.mark.parametrize("column", ["INDICATOR", "KIND", "DAY", "ROLE_FR", "ROLE_NL"])
def test_what_a_remark_is_about_and_who_speaks_are_required(column: str) -> None:
    assert only([remark(**{column: ""})])[:3] == ("empty_cell", 2, column)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"KIND": "comment"}, "unknown_item"),
        ({"INDICATOR": "OS9.99"}, "unknown_indicator"),
        ({"OPERATOR": "FOREM"}, "unknown_item"),
        ({"DAY": "9 novembre"}, "unreadable_date"),
        ({"KIND": "action", "DUE": "bientôt"}, "unreadable_date"),
        ({"RANK": "0"}, "negative"),
        ({"RANK": "1.5"}, "not_whole"),
        ({"RANK": "premier"}, "unreadable_number"),
    ],
)
def test_codes_days_and_ranks_must_be_such(cells: dict[str, str], code: str) -> None:
    assert codes([remark(**cells)]) == [code]


@pytest.mark.parametrize("kind", ["finding", "cause", "annotation"])
def test_only_an_action_has_a_deadline(kind: str) -> None:
    found = only([remark(KIND=kind, DUE="31/03/2027")])
    assert found == ("due_without_action", 2, "DUE", "31/03/2027", "KIND = action")
    assert codes([remark(KIND="action", DUE="31/03/2027")]) == []
    assert codes([remark(KIND="action")]) == []


@pytest.mark.parametrize(
    ("due", "late"), [("2026-11-08", True), ("2026-11-09", False), ("2026-11-10", False)]
)
def test_a_deadline_before_the_day_of_writing_is_asked_about(due: str, *, late: bool) -> None:
    found = problems([remark(KIND="action", DUE=due)])
    assert [(p.code, p.severity.value, p.value, p.expected) for p in found] == (
        [("due_before_day", "warning", due, "≥ 2026-11-09")] if late else []
    )


@pytest.mark.parametrize(
    ("kind", "column", "limit"),
    [
        ("finding", "TEXT_FR", 1000),
        ("cause", "TEXT_NL", 1000),
        ("action", "TEXT_FR", 1000),
        ("annotation", "TEXT_FR", 80),
        ("annotation", "TEXT_NL", 80),
        ("finding", "ROLE_FR", 80),
        ("annotation", "ROLE_NL", 80),
    ],
)
def test_a_text_fits_its_place(kind: str, column: str, limit: int) -> None:
    assert codes([remark(KIND=kind, **{column: "é" * limit})]) == []
    long = "é" * (limit + 1)
    assert only([remark(KIND=kind, **{column: long})]) == ("text_too_long", 2, column, long, f"≤ {limit}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_states_the_limits(language: str) -> None:
    t = translator(language)
    assert "80" in t("table.column.text_fr")
    assert "1000" in t("table.column.text_fr")
    assert "80" in t("table.column.role_fr")


@pytest.mark.parametrize(
    ("text", "character", "position", "plain"),
    [
        ("un\ndeux", "U+000A", 3, "un deux"),
        ("un\r\ndeux", "U+000D", 3, "un deux"),
        ("un\tdeux", "U+0009", 3, "un deux"),
        ("a\x1b[31m", "U+001B", 2, "a [31m"),
        ("abc\u202edef", "U+202E", 4, "abcdef"),  # turns the direction of what follows
        ("mot\u00adclé", "U+00AD", 4, "motclé"),  # soft hyphen
        ("a\u2028b", "U+2028", 2, "a b"),
        ("a\uf0b7b", "U+F0B7", 2, "ab"),  # bullet of a word processor's own font
    ],
)
def test_nothing_invisible_stands_in_a_remark(text: str, character: str, position: int, plain: str) -> None:
    (problem,) = problems([remark(TEXT_FR=text)])
    assert (problem.code, problem.column, problem.expected) == ("text_not_plain", "TEXT_FR", plain)
    assert problem.facts == {"character": character, "position": position}
    assert codes([remark(ROLE_NL=text)]) == ["text_not_plain"]
    assert codes([remark(TEXT_FR=plain)]) == []


@given(st.text(max_size=60))
def test_what_is_expected_instead_is_itself_plain(text: str) -> None:
    once = plain_text(text)
    assert once == plain_text(once)
    assert len(once) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hausse de 3\u202f% chez les < 25 ans & les > 50 ans",
        "<b>gras</b> <script>alert(1)</script>",
        "« l’œuvre »\u00a0: ‘één’ – 1\u00a0000 €",
        "=SOMME(A1:A2)",
    ],
)
def test_a_text_is_kept_as_it_is_written_and_never_read_as_anything_else(text: str) -> None:
    found = checked([remark(TEXT_FR=text)])
    assert found.report.problems == ()
    assert found.frames["remark"]["text_fr"].tolist() == [text]


def test_several_remarks_of_a_kind_on_a_day_need_a_rank() -> None:
    rows = [remark(), remark(RANK="2"), remark(KIND="cause"), remark(DAY="2026-11-10"), remark(OPERATOR="BF")]
    assert codes(rows) == []
    (problem,) = problems([*rows, remark(RANK="1", TEXT_FR="Autre chose.")])
    assert (problem.code, problem.row, problem.column, problem.facts["first_row"]) == (
        "duplicate_key",
        7,
        "DAY",
        2,
    )


def test_an_absent_rank_is_the_first_and_an_absent_operator_the_total() -> None:
    row = {n: c for n, c in remark().items() if n not in {"RANK", "OPERATOR", "DUE"}}
    found = checked([row]).frames["remark"].iloc[0].to_dict()
    assert (found["rank"], found["operator"], found["due"]) == (1, "_T", None)


def test_a_table_with_a_day_and_a_due_is_one_of_remarks() -> None:
    assert list(checked([remark(KIND="action", DUE="2027-03-31")]).frames) == ["remark"]


def test_days_of_a_workbook_are_days() -> None:
    row = remark(KIND="action", DAY=date(2026, 11, 9), DUE=date(2027, 3, 31), RANK=2)
    found = checked(xlsx_file(Remarques=table_of([row]))).frames["remark"].iloc[0]
    assert (found["day"], found["due"], found["rank"]) == (date(2026, 11, 9), date(2027, 3, 31), 2)
