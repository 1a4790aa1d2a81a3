"""Information sessions in two readings side by side, with those who registered themselves beside them."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.funnel_words import count_text, interval_text, rate_text
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.plain_table import make_plain_table
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.services.inflow import APPLIED, ATTENDED, ENTERED, INVITED, InflowSheet, SessionQuarter

Entry = tuple[str, list[str]]  # a number as written, and what stands under it


def make_inflow(view: InflowSheet | None, t: Translator) -> Component:
    """The section of one operator: finding, both readings in a table, and every quarter.

    Args:
        view: of ``get_inflow``; None without data, which is then said.
        t: of the page's language.
    """
    if view is None:
        return html.Section(
            [html.H3(t("inflow.title.none")), html.P(t("inflow.nothing"))], className="inflow long-term-view"
        )
    operator = group_name("OPERATOR", view.operator, t)
    quarter = formats.period(view.shown.view.cohort, t.language)
    label = html.P(html.Strong(t("demonstration.label")), className="long-term-label")
    return html.Section(
        [
            html.H3(t("inflow.title", operator=operator, quarter=quarter)),
            label if view.demonstration else None,
            html.P(html.Strong(inflow_finding(view.shown, t))),
            html.P(inflow_subtitle(view.shown, t), className="quiet"),
            make_readings(view.shown, t),
            html.P(t("inflow.strict_note"), className="quiet"),
            html.Details([html.Summary(t("inflow.quarters.open")), make_quarters(view, t)]),
        ],
        className="inflow long-term-view",
    )


def inflow_finding(quarter: SessionQuarter, t: Translator) -> str:
    """Attendances of those invited, self-registrations beside them, and applications without attendance."""
    return " ".join(
        [
            t(
                "inflow.finding",
                quarter=formats.period(quarter.view.cohort, t.language),
                attended=count_text(quarter.counts[ATTENDED], t),
                registered=count_text(quarter.self_registered, t),
            ),
            t(
                "inflow.finding.beside",
                beside=count_text(quarter.without_attendance, t),
                share=rate_text(quarter.beside_rate, t),
                applied=count_text(quarter.counts[APPLIED], t),
            ),
        ]
    )


def inflow_subtitle(quarter: SessionQuarter, t: Translator) -> str:
    """Unit, territory, and whether everybody's follow-up is over."""
    return t("inflow.subtitle", state=_state(quarter, t))


def _state(quarter: SessionQuarter, t: Translator) -> str:
    day = formats.short_day(quarter.view.closes_on, t.language)
    return t(f"inflow.state.{quarter.view.maturity.value}", day=day)


def make_readings(quarter: SessionQuarter, t: Translator) -> Component:
    """Stages in rows; the contract's chain and the strict funnel in columns."""
    counts = {code: count_text(count, t) for code, count in quarter.counts.items()}
    invited: Entry = (counts[INVITED], [])
    attended: Entry = (counts[ATTENDED], _share(quarter.attended_rate, "invited", t))
    rows: list[tuple[str, Entry, Entry]] = [
        ("invited", invited, invited),
        ("attended", attended, attended),
        (
            "applied",
            (counts[APPLIED], _share(quarter.applied_rate, "invited", t)),
            (count_text(quarter.with_attendance, t), _share(quarter.strict_rate, "attended", t)),
        ),
        (
            "entered",
            (counts[ENTERED], _share(quarter.entered_rate, "applied", t)),
            (_strict_entered(quarter, t), []),
        ),
    ]
    body = [
        html.Tr([html.Th(t(f"inflow.row.{name}"), scope="row"), _cell(*chain), _cell(*strict)])
        for name, chain, strict in rows
    ]
    beside: Entry = (count_text(quarter.without_attendance, t), _share(quarter.beside_rate, "applied", t))
    outside = t("inflow.outside")
    body += [
        html.Tr([html.Th(t("inflow.row.beside"), scope="row"), _cell(*beside), _cell(outside)]),
        html.Tr(
            [
                html.Th(t("inflow.row.registered"), scope="row"),
                _cell(count_text(quarter.self_registered, t), [outside]),
                _cell(outside),
            ]
        ),
    ]
    heads = [t(f"inflow.column.{name}") for name in ("stage", "chain", "strict")]
    return make_plain_table(t("inflow.caption"), heads, body)


def _share(rate: Rate | NoRate, base: str, t: Translator) -> list[str]:
    """The share and what it is of; its interval on a line of its own."""
    limits = interval_text(rate, t)
    shown = t(f"inflow.of.{base}", share=rate_text(rate, t))
    return [shown, f"({limits})"] if limits else [shown]


def _strict_entered(quarter: SessionQuarter, t: Translator) -> str:
    if quarter.strict_entered is None:
        return t("inflow.strict_unknown")
    low, high = (formats.number(n, 0, t.language) for n in quarter.strict_entered)
    return t("inflow.strict_between", low=low, high=high)


def _cell(shown: str, small: Sequence[str] = ()) -> Component:
    """A number, and under it in small type what it is a share of."""
    lines: list[Component | str] = [shown]
    for line in small:
        lines += [html.Br(), html.Small(line, className="quiet")]
    return html.Td(lines, className="number")


def make_quarters(view: InflowSheet, t: Translator) -> Component:
    """Every quarter, the newest first."""
    names = ("quarter", "attended", "registered", "applied", "beside", "state")
    rows = [
        html.Tr(
            [
                html.Th(formats.period(q.view.cohort, t.language), scope="row"),
                *(
                    html.Td(count_text(count, t), className="number")
                    for count in (
                        q.counts[ATTENDED],
                        q.self_registered,
                        q.counts[APPLIED],
                        q.without_attendance,
                    )
                ),
                html.Td(_state(q, t), className="number quiet"),
            ]
        )
        for q in reversed(view.quarters)
    ]
    return make_plain_table(
        t("inflow.quarters.caption"), [t(f"inflow.column.{name}") for name in names], rows
    )
