"""Who crosses the line of 12 months, a bar a quarter: what became of closed cohorts, open ones hatched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from components.figures.commune_multiples import value_ticks
from components.figures.duration_bands import BOTTOM, HEIGHT, Plot, svg, text
from components.figures.funnel_flow import COLOURS
from components.figures.theme import HAIRLINE, INK, QUIET
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain.cohort_funnel import Outcome, is_known
from data_access.services.long_term_stock import DESTINATIONS, Crossing, LongTermStock

HATCH = (
    '<defs><pattern id="open" width="5" height="5" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><path d="M0 0V5" stroke="{QUIET}" stroke-width="1.2"/></pattern></defs>'
)
WIDE = 11  # pixels of a bar


def drawn(stock: LongTermStock) -> list[tuple[Crossing, int]]:
    """The cohorts whose number may be shown, with it."""
    return [(c, c.entered) for c in stock.crossings if is_known(c.entered)]


def crossing_svg(stock: LongTermStock, t: Translator) -> str:
    """The image; empty when no cohort is known."""
    bars = drawn(stock)
    if not bars:
        return ""
    ticks = value_ticks([0.0, max(n for _, n in bars) * 1.05])
    span = (date(bars[0][0].cohort.year, 1, 1), date(bars[-1][0].cohort.year, 12, 31))
    plot = Plot(span, 0.0, ticks[-1])
    body = [HATCH, *plot.grid(ticks, lambda tick: formats.number(tick, 0, t.language)), *plot.years()]
    for crossing, count in bars:
        body += _bar(crossing, count, plot)
    body += plot.breaks(stock.breaks, t)
    for crossing, count in {bars[0][0].cohort: bars[0], bars[-1][0].cohort: bars[-1]}.values():
        words = formats.number(count, 0, t.language)
        body.append(text(_middle(crossing, plot), plot.y(count) - 5, words, INK, "middle", "bold"))
    return svg([*body, *_key(bars, t)])


def _middle(crossing: Crossing, plot: Plot) -> float:
    start, end = crossing.cohort.start, crossing.cohort.end
    return plot.x(start + (end - start) / 2)


def parts(crossing: Crossing) -> list[tuple[Outcome, int]]:
    """The destinations that may be drawn, from the ground up."""
    return [(o, n) for o in DESTINATIONS if is_known(n := crossing.destinations.get(o, 0)) and n > 0]


def _bar(crossing: Crossing, count: int, plot: Plot) -> list[str]:
    x, found = _middle(crossing, plot) - WIDE / 2, parts(crossing)
    if not found:
        return [_box(x, 0, count, "url(#open)" if not crossing.closed else "#fff", plot)]
    marks, floor = [], 0
    for outcome, size in found:
        marks.append(_box(x, floor, floor + size, COLOURS[outcome], plot))
        floor += size
    return marks


def _box(x: float, low: float, high: float, fill: str, plot: Plot) -> str:
    y, height = plot.y(high), plot.y(low) - plot.y(high)
    return (
        f'<rect x="{round(x, 1)}" y="{y}" width="{WIDE}" height="{round(height, 1)}" fill="{fill}" '
        f'stroke="{QUIET}" stroke-width=".7"/>'
    )


def _key(bars: Sequence[tuple[Crossing, int]], t: Translator) -> list[str]:
    """What the parts of a bar are, from top to bottom as they lie, right of the bars."""
    shown = {outcome for crossing, _ in bars for outcome, _ in parts(crossing)}
    names = [(COLOURS[o], t(f"ltu.destination.{o.value}")) for o in reversed(DESTINATIONS) if o in shown]
    if any(not crossing.closed for crossing, _ in bars):
        names.insert(0, ("url(#open)", t("ltu.crossing.open")))
    x, y = 544, HEIGHT - BOTTOM - 20 * len(names)
    marks = []
    for fill, name in names:
        marks.append(f'<rect x="{x}" y="{y}" width="11" height="11" fill="{fill}" stroke="{HAIRLINE}"/>')
        marks.append(text(x + 16, y + 9.5, name))
        y += 20
    return marks


def crossing_alt_text(stock: LongTermStock, t: Translator) -> str:
    """First and last cohort with their numbers, how many are open, and the breaks."""
    bars = drawn(stock)
    if not bars:
        return ""
    ends = [bars[0], bars[-1]]
    still_open = sum(not crossing.closed for crossing, _ in bars)
    facts = {
        "first": formats.number(ends[0][1], 0, t.language),
        "first_period": formats.period(ends[0][0].cohort, t.language),
        "last": formats.number(ends[1][1], 0, t.language),
        "period": formats.period(ends[1][0].cohort, t.language),
    }
    said = [t("ltu.crossing.alt", **facts), t.plural("ltu.crossing.alt_open", still_open)]
    said += [t("sparkline.break", day=formats.day(day, t.language)) for day in stock.breaks]
    return " ".join(said)
