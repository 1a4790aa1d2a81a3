"""What a comment said before it was corrected, folded: each part with its day, by whom, and its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.i18n import formats
from components.i18n.translate import Translator
from components.linked_text import linked
from components.local_time import local_minute
from data_access.services.remark_history import RemarkKey, RemarkVersion
from data_access.services.sheet import Remark

History = Mapping[RemarkKey, Sequence[RemarkVersion]]


def make_versions(remarks: Sequence[Remark], history: History, t: Translator) -> Component | None:
    """The earlier versions of a comment, the newest first; None where nothing was corrected."""
    parts = [(r, history.get((r.kind, r.day, r.rank), ())[1:]) for r in remarks]
    count = sum(len(versions) for _, versions in parts)
    if not count:
        return None
    items = [_version(remark, each, t) for remark, versions in parts for each in versions]
    summary = html.Summary(t.plural("sheet.comments.versions", count))
    return html.Details([summary, html.Ul(items)], className="versions")


def _version(remark: Remark, version: RemarkVersion, t: Translator) -> Component:
    by = version.by or t("reports.local_reader")
    when = t("sheet.comments.version", when=local_minute(version.published_at, t), by=by)
    due = formats.day(version.due, t.language) if version.due else ""
    return html.Li(
        [
            html.Strong(t(f"sheet.comments.{remark.kind}")),
            html.Small(when),
            *_texts(version, t),
            html.Small(t("sheet.comments.due", day=due), className="due") if due else None,
        ]
    )


def _texts(version: RemarkVersion, t: Translator) -> list[Component]:
    """Both languages, as they were published: the page's first, the other one marked as such."""
    order = ("fr", "nl") if t.language == "fr" else ("nl", "fr")
    return [html.P(linked(text), lang=code) for code in order if (text := version.in_(code))]
