"""Two shares on one scale, never one series: 12 months of the contract, 24 months of the press releases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from components.figures.commune_multiples import value_ticks
from components.figures.duration_bands import RIGHT, WIDTH, Plot, svg, text, written_ones
from components.figures.theme import ACCENT, INK
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.services.long_term_change import Origin, Point, real_first
from data_access.services.long_term_stock import LongTermStock

COLOURS = {"contract": ACCENT, "press": INK}
Lines = dict[str, tuple[Point, ...]]


def lines(stock: LongTermStock) -> Lines:
    """The values that may be shown, by threshold."""
    both = {"contract": stock.share, "press": stock.two_years_share}
    return {name: tuple(p for p in points if p.value is not None) for name, points in both.items()}


def thresholds_svg(stock: LongTermStock, t: Translator) -> str:
    """The image; empty when neither share is known."""
    found = lines(stock)
    points = [p for line in found.values() for p in line]
    if not points:
        return ""
    ticks = value_ticks([p.value or 0.0 for p in points])
    years = [p.period.year for p in points]
    plot = Plot((date(min(years), 1, 1), date(max(years), 12, 31)), ticks[0], ticks[-1])
    body = [
        *plot.grid(ticks, lambda tick: formats.measure(tick, Unit.PERCENT, 0, t.language)),
        *plot.years(),
        *plot.breaks(stock.breaks, t),
    ]
    for name, line in found.items():
        body += _line(line, name, plot, stock.breaks, t)
    return svg(body)


def _line(line: Sequence[Point], name: str, plot: Plot, breaks: Sequence[date], t: Translator) -> list[str]:
    """Fictitious months as a thin line, the others as marks with their value; the name at its end."""
    if not line:
        return []
    colour = COLOURS[name]
    real = [p for p in line if p.origin is not Origin.DEMONSTRATION]
    body = [
        f'<path d="{_path(line, plot, breaks)}" stroke="{colour}" stroke-width="1" stroke-dasharray="2 2"/>',
        *(_mark(p, name, plot) for p in real),
    ]
    for point in written_ones(real, plot):
        value = formats.measure(point.value or 0.0, Unit.PERCENT, 1, t.language)
        x, y = plot.x(point.period.end), plot.y(point.value or 0.0)
        body.append(text(x, y - 9, value, colour, "middle", "bold", halo=True))
    x, y = WIDTH - RIGHT + 6, plot.y(line[-1].value or 0.0)
    body.append(text(x, y - 2, t(f"ltu.threshold.{name}.short"), colour, weight="bold"))
    return [*body, text(x, y + 11, t(f"ltu.threshold.{name}.whose"), colour)]


def _path(line: Sequence[Point], plot: Plot, breaks: Sequence[date]) -> str:
    """Neighbouring fictitious months joined; another origin, a gap and a break interrupt."""
    steps, before = [], None
    for point in line:
        if point.origin is Origin.DEMONSTRATION:
            joined = before is not None and before.shift(1) == point.period
            joined = joined and point.period.start not in breaks
            steps.append(f"{'L' if joined else 'M'}{plot.x(point.period.end)} {plot.y(point.value or 0.0)}")
            before = point.period
    return "".join(steps)


def _mark(point: Point, name: str, plot: Plot) -> str:
    """A disc for the contract's threshold, a hollow square for the other: told apart without colour."""
    x, y = plot.x(point.period.end), plot.y(point.value or 0.0)
    if name == "contract":
        return f'<circle cx="{x}" cy="{y}" r="4.2" fill="{COLOURS[name]}"/>'
    return (
        f'<rect x="{round(x - 3.6, 1)}" y="{round(y - 3.6, 1)}" width="7.2" height="7.2" fill="#fff" '
        f'stroke="{COLOURS[name]}" stroke-width="1.6"/>'
    )


def thresholds_alt_text(stock: LongTermStock, t: Translator) -> str:
    """First and last value of each line that is not fictitious, and the breaks."""
    said = []
    for name, every in lines(stock).items():
        if line := real_first(every):
            values = [
                formats.measure(p.value or 0.0, Unit.PERCENT, 1, t.language) for p in (line[0], line[-1])
            ]
            months = [formats.period(p.period, t.language) for p in (line[0], line[-1])]
            facts = {"first": values[0], "first_period": months[0], "last": values[1], "period": months[1]}
            said.append(t("ltu.line.alt", name=t(f"ltu.threshold.{name}"), **facts))
    said += [t("sparkline.break", day=formats.day(day, t.language)) for day in stock.breaks if said]
    return " ".join(said)
