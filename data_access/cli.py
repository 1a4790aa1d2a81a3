"""The command line: load, withdraw, batches, prepare, demonstrate, reference. It only wires and prints."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from components.i18n.errors import error_lines
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.actions.prepare import prepare_database
from data_access.cli_report import batch_line, outcome, report_lines
from data_access.contract.load import contract
from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from data_access.domain.errors import ImportRejected, UserError
from data_access.imports.commit import withdraw_batch
from data_access.imports.load import load_file
from data_access.imports.readers import MEGABYTE, Limits
from data_access.imports.reference import REFERENCE, reference_text
from data_access.repositories.batches import load_batches
from data_access.settings import Settings
from data_access.tables.demonstration.generate import write_demonstration

DONE, REFUSED, WRONG = 0, 1, 2
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
    demonstrate = commands.add_parser("demonstrate", help=t("cli.demonstrate"))
    demonstrate.add_argument("folder", type=Path)
    demonstrate.set_defaults(run=_demonstrate)
    commands.add_parser("reference", help=t("cli.reference")).set_defaults(run=_reference)
    for each in (parser, *commands.choices.values()):
        each.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=t("cli.language"))
    return parser


def _load(options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE)
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


def _withdraw(options: argparse.Namespace, settings: Settings, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    done = withdraw_batch(engine, options.batch, by=options.by, reason=options.reason, at=datetime.now(UTC))
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
    )
    _say(t("cli.prepared", count=len(done.loaded)))
    return DONE


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
