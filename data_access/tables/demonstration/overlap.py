"""A group that overlaps others, such as a priority public: drawn by itself, within its total."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data_access.tables.demonstration.series import Kind, Recipe, Series, level_deviation
from data_access.tables.demonstration.streams import bell

_WOBBLE = 0.01  # of the group's share of the cases


def draw_group(
    recipe: Recipe, total: Series, share: float, factor: float, rng: np.random.Generator
) -> Series:
    """The series of one group.

    Args:
        recipe: the indicator and how it is made.
        total: the whole it belongs to.
        share: of the total's cases, or of its count.
        factor: its value as a factor on the total's.
        rng: the stream of its dimension.
    """
    size = np.minimum(share * (1.0 + _WOBBLE * bell(rng, len(total.when))), 1.0)
    if total.kind is Kind.COUNT:
        return replace(total, numerator=np.rint(total.counts * size).astype(np.int64))
    cases = None if total.cases is None else np.rint(total.cases * size).astype(np.int64)
    if total.kind is Kind.LEVEL:
        value = total.levels * factor
        noise = level_deviation(value, cases) * bell(rng, len(value))
        return replace(total, cases=cases, level=value + noise)
    return _ratio(recipe, replace(total, cases=cases), total, factor, rng)


def _ratio(recipe: Recipe, group: Series, total: Series, factor: float, rng: np.random.Generator) -> Series:
    chance = total.chance()
    noise = recipe.deviation(chance, group.sizes) * bell(rng, len(chance))
    drawn = np.rint(group.sizes * (chance * factor + noise)).astype(np.int64)
    if not recipe.is_share:
        return replace(group, numerator=np.maximum(drawn, 0))
    # Neither the group nor those outside it can have more successes than cases.
    least = np.maximum(total.counts - (total.sizes - group.sizes), 0)
    most = np.minimum(total.counts, group.sizes)
    return replace(group, numerator=np.clip(drawn, least, most))
