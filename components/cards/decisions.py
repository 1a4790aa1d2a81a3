"""The parts of the log of decisions around its table, and what other pages show of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.cards.sheet_part import make_part
from components.decision_words import SYMBOLS, after_sentence, signal_word, standing_word
from components.filter_form import make_filter_form, objective_labels
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.decision_table import make_standing, make_wording
from data_access.contract.model import Indicator, Objective
from data_access.domain.decision import Standing
from data_access.services.decisions import DecisionLine, DecisionLog

SHORT = 5  # decisions on the overview


def make_standings(counts: Mapping[Standing, int], t: Translator) -> Component:
    """How many decisions stand where."""
    items = [
        html.Li(
            [
                html.Strong(str(count)),
                html.Span(
                    [
                        html.Span(SYMBOLS[standing], className="status-symbol", **aria(hidden="true")),
                        html.Span(standing_word(standing, t), className="status-word"),
                    ],
                    className=f"status standing-{standing.value}",
                ),
            ]
        )
        for standing, count in counts.items()
    ]
    return html.Ul(items, className="obligation-counts")


def make_decision_filters(
    query: Mapping[str, str], objectives: Iterable[Objective], t: Translator, *, chosen: bool
) -> Component:
    """Objective and standing."""
    states = {standing.value: standing_word(standing, t) for standing in Standing}
    filters = {"objective": objective_labels(objectives, t), "state": states}
    return make_filter_form("decisions", filters, query, t, chosen=chosen)


def make_open_decisions(log: DecisionLog, day: date, t: Translator) -> Component:
    """What is still to be done, late first, in short; and the way to the log."""
    whole = html.A(t("decisions.whole"), href=address("decisions", t.language), className="more")
    pending = log.pending
    if not pending:
        return html.Div([html.P(t("decisions.none_open"), className="quiet"), whole])
    items = [_short(line, day, t) for line in pending[:SHORT]]
    more = len(pending) - SHORT
    rest = html.P(t.plural("decisions.more", more), className="quiet") if more > 0 else None
    return html.Div([html.Ol(items, className="open-decisions"), rest, whole])


def _short(line: DecisionLine, day: date, t: Translator) -> Component:
    decision = line.decision
    href = f"{address('decisions', t.language)}#{decision.code}"
    due = decision.term.due
    return html.Li(
        [
            make_standing(line, day, t),
            html.Div(
                [
                    html.A(decision.code, href=href, className="code"),
                    html.Span(make_wording(decision.text, t)),
                    html.Small(
                        [
                            decision.role.in_(t.language),
                            f" · {t('decisions.due', day=formats.day(due, t.language))}" if due else "",
                        ],
                        className="quiet",
                    ),
                ]
            ),
        ]
    )


def make_sheet_decisions(
    lines: Sequence[DecisionLine],
    definition: Indicator,
    operator: str,
    day: date,
    t: Translator,
    *,
    writes: bool,
) -> Component:
    """What the Comité decided about one indicator of one operator, in the order of the log."""
    items = [_full(line, definition, day, t) for line in lines]
    shown = (
        html.Ul(items, className="sheet-decisions")
        if items
        else html.P(t("decisions.sheet.none"), className="quiet")
    )
    here = address("decisions", t.language)
    add = f"{here}?{urlencode({'about': definition.code, 'operator': operator})}#write"
    links = [html.A(t("decisions.whole"), href=here)]
    links += [html.A(t("decisions.sheet.add"), href=add)] if writes else []
    return make_part("decisions", t, shown, html.P(links, className="more-links"))


def _full(line: DecisionLine, definition: Indicator, day: date, t: Translator) -> Component:
    decision = line.decision
    meeting = formats.day(decision.meeting, t.language)
    reason = decision.reason
    after = after_sentence(line.after, definition, t) if line.after is not None else None
    return html.Li(
        [
            html.Div(
                [
                    html.A(
                        decision.code,
                        href=f"{address('decisions', t.language)}#{decision.code}",
                        className="code",
                    ),
                    html.Strong(meeting),
                    make_standing(line, day, t),
                ],
                className="decision-head",
            ),
            html.P(make_wording(decision.text, t)),
            None
            if reason.is_empty
            else html.P([t("decisions.reason"), t("punctuation.colon"), *make_wording(reason, t)]),
            html.P(
                t(
                    "decisions.sheet.signal",
                    signal=signal_word(decision, t),
                    role=decision.role.in_(t.language),
                ),
                className="quiet",
            ),
            html.P([html.Strong(t("decisions.column.after")), t("punctuation.colon"), after])
            if after
            else None,
        ]
    )
