"""A number that is hidden is in no file: not in the words, not in the values, not in what is drawn."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from components.exports.asked import Asked
from components.exports.exhibit import Exhibit
from components.exports.recipes import RECIPES
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from tests.conftest import application
from tests.data_access.builders import observation, publish

SECRET, COVER = (7917.0, 7919.0), (5003.0, 9973.0)  # numbers that nothing else is
UCCLE, BERCHEM = "21016", "21003"
MAP = {"measure": "OS1.02", "period": "2030"}
CHOICES: list[tuple[str, dict[str, str]]] = [
    ("map", MAP),
    ("map", {**MAP, "view": "gap"}),
    ("map", {**MAP, "view": "count"}),
    ("map", {**MAP, "view": "change"}),
    ("dots", MAP),
    ("funnel-plot", MAP),
    ("map-years", MAP),
    ("gap-lines", MAP),
    ("gap-points", MAP),
    ("gap-all", MAP),
    ("commune", {"nis": UCCLE}),
    ("commune", {"nis": "21001", "with": UCCLE}),
    ("breakdown", {"code": "OS1.02", "by": "REF_AREA", "period": "2030"}),
]
SAY_SO = dict.fromkeys(("map", "dots", "map-years"), "map.hidden")
SAY_SO |= dict.fromkeys(("breakdown", "commune"), "breakdown.note.hidden")
NOTHING = {"funnel-plot", "gap-lines", "gap-points"}  # without all nineteen there may be none


@pytest.fixture(scope="module")
def secretive(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    """An application whose newest OS1.02 hides Uccle (2 people are missing from its 7919) and one more."""
    with application(shipped, tmp_path_factory.mktemp("hidden")) as app:
        codes = [c.nis for c in contract().communes]
        counts = dict.fromkeys(codes, (6000.0, 12000.0)) | {UCCLE: SECRET, BERCHEM: COVER}
        rows = [_rate(nis, *pair) for nis, pair in counts.items()]
        rows.append(_rate("BRU", sum(t for t, _ in counts.values()), sum(b for _, b in counts.values())))
        publish(get_engine(), *rows)
        yield app


def _rate(area: str, top: float, bottom: float) -> dict[str, Any]:
    about = {"indicator": "OS1.02", "freq": "A", "time_period": "2030", "ref_area": area}
    return observation(numerator=top, denominator=bottom, obs_value=100 * top / bottom, **about)


def everything(exhibit: Exhibit) -> str:
    """All of an exhibit as one text without anything between digits; borders and hashes are left out."""
    text = json.dumps(dataclasses.asdict(exhibit), ensure_ascii=False, default=str)
    text = re.sub(r" d=\\?[\"'][^\"']*[\"']|[0-9a-f]{16,}", "", text)
    return re.sub(r"(?<=\d)[\s\u00a0\u202f.](?=\d{3}(?!\d))", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "query"), CHOICES, ids=[f"{n}-{'-'.join(q.values())}" for n, q in CHOICES])
def test_no_hidden_number_is_in_an_exhibit(
    secretive: Dash, language: str, name: str, query: dict[str, str]
) -> None:
    state, config = get_data_state(), secretive.server.config
    asked = Asked(
        language, query, state.version, state.cutoff, config["SMALL_CELLS"], config["OWN_CROISSANT"]
    )
    text = ""
    with suppress(UserError) if name in NOTHING else nullcontext():
        text = everything(RECIPES[name].make(asked))
    assert text or name in NOTHING
    for number in (*SECRET, *COVER):
        assert f"{number:.0f}" not in text
    for top, bottom in (SECRET, COVER):
        assert f"{100 * top / bottom:.2f}" not in text
        assert f"{100 * top / bottom:.1f}".replace(".", ",") not in text
    if name in SAY_SO:
        assert translator(language)(SAY_SO[name]) in text


def test_the_words_for_a_hidden_cell_stand_without_a_value(secretive: Dash) -> None:
    state, rule = get_data_state(), secretive.server.config["SMALL_CELLS"]
    table = RECIPES["map"].make(Asked("fr", MAP, state.version, state.cutoff, rule)).table
    uccle = next(row for row in table.rows if row[0].text.startswith("Uccle"))
    assert "secret statistique" in [cell.text for cell in uccle]
    assert all(cell.value is None for cell in uccle)
