"""``/fr/communes/21012`` and ``/nl/gemeenten/21012``: the profile of one commune, perhaps beside another."""

from __future__ import annotations

from datetime import date

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.commune_facts import antenne_sources, make_commune_facts
from components.cards.commune_profile import (
    make_breaks,
    make_commune_heading,
    make_multiples,
    make_notes,
    make_standing,
)
from components.cards.sources import make_sources
from components.exports.menu import make_export_menu
from components.group_names import group_name
from components.i18n.translate import Translator
from components.page import Content, PageNotFound, Visit, make_layout, make_title
from components.tables.commune_table import make_commune_table
from data_access.contract.load import contract
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_profile import Profile, get_commune_profile


def build(visit: Visit) -> Content:
    """The profile that the address names.

    Raises:
        PageNotFound: no commune bears this NIS code.
    """
    t, nis, communes = visit.t, visit.parts["nis"], {c.nis for c in contract().communes}
    if nis not in communes:
        raise PageNotFound("page_not_found", value=nis)
    asked = visit.query.get("with")
    other = asked if asked in communes - {nis} else None
    profile = get_commune_profile(visit.version, visit.cutoff, nis, other, visit.rule)
    sources = [*antenne_sources(profile, contract(), t), *profile.sources]
    body = [
        *make_commune_heading(profile, contract(), t),
        make_standing(profile, {d.code: d for d in contract().indicators}, t),
        _section("facts", t, make_commune_facts(profile, contract(), t), _facts_menu(profile, t)),
        *_series(profile, visit.cutoff or date.min, t),
        _section("sources", t, *make_sources(sources, profile.batches, t)),
    ]
    return Content([part for part in body if part is not None], profile.demonstration)


def _facts_menu(profile: Profile, t: Translator) -> Component:
    """The files of the table of facts."""
    asked = {"nis": profile.nis, "with": profile.other or ""}
    return make_export_menu("commune-facts", asked, t("profile.facts"), t, table=True)


def _series(profile: Profile, cutoff: date, t: Translator) -> list[Component]:
    """The table and the small multiples; nothing when nothing is known."""
    if not profile.lines:
        return []
    definitions = {d.code: d for d in contract().indicators}
    table = [make_commune_table(profile, definitions, t), make_notes(profile, t)]
    multiples = make_multiples(profile, definitions, cutoff, t)
    asked = {"nis": profile.nis, "with": profile.other or ""}
    menu = make_export_menu("commune", asked, group_name(AREA, profile.nis, t), t)
    return [
        _section("indicators", t, menu, *table),
        _section("multiples", t, make_breaks(profile, contract(), t), multiples),
    ]


def _section(name: str, t: Translator, *children: Component | None) -> Component:
    shown = [child for child in children if child is not None]
    return html.Section([html.H2(t(f"profile.{name}")), *shown], id=name, className=f"profile-{name}")


for language, path in ADDRESSES["communes_profile"].items():
    register_page(
        f"{__name__}.{language}",
        path_template=path,
        title=make_title("communes_profile", language),
        layout=make_layout("communes_profile", language, build, ("nis",)),
    )
