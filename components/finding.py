"""The headline of an indicator's sheet: the finding in one sentence, and under it what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text, value_text
from data_access.contract.model import Indicator, Unit
from data_access.domain.finding import Finding, Standing, Verdict, find_finding
from data_access.domain.period import Freq
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.target import Goal
from data_access.services.sheet import Sheet

TOTAL = "_T"
DURATIONS = {Unit.DAYS, Unit.MONTHS}
SHORT_OF = {Standing.BEHIND, Standing.TO_HOLD, Standing.ABOVE_BAND, Standing.BELOW_BAND}


def finding_sentence(sheet: Sheet, definition: Indicator, t: Translator) -> str:
    """One sentence: the value, its movement in a year, and where it stands on the way to its target."""
    row = sheet.row
    finding = find_finding(
        row.assessment,
        row.latest,
        row.change,
        readings=row.readings,
        immature=sheet.immature,
        polarity=definition.polarity,
        decimals=definition.decimals,
    )
    goal = row.assessment.path.target if row.assessment.path is not None else None
    said = _movement(finding, row.latest, definition, t)
    return t("finding.sentence", movement=said, verdict=_verdict(finding, goal, definition, t))


def _movement(finding: Finding, latest: Reading | None, definition: Indicator, t: Translator) -> str:
    facts: dict[str, str] = {}
    if latest is not None:
        facts["value"] = _value(finding, latest, definition, t)
    if finding.change is not None:
        facts["amount"] = _amount(finding.change, definition, t)
        facts["difference"] = formats.difference(
            finding.change, definition.unit, definition.decimals, t.language
        )
    said = t(f"finding.movement.{finding.movement.value}", **facts)
    if finding.better is None:
        return said
    return t("finding.better" if finding.better else "finding.worse", movement=said)


def _value(finding: Finding, latest: Reading, definition: Indicator, t: Translator) -> str:
    """The value as the tables write it, with its period and what must be known of it."""
    kind = "provisional" if finding.provisional else "estimated" if finding.estimated else "plain"
    return t(
        f"finding.value.{kind}",
        value=value_text(latest, definition, t.language),
        period=formats.period(latest.period, t.language),
    )


def _verdict(finding: Finding, goal: Goal | None, definition: Indicator, t: Translator) -> str:
    facts = _goal_facts(goal, definition, t) if goal is not None else {}
    said = t(f"finding.verdict.{finding.verdict.value}", **facts)
    if finding.standing is None:
        return said
    # « Hors trajectoire » is not followed by the same noun again.
    path = "finding.path.again" if finding.verdict is Verdict.OFF_TRACK else "finding.path"
    distance = _amount(finding.distance or 0.0, definition, t)
    standing = t(
        f"finding.standing.{_standing_key(finding.standing, definition)}",
        distance=distance,
        path=t(path, **facts),
        **facts,
    )
    unexpected = finding.verdict is Verdict.ON_TRACK and finding.standing in SHORT_OF
    return t("finding.but" if unexpected else "finding.and", verdict=said, standing=standing)


def _standing_key(standing: Standing, definition: Indicator) -> str:
    """A duration is above or below its path: two days « en avance » would speak of the calendar."""
    if definition.unit in DURATIONS and standing in {Standing.AHEAD, Standing.BEHIND, Standing.TO_HOLD}:
        above = (standing is Standing.AHEAD) == (definition.polarity is Polarity.HIGHER)
        return "above" if above else "below"
    return standing.value


def _goal_facts(goal: Goal, definition: Indicator, t: Translator) -> dict[str, str]:
    """A gap that should close has a target size, whatever its sign."""
    year = str(goal.due.year)
    if definition.polarity is Polarity.ZERO_GAP and goal.value is not None:
        size = goal_text(replace(goal, value=abs(goal.value)), definition, t.language)
        return {"goal": t("finding.gap", size=size), "year": year}
    return {"goal": goal_text(goal, definition, t.language), "year": year}


def _amount(value: float, definition: Indicator, t: Translator) -> str:
    """How much, without a sign; one day is in the singular."""
    size = abs(value)
    if definition.unit in DURATIONS and round(size, definition.decimals) == 1:
        return t(f"finding.one.{definition.unit.value}")
    return formats.difference(size, definition.unit, definition.decimals, t.language).removeprefix("+")


def subtitle(
    sheet: Sheet, definition: Indicator, t: Translator, operators: Mapping[str, str] | None = None
) -> str:
    """Measure, unit, territory, operator, period, source, kind of figures and vintage, between middle dots.

    Args:
        operators: names of the operator codes; a code without a name stands for itself.
    """
    parts = [
        measured(sheet, definition, t, operators),
        t("sheet.subtitle.source", source=definition.source.in_(t.language)),
        _provenance(sheet, t),
        _vintage(sheet, t),
    ]
    return " · ".join(part for part in parts if part)


def measured(
    sheet: Sheet, definition: Indicator, t: Translator, operators: Mapping[str, str] | None = None
) -> str:
    """The first half of the subtitle: measure, unit, territory, operator and period."""
    row = sheet.row
    parts = [
        t(f"sheet.subtitle.measure.{definition.measure.value}"),
        t(f"unit.{definition.unit.value}"),
        t("sheet.subtitle.territory"),
        (operators or {}).get(row.operator, row.operator) if row.operator != TOTAL else "",
        _span(sheet, t),
    ]
    return " · ".join(part for part in parts if part)


def _span(sheet: Sheet, t: Translator) -> str:
    """From the first value that the sheet shows to the last."""
    shown = [r.period for r in sheet.row.readings if r.value is not None]
    if not shown:
        return ""
    dash = "–" if shown[0].freq is Freq.ANNUAL else f"{formats.NBSP}– "
    return dash.join(dict.fromkeys(formats.period(p, t.language) for p in (shown[0], shown[-1])))


def _provenance(sheet: Sheet, t: Translator) -> str:
    """What kind of figures the loads brought: who answers for a measure has not always delivered it."""
    kinds = sorted({b.provenance for b in sheet.batches})
    return ", ".join(t(f"sheet.subtitle.provenance.{kind}") for kind in kinds)


def _vintage(sheet: Sheet, t: Translator) -> str:
    if sheet.row.vintage is None:
        return ""
    batch, day = sheet.row.vintage
    return t("sheet.subtitle.vintage", batch=batch, day=formats.day(day, t.language))
