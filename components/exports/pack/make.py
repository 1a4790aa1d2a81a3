"""A whole pack: content from the services, figures by the renderer, pages by typst."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from components.exports.asked import Asked
from components.exports.pack.changes import WEIGHTIEST, make_changes_page, make_no_changes
from components.exports.pack.drawings import draw_art, find_art
from components.exports.pack.fiche import make_fiche
from components.exports.pack.front import make_cover, make_notices
from components.exports.pack.model import Art, Contents, Draw, Notice, Pack, PackKind, Part
from components.exports.pack.pieces import reporting_day, vintage
from components.exports.pack.scorecards import make_overview, make_scorecards
from components.exports.pack.shared import make_session_funnels, make_shared
from components.exports.pack.short import make_attention_page, make_chosen
from components.exports.pack.typeset import measure, typeset
from components.exports.steps import Progress, silent
from components.i18n.translate import LANGUAGES
from data_access.contract.load import contract
from data_access.domain.errors import UserError
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows


def _awake() -> None:
    """Nothing to put away."""


def make_pack(
    kind: PackKind,
    languages: Sequence[str],
    asked: Asked,
    draw: Draw,
    progress: Progress = silent,
    rest: Callable[[], None] = _awake,
) -> bytes:
    """The PDF of a pack.

    Args:
        kind: the short pack, Annexe A or Annexe B.
        languages: ``fr``, ``nl`` or both, in their order; both are one file with the same page breaks.
        asked: version, cut-off and rule; its language is not looked at.
        draw: the renderer.
        rest: called when the figures are drawn, so that the renderer needs no memory beside the compilers.
        progress: told after the content, each figure and the pages; an exception of it stops the work.

    Raises:
        UserError: ``pack_no_data`` when nothing is loaded; ``pack_figure`` names the figure that cannot be
            drawn; ``pack_pages`` when the versions do not break at the same pages.
    """
    if asked.cutoff is None:
        raise UserError("pack_no_data")
    twins = {language: make_content(kind, replace(asked, language=language)) for language in languages}
    packs = list(twins.values())
    arts = find_art(packs)
    total, done = len(arts) + 1, 0

    def tell(art: Art) -> None:
        nonlocal done
        done += 1
        progress(done, total, art.name)

    progress(done, total, "")
    with ThreadPoolExecutor(1) as pool:  # what is measured only is made while figures are drawn
        others = {
            # A thread knows nothing of the edition that is viewed, unless it is told.
            language: pool.submit(copy_context().run, make_content, kind, replace(asked, language=language))
            for language in LANGUAGES
            if language not in twins
        }
        drawn = draw_art(arts, draw, tell)
        twins |= {language: other.result() for language, other in others.items()}
    rest()
    with ThreadPoolExecutor(len(twins)) as pool:  # each waits for a process of its own
        measured = dict(zip(twins, pool.map(measure, twins.values()), strict=True))
    content = typeset(packs, measured, drawn, reporting_day(asked))
    progress(total, total, "")
    return content


def write_pack(content: bytes, path: Path) -> None:
    """Put the file in its place at once: nobody ever sees half of it."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def make_content(kind: PackKind, asked: Asked) -> Pack:
    """Everything that the document says in one language."""
    changes, before = _changes(kind, asked)
    body = (*changes, *BODIES[kind](asked))
    t = asked.t
    demonstration = any(part.demonstration for part in body)
    notices = make_notices(_rows(kind, asked), asked, before)
    title = t(f"pack.title.{kind.value}")
    contents = Contents(heading=t("pack.contents"), running=t("pack.contents"))
    return Pack(
        language=asked.language,
        title=f"{title} – {contract().title.in_(asked.language)}",
        contract=f"{contract().title.in_(asked.language)} · {title}",
        foot=vintage(asked),
        page=t("pack.page", page="{page}", pages="{pages}"),
        blank=t("pack.blank"),
        demonstration=t("demonstration.label"),
        parts=(make_cover(kind, asked, demonstration=demonstration), contents, notices, *body),
    )


def _changes(kind: PackKind, asked: Asked) -> tuple[tuple[Part, ...], tuple[Notice, ...]]:
    """What changed since the meeting before, as a part; where there was none, the notice that says so."""
    if kind not in ROWS:
        return (), ()
    page = make_changes_page(asked, ROWS[kind])
    return ((page,), ()) if page else ((), (make_no_changes(asked),))


def _rows(kind: PackKind, asked: Asked) -> tuple[IndicatorRow, ...]:
    """The indicators that the document is about."""
    own = [d.code for o in contract().objectives for d in contract().of_objective(o.code)]
    shared = [d.code for d in contract().shared()]
    codes = tuple(shared if kind is PackKind.ANNEXE_B else own)
    return get_indicator_rows(asked.version, asked.cutoff, codes, asked.rule)


def _annexe_a(asked: Asked) -> Iterable[Part]:
    for page in make_scorecards(asked):
        yield page
        for definition in contract().of_objective(page.code):
            yield make_fiche(asked, definition.code)


def _annexe_b(asked: Asked) -> Iterable[Part]:
    return (*make_shared(asked), *make_session_funnels(asked))


def _pack(asked: Asked) -> Iterable[Part]:
    chosen = make_chosen(asked)
    return (make_overview(asked), *make_scorecards(asked), make_attention_page(asked), *chosen)


BODIES = {PackKind.PACK: _pack, PackKind.ANNEXE_A: _annexe_a, PackKind.ANNEXE_B: _annexe_b}
ROWS = {PackKind.PACK: WEIGHTIEST, PackKind.ANNEXE_A: None}  # of what changed; None for all
