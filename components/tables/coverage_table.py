"""The coverage of the commitments as a table: a group of rows for each gap, the widest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.plan_words import commitment_text, progress_text, title_of
from data_access.contract.model import Indicator
from data_access.domain.plan import Gap
from data_access.services.coverage import Coverage, Covered
from data_access.services.plan import PlanEntry

HEADS = ("commitment", "indicators", "actions")
SYMBOLS = {Gap.EVERYTHING: "■", Gap.INDICATOR: "■", Gap.ACTION: "○", Gap.NOTHING: "✓"}


def make_coverage_table(coverage: Coverage, definitions: Mapping[str, Indicator], t: Translator) -> Component:
    """Every commitment with what serves it.

    Args:
        coverage: at a data version.
        definitions: of the indicators, by code.
        t: the translator.
    """
    heads = [html.Th(t(f"coverage.column.{name}"), scope="col", className=f"col-{name}") for name in HEADS]
    said = html.Caption(t("coverage.caption"), className="visually-hidden")
    bodies = [_group(gap, lines, definitions, t) for gap in Gap if (lines := coverage.of(gap))]
    return html.Table([said, html.Thead(html.Tr(heads)), *bodies], className="ledger coverage")


def _group(
    gap: Gap, lines: Sequence[Covered], definitions: Mapping[str, Indicator], t: Translator
) -> Component:
    title: list[Component | str] = [
        html.Span(SYMBOLS[gap], className="gap-symbol", **aria(hidden="true")),
        t(f"coverage.gap.{gap.value}"),
        html.Span(str(len(lines)), className="count"),
    ]
    head = html.Tr(
        html.Th(title, colSpan=str(len(HEADS)), scope="rowgroup"), className=f"group gap-{gap.value}"
    )
    return html.Tbody([head, *(_row(line, definitions, t) for line in lines)])


def _row(line: Covered, definitions: Mapping[str, Indicator], t: Translator) -> Component:
    code = html.Span(line.commitment.code, className="code")
    indicators = [_indicator(definitions[code], t) for code in line.indicators]
    actions = [make_action(action, t) for action in line.actions]
    return html.Tr(
        [
            html.Th([code, html.Span(commitment_text(line, t))], scope="row"),
            _cell("indicators", indicators, t),
            _cell("actions", actions, t),
        ]
    )


def _cell(name: str, items: list[Component], t: Translator) -> Component:
    """What serves a commitment, or in words that nothing does."""
    shown = html.Ul(items) if items else html.Span(t(f"coverage.none.{name}"), className="nothing")
    return html.Td(shown, className=f"col-{name}", **data(label=t(f"coverage.column.{name}")))


def _indicator(definition: Indicator, t: Translator) -> Component:
    return html.Li(
        [html.Span(definition.code, className="code"), make_indicator_link(definition, t, className="")]
    )


def make_action(action: PlanEntry, t: Translator) -> Component:
    """An action with its progress."""
    return html.Li(
        [
            html.Span(action.code, className="code"),
            *make_title(action, t),
            html.Small(t("coverage.progress", progress=progress_text(action.progress, t))),
        ]
    )


def make_title(entry: PlanEntry, t: Translator) -> list[Component | str]:
    """A title in the page's language; while its translation is awaited, the other one, marked as such."""
    title, language = title_of(entry, t.language)
    if language == t.language:
        return [html.Span(title)]
    awaited = html.Em(t("sheet.comments.awaited"), className="awaited")
    return [awaited, " ", html.Span(title, lang=language)]
