"""Bring a database to the tables of this program, step by step (Alembic)."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from data_access.db.engine import writing

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


@cache
def head() -> str:
    """The newest revision."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None, "there is at least one migration"
    return revision


def is_current(engine: Engine) -> bool:
    """Whether every migration has been applied."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head()


def upgrade(engine: Engine) -> None:
    """Apply what is missing, in one write transaction: two processes at once do it once."""
    if is_current(engine):
        return
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    logger.info("database brought to revision %s", head())
