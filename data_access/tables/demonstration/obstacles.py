"""Obstacles of the cases of a stage: each case has one or several, or none is found."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import Field

from data_access.contract.model import Frozen
from data_access.tables.demonstration.apportion import Ints
from data_access.tables.demonstration.streams import stream

NONE = "NONE"
_FILE = Path(__file__).with_name("cohorts.toml")
_MOST = 0.95  # of the cases of a group with an obstacle, however much more often it occurs there


class Obstacles(Frozen):
    """The table [obstacles] of cohorts.toml.

    Attributes:
        none: share of the cases in which none is found.
        shares: by obstacle, of the other cases; they add up to more than 1.
        factors: by obstacle and group, how much more often it occurs there.
    """

    none: float = Field(gt=0, lt=1)
    shares: dict[str, float]
    factors: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def load_obstacles() -> Obstacles:
    """The obstacles that ship.

    Raises:
        pydantic.ValidationError: cohorts.toml does not fit the class above.
    """
    return Obstacles.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8"))["obstacles"])


def draw_obstacles(
    groups: Mapping[tuple[str, str], Ints], seed: int, *names: str
) -> dict[str, dict[tuple[str, str], Ints]]:
    """Cases by obstacle of each sex and age.

    Args:
        groups: cases of the stage by sex and age: shape (quarters, outcomes).
        seed: of every random number.
        names: of the stream.

    Returns:
        By obstacle, then by group. No count exceeds the cases of its group, those of ``NONE`` and of any
        obstacle together neither, and every case has an obstacle or none: sums are exact in every group.
    """
    every = load_obstacles()
    found: dict[str, dict[tuple[str, str], Ints]] = {name: {} for name in (*every.shares, NONE)}
    for group, cases in groups.items():
        rng = stream(seed, *names, *group, "OBSTACLE")
        without = np.floor(cases * every.none + rng.random(cases.shape)).astype(np.int64)
        found[NONE][group] = without
        shares = [min(_MOST, share * _factor(every, name, group)) for name, share in every.shares.items()]
        # Laid end to end, a unit wherever they pass a start plus a whole number: more units than cases.
        ends = np.cumsum([(cases - without) * share for share in shares], axis=0) + rng.random(cases.shape)
        counts = np.diff(np.floor(ends).astype(np.int64), axis=0, prepend=0)
        for name, count in zip(every.shares, counts, strict=True):
            found[name][group] = count
    return found


def _factor(every: Obstacles, name: str, group: tuple[str, str]) -> float:
    factors = every.factors.get(name, {})
    sex, age = (factors.get(item, 1.0) for item in group)
    return sex * age
