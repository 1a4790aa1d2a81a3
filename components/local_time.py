"""An instant as a reader in Brussels says it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from components.i18n import formats
from components.i18n.translate import Translator

HERE = ZoneInfo("Europe/Brussels")


def local_minute(instant: datetime, t: Translator) -> str:
    """``27 novembre 2026, 14:05``."""
    local = instant.astimezone(HERE)
    return f"{formats.day(local.date(), t.language)}, {local:%H:%M}"
