"""The rules behind the screen: the six states, the croissant pauvre, small cells."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.figures.theme import STATUS_ORDER
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_status
from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Reason, Thresholds


def make_rules(t: Translator) -> list[Component]:
    """The states with their rule, the reasons of «not assessable», the reservations."""
    thresholds = Thresholds()
    facts = {
        "on_track": formats.number(100 * thresholds.on_track, 0, t.language),
        "to_watch": formats.number(100 * thresholds.to_watch, 0, t.language),
    }
    rows = [
        html.Tr([html.Th(make_status(s, t), scope="row"), html.Td(t(f"rule.{s.value}", **facts))])
        for s in STATUS_ORDER
    ]
    reasons = [
        html.Li([html.Strong(t(f"reason.{r.value}")), t("punctuation.colon"), t(f"rule.reason.{r.value}")])
        for r in Reason
    ]
    return [
        html.P(t("rule.introduction")),
        html.Table(
            [html.Caption(t("method.states"), className="visually-hidden"), html.Tbody(rows)],
            className="plain",
        ),
        html.H3(t("rule.reasons")),
        html.Ul(reasons),
        html.H3(t("rule.reservations")),
        html.Ul([html.Li(t(f"rule.reservation.{n}")) for n in range(1, 7)]),
    ]


def make_croissants(contract: Contract, t: Translator) -> list[Component]:
    """The named definitions of the croissant pauvre, with the communes of each."""
    names = {c.nis: c.name.in_(t.language) for c in contract.communes}
    return [
        html.P(t("croissant.introduction")),
        html.Dl(
            [
                part
                for d in contract.croissants
                for part in (
                    html.Dt([html.Span(d.code, className="code"), d.name.in_(t.language)]),
                    html.Dd(
                        [
                            html.P(d.rule.in_(t.language)),
                            html.P(", ".join(sorted(names[nis] for nis in d.communes)), className="quiet")
                            if d.communes
                            else None,
                        ]
                    ),
                )
            ]
        ),
    ]


def make_small_cells(rule: SmallCellRule, t: Translator) -> list[Component]:
    """The thresholds in force."""
    return [
        html.P(
            t(
                "confidentiality.sentence",
                largest=rule.min_count - 1,
                largest_sensitive=rule.min_count_sensitive - 1,
                denominator=rule.min_denominator,
            )
        ),
        html.P(t("confidentiality.three")),
    ]
