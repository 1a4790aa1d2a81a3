"""The address of every page in both languages: the only place where one is written."""

from __future__ import annotations

import re

ADDRESSES: dict[str, dict[str, str]] = {
    "overview": {"fr": "/fr/", "nl": "/nl/"},
    "scorecard": {"fr": "/fr/objectifs/<objective>", "nl": "/nl/doelstellingen/<objective>"},
    "indicator": {"fr": "/fr/indicateurs/<code>", "nl": "/nl/indicatoren/<code>"},
    "attention": {"fr": "/fr/attention", "nl": "/nl/aandacht"},
    "search": {"fr": "/fr/recherche", "nl": "/nl/zoeken"},
    "communes": {"fr": "/fr/communes", "nl": "/nl/gemeenten"},
    "communes_gap": {"fr": "/fr/communes/ecart", "nl": "/nl/gemeenten/kloof"},
    "communes_profile": {"fr": "/fr/communes/<nis>", "nl": "/nl/gemeenten/<nis>"},
    "long_term": {"fr": "/fr/chomage-longue-duree", "nl": "/nl/langdurige-werkloosheid"},
    "training": {"fr": "/fr/formation-emploi", "nl": "/nl/opleiding-werk"},
    "editions": {"fr": "/fr/seances", "nl": "/nl/zittingen"},
    "changes": {"fr": "/fr/seances/changements", "nl": "/nl/zittingen/wijzigingen"},
    "data": {"fr": "/fr/donnees", "nl": "/nl/gegevens"},
    "governance": {"fr": "/fr/gouvernance", "nl": "/nl/governance"},
    "governance_plan": {"fr": "/fr/gouvernance/plan", "nl": "/nl/governance/plan"},
    "governance_coverage": {"fr": "/fr/gouvernance/couverture", "nl": "/nl/governance/dekking"},
    "decisions": {"fr": "/fr/decisions", "nl": "/nl/beslissingen"},
    "reports": {"fr": "/fr/rapports", "nl": "/nl/rapporten"},
    "method": {"fr": "/fr/methode", "nl": "/nl/methode"},
}


def address(page: str, language: str, **parts: str) -> str:
    """The path of a page, its ``<parts>`` filled in."""
    path = ADDRESSES[page][language]
    for name, value in parts.items():
        path = path.replace(f"<{name}>", value)
    return path


def language_of(path: str) -> str | None:
    """``fr`` or ``nl`` by the first segment of a path, None outside both."""
    match = re.match(r"/(fr|nl)(/|$)", path)
    return match.group(1) if match else None


def page_of(path: str) -> tuple[str, str, dict[str, str]] | None:
    """The page, language and parts of a path; None when no page lives there."""
    for page, by_language in ADDRESSES.items():
        for language, template in by_language.items():
            pattern = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", template.rstrip("/")) + "/?"
            if match := re.fullmatch(pattern, path):
                return page, language, match.groupdict()
    return None
