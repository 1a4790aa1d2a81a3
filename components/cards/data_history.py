"""What was loaded, how complete it is, and empty tables to fill."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import data
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.text_table import make_text_table
from data_access.contract.model import Indicator
from data_access.services.completeness import Completeness
from data_access.services.indicator_rows import TOTAL
from data_access.services.sources import HistoryLine

SHOWN = 24  # missing periods of a series that are written out


def make_history(lines: tuple[HistoryLine, ...], t: Translator, *, writes: bool) -> Component:
    """Every load and withdrawal, the newest first: who, when, which file with which digest, what it did."""
    heads = ("batch", "file", "when", "counts", "state")
    rows = [_line(line, t, writes=writes) for line in lines]
    table = make_text_table(t("data.history.caption"), [t(f"data.history.head.{h}") for h in heads], rows)
    return html.Section([html.H2(t("data.history.title")), table], id="history")


def _line(line: HistoryLine, t: Translator, *, writes: bool) -> Component:
    when = f"{formats.day(line.published, t.language)} · {line.by or t('reports.local_reader')}"
    counts = [
        t(f"data.history.{name}", count=formats.number(count, 0, t.language))
        for name, count in line.counts.items()
        if count
    ]
    return html.Tr(
        [
            html.Th(str(line.id), scope="row"),
            html.Td(_what(line, t)),
            html.Td(when),
            html.Td(" · ".join(counts) or "—"),
            html.Td(_state(line, t, writes=writes)),
        ],
        id=f"batch-{line.id}",
    )


def _what(line: HistoryLine, t: Translator) -> list[Component]:
    """The file, where its values come from, its digest; without a file, a new judgement of disclosure."""
    if not line.file_name:
        return [html.Span(t("data.history.protect"))]
    digest = html.Code(line.sha256[:12], title=line.sha256)
    return [
        html.Span(line.file_name, className="file-name"),
        html.Small([t(f"provenance.{line.provenance}"), " · ", digest]),
    ]


def _state(line: HistoryLine, t: Translator, *, writes: bool) -> list[Component]:
    """In force, withdrawn or itself a withdrawal; and the form that takes it back."""
    if not line.file_name:
        return [html.Span("—")]
    if line.withdraws is not None:
        return [html.Span(t("data.history.withdrawal", batch=line.withdraws)), html.Small(line.reason)]
    if line.withdrawn is not None:
        return [html.Span(t("data.history.withdrawn", day=formats.day(line.withdrawn, t.language)))]
    state: list[Component] = [html.Span(t("data.history.in_force"))]
    if writes:
        reason = dbc.Input(type="text", name="reason", placeholder=t("data.withdraw.reason"), required=True)
        form = html.Form(
            [
                dbc.Input(type="hidden", name="batch", value=str(line.id)),
                html.Label([html.Span(t("data.withdraw.reason"), className="visually-hidden"), reason]),
                html.Button(t("data.withdraw.button"), type="submit", className="button"),
            ],
            method="post",
            action=f"/data/withdraw?lang={t.language}",
            className="withdraw-form",
            **data(now=""),
        )
        state.append(html.Details([html.Summary(t("data.withdraw.title")), form]))
    return state


def make_completeness(
    found: tuple[Completeness, ...], definitions: Mapping[str, Indicator], t: Translator
) -> Component:
    """Every series against its own periodicity, those that are late or have holes first."""
    heads = ("series", "from", "latest", "delivered", "missing", "lag")
    rows = [_series(one, definitions[one.code], t) for one in found]
    late = sum(one.late > 0 for one in found)
    holes = sum(bool(one.missing) for one in found)
    empty = sum(one.latest is None for one in found)
    sentence = t("data.complete.sentence", series=len(found), late=late, holes=holes, empty=empty)
    caption = t("data.complete.caption")
    table = make_text_table(caption, [t(f"data.complete.head.{h}") for h in heads], rows)
    return html.Section(
        [
            html.H2(t("data.complete.title")),
            html.P(sentence),
            html.Details([html.Summary(caption), table]),
        ],
        id="completeness",
    )


def _series(one: Completeness, definition: Indicator, t: Translator) -> Component:
    name = html.A(one.code, href=address("indicator", t.language, code=one.code))
    operator = [] if one.operator == TOTAL else [f" · {one.operator}"]
    title = html.Small(definition.title.in_(t.language))
    missing = ", ".join(formats.period(p, t.language) for p in one.missing[:SHOWN]) or "—"
    latest: list[str | Component] = [formats.period(one.latest, t.language) if one.latest else "—"]
    if one.late:
        latest.append(html.Small(t("data.complete.late", days=one.late), className="warning"))
    delivered = t("data.complete.share", delivered=one.delivered, expected=one.expected)
    return html.Tr(
        [
            html.Th([name, *operator, title], scope="row"),
            html.Td(formats.period(one.first, t.language) if one.first else "—"),
            html.Td(latest),
            html.Td(delivered if one.latest else "—", className="number"),
            html.Td(missing),
            html.Td("—" if one.lag is None else t("data.complete.days", days=one.lag), className="number"),
        ]
    )


def make_templates(kinds: tuple[str, ...], t: Translator) -> Component:
    """An empty workbook of each kind of table."""
    links = [
        html.Li(html.A(t(f"table.{kind}"), href=f"/data/template/{kind}.xlsx?lang={t.language}", download=""))
        for kind in kinds
    ]
    return html.Section(
        [
            html.H2(t("data.template.title")),
            html.P(t("data.template.help"), className="quiet"),
            html.Ul(links),
        ]
    )
