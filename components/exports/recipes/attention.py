"""Lists: the distribution of states by objective, what needs attention, the measures shared with others."""

from __future__ import annotations

from components.cards.attention import attention_sentence
from components.cards.concerns import why
from components.decision_words import acceptance_text
from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.breakdown import stacked
from components.exports.recipes.governance import day_of
from components.exports.recipes.recipe import exhibit_of, sentence
from components.exports.shown_table import table_of
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n.translate import Translator
from components.status import distribution_sentence
from components.tables.shared_table import make_shared_table
from data_access.contract.load import contract
from data_access.domain.decision import Acceptance
from data_access.domain.errors import UserError
from data_access.domain.status import Status
from data_access.services.attention import get_attention
from data_access.services.decisions import day_shown, get_acceptances
from data_access.services.overview import get_overview
from data_access.services.shared_dashboard import get_shared_dashboard


def make_overview(asked: Asked) -> Exhibit:
    """How many indicators of each objective are in each state."""
    t = asked.t
    overview = get_overview(asked.version, asked.cutoff, asked.rule)
    columns = [Column(t("column.objective")), *(_state(s, t) for s in STATUS_ORDER)]
    names = {o.code: o.short.in_(t.language) for o in contract().objectives}
    rows = []
    for summary in overview.objectives:
        card = summary.scorecard
        counts = [card.distribution.get(s, 0) for s in STATUS_ORDER]
        rows.append(
            (Cell(f"{card.objective} {names[card.objective]}"), *(Cell(str(n), float(n)) for n in counts))
        )
    said = distribution_sentence(overview.distribution, t)
    return exhibit_of(
        asked,
        name="overview",
        subject=t("overview.title"),
        title=sentence(said),
        subtitle=t("overview.title"),
        source=t("export.source.several"),
        demonstration=overview.demonstration,
        alt=said,
        drawing=None,
        table=Table(tuple(columns), tuple(rows)),
    )


def _state(status: Status, t: Translator) -> Column:
    return Column(f"{SYMBOLS[status]} {t(f'status.{status.value}')}", Kind.NUMBER)


def make_attention(asked: Asked) -> Exhibit:
    """Every indicator that asks for attention, in the order of the list, with every reason."""
    t = asked.t
    items = get_attention(asked.version, asked.cutoff, asked.rule)
    if not items:
        raise UserError("export_nothing")
    accepted = get_acceptances(asked.version, day_shown(day_of(asked)))
    heads, colon = ("indicator", "status"), t("punctuation.colon")
    columns = [*(Column(t(f"column.{name}")) for name in heads), Column(t("export.column.why"))]
    rows = []
    for item in items:
        definition = contract().indicator(item.code)
        status = item.assessment.status
        reasons = [
            f"{t(f'attention.reason.{c.reason.value}')}{colon}{why(c, definition, t)}" for c in item.concerns
        ]
        rows.append(
            (
                Cell(f"{item.code} {definition.title.in_(t.language)}"),
                Cell(_stated(status, accepted.get((item.code, item.operator)), t)),
                Cell(" ".join(reasons)),
            )
        )
    said = attention_sentence(items, t)
    return exhibit_of(
        asked,
        name="attention",
        subject=t("attention.title"),
        title=sentence(said),
        subtitle=t("attention.title"),
        source=t("export.source.several"),
        demonstration=any(item.demonstration for item in items),
        alt=said,
        drawing=None,
        table=Table(tuple(columns), tuple(rows)),
    )


def _stated(status: Status, accepted: Acceptance | None, t: Translator) -> str:
    """The state and, beside it, the deviation that was accepted."""
    said = f"{SYMBOLS[status]} {t(f'status.{status.value}')}"
    return " · ".join(filter(None, (said, acceptance_text(accepted, t))))


def make_training(asked: Asked) -> Exhibit:
    """The measures shared with the training operators, one section under the other."""
    t = asked.t
    dashboard = get_shared_dashboard(asked.version, asked.cutoff, asked.rule)
    definitions = {d.code: d for d in contract().shared()}
    operators = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    accepted = get_acceptances(asked.version, day_shown(day_of(asked)))
    parts = [
        (
            t(f"training.section.{prefix.lower()}"),
            table_of(make_shared_table(m, definitions, operators, t, accepted=accepted), t),
        )
        for prefix, m in dashboard.sections
    ]
    said = distribution_sentence(dashboard.distribution, t)
    return exhibit_of(
        asked,
        name="training",
        subject=t("nav.training"),
        title=sentence(said),
        subtitle=t("training.title"),
        source=t("export.source.several"),
        notes=[t("export.note.operators"), t("export.note.cells")],
        demonstration=dashboard.demonstration,
        alt=said,
        drawing=None,
        table=stacked(t("export.column.section"), parts),
    )
