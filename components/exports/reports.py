"""The kinds of packs that a reader may ask for, and who makes each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from components.exports.asked import Asked
from components.exports.book.make import make_book
from components.exports.pack.make import make_pack
from components.exports.pack.model import PackKind
from components.exports.renderer.client import draw, renderer_picture, rest
from components.exports.slides.make import make_slides
from components.exports.steps import Progress
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.cache import program_fingerprint
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.report import Order
from data_access.services.changes_since import get_previous
from data_access.services.data_state import get_data_state
from data_access.services.editions import get_view
from data_access.services.geometry import get_geometry
from data_access.services.reports import Report
from data_access.settings import Settings

COMPARING = {"dossier", "annexe-a", "slides", "data"}  # they say what changed since the meeting before
FR, NL, BOTH = "fr", "nl", "fr+nl"


def get_order(kind: str, languages: str, settings: Settings) -> Order:
    """The order of a pack as everything that it depends on is now, or as the edition viewed has it."""
    view = get_view()
    previous = get_previous() if kind in COMPARING else None
    return Order(
        kind,
        languages,
        get_data_state().version,
        settings.small_cells,
        get_geometry().digest,
        program_fingerprint(),
        settings.own_croissant,
        view.edition.code if view else "",
        previous.sha256 if previous else "",
    )


def file_name(kind: str, languages: str, version: int, edition: str, t: Translator) -> str:
    """``dossier-de-seance_fr-nl_v19.pdf``: the kind as the page names it, without accents.

    Of an edition, ``…_seance-2026-11.pdf``.

    Raises:
        KeyError: no such kind.
    """
    plain = unicodedata.normalize("NFKD", t(f"report.{kind}")).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    vintage = f"{t('edition.file')}-{edition}" if edition else f"v{version}"
    return f"{name}_{languages.replace('+', '-')}_{vintage}.{KINDS[kind][1]}"


def file_names(report: Report) -> dict[str, str]:
    """How the file of a pack is called in each language; as it was stored when its kind is no more."""
    if report.kind not in KINDS:
        return dict.fromkeys(LANGUAGES, report.file_name or "")
    asked = (report.kind, report.languages, report.data_version, report.edition)
    return {language: file_name(*asked, translator(language)) for language in LANGUAGES}


@dataclass(frozen=True)
class Request:
    """What a maker is asked for; ``languages`` in the order of the document."""

    languages: tuple[str, ...]
    version: int
    cutoff: date | None
    rule: SmallCellRule
    own_croissant: tuple[str, ...] = ()

    def asked(self, language: str) -> Asked:
        """The request for the figures of one language."""
        return Asked(language, {}, self.version, self.cutoff, self.rule, self.own_croissant)


Maker = Callable[[Request, Progress], bytes]
"""Makes the whole file.

Raises:
    UserError: what a person can understand; its code and facts are kept and shown on the page.
"""


@dataclass(frozen=True)
class ReportKind:
    """One kind: the languages to choose from, and how its file ends. ``report.<name>`` names it."""

    name: str
    languages: tuple[str, ...]
    extension: str
    make: Maker


KINDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "dossier": ((FR, NL, BOTH), "pdf"),
    "annexe-a": ((FR, NL, BOTH), "pdf"),
    "annexe-b": ((FR, NL, BOTH), "pdf"),
    "slides": ((FR, NL), "pptx"),
    "data": ((FR, NL), "xlsx"),
}


def _pack(kind: PackKind, request: Request, progress: Progress) -> bytes:
    return make_pack(kind, request.languages, request.asked(request.languages[0]), draw, progress, rest)


def _slides(request: Request, progress: Progress) -> bytes:
    (language,) = request.languages
    return make_slides(request.asked(language), renderer_picture(language), progress)


def _data(request: Request, progress: Progress) -> bytes:
    (language,) = request.languages
    return make_book(request.asked(language), progress)


MAKERS: Mapping[str, Maker] = {
    "dossier": partial(_pack, PackKind.PACK),
    "annexe-a": partial(_pack, PackKind.ANNEXE_A),
    "annexe-b": partial(_pack, PackKind.ANNEXE_B),
    "slides": _slides,
    "data": _data,
}


def get_makers() -> Mapping[str, Maker]:
    """Who makes each kind, by its name."""
    return MAKERS


def get_kinds() -> dict[str, ReportKind]:
    """The kinds that can be made, in the order of the page; one without a maker is not offered."""
    makers = get_makers()
    return {
        name: ReportKind(name, languages, extension, makers[name])
        for name, (languages, extension) in KINDS.items()
        if name in makers
    }
