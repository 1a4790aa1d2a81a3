"""The overview and the scorecard of each objective, on paper."""

from __future__ import annotations

from collections.abc import Sequence

from components.exports.asked import Asked
from components.exports.pack.model import (
    Decision,
    Group,
    ObjectiveLine,
    OverviewPage,
    Row,
    ScorecardPage,
)
from components.exports.pack.pieces import (
    change_value,
    make_decisions,
    make_movers,
    make_spark,
    make_state,
    make_states,
    make_tile,
    vintage,
)
from components.exports.pack.said import lines, value
from components.i18n.translate import Translator
from components.status import distribution_sentence, not_assessable_sentence
from components.tables.scorecard_table import make_alerts
from components.values import make_goal, make_reading
from data_access.contract.load import contract
from data_access.contract.model import Commitment, Indicator, Objective
from data_access.services.attention import AttentionItem, Selection, choose, get_attention
from data_access.services.indicator_rows import Alert, IndicatorRow
from data_access.services.overview import ObjectiveSummary, Overview, get_overview
from data_access.services.scorecard import CommitmentGroup, Scorecard

COLUMNS = ("baseline", "year_before", "latest", "milestone", "target")
ALL_COLUMNS = ("indicator", *COLUMNS, "status", "change", "series", "alerts")
DECISIONS = 3


def make_overview(asked: Asked) -> OverviewPage:
    """Where the objectives stand and their context, as on the first page of the application."""
    t = asked.t
    overview = get_overview(asked.version, asked.cutoff, asked.rule)
    objectives = {o.code: o for o in contract().objectives}
    return OverviewPage(
        heading=t("overview.title"),
        running=t("overview.title"),
        demonstration=overview.demonstration,
        lede=distribution_sentence(overview.distribution, t),
        context_title=t("context.title"),
        tiles=tuple(make_tile(row, contract().indicator(row.code), t) for row in overview.context),
        movers_title=t("objective.movers"),
        objectives=tuple(_line(objectives[s.scorecard.objective], s, t) for s in overview.objectives),
    )


def _line(objective: Objective, summary: ObjectiveSummary, t: Translator) -> ObjectiveLine:
    return ObjectiveLine(
        code=objective.code,
        title=objective.title.in_(t.language),
        states=make_states(summary.scorecard.distribution, t),
        not_assessable=not_assessable_sentence(summary.scorecard.not_assessable, t),
        movers=make_movers(summary.movers, t),
        no_movers=t("objective.no_movers"),
    )


def make_scorecards(asked: Asked) -> tuple[ScorecardPage, ...]:
    """The five scorecards, in the contract's order."""
    overview = get_overview(asked.version, asked.cutoff, asked.rule)
    every = get_attention(asked.version, asked.cutoff, asked.rule)
    return tuple(make_scorecard_page(asked, o, overview, every) for o in contract().objectives)


def make_scorecard_page(
    asked: Asked, objective: Objective, overview: Overview, every: Sequence[AttentionItem]
) -> ScorecardPage:
    """One objective in the reading order of a meeting: title, context, states, table, points, foot.

    Args:
        asked: version, language and rule.
        objective: whose page it is.
        overview: of all objectives, which holds this one's scorecard and what moved in it.
        every: what needs attention, of all objectives.
    """
    t, language = asked.t, asked.language
    summary = next(s for s in overview.objectives if s.scorecard.objective == objective.code)
    scorecard = summary.scorecard
    pressing = choose(every, Selection(objective=objective.code))
    commitments = {c.code: c for c in objective.commitments}
    return ScorecardPage(
        heading=f"{objective.code} – {objective.short.in_(language)}",
        running=f"{objective.code} – {objective.short.in_(language)}",
        demonstration=scorecard.demonstration or any(r.demonstration for r in overview.context),
        code=objective.code,
        title=objective.title.in_(language),
        vintage=vintage(asked),
        lede=distribution_sentence(scorecard.distribution, t),
        tiles=tuple(make_tile(row, contract().indicator(row.code), t) for row in overview.context),
        states=make_states(scorecard.distribution, t),
        not_assessable=not_assessable_sentence(scorecard.not_assessable, t),
        movers_title=t("objective.movers"),
        movers=make_movers(summary.movers, t),
        no_movers=t("objective.no_movers"),
        caption=t("scorecard.caption"),
        columns=tuple(t(f"column.{name}") for name in ALL_COLUMNS),
        groups=tuple(_group(group, commitments, t) for group in scorecard.groups),
        decisions_title=t.plural("pack.decisions", len(pressing), shown=min(DECISIONS, len(pressing))),
        decisions=tuple(_decision(item, t) for item in pressing[:DECISIONS]),
        no_decisions=t("attention.none"),
        foot=_foot(scorecard, t),
    )


def _decision(item: AttentionItem, t: Translator) -> Decision:
    """A point of attention; the state beside it already names its first reason."""
    (found,) = make_decisions((item,), t, item.concerns[0].reason)
    return found


def _group(group: CommitmentGroup, commitments: dict[str, Commitment], t: Translator) -> Group:
    commitment = commitments[group.commitment]
    parent = f"{commitments[commitment.parent].text.in_(t.language)} " if commitment.parent else ""
    note = ""
    if group.elsewhere:
        note = t("scorecard.elsewhere", codes=", ".join(group.elsewhere))
    elif not group.rows:
        note = t("scorecard.no_indicator")
    definitions = contract().by_code
    return Group(
        commitment.code,
        parent + commitment.text.in_(t.language),
        tuple(_row(row, definitions[row.code], t) for row in group.rows),
        note,
    )


def _row(row: IndicatorRow, definition: Indicator, t: Translator) -> Row:
    path = row.assessment.path
    cells = {
        "baseline": make_goal(path.baseline if path else None, definition, t),
        "year_before": make_reading(row.year_before, definition, t),
        "latest": make_reading(row.latest, definition, t),
        "milestone": make_goal(row.assessment.milestone, definition, t),
        "target": make_goal(path.target if path else None, definition, t),
    }
    return Row(
        code=row.code,
        title=definition.title.in_(t.language),
        attribution=t(f"attribution.{definition.attribution.value}"),
        values=tuple(value(cells[name]) for name in COLUMNS),
        state=make_state(row.assessment, t),
        change=change_value(row, definition, t),
        spark=make_spark(row, definition, t),
        alerts=" · ".join(line.text for line in lines(make_alerts(row, t))),
    )


def _foot(scorecard: Scorecard, t: Translator) -> str:
    """Sources, then how many values are provisional, how many indicators hide cells or have none."""
    rows = scorecard.rows
    sources = sorted({contract().indicator(row.code).source.in_(t.language) for row in rows})
    facts = {
        "provisional": sum(Alert.PROVISIONAL in row.alerts for row in rows),
        "hidden": sum(Alert.TOO_FEW in row.alerts for row in rows),
        "missing": sum(row.latest is None for row in rows),
    }
    return t("pack.scorecard.foot", sources=" ; ".join(sources), **facts)
