"""The rules behind the screen: the six states, the croissant pauvre, small cells."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.figures.theme import STATUS_ORDER
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_status
from data_access.contract.model import AssessmentRules, Contract, Unit
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Reason


def make_rules(contract: Contract, day: date, t: Translator) -> list[Component]:
    """The states with their rule, its thresholds and who decided them, the reasons of «not assessable».

    Args:
        day: the reporting date, which says the version of the thresholds in force.
    """
    rules = contract.rules_on(day)
    facts = {
        "on_track": percent_number(rules.on_track, t.language),
        "to_watch": percent_number(rules.to_watch, t.language),
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
        html.H3(t("rule.thresholds"), id="thresholds"),
        html.P(t("rule.thresholds.sentence")),
        _versions(contract, rules, t),
        html.P(rules.source.in_(t.language)),
        html.H3(t("rule.reasons")),
        html.Ul(reasons),
        html.H3(t("rule.reservations")),
        html.Ul([html.Li(t(f"rule.reservation.{n}")) for n in range(1, 7)]),
        html.H3(t("rule.acceptance"), id="acceptance"),
        html.P(t("rule.acceptance.sentence")),
    ]


def percent_number(share: float, language: str) -> str:
    """A share as a number of percent, with the decimals that it has (at most three): ``5``, ``2,5``."""
    value = 100 * share
    decimals = next((n for n in range(3) if abs(round(value, n) - value) < 1e-9), 3)
    return formats.number(value, decimals, language)


def percent(share: float, language: str) -> str:
    """A share as a percentage with the decimals that it has: ``5 %`` in French, ``2,5%`` in Dutch."""
    return percent_number(share, language) + formats.unit_mark(Unit.PERCENT, language)


def _versions(contract: Contract, in_force: AssessmentRules, t: Translator) -> Component:
    """Every version of the thresholds, the newest first, each with its decision or the lack of one."""
    columns = ("valid_from", "on_track", "to_watch", "tolerance", "decision")
    head = html.Thead(html.Tr([html.Th(t(f"rule.thresholds.{c}"), scope="col") for c in columns]))
    versions = sorted(contract.assessment, key=lambda rules: rules.valid_from, reverse=True)
    return html.Table(
        [
            html.Caption(t("rule.thresholds"), className="visually-hidden"),
            head,
            html.Tbody([_version(rules, rules == in_force, t) for rules in versions]),
        ],
        className="plain thresholds",
    )


def _version(rules: AssessmentRules, in_force: bool, t: Translator) -> Component:
    cells = {
        name: percent(getattr(rules, name), t.language) for name in ("on_track", "to_watch", "tolerance")
    } | {"decision": _decision(rules, t)}
    return html.Tr(
        [
            html.Th(
                [
                    formats.day(rules.valid_from, t.language),
                    html.Small(t("rule.thresholds.in_force"), className="period") if in_force else None,
                ],
                scope="row",
            ),
            *(html.Td(text, **data(label=t(f"rule.thresholds.{name}"))) for name, text in cells.items()),
        ]
    )


def _decision(rules: AssessmentRules, t: Translator) -> str:
    if rules.decided_on is None:
        return t("rule.thresholds.proposed")
    day = formats.day(rules.decided_on, t.language)
    return t("rule.thresholds.adopted", day=day, reference=rules.decision_ref)


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
                group=rule.min_group,
            )
        ),
        html.P(t("confidentiality.covers")),
        html.P(t("confidentiality.cohorts")),
        html.P(t("confidentiality.three")),
    ]
