"""What is said of the ways out of a cohort: a share with its interval, and the finding in one sentence."""

from __future__ import annotations

from dataclasses import replace

from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.competing_risks import Incidence
from data_access.services.incidence import CohortIncidence, NoIncidence

CAUSES = (Outcome.EMPLOYMENT, Outcome.TRAINING, Outcome.OTHER_EXIT)
Shown = tuple[tuple[str, CohortIncidence], ...]  # name of each group, and its curves


def share_text(share: float, t: Translator) -> str:
    """``38,5 %``."""
    return formats.measure(100 * share, Unit.PERCENT, 1, t.language)


def limits_text(point: Incidence, t: Translator) -> str:
    """``36,1 – 40,9 %``; nothing where there is no interval."""
    if point.low is None or point.high is None:
        return ""
    low, high = (formats.number(100 * limit, 1, t.language) for limit in (point.low, point.high))
    return f"{low} – {high}{formats.unit_mark(Unit.PERCENT, t.language)}"


def point_text(point: Incidence, t: Translator) -> str:
    """A share, then its interval in brackets."""
    limits = limits_text(point, t)
    return f"{share_text(point.share, t)} ({limits})" if limits else share_text(point.share, t)


def absence_text(found: CohortIncidence, months: int, t: Translator) -> str:
    """Why a cohort has no point at that many months."""
    reason = NoIncidence.NOT_FOLLOWED if months > found.followed else NoIncidence.HIDDEN
    return t(f"incidence.cell.{reason.value}")


def last_common(shown: Shown) -> int | None:
    """The last month at which every group has a point; None without one."""
    first, *others = (set(found.months) for _, found in shown)
    return max(first.intersection(*others), default=None)


def until_common(shown: Shown) -> Shown:
    """The curves up to that month, so that groups are seen at equal exposure; whole without one."""
    last = last_common(shown)
    if last is None:
        return shown
    return tuple((name, _until(found, last)) for name, found in shown)


def _until(found: CohortIncidence, last: int) -> CohortIncidence:
    size = found.months.index(last) + 1
    curves = {cause: points[:size] for cause, points in found.curves.items()}
    return replace(found, months=found.months[:size], curves=curves, waiting=found.waiting[:size])


def incidence_finding(shown: Shown, t: Translator) -> str:
    """Where the first group stands at the last month that all groups were followed, and the second."""
    name, found = shown[0]
    month = last_common(shown)
    if month is None:
        return t("incidence.finding.apart", a=name, b=shown[1][0])
    points = {cause: found.at(month, cause) for cause in CAUSES}
    facts = {c.value: point_text(p, t) for c, p in points.items() if p is not None}
    waiting = share_text(found.waiting[found.months.index(month)], t)
    cohort = formats.period(found.cohort, t.language)
    said = t("incidence.finding", cohort=cohort, group=name, months=month, waiting=waiting, **facts)
    others = [
        t("incidence.finding.other", group=other, share=point_text(point, t))
        for other, each in shown[1:]
        if (point := each.at(month)) is not None
    ]
    return " ".join([said, *others])
