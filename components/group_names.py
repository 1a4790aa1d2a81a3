"""What the groups of a breakdown are called, and in which order they are read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from components.i18n.translate import Translator
from data_access.contract.load import contract, contract_mark
from data_access.services.breakdown import Breakdown, Group
from data_access.services.breakdown_choices import AREA, CROISSANT


def dimension_name(dimension: str, t: Translator) -> str:
    """The name of a dimension: ``Commune``, ``Geslacht``."""
    return t(f"dimension.{dimension}")


def group_name(dimension: str, item: str, t: Translator) -> str:
    """A commune, a side of the croissant or an item of a code list, in the page's language."""
    if dimension == CROISSANT:
        return t(f"croissant.{item}")
    return _names(contract_mark(), dimension, t.language)[item]


def short_name(dimension: str, item: str, t: Translator) -> str:
    """The same, as short as an axis wants it: Woluwe-St-P. for Woluwe-Saint-Pierre."""
    name = group_name(dimension, item, t)
    short = {c.nis: c.short.in_(t.language) for c in contract().communes} if dimension == AREA else {}
    return min(short.get(item, name), name, key=len)


def in_reading_order(dimension: str, items: Iterable[str], t: Translator) -> list[str]:
    """Communes by the alphabet of the language, which is no ranking; others as their list has them."""
    if dimension != AREA:
        return list(items)
    return sorted(items, key=lambda item: group_name(dimension, item, t))


def ordered_groups(groups: Iterable[Group], breakdown: Breakdown, t: Translator) -> list[Group]:
    """The groups of a facet in the order in which they are read."""
    by_item = {group.item: group for group in groups}
    return [by_item[item] for item in in_reading_order(breakdown.inner, by_item, t)]


@cache
def _names(_definitions: str, dimension: str, language: str) -> dict[str, str]:
    """By item; the definitions in force are part of the key, an edition has its own."""
    if dimension == AREA:
        return {c.nis: c.name.in_(language) for c in contract().communes}
    return {i.code: i.label.in_(language) for i in contract().codelists if i.dimension == dimension}
