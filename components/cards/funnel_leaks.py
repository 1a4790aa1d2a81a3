"""Where a flow leaks most: the step whose improvement by one point would bring most people to the end."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.funnel_words import coded_name, stage_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Funnel
from data_access.domain.leak import Leaks, NoGain
from data_access.services.funnel import CohortView


def make_leaks(found: tuple[CohortView, Leaks] | None, definition: Funnel, t: Translator) -> Component:
    """The step whose improvement by one point would bring most people to the last stage."""
    title = html.H2(t("funnel.leak.title"))
    if found is None:
        return html.Section([title, html.P(t("funnel.leak.none"))], className="funnel-leaks")
    assumptions = [html.Li(words) for words in assumption_texts(found[1], t)]
    return html.Section(
        [
            title,
            html.P(leak_sentence(*found, definition, t)),
            make_leak_table(found[1], definition, t),
            html.Details(
                [html.Summary(t("funnel.leak.assumptions")), html.Ul(assumptions, className="quiet")]
            ),
        ],
        className="funnel-leaks",
    )


def leak_sentence(view: CohortView, leaks: Leaks, definition: Funnel, t: Translator) -> str:
    """The step that leaks most and what a point there would bring, or that none would bring anybody."""
    cohort = formats.period(view.cohort, t.language)
    gains = _largest(leaks)
    if not gains:
        return t("funnel.leak.nowhere", cohort=cohort)
    return t(
        "funnel.leak.sentence",
        cohort=cohort,
        step=" / ".join(stage_name(stage, definition, t) for stage in gains),
        gain=formats.number(next(iter(gains.values())), 1, t.language),
        last=stage_name(definition.stages[-1].code, definition, t).lower(),
    )


def _largest(leaks: Leaks) -> dict[str, float]:
    """The largest gain by stage; several stages where they are equal, none where there is no gain."""
    gains = {leak.stage: leak.gain for leak in leaks.steps}
    return {s: gain for s in leaks.largest if not isinstance(gain := gains[s], NoGain)}


def assumption_texts(leaks: Leaks, t: Translator) -> list[str]:
    """What the gains rest on."""
    return [t(f"funnel.assumption.{a.value}") for a in sorted(leaks.assumptions)]


def make_leak_table(leaks: Leaks, definition: Funnel, t: Translator) -> Component:
    """Steps in rows, with what one point more would bring."""
    largest = _largest(leaks)
    rows = [
        html.Tr(
            [
                html.Th(coded_name(leak.stage, definition, t), scope="row"),
                html.Td(_gain(leak.gain, t), className="number"),
            ],
            className="leak-largest" if leak.stage in largest else "",
        )
        for leak in leaks.steps
    ]
    head = html.Thead(
        html.Tr(
            [
                html.Th(t("funnel.column.stage"), scope="col"),
                html.Th(t("funnel.leak.gain"), scope="col", className="number"),
            ]
        )
    )
    return html.Table([head, html.Tbody(rows)], className="plain leak-table")


def _gain(gain: float | NoGain, t: Translator) -> str:
    if isinstance(gain, NoGain):
        return t(f"funnel.no_gain.{gain.value}")
    return "+" + formats.number(gain, 1, t.language)
