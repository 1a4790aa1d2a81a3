"""What needs attention, in short and in full, and what the calendar of the contract asks next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.cards.acceptance import NONE, Acceptances, make_acceptance_badge
from components.cards.concerns import SYMBOLS, reason_rule, why
from components.filter_form import make_filter_form, objective_labels
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_assessment
from components.values import make_change
from data_access.contract.model import Attribution, Indicator, Objective
from data_access.domain.assessment import Assessment
from data_access.domain.concern import AttentionReason, Concern
from data_access.domain.decision import Acceptance
from data_access.services.attention import AttentionItem
from data_access.services.calendar import Deadline
from data_access.services.indicator_rows import TOTAL, IndicatorRow


def make_attention_list(
    rows: Iterable[IndicatorRow],
    definitions: Mapping[str, Indicator],
    t: Translator,
    *,
    accepted: Acceptances = NONE,
) -> Component:
    """The indicators that ask for a decision, the worst first, each linked to its scorecard row."""
    items = [
        _attention(row, definitions[row.code], accepted.get((row.code, row.operator)), t) for row in rows
    ]
    shown = html.Ol(items, className="attention") if items else html.P(t("attention.none"), className="quiet")
    whole = html.A(t("attention.whole"), href=address("attention", t.language), className="more")
    return html.Div([shown, whole])


def _attention(
    row: IndicatorRow, definition: Indicator, accepted: Acceptance | None, t: Translator
) -> Component:
    href = address("scorecard", t.language, objective=str(definition.objective).lower())
    return html.Li(
        [
            _state(row.assessment, accepted, t),
            html.A(
                [html.Span(row.code, className="code"), definition.title.in_(t.language)],
                href=f"{href}#{row.code}",
            ),
            make_change(row.change, definition, t) if row.change is not None else None,
        ]
    )


def _state(assessment: Assessment, accepted: Acceptance | None, t: Translator) -> Component:
    """The state and, beside it, the deviation that was accepted."""
    return html.Div([make_assessment(assessment, t), make_acceptance_badge(accepted, t)], className="states")


def attention_sentence(items: Sequence[AttentionItem], t: Translator) -> str:
    """How many points there are, and how many by the most pressing reason of each."""
    first = [item.concerns[0].reason for item in items]
    counts = [t.plural(f"attention.count.{r.value}", first.count(r)) for r in AttentionReason if r in first]
    return t.plural("attention.count", len(items), counts=", ".join(counts))


def make_attention_filters(
    query: Mapping[str, str], objectives: Iterable[Objective], t: Translator, *, chosen: bool
) -> Component:
    """A plain form, answered by the server: objective, attribution and reason go into the address.

    Args:
        query: the values that the address holds.
        objectives: to choose from.
        t: the translator.
        chosen: whether they narrow the list, so that there is something to clear.
    """
    reasons = {r.value: t(f"attention.reason.{r.value}") for r in AttentionReason}
    attributions = {a.value: t(f"attribution.{a.value}") for a in Attribution if a is not Attribution.CONTEXT}
    filters = {
        "objective": objective_labels(objectives, t),
        "attribution": attributions,
        "reason": reasons,
    }
    return make_filter_form("attention", filters, query, t, chosen=chosen)


def make_shown(shown: int, every: int, t: Translator) -> Component:
    """How many points are left by the filters."""
    if not shown:
        return html.P(t("attention.none_left", all=every))
    return html.P(t.plural("attention.shown", shown, all=every), className="quiet")


def make_attention_groups(
    items: Iterable[AttentionItem],
    definitions: Mapping[str, Indicator],
    operators: Mapping[str, str],
    t: Translator,
    *,
    reason: AttentionReason | None = None,
    accepted: Acceptances = NONE,
) -> list[Component]:
    """One section for each reason, in the order of the list; with a reason chosen, for that one only.

    Args:
        items: ordered; each stands under its most pressing reason, or under the chosen one.
        definitions: by code.
        operators: names of the operator codes.
        t: the translator.
        reason: that every item has.
        accepted: deviations, by indicator and operator.
    """
    groups: dict[AttentionReason, list[AttentionItem]] = {}
    for item in items:
        groups.setdefault(reason or item.concerns[0].reason, []).append(item)
    return [_group(r, groups[r], definitions, operators, accepted, t) for r in AttentionReason if r in groups]


def _group(
    reason: AttentionReason,
    items: Sequence[AttentionItem],
    definitions: Mapping[str, Indicator],
    operators: Mapping[str, str],
    accepted: Acceptances,
    t: Translator,
) -> Component:
    return html.Section(
        [
            html.H2([_reason(reason, t), html.Span(f"{len(items)}", className="count")]),
            html.P(reason_rule(reason, t), className="quiet"),
            html.Ol(
                [
                    _line(i, reason, definitions[i.code], operators, accepted.get((i.code, i.operator)), t)
                    for i in items
                ],
                className="concerns",
            ),
        ]
    )


def _reason(reason: AttentionReason, t: Translator) -> Component:
    return html.Span(
        [
            html.Span(SYMBOLS[reason], className="reason-symbol", **aria(hidden="true")),
            html.Span(t(f"attention.reason.{reason.value}")),
        ],
        className=f"reason reason-{reason.value}",
    )


def _line(
    item: AttentionItem,
    heading: AttentionReason,
    definition: Indicator,
    operators: Mapping[str, str],
    accepted: Acceptance | None,
    t: Translator,
) -> Component:
    name = operators.get(item.operator)
    concerns = sorted(item.concerns, key=lambda concern: concern.reason is not heading)
    return html.Li(
        [
            _state(item.assessment, accepted, t),
            html.Div(
                [
                    html.A(
                        [html.Span(item.code, className="code"), definition.title.in_(t.language)],
                        href=_sheet(item, t),
                    ),
                    html.Span(f" · {name}", className="quiet") if name else None,
                    *(_why(concern, heading, definition, t) for concern in concerns),
                ]
            ),
        ]
    )


def _sheet(item: AttentionItem, t: Translator) -> str:
    """The address of the sheet, of the operator whose series is meant."""
    search = "" if item.operator == TOTAL else "?" + urlencode({"operator": item.operator})
    return address("indicator", t.language, code=item.code) + search


def _why(concern: Concern, heading: AttentionReason, definition: Indicator, t: Translator) -> Component:
    """The sentence; a reason that the heading does not name comes with its own symbol and word."""
    sentence = why(concern, definition, t)
    return html.P(sentence if concern.reason is heading else [_reason(concern.reason, t), sentence])


def make_calendar(deadlines: Iterable[Deadline], today: date, t: Translator) -> Component:
    """The next days of the calendar: what is due or opens, and how the day is known."""
    whole = html.A(t("calendar.whole"), href=address("governance", t.language), className="more")
    return html.Div([html.Ol([_deadline(d, today, t) for d in deadlines], className="calendar"), whole])


def _deadline(deadline: Deadline, today: date, t: Translator) -> Component:
    basis = t(f"calendar.basis.{deadline.obligation.basis}")
    return html.Li(
        [
            html.Div(
                [
                    html.Time(formats.day(deadline.day, t.language), dateTime=deadline.day.isoformat()),
                    html.Small(t.plural("calendar.days", (deadline.day - today).days), className="quiet"),
                ],
                className="when",
            ),
            html.Div(
                [
                    html.Span(deadline.obligation.title.in_(t.language)),
                    html.Small(
                        f"{t('calendar.opens')} · {basis}" if deadline.opens else basis, className="quiet"
                    ),
                ]
            ),
        ]
    )
