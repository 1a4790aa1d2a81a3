"""A text is one paragraph of plain text: nothing invisible that breaks a line or turns its direction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category

from data_access.contract.model import Contract
from data_access.imports.report import Facts, Problem
from data_access.imports.table import Table

# Unicode: control and separators of lines end a word; format, surrogate and private use stand within one.
# Spaces that do not break are none of them.
_BREAKS = frozenset({"Cc", "Zl", "Zp"})
_WITHIN = frozenset({"Cf", "Cs", "Co"})
COLUMNS = {
    "remark": ("text_fr", "text_nl", "role_fr", "role_nl"),
    "governance": ("document_fr", "document_nl", "comment"),
    "plan": ("commitments", "indicators", "title_fr", "title_nl", "owner_fr", "owner_nl"),
    "decision": ("point", "text_fr", "text_nl", "reason_fr", "reason_nl", "role_fr", "role_nl"),
}


def check_plain_text(table: Table, contract: Contract) -> Iterable[Problem]:
    """A text that holds an invisible character; expected is the text without it."""
    for column in COLUMNS[table.kind]:
        yield from _not_plain(table, column)


def _not_plain(table: Table, column: str) -> Iterable[Problem]:
    texts = table.frame[column]
    places = table.lookup(column, {text: _first(text) for text in texts.cat.categories}, -1)

    def facts(at: int) -> Facts:
        place = int(places[at])
        return {"character": f"U+{ord(texts.iloc[at][place]):04X}", "position": place + 1}

    yield from table.problems(
        places >= 0, "text_not_plain", column, lambda at: plain_text(texts.iloc[at]), facts=facts
    )


def _first(text: str) -> int:
    """Position of the first invisible character, -1 where there is none."""
    return next((n for n, letter in enumerate(text) if category(letter) in _BREAKS | _WITHIN), -1)


def plain_text(text: str) -> str:
    """The text as one paragraph: a break becomes a space, what stands invisibly within a word goes."""
    visible = "".join(" " if category(c) in _BREAKS else c for c in text if category(c) not in _WITHIN)
    return re.sub(" +", " ", visible).strip()
