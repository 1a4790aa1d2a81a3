"""Long-term unemployment: /fr/chomage-longue-duree, /nl/langdurige-werkloosheid."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.cards.funnel import NOBODY, make_form, make_funnel_page
from components.funnel_words import funnel_title
from components.page import Content, Visit, make_layout, make_title
from data_access.contract.load import contract
from data_access.services.funnel import (
    FunnelSheet,
    get_comparison,
    get_funnel_sheet,
    get_leaks,
)
from data_access.services.funnel_choices import EVERYBODY, FunnelChoice, GroupKey, get_funnel_choices


def build(visit: Visit) -> Content:
    """One funnel for what the address asks; what does not exist falls back to what does."""
    t, query = visit.t, visit.query
    choices = get_funnel_choices(visit.version)
    if not choices:
        return Content([html.H1(t("title.long_term")), html.P(t("shell.no_data"))], demonstration=False)
    asked = query.get("funnel", "").casefold()
    chosen = next((c for c in choices if c.key.casefold() == asked), choices[0])
    definitions = {f.code: f for f in contract().funnels}
    definition, group = definitions[chosen.code], chosen.group(query.get("group", ""))
    sheet = _sheet(visit, chosen, group)
    view = sheet.cohort(query.get("cohort", ""))
    plain, against = query.get("figure") == "plain", _against(chosen, group, query.get("against", NOBODY))
    other = None
    if against is not None and view is not None:
        theirs = _sheet(visit, chosen, against)
        beside = next((v for v in theirs.cohorts if v.cohort == view.cohort), None)
        other = (theirs, beside, get_comparison(view, beside, sheet, visit.rule)) if beside else None
    form = make_form(choices, chosen, sheet, view, against, definitions, plain, t)
    leaks = get_leaks(sheet, visit.rule)
    body = [
        html.H1(funnel_title(definition, chosen.operator, t)),
        *make_funnel_page(sheet, view, other, leaks, form, definition, plain, t),
    ]
    return Content(body, any(v.demonstration for v in sheet.cohorts))


def _sheet(visit: Visit, chosen: FunnelChoice, group: GroupKey) -> FunnelSheet:
    return get_funnel_sheet(visit.version, visit.cutoff, chosen.code, chosen.operator, group, visit.rule)


def _against(chosen: FunnelChoice, group: GroupKey, key: str) -> GroupKey | None:
    """The group to compare with; ``_T`` is everybody, anything unknown is nobody."""
    if key == "_T" and group != EVERYBODY:
        return EVERYBODY
    found = chosen.group(key)
    return found if found not in {EVERYBODY, group} else None


for language, path in ADDRESSES["long_term"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("long_term", language),
        layout=make_layout("long_term", language, build),
    )
