"""Under the trajectory: the pace asked for against the best one observed, and where the trend leads."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.cards.verdict_arithmetic import Numbers, make_formula, make_given
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator, Measure
from data_access.domain.pace import NoPace, Pace, YearlyChange
from data_access.domain.polarity import Polarity
from data_access.domain.projection import NoProjection, Projection
from data_access.services.sheet import Sheet

NEARLY = 0.01  # below this, and above its complement, a probability is only said to be so


def make_outlook(sheet: Sheet, definition: Indicator, t: Translator) -> list[Component]:
    """One sentence or two on the pace, and on the projection."""
    numbers = Numbers.fit(definition, t.language)
    return [
        html.H4(t("verdict.pace")),
        html.P(_pace(sheet.pace, numbers, t)),
        html.H4(t("verdict.projection")),
        html.P(_projection(sheet, numbers, t)),
    ]


def _pace(pace: Pace | NoPace, numbers: Numbers, t: Translator) -> str:
    if isinstance(pace, NoPace):
        return t("verdict.pace.none", reason=t(f"refusal.{pace.reason.value}"))
    facts = {
        "required": numbers.change(pace.required),
        "n": pace.changes,
        "since": formats.period(pace.since, t.language) if pace.since else "",
    }
    if pace.best is None or pace.ratio is None:
        return t(f"verdict.pace.{'no_best' if pace.changes else 'no_change'}", **facts)
    best = numbers.change(pace.best.change)
    ratio = numbers.number(pace.ratio, 1 if round(pace.ratio, 1) else 2)
    return t("verdict.pace.ratio", ratio=ratio, best=best, span=_span(pace.best, t), **facts)


def _span(best: YearlyChange, t: Translator) -> str:
    before, after = (formats.period(p, t.language) for p in (best.before, best.after))
    return f"{before} → {after}"


def _projection(sheet: Sheet, numbers: Numbers, t: Translator) -> str:
    found = sheet.projection
    if isinstance(found, NoProjection):
        return t(
            "verdict.projection.none",
            reason=t(f"refusal.{found.reason.value}"),
            points=_points(found.points, t),
        )
    last = found.steps[-1]

    def shown(value: float) -> str:
        return numbers.shown(_possible(value, numbers.definition))

    text = t(
        "verdict.projection.sentence",
        points=_points(len(found.points), t),
        day=formats.short_day(last.at, t.language),
        value=shown(last.value),
        low80=shown(last.low80),
        high80=shown(last.high80),
        low95=shown(last.low95),
        high95=shown(last.high95),
    )
    return f"{text} {_probability(sheet, found, t)}"


def _points(n: int, t: Translator) -> str:
    return t.plural("verdict.points", n)


def _possible(value: float, definition: Indicator) -> float:
    """A line knows no natural limits; what is said of it does."""
    if definition.measure is Measure.GAP or not definition.numerator_within_denominator:
        return value
    return max(0.0, min(value, definition.natural_limit or value))


def _probability(sheet: Sheet, found: Projection, t: Translator) -> str:
    """In words at both ends, where a percentage would claim too much."""
    p = found.probability
    if p is None:
        path = sheet.row.assessment.path
        key = "no_target" if path is None else "exact" if found.scatter == 0 else "no_side"
        return t(f"verdict.projection.{key}")
    if p < NEARLY or p > 1 - NEARLY:
        edge = formats.percentage(NEARLY if p < NEARLY else 1 - NEARLY, t.language)
        return t(f"verdict.projection.{'below' if p < NEARLY else 'beyond'}", edge=edge)
    return t("verdict.projection.probability", probability=formats.percentage(p, t.language))


def outlook_arithmetic(sheet: Sheet, definition: Indicator, t: Translator) -> list[Component]:
    """The pace and the line with their numbers, where there are any."""
    parts: list[Component] = []
    if isinstance(sheet.pace, Pace):
        parts += _pace_arithmetic(sheet.pace, definition, t)
    if isinstance(sheet.projection, Projection):
        parts += _line_arithmetic(sheet.projection, definition, t)
    return parts


def _pace_arithmetic(pace: Pace, definition: Indicator, t: Translator) -> list[Component]:
    numbers = Numbers.fit(definition, t.language, pace.required or None)
    years = numbers.number(pace.years, 3)
    steps = f"{numbers.plain(pace.remaining)} ÷ {years}"
    parts: list[Component] = [
        html.H4(t("verdict.pace")),
        make_formula(
            "r = (c − x) ÷ n", steps, t("verdict.pace.per_year", change=numbers.signed(pace.required))
        ),
    ]
    if definition.polarity is Polarity.ZERO_GAP:
        parts.append(html.P(t("verdict.trajectory.absolute")))
    if pace.best is not None and pace.ratio is not None:
        best = numbers.plain(pace.best.change)
        parts.append(
            make_formula("r ÷ m", f"{numbers.plain(pace.required)} ÷ {best}", numbers.number(pace.ratio, 2))
        )
        parts.append(html.P(t("verdict.pace.notation", span=_span(pace.best, t)), className="quiet"))
    return parts


def _line_arithmetic(found: Projection, definition: Indicator, t: Translator) -> list[Component]:
    numbers = Numbers.fit(definition, t.language, found.slope or None)
    first, last = found.steps[0], found.steps[-1]
    rows = [
        ("", t("term.points"), str(len(found.points))),
        ("", t("term.first_date"), formats.short_day(found.points[0].at, t.language)),
        (
            "",
            t("verdict.projection.start", day=formats.short_day(first.at, t.language)),
            numbers.value(first.value),
        ),
        ("", t("term.slope"), numbers.signed(found.slope)),
        ("", t("term.scatter"), numbers.amount(found.scatter)),
        (
            "",
            t("verdict.projection.end", day=formats.short_day(last.at, t.language)),
            numbers.value(last.value),
        ),
        ("", t("verdict.projection.inner"), f"{numbers.value(last.low80)} – {numbers.value(last.high80)}"),
        ("", t("verdict.projection.outer"), f"{numbers.value(last.low95)} – {numbers.value(last.high95)}"),
    ]
    return [html.H4(t("verdict.projection")), make_given(rows)]
