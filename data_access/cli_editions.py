"""The commands of editions: freeze one, list and verify them all."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from datetime import UTC, date, datetime

from components.i18n.translate import Translator
from data_access.actions.create_edition import create_edition, verify_edition
from data_access.db.engine import bind, make_engine
from data_access.db.migrate import upgrade
from data_access.services.data_state import get_data_state
from data_access.services.edition_results import make_draft
from data_access.services.editions import get_editions
from data_access.settings import Settings

Say = Callable[[object], None]


def add_edition_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Say, t: Translator
) -> None:
    """``edition --meeting YYYY-MM-DD`` and ``editions``."""
    one = commands.add_parser("edition", help=t("cli.edition"))
    one.add_argument(
        "--meeting", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD", help=t("cli.meeting")
    )
    one.add_argument("--by", default=getpass.getuser(), help=t("cli.by"))
    one.set_defaults(run=lambda options, settings, t: _freeze(options, settings, say, t))
    every = commands.add_parser("editions", help=t("cli.editions"))
    every.set_defaults(run=lambda _options, settings, t: _list(settings, say, t))


def _freeze(options: argparse.Namespace, settings: Settings, say: Say, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    bind(engine)
    draft = make_draft(options.meeting, get_data_state().version, settings.small_cells)
    made = create_edition(engine, draft, by=options.by, now=datetime.now(UTC))
    say(t("cli.edition_made", code=made.code, version=made.version, digest=made.sha256))
    return 0


def _list(settings: Settings, say: Say, t: Translator) -> int:
    """Every edition and whether it still holds what was frozen; 1 when one does not."""
    engine = make_engine(settings.database_url)
    upgrade(engine)
    bind(engine)
    editions = get_editions()
    whole = True
    for each in editions:
        same = verify_edition(engine, each.code)
        whole = whole and same
        sentence = "cli.edition_line" if same else "cli.edition_changed"
        say(
            t(
                sentence,
                code=each.code,
                meeting=each.meeting.isoformat(),
                version=each.version,
                digest=each.sha256,
            )
        )
    if not editions:
        say(t("cli.no_editions"))
    return 0 if whole else 1
