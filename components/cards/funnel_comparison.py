"""Two groups through the same funnel: the flow of the second on the same scale, and the gaps of each step."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.figures.funnel_flow import flow_alt_text, flow_figure, flow_height, flow_paper_height
from components.figures.graph import Figure, make_graph
from components.funnel_words import coded_name, pair_names, rate_text, stage_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.plain_table import make_plain_table
from data_access.contract.model import Funnel, Unit
from data_access.domain.cohort_funnel import CohortFunnel, is_known
from data_access.domain.funnel_comparison import FunnelComparison, Gap, NotComparable, StepGap
from data_access.services.funnel import CohortView, FunnelSheet
from data_access.services.funnel_standard import NoStandard, StandardGap

Other = tuple[FunnelSheet, CohortView, FunnelComparison | NotComparable]


Standard = tuple[StandardGap, ...] | NoStandard


def make_comparison(
    sheet: FunnelSheet,
    view: CohortView,
    other: Other,
    standard: Standard | None,
    definition: Funnel,
    t: Translator,
) -> Component:
    """Both flows on one scale and the gaps in points, raw and at equal ages; or why there are none.

    Args:
        sheet, view: the group of interest and its cohort; ``other`` is what it is compared with.
        standard: gaps with the same ages, or why there are none; None where nobody asks (operators).
    """
    theirs, beside, found = other
    names = pair_names(sheet, theirs, t)
    title = html.H2(t("funnel.compare.title", a=names[0], b=names[1]))
    if beside.funnel is None or view.funnel is None or isinstance(found, NotComparable):
        reason = found.value if isinstance(found, NotComparable) else NotComparable.MISSING.value
        return html.Section(
            [title, html.P(t("funnel.compare.refused", reason=t(f"funnel.not_comparable.{reason}")))],
            className="funnel-compare",
        )
    graphs = [
        html.Div(
            [html.H3(name), _graph(each, view.funnel, beside.funnel, definition, t, f"funnel-group-{i}")]
        )
        for i, (name, each) in enumerate(zip(names, (view, beside), strict=True))
    ]
    cautions = [html.Li(t(f"funnel.caution.{c.value}")) for c in sorted(found.cautions)]
    return html.Section(
        [
            title,
            html.P(comparison_sentence(found, names, definition, t)),
            html.Div(graphs, className="funnel-pair"),
            _table(found, view, beside, standard, names, definition, t),
            *([html.P(standard_sentence(found, standard, t), className="quiet")] if standard else []),
            html.Ul(cautions, className="funnel-cautions") if cautions else None,
        ],
        className="funnel-compare",
    )


def comparison_sentence(found: FunnelComparison, names: list[str], definition: Funnel, t: Translator) -> str:
    """How far apart the two end, in points, and at how many steps they differ."""
    strong = [g for g in found.gaps if isinstance(g.rate, Gap) and g.rate.significant]
    known = [g for g in found.gaps if isinstance(g.rate, Gap)]
    said = t("funnel.compare.steps", strong=len(strong), all=len(known))
    last = found.gaps[-1].cumulative
    if not isinstance(last, Gap):
        return said
    facts = {
        "a": names[0],
        "b": names[1],
        "last": stage_name(definition.stages[-1].code, definition, t).lower(),
        "gap": formats.difference(abs(100 * last.value), Unit.PERCENT, 1, t.language).removeprefix("+"),
    }
    key = "same" if not last.significant else "more" if last.value > 0 else "less"
    return f"{t(f'funnel.compare.{key}', **facts)} {said}"


def standard_sentence(found: FunnelComparison, standard: Standard, t: Translator) -> str:
    """What is left of the gap at the last stage when both groups have the same ages; or why nobody knows."""
    if isinstance(standard, NoStandard):
        return t(f"funnel.standard.{standard.value}")
    last, raw = standard[-1], found.gaps[-1].cumulative
    facts = {"gap": gap_words(last.gap, t), "method": t("funnel.standard.method")}
    if not isinstance(raw, Gap):
        return t("funnel.standard.alone", **facts)
    return t("funnel.standard.sentence", **facts, raw=gap_words(raw, t))


def _graph(
    view: CohortView, a: CohortFunnel, b: CohortFunnel, definition: Funnel, t: Translator, id_: str
) -> Component:
    """The flow in shares of its own entry, so that groups of different size have one scale."""
    figure = shares_of_entry(flow_figure(view, definition, t), view, t)
    return make_graph(
        figure,
        id=id_,
        alt=flow_alt_text(view, definition, t),
        height=flow_height(definition),
        language=t.language,
        paper=(500, flow_paper_height(definition)),
    )


def shares_of_entry(figure: Figure, view: CohortView, t: Translator) -> Figure:
    """The same figure with every bar in per cent of those who entered."""
    assert view.funnel is not None, "only a funnel that can be is drawn"
    entered = view.funnel.stages[0].count
    if not is_known(entered) or entered == 0:
        return figure
    data = [
        {**trace, "x": [None if x is None else round(100 * x / entered, 2) for x in trace["x"]]}
        for trace in figure["data"]
    ]
    mark = formats.unit_mark(Unit.PERCENT, t.language)
    axis = {**figure["layout"]["xaxis"], "range": [0, 101], "dtick": 20, "ticksuffix": mark}
    # The key is that of the large figure above.
    margin = {**figure["layout"]["margin"], "b": 30}
    return {
        "data": data,
        "layout": {**figure["layout"], "xaxis": axis, "margin": margin, "showlegend": False},
    }


def _table(
    found: FunnelComparison,
    view: CohortView,
    beside: CohortView,
    standard: Standard | None,
    names: list[str],
    definition: Funnel,
    t: Translator,
) -> Component:
    alike = {each.stage: each.gap for each in standard} if isinstance(standard, tuple) else {}
    heads = [t("funnel.column.stage"), *names, t("funnel.compare.gap"), t("funnel.compare.cumulative")]
    heads += [t("funnel.compare.standard")] if alike else []
    rows = [_row(gap, view, beside, alike.get(gap.stage), definition, t) for gap in found.gaps]
    return make_plain_table(t("funnel.compare.caption"), heads, rows)


def _row(
    gap: StepGap, view: CohortView, beside: CohortView, alike: Gap | None, definition: Funnel, t: Translator
) -> Component:
    rates = [step.rate for v in (view, beside) if (step := v.step(gap.stage)) is not None]
    return html.Tr(
        [
            html.Th(coded_name(gap.stage, definition, t), scope="row"),
            *(html.Td(rate_text(rate, t), className="number") for rate in rates),
            html.Td(gap_words(gap.rate, t), className="number"),
            html.Td(gap_words(gap.cumulative, t), className="number"),
            *([html.Td(gap_words(alike, t), className="number")] if alike is not None else []),
        ]
    )


def gap_words(gap: Gap | NotComparable, t: Translator) -> str:
    """``+3,1 p.p. (+1,0 à +5,2)``, with « non significatif » where it is; or why there is none."""
    if isinstance(gap, NotComparable):
        return t(f"funnel.not_comparable.{gap.value}")
    low, high = (formats.difference(100 * x, Unit.COUNT, 1, t.language) for x in (gap.low, gap.high))
    text = t(
        "funnel.compare.points",
        gap=formats.difference(100 * gap.value, Unit.PERCENT, 1, t.language),
        low=low,
        high=high,
    )
    return text if gap.significant else t("funnel.compare.noise", gap=text)
