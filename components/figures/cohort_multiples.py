"""One small chart a step: its rate by cohort of entry; closed cohorts joined, open ones hollow and apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from components.figures.commune_multiples import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Frame, value_ticks
from components.figures.theme import ACCENT, BREAK, HAIRLINE, QUIET
from components.funnel_words import rate_text, stage_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Funnel, Unit
from data_access.domain.cohort import Maturity
from data_access.domain.exposure import Reached
from data_access.domain.funnel_flow import NoRate
from data_access.domain.period import Period
from data_access.services.funnel import CohortView, FunnelSheet

SHADE = "#fbeee6"
Point = tuple[Period, float, bool]  # cohort, rate in per cent, whether it is closed


def step_points(sheet: FunnelSheet, stage: str) -> list[Point]:
    """The rates of a step, oldest cohort first; cohorts without one are left out."""
    found = []
    for view in sheet.cohorts:
        step = view.step(stage)
        if step is not None and not isinstance(step.rate, NoRate):
            closed = view.step_maturity[stage] is Maturity.MATURE
            found.append((view.cohort, 100 * step.rate.share, closed))
    return found


def cohort_svg(sheet: FunnelSheet, stage: str, language: str) -> str:
    """The image of a step; empty when no closed cohort has a rate."""
    points = step_points(sheet, stage)
    closed = [p for p in points if p[2]]
    if not closed:
        return ""
    ticks = value_ticks([value for _, value, _ in closed])
    span = (date(points[0][0].year, 1, 1), date(sheet.cohorts[-1].cohort.year, 12, 31))
    frame = Frame(span, ticks[0], ticks[-1])
    body = [
        *_exposure(sheet.cohorts, frame),
        *_grid(frame, ticks, language),
        *_years(frame),
        _line(closed, frame),
        *(_dot(p, frame) for p in points if ticks[0] <= p[1] <= ticks[-1]),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" fill="none" font-family="Liberation Sans, Arial, sans-serif" font-size="10">'
        f"{''.join(body)}</svg>"
    )


def _exposure(cohorts: Sequence[CohortView], frame: Frame) -> list[str]:
    """The cohorts whose follow-up meets the reform, shaded from the first of them on."""
    exposed = [c for c in cohorts if c.exposure.reached is not Reached.NONE]
    if not exposed:
        return []
    x = frame.x(exposed[0].cohort.start)
    width = round(WIDTH - RIGHT - x, 1)
    return [
        f'<path d="M{x} {TOP - 4}h{width}V{HEIGHT - BOTTOM}h-{width}z" fill="{SHADE}"/>',
        f'<path d="M{x} {TOP - 4}V{HEIGHT - BOTTOM}" stroke="{BREAK}" stroke-dasharray="3 3"/>',
    ]


def _grid(frame: Frame, ticks: Sequence[float], language: str) -> list[str]:
    mark = formats.unit_mark(Unit.PERCENT, language)
    decimals = 0 if all(round(tick, 6) == round(tick) for tick in ticks) else 1
    return [
        f'<path d="M{LEFT} {frame.y(tick)}H{WIDTH - RIGHT}" stroke="{HAIRLINE}" stroke-width=".6"/>'
        f'<text x="{LEFT - 4}" y="{frame.y(tick) + 3.5}" text-anchor="end" fill="{QUIET}">'
        f"{formats.number(tick, decimals, language)}{mark}</text>"
        for tick in (ticks[0], ticks[-1])
    ]


def _years(frame: Frame) -> list[str]:
    years = range(frame.span[0].year, frame.span[1].year + 1)
    return [
        f'<text x="{frame.x(date(year, 7, 1))}" y="{HEIGHT - 5}" text-anchor="middle" fill="{QUIET}">'
        f"{year}</text>"
        for year in years
    ]


def _middle(period: Period) -> date:
    return period.start + (period.end - period.start) / 2


def _line(points: Sequence[Point], frame: Frame) -> str:
    steps = []
    for before, (period, value, _) in zip([None, *points], points, strict=False):
        joined = before is not None and before[0].shift(1) == period
        steps.append(f"{'L' if joined else 'M'}{frame.x(_middle(period))} {frame.y(value)}")
    return f'<path d="{"".join(steps)}" stroke="{ACCENT}" stroke-width="1.6"/>'


def _dot(point: Point, frame: Frame) -> str:
    period, value, closed = point
    x, y = frame.x(_middle(period)), frame.y(value)
    return f'<circle cx="{x}" cy="{y}" r="2.4" fill="{ACCENT if closed else "#fff"}" stroke="{ACCENT}"/>'


def cohort_alt_text(sheet: FunnelSheet, stage: str, definition: Funnel, t: Translator) -> str:
    """First and last closed cohort with their rates, and how many are still open."""
    closed = [v for v in sheet.cohorts if v.step_maturity.get(stage) is Maturity.MATURE and v.step(stage)]
    name = stage_name(stage, definition, t)
    if not closed:
        return t("funnel.cohorts.alt_open", stage=name)
    ends = [closed[0], closed[-1]]
    texts = [rate_text(step.rate, t) for v in ends if (step := v.step(stage)) is not None]
    return t(
        "funnel.cohorts.alt",
        stage=name,
        first=texts[0],
        first_cohort=formats.period(ends[0].cohort, t.language),
        last=texts[1],
        last_cohort=formats.period(ends[1].cohort, t.language),
        open=len(sheet.cohorts) - len(closed),
    )
