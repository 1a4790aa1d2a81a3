"""Long-term unemployment: /fr/chomage-longue-duree, /nl/langdurige-werkloosheid."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.funnel import NOBODY, make_form, make_funnel_page
from components.cards.incidence import make_equal, make_incidence
from components.cards.long_term_stock import make_long_term_stock
from components.funnel_words import funnel_title, group_text
from components.page import Content, Visit, make_layout, make_title
from data_access.contract.load import contract
from data_access.services.funnel import (
    CohortView,
    FunnelSheet,
    get_comparison,
    get_funnel_sheet,
    get_leaks,
)
from data_access.services.funnel_choices import EVERYBODY, FunnelChoice, GroupKey, get_funnel_choices
from data_access.services.incidence import EQUAL_MONTHS, get_equal_months, get_incidence
from data_access.services.long_term_stock import get_long_term_stock

DEFAULT_MONTHS = 6  # at which all cohorts are compared


def build(visit: Visit) -> Content:
    """One funnel for what the address asks; what does not exist falls back to what does."""
    t, query = visit.t, visit.query
    choices = get_funnel_choices(visit.version)
    if not choices:
        stock = get_long_term_stock(visit.version, visit.cutoff, visit.rule)
        body = [
            html.H1(t("title.long_term")),
            html.P(t("funnel.finding.nothing")),
            make_long_term_stock(stock, t),
        ]
        return Content(body, stock.demonstration)
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
    stock = get_long_term_stock(visit.version, visit.cutoff, visit.rule)
    body = [
        html.H1(funnel_title(definition, chosen.operator, t)),
        *make_funnel_page(
            sheet,
            view,
            other,
            leaks,
            form,
            definition,
            plain,
            t,
            _ways_out(visit, chosen, sheet, view, against),
        ),
        make_long_term_stock(stock, t),
    ]
    return Content(body, stock.demonstration or any(v.demonstration for v in sheet.cohorts))


def _sheet(visit: Visit, chosen: FunnelChoice, group: GroupKey) -> FunnelSheet:
    return get_funnel_sheet(visit.version, visit.cutoff, chosen.code, chosen.operator, group, visit.rule)


def _ways_out(
    visit: Visit, chosen: FunnelChoice, sheet: FunnelSheet, view: CohortView | None, against: GroupKey | None
) -> list[Component]:
    """The exits of the cohort by months since entry, and those of all cohorts at the same month."""
    if view is None:
        return []
    t, asked = visit.t, (visit.version, visit.cutoff, chosen.code, chosen.operator)
    definition = next(f for f in contract().funnels if f.code == chosen.code)
    groups = [sheet.group, *([against] if against is not None else [])]
    found = [get_incidence(*asked, group, view.cohort, visit.rule) for group in groups]
    names = [group_text(group, t) for group in groups]
    text = visit.query.get("months", "")
    months = int(text) if text in map(str, EQUAL_MONTHS) else DEFAULT_MONTHS
    path = ADDRESSES["long_term"][t.language]
    hrefs = {m: f"{path}?{urlencode({**visit.query, 'months': str(m)})}#equal-months" for m in EQUAL_MONTHS}
    equal = make_equal(get_equal_months(*asked, sheet.group, months, visit.rule), names[0], hrefs, t)
    curves = make_incidence(found[0], found[1] if len(found) > 1 else None, names, definition, t)
    return [curves, *([equal] if equal is not None else [])]


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
