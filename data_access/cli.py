"""The command line: loads, withdrawals, preparation, geometry, reference. It only wires and prints."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.numbers import format_decimal

from components.i18n.errors import error_lines
from components.i18n.translate import LANGUAGES, LOCALES, Translator, translator
from data_access.actions.prepare import prepare_database
from data_access.cli_editions import add_edition_commands
from data_access.cli_report import batch_line, outcome, report_lines
from data_access.cli_secrecy import add_audit_command
from data_access.contract.load import contract
from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from data_access.domain.errors import ImportRejected, UserError
from data_access.imports.commit import withdraw_batch
from data_access.imports.geometry import GeometryImport, read_geometry, remove_geometry, write_geometry
from data_access.imports.load import load_file
from data_access.imports.readers import MEGABYTE, Limits
from data_access.imports.reference import REFERENCE, reference_text
from data_access.repositories.batches import load_batches
from data_access.services.geometry import geometry_folder
from data_access.settings import Settings
from data_access.tables.demonstration.generate import write_demonstration

DONE, REFUSED, WRONG = 0, 1, 2
LISTED = 10  # features left aside that a sentence names
PROVENANCES = ("official", "published", "demonstration")
# The loader never writes logs of its own to the reader's screen: warnings and worse only.
logging.getLogger("alembic").setLevel(logging.WARNING)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused, 2 asked wrongly (an unknown option, a wrong setting)."""
    t = translator(_language(arguments))
    options = _parser(t).parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
        contract()
    except UserError as error:
        _say_error(error, t)
        return WRONG
    try:
        return int(options.run(options, settings, t))
    except UserError as error:
        _say_error(error, t)
        return REFUSED


def _say_error(error: UserError, t: Translator) -> None:
    if isinstance(error, ImportRejected):
        for line in report_lines(error.report, t):
            _say(line)
    print(*error_lines(error, t), sep="\n", file=sys.stderr)


def _say(text: object) -> None:
    print(text)


def _language(arguments: Sequence[str] | None) -> str:
    """The language, before anything else: the help is written in it too."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    return str(first.parse_known_args(arguments)[0].language)


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data_access", description=t("cli.description"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    load = commands.add_parser("load", help=t("cli.load"))
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--provenance", choices=PROVENANCES, default=PROVENANCES[0], help=t("cli.provenance"))
    load.add_argument("--mapping", type=Path, metavar="FILE.toml", help=t("cli.mapping"))
    load.add_argument("--by", default=getpass.getuser(), help=t("cli.by"))
    load.set_defaults(run=_load)

    withdraw = commands.add_parser("withdraw", help=t("cli.withdraw"))
    withdraw.add_argument("batch", type=int, metavar="BATCH")
    withdraw.add_argument("--reason", required=True, help=t("cli.reason"))
    withdraw.add_argument("--by", default=getpass.getuser(), help=t("cli.by"))
    withdraw.set_defaults(run=_withdraw)

    commands.add_parser("batches", help=t("cli.batches")).set_defaults(run=_batches)
    commands.add_parser("prepare", help=t("cli.prepare")).set_defaults(run=_prepare)
    _add_geometry(commands, t)
    add_edition_commands(commands, _say, t)
    add_audit_command(commands, _say, t)
    demonstrate = commands.add_parser("demonstrate", help=t("cli.demonstrate"))
    demonstrate.add_argument("folder", type=Path)
    demonstrate.set_defaults(run=_demonstrate)
    commands.add_parser("reference", help=t("cli.reference")).set_defaults(run=_reference)
    for each in (parser, *commands.choices.values()):
        each.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=t("cli.language"))
    return parser


def _add_geometry(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    geometry = commands.add_parser("geometry", help=t("cli.geometry"))
    what = geometry.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="FILE", help=t("cli.geometry_file"))
    what.add_argument("--reset", action="store_true", help=t("cli.geometry_reset"))
    for language in LANGUAGES:
        geometry.add_argument(f"--attribution-{language}", metavar="TEXT", help=t("cli.geometry_attribution"))
    geometry.set_defaults(run=_geometry)


def _load(options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    limits = _limits(settings)
    code = DONE
    for path in options.files:
        try:
            result = load_file(
                engine,
                contract(),
                path,
                provenance=options.provenance,
                by=options.by,
                now=datetime.now(UTC),
                mapping=options.mapping,
                limits=limits,
                rule=settings.small_cells,
            )
        except UserError as error:
            # The other files are loaded all the same: each file is a whole of its own.
            _say_error(error, t)
            code = REFUSED
        else:
            for line in report_lines(result.report, t):
                _say(line)
            _say(outcome(result, t))
    return code


def _limits(settings: Settings) -> Limits:
    return Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE)


def _withdraw(options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    done = withdraw_batch(
        engine,
        options.batch,
        by=options.by,
        reason=options.reason,
        at=datetime.now(UTC),
        rule=settings.small_cells,
    )
    _say(t("cli.withdrawn", batch=options.batch, version=done.id))
    return DONE


def _batches(_options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    with engine.connect() as connection:
        batches = load_batches(connection)
    for row in batches.to_dict("records"):
        _say(batch_line(row, t))
    if batches.empty:
        _say(t("cli.no_batches"))
    return DONE


def _prepare(_options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    done = prepare_database(
        make_engine(settings.database_url),
        contract(),
        tables=settings.tables,
        data_dir=settings.data_dir,
        now=datetime.now(UTC),
        seed=settings.demonstration_seed,
        rule=settings.small_cells,
    )
    _say(t("cli.prepared", count=len(done.loaded)))
    return DONE


def _geometry(options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    folder = geometry_folder(settings.data_dir)
    if options.reset:
        _say(t("cli.geometry_built_in" if remove_geometry(folder) else "cli.geometry_none"))
        return DONE
    done = read_geometry(options.file, _limits(settings))
    path = write_geometry(done, folder, _attribution(options, done.file))
    for line in _geometry_lines(done, t):
        _say(line)
    _say(t("cli.geometry_written", path=path))
    return DONE


def _attribution(options: argparse.Namespace, file: str) -> dict[str, str]:
    """The line under the maps in each language: both as given, or a sentence that names the file."""
    given = {language: getattr(options, f"attribution_{language}") for language in LANGUAGES}
    if all(text and text.strip() for text in given.values()):
        return given
    if any(given.values()):
        raise UserError("geometry_attribution")
    return {language: translator(language)("geometry.attribution", file=file) for language in LANGUAGES}


def _geometry_lines(done: GeometryImport, t: Translator) -> Iterator[str]:
    """What was read and what was done to it."""
    locale = LOCALES[t.language]
    before, after, size = (
        format_decimal(n, locale=locale) for n in (done.points_before, done.points_after, len(done.geojson))
    )
    yield t("cli.geometry_read", file=done.file, before=before, after=after, size=size)
    nis, share = max(done.area_changes.items(), key=lambda item: item[1])
    yield t("cli.geometry_areas", nis=nis, share=format_decimal(100 * share, "0.00", locale))
    if done.turned:
        yield t.plural("cli.geometry_turned", done.turned)
    for mended, place in done.mended.items():
        yield t("cli.geometry_mended", nis=mended, place=place)
    if count := len(done.left_aside):
        listed = ", ".join(done.left_aside[:LISTED]) + (", …" if count > LISTED else "")
        yield t.plural("cli.geometry_left_aside", count, listed=listed)


def _demonstrate(options: argparse.Namespace, settings: Settings, _t: Translator) -> int:
    for path in write_demonstration(options.folder, contract(), seed=settings.demonstration_seed):
        _say(path)
    return DONE


def _reference(_options: argparse.Namespace, _settings: Settings, _t: Translator) -> int:
    REFERENCE.write_text(
        reference_text(contract(), [translator(language) for language in LANGUAGES]), "utf-8"
    )
    _say(REFERENCE)
    return DONE
