"""What a long export tells while it works: how far it is; whoever listens may stop it by raising."""

from __future__ import annotations

from collections.abc import Callable

from components.exports.exhibit import Drawing

Progress = Callable[[int, int, str], None]
"""Called with done, total and what comes next; an exception of it stops the export."""

Picture = Callable[[Drawing, int, int], bytes]
"""Turns a figure into a PNG at twice that width and height."""


def silent(done: int, total: int, what: str) -> None:
    """For those who do not want to know."""
