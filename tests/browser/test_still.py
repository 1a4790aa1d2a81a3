"""HTML of still parts is in its place before anything is drawn, and gives way to what React puts there."""

from __future__ import annotations

from pathlib import Path

import dash
import pytest
from playwright.sync_api import Browser, Page

SCRIPT = Path(__file__).parents[2] / "assets" / "fill_still.js"
# React as the application loads it, without Dash: one element that is drawn again with other content.
DRAW = """(content) => new Promise((done) => {
  const e = React.createElement;
  window.root = window.root || ReactDOM.createRoot(document.getElementById('here'));
  const children = content.words ? content.words.map((word, i) => e('b', {key: i}, word)) : undefined;
  const still = content.html ? {'data-still': content.html} : {};
  window.root.render(e('section', still, children));
  requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector('section').innerHTML)));
})"""


@pytest.fixture
def page(browser: Browser) -> Page:
    build = Path(dash.__file__).parent / "deps"
    found = browser.new_page()
    found.set_content("<div id='here'></div>")
    for name in ("react@18*.min.js", "react-dom@18*.min.js"):
        found.add_script_tag(path=next(build.glob(name)))
    found.add_script_tag(path=SCRIPT)
    return found


CHANGES = [
    ({"html": "<i>one</i>"}, "<i>one</i>"),
    ({"html": "<i>two</i><i>three</i>"}, "<i>two</i><i>three</i>"),
    ({"words": ["four", "five"]}, "<b>four</b><b>five</b>"),
    ({"html": "<i>six</i>"}, "<i>six</i>"),
    ({}, ""),
    ({"words": ["seven"]}, "<b>seven</b>"),
]


def test_an_element_shows_its_last_content_only(page: Page) -> None:
    for content, shown in CHANGES:
        assert page.evaluate(DRAW, content) == shown


def test_parts_inside_what_is_put_at_once_are_filled(page: Page) -> None:
    inside = '<p><span data-still="&lt;i&gt;x&lt;/i&gt;"></span></p>'
    page.evaluate("(html) => { document.getElementById('here').innerHTML = html; }", inside)
    assert page.inner_html("#here span") == "<i>x</i>"
