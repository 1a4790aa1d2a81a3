"""Where Chromium is; ``python -m tests.browser.chromium`` fails when there is none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

# Ubuntu's chromium-browser is only a pointer to a snap: the last to be tried.
NAMES = ("chromium", "google-chrome", "chromium-browser")
PLAYWRIGHT = Path.home() / ".cache" / "ms-playwright"


def find_chromium() -> str | None:
    """The browser that CHROMIUM names, else the first on PATH, else the newest that Playwright installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    downloaded = sorted(PLAYWRIGHT.glob("chromium-*/chrome-linux*/chrome"))
    return found or (str(downloaded[-1]) if downloaded else None)


if __name__ == "__main__":
    sys.exit(0 if find_chromium() else 1)
