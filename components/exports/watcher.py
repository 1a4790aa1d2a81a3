"""Keeps one consumer running for as long as the application runs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "components.exports.consumer")
PAUSE = 2.0  # seconds before a dead consumer is started again


class Watcher:
    """Starts the consumer, and again when it dies; it ends by itself when this process does."""

    def __init__(self, command: tuple[str, ...] = COMMAND, pause: float = PAUSE) -> None:
        self.command, self.pause = command, pause
        self.process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Start watching, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End the consumer and watch no more."""
        self._stopped.set()
        if self.process and self.process.stdin:
            self.process.stdin.close()
        self._thread.join(timeout=10)

    def _watch(self) -> None:
        while not self._stopped.is_set():
            began = time.monotonic()
            # The consumer reads its input to learn that we are gone; nothing is ever written to it.
            # Where we are, so that a relative DATA_DIR is the same folder for both.
            path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
            environment = {**os.environ, "PYTHONPATH": path}
            with subprocess.Popen(self.command, env=environment, stdin=subprocess.PIPE) as self.process:  # noqa: S603
                code = self.process.wait()
            if self._stopped.is_set():
                return
            logger.warning("the consumer of packs ended (%d) and is started again", code)
            self._stopped.wait(max(0.0, self.pause - (time.monotonic() - began)))
