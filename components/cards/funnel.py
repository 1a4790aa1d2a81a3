"""A funnel on a page: its choices, the flow, where it leaks, its cohorts in time, and two groups compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.cards.funnel_comparison import make_comparison
from components.figures.cohort_multiples import cohort_alt_text, cohort_svg
from components.figures.funnel_flow import flow_alt_text, flow_figure, flow_height, plain_figure
from components.figures.graph import make_graph
from components.figures.sparkline import data_uri
from components.funnel_words import (
    coded_name,
    exposure_text,
    funnel_finding,
    funnel_title,
    group_text,
    maturity_text,
    stage_name,
)
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.funnel_table import make_cohorts_table, make_funnel_table
from data_access.contract.model import Funnel
from data_access.domain.funnel_comparison import FunnelComparison, NotComparable
from data_access.domain.leak import Leaks, NoGain
from data_access.services.funnel import CohortView, FunnelSheet
from data_access.services.funnel_choices import FunnelChoice, GroupKey

NOBODY = "0"  # nobody to compare with
Options = list[dict[str, str]]


def make_form(
    choices: Sequence[FunnelChoice],
    chosen: FunnelChoice,
    sheet: FunnelSheet,
    view: CohortView | None,
    against: GroupKey | None,
    definitions: Mapping[str, Funnel],
    plain: bool,
    t: Translator,
) -> Component:
    """What can be followed, for whom, and beside whom; a form that asks for the page again."""
    groups = [{"value": g.key or NOBODY, "label": group_text(g, t)} for g in chosen.groups]
    cohorts = [{"value": str(v.cohort), "label": _cohort(v, t)} for v in reversed(sheet.cohorts)]
    funnels = [{"value": c.key, "label": funnel_title(definitions[c.code], c.operator, t)} for c in choices]
    figures = [{"value": name, "label": t(f"funnel.figure.{name}")} for name in ("flow", "plain")]
    others = [{"value": NOBODY, "label": t("funnel.nobody")}]
    others += [{"value": g.key or "_T", "label": group_text(g, t)} for g in chosen.groups if g != sheet.group]
    return html.Form(
        [
            _select("funnel", funnels, chosen.key, t),
            _select("cohort", cohorts, str(view.cohort) if view else "", t),
            _select("group", groups, sheet.group.key or NOBODY, t),
            _select("against", others, (against.key or "_T") if against else NOBODY, t),
            _select("figure", figures, "plain" if plain else "flow", t),
            html.Button(t("breakdown.show"), type="submit", className="button"),
        ],
        method="get",
        className="funnel-form",
    )


def _cohort(view: CohortView, t: Translator) -> str:
    text = formats.period(view.cohort, t.language)
    return t("funnel.cohort.option", cohort=text, state=t(f"funnel.state.{view.maturity.value}"))


def _select(name: str, options: Options, value: str, t: Translator) -> Component:
    select = dbc.Select(id=f"funnel-{name}", name=name, options=options, value=value)
    return html.Label([html.Span(t(f"funnel.control.{name}")), select], className=f"filter filter-{name}")


def make_headline(
    sheet: FunnelSheet, view: CohortView | None, definition: Funnel, t: Translator
) -> list[Component]:
    """Finding, who is followed, and how mature the cohort is."""
    parts: list[Component] = [
        html.P(funnel_finding(view, sheet, definition, t), className="finding"),
    ]
    if view is not None:
        facts = [
            definition.cohort.in_(t.language),
            t("funnel.subtitle.unit", unit=definition.unit.in_(t.language)),
            group_text(sheet.group, t),
            t("funnel.subtitle.window", months=definition.window_months),
        ]
        parts.append(html.P(" · ".join(facts), className="quiet"))
        said = [maturity_text(view, t), exposure_text(view, t)]
        text = " ".join(text for text in said if text)
        parts.append(html.P(text, className=f"maturity maturity-{view.maturity.value}"))
    return parts


def make_flow(view: CohortView, definition: Funnel, plain: bool, t: Translator, *, id_: str) -> Component:
    """The figure, what its colours mean, and its table."""
    figure = plain_figure(view, definition, t) if plain else flow_figure(view, definition, t)
    graph = make_graph(
        figure,
        id=id_,
        alt=flow_alt_text(view, definition, t),
        height=flow_height(definition),
        language=t.language,
        paper=(1030, 430),  # on the page of the finding
    )
    table = html.Details(
        [html.Summary(t("funnel.table.open")), make_funnel_table(view, definition, t)], open=True
    )
    key = t("funnel.key.plain" if plain else "funnel.key.flow")
    return html.Section(
        [html.H2(t("funnel.flow.title")), html.P(key, className="quiet"), graph, table],
        className="funnel-flow",
    )


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


def make_cohorts(sheet: FunnelSheet, definition: Funnel, t: Translator) -> Component:
    """Each step's rate by cohort of entry."""
    charts = []
    for stage in definition.stages[1:]:
        svg = cohort_svg(sheet, stage.code, t.language)
        alt = cohort_alt_text(sheet, stage.code, definition, t)
        name = coded_name(stage.code, definition, t)
        drawn = html.Img(src=data_uri(svg), alt=alt) if svg else html.P(alt, className="nothing-to-draw")
        charts.append(html.Figure([html.Figcaption(name), drawn]))
    table = html.Details([html.Summary(t("funnel.cohorts.open")), make_cohorts_table(sheet, definition, t)])
    return html.Section(
        [
            html.H2(t("funnel.cohorts.title")),
            html.P(t("funnel.cohorts.key"), className="quiet"),
            html.Div(charts, className="cohort-charts"),
            table,
        ],
        className="funnel-cohorts",
    )


def make_funnel_page(
    sheet: FunnelSheet,
    view: CohortView | None,
    other: tuple[FunnelSheet, CohortView, FunnelComparison | NotComparable] | None,
    leaks: tuple[CohortView, Leaks] | None,
    form: Component,
    definition: Funnel,
    plain: bool,
    t: Translator,
    ways_out: Sequence[Component] = (),
) -> list[Component]:
    """Everything about one funnel but the title of the page; ``ways_out`` are the exits by month."""
    parts = [*make_headline(sheet, view, definition, t), form]
    if view is None or view.funnel is None:
        return parts
    compared = [make_comparison(sheet, view, other, definition, t)] if other else []
    return [
        *parts,
        make_flow(view, definition, plain, t, id_="funnel-flow"),
        *compared,
        *ways_out,
        make_leaks(leaks, definition, t),
        make_cohorts(sheet, definition, t),
        html.Section(
            [
                html.H2(t("map.notes")),
                html.Ul([html.Li(note) for note in _notes(definition, t)], className="quiet"),
            ],
            className="funnel-notes",
        ),
    ]


def make_short_funnel(
    choice: FunnelChoice, sheet: FunnelSheet, definition: Funnel, t: Translator
) -> Component:
    """A funnel on another page: its finding, its table, and the way to the whole."""
    view = sheet.cohort("")
    href = f"{address('long_term', t.language)}?funnel={choice.key}"
    parts: list[Component] = [
        html.H3(html.A(funnel_title(definition, choice.operator, t), href=href)),
        html.P(funnel_finding(view, sheet, definition, t)),
    ]
    if view is not None and view.funnel is not None:
        table = make_funnel_table(view, definition, t)
        parts.append(html.Details([html.Summary(t("funnel.table.open")), table]))
    return html.Div(parts, className="funnel-short")


def _notes(definition: Funnel, t: Translator) -> list[str]:
    names = ["same_people", "outcomes", "rates", "windows", "reform", "hidden"]
    names += ["stock"] if definition.kind.value == "stock" else []
    names += ["not_nested"] if any(not s.nested for s in definition.stages) else []
    names += ["self_registration"] if definition.code == "F-SI" else []
    return [t(f"funnel.note.{name}") for name in names]
