"""What a figure shows, in a sentence made from the same values as the figure."""

from __future__ import annotations

from components.figures.sparkline import shown
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text, value_text
from data_access.contract.model import Indicator
from data_access.services.indicator_rows import IndicatorRow


def sparkline_alt_text(row: IndicatorRow, definition: Indicator, t: Translator) -> str:
    """First and latest value, lowest and highest, target and break of a scorecard row's series."""
    points = shown(row.readings)
    if not points:
        return t("sparkline.empty")
    first, last = points[0], row.latest if row.latest in points else points[-1]
    low, high = min(points, key=_size), max(points, key=_size)
    language = t.language
    sentences = [
        t(
            "sparkline.series",
            first=value_text(first, definition, language),
            first_period=formats.period(first.period, language),
            last=value_text(last, definition, language),
            last_period=formats.period(last.period, language),
            low=value_text(low, definition, language),
            high=value_text(high, definition, language),
        )
    ]
    if row.assessment.path is not None:
        goal = row.assessment.path.target
        sentences.append(
            t("sparkline.target", value=goal_text(goal, definition, language), year=goal.due.year)
        )
    sentences += [t("sparkline.break", day=formats.day(day, language)) for day in row.breaks]
    return " ".join(sentences)


def _size(reading: object) -> float:
    return reading.value or 0.0  # type: ignore[attr-defined]
