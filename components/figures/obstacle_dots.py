"""The share of each obstacle as a dot on its interval, and a second group as a hollow diamond under it."""

from __future__ import annotations

from components.figures.commune_multiples import value_ticks
from components.figures.duration_bands import text
from components.figures.theme import ACCENT, HAIRLINE, INK, QUIET
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.obstacle_words import rates, share_text
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.obstacles import NONE
from data_access.services.obstacles import OBSTACLE, ObstacleSheet

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 660, 246, 66, 8, 26
ROW, PAIR = 26, 36  # pixels of an obstacle: of one group, of two


def obstacle_svg(sheet: ObstacleSheet, t: Translator) -> str:
    """The image; empty where no share may be shown."""
    rows = rates(sheet)
    known = [rate for _, pair in rows for rate in pair if isinstance(rate, Rate)]
    if not known:
        return ""
    ticks = value_ticks([0.0, max(100 * rate.high for rate in known)])
    step = ROW if sheet.beside is None else PAIR
    height = TOP + step * len(rows) + BOTTOM
    body = _grid(ticks, height, t)
    for at, (obstacle, pair) in enumerate(rows):
        middle = TOP + step * (at + 0.5)
        if obstacle == NONE:
            body.append(f'<path d="M6 {middle - step / 2}H{WIDTH - 6}" stroke="{HAIRLINE}"/>')
        body.append(text(LEFT - 12, middle + 4, group_name(OBSTACLE, obstacle, t), INK, "end"))
        shift = 0.0 if len(pair) == 1 else 7.0
        for place, rate in enumerate(pair):
            body += _mark(rate, middle + (2 * place - 1) * shift, ticks[-1], t, hollow=place == 1)
    return _svg(body, height)


def _x(percent: float, most: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * percent / most, 1)


def _grid(ticks: list[float], height: int, t: Translator) -> list[str]:
    marks = []
    for tick in ticks:
        x = _x(tick, ticks[-1])
        marks.append(f'<path d="M{x} {TOP}V{height - BOTTOM}" stroke="{HAIRLINE}" stroke-width=".6"/>')
        words = formats.percentage(tick / 100, t.language)
        marks.append(text(x, height - 8, words, QUIET, "middle"))
    return marks


def _mark(rate: Rate | NoRate, y: float, most: float, t: Translator, *, hollow: bool) -> list[str]:
    """A dot on its interval with its value behind it; or in words why there is none."""
    if isinstance(rate, NoRate):
        return [text(LEFT + 6, y + 4, share_text(rate, t), QUIET)]
    low, at, high = (_x(100 * share, most) for share in (rate.low, rate.share, rate.high))
    line = f'<path d="M{low} {y}H{high}" stroke="{QUIET}" stroke-width="2"/>'
    diamond = f"M{at} {y - 6}L{at + 6} {y}L{at} {y + 6}L{at - 6} {y}Z"
    if hollow:
        dot = f'<path d="{diamond}" fill="#fff" stroke="{INK}" stroke-width="1.8"/>'
    else:
        dot = f'<circle cx="{at}" cy="{y}" r="4.6" fill="{ACCENT}"/>'
    behind = max(high, at + 6) + 6
    return [line, dot, text(behind, y + 4, share_text(rate, t), INK, "start", "" if hollow else "bold", True)]


def _svg(body: list[str], height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" fill="none" font-family="Liberation Sans, Arial, sans-serif" font-size="11.5">'
        f"{''.join(body)}</svg>"
    )


def obstacle_alt_text(sheet: ObstacleSheet, names: list[str], t: Translator) -> str:
    """Every obstacle with its share, of both groups, in the order of the rows."""
    parts = []
    for obstacle, pair in rates(sheet):
        values = " / ".join(share_text(rate, t) for rate in pair)
        parts.append(t("obstacles.alt.row", obstacle=group_name(OBSTACLE, obstacle, t), values=values))
    cohort = formats.period(sheet.cohort, t.language)
    return t("obstacles.alt", cohort=cohort, groups=" / ".join(names), rows="; ".join(parts))
