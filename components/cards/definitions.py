"""Definitions of the indicators, glossary of the contract and sources of the data, as reference lists."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.i18n.translate import Translator
from data_access.contract.model import Contract, Indicator, Measure, Text, Unit


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
    """One indicator, folded: how it is defined, counted and delivered."""
    return html.Details(
        [
            html.Summary([html.Span(indicator.code, className="code"), indicator.title.in_(t.language)]),
            make_facts(definition_facts(indicator, t), t),
        ],
        id=f"definition-{indicator.code}",
        className="definition",
    )


def definition_facts(indicator: Indicator, t: Translator) -> dict[str, str]:
    """What a definition says, in the order in which it is read; what it leaves open is not there.

    Each name is the end of the key of its label, ``definition.{name}``.
    """
    facts = {
        "definition": _in(indicator.definition, t),
        "numerator": _in(indicator.numerator, t),
        "denominator": _in(indicator.denominator, t),
        "formula": _formula(indicator, t),
        "unit": t(f"unit.{indicator.unit.value}"),
        "polarity": t(f"polarity.{indicator.polarity.value}"),
        "type": t(f"type.{indicator.type.value}"),
        "attribution": t(f"attribution.{indicator.attribution.value}"),
        "periodicity": t(f"periodicity.{indicator.periodicity}"),
        "cohort": _cohort(indicator, t),
        "season": t(f"season.{indicator.season.value}"),
        "breakdown": _in(indicator.breakdown, t),
        "commitments": ", ".join(indicator.commitments),
        "source": _in(indicator.source, t),
        "partners": ", ".join(indicator.partners),
        "note": _in(indicator.note, t),
        "grounds": _in(indicator.grounds, t),
        "state": t(f"definition_state.{indicator.state.value}"),
    }
    return {name: text for name, text in facts.items() if text}


def make_facts(facts: Mapping[str, str], t: Translator) -> Component:
    """Labels and facts, one under the other."""
    pairs = [(html.Dt(t(f"definition.{name}")), html.Dd(text)) for name, text in facts.items()]
    return html.Dl([part for pair in pairs for part in pair])


def _formula(indicator: Indicator, t: Translator) -> str:
    """How numerator and denominator make the value."""
    if indicator.measure in {Measure.GAP, Measure.MEDIAN}:
        return t(f"definition.formula.{indicator.measure.value}")
    if indicator.numerator is None:
        return ""
    if indicator.denominator is None:
        return t("definition.formula.count")
    return t("definition.formula.share" if indicator.unit is Unit.PERCENT else "definition.formula.ratio")


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
