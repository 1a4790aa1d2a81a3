"""A file that was sent: the form that sends one, what is wrong with it, what publishing it would change."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.i18n import formats
from components.i18n.errors import error_sentence
from components.i18n.translate import Translator
from components.tables.text_table import make_text_table
from data_access.cli_report import explanation, make_place
from data_access.domain.errors import UserError
from data_access.services.submission import ImportReport, Preview, Problem, Revision, Submission

SHOWN = 100  # problems; all are counted
PROVENANCES = ("official", "published")
KIBIBYTE = 1024


def make_send_form(megabytes: int, t: Translator) -> Component:
    """One file, chosen or dropped; ``assets/upload.js`` shows how far it has come."""
    help_text = html.Small(t("data.send.help", megabytes=megabytes), className="quiet")
    field = dbc.Input(type="file", name="file")
    return html.Section(
        [
            html.H2(t("data.send.title")),
            html.Form(
                [
                    html.Label([html.Span(t("data.send.file")), field, help_text], className="drop-zone"),
                    html.Button(t("data.send.check"), type="submit", className="button"),
                    html.Progress(max="100", value="0", hidden=True, **aria(label=t("data.send.progress"))),
                ],
                method="post",
                action=f"/data/send?lang={t.language}",
                encType="multipart/form-data",
                className="send-form",
                **data(now=""),
            ),
        ],
        className="data-send",
    )


def make_submission(found: Submission, version: int, t: Translator) -> Component:
    """What is wrong with a file, and what publishing it would change at a data version; then the choice."""
    size = formats.number(max(1, found.size / KIBIBYTE), 0, t.language)
    parts: list[Component] = [
        html.H2(t("data.sent.title", name=found.name)),
        html.P(t("data.sent.facts", size=size, digest=found.digest[:12]), className="quiet"),
    ]
    if found.loaded is not None:
        parts += [html.P(t("data.sent.already", batch=found.loaded))]
    parts += _problems(found.report, t)
    if found.preview is not None:
        parts += _preview(found.preview, t)
        parts += [_refusal(found.preview, t) if found.preview.refused else _publish(found, version, t)]
    parts += [_post("/data/drop", found, t("data.sent.drop"), t)]
    return html.Section(parts, id="submission", className="submission", tabIndex="-1")


def _problems(report: ImportReport, t: Translator) -> list[Component]:
    if not report.problems:
        return [html.P(t("data.report.nothing"))]
    key = "data.report.refused" if report.rejected else "data.report.accepted"
    rows = [_problem(problem, t) for problem in report.problems[:SHOWN]]
    more = len(report.problems) - SHOWN
    caption = t("data.report.caption")
    heads = ("severity", "place", "value", "expected", "what")
    return [
        html.P(t(key, count=len(report.problems)), className="warning" if report.rejected else ""),
        make_text_table(caption, [t(f"data.report.head.{h}") for h in heads], rows),
        *([html.P(t("data.report.more", count=more), className="quiet")] if more > 0 else []),
    ]


def _problem(problem: Problem, t: Translator) -> Component:
    place = make_place(t, "", problem.sheet, problem.row, problem.column)
    return html.Tr(
        [
            html.Th(t(f"severity.{problem.severity.value}"), scope="row"),
            html.Td(place),
            html.Td(html.Code(problem.value) if problem.value else ""),
            html.Td(problem.expected),
            html.Td(explanation(problem, t)),
        ]
    )


def _preview(preview: Preview, t: Translator) -> list[Component]:
    """What would be new, revised, unchanged; then each revised value."""
    rows = [
        html.Tr(
            [
                html.Th(t(f"table.{kind}"), scope="row"),
                *(
                    html.Td(formats.number(counts[name], 0, t.language), className="number")
                    for name in ("read", "new", "revised", "unchanged")
                ),
            ]
        )
        for kind, counts in preview.counts.items()
    ]
    heads = [t(f"data.preview.head.{h}") for h in ("kind", "read", "new", "revised", "unchanged")]
    parts = [html.H3(t("data.preview.title")), make_text_table(t("data.preview.title"), heads, rows)]
    if preview.revisions:
        heads = [t(f"data.revision.head.{h}") for h in ("indicator", "period", "area", "before", "after")]
        caption = t("data.revision.caption", shown=len(preview.revisions), count=preview.revised)
        revised = [_revision(revision, t) for revision in preview.revisions]
        parts += [html.Details([html.Summary(caption), make_text_table(caption, heads, revised)])]
    if preview.hidden:
        parts += [html.P(t("data.preview.hidden", count=formats.number(preview.hidden, 0, t.language)))]
    return parts


def _refusal(preview: Preview, t: Translator) -> Component:
    """Why the file may not be published: what it would give away."""
    facts = {**(preview.refused or {}), "value": t("data.preview.file")}
    return html.P(error_sentence(UserError("discloses", **facts), t), className="warning", role="alert")


def _revision(revision: Revision, t: Translator) -> Component:
    group = [html.Small(revision.group)] if revision.group else []
    return html.Tr(
        [
            html.Th([revision.indicator, *group], scope="row"),
            html.Td(revision.time_period),
            html.Td(revision.ref_area),
            html.Td(_exact(revision.before, t), className="number"),
            html.Td(_exact(revision.after, t), className="number"),
        ]
    )


def _exact(value: float | None, t: Translator) -> str:
    """A number as the file has it: rounding could hide the revision."""
    if value is None:
        return "—"
    decimals = len(repr(value).partition(".")[2].rstrip("0"))
    return formats.number(value, decimals, t.language)


def _publish(found: Submission, version: int, t: Translator) -> Component:
    options = [{"value": p, "label": t(f"provenance.{p}")} for p in PROVENANCES]
    select = dbc.Select(options=options, value=PROVENANCES[0], name="provenance")
    return html.Form(
        [
            dbc.Input(type="hidden", name="file", value=found.digest),
            dbc.Input(type="hidden", name="version", value=str(version)),
            html.Label([html.Span(t("data.sent.provenance")), select]),
            html.Button(t("data.sent.publish"), type="submit", className="button button-main"),
        ],
        method="post",
        action=f"/data/publish?lang={t.language}",
        className="publish-form",
        **data(now=""),
    )


def _post(action: str, found: Submission, label: str, t: Translator) -> Component:
    return html.Form(
        [
            dbc.Input(type="hidden", name="file", value=found.digest),
            html.Button(label, type="submit", className="button"),
        ],
        method="post",
        action=f"{action}?lang={t.language}",
        **data(now=""),
    )
