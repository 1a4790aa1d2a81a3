"""What the recipes share: what may be asked, and the parts of an exhibit that are the same for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from components.exports.asked import Asked, Recipe
from components.exports.exhibit import Exhibit
from components.shell import vintage_sentence
from data_access.domain.errors import UserError

LISTED = 60  # values that a refusal names


@dataclass(frozen=True)
class RecipeSpec:
    """How an exhibit is made, and what may be asked of it.

    Attributes:
        parameters: that it takes.
        daily: whether it says something else every day.
        compares: whether it reads editions beside the data that are looked at.
    """

    make: Recipe
    parameters: tuple[str, ...]
    daily: bool = False
    compares: bool = False


def exhibit_of(asked: Asked, **parts: Any) -> Exhibit:
    """An exhibit of the version and language asked for; ``parts`` are the other fields."""
    notes: Iterable[str] = parts.pop("notes", ())
    return Exhibit(
        vintage=vintage_sentence(asked.cutoff, asked.version, asked.t),
        language=asked.language,
        version=asked.version,
        notes=tuple(note for note in notes if note),
        **parts,
    )


def require(asked: Asked, name: str, allowed: Collection[str], *, needed: bool = False) -> str:
    """The value of a parameter as it is written among those allowed; empty where it was not given.

    What must be given stands in the path of a page (a code), where any case of its letters will do; a choice
    is as the page writes it, for whoever reads it further on takes no other.

    Raises:
        UserError: ``export_parameter`` when it is not one of them, or is needed and was not given.
    """
    value = asked.query.get(name, "")
    if not value and not needed:
        return ""
    fold = str.casefold if needed else str
    found = next((each for each in allowed if fold(each) == fold(value)), None)
    if found is None:
        listed = list(allowed)
        more = ", …" if len(listed) > LISTED else ""
        raise UserError("export_parameter", name=name, value=value, allowed=", ".join(listed[:LISTED]) + more)
    return found


def sentence(words: str) -> str:
    """A finding may begin with a month, which has a small letter; a title has a large one."""
    return words[:1].upper() + words[1:]
