"""Serves plotly.js, ours when it was built and else the stock one, compressed once, at one address.

Dash would answer this address itself, with the stock file: hashed at each request, compressed at each
request, and asked for again at each visit, for its address says nothing of the content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import plotly
from dash.fingerprint import build_fingerprint, check_fingerprint
from flask import Flask, Response, abort, request
from plotly.offline import get_plotlyjs_version

ROUTE = "/_dash-component-suites/plotly/package_data/"
STOCK = "plotly.min.js"
SUFFIXES = {"br": ".br", "gzip": ".gz"}
FOREVER = "max-age=31536000, immutable"


@dataclass(frozen=True)
class Bundle:
    """plotly.js as it is served.

    Attributes:
        path: the file.
        digest: of its content, for its address.
        own: whether it is the one that ``build`` made.
    """

    path: Path
    digest: str
    own: bool

    @property
    def address(self) -> str:
        """Where browsers fetch it; another content has another address."""
        return ROUTE + build_fingerprint(STOCK, get_plotlyjs_version(), self.digest)  # type: ignore[no-untyped-call,no-any-return]

    def encoded(self, encoding: str) -> bytes:
        """The content as ``br``, ``gzip`` or ``identity``, read or made once."""
        return _encoded(self, encoding)


def built_file() -> Path:
    """Where our own bundle is: beside the packages whose version it must have, and named by it."""
    return Path(sys.prefix) / "share" / "plotly-bundle" / f"plotly-{get_plotlyjs_version()}.min.js"


@cache
def get_bundle() -> Bundle:
    """The bundle that serves: our own, else the stock one."""
    own = built_file()
    path = own if own.exists() else Path(plotly.__file__).parent / "package_data" / STOCK
    return Bundle(path, hashlib.sha256(path.read_bytes()).hexdigest()[:12], path == own)


@cache
def _encoded(bundle: Bundle, encoding: str) -> bytes:
    if encoding == "identity":
        return bundle.path.read_bytes()
    made = bundle.path.with_name(bundle.path.name + SUFFIXES[encoding])
    if bundle.own:
        return made.read_bytes()
    # The best quality would take twenty seconds; this one takes half a second, and a tenth more bytes.
    body = bundle.path.read_bytes()
    return brotli.compress(body, quality=9) if encoding == "br" else gzip.compress(body)


def point_to_bundle(config_tag: str) -> str:
    """Dash's configuration for the browser, with the address that plotly.js is to be loaded from."""
    opening, rest = config_tag.split(">", 1)
    text, closing = rest.rsplit("</script>", 1)
    # The renderer asks whether files are "served locally" only to choose between two addresses of plotly.js.
    config = {**json.loads(text), "serve_locally": False, "plotlyjs_url": get_bundle().address}
    return f"{opening}>{json.dumps(config).replace('<', chr(92) + 'u003c')}</script>{closing}"


def add_plotly(server: Flask) -> None:
    """Answer for plotly.js in Dash's stead, also under the addresses of earlier contents and of none."""

    @server.get(f"{ROUTE}<name>")
    def plotly_js(name: str) -> Response:
        if check_fingerprint(name)[0] != STOCK:  # type: ignore[no-untyped-call]
            abort(404)
        bundle = get_bundle()
        encoding = next((e for e in SUFFIXES if request.accept_encodings[e] > 0), "identity")
        response = Response(bundle.encoded(encoding), mimetype="text/javascript")
        response.headers["Vary"] = "Accept-Encoding"
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
        response.headers["Cache-Control"] = FOREVER if request.path == bundle.address else "no-cache"
        response.set_etag(f"{bundle.digest}-{encoding}")
        response.make_conditional(request)
        return response
