"""The command that attacks what is published: which hidden values can be worked out."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from components.i18n.translate import Translator
from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from data_access.services.secrecy import attack_tables
from data_access.settings import Settings

Say = Callable[[object], None]


def add_audit_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Say, t: Translator
) -> None:
    """``audit``: 0 when nothing can be worked out, 1 with a line for each value that can."""
    audit = commands.add_parser("audit", help=t("cli.audit"))
    audit.set_defaults(run=lambda _options, settings, t: _audit(settings, say, t))


def _audit(settings: Settings, say: Say, t: Translator) -> int:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    with engine.connect() as connection:
        found = attack_tables(connection, settings.small_cells)
    for one in found.exposed:
        totals = " ; ".join(one.totals) or t("data.secrecy.before")
        facts = {"indicator": one.indicator, "period": one.period, "cell": one.cell}
        say(t("cli.audit_line", **facts, low=one.low, high=one.high, totals=totals))
    if found.unjudged:
        say(t("data.secrecy.unjudged", count=found.unjudged))
    say(
        t("data.secrecy.leaks", count=len(found.exposed))
        if found.exposed
        else t("data.secrecy.safe", tables=found.tables)
    )
    return int(bool(found.exposed))
