"""``make bench``: measure everything on this machine; write ``results.json`` and ``docs/benchmarks.md``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.callbacks import measure_callbacks
from bench.confidentiality import measure_confidentiality
from bench.exports import measure_exports
from bench.figures import measure_figures
from bench.funnels import measure_funnels
from bench.pack import measure_pack
from bench.pages import chromium, measure_page
from bench.servers import ROOT, our_server, vizro_server
from bench.territory import measure_territory
from data_access.actions.prepare import prepare_database
from data_access.contract.load import contract
from data_access.db.engine import bind, make_engine

RESULTS = ROOT / "bench" / "results.json"
TABLE = ROOT / "docs" / "benchmarks.md"
RUNS = 9
PAGES = {"overview": "/fr/", "scorecard": "/fr/objectifs/os2", "sheet": "/fr/indicateurs/OS2.03"}
PAGES |= {"communes": "/fr/communes", "profile": "/fr/communes/21012", "gap": "/fr/communes/ecart"}
PAGES |= {"funnel": "/fr/chomage-longue-duree"}
# What a page is painted by: its title, or the map that the server has drawn.
PAINTED_BY = {"communes": ".figure-meanwhile, #live .figure-frame"}
# name, where it is in the results, budget, unit, whether more is better
BUDGETS: list[tuple[str, tuple[str, ...], float, str, bool]] = [
    ("overview painted, warm", ("pages", "overview", "painted_warm", "median"), 350, "ms", False),
    ("overview painted, cold", ("pages", "overview", "painted_cold", "median"), 900, "ms", False),
    ("overview live, cold", ("pages", "overview", "live_cold", "median"), 900, "ms", False),
    ("overview live, warm", ("pages", "overview", "live_warm", "median"), 350, "ms", False),
    ("scorecard painted, warm", ("pages", "scorecard", "painted_warm", "median"), 350, "ms", False),
    ("scorecard painted, cold", ("pages", "scorecard", "painted_cold", "median"), 900, "ms", False),
    ("scorecard live, cold", ("pages", "scorecard", "live_cold", "median"), 900, "ms", False),
    ("scorecard live, warm", ("pages", "scorecard", "live_warm", "median"), 350, "ms", False),
    ("sheet painted, warm", ("pages", "sheet", "painted_warm", "median"), 350, "ms", False),
    ("sheet painted, cold", ("pages", "sheet", "painted_cold", "median"), 900, "ms", False),
    ("first visit, overview", ("pages", "overview", "first_visit_kb", "median"), 900, "kB", False),
    ("first visit, scorecard", ("pages", "scorecard", "first_visit_kb", "median"), 900, "kB", False),
    ("first visit, sheet", ("pages", "sheet", "first_visit_kb", "median"), 900, "kB", False),
    ("map of the communes painted, warm", ("pages", "communes", "painted_warm", "median"), 500, "ms", False),
    ("map of the communes painted, cold", ("pages", "communes", "painted_cold", "median"), 900, "ms", False),
    ("map of the communes live (plotly.js), warm", ("territory", "drawn_warm", "median"), 500, "ms", False),
    ("change of period on the map", ("territory", "period", "median"), 120, "ms", False),
    ("change of measure on the map", ("territory", "measure", "median"), 120, "ms", False),
    ("largest answer to a choice", ("territory", "payload_kb"), 15, "kB", False),
    ("first visit, map", ("pages", "communes", "first_visit_kb", "median"), 900, "kB", False),
    ("profile of a commune painted, warm", ("pages", "profile", "painted_warm", "median"), 350, "ms", False),
    ("gap page painted, warm", ("pages", "gap", "painted_warm", "median"), 350, "ms", False),
    ("funnel page painted, warm", ("pages", "funnel", "painted_warm", "median"), 500, "ms", False),
    ("change of cohort of a funnel", ("funnels", "cohort", "median"), 120, "ms", False),
    ("change of group of a funnel", ("funnels", "group", "median"), 120, "ms", False),
    ("first visit, funnel page", ("pages", "funnel", "first_visit_kb", "median"), 900, "kB", False),
    ("figure of a sheet, uncached, p95", ("figures", "uncached", "p95"), 150, "ms", False),
    ("figure of a sheet, cached, p95", ("figures", "cached", "p95"), 10, "ms", False),
    ("largest figure of a sheet", ("figures", "largest_kb"), 60, "kB", False),
    ("callback cached, p95", ("callbacks", "callback_cached", "p95"), 10, "ms", False),
    ("callback uncached, p95", ("callbacks", "callback_uncached", "p95"), 100, "ms", False),
    ("index cached, p95", ("callbacks", "index_cached", "p95"), 10, "ms", False),
    ("index uncached, p95", ("callbacks", "index_uncached", "p95"), 100, "ms", False),
    ("a figure as SVG, renderer warm", ("exports", "svg", "median"), 100, "ms", False),
    ("a figure as PNG, renderer warm", ("exports", "png", "median"), 100, "ms", False),
    ("30 figures, start of the renderer included", ("exports", "many_s"), 4, "s", False),
    ("Annexe A in one language (PDF)", ("pack", "seconds"), 30, "s", False),
    ("peak memory of that, browser included", ("pack", "peak_mb"), 1024, "MB", False),
    ("a table of 1,980 linked cells made safe and attacked", ("confidentiality", "seconds"), 10, "s", False),
    ("100,000 rows loaded", ("import", "seconds"), 20, "s", False),
    ("rows a second", ("import", "rows_per_second"), 5000, "", True),
    ("peak memory of that load", ("import", "peak_mb"), 600, "MB", False),
    ("Vizro ÷ ours, table painted, cold", ("vizro", "ratio_cold"), 3, "×", True),
    ("Vizro ÷ ours, table painted, warm", ("vizro", "ratio_warm"), 3, "×", True),
    ("Vizro ÷ ours when live, cold", ("vizro", "ratio_live_cold"), 3, "×", True),
    ("Vizro ÷ ours when live, warm", ("vizro", "ratio_live_warm"), 3, "×", True),
]


def main() -> int:
    """Measure, write, and say which budgets hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--no-peer", action="store_true", help="leave Vizro out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        results = measure_all(Path(name), options.runs, peer=not options.no_peer)
    print(report(results))
    if options.runs < RUNS or options.no_peer:
        print("Only tried: a shorter run than the usual one is not written down.")
        return 0
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    TABLE.write_text(report(results), "utf-8")
    return 0


def measure_all(folder: Path, runs: int, *, peer: bool) -> dict[str, Any]:
    """Every measurement, on a database with all shipped tables."""
    engine = make_engine(f"sqlite:///{folder}/dashboard.sqlite3")
    prepare_database(engine, contract(), tables="all", data_dir=folder, now=datetime.now(UTC))
    bind(engine)
    results: dict[str, Any] = {
        "machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
        "measured": datetime.now(UTC).date().isoformat(),
        "runs": runs,
        # Above nought, somebody else was at work on the machine, and times are longer than they need be.
        "load_before": round(os.getloadavg()[0], 1),
    }
    with chromium() as browser:
        with our_server(folder) as address:
            results["pages"] = {
                page: measure_page(browser, address + path, PAINTED_BY.get(page, "h1"), runs=runs, ours=True)
                for page, path in PAGES.items()
            }
            results["territory"] = measure_territory(browser, address, runs=runs)
            results["funnels"] = measure_funnels(browser, address)
            table = measure_page(
                browser, address + PAGES["scorecard"], "table.scorecard tbody td", runs=runs, ours=True
            )
        if peer:
            with vizro_server(folder) as address:
                theirs = measure_page(browser, f"{address}/", ".ag-row .ag-cell", runs=runs, ours=False)
            results["vizro"] = {"ours": table, "theirs": theirs, **ratios(table, theirs)}
    results["callbacks"] = measure_callbacks(folder)
    results["figures"] = measure_figures(folder)
    results["exports"] = measure_exports(folder)
    results["confidentiality"] = measure_confidentiality()
    with tempfile.TemporaryDirectory() as empty:  # a cache of its own
        shutil.copy(folder / "dashboard.sqlite3", empty)
        results["pack"] = measure_pack(Path(empty))
    loaded = subprocess.run(
        [sys.executable, "-m", "bench.import_rows"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    results["import"] = json.loads(loaded.stdout)
    return results


def ratios(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, float]:
    """How many times longer their table takes than ours, drawn, and than ours once Dash has taken over."""

    def ratio(mine: str, visit: str) -> float:
        return round(float(theirs[f"painted_{visit}"]["median"] / ours[f"{mine}_{visit}"]["median"]), 1)

    drawn = {f"ratio_{visit}": ratio("painted", visit) for visit in ("cold", "warm")}
    return drawn | {f"ratio_live_{visit}": ratio("live", visit) for visit in ("cold", "warm")}


INTRODUCTION = """# Benchmarks

Written by `make bench` on {measured} ({machine}; load average before: {load_before}): medians of
{runs} runs and, in brackets, their range; server and browser share the machine. *Painted*: the content of
the page is drawn and its filters work. *Live*: Dash has built its own page and taken over. *Cold*: with an
empty browser cache. *Uncached*: with an empty server cache. Vizro 1.0.0 shows the rows of the same
scorecard in a page of its own, in the same run. Tests never assert on time.

| what | measured | budget | |
|---|---|---|---|
"""


def report(results: dict[str, Any]) -> str:
    """The results as a page of Markdown."""
    lines = [row(results, *budget) for budget in BUDGETS if find(results, budget[1]) is not None]
    return (
        INTRODUCTION.format(**results)
        + "\n".join(lines)
        + "\n\nEverything measured, page by page, is in `bench/results.json`.\n"
    )


def row(
    results: dict[str, Any], name: str, where: tuple[str, ...], budget: float, unit: str, more: bool
) -> str:
    """One line of the table: what was measured, its range where there is one, and the verdict."""
    value = find(results, where) or 0.0
    ends = [find(results, (*where[:-1], end)) for end in ("min", "max")]
    between = f" ({ends[0]:g}–{ends[1]:g})" if where[-1] == "median" else ""
    sign, holds = ("≥", value >= budget) if more else ("≤", value <= budget)
    verdict = "met" if holds else "**not met**"
    return f"| {name} | {value:g} {unit}{between} | {sign} {budget:g} {unit} | {verdict} |".replace("  ", " ")


def find(results: dict[str, Any], where: tuple[str, ...]) -> float | None:
    """A number deep in the results; None when it was not measured."""
    node: Any = results
    for key in where:
        if not isinstance(node, dict) or key not in node:
            return None
        node = node[key]
    return float(node)


if __name__ == "__main__":
    sys.exit(main())
