"""What changed between two meetings: the choice of the two, the count by cause, one line an indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.cards.edition import in_sentence, meeting_name
from components.edition_links import NOW, with_edition
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_status
from data_access.contract.model import Indicator
from data_access.domain.assessment import Status
from data_access.domain.edition import Edition
from data_access.domain.edition_change import Cause, EditionChange, Seen
from data_access.services.edition_changes import Changed, Changes
from data_access.services.indicator_rows import TOTAL

ALL = "all"
HEADS = ("indicator", "before", "after", "published", "real", "revision", "definition", "why")


def make_pair_form(
    editions: tuple[Edition, ...], changes: Changes, query: Mapping[str, str], t: Translator
) -> Component:
    """Which two are compared, and by which cause the list is narrowed."""
    meetings = [{"value": e.code, "label": meeting_name(e, t)} for e in editions]
    later = [{"value": NOW, "label": t("edition.now")}, *meetings]
    causes = [{"value": ALL, "label": t("changes.every_cause")}]
    causes += [{"value": c.value, "label": t(f"changes.cause.{c.value}")} for c in Cause]
    until = changes.until.code if changes.until else NOW
    fields = [
        ("since", meetings, changes.since.code),
        ("until", later, until),
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


def changes_sentence(changes: Changes, t: Translator) -> str:
    """How many indicators do not look as they did, and how many changed state."""
    states = sum(one.change.state_changed for one in changes.changed)
    count = len(changes.changed)
    until = in_sentence(changes.until, t) if changes.until else t("changes.this_moment")
    facts = {"since": in_sentence(changes.since, t), "until": until, "compared": changes.compared}
    if not count:
        return t("changes.sentence.none", **facts)
    return t("changes.sentence", **facts, count=count, states=states)


def make_causes(changes: Changes, t: Translator) -> Component:
    """How often each cause applies; one indicator may have several."""
    counted = Counter(cause for one in changes.changed for cause in one.change.causes)
    items = [
        html.Li([html.Strong(str(counted[cause])), html.Span(t(f"changes.cause.{cause.value}"))])
        for cause in Cause
        if counted[cause]
    ]
    return html.Ul(items, className="cause-counts")


def make_change_table(
    shown: list[Changed], changes: Changes, definitions: Mapping[str, Indicator], t: Translator
) -> Component:
    """One row an indicator (of one operator), the weightiest first."""
    since = meeting_name(changes.since, t)
    until = meeting_name(changes.until, t) if changes.until else t("edition.now")
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
            html.Tbody([_row(one, changes, definitions[one.code], t) for one in shown]),
        ],
        className="plain change-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))


def _row(one: Changed, changes: Changes, definition: Indicator, t: Translator) -> Component:
    change, href = one.change, address("indicator", t.language, code=one.code)
    href = with_edition(href, changes.until.code) if changes.until else href
    operator = [] if one.operator == TOTAL else [html.Small(one.operator)]
    name = html.A([html.Span(one.code, className="code"), definition.title.in_(t.language)], href=href)
    return html.Tr(
        [
            html.Th([name, *operator], scope="row"),
            _seen(change.before, definition, t),
            _seen(change.after, definition, t),
            *(
                html.Td(_difference(part, definition, t), className="number")
                for part in (change.published, change.real, change.revision, change.definition)
            ),
            html.Td(
                [*_state(change, t), html.P(cause_sentence(change, definition, t), className="quiet")],
                className="why",
            ),
        ]
    )


def _seen(seen: Seen, definition: Indicator, t: Translator) -> Component:
    if seen.value is None or seen.period is None:
        return html.Td("—", className="number")
    value = formats.measure(seen.value, definition.unit, definition.decimals, t.language)
    period = html.Small(formats.period(seen.period, t.language), className="period")
    return html.Td([html.Span(value, className="value"), period], className="number")


def _difference(part: Decimal | None, definition: Indicator, t: Translator) -> str:
    if part is None:
        return "—"
    if part == 0:
        return formats.number(0, definition.decimals, t.language)
    return formats.difference(float(part), definition.unit, definition.decimals, t.language)


def _state(change: EditionChange, t: Translator) -> list[Component]:
    """From one state to the other, where it changed."""
    if not change.state_changed or not change.before.state or not change.after.state:
        return []
    before, after = Status(change.before.state), Status(change.after.state)
    if before is after:
        return []
    arrow = html.Span(f" {t('changes.to')} ", className="change-arrow")
    return [html.P([make_status(before, t), arrow, make_status(after, t)], className="state-change")]


def cause_sentence(change: EditionChange, definition: Indicator, t: Translator) -> str:
    """Every cause, the weightiest first, each with its fact."""
    if not change.causes:
        return t("changes.why.reason_only")
    parts = [_cause(cause, change, definition, t) for cause in change.causes]
    return " ; ".join(parts) if t.language == "fr" else "; ".join(parts)


def _cause(cause: Cause, change: EditionChange, definition: Indicator, t: Translator) -> str:
    facts: dict[str, str] = {}
    if cause is Cause.NEW_PERIOD and change.after.period:
        facts["period"] = formats.period(change.after.period, t.language)
    if cause in {Cause.REVISION, Cause.LATE, Cause.GONE} and change.before.period:
        facts["period"] = formats.period(change.before.period, t.language)
    if cause is Cause.REVISION:
        facts["by"] = _difference(change.revision, definition, t)
    return t(f"changes.why.{cause.value}", **facts)
