"""Writes the demonstration tables, from observations to decisions, all fictitious."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from data_access.contract.model import Contract
from data_access.tables.demonstration.blocks import Maker
from data_access.tables.demonstration.calibration import load_model
from data_access.tables.demonstration.cohorts import Cohorts, cohort_rows
from data_access.tables.demonstration.decisions import decision_rows
from data_access.tables.demonstration.governance import governance_rows
from data_access.tables.demonstration.observations import Writing, observation_rows, published_keys
from data_access.tables.demonstration.plan import plan_rows
from data_access.tables.demonstration.remarks import remark_rows
from data_access.tables.demonstration.tables import (
    COHORT_COLUMNS,
    DECISION_COLUMNS,
    GOVERNANCE_COLUMNS,
    OBSERVATION_COLUMNS,
    PLAN_COLUMNS,
    REMARK_COLUMNS,
    TARGET_COLUMNS,
    write_table,
)
from data_access.tables.demonstration.targets import target_rows

VERSION = 2  # raise it whenever the program gives other bytes for the same seed and data files
SEED = 2027
PUBLISHED = Path(__file__).parents[1] / "published"
DATA = Path(__file__).parent  # calibration, targets, cohorts and all that is said, as TOML
_FAMILIES = ("OS1", "OS2", "OS3", "OS4", "OS5", "BV", "VD")  # one observation table per family of codes


def write_demonstration(folder: Path, contract: Contract, *, seed: int = SEED) -> list[Path]:
    """Write the fictitious tables; the same contract, version and seed give the same bytes everywhere.

    Args:
        folder: where to write; made if it does not exist, files of the same names are replaced.
        contract: gives the definitions, the communes, the croissant and the funnels.
        seed: of every random number.

    Returns:
        The files: ``observations_OS1.csv`` … ``observations_VD.csv``, ``targets.csv``, ``cohorts.csv``,
        ``remarks.csv``, ``governance.csv``, ``plan.csv``, ``decisions.csv``.

    Raises:
        KeyError: the calibration lacks an indicator or a funnel of the contract.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = f"Données fictives de démonstration (générateur {VERSION}, graine {seed})"
    model = load_model()
    maker = Maker(contract, model, seed)
    writing = Writing(contract, model, maker, published_keys(PUBLISHED), source)
    cohorts = Cohorts(contract, model, maker, seed, source)
    return [
        *(_write_family(folder, family, writing) for family in _FAMILIES),
        write_table(folder / "targets.csv", TARGET_COLUMNS, target_rows(contract)),
        write_table(folder / "cohorts.csv", COHORT_COLUMNS, cohort_rows(cohorts)),
        write_table(folder / "remarks.csv", REMARK_COLUMNS, remark_rows(contract)),
        write_table(folder / "governance.csv", GOVERNANCE_COLUMNS, governance_rows(contract)),
        write_table(folder / "plan.csv", PLAN_COLUMNS, plan_rows(contract)),
        write_table(folder / "decisions.csv", DECISION_COLUMNS, decision_rows(contract)),
    ]


def _write_family(folder: Path, family: str, writing: Writing) -> Path:
    definitions = (i for i in writing.contract.indicators if i.code.startswith(family))
    rows = chain.from_iterable(observation_rows(writing, definition) for definition in definitions)
    return write_table(folder / f"observations_{family}.csv", OBSERVATION_COLUMNS, rows)
