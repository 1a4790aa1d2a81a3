"""A progress bar on a terminal; elsewhere, nothing."""

from __future__ import annotations

from typing import TextIO

WIDTH = 30
CLEAR = "\r\x1b[K"


class Bar:
    """Draws how much is done on one line, which ``close`` clears."""

    def __init__(self, stream: TextIO, last: str) -> None:
        self.stream, self.last = stream, last

    def tell(self, done: int, total: int, what: str) -> None:
        """How much is done, and what was done last; the last step has no name of its own."""
        if not self.stream.isatty():
            return
        filled = round(WIDTH * done / total) if total else 0
        said = what if done < total - 1 else self.last
        line = f"{'█' * filled}{'░' * (WIDTH - filled)} {done}/{total} {said}"
        self.stream.write(CLEAR + line[:100])
        self.stream.flush()

    def close(self) -> None:
        """Leave a clean line."""
        if self.stream.isatty():
            self.stream.write(CLEAR)
            self.stream.flush()
