"""``/fr/objectifs/os1`` … ``/nl/doelstellingen/os5``: the scorecard of one strategic objective."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.cards.presentation import make_scorecard_screen
from components.exports.menu import make_export_menu
from components.filters import make_scorecard_filters
from components.page import Content, PageNotFound, Visit, make_layout, make_title
from components.presentation import screen_number
from components.status import distribution_sentence, make_distribution, not_assessable_sentence
from components.tables.scorecard_table import make_scorecard_table
from data_access.contract.load import contract
from data_access.services.decisions import day_shown, get_acceptances
from data_access.services.scorecard import get_scorecard


def build(visit: Visit) -> Content:
    """The scorecard that the address names.

    Raises:
        PageNotFound: no objective bears this code.
    """
    t = visit.t
    objectives = {o.code.lower(): o for o in contract().objectives}
    if visit.parts["objective"] not in objectives:
        raise PageNotFound("page_not_found", value=visit.parts["objective"])
    objective = objectives[visit.parts["objective"]]
    scorecard = get_scorecard(visit.version, visit.cutoff, objective.code, visit.rule)
    body = [
        html.H1([html.Span(objective.code, className="code"), objective.title.in_(t.language)]),
        html.P(distribution_sentence(scorecard.distribution, t), className="lede"),
        html.Div(
            [
                make_distribution(scorecard.distribution, t),
                html.P(not_assessable_sentence(scorecard.not_assessable, t), className="quiet"),
            ],
            className="states-line",
        ),
        make_scorecard_filters(visit.query, t),
        make_export_menu("scorecard", {"objective": objective.code}, objective.code, t, table=True),
        html.P(t("scorecard.none_left"), className="none-left", hidden=True),
        make_scorecard_table(
            scorecard,
            {c.code: c for c in objective.commitments},
            {d.code: d for d in contract().of_objective(objective.code)},
            t,
            accepted=get_acceptances(visit.version, day_shown(visit.today)),
        ),
    ]
    return Content(body, scorecard.demonstration)


def build_screen(visit: Visit) -> Content:
    """The finding on one objective and a screen of its indicators, for a room.

    Raises:
        PageNotFound: no objective bears this code.
    """
    t = visit.t
    objectives = {o.code.lower(): o for o in contract().objectives}
    if visit.parts["objective"] not in objectives:
        raise PageNotFound("page_not_found", value=visit.parts["objective"])
    objective = objectives[visit.parts["objective"]]
    scorecard = get_scorecard(visit.version, visit.cutoff, objective.code, visit.rule)
    number = screen_number(visit.query, len(scorecard.rows))
    named = html.P(
        [html.Span(objective.code, className="code"), objective.short.in_(t.language)],
        className="screen-name",
    )
    definitions = {d.code: d for d in contract().of_objective(objective.code)}
    accepted = get_acceptances(visit.version, day_shown(visit.today))
    body = [
        named,
        html.H1(distribution_sentence(scorecard.distribution, t)),
        *make_scorecard_screen(scorecard.rows, definitions, number, t, accepted=accepted),
    ]
    return Content(body, scorecard.demonstration)


for language, path in ADDRESSES["scorecard"].items():
    register_page(
        f"{__name__}.{language}",
        path_template=path,
        title=make_title("scorecard", language),
        layout=make_layout("scorecard", language, build, ("objective",), screen=build_screen),
    )
