"""What needs attention, and what the calendar of the contract asks next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_assessment
from components.values import make_change
from data_access.contract.model import Indicator
from data_access.services.calendar import Deadline
from data_access.services.indicator_rows import IndicatorRow


def make_attention_list(
    rows: Iterable[IndicatorRow], definitions: Mapping[str, Indicator], t: Translator
) -> Component:
    """The indicators that ask for a decision, the worst first, each linked to its scorecard row."""
    items = [_attention(row, definitions[row.code], t) for row in rows]
    return html.Ol(items, className="attention") if items else html.P(t("attention.none"), className="quiet")


def _attention(row: IndicatorRow, definition: Indicator, t: Translator) -> Component:
    href = address("scorecard", t.language, objective=str(definition.objective).lower())
    return html.Li(
        [
            make_assessment(row.assessment, t),
            html.A(
                [html.Span(row.code, className="code"), definition.title.in_(t.language)],
                href=f"{href}#{row.code}",
            ),
            make_change(row.change, definition, t) if row.change is not None else None,
        ]
    )


def make_calendar(deadlines: Iterable[Deadline], today: date, t: Translator) -> Component:
    """The next days of the calendar: what is due or opens, and how the day is known."""
    return html.Ol([_deadline(d, today, t) for d in deadlines], className="calendar")


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
