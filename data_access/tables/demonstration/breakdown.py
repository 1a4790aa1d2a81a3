"""A total shared out among the groups of one dimension, so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from data_access.domain.polarity import Polarity
from data_access.tables.demonstration.apportion import Ints, apportion, share_successes
from data_access.tables.demonstration.calibration import Model
from data_access.tables.demonstration.overlap import draw_group
from data_access.tables.demonstration.series import Kind, Recipe, Series, level_deviation
from data_access.tables.demonstration.streams import Floats, added, bell

# Groups that a person may belong to several of: each is drawn by itself and they are never added up.
_OVERLAPPING = frozenset({"AUDIENCE", "OPERATOR"})
_PARTITION = frozenset({"AT_RISK", "NOT_AT_RISK"})  # the audiences that exclude each other
# Sums of other items (the code list says that they overlap them).
UNIONS = {
    "DURATION": {"M_GE12": ("M12T23", "M24T59", "M_GE60"), "M_GE24": ("M24T59", "M_GE60")},
}
_FLOOR, _CEILING = 0.02, 0.98  # no group is certain to succeed or to fail
_DRIFT = 0.3  # composition varies less from one period to the next than a fresh sample would
_MOST_DRIFT = 0.5


@dataclass(frozen=True)
class Split:
    """One dimension of one indicator: its items, their weight and their factor on the total's value."""

    dimension: str
    items: tuple[str, ...]
    weights: Floats
    factors: Floats

    @property
    def overlaps(self) -> bool:
        """Whether a person may be in several of the items."""
        return self.dimension in _OVERLAPPING and set(self.items) != _PARTITION


def make_split(model: Model, recipe: Recipe, dimension: str) -> Split | None:
    """The items of a dimension for an indicator; None where its population has no composition by it."""
    shares = model.shares(recipe.calibration, dimension)
    levels = recipe.calibration.levels.get(dimension)
    items = tuple(levels or shares)
    if not items:
        return None
    worse_is_more = recipe.definition.polarity in (Polarity.LOWER, Polarity.ZERO_GAP)
    spread = -recipe.calibration.spread if worse_is_more else recipe.calibration.spread
    usual = {item: 1.0 + spread * model.advantage_of(dimension, item) for item in items}
    factors = usual if levels is None else levels
    return Split(
        dimension,
        items,
        np.array([shares.get(item, 1.0) for item in items]),
        np.array([factors[item] for item in items]),
    )


def break_down(
    recipe: Recipe,
    total: Series,
    split: Split,
    rng: np.random.Generator,
    cases: Mapping[str, Ints] | None = None,
) -> dict[str, Series]:
    """The series of every item of a dimension.

    Args:
        recipe: the indicator and how it is made.
        total: what is shared out.
        split: among which items.
        rng: its stream.
        cases: denominators by item taken from another indicator, adding up to the total's.

    Returns:
        A series by item. Counts, numerators and denominators add up exactly to the total's, except for
        overlapping groups, and for denominators where the dimension describes the result only.
    """
    if split.overlaps:
        pairs = zip(split.items, split.weights.tolist(), split.factors.tolist(), strict=True)
        return {item: draw_group(recipe, total, share, factor, rng) for item, share, factor in pairs}
    if total.kind is Kind.LEVEL:
        return _levels(total, split, rng)
    if total.kind is Kind.COUNT or split.dimension in recipe.calibration.outcome:
        parts = apportion(total.counts, _weights(total.counts, split, rng))
        found = {item: replace(total, numerator=parts[:, i]) for i, item in enumerate(split.items)}
    else:
        found = _ratios(recipe, total, split, rng, cases)
    return found | _unions(split.dimension, found)


def _weights(totals: Ints, split: Split, rng: np.random.Generator) -> Floats:
    """Composition of each period, drifting as much as the size of the groups lets it."""
    share = split.weights / added(split.weights.tolist())
    expected = np.maximum(totals[:, None] * share, 1.0)
    drift = _DRIFT * bell(rng, *expected.shape) / np.sqrt(expected)
    return np.asarray(share * (1.0 + np.clip(drift, -_MOST_DRIFT, _MOST_DRIFT)))


def _ratios(
    recipe: Recipe, total: Series, split: Split, rng: np.random.Generator, cases: Mapping[str, Ints] | None
) -> dict[str, Series]:
    if cases is None:
        sizes = apportion(total.sizes, _weights(total.sizes, split, rng))
    else:
        sizes = np.column_stack([cases[item] for item in split.items])
    chances = _chances(recipe, total, split.factors, sizes, rng)
    if recipe.is_share:
        parts = share_successes(total.counts, sizes, np.clip(chances, _FLOOR, _CEILING))
    else:
        parts = apportion(total.counts, np.asarray(sizes * np.maximum(chances, _FLOOR), dtype=np.float64))
    return {
        item: replace(total, numerator=parts[:, i], cases=sizes[:, i]) for i, item in enumerate(split.items)
    }


def _chances(recipe: Recipe, total: Series, factors: Floats, sizes: Ints, rng: np.random.Generator) -> Floats:
    chance = total.chance()
    columns = [
        chance * factor + recipe.deviation(chance, sizes[:, i]) * bell(rng, len(chance))
        for i, factor in enumerate(factors.tolist())
    ]
    return np.column_stack(columns)


def _levels(total: Series, split: Split, rng: np.random.Generator) -> dict[str, Series]:
    sizes = None if total.cases is None else apportion(total.cases, _weights(total.cases, split, rng))
    found = {}
    for i, item in enumerate(split.items):
        own = None if sizes is None else sizes[:, i]
        value = total.levels * split.factors[i]
        noisy = value + level_deviation(value, own) * bell(rng, len(value))
        found[item] = replace(total, level=noisy, cases=own)
    return found


def _unions(dimension: str, found: Mapping[str, Series]) -> dict[str, Series]:
    """Sums of items, where there are others beside them."""
    return {
        name: _union([found[part] for part in parts])
        for name, parts in UNIONS.get(dimension, {}).items()
        if set(parts) < set(found)
    }


def _union(parts: Sequence[Series]) -> Series:
    """Numerators add up; so do the denominators, unless all parts share one."""
    numerator = np.sum([p.counts for p in parts], axis=0)
    if parts[0].cases is None or all(p.cases is parts[0].cases for p in parts):
        return replace(parts[0], numerator=numerator)
    return replace(parts[0], numerator=numerator, cases=np.sum([p.sizes for p in parts], axis=0))
