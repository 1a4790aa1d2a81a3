"""What is said of a cohort: its counts and rates, how mature it is, and the finding in one sentence."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Funnel, Unit
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import Count, Stage
from data_access.domain.confidentiality import Availability
from data_access.domain.exposure import Reached
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.services.funnel import CohortView, FunnelSheet
from data_access.services.funnel_choices import EVERYBODY, OPERATOR, GroupKey
from data_access.services.indicator_rows import TOTAL


def stage_label(stage: Stage, definition: Funnel, t: Translator) -> str:
    """Code and name of a stage, broken over two lines where it is long."""
    words = definition.stage(stage.code).label.in_(t.language).split()
    lines, width = [""], 26
    for word in words:
        if len(lines[-1]) + len(word) > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def stage_name(code: str, definition: Funnel, t: Translator) -> str:
    """The name of a stage."""
    return definition.stage(code).label.in_(t.language)


def coded_name(code: str, definition: Funnel, t: Translator) -> list[Component | str]:
    """Code and name of a stage, as the head of a row."""
    return [html.Span(code, className="code"), stage_name(code, definition, t)]


def count_text(count: Count, t: Translator) -> str:
    """A number of cases, or in a word why there is none."""
    if isinstance(count, Availability):
        return t(f"map.cell.{count.value}")
    return formats.number(count, 0, t.language)


def rate_text(rate: Rate | NoRate, t: Translator) -> str:
    """A share in per cent, or in a word why there is none."""
    if isinstance(rate, NoRate):
        return t(f"funnel.no_rate.{rate.value}")
    return formats.measure(100 * rate.share, Unit.PERCENT, 1, t.language)


def interval_text(rate: Rate | NoRate, t: Translator) -> str:
    """``32,1 – 36,4 %``; nothing without a rate."""
    if isinstance(rate, NoRate):
        return ""
    low, high = (formats.number(100 * limit, 1, t.language) for limit in (rate.low, rate.high))
    return f"{low} – {high}{formats.unit_mark(Unit.PERCENT, t.language)}"


def maturity_text(view: CohortView, t: Translator) -> str:
    """« cohorte immature : fenêtre close le 31/12/2027 »."""
    return t(f"funnel.maturity.{view.maturity.value}", day=formats.short_day(view.closes_on, t.language))


def exposure_text(view: CohortView, t: Translator) -> str:
    """How much of the follow-up lies after the reform; nothing where none does."""
    if view.exposure.reached is Reached.NONE:
        return ""
    share = formats.percentage(view.exposure.share, t.language)
    return t(f"funnel.exposure.{view.exposure.reached.value}", share=share)


def group_text(group: GroupKey, t: Translator) -> str:
    """The name of a group."""
    return t("funnel.everybody") if group == EVERYBODY else group_name(group.by, group.item, t)


def pair_names(sheet: FunnelSheet, other: FunnelSheet, t: Translator) -> list[str]:
    """What tells two sheets apart: their groups, or the operators of the same group."""
    if sheet.group != other.group:
        return [group_text(each.group, t) for each in (sheet, other)]
    return [group_name(OPERATOR, each.operator, t) for each in (sheet, other)]


def funnel_title(definition: Funnel, operator: str, t: Translator) -> str:
    """Title of the funnel, its operator, and whether it follows an entry or a stock cohort."""
    title = definition.title.in_(t.language)
    if operator != TOTAL:
        title = f"{title}, {group_name(OPERATOR, operator, t)}"
    kind = t(f"funnel.kind.{definition.kind.value}")
    return title if kind in title else t("funnel.title", title=title, kind=kind)


def funnel_finding(view: CohortView | None, sheet: FunnelSheet, definition: Funnel, t: Translator) -> str:
    """One sentence: of those who entered, how many reached the last stage; or why that is not known yet."""
    if view is None:
        return t("funnel.finding.nothing")
    cohort = formats.period(view.cohort, t.language)
    if view.funnel is None:
        return t("funnel.finding.impossible", cohort=cohort, reason=t(f"funnel.impossible.{view.impossible}"))
    last = view.funnel.stages[-1]
    step = view.step(last.code)
    facts = {
        "cohort": cohort,
        "group": group_text(sheet.group, t),
        "entered": count_text(view.funnel.stages[0].count, t),
        "last": stage_name(last.code, definition, t).lower(),
        "unit": definition.unit.in_(t.language),
    }
    if view.step_maturity[last.code] is not Maturity.MATURE:
        return t("funnel.finding.open", **facts)
    assert step is not None, "a funnel has more than one stage"
    if isinstance(step.cumulative, NoRate):
        return t("funnel.finding.no_rate", **facts, reason=rate_text(step.cumulative, t))
    return t(
        "funnel.finding.whole",
        **facts,
        reached=count_text(last.count, t),
        share=rate_text(step.cumulative, t),
    )
