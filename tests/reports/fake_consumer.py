"""A consumer in a process of its own whose makers are made up; each pack is of a few bytes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping

from components.exports import consumer, reports
from components.exports.reports import Maker, Progress, Request
from data_access import queue
from data_access.domain.errors import UserError


def quick(request: Request, progress: Progress) -> bytes:
    progress(1, 2, "one")
    progress(2, 2, "two")
    return f"pack of {request.version} in {','.join(request.languages)}".encode()


def wrong(_request: Request, progress: Progress) -> bytes:
    progress(1, 2, "one")
    raise UserError("report_lost")


def broken(_request: Request, _progress: Progress) -> bytes:
    raise ZeroDivisionError


def slow(_request: Request, progress: Progress) -> bytes:
    for step in range(600):
        progress(step, 600, f"step {step}")
        time.sleep(0.05)
    return b"late"


def makers() -> Mapping[str, Maker]:
    return {"data": quick, "slides": wrong, "annexe-a": broken, "dossier": slow}


if __name__ == "__main__":
    reports.get_makers = makers
    queue.NAME = os.environ.get("TEST_QUEUE", queue.NAME)
    sys.exit(consumer.main())
