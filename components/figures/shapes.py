"""Serves the shapes of the communes to the maps, at one address of our own that says their content."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request

from components.figures.bundle.serve import FOREVER
from data_access.services.geometry import get_geometry

ROUTE = "/geometry/communes-<digest>.json"
COMPRESSIONS = {"br": brotli.compress, "gzip": gzip.compress}
DIGITS = frozenset("0123456789abcdef")


def geometry_address() -> str:
    """Where browsers fetch the shapes in force; other shapes have another address."""
    return _address(get_geometry().digest)


def add_geometry(server: Flask) -> None:
    """Answer for the shapes, kept by browsers for ever; under an address of others that were, with these.

    A page that was drawn before an import still names the earlier address: it shows the map all the same,
    and nothing is kept under that address.

    Raises:
        UserError: the shapes cannot be read; said at the start rather than on a map.
    """
    get_geometry()

    @server.get(ROUTE)
    def commune_shapes(digest: str) -> Response:
        if len(digest) != len(get_geometry().digest) or not DIGITS.issuperset(digest):
            abort(404)
        return _answer(get_geometry().geojson, get_geometry().digest)


def _answer(content: bytes, digest: str) -> Response:
    encoding = next((name for name in COMPRESSIONS if request.accept_encodings[name] > 0), "identity")
    response = Response(_encoded(content, encoding), mimetype="application/geo+json")
    response.headers["Vary"] = "Accept-Encoding"
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = FOREVER if request.path == _address(digest) else "no-cache"
    response.set_etag(f"{digest}-{encoding}")
    response.make_conditional(request)
    return response


def _address(digest: str) -> str:
    return ROUTE.replace("<digest>", digest)


@lru_cache(maxsize=6)
def _encoded(content: bytes, encoding: str) -> bytes:
    return COMPRESSIONS[encoding](content) if encoding in COMPRESSIONS else content
