"""The small series of a scorecard row as an SVG image: readings, target path, break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from components.figures.theme import ACCENT, BREAK, HAIRLINE, INK, TARGET
from data_access.domain.confidentiality import Availability
from data_access.domain.reading import Reading
from data_access.domain.target import TargetPath

START, END = date(2022, 1, 1), date(2027, 12, 31)
WIDTH, HEIGHT, MARGIN = 176, 40, 5


@dataclass(frozen=True)
class _Scale:
    """Days and values to pixels."""

    low: float
    high: float

    def x(self, day: date) -> float:
        span = (END - START).days
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (day - START).days / span, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share, 1)


def shown(readings: Sequence[Reading]) -> list[Reading]:
    """The available readings inside the contract's frame (2022-2027)."""
    return [r for r in readings if r.availability is Availability.AVAILABLE and START <= r.period.end <= END]


def sparkline_svg(
    readings: Sequence[Reading],
    path: TargetPath | None,
    *,
    breaks: Sequence[date] = (),
    judged: Reading | None = None,
) -> str:
    """Draw readings 2022-2027 with the target path (dashed) and the breaks (vertical).

    Readings after the judged one (immature cohorts) are hollow and unconnected; a missing or
    hidden period interrupts the line.
    """
    points = shown(readings)
    goals = _goals(path)
    values = [r.value for r in points if r.value is not None] + [v for _, v in goals]
    if not values:
        return ""
    pad = (max(values) - min(values)) * 0.08 or abs(max(values)) * 0.05 or 1.0
    scale = _Scale(min(values) - pad, max(values) + pad)
    body = [
        f'<path d="M{MARGIN} {HEIGHT - 1}H{WIDTH - MARGIN}" stroke="{HAIRLINE}"/>',
        *(_break_mark(scale, day) for day in breaks if START < day < END),
        _target_marks(scale, goals),
        *_series(scale, points, judged),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" fill="none">{"".join(body)}</svg>'
    )


def data_uri(svg: str) -> str:
    """The image's own address, so that the page asks nobody for it."""
    return "data:image/svg+xml," + quote(svg, safe=" ='\"/:;,()<>").replace('"', "'")


def _goals(path: TargetPath | None) -> list[tuple[date, float]]:
    if path is None:
        return []
    goals = [g for g in (path.baseline, *path.milestones, path.target) if g is not None]
    middles = [(max(g.due, START), g.value if g.value is not None else _middle(g.low, g.high)) for g in goals]
    return [(due, value) for due, value in middles if value is not None and due <= END]


def _middle(low: float | None, high: float | None) -> float | None:
    edges = [edge for edge in (low, high) if edge is not None]
    return sum(edges) / len(edges) if edges else None


def _break_mark(scale: _Scale, day: date) -> str:
    return f'<path d="M{scale.x(day)} 2V{HEIGHT - 2}" stroke="{BREAK}" stroke-dasharray="2 2"/>'


def _target_marks(scale: _Scale, goals: list[tuple[date, float]]) -> str:
    if not goals:
        return ""
    line = "L".join(f"{scale.x(day)} {scale.y(value)}" for day, value in goals)
    x, y = scale.x(goals[-1][0]), scale.y(goals[-1][1])
    return (
        f'<path d="M{line}" stroke="{TARGET}" stroke-dasharray="4 3"/>'
        f'<path d="M{x - 3} {y}h6" stroke="{TARGET}" stroke-width="2"/>'
    )


def _series(scale: _Scale, points: list[Reading], judged: Reading | None) -> list[str]:
    firm = [r for r in points if judged is None or r.period <= judged.period]
    marks = [f'<path d="{_line(scale, firm)}" stroke="{INK}" stroke-width="1.5"/>']
    marks += [_dot(scale, r, INK, 1.7, filled=True) for r in _alone(firm)]
    marks += [_dot(scale, r, INK, 1.6, filled=False) for r in points if r not in firm]
    if firm:
        marks.append(_dot(scale, firm[-1], ACCENT, 2.8, filled=not firm[-1].provisional))
    return marks


def _line(scale: _Scale, points: list[Reading]) -> str:
    steps = []
    for before, reading in zip([None, *points], points, strict=False):
        joined = before is not None and before.period.shift(1) == reading.period
        joined = joined and not reading.starts_break
        steps.append(f"{'L' if joined else 'M'}{scale.x(reading.period.end)} {scale.y(_value(reading))}")
    return "".join(steps)


def _alone(points: list[Reading]) -> list[Reading]:
    """Readings with no neighbour to be joined to: a line would not show them."""
    periods = {r.period for r in points}
    return [r for r in points if r.period.shift(1) not in periods and r.period.shift(-1) not in periods]


def _dot(scale: _Scale, reading: Reading, colour: str, radius: float, *, filled: bool) -> str:
    fill = colour if filled else "#fff"
    return (
        f'<circle cx="{scale.x(reading.period.end)}" cy="{scale.y(_value(reading))}" r="{radius}" '
        f'fill="{fill}" stroke="{colour}"/>'
    )


def _value(reading: Reading) -> float:
    assert reading.value is not None, "shown() keeps readings that have a value"
    return reading.value
