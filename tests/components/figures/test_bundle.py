"""plotly.js: built where it can be, served compressed under an address that changes with its content."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import plotly
import pytest
from flask import Flask
from flask.testing import FlaskClient
from plotly.offline import get_plotlyjs_version

from components.figures.bundle import build, serve

STOCK = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
OWN = b"var Plotly=" + b"1;" * 1000


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's bundle is, or is not."""
    target = tmp_path / "share" / "plotly.min.js"
    monkeypatch.setattr(serve, "built_file", lambda: target)
    monkeypatch.setattr(build, "built_file", lambda: target)
    serve.get_bundle.cache_clear()
    serve._encoded.cache_clear()
    yield target
    serve.get_bundle.cache_clear()
    serve._encoded.cache_clear()


@pytest.fixture
def client(built: Path) -> FlaskClient:
    server = Flask(__name__)
    serve.add_plotly(server)
    return server.test_client()


def programs(folder: Path, npm: str) -> str:
    """A PATH with a node, and an npm that does what a shell says."""
    folder.mkdir()
    for name, script in {"node": "exit 0", "npm": npm}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin"


def test_it_is_the_version_that_the_python_package_writes_figures_for() -> None:
    folder = Path(build.__file__).parent
    asked = json.loads((folder / "package.json").read_text())["dependencies"]["plotly.js"]
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert asked == locked["node_modules/plotly.js"]["version"] == get_plotlyjs_version()


def test_every_locked_package_has_its_hash_and_names_no_host() -> None:
    text = (Path(build.__file__).parent / "package-lock.json").read_text()
    packages = {name: p for name, p in json.loads(text)["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, p in packages.items() if "integrity" not in p or "resolved" in p] == []
    assert "://" not in text


@pytest.mark.parametrize(
    ("npm", "said"),
    [
        (None, "node and npm not on the PATH"),
        ("echo no such package >&2; exit 1", "npm failed: no such package"),
    ],
)
def test_where_it_cannot_be_built_one_line_says_so_and_the_stock_one_serves(
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    npm: str | None,
    said: str,
) -> None:
    build.write(OWN)
    monkeypatch.setenv("PATH", programs(tmp_path / "bin", npm) if npm else "/nowhere")
    assert build.main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert said in line
    assert not serve.get_bundle().own
    assert serve.get_bundle().encoded("identity") == STOCK.read_bytes()


def test_what_esbuild_writes_is_what_serves(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    esbuild = 'mkdir -p node_modules/.bin; printf "#!/bin/sh\\ncat package.json entry.js > plotly.min.js"'
    npm = f"{esbuild} > node_modules/.bin/esbuild; chmod +x node_modules/.bin/esbuild"
    monkeypatch.setenv("PATH", programs(tmp_path / "bin", npm))
    assert build.main() == 0
    folder = Path(build.__file__).parent
    expected = (folder / "package.json").read_bytes() + (folder / "entry.js").read_bytes()
    bundle = serve.get_bundle()
    assert bundle.own
    assert bundle.encoded("identity") == expected
    assert brotli.decompress(bundle.encoded("br")) == gzip.decompress(bundle.encoded("gzip")) == expected


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_it_is_sent_as_the_browser_can_read_it_and_kept_for_ever(
    client: FlaskClient, own: bool, encoding: str
) -> None:
    if own:
        build.write(OWN)
    bundle = serve.get_bundle()
    response = client.get(bundle.address, headers={"Accept-Encoding": encoding})
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[encoding]
    assert undo(response.data) == (OWN if own else STOCK.read_bytes())
    assert response.headers.get("Content-Encoding", "identity") == encoding
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "max-age=31536000, immutable"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_an_encoding_that_is_refused_is_not_sent(client: FlaskClient) -> None:
    build.write(OWN)
    response = client.get(serve.get_bundle().address, headers={"Accept-Encoding": "br;q=0, gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


def test_another_content_has_another_address(built: Path) -> None:
    build.write(OWN)
    before = serve.get_bundle().address
    build.write(OWN + b"2")
    serve.get_bundle.cache_clear()
    assert serve.get_bundle().address != before
    assert re.fullmatch(
        r"/_dash-component-suites/plotly/package_data/plotly\.v[\d_]+m\w{12}\.min\.js", before
    )


@pytest.mark.parametrize("name", ["plotly.min.js", "plotly.v3_0_0mabc.min.js"])
def test_under_any_other_address_it_is_asked_for_again_each_time(client: FlaskClient, name: str) -> None:
    """That of an earlier content, in a page that is still open, and the one that Dash itself would use."""
    build.write(OWN)
    first = client.get(serve.ROUTE + name)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    again = client.get(serve.ROUTE + name, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["widgetbundle.js", "datasets/tips.csv", "x.plotly.min.js"])
def test_no_other_file_of_the_package_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(serve.ROUTE + name).status_code == 404


def test_dash_is_told_the_address_and_its_configuration_stays_safe_inside_a_script(built: Path) -> None:
    tag = '<script id="c" type="application/json">{"a": "\\u003c/script>", "serve_locally": true}</script>'
    told = serve.point_to_bundle(tag)
    assert told.count("</script>") == 1
    config = json.loads(told.split(">", 1)[1].rsplit("<", 1)[0])
    assert config == {"a": "</script>", "serve_locally": False, "plotlyjs_url": serve.get_bundle().address}
