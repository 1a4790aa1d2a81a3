"""What an indicator's sheet refers to: its definition, the contract, the loads, and its neighbours."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.cards.definitions import definition_facts, make_facts
from components.cards.sheet_part import make_head, make_part, make_table
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.load import contract as shipped_contract
from data_access.contract.model import Commitment, Contract, Indicator, State
from data_access.services.sheet import Sheet

# Accounts of the machine, which say nothing to a reader.
AUTOMATIC = {"prepare"}


def make_definition_sheet(definition: Indicator, contract: Contract, t: Translator) -> Component:
    """How the indicator is defined, which breaks its series carries, and the contract's own words."""
    facts = definition_facts(definition, t)
    lede = html.P(facts.pop("definition"), className="lede")
    del facts["state"]
    facts.pop("commitments", None)  # quoted in full below
    return make_part(
        "definition",
        t,
        lede,
        html.P(_state(definition, t), className="quiet"),
        html.Div(
            [
                html.Div(make_facts(facts, t), className="definition-facts"),
                html.Div([*_breaks(definition, contract, t), *_reference(definition, contract, t)]),
            ],
            className="definition-columns",
        ),
    )


def _state(definition: Indicator, t: Translator) -> str:
    """Whether it is adopted, and by which text."""
    said = t("sheet.definition.state", state=t(f"definition_state.{definition.state.value}"))
    if definition.state is State.ADOPTED and definition.annex is not None:
        return said + " " + t("sheet.definition.annex", number=definition.annex)
    return said


def _breaks(definition: Indicator, contract: Contract, t: Translator) -> list[Component]:
    carried = [b for b in contract.breaks if b.code in definition.breaks]
    if not carried:
        return []
    items = [
        html.Li(
            [
                html.Strong(formats.day(b.day, t.language)),
                t("punctuation.colon"),
                b.label.in_(t.language),
                html.P(b.reason.in_(t.language), className="quiet"),
            ]
        )
        for b in carried
    ]
    return [html.H3(t("sheet.breaks")), html.Ul(items, className="plain-list")]


def _reference(definition: Indicator, contract: Contract, t: Translator) -> list[Component]:
    """The commitments served, word for word."""
    commitments = {c.code: c for objective in contract.objectives for c in objective.commitments}
    served = [commitments[code] for code in definition.commitments]
    if not served:
        return []
    quotes = [_quote(c, commitments[c.parent] if c.parent else None, definition, t) for c in served]
    return [html.H3(t("sheet.reference")), *quotes]


def _quote(
    commitment: Commitment, parent: Commitment | None, definition: Indicator, t: Translator
) -> Component:
    """One commitment; on a Dutch page, a working translation with the French original folded under it."""
    parts = [parent, commitment] if parent else [commitment]
    objective = commitment.code.partition("-")[0]
    scorecard = address("scorecard", t.language, objective=objective.lower())
    anchor = f"#{definition.code}" if definition.objective == objective else ""
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.Span(commitment.code, className="code"),
                    html.A(t("sheet.reference.scorecard", objective=objective), href=scorecard + anchor),
                ]
            ),
            html.Blockquote([html.P(part.text.in_(t.language)) for part in parts]),
            _original(parts, t) if t.language != "fr" else None,
        ],
        className="commitment-quote",
    )


def _original(parts: list[Commitment], t: Translator) -> Component:
    original = html.Blockquote([html.P(part.text.fr) for part in parts], lang="fr")
    return html.Details(
        [
            html.Summary(t("sheet.reference.original")),
            original,
            html.P(t("sheet.reference.working"), className="quiet"),
        ]
    )


def make_feeds(sheet: Sheet, t: Translator) -> Component:
    """The loads that delivered the values, the newest first; rows of the data table link to them."""
    if not sheet.batches:
        return make_part("feeds", t, html.P(t("sheet.feeds.none"), className="quiet"))
    delivered = [r.origin_batch for r in sheet.row.readings]
    rows = [
        html.Tr(
            [
                html.Th(str(batch.id), scope="row"),
                html.Td([batch.file_name, html.Small(f"SHA-256 {batch.sha256[:12]}", className="period")]),
                html.Td(t(f"provenance.{batch.provenance}")),
                html.Td(formats.short_day(batch.published_at.date(), t.language)),
                html.Td(_author(batch.by, t)),
                html.Td(formats.number(_rows_read(batch.counts), 0, t.language), className="number"),
                html.Td(formats.number(delivered.count(batch.id), 0, t.language), className="number"),
            ],
            id=f"load-{batch.id}",
        )
        for batch in sheet.batches
    ]
    names = ("batch", "file", "provenance", "published")
    head = [t(f"sources.{name}") for name in names]
    head += [t("sheet.feeds.by"), t("sources.rows"), t("sheet.feeds.here")]
    return make_part("feeds", t, make_table(t("sheet.feeds"), make_head(head), rows))


def _rows_read(counts: Mapping[str, Mapping[str, int]]) -> int:
    return sum(kind["read"] for kind in counts.values())


def _author(by: str, t: Translator) -> str:
    return t(f"sheet.feeds.by.{by}") if by in AUTOMATIC else by


def make_neighbours(sheet: Sheet, t: Translator) -> Component:
    """The indicator before, the scorecard's own row, the indicator after."""
    contract = shipped_contract()
    ways = [("prev", sheet.previous, "previous"), ("next", sheet.following, "following")]
    previous, following = (
        _neighbour(contract.indicator(code), rel, name, t) if code is not None else None
        for rel, code, name in ways
    )
    up = html.Li(_up(contract.indicator(sheet.row.code), t), className="neighbour-up")
    items = [item for item in (previous, up, following) if item is not None]
    return html.Nav(html.Ul(items), className="neighbours", **aria(label=t("sheet.neighbours")))


def _neighbour(definition: Indicator, rel: str, name: str, t: Translator) -> Component:
    link = html.A(
        [
            html.Small(t(f"sheet.neighbours.{name}")),
            html.Span(definition.code, className="code"),
            html.Span(definition.title.in_(t.language), className="neighbour-title"),
        ],
        href=address("indicator", t.language, code=definition.code),
        rel=rel,
    )
    return html.Li(link, className=f"neighbour-{name}")


def _up(definition: Indicator, t: Translator) -> Component:
    """The page that lists the indicator: a scorecard, the shared dashboards, or the overview."""
    if definition.objective is not None:
        page = address("scorecard", t.language, objective=definition.objective.lower())
        label = t("sheet.neighbours.scorecard", objective=definition.objective)
    elif definition.annex is not None:
        page, label = address("training", t.language), t("sheet.neighbours.shared")
    else:
        return html.A(t("sheet.neighbours.overview"), href=address("overview", t.language))
    return html.A(label, href=f"{page}#{definition.code}")
