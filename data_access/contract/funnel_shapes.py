"""What links the counts of a funnel: its stages, the sides of the croissant, and the sums between groups."""

from __future__ import annotations

from dataclasses import replace

from data_access.contract.model import Contract, Funnel
from data_access.contract.partitions import AXES, REGION, TOTAL, make_partitions
from data_access.domain.confidentiality.cohort_rows import FunnelShape, StageShape
from data_access.domain.confidentiality.relations import Partition

OBSTACLE = "OBSTACLE"


def make_shape(funnel: Funnel, contract: Contract) -> FunnelShape:
    """The shape of a funnel; items are an area, then one of each other dimension, in the order of ``AXES``.

    Communes are no groups of a funnel: they are shown as the two sides of the croissant alone.
    """
    everybody = (REGION, *(TOTAL for _ in AXES[1:]))
    groups = (p for p in make_partitions(contract) if p.axis > 1)
    strict = contract.sensitive_items
    return FunnelShape(
        stages=tuple(StageShape(s.code, s.nested, s.within, s.sensitive) for s in funnel.stages),
        everybody=everybody,
        sides={side: frozenset(communes) for side, communes in contract.sides.items()},
        partitions=(
            Partition(0, REGION, tuple(contract.sides)),
            *(replace(partition, axis=partition.axis - 1) for partition in groups),
        ),
        sensitive_items=frozenset(
            (AXES.index(name), item) for name, items in strict.items() if name in AXES for item in items
        ),
        sensitive_obstacles=frozenset(strict.get(OBSTACLE.lower(), ())),
    )
