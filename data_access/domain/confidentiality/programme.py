"""The attacker's programme: the least or most that a cell can be, over all whole tables that fit.

Linear programming gives bounds that hold the truth; with three dimensions or more its corner may be no whole
table, and the interval of whole tables narrower. Calling a cell safe for what no table of persons can be
would be wrong, so a corner that is not whole is asked again as an integer programme (HiGHS, branch and cut).

Source: Fischetti and Salazar-González (2001), Solving the cell suppression problem on tabular data with
    linear
constraints, Management Science 47, 1008-1027.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds as Box  # type: ignore[import-untyped]
from scipy.optimize import LinearConstraint, linprog, milp

from data_access.domain.confidentiality.system import Block, Bounds, Ints

NODES = 5000  # of branch and cut; the best whole table found by then counts, which errs on the side of a leak
_WHOLE = 1e-6


@dataclass(frozen=True)
class Programme:
    """A block in the form that the solvers read; build it once for many questions.

    Attributes:
        equal: which rows are equations, shape (rows,).
        matrix: of floats.
    """

    block: Block
    equal: NDArray[np.bool_]
    matrix: Any


def make_programme(block: Block) -> Programme:
    """The programme of a block."""
    return Programme(block, block.low == block.high, block.matrix.astype(np.float64).tocsr())


def most_of(programme: Programme, column: int, within: Bounds) -> Ints | None:
    """A whole table in which one cell is as large as it can be; None where no table fits."""
    return best_point(programme, _unit(programme, column), within)


def least_of(programme: Programme, column: int, within: Bounds) -> Ints | None:
    """A whole table in which one cell is as small as it can be; None where no table fits."""
    return best_point(programme, -_unit(programme, column), within)


def best_point(
    programme: Programme, weights: NDArray[np.float64], within: Bounds, *, gap: float = 0.0
) -> Ints | None:
    """The whole table with the largest weighted sum.

    Args:
        weights: shape (columns,).
        within: bounds of the cells; they may be narrower than the prior ones.
        gap: how far from the best the table may be, as a share of its sum: a good one is found sooner.

    Returns:
        Counts of shape (columns,); None where no table fits, or none was found.
    """
    relaxed = _solve(programme, weights, within, integrality=0, gap=0.0)
    if relaxed is None:
        return None
    point = _whole(programme, relaxed, within)
    if point is None:
        found = _solve(programme, weights, within, integrality=1, gap=gap)
        point = None if found is None else _whole(programme, found, within)
    return point


def binding_rows(programme: Programme, weights: NDArray[np.float64], within: Bounds) -> Ints:
    """Relations that hold the weighted sum down: those with a dual value, as places in the block."""
    relaxed = _relaxed(programme, weights, within)
    if relaxed.x is None:
        return np.arange(len(programme.equal))
    duals = np.zeros(len(programme.equal))
    duals[programme.equal] = relaxed.eqlin.marginals
    duals[~programme.equal] = relaxed.ineqlin.marginals
    return np.flatnonzero(np.abs(duals) > _WHOLE)


def _unit(programme: Programme, column: int) -> NDArray[np.float64]:
    weights = np.zeros(len(programme.block.columns))
    weights[column] = 1.0
    return weights


def _relaxed(programme: Programme, weights: NDArray[np.float64], within: Bounds) -> Any:
    """The linear programme; an inequality needs its lower side only, the upper one is ``MOST`` away."""
    equal, block = programme.equal, programme.block
    return linprog(
        -weights,
        A_ub=None if equal.all() else -programme.matrix[~equal],
        b_ub=None if equal.all() else -block.low[~equal],
        A_eq=programme.matrix[equal] if equal.any() else None,
        b_eq=block.low[equal] if equal.any() else None,
        bounds=np.column_stack((within.least, within.most)),
        method="highs",
    )


def _solve(
    programme: Programme, weights: NDArray[np.float64], within: Bounds, *, integrality: int, gap: float
) -> NDArray[np.float64] | None:
    found = milp(
        -weights,
        integrality=np.full(len(weights), integrality),
        bounds=Box(within.least, within.most),
        constraints=LinearConstraint(programme.matrix, programme.block.low, programme.block.high),
        options={"node_limit": NODES, "mip_rel_gap": gap},
    )
    numbers: NDArray[np.float64] | None = found.x
    return numbers


def _whole(programme: Programme, point: NDArray[np.float64], within: Bounds) -> Ints | None:
    """The whole table that a solver's numbers stand for; None where they stand for none."""
    counts = np.rint(point).astype(np.int64)
    if np.abs(point - counts).max(initial=0) > _WHOLE:
        return None
    return counts if fits(programme.block, counts, within) else None


def fits(block: Block, counts: Ints, within: Bounds) -> bool:
    """Whether counts of shape (columns,) are within their bounds and satisfy every relation."""
    left = block.matrix @ counts
    inside = (counts >= within.least) & (counts <= within.most)
    return bool(np.all(inside) and np.all((left >= block.low) & (left <= block.high)))
