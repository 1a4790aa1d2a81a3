"""Where the figures come from: the sources that they name, and the batches that brought them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.services.sources import LoadedBatch, Source

_ADDRESS = re.compile(r"(https?://\S+)")


def make_sources(sources: Iterable[Source], batches: Iterable[LoadedBatch], t: Translator) -> list[Component]:
    """The sources of what is not fictitious, then the batches in force."""
    listed = list(sources)
    return [
        html.P(t("sources.sentence")),
        html.Details(
            [
                html.Summary(t.plural("sources.show", len(listed))),
                html.Ul([_source(source, t) for source in listed], className="sources"),
            ]
        ),
        html.H3(t("sources.batches")),
        html.P(t("sources.batches.sentence")),
        _batches(batches, t),
    ]


def _source(source: Source, t: Translator) -> Component:
    codes = html.Small(t("sources.feeds", codes=", ".join(source.indicators)), className="period")
    return html.Li([*_linked(source.text), codes])


def _linked(text: str) -> list[Component | str]:
    """A text whose addresses are links; they open only when followed."""
    parts = _ADDRESS.split(text)
    return [html.A(p, href=p, rel="noreferrer") if _ADDRESS.fullmatch(p) else p for p in parts if p]


def _batches(batches: Iterable[LoadedBatch], t: Translator) -> Component:
    columns = ("batch", "file", "provenance", "published", "rows")
    head = html.Thead(html.Tr([html.Th(t(f"sources.{c}"), scope="col") for c in columns]))
    body = html.Tbody(
        [
            html.Tr(
                [
                    html.Td(str(b.id)),
                    html.Td([b.file_name, html.Small(f"SHA-256 {b.sha256[:12]}", className="period")]),
                    html.Td(t(f"provenance.{b.provenance}")),
                    html.Td(formats.short_day(b.published, t.language)),
                    html.Td(formats.number(b.rows, 0, t.language), className="number"),
                ]
            )
            for b in batches
        ]
    )
    caption = html.Caption(t("sources.batches"), className="visually-hidden")
    return html.Div(
        html.Table([caption, head, body], className="plain"),
        className="scroll",
        tabIndex="0",
        role="region",
        **aria(label=t("sources.batches")),
    )
