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
    view, leaks = found
    cohort = formats.period(view.cohort, t.language)
    last = stage_name(definition.stages[-1].code, definition, t).lower()
    gains = {leak.stage: leak.gain for leak in leaks.steps}
    largest = [stage for stage in leaks.largest if not isinstance(gains[stage], NoGain)]
    sentence = t("funnel.leak.nowhere", cohort=cohort)
    if largest:
        gain = gains[largest[0]]
        assert not isinstance(gain, NoGain), "checked"
        sentence = t(
            "funnel.leak.sentence",
            cohort=cohort,
            step=" / ".join(stage_name(stage, definition, t) for stage in largest),
            gain=formats.number(gain, 1, t.language),
            last=last,
        )
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
    assumptions = [html.Li(t(f"funnel.assumption.{a.value}")) for a in sorted(leaks.assumptions)]
    return html.Section(
        [
            title,
            html.P(sentence),
            html.Table([head, html.Tbody(rows)], className="plain leak-table"),
            html.Details(
                [html.Summary(t("funnel.leak.assumptions")), html.Ul(assumptions, className="quiet")]
            ),
        ],
        className="funnel-leaks",
    )


def _gain(gain: float | NoGain, t: Translator) -> str:
    if isinstance(gain, NoGain):
        return t(f"funnel.no_gain.{gain.value}")
    return "+" + formats.number(gain, 1, t.language)
