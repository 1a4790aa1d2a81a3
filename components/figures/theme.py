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
OPEN = "triangle-down-open"  # an open cohort, in every figure; a diamond is a significant gap

# Classes of a map, from low to high: one hue, so that grey keeps the order.
SEQUENTIAL = ("#dcecf4", "#b4d3e0", "#7db2c8", "#3d86a6", "#0b4f6c")
# Below and above the Region: safe for the colour-blind; grey needs the sign that stands beside the number.
DIVERGING = ("#b45309", "#eeb680", "#f4f3f0", "#bcaed6", "#6b4c9a")
ABSENT = "#d9dcde"  # no value
GROUND = "#f6f8f9"  # a commune without a class, under a circle
CIRCLE = "#7db2c8"

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
