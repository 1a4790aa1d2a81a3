"""What changed between two meetings: the choice of the two, the count by cause, one line an indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.cards.edition import meeting_name
from components.change_words import (
    cause_sentence,
    changed_states,
    difference_text,
    period_text,
    seen_text,
    since_name,
    until_name,
)
from components.edition_links import NOW, with_edition
from components.i18n.translate import Translator
from components.status import make_status
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.edition import Edition
from data_access.domain.edition_change import Cause, EditionChange, Seen
from data_access.services.edition_changes import Changed, Changes
from data_access.services.indicator_rows import TOTAL

ALL = "all"
HEADS = ("indicator", "before", "after", "published", "real", "revision", "definition", "why")


def make_pair_form(
    editions: tuple[Edition, ...], changes: Changes, query: Mapping[str, str], t: Translator
) -> Component:
    """Which two are compared, and by which objective and cause the list is narrowed."""
    meetings = [{"value": e.code, "label": meeting_name(e, t)} for e in editions]
    later = [{"value": NOW, "label": t("edition.now")}, *meetings]
    causes = [{"value": ALL, "label": t("changes.every_cause")}]
    causes += [{"value": c.value, "label": t(f"changes.cause.{c.value}")} for c in Cause]
    objectives = [{"value": ALL, "label": t("changes.every_objective")}]
    objectives += [
        {"value": o.code, "label": f"{o.code} – {o.short.in_(t.language)}"} for o in contract().objectives
    ]
    until = changes.until.code if changes.until else NOW
    fields = [
        ("since", meetings, changes.since.code),
        ("until", later, until),
        ("objective", objectives, query.get("objective", ALL)),
        ("cause", causes, query.get("cause", ALL)),
    ]
    return html.Form(
        [
            *(
                html.Label([html.Span(t(f"changes.{name}")), dbc.Select(options=o, value=v, name=name)])
                for name, o, v in fields
            ),
            html.Button(t("changes.show"), type="submit", className="button"),
        ],
        method="get",
        action=address("changes", t.language),
        className="change-choice",
        **data(now=""),
    )


def make_causes(changes: Changes, t: Translator) -> Component:
    """How often each cause applies; one indicator may have several."""
    counted = Counter(cause for one in changes.changed for cause in one.change.causes)
    items = [
        html.Li([html.Strong(str(counted[cause])), html.Span(t(f"changes.cause.{cause.value}"))])
        for cause in Cause
        if counted[cause]
    ]
    return html.Ul(items, className="cause-counts")


def make_change_table(shown: Sequence[Changed], changes: Changes, t: Translator) -> Component:
    """One row an indicator (of one operator), the weightiest first."""
    since, until = since_name(changes, t), until_name(changes, t)
    heads = {"before": since, "after": until}
    caption = t("changes.caption", since=since, until=until)
    head = [
        html.Th(heads.get(h) or t(f"changes.head.{h}"), scope="col", className="number" if 0 < i < 7 else "")
        for i, h in enumerate(HEADS)
    ]
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody([_row(one, changes, t) for one in shown]),
        ],
        className="plain change-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))


def _row(one: Changed, changes: Changes, t: Translator) -> Component:
    change, definition = one.change, one.definition
    href = address("indicator", t.language, code=one.code)
    href = with_edition(href, changes.until.code) if changes.until else href
    operator = [] if one.operator == TOTAL else [html.Small(one.operator)]
    name = html.A([html.Span(one.code, className="code"), definition.title.in_(t.language)], href=href)
    return html.Tr(
        [
            html.Th([name, *operator], scope="row"),
            _seen(change.before, definition, t),
            _seen(change.after, definition, t),
            *(
                html.Td(difference_text(part, definition, t), className="number")
                for part in (change.published, change.real, change.revision, change.definition)
            ),
            html.Td(
                [*_state(change, t), html.P(cause_sentence(change, definition, t), className="quiet")],
                className="why",
            ),
        ]
    )


def _seen(seen: Seen, definition: Indicator, t: Translator) -> Component:
    value, period = seen_text(seen, definition, t), period_text(seen, t)
    if not period:
        return html.Td(value, className="number")
    small = html.Small(period, className="period")
    return html.Td([html.Span(value, className="value"), small], className="number")


def _state(change: EditionChange, t: Translator) -> list[Component]:
    """From one state to the other, where it changed."""
    found = changed_states(change)
    if found is None:
        return []
    before, after = found
    arrow = html.Span(f" {t('changes.to')} ", className="change-arrow")
    return [html.P([make_status(before, t), arrow, make_status(after, t)], className="state-change")]
