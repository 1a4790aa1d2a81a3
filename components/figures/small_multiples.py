"""The series of every group as small images on one scale, the whole as a light line behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.figures.sparkline import END, START, data_uri, shown
from components.figures.theme import ACCENT, BREAK, HAIRLINE, INK
from components.group_names import group_name, ordered_groups
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import value_text
from data_access.contract.model import Indicator
from data_access.domain.comparison import Kind
from data_access.domain.reading import Reading
from data_access.services.breakdown import Breakdown, Group

WIDTH, HEIGHT, MARGIN = 200, 64, 5
WHOLE = "#a9b4bb"


@dataclass(frozen=True)
class Scale:
    """Days and values to pixels, the same for every image."""

    low: float
    high: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (day - START).days / (END - START).days, 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share, 1)


def common_scale(series: Sequence[Sequence[Reading]]) -> Scale | None:
    """The scale that holds every value of some series; None without values."""
    values = [r.value for readings in series for r in shown(readings) if r.value is not None]
    if not values:
        return None
    pad = (max(values) - min(values)) * 0.05 or abs(max(values)) * 0.05 or 1.0
    return Scale(min(values) - pad, max(values) + pad)


def make_small_multiples(breakdown: Breakdown, definition: Indicator, t: Translator) -> Component | None:
    """A grid of one image a group; None when no group has a series to draw."""
    groups = ordered_groups(breakdown.groups, breakdown, t)
    # A count of the whole would press the groups to the ground.
    whole = () if breakdown.kind is Kind.COUNT else breakdown.total
    series = [_mature(readings, breakdown) for readings in [*(g.readings for g in groups), whole]]
    scale = common_scale(series)
    if scale is None or not any(len(readings) > 1 for readings in series[:-1]):
        return None
    key = "breakdown.multiples.whole" if whole else "breakdown.multiples"
    text = t(key, first=START.year, last=END.year, **_ends(series, definition, t))
    if breakdown.immature:
        text += " " + t("breakdown.multiples.mature")
    tiles = [
        _tile(group, readings, series[-1], scale, breakdown, definition, t)
        for group, readings in zip(groups, series[:-1], strict=True)
    ]
    return html.Figure(
        [html.Figcaption(text), html.Ul(tiles, className="multiples-grid")], className="multiples"
    )


def _mature(readings: Sequence[Reading], breakdown: Breakdown) -> list[Reading]:
    """What is drawn: an unclosed cohort is not yet comparable, and would bend every scale."""
    return [r for r in shown(readings) if r.period not in breakdown.immature]


def _ends(series: Sequence[Sequence[Reading]], definition: Indicator, t: Translator) -> dict[str, str]:
    values = [r.value for readings in series for r in readings if r.value is not None]
    ends = {"low": min(values), "high": max(values)}
    return {
        name: formats.measure(value, definition.unit, definition.decimals, t.language)
        for name, value in ends.items()
    }


def _tile(
    group: Group,
    readings: Sequence[Reading],
    whole: Sequence[Reading],
    scale: Scale,
    breakdown: Breakdown,
    definition: Indicator,
    t: Translator,
) -> Component:
    if readings:
        last = readings[-1]
        value, period = value_text(last, definition, t.language), formats.period(last.period, t.language)
        latest = html.Span([html.Strong(value), " ", period], className="multiple-last")
    else:
        latest = html.Span(t(f"breakdown.mark.{group.cell.availability.value}"), className="multiple-last")
    image = html.Img(
        src=data_uri(multiple_svg(readings, whole, scale, breaks=breakdown.breaks)),
        alt=multiple_alt_text(readings, definition, t),
        width=str(WIDTH),
        height=str(HEIGHT),
    )
    name = html.Span(group_name(breakdown.inner, group.item, t), className="multiple-name")
    return html.Li([name, latest, image])


def multiple_alt_text(points: Sequence[Reading], definition: Indicator, t: Translator) -> str:
    """First and last value with their periods."""
    if not points:
        return t("sparkline.empty")
    (first, last), language = (points[0], points[-1]), t.language
    return t(
        "breakdown.multiple.alt",
        first=value_text(first, definition, language),
        first_period=formats.period(first.period, language),
        last=value_text(last, definition, language),
        last_period=formats.period(last.period, language),
    )


def multiple_svg(
    readings: Sequence[Reading], whole: Sequence[Reading], scale: Scale, *, breaks: Sequence[date] = ()
) -> str:
    """One image: the whole (light), breaks (vertical) and the group; its last value hollow if provisional."""
    points = shown(readings)
    body = [
        f'<path d="M{MARGIN} {HEIGHT - 1}H{WIDTH - MARGIN}" stroke="{HAIRLINE}"/>',
        *(
            f'<path d="M{scale.x(day)} 2V{HEIGHT - 2}" stroke="{BREAK}" stroke-dasharray="2 2"/>'
            for day in breaks
            if START < day < END
        ),
        f'<path d="{_line(shown(whole), scale)}" stroke="{WHOLE}" stroke-width="1.5"/>',
        f'<path d="{_line(points, scale)}" stroke="{INK}" stroke-width="1.5"/>',
    ]
    if points:
        body.append(_dot(points[-1], scale, ACCENT, 2.8, filled=not points[-1].provisional))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" fill="none">{"".join(body)}</svg>'
    )


def _line(points: Sequence[Reading], scale: Scale) -> str:
    """Neighbouring periods joined; a gap or a break interrupts."""
    steps = []
    for before, reading in zip([None, *points], points, strict=False):
        joined = before is not None and before.period.shift(1) == reading.period and not reading.starts_break
        steps.append(f"{'L' if joined else 'M'}{scale.x(reading.period.end)} {scale.y(reading.value or 0.0)}")
    return "".join(steps)


def _dot(reading: Reading, scale: Scale, colour: str, radius: float, *, filled: bool) -> str:
    return (
        f'<circle cx="{scale.x(reading.period.end)}" cy="{scale.y(reading.value or 0.0)}" r="{radius}" '
        f'fill="{colour if filled else "#fff"}" stroke="{colour}"/>'
    )
