"""How the maps and the gap are reckoned: in words, with the formula and the source of each."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.i18n.translate import Translator

# What is explained, with the formula as it is printed (the same in both languages) where there is one.
FORMULAS = {
    "classes": "",
    "limits": "p ± z √φ √(p (1 − p) / n)",
    "scatter": "φ = Σ zᵢ² / k",
    "standardised": "Σ wᵍ rᵍ, wᵍ = Nᵍ / N",
    "decomposition": "Δ = Σ (w₁ − w₂) (r₁ + r₂) / 2 + Σ (r₁ − r₂) (w₁ + w₂) / 2",
    "contributions": "s̄ Δr + (r̄ − R̄) Δs",
}


def make_territory_methods(t: Translator) -> list[Component]:
    """One paragraph a method, in the order in which the pages use them."""
    parts: list[Component] = [html.P(t("territory.method.introduction"))]
    for name, formula in FORMULAS.items():
        parts.append(html.H3(t(f"territory.method.{name}.title"), id=f"territory-{name}"))
        if formula:
            parts.append(html.P(html.Code(formula), className="formula"))
        parts.append(html.P(t(f"territory.method.{name}")))
    return parts
