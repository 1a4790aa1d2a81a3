"""The arithmetic of a control chart: mean, moving ranges, limits, rules."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.cards.verdict_arithmetic import Band, Numbers, make_bands, make_formula, make_given
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.control_chart import MAX_AUTOCORRELATION
from data_access.domain.control_limits import FIRM_POINTS, LIMIT, MIN_POINTS, SCREEN
from data_access.domain.control_rules import RUN, Rule
from data_access.domain.season import Season
from data_access.services.sheet import Noise


def chart_number(value: float, noise: Noise, definition: Indicator, t: Translator) -> str:
    """A number of the chart: a value, or a difference where the chart is of changes on a year."""
    numbers = Numbers.fit(definition, t.language)
    return numbers.change(value) if noise.season is Season.YEAR_ON_YEAR else numbers.shown(value)


def chart_arithmetic(noise: Noise, definition: Indicator, t: Translator) -> list[Component]:
    """The limits with their numbers and the rules with those that hold; the coefficient that refused."""
    chart = noise.chart
    title = html.H4(t("methods.control_chart.title"))
    if chart.refusal is not None:
        if chart.autocorrelation is None:
            return []
        r, most = (formats.number(v, 2, t.language) for v in (chart.autocorrelation, MAX_AUTOCORRELATION))
        return [title, html.P(t("verdict.noise.autocorrelation", r=r, most=most))]
    segment = chart.segments[-1]
    numbers = Numbers.fit(definition, t.language, segment.moving_range)
    mean, usual = numbers.plain(segment.mean), numbers.plain(segment.moving_range)
    limit = formats.number(LIMIT, 2, t.language)
    used = noise.readings[segment.start : segment.stop]
    span = " → ".join(formats.period(r.period, t.language) for r in (used[0], used[-1]))
    rows = [
        ("", t("term.points"), f"{len(used)} ({span})"),
        ("", t("methods.treatment"), t(f"season.{noise.season.value}")),
        ("m", t("verdict.given.mean"), mean),
        ("R", t("verdict.given.moving_range"), usual),
    ]
    return [
        title,
        make_given(rows),
        make_formula(f"m − {limit} × R", f"{mean} − {limit} × {usual}", numbers.plain(segment.lower)),
        make_formula(f"m + {limit} × R", f"{mean} + {limit} × {usual}", numbers.plain(segment.upper)),
        _rules(noise, t),
    ]


def _rules(noise: Noise, t: Translator) -> Component:
    facts = {
        "limit": formats.number(LIMIT, 2, t.language),
        "screen": formats.number(SCREEN, 3, t.language),
        "run": str(RUN),
        "points": str(MIN_POINTS),
        "firm": str(FIRM_POINTS),
    }
    held = noise.chart.points[-1].rules
    bands = [
        Band(t(f"control_rule.{r.value}"), t(f"methods.control_chart.{r.value}", **facts), r in held)
        for r in Rule
    ]
    return make_bands(t("verdict.noise.rules"), bands, t)
