"""An empty workbook for each kind of input table: its columns, its lists to choose from, an example."""

from __future__ import annotations

import io
from collections.abc import Callable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data_access.contract.model import Contract
from data_access.imports.column import Column, Kind
from data_access.imports.columns import TABLES, items_of
from data_access.imports.workbook import LISTS

ROWS = 2000  # that offer their lists
Sentence = Callable[[str], str]


def make_template(kind: str, contract: Contract, t: Sentence) -> bytes:
    """A workbook whose first sheet is read by the importer as it stands, once rows are written in it.

    Args:
        kind: of ``columns.TABLES``.
        contract: gives the code lists.
        t: what turns a key into its sentence.
    """
    content = io.BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    table = workbook.add_worksheet(kind.upper()[:31])
    lists = workbook.add_worksheet(LISTS)
    columns = list(TABLES[kind])
    head = {
        True: workbook.add_format({"bold": True, "bg_color": "#0b4a6b", "font_color": "#ffffff"}),
        False: workbook.add_format({"bold": True, "bg_color": "#e6ecf0"}),
    }
    for place, column in enumerate(columns):
        table.write_string(0, place, column.name, head[column.required])
        table.set_column(place, place, max(12, len(column.name) + 2))
        table.write_comment(0, place, _comment(column, t))
        _offer(table, lists, place, column, contract)
    table.freeze_panes(1, 0)
    lists.hide()
    workbook.close()
    return content.getvalue()


def _comment(column: Column, t: Sentence) -> str:
    """What the column holds, whether it must, and an example."""
    parts = [t(column.explanation), t(f"table.kind.{column.kind.value}")]
    parts += [t("table.required")] if column.required else []
    parts += [f"= {column.default}"] if column.default else []
    parts += [f"→ {column.example}"] if column.example else []
    return " · ".join(parts)


def _offer(table: Worksheet, lists: Worksheet, place: int, column: Column, contract: Contract) -> None:
    """The closed list of a column, to choose from."""
    items = list(items_of(column, contract)) if column.kind is Kind.CODE else []
    if not items:
        return
    lists.write_column(0, place, items)
    letter = _letter(place)
    choice = {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${len(items)}"}
    table.data_validation(1, place, ROWS, place, choice)


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else "A" + chr(ord("A") + place - 26)
