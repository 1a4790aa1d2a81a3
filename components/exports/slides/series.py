"""The slide of an indicator: its series and its target as a native chart, the finding as its title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_MARKER_STYLE

from components.cards.definitions import definition_facts
from components.exports.book.styles import pattern
from components.exports.scorecard_lines import make_line
from components.exports.slides.deck import Deck, add_text
from components.exports.slides.lines import Curve, Lines, add_lines, at_places
from components.exports.slides.place import CAPTION, CONTENT, Box
from components.figures.series_figure import series_alt_text
from components.figures.theme import INK, QUIET, TARGET
from components.finding import finding_sentence, measured
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text, value_text
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Freq, Period
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath
from data_access.services.sheet import CONTRACT_END, Sheet, get_sheet

ROOM = date(2028, 6, 30)  # for the words beside the target
FIRST_YEARS = (2017, 2022)  # the earliest that is drawn, and the latest that a chart begins with
CHART = Box(CONTENT.left, CONTENT.top, CONTENT.width, CONTENT.height - CAPTION)
UNDER = Box(CONTENT.left, CHART.bottom + 0.05, CONTENT.width, CAPTION - 0.05)


def add_series(deck: Deck, code: str) -> Any | None:
    """The slide of an indicator; None where no value may be shown, for then there is nothing to draw."""
    asked, t = deck.asked, deck.t
    sheet = get_sheet(asked.version, asked.cutoff, code, None, asked.rule)
    if all(r.value is None for r in sheet.row.readings):
        return None
    definition = contract().indicator(code)
    finding = finding_sentence(sheet, definition, t)
    slide = deck.add(
        f"{definition.title.in_(t.language)}{t('punctuation.colon')}{finding}",
        f"{code} · {measured(sheet, definition, t)}",
        series_notes(sheet, definition, deck),
        source=t("sheet.subtitle.source", source=definition.source.in_(t.language)),
        demonstration=sheet.row.demonstration,
    )
    add_lines(slide, CHART, make_lines(sheet, definition, t), series_alt_text(sheet, definition, None, t))
    add_text(slide, UNDER, " ".join(_caption(sheet, definition, t)), size=11, colour=QUIET)
    return slide


def make_lines(sheet: Sheet, definition: Indicator, t: Translator) -> Lines:
    """The series in stretches that end at breaks, open cohorts apart, and the target in force."""
    freq = Freq(definition.periodicity)
    periods = _periods(sheet, freq)
    places = {str(period): number for number, period in enumerate(periods)}
    shown = [r for r in sheet.row.readings if r.value is not None and str(r.period) in places]
    judged = [r for r in shown if r not in sheet.immature]
    stretches = _stretches(judged, sheet.row.breaks)
    path = sheet.row.assessment.path
    above = _is_above(judged[-1], path) if judged else True
    curves = [
        _stretch(part, number, stretches, places, above, definition, t)
        for number, part in enumerate(stretches)
    ]
    open_cohorts = [(places[str(r.period)], r.value) for r in shown if r in sheet.immature]
    if open_cohorts:
        values = at_places(len(periods), open_cohorts)
        curves.append(Curve(t("slides.series.open"), values, QUIET, None, marker=XL_MARKER_STYLE.TRIANGLE))
    if path is not None:
        last = next((r.value for r in reversed(judged)), None)
        curves += _targets(path, periods, last, definition, t)
    days = tuple(period.end for period in periods)
    number = pattern(definition.unit, definition.decimals, t.language)
    return Lines(days, tuple(curves), number, room=ROOM)


def _periods(sheet: Sheet, freq: Freq) -> list[Period]:
    """From the first of January of the first year drawn to the end of the contract."""
    known = [r.period.year for r in sheet.row.readings if r.availability is Availability.AVAILABLE]
    earliest, latest = FIRST_YEARS
    period = Period.containing(date(min(max(min(known, default=latest), earliest), latest), 1, 1), freq)
    periods = []
    while period.start <= CONTRACT_END:
        periods.append(period)
        period = period.shift(1)
    return periods


def _stretches(readings: Sequence[Reading], breaks: Sequence[date]) -> list[list[Reading]]:
    """The readings between breaks: a line of the chart each, so that none crosses a break."""
    parts: list[list[Reading]] = [[]]
    for before, reading in zip([None, *readings], readings, strict=False):
        if before is not None and any(before.period.end < day <= reading.period.end for day in breaks):
            parts.append([])
        parts[-1].append(reading)
    return [part for part in parts if part]


def _stretch(
    part: Sequence[Reading],
    number: int,
    parts: Sequence[Sequence[Reading]],
    places: dict[str, int],
    above: bool,
    definition: Indicator,
    t: Translator,
) -> Curve:
    label = t("slides.series.value")
    if len(parts) > 1:
        first, last = (formats.period(part[i].period, t.language) for i in (0, -1))
        label = t("slides.series.stretch", first=first, last=last)
    newest = part[-1]
    said = {}
    if number == len(parts) - 1:
        period = formats.period(newest.period, t.language)
        said[places[str(newest.period)]] = (
            f"{period}{t('punctuation.colon')}{value_text(newest, definition, t.language)}"
        )
    return Curve(
        label,
        at_places(len(places), [(places[str(r.period)], r.value) for r in part]),
        INK,
        hollow=frozenset(places[str(r.period)] for r in part if r.provisional),
        labels=said,
        above=above,
    )


def _is_above(newest: Reading, path: TargetPath | None) -> bool:
    """Whether the newest value stands over what is asked at its time, so that its words go there too."""
    goal = next((g for g in _goals(path) if g.due >= newest.period.end), None) if path else None
    level = None if goal is None else goal.value if goal.value is not None else goal.high or goal.low
    return level is None or newest.value is None or newest.value >= level


def _goals(path: TargetPath) -> list[Goal]:
    return sorted((g for g in (path.baseline, *path.milestones, path.target) if g), key=lambda g: g.due)


def _targets(
    path: TargetPath, periods: Sequence[Period], last: float | None, definition: Indicator, t: Translator
) -> list[Curve]:
    """The target as steps, as on the page: each goal holds from the one before it to its own day."""
    goals = _goals(path)
    words = f"{t('column.target')}{t('punctuation.colon')}{goal_text(path.target, definition, t.language)}"
    curves = []
    for name, label in (("value", "target"), ("low", "low"), ("high", "high")):
        steps = [g for g in goals if getattr(g, name) is not None]
        if not steps or getattr(path.target, name) is None:
            continue
        start = path.valid_from if len(steps) == 1 else steps[0].due
        values = tuple(_held(period, steps, start, name) for period in periods)
        known = [place for place, value in enumerate(values) if value is not None]
        level = getattr(path.target, name)
        said = {known[-1]: words} if known and name in {"value", "low"} else {}
        curves.append(
            Curve(
                t(f"slides.series.{label}"),
                values,
                TARGET,
                1.75,
                dashed=True,
                marker=None,
                labels=said,
                above=last is None or level >= last,
            )
        )
    return curves


def _held(period: Period, goals: Sequence[Goal], start: date, name: str) -> float | None:
    if period.end < start:
        return None
    goal = next((g for g in goals if g.due >= period.end), None)
    value: float | None = getattr(goal, name) if goal is not None else None
    return value


def _caption(sheet: Sheet, definition: Indicator, t: Translator) -> list[str]:
    """What the marks mean, and what else must be known to read the chart."""
    row = sheet.row
    sentences = []
    if any(r.provisional for r in row.readings if r not in sheet.immature):
        sentences.append(t("slides.key.provisional"))
    if sheet.immature:
        sentences.append(t("slides.key.open"))
    if row.assessment.path is not None:
        sentences.append(t("slides.key.target"))
    first = _periods(sheet, Freq(definition.periodicity))[0].start
    sentences += [
        t("slides.key.break", day=formats.day(day, t.language))
        for day in row.breaks
        if first < day < CONTRACT_END
    ]
    hidden = [r for r in row.readings if r.availability is Availability.HIDDEN]
    return [*sentences, *([t("slides.key.hidden")] if hidden else [])]


def series_notes(sheet: Sheet, definition: Indicator, deck: Deck) -> str:
    """Definition, calculation, source, vintage, and what to know before using the value."""
    t, row = deck.t, sheet.row
    facts = definition_facts(definition, t)
    kept = ("definition", "numerator", "denominator", "cohort", "source", "note")
    lines = [f"{t(f'definition.{n}')}{t('punctuation.colon')}{facts[n]}" for n in kept if n in facts]
    line = make_line(row, definition, t)
    lines.append(f"{t('column.status')}{t('punctuation.colon')}{line.status} {line.extra}".rstrip())
    if row.vintage is not None:
        batch, day = row.vintage
        text = f"{t('vintage.batch', batch=batch)}, {formats.day(day, t.language)}"
        lines.append(f"{t('column.vintage')}{t('punctuation.colon')}{text}")
    if line.alerts:
        lines.append(f"{t('column.alerts')}{t('punctuation.colon')}{', '.join(line.alerts)}")
    carried = [b for b in contract().breaks if b.code in definition.breaks]
    lines += [
        f"{formats.day(b.day, t.language)}{t('punctuation.colon')}{b.label.in_(t.language)}" for b in carried
    ]
    for availability, key in ((Availability.HIDDEN, "value.hidden"), (Availability.MISSING, "value.missing")):
        periods = [
            formats.period(r.period, t.language) for r in row.readings if r.availability is availability
        ]
        lines += [f"{t(key)}{t('punctuation.colon')}{', '.join(periods)}"] if periods else []
    missing = _gaps(row.readings, t)
    lines += [f"{t('slides.gaps')}{t('punctuation.colon')}{', '.join(missing)}"] if missing else []
    return "\n".join([*lines, deck.foot])


def _gaps(readings: Sequence[Reading], t: Translator) -> list[str]:
    """Between which periods of the series nothing was delivered."""
    return [
        f"{formats.period(a.period, t.language)} – {formats.period(b.period, t.language)}"
        for a, b in pairwise(readings)
        if a.period.shift(1) != b.period
    ]
