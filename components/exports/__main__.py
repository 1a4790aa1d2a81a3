"""``python -m components.exports``: packs, slides and the workbook from the command line."""

from __future__ import annotations

import sys

from components.exports.cli import main

sys.exit(main())
