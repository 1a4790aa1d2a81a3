"""The written reference of the input tables, made from the column descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from data_access.contract.model import Contract
from data_access.imports.column import Column, Kind
from data_access.imports.columns import TABLES, items_of

REFERENCE = Path(__file__).parents[2] / "docs" / "tables.md"
PARAGRAPHS = ("files", "tables", "numbers", "doubtful", "dates", "values", "codes", "foreign")
_HEADERS = ("name", "holds", "required", "default", "items", "example", "meaning")
_LISTED = 12  # longer lists are named, not written out
_MARK = "<!-- python -m data_access reference -->\n"

Sentence = Callable[[str], str]


def reference_text(contract: Contract, languages: Iterable[Sentence]) -> str:
    """The whole reference as Markdown.

    Args:
        contract: gives the code lists.
        languages: for each language, what turns a key into its sentence.
    """
    return _MARK + "\n".join("\n".join(_part(contract, t)) for t in languages)


def _part(contract: Contract, t: Sentence) -> Iterator[str]:
    yield f"# {t('reference.title')}\n"
    for paragraph in PARAGRAPHS:
        yield f"{t(f'reference.{paragraph}')}\n"
    for kind, columns in TABLES.items():
        yield f"## {t(f'table.{kind}')}\n"
        yield _line(t(f"reference.header.{header}") for header in _HEADERS)
        yield _line("---" for _ in _HEADERS)
        yield from (_line(_cells(column, contract, t)) for column in columns)
        yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(column: Column, contract: Contract, t: Sentence) -> Iterator[str]:
    yield f"`{column.name}`"
    yield t(f"table.kind.{column.kind.value}")
    yield t("table.required") if column.required else ""
    yield f"`{column.default}`" if column.default else ""
    yield _items(column, contract, t)
    yield f"`{column.example}`" if column.example else ""
    yield t(column.explanation)


def _items(column: Column, contract: Contract, t: Sentence) -> str:
    items = items_of(column, contract) if column.kind is Kind.CODE else ()
    if len(items) > _LISTED:
        return t(f"table.items.{column.field}")
    return ", ".join(f"`{item}`" for item in items)
