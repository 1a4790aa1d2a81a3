"""The few colours of the house and the marks of the six states; never a colour without its symbol."""

from __future__ import annotations

from data_access.domain.status import Status

INK = "#1c2833"
QUIET = "#5b6770"
HAIRLINE = "#c9d1d6"
ACCENT = "#0b4f6c"
TARGET = "#6b4c9a"
BREAK = "#9a3412"
PAST = "#8a959d"  # a target that is no longer in force
OTHER = "#00695c"  # a second series

STATUS_ORDER = (
    Status.ATTAINED,
    Status.ON_TRACK,
    Status.TO_WATCH,
    Status.OFF_TRACK,
    Status.NOT_ASSESSABLE,
    Status.CONTEXT,
)
SYMBOLS = {
    Status.ATTAINED: "✓",
    Status.ON_TRACK: "▲",
    Status.TO_WATCH: "◆",
    Status.OFF_TRACK: "■",
    Status.NOT_ASSESSABLE: "○",
    Status.CONTEXT: "–",
}
