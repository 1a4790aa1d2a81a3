"""HTML attributes that Dash takes only by their dashed names."""

from __future__ import annotations

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """``aria(hidden="true")`` is ``aria-hidden="true"``."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """``data(sort_status="1")`` is ``data-sort-status="1"``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}
