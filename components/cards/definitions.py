"""Definitions of the indicators, glossary of the contract and sources of the data, as reference lists."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.i18n.translate import Translator
from data_access.contract.model import Contract, Indicator, Text


def make_definitions(contract: Contract, t: Translator) -> list[Component]:
    """Every indicator, foldable, grouped by objective, then the shared measures and the context."""
    groups = [
        (o.code, f"{o.code} – {o.short.in_(t.language)}", contract.of_objective(o.code))
        for o in contract.objectives
    ]
    context = tuple(i for i in contract.indicators if i.code.startswith("CTX"))
    groups += [("shared", t("nav.training"), contract.shared()), ("context", t("context.title"), context)]
    parts: list[Component] = [html.P(t("definitions.sentence"))]
    for key, title, indicators in groups:
        parts += [html.H3(title, id=f"definitions-{key}"), *(make_definition(i, t) for i in indicators)]
    return parts


def make_definition(indicator: Indicator, t: Translator) -> Component:
    """One indicator: how it is defined, counted and delivered."""
    facts = [
        ("definition", _in(indicator.definition, t)),
        ("numerator", _in(indicator.numerator, t)),
        ("denominator", _in(indicator.denominator, t)),
        ("unit", t(f"unit.{indicator.unit.value}")),
        ("polarity", t(f"polarity.{indicator.polarity.value}")),
        ("type", t(f"type.{indicator.type.value}")),
        ("attribution", t(f"attribution.{indicator.attribution.value}")),
        ("periodicity", t(f"periodicity.{indicator.periodicity}")),
        ("cohort", _cohort(indicator, t)),
        ("breakdown", _in(indicator.breakdown, t)),
        ("commitments", ", ".join(indicator.commitments)),
        ("source", _in(indicator.source, t)),
        ("partners", ", ".join(indicator.partners)),
        ("grounds", _in(indicator.grounds, t)),
        ("note", _in(indicator.note, t)),
        ("state", t(f"definition_state.{indicator.state.value}")),
    ]
    return html.Details(
        [
            html.Summary([html.Span(indicator.code, className="code"), indicator.title.in_(t.language)]),
            html.Dl(
                [x for key, text in facts if text for x in (html.Dt(t(f"definition.{key}")), html.Dd(text))]
            ),
        ],
        id=f"definition-{indicator.code}",
        className="definition",
    )


def _in(text: Text | None, t: Translator) -> str:
    return text.in_(t.language) if text else ""


def _cohort(indicator: Indicator, t: Translator) -> str:
    cohort = indicator.cohort
    return t("definition.cohort.window", window=cohort.window_months, lag=cohort.lag_months) if cohort else ""


def make_glossary(contract: Contract, t: Translator) -> list[Component]:
    """The ten entries of Annexe II, in the page's alphabetical order."""
    entries = sorted(contract.glossary, key=lambda e: e.term.in_(t.language).casefold())
    pairs = [(html.Dt(e.term.in_(t.language)), html.Dd(e.definition.in_(t.language))) for e in entries]
    return [html.P(t("glossary.sentence")), html.Dl([x for pair in pairs for x in pair])]
