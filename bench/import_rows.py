"""How fast and how large a load of 100,000 observation rows is: ``python -m bench.import_rows``."""

from __future__ import annotations

import csv
import json
import resource
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from data_access.contract.load import contract
from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.load import load_file

ROWS = 100_000
HEADER = ("INDICATOR", "TIME_PERIOD", "REF_AREA", "SEX", "AGE", "OBS_VALUE", "SOURCE")
SEXES = ("F", "M")
AGES = ("Y_LT25", "Y25T29", "Y30T49", "Y_GE50")


def rows() -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Long-term unemployed by month, commune, sex and age, every total the sum of its parts."""
    random = np.random.default_rng(2027)
    areas = ("BRU", *(commune.nis for commune in contract().communes))
    for month in range(28 * 12):
        period = f"{2000 + month // 12}-{month % 12 + 1:02d}"
        cells = random.integers(10, 900, size=(len(areas), len(SEXES) + 1, len(AGES) + 1))
        cells[:, 0, :] = cells[:, 1:, :].sum(axis=1)
        cells[:, :, 0] = cells[:, :, 1:].sum(axis=2)
        cells[0] = cells[1:].sum(axis=0)
        for (area, sex, age), value in np.ndenumerate(cells):
            items = ("_T", *SEXES)[sex], ("_T", *AGES)[age]
            yield "OS2.01", period, areas[area], *items, str(value), "bench"


def measure() -> dict[str, float]:
    """Load the rows into a new SQLite database; measure in a process of its own, or the peak is not theirs.

    Returns:
        rows, seconds (reading, checks and commit), rows_per_second, peak_mb (of the whole process).
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *islice(rows(), ROWS)])
        engine = make_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        start = perf_counter()
        result = load_file(engine, contract(), path, by="bench", now=datetime.now(UTC), rule=SmallCellRule())
        seconds = perf_counter() - start
        engine.dispose()
    if result.report.problems:
        raise RuntimeError(f"the rows should be right: {result.report.problems[0]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": ROWS,
        "seconds": round(seconds, 1),
        "rows_per_second": round(ROWS / seconds),
        "peak_mb": round(peak),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
