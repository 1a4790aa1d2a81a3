"""The command line of what leaves the screen: packs, slides, workbook. It only wires and prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from flask import Flask

from components.exports.asked import Asked
from components.exports.book.make import make_book
from components.exports.pack.make import make_pack, write_pack
from components.exports.pack.model import Draw, PackKind
from components.exports.pack.progress import Bar
from components.exports.renderer.client import bind_renderer, renderer_picture, rest
from components.exports.renderer.client import draw as renderer_draw
from components.exports.slides.make import make_slides
from components.exports.steps import Progress
from components.i18n import formats
from components.i18n.errors import error_lines
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.cache import init_cache
from data_access.contract.load import contract
from data_access.db.engine import bind, make_engine
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing
from data_access.services.geometry import bind_geometry
from data_access.settings import Settings

DONE, REFUSED, WRONG = 0, 1, 2

Maker = Callable[[argparse.Namespace, Asked, Progress, Draw | None], bytes]
"""Makes the bytes of one command; ``Draw`` is given by tests, else the renderer draws."""


def main(arguments: Sequence[str] | None = None, draw: Draw | None = None) -> int:
    """Run one command; 0 done, 1 refused, 2 asked wrongly (an unknown option, a wrong setting).

    Args:
        arguments: of the command line; those of the process when None.
        draw: draws the figures; the renderer of the application when None.
    """
    t = translator(_language(arguments))
    options = _parser(t).parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
        contract()
    except UserError as error:
        _say_error(error, t)
        return WRONG
    try:
        return _write(options, settings, draw, t)
    except UserError as error:
        _say_error(error, t)
        return REFUSED


def _language(arguments: Sequence[str] | None) -> str:
    """The language of the command line, before anything else: the help is written in it too."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    return str(first.parse_known_args(arguments)[0].language)


def _languages(text: str) -> tuple[str, ...]:
    """``fr``, ``nl`` or ``fr,nl``."""
    asked = tuple(text.split(","))
    if not set(asked) <= set(LANGUAGES) or len(set(asked)) != len(asked):
        raise argparse.ArgumentTypeError(f"{text!r}: fr | nl | fr,nl")
    return asked


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m components.exports", description=t("exports.cli.description")
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for kind in PackKind:
        command = commands.add_parser(kind.value, help=t(f"exports.cli.{kind.value}"))
        command.add_argument("--lang", type=_languages, default=LANGUAGES[:1], help=t("exports.cli.lang"))
        command.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help=t("exports.cli.out"))
        command.set_defaults(make=_pack, kind=kind)
    for name, make in {"pptx": _slides, "xlsx": _book}.items():
        command = commands.add_parser(name, help=t(f"exports.cli.{name}"))
        command.add_argument("--lang", type=_one_language, default=LANGUAGES[:1], help=t("exports.cli.lang"))
        command.add_argument(
            "--out", type=Path, required=True, metavar=f"FILE.{name}", help=t("exports.cli.out")
        )
        command.set_defaults(make=make)
    for command in commands.choices.values():
        command.add_argument("--edition", default="", metavar="YYYY-MM", help=t("exports.cli.edition"))
    for each in (parser, *commands.choices.values()):
        each.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=t("cli.language"))
    return parser


def _one_language(text: str) -> tuple[str, ...]:
    """Slides and workbooks are of one language."""
    if text not in LANGUAGES:
        raise argparse.ArgumentTypeError(f"{text!r}: {' | '.join(LANGUAGES)}")
    return (text,)


def _write(options: argparse.Namespace, settings: Settings, draw: Draw | None, t: Translator) -> int:
    """One file, which appears whole or not at all."""
    started = perf_counter()
    _check_target(options.out)
    wire(settings)
    bar = Bar(sys.stderr, t("exports.cli.typesetting"))
    try:
        with viewing(options.edition):
            content = options.make(options, make_asked(settings, options.lang[0]), bar.tell, draw)
    finally:
        bar.close()
    write_pack(content, options.out)
    size = formats.number(len(content) / 1024, 0, t.language)
    seconds = formats.number(perf_counter() - started, 1, t.language)
    print(t("exports.cli.written", path=options.out, size=size, seconds=seconds))
    return DONE


def _pack(options: argparse.Namespace, asked: Asked, tell: Progress, draw: Draw | None) -> bytes:
    return make_pack(options.kind, options.lang, asked, draw or renderer_draw, tell, rest)


def _slides(_options: argparse.Namespace, asked: Asked, tell: Progress, _draw: Draw | None) -> bytes:
    return make_slides(asked, renderer_picture(asked.language), tell)


def _book(_options: argparse.Namespace, asked: Asked, tell: Progress, _draw: Draw | None) -> bytes:
    return make_book(asked, tell)


def wire(settings: Settings) -> None:
    """Database, shapes, renderer and cache, as the application has them."""
    bind(make_engine(settings.database_url))
    bind_geometry(settings.data_dir)
    bind_renderer(settings.data_dir, settings.browser_path)
    init_cache(Flask(__name__), settings)


def make_asked(settings: Settings, language: str) -> Asked:
    """What the application would answer from: the data of this moment, or of the edition viewed."""
    state = get_data_state()
    return Asked(language, {}, state.version, state.cutoff, settings.small_cells, settings.own_croissant)


def _check_target(path: Path) -> None:
    """Before minutes of work: the folder is there and can be written to."""
    if path.is_dir():
        raise UserError("pack_target", path=path, reason="folder")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise UserError("pack_target", path=path.parent, reason="not writable")


def _say_error(error: UserError, t: Translator) -> None:
    print(*error_lines(error, t), sep="\n", file=sys.stderr)
