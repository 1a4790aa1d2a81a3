"""The first sheet: what the workbook is, by which rules it was made, and where everything is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from components.cards.rules import percent_number
from components.change_words import changes_sentence
from components.exports.asked import Asked
from components.exports.book.sheet import LONGEST, TITLE_HEIGHT, Book, height_of, set_up_printing, write
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n import formats
from data_access.contract.load import contract
from data_access.domain.status import Reason
from data_access.services.edition_changes import Changes

NAMES, WIDTH = 26, 110  # letters, of the two columns


def add_readme(
    book: Book,
    asked: Asked,
    sheets: Sequence[tuple[str, str]],
    changes: Changes | None,
    *,
    demonstration: bool,
) -> None:
    """Contract, version and filters; the rules in words; the list of the sheets, each a link.

    Args:
        book: the workbook.
        asked: what it was asked for.
        sheets: name and title of every other sheet, in their order.
        changes: since the meeting before; None when there was none.
        demonstration: whether any value of the workbook is fictitious.
    """
    t, styles = book.t, book.styles
    sheet = book.workbook.add_worksheet(t("book.sheet.readme"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, NAMES)
    sheet.set_column(1, 1, WIDTH)
    set_up_printing(sheet, book)
    write(sheet, 0, 0, contract().title.in_(t.language), styles.title)
    sheet.set_row(0, TITLE_HEIGHT)
    write(sheet, 1, 0, book.vintage, styles.quiet)
    if demonstration:
        sheet.merge_range(2, 0, 2, 1, "", styles.warning)
        write(sheet, 2, 0, f"{t('demonstration.label')}. {t('book.demonstration')}", styles.warning)
    row = _facts(sheet, 4, book, asked, changes)
    row = _sheets(sheet, row + 1, book, sheets)
    row = _section(sheet, row + 1, book, t("book.readme.states"), _states(book, asked))
    row = _section(sheet, row + 1, book, t("book.readme.reasons"), _reasons(book))
    _section(sheet, row + 1, book, t("method.confidentiality"), _hidden(book, asked))


def _facts(sheet: Worksheet, row: int, book: Book, asked: Asked, changes: Changes | None) -> int:
    t = book.t
    day = formats.day(asked.cutoff, t.language) if asked.cutoff else t("shell.no_data")
    filters = ", ".join(f"{k} = {v}" for k, v in sorted(asked.query.items())) or t("book.readme.no_filter")
    facts = {
        "contract": f"{contract().title.in_(t.language)} ({contract().legal_basis.in_(t.language)})",
        "cutoff": day,
        "version": str(asked.version),
        "language": t("book.readme.this_language"),
        "filters": filters,
        "numbers": t("book.readme.rounding"),
        "changes": t("pack.changes.none") if changes is None else changes_sentence(changes, t),
    }
    return _lines(sheet, row, book, ((t(f"book.readme.{name}"), text) for name, text in facts.items()))


def _sheets(sheet: Worksheet, row: int, book: Book, sheets: Sequence[tuple[str, str]]) -> int:
    write(sheet, row, 0, book.t("book.readme.sheets"), book.styles.section)
    link = book.styles.make(font_color="#0b4f6c", underline=1)
    for number, (name, title) in enumerate(sheets, start=row + 1):
        target = name[:LONGEST].replace("'", "''")
        sheet.write_url(number, 0, f"internal:'{target}'!A1", link, name[:LONGEST])
        write(sheet, number, 1, title, book.styles.text)
        sheet.set_row(number, height_of([(title, WIDTH)]))
    return row + 1 + len(sheets)


def _states(book: Book, asked: Asked) -> Iterable[tuple[str, str]]:
    t = book.t
    yield "", t("rule.introduction")
    if asked.cutoff is None:
        return
    rules = contract().rules_on(asked.cutoff)
    facts = {name: percent_number(getattr(rules, name), t.language) for name in ("on_track", "to_watch")}
    for status in STATUS_ORDER:
        yield f"{SYMBOLS[status]} {t(f'status.{status.value}')}", t(f"rule.{status.value}", **facts)


def _reasons(book: Book) -> Iterable[tuple[str, str]]:
    t = book.t
    return ((t(f"reason.{r.value}"), t(f"rule.reason.{r.value}")) for r in Reason)


def _hidden(book: Book, asked: Asked) -> Iterable[tuple[str, str]]:
    t, rule = book.t, asked.rule
    yield (
        t("value.hidden.short"),
        t(
            "confidentiality.sentence",
            largest=rule.min_count - 1,
            largest_sensitive=rule.min_count_sensitive - 1,
            denominator=rule.min_denominator,
            group=rule.min_group,
        ),
    )
    yield "", t("confidentiality.covers")
    yield t("value.missing.short"), t("confidentiality.three")


def _section(sheet: Worksheet, row: int, book: Book, title: str, lines: Iterable[tuple[str, str]]) -> int:
    write(sheet, row, 0, title, book.styles.section)
    return _lines(sheet, row + 1, book, lines)


def _lines(sheet: Worksheet, row: int, book: Book, lines: Iterable[tuple[str, str]]) -> int:
    for name, text in lines:
        write(sheet, row, 0, name, book.styles.make(bold=True, text_wrap=True))
        write(sheet, row, 1, text, book.styles.text)
        sheet.set_row(row, max(height_of([(text, WIDTH)]), height_of([(name, NAMES)], bold=True)))
        row += 1
    return row
