"""The application: ``create_app(settings)`` wires it; ``python app.py`` prepares and serves it."""

from __future__ import annotations

import gc
import logging
import os
import sys
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import dash
from dash import Dash, html
from dash.fingerprint import check_fingerprint
from flask import Flask, g, redirect, request
from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from components.addresses import address, language_of, page_of
from components.exports.renderer.client import bind_renderer
from components.exports.routes import add_exports
from components.exports.territory_csv import add_territory_csv
from components.exports.watcher import Watcher
from components.figures.bundle.serve import FOREVER, add_plotly, get_bundle, point_to_bundle
from components.figures.shapes import add_geometry
from components.i18n.errors import error_lines
from components.i18n.translate import LANGUAGES, translator
from components.page import get_page, known_filters, page_title
from components.search_index import add_search_index
from data_access.actions.prepare import prepare_database
from data_access.cache import init_cache
from data_access.contract.load import contract
from data_access.db.engine import bind, forget_connections, get_engine, make_engine
from data_access.db.migrate import is_current
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from data_access.services.geometry import bind_geometry
from data_access.settings import Settings
from pages._asker import may_write
from pages._data_routes import add_data
from pages._edition_routes import add_editions
from pages._report_routes import add_reports
from pages._write_routes import add_writing

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parent
LATER = '<script type="text/plain" data-later '
IDLE_SCRIPTS = ("/deps/polyfill@", "/dash_table/")
INDEX = """<!DOCTYPE html>
<html lang="{language}-BE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{icon}">
{css}
{preload}
</head>
<body>
<div id="prerendered">{page}</div>
<div id="live" hidden>{app_entry}</div>
<footer>{config}{scripts}{renderer}</footer>
</body>
</html>"""


class Dashboard(Dash):
    """Dash, with an index that carries the page's language, title and content from the first byte."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The index of the requested path; the server's answer is the page, not an empty frame."""
        language = language_of(request.path) or "fr"
        found = page_of(request.path)
        name, path_parts = (found[0], found[2]) if found else ("not_found", {})
        page = get_page(name, language, path_parts, known_filters(request.args))
        g.page_status = page.status
        parts["scripts"] = after_painting(parts["scripts"])
        parts["renderer"] = after_painting(parts["renderer"]).replace('type="application/javascript"', "")
        parts["config"] = point_to_bundle(parts["config"])
        return INDEX.format(
            language=language,
            title=escape(page_title(name, path_parts, language)),
            page=page.painted,
            icon=self.get_asset_url("favicon.svg"),
            preload=preload(page.painted),
            **{part: parts[part] for part in ("css", "app_entry", "config", "scripts", "renderer")},
        )


def after_painting(tags: str) -> str:
    """Dash's script tags, which ``assets/later.js`` runs in their order once the page has been drawn.

    Our own small scripts run at once: filters work on the painted page. Left out are the scripts that no
    page of ours needs: polyfills for browsers from before 2017, and the old data table.
    """
    kept = [tag for tag in tags.splitlines() if not any(idle in tag for idle in IDLE_SCRIPTS)]
    return "\n".join(tag if "/assets/" in tag else tag.replace("<script ", LATER, 1) for tag in kept)


def preload(painted: str) -> str:
    """What a page with a figure will need, asked for while the page is being drawn."""
    if 'class="figure-frame"' not in painted:
        return ""
    return f'<link rel="preload" as="script" fetchpriority="low" href="{get_bundle().address}">'


def create_app(settings: Settings) -> Dash:
    """Wire settings, database, cache, pages and routes into one Dash application."""
    engine = make_engine(settings.database_url)
    bind(engine)
    bind_geometry(settings.data_dir)
    bind_renderer(settings.data_dir, settings.browser_path)
    contract()
    server = Flask(__name__)
    server.config["SMALL_CELLS"] = settings.small_cells
    server.config["SETTINGS"] = settings
    server.config["MAY_WRITE"] = partial(may_write, settings)
    server.config["OWN_CROISSANT"] = settings.own_croissant
    init_cache(server, settings)
    app = Dashboard(
        __name__,
        server=server,  # type: ignore[arg-type]
        use_pages=True,
        pages_folder=str(ROOT / "pages"),
        assets_folder=str(ROOT / "assets"),
        compress=True,
        update_title=None,  # type: ignore[arg-type]
        suppress_callback_exceptions=True,
    )
    app.layout = html.Div(dash.page_container)
    add_routes(server)
    add_plotly(server)
    add_geometry(server)
    add_search_index(server)
    add_territory_csv(server)
    add_reports(server, settings)
    add_editions(server, settings)
    add_data(server, settings)
    add_writing(server, settings)
    add_exports(server)
    return app


def add_routes(server: Flask) -> None:
    """The addresses that are not pages, the status that a page asked for, and cautious headers."""

    @server.before_request
    def choose_language() -> Response | None:
        if request.path != "/":
            return None
        language = request.accept_languages.best_match(LANGUAGES, default="fr")
        return redirect(f"/{language}/")

    @server.after_request
    def say_status(response: Response) -> Response:
        if "page_status" in g and request.method == "GET":
            response.status_code = g.page_status
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if response.status_code == 200 and says_its_content():
            response.headers["Cache-Control"] = FOREVER
        return response

    @server.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @server.get("/readyz")
    def readyz() -> tuple[dict[str, Any], int]:
        return readiness()


def says_its_content() -> bool:
    """Whether the address asked for changes with what it holds, so that a browser need never ask again.

    An asset's address carries the time of its file: compared, for a machine that is still on an older
    version must not have its file kept under the address of the newer one.
    """
    if request.path.startswith("/_dash-component-suites/"):
        # plotly.js has said it for itself, and its fingerprint may be of an earlier content
        return request.endpoint != "plotly_js" and bool(check_fingerprint(request.path)[1])  # type: ignore[no-untyped-call]
    if not request.path.startswith("/assets/") or "m" not in request.args:
        return False
    return request.args["m"] == str((ROOT / request.path.lstrip("/")).stat().st_mtime)


def readiness() -> tuple[dict[str, Any], int]:
    """Whether pages can be served: database reachable, migrations applied, some data published."""
    try:
        current = is_current(get_engine())
        version = get_data_state().version if current else 0
    except SQLAlchemyError as error:
        logger.warning("not ready: %s", error)
        return {"database": False, "migrations": False, "data_version": None}, 503
    ready = current and version > 0
    return {"database": True, "migrations": current, "data_version": version}, 200 if ready else 503


def warm_up(app: Dash) -> None:
    """Ask for each page once, so that no reader waits for an import (and no two threads race for one)."""
    client = app.server.test_client()
    for page, parts in [("overview", {}), ("scorecard", {"objective": "os1"})]:
        for language in LANGUAGES:
            client.get(address(page, language, **parts))
    # What is in memory now stays: collections pass over it, and workers share its pages after the fork.
    gc.collect()
    gc.freeze()


def serve(app: Dash, settings: Settings) -> None:
    """Serve with gunicorn until stopped: worker processes, each with threads, behind one address."""

    def forget(_server: object, _worker: object) -> None:
        forget_connections(get_engine())

    watcher = Watcher()

    def make_packs(_server: object) -> None:
        watcher.start()

    def make_no_packs(_server: object) -> None:
        watcher.stop()

    options = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": settings.threads,
        "preload_app": True,
        "post_fork": forget,
        "when_ready": make_packs,
        "on_exit": make_no_packs,
        "control_socket_disable": True,
        "loglevel": settings.log_level.lower(),
    }

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app.server  # type: ignore[no-any-return]

    Server().run()


def main() -> int:
    """Read the settings, prepare the database, serve; say plainly what is wrong when something is."""
    t = translator("fr")
    try:
        settings = Settings.from_env(os.environ)
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        engine = make_engine(settings.database_url)
        prepare_database(
            engine,
            contract(),
            tables=settings.tables,
            data_dir=settings.data_dir,
            now=datetime.now(UTC),
            seed=settings.demonstration_seed,
            rule=settings.small_cells,
        )
        app = create_app(settings)
    except UserError as error:
        print(*error_lines(error, t), sep="\n", file=sys.stderr)  # noqa: T201
        return 2
    warm_up(app)
    forget_connections(get_engine())
    print(f"http://{settings.host}:{settings.port}/", flush=True)  # noqa: T201
    serve(app, settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
