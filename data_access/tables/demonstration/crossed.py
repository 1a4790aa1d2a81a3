"""Cases of a funnel by commune, sex and age at once, so that whatever is added up from them agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from data_access.tables.demonstration.apportion import Ints
from data_access.tables.demonstration.calibration import Calibration, Model
from data_access.tables.demonstration.flows import SPREAD, Course, Flow, Outcomes, share_flow
from data_access.tables.demonstration.streams import Floats, added, stream

DIMENSIONS = ("REF_AREA", "SEX", "AGE")
_YOUNGER = 0.35  # how much younger the entrants of the worst placed communes are
_YOUTH = {"Y_LT25": 1.0, "Y25T29": 0.6, "Y30T49": 0.0, "Y_GE50": -1.0}


@dataclass(frozen=True)
class Crossed:
    """Every commune, sex and age.

    Attributes:
        items: of each of ``DIMENSIONS``.
        counts: by stage: shape (communes, sexes, ages, quarters, outcomes).
    """

    items: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, Ints]

    def by(self, *dimensions: str) -> dict[tuple[str, ...], Outcomes]:
        """The outcomes of each group of one or more dimensions, in the order of ``DIMENSIONS``."""
        gone = tuple(axis for axis, name in enumerate(DIMENSIONS) if name not in dimensions)
        sums = {stage: counts.sum(axis=gone) for stage, counts in self.counts.items()}
        kept = [self.items[name] for name in DIMENSIONS if name in dimensions]
        places = product(*(range(len(items)) for items in kept))
        return {
            tuple(items[at] for items, at in zip(kept, place, strict=True)): {
                stage: counts[place] for stage, counts in sums.items()
            }
            for place in places
        }


def cross(model: Model, course: Course, total: Flow, seed: int) -> Crossed:
    """Share a funnel among communes, sexes and ages; the poorer the commune, the younger its entrants."""
    each = course.calibration
    shares = {name: model.shares(Calibration(population=each.population), name) for name in DIMENSIONS}
    items = {name: tuple(found) for name, found in shares.items()}
    weights = [np.array(list(found.values())) / added(found.values()) for found in shares.values()]
    placed = [np.array([model.advantage_of(n, i) for i in found]) for n, found in items.items()]
    areas, sexes, ages = weights
    youth = np.array([_YOUTH[item] for item in items["AGE"]])
    lean = np.outer(_centred(placed[0], areas), _centred(youth, ages))
    joint = (np.outer(areas, ages) * (1.0 - _YOUNGER * lean))[:, None, :] * sexes[None, :, None]
    advantage = placed[0][:, None, None] + placed[1][None, :, None] + placed[2][None, None, :]
    rng = stream(seed, each.funnel, each.operator, "*".join(DIMENSIONS))
    cells = share_flow(course, total, joint.ravel(), SPREAD * advantage.ravel(), rng, fair=True)
    shape = tuple(len(items[name]) for name in DIMENSIONS)
    counts = {
        stage.code: np.stack([cell[stage.code] for cell in cells]).reshape(
            *shape, *cells[0][stage.code].shape
        )
        for stage in course.funnel.stages
    }
    return Crossed(items, counts)


def _centred(values: Floats, weights: Floats) -> Floats:
    """Less their weighted mean, so that what leans one way in one group leans the other way in another."""
    return np.asarray(values - added((values * weights).tolist()), dtype=np.float64)
