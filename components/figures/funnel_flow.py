"""A funnel that hides nobody: each stage as wide as its people, parted into what became of them."""

from __future__ import annotations

from typing import Any

from components.figures.theme import ACCENT, BREAK, HAIRLINE, INK, QUIET
from components.funnel_words import count_text, rate_text, stage_label, stage_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Funnel
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import CohortFunnel, Outcome, Stage, is_known
from data_access.domain.funnel_flow import StepKind
from data_access.services.funnel import CohortView

ROW, PAPER_ROW, MARGINS = 76, 49, 94  # pixels: of a stage, on paper, of the axis and the legend
PALE = 0.55  # of an open cohort
BAR = 0.31  # of the row of a stage: the rest holds the two lines of its label
GAIN = "#2f855a"  # a job found before the next stage is a gain, not a loss
LEARNING = "#7db2c8"
COLOURS = {
    Outcome.NEXT: ACCENT,
    Outcome.EMPLOYMENT: GAIN,
    Outcome.TRAINING: LEARNING,
    Outcome.OTHER_EXIT: "#b9c0c5",
    Outcome.PENDING: "#ffffff",
}
ORDER = (Outcome.NEXT, Outcome.EMPLOYMENT, Outcome.TRAINING, Outcome.OTHER_EXIT, Outcome.PENDING)


def flow_height(definition: Funnel) -> int:
    """Pixels that give every stage its row."""
    return MARGINS + ROW * len(definition.stages)


def flow_paper_height(definition: Funnel) -> int:
    """The same on paper: the two lines of a label still fit above its bar."""
    return MARGINS + PAPER_ROW * len(definition.stages)


def flow_figure(view: CohortView, definition: Funnel, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: a bar a stage, a trace an outcome, rates written beside.

    Those still waiting are hatched. A hidden outcome leaves a gap at the end of its bar, which keeps its
    length; a hidden stage has a word instead of a bar. An open cohort is pale and named as such, and so is
    the rate of every stage whose window is open.
    """
    funnel = view.funnel
    assert funnel is not None, "only a funnel that can be is drawn"
    labels = [stage_name(s.code, definition, t) for s in funnel.stages]
    traces = [_trace(funnel, outcome, labels, t) for outcome in ORDER]
    open_ = view.maturity is not Maturity.MATURE
    return {
        "data": [
            trace | ({"opacity": PALE} if open_ else {}) for trace in (*traces, _unknown(funnel, labels, t))
        ],
        "layout": {
            "barmode": "stack",
            "separators": {"fr": ",\u202f", "nl": ",."}[t.language],
            "bargap": 1 - BAR,
            "margin": {"l": 8, "r": 12, "t": 8, "b": 78},
            "xaxis": {
                "automargin": False,
                "rangemode": "tozero",
                "separatethousands": True,
                "zeroline": False,
                "nticks": 6,
            },
            "yaxis": {
                "automargin": False,
                "type": "category",
                "categoryarray": labels,
                "range": [len(labels) - 0.5, -0.75],
                "showticklabels": False,
                "showgrid": False,
            },
            "showlegend": True,
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": -0.06,
                "yanchor": "top",
                "itemclick": False,
                "itemdoubleclick": False,
                "traceorder": "normal",
            },
            "hovermode": False,
            "annotations": [
                *(_said(stage, row, view, definition, t) for row, stage in enumerate(funnel.stages)),
                *([_open(view, t)] if open_ else []),
            ],
        },
    }


def _trace(funnel: CohortFunnel, outcome: Outcome, labels: list[str], t: Translator) -> dict[str, Any]:
    values = [s.outcomes[outcome] for s in funnel.stages]
    pattern = {"shape": "/", "fgcolor": QUIET, "size": 7, "solidity": 0.25}
    return {
        "type": "bar",
        "orientation": "h",
        "name": t(f"funnel.outcome.{outcome.value}"),
        "y": labels,
        "x": [value if is_known(value) else None for value in values],
        "marker": {
            "color": COLOURS[outcome],
            "line": {"color": QUIET if outcome is Outcome.PENDING else "#fff", "width": 1},
            **({"pattern": pattern} if outcome is Outcome.PENDING else {}),
        },
    }


def _unknown(funnel: CohortFunnel, labels: list[str], t: Translator) -> dict[str, Any]:
    """What a stage holds beyond its shown outcomes: hidden ones together, which gives none of them away."""
    rest = []
    for stage in funnel.stages:
        shown = sum(n for n in stage.outcomes.values() if is_known(n))
        rest.append(stage.count - shown if is_known(stage.count) and stage.count > shown else None)
    return {
        "type": "bar",
        "orientation": "h",
        "name": t("funnel.outcome.hidden"),
        "y": labels,
        "x": rest,
        "marker": {"color": "#fff", "line": {"color": HAIRLINE, "width": 1}},
        "showlegend": any(n is not None for n in rest),
    }


def stage_said(stage: Stage, view: CohortView, definition: Funnel, t: Translator) -> tuple[str, str]:
    """Which stage; then how many, what share of the stage before and of those who entered.

    Of a number that is not shown no share is either: it is said once.
    """
    step, words = view.step(stage.code), count_text(stage.count, t)
    if step is not None and is_known(stage.count):
        key = {StepKind.BRANCH: "funnel.said.branch", StepKind.DETOUR: "funnel.said.detour"}.get(
            step.kind, "funnel.said.passage"
        )
        facts = {"rate": rate_text(step.rate, t), "cumulative": rate_text(step.cumulative, t)}
        words += t(key, **facts, base=step.base)
    if step is not None:
        words += "" if view.step_maturity[stage.code] is Maturity.MATURE else t("funnel.said.open")
    return f"{stage.code} {stage_name(stage.code, definition, t)}", words


def _said(stage: Stage, row: int, view: CohortView, definition: Funnel, t: Translator) -> dict[str, Any]:
    """The words above each bar; their foot stands on the bar, however high the rows are."""
    head, words = stage_said(stage, view, definition, t)
    place = {"x": 0, "xref": "x", "xanchor": "left", "y": row - BAR / 2, "yanchor": "bottom"}
    look = {"align": "left", "showarrow": False, "font": {"size": 12, "color": INK}}
    return {"text": f"<b>{head}</b><br>{words}", **place, **look}


def _open(view: CohortView, t: Translator) -> dict[str, Any]:
    """In the empty corner below the bars: the cohort is open, and until when."""
    text = f"<b>{t(f'funnel.mark.{view.maturity.value}')}</b><br>" + t(
        "funnel.mark.until", day=formats.short_day(view.closes_on, t.language)
    )
    place = {"x": 1, "xref": "paper", "xanchor": "right", "y": 0.02, "yref": "paper", "yanchor": "bottom"}
    return {"text": text, **place, "align": "right", "showarrow": False, "font": {"size": 13, "color": BREAK}}


def plain_figure(view: CohortView, definition: Funnel, t: Translator) -> dict[str, Any]:
    """The funnel as slides know it: only those who reach each stage, on the way to the last one."""
    funnel = view.funnel
    assert funnel is not None, "only a funnel that can be is drawn"
    shown = [s for s in funnel.path() if is_known(s.count)]
    return {
        "data": [
            {
                "type": "funnel",
                "y": [stage_label(s, definition, t) for s in shown],
                "x": [s.count for s in shown],
                "text": [count_text(s.count, t) for s in shown],
                "textinfo": "text",
                "textfont": {"size": 13},
                "marker": {"color": ACCENT},
                "opacity": 1 if view.maturity is Maturity.MATURE else PALE,
                "connector": {"fillcolor": "#e8f1f5", "line": {"width": 0}},
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            "annotations": [] if view.maturity is Maturity.MATURE else [_open(view, t)],
            "margin": {"l": 210, "r": 12, "t": 8, "b": 8},
            "yaxis": {"automargin": False, "tickfont": {"color": INK, "size": 13}},
            "hovermode": False,
        },
    }


def flow_alt_text(view: CohortView, definition: Funnel, t: Translator) -> str:
    """Cohort, entry, last stage, and the share of those who entered that it reaches."""
    funnel = view.funnel
    assert funnel is not None, "only a funnel that can be is drawn"
    first, last = funnel.stages[0], funnel.stages[-1]
    step = view.step(last.code)
    return t(
        "funnel.alt",
        title=definition.title.in_(t.language),
        cohort=formats.period(view.cohort, t.language),
        entered=count_text(first.count, t),
        last=stage_name(last.code, definition, t),
        reached=count_text(last.count, t),
        share=rate_text(step.cumulative, t) if step else "",
    )
