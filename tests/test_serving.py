"""What browsers keep: files whose address says their content are asked for once."""

from __future__ import annotations

import html
import json
import re

import pytest
from flask.testing import FlaskClient

from tests.test_app import PATHS

FOREVER = "max-age=31536000, immutable"


def loaded(page: str) -> list[str]:
    """The addresses of scripts and stylesheets in a page."""
    found = re.findall(r'<script[^>]* src="([^"]+)"', page)
    found += re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    return [html.unescape(address) for address in found]


def kept(client: FlaskClient, address: str) -> tuple[int, str | None]:
    """The status of an address, and what browsers are told about keeping it."""
    with client.get(address) as response:
        return response.status_code, response.headers.get("Cache-Control")


def test_every_script_and_stylesheet_of_a_page_is_kept_for_ever(client: FlaskClient) -> None:
    addresses = loaded(client.get("/fr/").get_data(as_text=True))
    assert any("/assets/" in address for address in addresses)
    assert any("dash_renderer" in address for address in addresses)
    assert [address for address in addresses if kept(client, address) != (200, FOREVER)] == []


@pytest.mark.parametrize("query", ["", "?m=1", "?m="])
def test_an_asset_under_an_address_of_another_time_is_asked_for_again(
    client: FlaskClient, query: str
) -> None:
    assert kept(client, f"/assets/style.css{query}") == (200, "no-cache")


@pytest.mark.parametrize("path", ["/fr/", "/healthz", "/_dash-layout", "/_dash-dependencies"])
def test_what_changes_is_not_kept(client: FlaskClient, path: str) -> None:
    assert "immutable" not in (kept(client, path)[1] or "")


def test_a_missing_file_is_not_kept(client: FlaskClient) -> None:
    status, said = kept(client, "/assets/none.js?m=1")
    assert status == 404
    assert "immutable" not in (said or "")


def test_dash_is_told_an_address_of_plotly_that_answers(client: FlaskClient) -> None:
    page = client.get("/fr/").get_data(as_text=True)
    (config,) = re.findall(r'<script id="_dash-config"[^>]*>(.*?)</script>', page)
    response = client.get(json.loads(config)["plotlyjs_url"])
    assert (response.status_code, response.headers["Cache-Control"]) == (200, FOREVER)
    assert len(response.data) > 1_000_000


@pytest.mark.parametrize("path", PATHS)
def test_plotly_is_asked_for_early_by_the_pages_with_a_figure_and_by_no_other(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path).get_data(as_text=True)
    assert ('rel="preload"' in page) == ('class="figure-frame"' in page)
