"""The renderer of the application for as long as a document is made, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from components.exports.pack.model import Draw
from components.exports.renderer import client
from tests.browser.chromium import find_chromium


@contextmanager
def drawer() -> Iterator[Draw]:
    """Draws figures until it is left."""
    before = dict(client._bound)
    with TemporaryDirectory(prefix="draw-") as folder:
        client.bind_renderer(Path(folder), find_chromium())
        try:
            yield client.draw
        finally:
            client.stop()
            client._bound.clear()
            client._bound.update(before)
