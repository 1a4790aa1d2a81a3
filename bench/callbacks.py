"""What the server itself takes, without browser or network: the router's callback and the index."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from app import create_app
from components.i18n.translate import LANGUAGES
from data_access.settings import Settings

PATHS = {"fr": ("/fr/", "/fr/objectifs/os2", "/fr/formation-emploi", "/fr/methode")}
PATHS["nl"] = ("/nl/", "/nl/doelstellingen/os2", "/nl/opleiding-werk", "/nl/methode")


def measure_callbacks(folder: Path, rounds: int = 60) -> dict[str, Any]:
    """Times in milliseconds of every page through the router's callback and as an index, cold and cached.

    Returns:
        For each kind ``p50``, ``p95`` and ``n`` over all pages, and ``by_page`` with the median of each.
    """
    server = create_app(Settings.from_env({"DATA_DIR": str(folder)})).server
    client = server.test_client()
    paths = [path for language in LANGUAGES for path in PATHS[language]]

    def callback(path: str) -> None:
        answer = client.post("/_dash-update-component", json=_body(path))
        assert answer.status_code == 200, answer.get_data(as_text=True)

    def index(path: str) -> None:
        assert client.get(path).status_code == 200

    def forget() -> None:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        (folder / "cache").mkdir()

    for path in paths:  # what a worker does once in its life is not what a reader waits for
        index(path)
    visits = list(islice(cycle(paths), max(rounds, len(paths))))
    return {
        "callback_uncached": _measure(callback, visits, before=forget),
        "index_uncached": _measure(index, visits, before=forget),
        "callback_cached": _measure(callback, paths * rounds, before=lambda: None),
        "index_cached": _measure(index, paths * rounds, before=lambda: None),
    }


def _body(path: str) -> dict[str, Any]:
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    inputs = [
        {"id": "_pages_location", "property": "pathname", "value": path},
        {"id": "_pages_location", "property": "search", "value": ""},
    ]
    output = ".._pages_content.children..._pages_store.data.."
    changed = ["_pages_location.pathname"]
    return {"output": output, "outputs": outputs, "inputs": inputs, "changedPropIds": changed}


def _measure(work: Callable[[str], None], visits: list[str], *, before: Callable[[], None]) -> dict[str, Any]:
    taken: dict[str, list[float]] = {}
    for path in visits:
        before()
        start = time.perf_counter()
        work(path)
        taken.setdefault(path, []).append(1000 * (time.perf_counter() - start))
    together = [one for times in taken.values() for one in times]
    return {
        "p50": round(statistics.median(together), 2),
        "p95": round(statistics.quantiles(together, n=20)[18], 2),
        "n": len(together),
        "by_page": {path: round(statistics.median(times), 2) for path, times in taken.items()},
    }
