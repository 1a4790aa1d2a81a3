"""The stock of long-term unemployment as stacked areas by duration, and the published totals on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from components.figures.commune_multiples import value_ticks
from components.figures.theme import BREAK, HAIRLINE, INK, QUIET, SEQUENTIAL
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.services.long_term_change import Origin, Point
from data_access.services.long_term_series import BANDS
from data_access.services.long_term_stock import LongTermStock, StockMonth

WIDTH, HEIGHT = 660, 290
LEFT, RIGHT, TOP, BOTTOM = 54, 124, 24, 24
FILLS = dict(zip(BANDS, (SEQUENTIAL[4], SEQUENTIAL[2], SEQUENTIAL[0]), strict=True))  # grey keeps the order
ROOM = 35  # pixels that a written value needs


@dataclass(frozen=True)
class Plot:
    """Days and values to pixels."""

    span: tuple[date, date]
    low: float
    high: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        first, last = self.span
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days, 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    def grid(self, ticks: Sequence[float], written: Callable[[float], str]) -> list[str]:
        """Hairlines with their values."""
        return [
            f'<path d="M{LEFT} {self.y(tick)}H{WIDTH - RIGHT}" stroke="{HAIRLINE}" stroke-width=".6"/>'
            + text(LEFT - 5, self.y(tick) + 3.5, written(tick), QUIET, "end")
            for tick in ticks
        ]

    def years(self) -> list[str]:
        """Each year in its middle."""
        years = range(self.span[0].year, self.span[1].year + 1)
        return [text(self.x(date(year, 7, 1)), HEIGHT - 6, str(year), QUIET, "middle") for year in years]

    def breaks(self, days: Sequence[date], t: Translator) -> list[str]:
        """A dashed line over the whole height on each day, with its name."""
        marks = []
        for day in days:
            if self.span[0] < day < self.span[1]:
                x, name = self.x(day), t("ltu.break.label", day=formats.short_day(day, t.language))
                marks.append(
                    f'<path d="M{x} {TOP - 8}V{HEIGHT - BOTTOM}" stroke="{BREAK}" stroke-dasharray="4 3"/>'
                    + text(x - 4, TOP - 10, name, BREAK, "end")
                )
        return marks


def text(
    x: float,
    y: float,
    words: str,
    colour: str = INK,
    anchor: str = "start",
    weight: str = "",
    halo: bool = False,
) -> str:
    """Words on a figure; with a halo, nothing crosses them."""
    heavy = f' font-weight="{weight}"' if weight else ""
    place = f'x="{x}" y="{round(y, 1)}" text-anchor="{anchor}"'
    heavy += ' paint-order="stroke" stroke="#fff" stroke-width="2.5"' if halo else ""
    return f'<text {place} fill="{colour}"{heavy}>{escape(words)}</text>'


def svg(body: Sequence[str]) -> str:
    """The image of its marks."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" fill="none" font-family="Liberation Sans, Arial, sans-serif" font-size="11">'
        f"{''.join(body)}</svg>"
    )


def written_ones(points: Sequence[Point], plot: Plot) -> list[Point]:
    """The points with room for their value beside the one written before; the newest is always among them."""
    kept: list[Point] = []
    for point in reversed(points):
        if not kept or plot.x(kept[-1].period.end) - plot.x(point.period.end) >= ROOM:
            kept.append(point)
    return kept[::-1]


def stacks(stock: LongTermStock) -> list[list[StockMonth]]:
    """Months with all three bands, in runs that no month without them and no break interrupts."""
    runs: list[list[StockMonth]] = []
    for month in (m for m in stock.months if m.summed):
        before = runs[-1][-1].period if runs else None
        joined = before is not None and before.shift(1) == month.period
        if not joined or any(month.period.start == day for day in stock.breaks):
            runs.append([])
        runs[-1].append(month)
    return runs


def marked(stock: LongTermStock) -> tuple[Point, ...]:
    """The totals that are not fictitious: dots on the areas."""
    return tuple(p for p in stock.totals if p.value is not None and p.origin is not Origin.DEMONSTRATION)


def bands_svg(stock: LongTermStock, t: Translator) -> str:
    """The image; empty when there is nothing to draw."""
    runs, dots = stacks(stock), marked(stock)
    periods = [m.period for m in stock.months if m.summed or any(p.value for p in m.bands.values())]
    periods += [p.period for p in dots]
    if not periods:
        return ""
    tops = [m.summed.value or 0.0 for run in runs for m in run if m.summed] + [p.value or 0.0 for p in dots]
    ticks = value_ticks([0.0, max(tops) * 1.08])
    first, last = min(periods).year, max(periods).year
    plot = Plot((date(first, 1, 1), date(last, 12, 31)), 0.0, ticks[-1])
    body = [
        *plot.grid(ticks, lambda tick: formats.number(tick, 0, t.language)),
        *plot.years(),
        *(_area(run, band, plot) for run in runs for band in BANDS),
        *(_names(runs[-1][-1], plot, t) if runs else []),
        *_origin(runs, t),
        *plot.breaks(stock.breaks, t),
        *(_dot(point, plot) for point in dots),
        *(_alone(month, plot, t) for month in stock.months),
        *(_value(point, plot, t) for point in written_ones(dots, plot)),
    ]
    return svg(body)


def _area(run: Sequence[StockMonth], band: str, plot: Plot) -> str:
    """One band of a run, between the longer bands and itself; a month alone is a bar of a month."""
    below = BANDS[: BANDS.index(band)]
    edges = []
    for month in run:
        floor = sum(month.bands[longer].value or 0.0 for longer in below)
        roof = floor + (month.bands[band].value or 0.0)
        edges.append((plot.x(month.period.end), plot.y(floor), plot.y(roof)))
    if len(edges) == 1:
        edges.insert(0, (plot.x(run[0].period.start), *edges[0][1:]))
    up = [f"{x} {roof}" for x, _, roof in edges]
    back = [f"{x} {floor}" for x, floor, _ in reversed(edges)]
    return f'<path d="M{"L".join([*up, *back])}z" fill="{FILLS[band]}" stroke="#fff" stroke-width=".8"/>'


def _origin(runs: Sequence[Sequence[StockMonth]], t: Translator) -> list[str]:
    """That areas are fictitious stands on the image itself, which may travel alone."""
    origins = {month.summed.origin for run in runs for month in run if month.summed}
    words = ", ".join(t(f"ltu.origin.{origin.value}") for origin in Origin if origin in origins)
    return [text(LEFT, TOP - 10, t("ltu.bands.areas", origin=words), QUIET)] if words else []


def _names(month: StockMonth, plot: Plot, t: Translator) -> list[str]:
    """Each band's name and newest value, right of its area."""
    said, floor, x = [], 0.0, WIDTH - RIGHT + 6
    for band in BANDS:
        value = month.bands[band].value or 0.0
        y = plot.y(floor + value / 2)
        said.append(text(x, y - 2, group_name("DURATION", band, t), weight="bold"))
        said.append(text(x, y + 11, formats.number(value, 0, t.language)))
        floor += value
    return said


def _number(point: Point, t: Translator) -> str:
    return formats.number(point.value or 0.0, 0, t.language)


def _dot(point: Point, plot: Plot) -> str:
    x, y = plot.x(point.period.end), plot.y(point.value or 0.0)
    return f'<circle cx="{x}" cy="{y}" r="4" fill="#fff" stroke="{INK}" stroke-width="1.6"/>'


def _value(point: Point, plot: Plot, t: Translator) -> str:
    return text(
        plot.x(point.period.end), plot.y(point.value or 0.0) - 9, _number(point, t), INK, "middle", "bold"
    )


def _alone(month: StockMonth, plot: Plot, t: Translator) -> str:
    """The longest duration where a table holds it without the two others: a square with its name."""
    point = month.bands.get(BANDS[0])
    if month.summed or point is None or point.value is None:
        return ""
    x, y = plot.x(point.period.end), plot.y(point.value)
    words = f"{group_name('DURATION', BANDS[0], t)} {_number(point, t)}"
    corner = f'x="{round(x - 3.5, 1)}" y="{round(y - 3.5, 1)}"'
    return f'<rect {corner} width="7" height="7" fill="{FILLS[BANDS[0]]}"/>' + text(x + 8, y + 4, words)


def bands_alt_text(stock: LongTermStock, t: Translator) -> str:
    """The newest stack by band, the published totals first and last, and the breaks."""
    runs, dots, said = stacks(stock), marked(stock), []
    if runs:
        month = runs[-1][-1]
        parts = [
            f"{group_name('DURATION', band, t)} {_number(month.bands[band], t)}" for band in reversed(BANDS)
        ]
        period = formats.period(month.period, t.language)
        said.append(t("ltu.bands.alt", period=period, bands=", ".join(parts)))
    if dots:
        ends = [_number(p, t) for p in (dots[0], dots[-1])]
        months = [formats.period(p.period, t.language) for p in (dots[0], dots[-1])]
        said.append(
            t.plural(
                "ltu.points.alt",
                len(dots),
                first=ends[0],
                first_period=months[0],
                last=ends[1],
                period=months[1],
            )
        )
    said += [t("sparkline.break", day=formats.day(day, t.language)) for day in stock.breaks if said]
    return " ".join(said)
