"""Any figure by its address: ``/export/<figure>.<png|svg|pdf|csv|xlsx>?lang=fr&…``."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as Answer

from components.edition_links import PARAMETER as EDITION
from components.exports.asked import Asked
from components.exports.delimited import exhibit_csv
from components.exports.exhibit import Exhibit
from components.exports.recipes import RECIPES
from components.exports.sheet import FORMATS, exhibit_png, exhibit_svg, sheet_job
from components.exports.typeset import exhibit_pdf, table_image
from components.exports.workbook import exhibit_xlsx
from components.figures.bundle.serve import get_bundle
from components.i18n.errors import error_sentence
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from data_access.services.editions import get_editions, get_view, viewing
from data_access.services.geometry import get_geometry

ROUTE = "/export/<name>.<kind>"
SCRIPT = Path(__file__).parent / "renderer" / "sheet.js"
TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PLAIN = {"lang", "format", EDITION}
STATUS = {"unknown_edition": 404, "export_no_browser": 503, "export_renderer": 503, "export_nothing": 404}
LONGEST = 100  # letters of a value: none of ours is longer

Writer = Callable[[Exhibit, date, str], bytes]
WRITERS: Mapping[str, Writer] = {
    "png": lambda e, day, shape: exhibit_png(e, shape) if e.drawing else table_image(e, day, "png"),
    "svg": lambda e, day, shape: exhibit_svg(e, shape) if e.drawing else table_image(e, day, "svg"),
    "pdf": lambda e, day, _shape: exhibit_pdf(e, day),
    "csv": lambda e, _day, _shape: exhibit_csv(e),
    "xlsx": lambda e, day, _shape: exhibit_xlsx(e, day),
}


@dataclass(frozen=True)
class Moment:
    """What an exhibit may depend on beside the data version.

    Attributes:
        today: the reader's day.
        editions: digests of the meetings that were frozen.
    """

    today: date | None
    editions: tuple[str, ...]


def add_exports(server: Flask) -> None:
    """Answer for every figure that has a recipe, and for the script that draws in a reader's browser."""

    @server.get(ROUTE)
    def export(name: str, kind: str) -> Answer:
        language = request.args.get("lang", LANGUAGES[0])
        t = translator(language if language in LANGUAGES else LANGUAGES[0])
        if name not in RECIPES or kind not in TYPES:
            return _refusal(t("error.export_unknown", name=f"{name}.{kind}", allowed=_known()), 404)
        try:
            with viewing(request.args.get(EDITION)):
                return _answer(name, kind, t)
        except UserError as error:
            return _refusal(error_sentence(error, t), STATUS.get(error.code, 400))

    @server.get("/export/<name>.sheet")
    def export_sheet(name: str) -> Answer:
        """What a reader's browser needs to draw a picture by itself, where the server cannot."""
        t = translator(request.args.get("lang") if request.args.get("lang") in LANGUAGES else LANGUAGES[0])
        if name not in RECIPES:
            return _refusal(t("error.export_unknown", name=name, allowed=_known()), 404)
        try:
            with viewing(request.args.get(EDITION)):
                return _sheet(name, t)
        except UserError as error:
            return _refusal(error_sentence(error, t), STATUS.get(error.code, 400))

    @server.get("/export/sheet.js")
    def export_script() -> Answer:
        response = Response(SCRIPT.read_bytes(), mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        return response.make_conditional(request)


def _known() -> str:
    return ", ".join(f"{name}.({'|'.join(TYPES)})" for name in sorted(RECIPES))


def _refusal(sentence: str, status: int) -> Response:
    response = Response(sentence, status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(name: str, kind: str, t: Translator) -> Answer:
    query = _checked(RECIPES[name].parameters)
    state, shape = get_data_state(), query.pop("format", next(iter(FORMATS)))
    query.pop("lang", None)
    query.pop(EDITION, None)
    content, file = get_file(
        state.version,
        state.cutoff,
        name,
        kind,
        shape,
        t.language,
        tuple(sorted(query.items())),
        current_app.config["SMALL_CELLS"],
        current_app.config["OWN_CROISSANT"],
        get_geometry().digest,
        _moment(name),
    )
    response = Response(content, mimetype=TYPES[kind])
    _name_file(response, file)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _moment(name: str) -> Moment:
    """The day and the meetings, for the few exhibits that they change; the others outlive them."""
    spec = RECIPES[name]
    today = date.today() if spec.daily else None  # noqa: DTZ011  the contract is in local days
    return Moment(today, tuple(e.sha256 for e in get_editions()) if spec.compares else ())


def _sheet(name: str, t: Translator) -> Answer:
    query = _checked(RECIPES[name].parameters)
    state, shape = get_data_state(), query.pop("format", next(iter(FORMATS)))
    query.pop("lang", None)
    query.pop(EDITION, None)
    rule, own = current_app.config["SMALL_CELLS"], current_app.config["OWN_CROISSANT"]
    asked = Asked(t.language, query, state.version, state.cutoff, rule, own, _moment(name).today)
    exhibit = RECIPES[name].make(asked)
    if exhibit.drawing is None:
        raise UserError("export_nothing")
    job = {**sheet_job(exhibit, shape), "plotly": get_bundle().address}
    response = Response(json.dumps(job), mimetype="application/json")
    _name_file(response, file_name(exhibit, "").rstrip("."))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _name_file(response: Answer, file: str) -> None:
    """The name under which a browser keeps the file, in letters that any understands and in its own."""
    plain = unicodedata.normalize("NFKD", file).encode("ascii", "ignore").decode()
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file)}"
    )


def _checked(parameters: tuple[str, ...]) -> dict[str, str]:
    """The parameters of the request; each known, given once, and no longer than any of ours.

    Raises:
        UserError: ``export_parameter`` names the one that is not, and what may be asked.
    """
    known = {*PLAIN, *parameters}
    for name in request.args:
        if name not in known:
            allowed = ", ".join(sorted(known))
            raise UserError(
                "export_parameter", name=name, value=request.args[name][:LONGEST], allowed=allowed
            )
    query = {name: value for name, value in request.args.items() if value}
    for name, choices in (("lang", LANGUAGES), ("format", tuple(FORMATS))):
        if query.get(name, choices[0]) not in choices:
            value, allowed = query[name][:LONGEST], ", ".join(choices)
            raise UserError("export_parameter", name=name, value=value, allowed=allowed)
    for name, value in query.items():
        if len(value) > LONGEST:
            raise UserError("export_parameter", name=name, value=f"{value[:20]}…", allowed=f"≤ {LONGEST}")
    return query


@cached
def get_file(
    version: int,
    cutoff: date | None,
    name: str,
    kind: str,
    shape: str,
    language: str,
    query: tuple[tuple[str, str], ...],
    rule: SmallCellRule,
    own_croissant: tuple[str, ...],
    geometry: str,
    moment: Moment,
) -> tuple[bytes, str]:
    """The bytes of a figure and the name of their file, made once for a version.

    Args:
        version, cutoff: data version (key of the cache) and last day covered.
        name: of the recipe; ``kind`` one of ``TYPES``, ``shape`` one of ``FORMATS``.
        language: ``fr`` or ``nl``.
        query: what is asked of the recipe.
        rule, own_croissant, geometry, moment: what else the figure depends on.

    Raises:
        UserError: as the recipe and the writers do.
    """
    asked = Asked(language, dict(query), version, cutoff, rule, own_croissant, moment.today)
    exhibit = RECIPES[name].make(asked)
    return WRITERS[kind](exhibit, cutoff or contract().start, shape), file_name(exhibit, kind)


def file_name(exhibit: Exhibit, kind: str) -> str:
    """``contrat-de-gestion-OS2.03-2026-Q3-v19.png``: what, when, from which version."""
    t = translator(exhibit.language)
    period = "" if exhibit.subject.endswith(exhibit.period) else exhibit.period
    view = get_view()
    vintage = f"v{exhibit.version}" if view is None else f"{t('edition.file')}-{view.edition.code}"
    parts = [t("export.file"), exhibit.subject, period, vintage]
    text = "-".join(part for part in parts if part)
    return re.sub(r"[^\w.-]+", "-", text).strip("-") + f".{kind}"
