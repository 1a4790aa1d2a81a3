"""What separates movement from chance, in words: season, control chart, trend, projection, intervals."""

from __future__ import annotations

from dash import html

from components.cards.explained import Answers, Explained
from components.cards.rules import percent
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain import control_limits
from data_access.domain.control_chart import MAX_AUTOCORRELATION
from data_access.domain.control_rules import RUN, Rule
from data_access.domain.interval import Z95
from data_access.domain.projection import INNER, MIN_POINTS, OUTER
from data_access.domain.season import Season
from data_access.domain.trend import YEARS, Direction

SEASONS = (Season.YEAR_ON_YEAR, Season.SUM_12_MONTHS, Season.MEAN_12_MONTHS, Season.NONE)

TREND_LEVEL = 0.05  # of ``yearly_trend`` where nothing else is asked for


def make_calculations(t: Translator) -> list[Explained]:
    """What each calculation asks, how it answers and when it abstains."""
    return [_season(t), _control_chart(t), _trend_test(t), _projection(t), _intervals(t)]


def _season(t: Translator) -> Explained:
    rows = [(t(f"season.{s.value}"), t(f"methods.season.{s.value}")) for s in SEASONS]
    heads = (t("methods.treatment"), t("methods.applies"))
    return Explained(anchor="season", key="season", answers=Answers(heads, rows))


def _control_chart(t: Translator) -> Explained:
    facts = {
        "limit": formats.number(control_limits.LIMIT, 2, t.language),
        "screen": formats.number(control_limits.SCREEN, 3, t.language),
        "run": str(RUN),
        "points": str(control_limits.MIN_POINTS),
        "firm": str(control_limits.FIRM_POINTS),
        "autocorrelation": formats.number(MAX_AUTOCORRELATION, 1, t.language),
    }
    rows = [(t(f"control_rule.{r.value}"), t(f"methods.control_chart.{r.value}", **facts)) for r in Rule]
    return Explained(
        anchor="control-chart",
        key="control_chart",
        facts=facts,
        answers=Answers((t("methods.signal"), t("methods.when")), rows),
        more=[html.P(t(f"methods.control_chart.{part}", **facts)) for part in ("verdicts", "trial")],
        link="https://github.com/nhs-r-community/NHSRplotthedots",
    )


def _trend_test(t: Translator) -> Explained:
    facts = {"years": str(YEARS), "significance": percent(TREND_LEVEL, t.language)}
    rows = [(t(f"trend.{d.value}"), t(f"methods.trend_test.{d.value}", **facts)) for d in Direction]
    heads = (t("methods.band"), t("methods.when"))
    return Explained(anchor="trend-test", key="trend_test", facts=facts, answers=Answers(heads, rows))


def _projection(t: Translator) -> Explained:
    facts = {
        "inner": percent(INNER, t.language),
        "outer": percent(OUTER, t.language),
        "points": str(MIN_POINTS),
    }
    return Explained(anchor="projection", key="projection", facts=facts)


def _intervals(t: Translator) -> Explained:
    return Explained(
        anchor="intervals",
        key="intervals",
        facts={"z": formats.number(Z95, 2, t.language)},
        formulas=("formula", "difference"),
    )
