"""The flow of a funnel as an image, for pages that load no plotly.js; the same bars, colours and words."""

from __future__ import annotations

from html import escape

from components.figures.crossing_bars import HATCH
from components.figures.funnel_flow import COLOURS, ORDER, PALE, stage_said
from components.figures.theme import HAIRLINE, INK, QUIET
from components.i18n.translate import Translator
from data_access.contract.model import Funnel
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import Outcome, Stage, is_known
from data_access.services.funnel import CohortView

WIDTH, ROW, BAR, KEY = 640, 50, 15, 26


def flow_svg(view: CohortView, definition: Funnel, t: Translator) -> str:
    """A bar a stage, as wide as its cases, parted into what became of them; empty without an entry count."""
    funnel = view.funnel
    assert funnel is not None, "only a funnel that can be is drawn"
    entered = funnel.stages[0].count
    if not is_known(entered) or entered == 0:
        return ""
    height = ROW * len(funnel.stages) + KEY
    body = [HATCH]
    for row, stage in enumerate(funnel.stages):
        head, rates = stage_said(stage, view, definition, t)
        top = row * ROW
        body.append(_text(0, top + 12, head, weight="bold"))
        body.append(_text(0, top + 26, rates))
        body += _bar(stage, top + 31, WIDTH / entered, pale=view.maturity is not Maturity.MATURE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="Liberation Sans, Arial, sans-serif" font-size="12">'
        f"{''.join([*body, *_key(height - 8, t)])}</svg>"
    )


def _bar(stage: Stage, y: float, scale: float, *, pale: bool) -> list[str]:
    """The parts that may be shown, from the left; what is hidden stays open to the end of the bar."""
    if not is_known(stage.count):
        return []
    opacity = f' opacity="{PALE}"' if pale else ""
    marks = [_box(0, y, stage.count * scale, "#fff", opacity)]
    x = 0.0
    for outcome in ORDER:
        count = stage.outcomes[outcome]
        if is_known(count) and count:
            fill = "url(#open)" if outcome is Outcome.PENDING else COLOURS[outcome]
            marks.append(_box(x, y, count * scale, fill, opacity))
            x += count * scale
    return marks


def _box(x: float, y: float, width: float, fill: str, more: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{fill}" stroke="{HAIRLINE}" '
        f'stroke-width=".7"{more}/>'
    )


def _key(y: float, t: Translator) -> list[str]:
    """What the parts are, on one line."""
    marks, x = [], 0.0
    for outcome in ORDER:
        words = t(f"funnel.outcome.{outcome.value}")
        fill = "url(#open)" if outcome is Outcome.PENDING else COLOURS[outcome]
        marks.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{fill}" stroke="{HAIRLINE}"/>')
        marks.append(_text(x + 14, y, words, fill=QUIET, size=11))
        x += 28 + 5.6 * len(words)
    return marks


def _text(x: float, y: float, words: str, *, weight: str = "normal", fill: str = INK, size: int = 12) -> str:
    look = f'fill="{fill}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {look}>{escape(words)}</text>'
