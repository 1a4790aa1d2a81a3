"""The cards of the packs to ask for, and the list of those that were asked for."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.exports.reports import ReportKind, file_names
from components.i18n import formats
from components.i18n.errors import error_sentence
from components.i18n.translate import Translator
from components.local_time import local_minute
from data_access.domain.errors import UserError
from data_access.services.reports import Report


def make_report_cards(kinds: Mapping[str, ReportKind], t: Translator) -> Component:
    """One form for each kind, with a button for each choice of languages."""
    if not kinds:
        return html.P(t("reports.none_offered"), className="lede")
    return html.Div([_card(kind, t) for kind in kinds.values()], className="report-cards")


def _card(kind: ReportKind, t: Translator) -> Component:
    title = f"report-kind-{kind.name}"
    return html.Section(
        [
            html.H2([t(f"report.{kind.name}"), html.Span(kind.extension.upper(), className="report-format")]),
            html.P(t(f"report.{kind.name}.sentence")),
            html.Form(
                [
                    _hidden("kind", kind.name),
                    _hidden("language", t.language),
                    html.Fieldset(
                        [
                            html.Legend(t("reports.make_in")),
                            *(_choice(kind, languages, t) for languages in kind.languages),
                        ]
                    ),
                ],
                action="/reports/order",
                method="post",
            ),
        ],
        id=title,
        className="report-card",
    )


def _choice(kind: ReportKind, languages: str, t: Translator) -> Component:
    label = t(f"reports.languages.{languages}")
    named = aria(label=f"{label}: {t(f'report.{kind.name}')}")
    return html.Button(label, type="submit", name="languages", value=languages, className="button", **named)


def _hidden(name: str, value: str) -> Component:
    field: Component = dbc.Input(type="hidden", name=name, value=value)
    return field


def report_status(reports: tuple[Report, ...], t: Translator) -> str:
    """How many packs are still to come, and what became of the last that ended: short, for it is read out."""
    coming = sum(report.open for report in reports)
    ended = [report for report in reports if report.finished_at is not None and not report.open]
    last = max(ended, key=lambda report: report.finished_at or report.asked_at, default=None)
    said = [t.plural("reports.status.open", coming)] if coming else []
    if last is not None:
        name = f"{t(f'report.{last.kind}')} ({t(f'reports.languages.{last.languages}').lower()})"
        said.append(t(f"reports.status.{last.state}", name=name))
    return " ".join(said)


def make_report_list(reports: tuple[Report, ...], version: int, t: Translator) -> list[Component]:
    """What was asked for, the newest first; ``version`` is the current one."""
    if not reports:
        return [html.P(t("reports.empty"), className="quiet")]
    return [html.Ol([_item(report, version, t) for report in reports], className="report-list")]


def _item(report: Report, version: int, t: Translator) -> Component:
    done = report.state == "done" and report.removed_at is None and not report.edition
    older = done and report.data_version != version
    facts = t(
        "reports.facts",
        by=report.asked_by or t("reports.local_reader"),
        at=local_minute(report.asked_at, t),
        version=report.data_version,
    )
    return html.Li(
        [
            html.H3(
                [
                    t(f"report.{report.kind}"),
                    html.Span(t(f"reports.languages.{report.languages}"), className="report-format"),
                ]
            ),
            html.P(facts, className="quiet"),
            html.P(t("reports.of_edition", code=report.edition)) if report.edition else None,
            html.P(t("reports.older", version=report.data_version, current=version)) if older else None,
            _state(report, t),
        ],
        id=f"report-{report.id}",
        className=f"report report-{report.state}",
    )


def _state(report: Report, t: Translator) -> Component:
    """What became of it: the file, how far it is, or why there is none."""
    if report.removed_at is not None:
        return html.P(t("reports.removed", at=local_minute(report.removed_at, t)), className="quiet")
    if report.state == "done" and report.file_name:
        name = file_names(report)[t.language]
        size = t("reports.size", kilobytes=formats.number(max(1, (report.bytes or 0) / 1024), 0, t.language))
        return html.P([html.A(name, href=f"/reports/{report.id}/{name}", download=name), f" ({size})"])
    if report.open:
        return html.Div([*_progress(report, t), _cancel(report, t)], className="report-open")
    if report.state == "cancelled":
        return html.P(t("reports.cancelled"))
    return html.P([html.Strong(t("reports.failed")), " ", _why(report, t)], className="report-error")


def _why(report: Report, t: Translator) -> str:
    """The reason in words; one that an earlier program wrote may have none here any more."""
    code, facts = report.error_code or "unexpected", report.error_facts or {}
    try:
        return error_sentence(UserError(code, **facts), t)
    except KeyError:
        return t("error.unexpected", reference=code)


def _progress(report: Report, t: Translator) -> list[Component]:
    if report.state == "waiting" or not report.total:
        return [html.P(t(f"reports.{report.state}"))]
    label = t("reports.progress", done=report.done, total=report.total)
    bar = html.Progress(value=str(report.done), max=str(report.total), **aria(label=label))
    return [html.P([bar, html.Span(label), html.Span(report.what, className="quiet")])]


def _cancel(report: Report, t: Translator) -> Component:
    named = aria(label=f"{t('reports.cancel')}: {t(f'report.{report.kind}')}, {report.languages}")
    return html.Form(
        [
            _hidden("language", t.language),
            html.Button(t("reports.cancel"), type="submit", className="button", **named),
        ],
        action=f"/reports/{report.id}/cancel",
        method="post",
    )
