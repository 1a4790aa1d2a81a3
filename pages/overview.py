"""``/fr/`` and ``/nl/``: where the objectives stand, their context, what needs attention, what comes next."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.cards.attention import make_attention_list, make_calendar
from components.cards.context import make_context_tile
from components.cards.decisions import make_open_decisions
from components.cards.objective import make_objective_card
from components.cards.presentation import make_objectives_screen
from components.exports.menu import make_export_menu
from components.page import Content, Visit, make_layout, make_title
from components.status import distribution_sentence
from data_access.contract.load import contract
from data_access.services.calendar import get_next_deadlines
from data_access.services.decisions import day_shown, get_acceptances, get_decisions
from data_access.services.governance import get_governance
from data_access.services.overview import get_overview


def build(visit: Visit) -> Content:
    """The overview at the current data version."""
    t = visit.t
    overview = get_overview(visit.version, visit.cutoff, visit.rule)
    definitions = {d.code: d for d in contract().indicators}
    objectives = {o.code: o for o in contract().objectives}
    today = visit.today
    day = day_shown(today)
    decisions = get_decisions(visit.version, visit.cutoff, day, visit.rule)
    accepted = get_acceptances(visit.version, day)
    done = get_governance(visit.version, today).done
    body = [
        html.H1(t("overview.title")),
        html.P(distribution_sentence(overview.distribution, t), className="lede"),
        make_export_menu("overview", {}, t("overview.title"), t, table=True),
        html.Section(
            [
                html.Header([html.H2(t("context.title")), html.P(t("context.sentence"), className="quiet")]),
                html.Div(
                    [make_context_tile(row, definitions[row.code], t) for row in overview.context],
                    className="context-strip",
                ),
            ],
            className="context",
        ),
        html.Section(
            [
                html.H2(t("overview.objectives")),
                *(
                    make_objective_card(objectives[s.scorecard.objective], s, definitions, t)
                    for s in overview.objectives
                ),
            ],
            className="objectives",
        ),
        html.Div(
            [
                html.Section(
                    [
                        html.H2(t("attention.title")),
                        make_attention_list(overview.attention, definitions, t, accepted=accepted),
                    ]
                ),
                html.Section(
                    [
                        html.H2(t("decisions.open")),
                        make_open_decisions(decisions, day, t),
                        html.H2(t("calendar.title")),
                        make_calendar(get_next_deadlines(today, done=done), today, t),
                    ]
                ),
            ],
            className="two-columns",
        ),
    ]
    return Content(body, overview.demonstration or decisions.demonstration)


def build_screen(visit: Visit) -> Content:
    """Where the five objectives stand, for a room."""
    overview = get_overview(visit.version, visit.cutoff, visit.rule)
    objectives = {o.code: o for o in contract().objectives}
    finding = html.H1(distribution_sentence(overview.distribution, visit.t))
    return Content(
        [finding, make_objectives_screen(objectives, overview.objectives, visit.t)], overview.demonstration
    )


for language, path in ADDRESSES["overview"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("overview", language),
        layout=make_layout("overview", language, build, screen=build_screen),
    )
