"""Where Chromium is on this machine."""

from __future__ import annotations

import os
import shutil

from data_access.domain.errors import UserError

# Ubuntu's chromium-browser is only a pointer to a snap: the last to be tried.
NAMES = ("chromium", "google-chrome", "chrome", "chromium-browser")


def find_browser(named: str | None = None) -> str:
    """The executable that the setting names, else the first on PATH.

    Args:
        named: the setting ``BROWSER_PATH``.

    Raises:
        UserError: ``export_no_browser`` says what to install.
    """
    wanted = named or os.environ.get("BROWSER_PATH")
    candidates = [wanted] if wanted else NAMES
    found = next((path for name in candidates if (path := shutil.which(name))), None)
    if found is None:
        raise UserError("export_no_browser", names=", ".join(candidates))
    return found
