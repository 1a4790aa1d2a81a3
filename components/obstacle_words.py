"""What is said of obstacles: shares, the finding, the comparison, and the will to follow a pathway."""

from __future__ import annotations

from components.funnel_words import count_text, interval_text, rate_text
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.load import contract
from data_access.domain.cohort import Maturity
from data_access.domain.funnel_comparison import Gap
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.obstacles import NONE, OTHER, ObstacleShare
from data_access.services.obstacles import OBSTACLE, ObstacleSheet, ObstacleView

Row = tuple[str, tuple[Rate | NoRate, ...]]


def rates(sheet: ObstacleSheet) -> list[Row]:
    """By obstacle, the share in the group and in the one beside it, in the order of the first."""
    rows: list[Row] = []
    for share in sheet.group.shares:
        other = next(
            (s.rate for s in (sheet.beside.shares if sheet.beside else ()) if s.obstacle == share.obstacle),
            NoRate.MISSING,
        )
        rows.append((share.obstacle, (share.rate,) if sheet.beside is None else (share.rate, other)))
    return rows


def share_text(rate: Rate | NoRate, t: Translator) -> str:
    """``38,2 %``, or in words why there is none."""
    return rate_text(rate, t)


def most_frequent(view: ObstacleView) -> list[ObstacleShare]:
    """The two most frequent obstacles of the list that may be shown."""
    named = [share for share in view.shares if share.obstacle not in {NONE, OTHER}]
    return [share for share in named if isinstance(share.rate, Rate)][:2]


def obstacle_finding(sheet: ObstacleSheet, name: str, t: Translator) -> str:
    """The two most frequent obstacles with their shares, and how many a person has."""
    first = most_frequent(sheet.group)
    if len(first) < 2:
        return t("obstacles.finding.none", group=name)
    facts = {}
    for key, share in zip(("first", "second"), first, strict=True):
        facts[key] = group_name(OBSTACLE, share.obstacle, t).lower()
        facts[f"{key}_share"] = share_text(share.rate, t)
    cohort = formats.period(sheet.cohort, t.language)
    said = t("obstacles.finding", group=name, cohort=cohort, **facts)
    if sheet.group.per_person is None:
        return said
    return f"{said} {t('obstacles.per_person', mean=formats.number(sheet.group.per_person, 1, t.language))}"


def obstacle_subtitle(sheet: ObstacleSheet, name: str, t: Translator) -> str:
    """Who is counted, how many, of which cohort, and that the shares exceed 100 per cent together."""
    definition = next(f for f in contract().funnels if f.code == sheet.code)
    return t(
        "obstacles.subtitle",
        funnel=definition.title.in_(t.language),
        group=name,
        cases=count_text(sheet.group.cases, t),
        cohort=formats.period(sheet.cohort, t.language),
    )


def state_text(sheet: ObstacleSheet, t: Translator) -> str:
    """That obstacles of this cohort are still being recorded; nothing once its window has closed."""
    if sheet.state is Maturity.MATURE:
        return ""
    return t(f"obstacles.state.{sheet.state.value}", day=formats.short_day(sheet.closes_on, t.language))


def open_text(sheet: ObstacleSheet, t: Translator) -> str:
    """The other cohorts in which obstacles are still being recorded; nothing where there is none."""
    names = [formats.period(c, t.language) for c in sheet.open_cohorts if c != sheet.cohort]
    return t("obstacles.open", cohorts=", ".join(names)) if names else ""


def comparison_finding(sheet: ObstacleSheet, names: list[str], t: Translator) -> str:
    """The largest significant gap in points, and how many of those compared are significant."""
    known = {obstacle: gap for obstacle, gap in sheet.gaps.items() if isinstance(gap, Gap)}
    if not known:
        return t("obstacles.compare.nothing", a=names[0], b=names[1])
    strong = {obstacle: gap for obstacle, gap in known.items() if gap.significant}
    if not strong:
        return t("obstacles.compare.same", a=names[0], b=names[1], all=len(known))
    widest = max(strong, key=lambda obstacle: abs(strong[obstacle].value))
    gap = strong[widest].value
    return t(
        f"obstacles.compare.{'more' if gap > 0 else 'less'}",
        a=names[0],
        b=names[1],
        obstacle=group_name(OBSTACLE, widest, t).lower(),
        points=formats.number(100 * abs(gap), 1, t.language),
        strong=len(strong),
        all=len(known),
    )


def willingness_text(sheet: ObstacleSheet, view: ObstacleView, name: str, t: Translator) -> str:
    """The share that confirms its will, with its interval; or why that is not shown."""
    rate, name = view.willing, name[:1].upper() + name[1:]
    if isinstance(rate, NoRate):
        return t(f"obstacles.willing.{rate.value}", group=name, smallest=sheet.smallest_willing)
    return t(
        "obstacles.willing",
        group=name,
        share=rate_text(rate, t),
        limits=interval_text(rate, t),
        cases=formats.number(rate.denominator, 0, t.language),
    )
