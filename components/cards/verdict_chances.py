"""What a proportion is worth: the interval of the judged value, of its change, and the trend of the years."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.cards.calculations import TREND_LEVEL
from components.cards.rules import percent
from components.cards.verdict_arithmetic import Band, Numbers, make_bands, make_formula, make_given
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator, Unit
from data_access.domain.change import STABLE, Change
from data_access.domain.interval import Z95, wilson_interval
from data_access.domain.reading import Reading
from data_access.domain.trend import YEARS, Direction, NoTrend, YearlyTrend
from data_access.services.sheet import Sheet


def interval_sentence(sheet: Sheet, definition: Indicator, t: Translator) -> str:
    """Between which values the true rate lies; nothing of a value without an interval."""
    reading = sheet.row.latest
    if reading is None or reading.value is None or reading.half_width is None:
        return ""
    numbers = Numbers.fit(definition, t.language)
    low, high = _bounds(reading, definition)
    return t(
        "verdict.noise.interval",
        value=numbers.shown(reading.value),
        period=formats.period(reading.period, t.language),
        low=numbers.shown(low),
        high=numbers.shown(high),
    )


def _bounds(reading: Reading, definition: Indicator) -> tuple[float, float]:
    """Wilson's bounds in percent; of a rate without its counts, the value and half the width."""
    if _is_counted(reading, definition):
        assert reading.numerator is not None and reading.denominator is not None  # noqa: PT018
        low, high = wilson_interval(reading.numerator, reading.denominator)
        return 100 * low, 100 * high
    assert reading.value is not None and reading.half_width is not None  # noqa: PT018
    return reading.value - reading.half_width, reading.value + reading.half_width


def _is_counted(reading: Reading, definition: Indicator) -> bool:
    known = reading.numerator is not None and reading.denominator is not None
    return known and definition.unit is Unit.PERCENT and definition.numerator_within_denominator


def interval_arithmetic(sheet: Sheet, definition: Indicator, t: Translator) -> list[Component]:
    """Wilson's formula with the counts, then the change against the noise of both its ends."""
    reading, change = sheet.row.latest, sheet.row.change
    parts: list[Component] = []
    if reading is not None and reading.half_width is not None and _is_counted(reading, definition):
        parts += _wilson(reading, definition, t)
    if change is not None and change.comparable:
        parts += _difference(change, definition, t)
    return parts


def _wilson(reading: Reading, definition: Indicator, t: Translator) -> list[Component]:
    assert reading.numerator is not None and reading.denominator is not None  # noqa: PT018
    numbers = Numbers.fit(definition, t.language)
    k, n = (formats.number(v, 0, t.language) for v in (reading.numerator, reading.denominator))
    z = formats.number(Z95, 2, t.language)
    low, high = (numbers.value(v) for v in _bounds(reading, definition))
    root = f"{z} × √({z}² + 4 × {k} × (1 − {k} ÷ {n}))"
    given = [("k", t("verdict.given.k"), k), ("n", t("verdict.given.n"), n), ("z", t("verdict.given.z"), z)]
    return [
        html.H4(t("verdict.noise.wilson")),
        make_given(given),
        make_formula(
            "[2 × k + z² ± z × √(z² + 4 × k × (1 − k ÷ n))] ÷ [2 × (n + z²)]",
            f"[2 × {k} + {z}² ± {root}] ÷ [2 × ({n} + {z}²)]",
            t("verdict.range", low=low, high=high),
        ),
    ]


def _difference(change: Change, definition: Indicator, t: Translator) -> list[Component]:
    assert change.before.value is not None and change.after.value is not None  # noqa: PT018
    numbers = Numbers.fit(definition, t.language)
    after, before = numbers.plain(change.after.value), numbers.plain(change.before.value)
    parts: list[Component] = [
        html.H4(t("verdict.noise.change")),
        make_formula("x − y", f"{after} − {before}", numbers.signed(change.difference)),
    ]
    first, second = change.after.half_width, change.before.half_width
    if first is None or second is None:
        return parts
    noise = (first**2 + second**2) ** 0.5
    bands = [
        Band(
            t(f"verdict.noise.word.{word}"),
            t(f"verdict.noise.rule.{word}"),
            (change.direction == STABLE) == stable,
        )
        for word, stable in (("stable", True), ("moved", False))
    ]
    steps = f"√({numbers.plain(first)}² + {numbers.plain(second)}²)"
    return [
        *parts,
        make_formula("h = √(v² + w²)", steps, numbers.amount(noise)),
        html.P(t("verdict.noise.notation"), className="quiet"),
        make_bands(t("verdict.noise.change"), bands, t),
    ]


def trend_sentence(trend: YearlyTrend | NoTrend, t: Translator) -> str:
    """Where the last years go, or why that is not tested."""
    if isinstance(trend, NoTrend):
        return t("verdict.trend.none", reason=t(f"no_trend.{trend.value}", years=YEARS))
    text = t(
        "verdict.trend.sentence",
        first=formats.period(trend.first, t.language),
        last=formats.period(trend.last, t.language),
        direction=t(f"trend.{trend.direction.value}"),
    )
    return f"{text} {t('verdict.trend.provisional')}" if trend.provisional else text


def trend_arithmetic(trend: YearlyTrend | NoTrend, t: Translator) -> list[Component]:
    """Chi-square and p, and the answers."""
    if isinstance(trend, NoTrend):
        return []
    level = percent(TREND_LEVEL, t.language)
    statistic = formats.number(trend.test.statistic, 2, t.language)
    p = trend.test.p_value
    least = formats.number(0.001, 3, t.language)
    written = f"< {least}" if p < 0.001 else formats.number(p, 3, t.language)
    bands = [
        Band(
            t(f"trend.{d.value}"),
            t(f"methods.trend_test.{d.value}", years=str(YEARS), significance=level),
            d is trend.direction,
        )
        for d in Direction
    ]
    return [
        html.H4(t("methods.trend_test.title")),
        make_given([("χ²", t("verdict.given.chi"), statistic), ("p", t("verdict.given.p"), written)]),
        make_bands(t("verdict.trend.answers"), bands, t),
    ]
