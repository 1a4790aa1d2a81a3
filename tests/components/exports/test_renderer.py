"""The process that draws: one for all, the same bytes, another one when it dies, and no way out."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from components.exports.exhibit import Drawing, Exhibit, Table
from components.exports.renderer import client
from components.exports.renderer.browser import find_browser
from components.exports.renderer.same_svg import same_svg
from components.exports.sheet import FORMATS, exhibit_png, exhibit_svg
from data_access.domain.errors import UserError
from data_access.services.geometry import bind_geometry
from tests.browser.chromium import find_chromium

pytestmark = pytest.mark.browser
BARS = Drawing({"data": [{"type": "bar", "x": ["a", "b"], "y": [1234.5, 3]}], "layout": {}}, 600, 300)
MAP_TRACE = {
    "type": "choropleth",
    "geojson": "/geometry/communes-0123456789ab.json",
    "locations": ["21001", "21012"],
    "z": [1, 2],
    "locationmode": "geojson-id",
    "showscale": False,
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A DATA_DIR whose renderer ends with the test."""
    before = dict(client._bound)
    client.bind_renderer(tmp_path, find_chromium())
    bind_geometry(tmp_path)
    yield tmp_path
    client.stop()
    client._bound.clear()
    client._bound.update(before)


def exhibit(**changes: object) -> Exhibit:
    facts: dict[str, object] = {
        "name": "x",
        "subject": "OS2.03",
        "title": "Le taux baisse <de> 1,2 point",
        "subtitle": "Taux · Région",
        "source": "registre",
        "vintage": "version 7",
        "notes": ("Rupture en 2026.",),
        "demonstration": True,
        "alt": "Deux barres.",
        "drawing": BARS,
        "table": Table((), ()),
        "language": "fr",
        "version": 7,
    }
    return Exhibit(**(facts | changes))  # type: ignore[arg-type]


def pid(home: Path) -> int:
    return int((home / "renderer" / "renderer.pid").read_text())


def test_the_sheet_says_everything_as_text_and_is_the_same_each_time(home: Path) -> None:
    svg = exhibit_svg(exhibit(), "16x9").decode()
    for words in ("Taux · Région", "Rupture en 2026.", "registre · version 7", "Données fictives"):
        assert words in svg
    assert "Le taux baisse &lt;de&gt; 1,2 point" in svg
    assert "<desc>Deux barres.</desc>" in svg
    assert "1\u202f200" in svg or "1\u202f000" in svg, "numbers in the language of the exhibit"
    assert exhibit_svg(exhibit(), "16x9").decode() == svg


@pytest.mark.parametrize("name", FORMATS)
def test_a_png_has_the_promised_size_and_is_not_blank(home: Path, name: str) -> None:
    picture = Image.open(io.BytesIO(exhibit_png(exhibit(), name)))
    width, height = FORMATS[name]
    assert picture.size == (2 * width, 2 * height)
    colours = picture.convert("RGB").getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 50


def test_many_words_make_the_sheet_higher_and_cut_nothing(home: Path) -> None:
    long = exhibit(notes=tuple("Une phrase de plus, assez longue pour une ligne. " * 25 for _ in range(4)))
    svg = exhibit_svg(long, "a4").decode()
    assert f'width="{FORMATS["a4"][0]}"' in svg
    height = int(svg.split('height="')[1].split('"')[0])
    assert height > FORMATS["a4"][1]
    assert svg.count("Une phrase de plus") >= 4


def test_one_process_serves_all_and_another_one_follows_when_it_dies(home: Path) -> None:
    first = client.draw([BARS], "fr")
    one = pid(home)
    asked = (
        "from pathlib import Path; from components.exports.exhibit import Drawing;"
        "from components.exports.renderer import client;"
        "from data_access.services.geometry import bind_geometry;"
        f"client.bind_renderer(Path({str(home)!r})); bind_geometry(Path({str(home)!r}));"
        f"print(client.draw([Drawing({json.dumps(BARS.figure)}, 600, 300)], 'fr')[0])"
    )
    other = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == first[0].strip()
    assert pid(home) == one, "the other process used the same renderer"
    os.killpg(one, signal.SIGKILL)
    assert client.draw([BARS], "fr") == first
    assert pid(home) != one


def test_chromium_killed_alone_is_started_again(home: Path) -> None:
    first = client.draw([BARS], "nl")
    one = pid(home)
    children = subprocess.run(["pgrep", "-P", str(one)], capture_output=True, text=True, check=True)
    for child in children.stdout.split():  # the driver of the browser, and with it the browser
        os.kill(int(child), signal.SIGKILL)
    time.sleep(0.2)
    assert client.draw([BARS], "nl") == first


def test_a_renderer_at_rest_has_no_browser_and_draws_again_when_asked(home: Path) -> None:
    client.rest()
    assert not (home / "renderer" / "renderer.pid").exists(), "nothing is started in order to rest"
    first = client.draw([BARS], "fr")
    one = pid(home)
    assert subprocess.run(["pgrep", "-P", str(one)], capture_output=True, check=False).stdout
    client.rest()
    assert not subprocess.run(["pgrep", "-P", str(one)], capture_output=True, check=False).stdout
    client.rest()
    assert client.draw([BARS], "fr") == first
    assert pid(home) == one


def test_a_renderer_killed_while_a_pack_is_drawn_loses_no_figure(home: Path) -> None:
    """Thirty figures one after the other; the process is killed twice on the way."""
    expected = client.draw([BARS], "fr")[0]
    drawn: list[str] = []
    for number in range(30):
        if number in {7, 19}:
            killer = threading.Timer(0.01, os.killpg, (pid(home), signal.SIGKILL))
            killer.start()
        drawn += client.draw([BARS], "fr")
    assert drawn == [expected] * 30


def test_a_figure_that_cannot_be_drawn_is_a_sentence_and_the_next_one_is_drawn(home: Path) -> None:
    with pytest.raises(UserError) as caught:
        client.ask({"figure": {"data": [], "layout": {}, "config": {}}, "width": -5, "height": "x"})
    assert caught.value.code == "export_renderer"
    assert client.draw([BARS], "fr")[0].startswith("<svg")


def test_a_map_takes_its_shapes_from_the_renderer_and_nothing_from_outside(home: Path) -> None:
    commune = Drawing(
        {"data": [MAP_TRACE], "layout": {"geo": {"fitbounds": "locations", "visible": False}}}, 400, 300
    )
    assert client.draw([commune], "fr")[0].count("<path") == 2, "two communes"
    outside = {**MAP_TRACE, "geojson": "https://example.org/communes.json"}
    with pytest.raises(UserError):
        client.draw([Drawing({"data": [outside], "layout": {}}, 400, 300)], "fr")


def test_without_chromium_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    with pytest.raises(UserError) as caught:
        find_browser()
    assert caught.value.code == "export_no_browser"
    assert "chromium" in caught.value.facts["names"]


def test_the_key_is_of_its_user_alone(home: Path) -> None:
    client.draw([BARS], "fr")
    key = home / "renderer" / "renderer.key"
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_bytes()) == 32


def test_ids_are_counted() -> None:
    """What plotly.js draws by lot is replaced, wherever it is referred to."""
    svg = '<svg><clipPath id="clip9f3"/><g class="a" clip-path="url(#clip9f3)"><a href="#other"/></g></svg>'
    assert same_svg(svg) == '<svg><clipPath id="i0"/><g clip-path="url(#i0)"><a href="#other"/></g></svg>'


def test_an_empty_style_is_nowhere() -> None:
    """plotly.js writes it before or after the view box, as it happens."""
    first, second = '<svg style="" viewBox="0 0 6 3"/>', '<svg viewBox="0 0 6 3" style=""/>'
    assert same_svg(first) == same_svg(second) == '<svg viewBox="0 0 6 3"/>'
