"""The third verdict: is the movement more than chance; control chart, trend test, intervals."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.cards.verdict_arithmetic import Numbers, make_calculation, method_links, sentence
from components.cards.verdict_chances import (
    interval_arithmetic,
    interval_sentence,
    trend_arithmetic,
    trend_sentence,
)
from components.cards.verdict_chart import chart_arithmetic, chart_number
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.change import STABLE, Change
from data_access.domain.control_chart import Assurance, ControlChart, Variation
from data_access.domain.control_rules import Rule
from data_access.services.sheet import Noise, Sheet

SIGNS = {"common": "∿", "high": "↗", "low": "↘"}
MARKS = {Assurance.PASS: "✓", Assurance.FAIL: "✕", Assurance.HIT_OR_MISS: "?"}


def make_noise(sheet: Sheet, definition: Indicator, t: Translator) -> list[Component | None]:
    """Variation and assurance, or why there is no chart; the trend; what value and change are worth."""
    chart = sheet.noise.chart
    titles = [
        ("control-chart", t("methods.control_chart.title")),
        ("trend-test", t("methods.trend_test.title")),
        ("intervals", t("methods.intervals.title")),
        ("season", t("methods.season.title")),
    ]
    verdict = _chart(sheet.noise, definition, t) if chart.refusal is None else []
    change = _change(sheet.row.change, definition, t)
    interval = interval_sentence(sheet, definition, t)
    return [
        *(verdict or [html.P(html.Strong(_headline(sheet.row.change, t)), className="verdict-line")]),
        html.P(change) if change else None,
        html.P(interval) if interval else None,
        html.P(_no_chart(chart, t)) if chart.refusal is not None else None,
        html.P(trend_sentence(sheet.trend, t)),
        make_calculation(
            [
                *interval_arithmetic(sheet, definition, t),
                *chart_arithmetic(sheet.noise, definition, t),
                *trend_arithmetic(sheet.trend, t),
            ],
            t("verdict.noise.source"),
            method_links(titles, t),
            t,
        ),
    ]


def _headline(change: Change | None, t: Translator) -> str:
    """Without a chart, what the change on a year says."""
    if change is None or not change.comparable:
        return t("verdict.noise.unknown")
    if change.direction == STABLE:
        return t("verdict.noise.stable")
    known = change.before.half_width is not None and change.after.half_width is not None
    return t(f"verdict.noise.{'moved' if known else 'unknown'}")


def _change(change: Change | None, definition: Indicator, t: Translator) -> str:
    """The change on a year, and whether it is inside the noise."""
    if change is None:
        return ""
    numbers = Numbers.fit(definition, t.language)
    facts = {
        "before": formats.period(change.before.period, t.language),
        "after": formats.period(change.after.period, t.language),
        "change": formats.difference(change.difference, definition.unit, definition.decimals, t.language),
    }
    if not change.comparable:
        return t("verdict.noise.change.break", **facts)
    if change.before.half_width is None or change.after.half_width is None:
        return t("verdict.noise.change.unknown", **facts)
    word = "stable" if change.direction == STABLE else "beyond"
    return t(f"verdict.noise.change.{word}", noise=numbers.amount(_noise_of(change)), **facts)


def _noise_of(change: Change) -> float:
    """Half width of the difference, as ``domain.change`` judges it."""
    before, after = change.before.half_width or 0.0, change.after.half_width or 0.0
    return float((before**2 + after**2) ** 0.5)


def _chart(noise: Noise, definition: Indicator, t: Translator) -> list[Component]:
    """Variation first, then assurance, the signals and the limits."""
    chart = noise.chart
    assert chart.variation is not None, "there is a chart"
    parts: list[Component] = [
        html.P(
            [make_variation(chart.variation, t), html.Strong(t(f"variation.{chart.variation.value}"))],
            className="verdict-line",
        )
    ]
    if chart.assurance is not None:
        words = t(f"assurance.{chart.assurance.value}")
        parts.append(html.P([make_assurance(chart.assurance, t), words], className="assurance"))
    parts += [html.Ul([html.Li(text) for text in _signals(noise, t)])] if chart.points[-1].rules else []
    return [*parts, html.P(_limits(noise, definition, t))]


def make_variation(variation: Variation, t: Translator) -> Component:
    """Shape, sign and letter of a variation; the sentence stands beside it."""
    kind, _, side = variation.value.partition("_")
    letter = t(f"variation.letter.{side or kind}")
    return html.Span(
        [html.Span(SIGNS[side or kind]), html.Span(letter)],
        className=f"icon icon-{kind}",
        **aria(hidden="true"),
    )


def make_assurance(assurance: Assurance, t: Translator) -> Component:
    """Shape, sign and letter of what becomes of the target."""
    return html.Span(
        [html.Span(MARKS[assurance]), html.Span(t(f"assurance.letter.{assurance.value}"))],
        className=f"icon icon-{assurance.value}",
        **aria(hidden="true"),
    )


def _signals(noise: Noise, t: Translator) -> list[str]:
    """The rules that the last point breaks, and since when."""
    points, last = noise.chart.points, noise.readings[-1].period
    said = []
    for rule in points[-1].rules:
        first = len(points) - 1
        while rule is not Rule.OUTSIDE and first and rule in points[first - 1].rules:
            first -= 1
        facts = {"last": formats.period(last, t.language), "rule": t(f"control_rule.{rule.value}")}
        facts["first"] = formats.period(noise.readings[first].period, t.language)
        said.append(t(f"verdict.noise.{'signal' if first == len(points) - 1 else 'signal_since'}", **facts))
    return said


def _limits(noise: Noise, definition: Indicator, t: Translator) -> str:
    segment = noise.chart.segments[-1]
    facts = {
        name: chart_number(getattr(segment, name), noise, definition, t)
        for name in ("lower", "upper", "mean")
    }
    text = t("verdict.noise.limits", season=t(f"season.{noise.season.value}"), **facts)
    count = segment.stop - segment.start
    return f"{text} {t('verdict.noise.trial', n=count)}" if segment.trial else text


def _no_chart(chart: ControlChart, t: Translator) -> str:
    assert chart.refusal is not None, "asked only without a chart"
    coefficient = formats.number(chart.autocorrelation or 0.0, 2, t.language)
    return sentence(t("verdict.noise.no_chart", reason=t(f"no_chart.{chart.refusal.value}", r=coefficient)))
