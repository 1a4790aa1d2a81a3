"""The profile of a commune: every series known for it, and a small chart a series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from components.cards.commune_facts import make_commune_facts as make_facts_table
from components.cards.commune_finding import commune_finding
from components.cards.commune_profile import profile_notes
from components.exports.asked import Asked
from components.exports.exhibit import Exhibit, Image
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.commune_multiples import commune_svg
from components.figures.small_multiples import WHOLE
from components.figures.theme import INK, OTHER
from components.figures.tiles import legend_marks, tiles_svg
from components.group_names import group_name
from components.i18n.translate import Translator
from components.tables.commune_table import make_commune_table, operator_name
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.errors import UserError
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_lines import Line
from data_access.services.commune_profile import Profile, get_commune_profile

COLUMNS = 5  # as many as a page of A4 holds legibly
FIRST = date(2022, 1, 1)


def make_commune(asked: Asked) -> Exhibit:
    """One commune, perhaps beside a second one."""
    t, profile = asked.t, _profile(asked)
    if not profile.lines:
        raise UserError("export_nothing")
    name, definitions = group_name(AREA, profile.nis, t), {d.code: d for d in contract().indicators}
    shown = _shown(profile, t)
    said = commune_finding(profile.lines, t, context=bool(profile.context or profile.population))
    return exhibit_of(
        asked,
        name="commune",
        subject=shown,
        title=sentence(f"{name}{t('punctuation.colon')}{said}"),
        subtitle=" · ".join([t("profile.table", name=shown), t("profile.multiples")]),
        source=t("export.source.several"),
        notes=profile_notes(profile, t),
        demonstration=any(line.demonstration for line in profile.lines),
        alt=f"{said} {t('export.alt.table')}",
        drawing=_drawing(profile, definitions, asked.cutoff or FIRST, t),
        table=table_of(make_commune_table(profile, definitions, t), t),
    )


def make_commune_facts(asked: Asked) -> Exhibit:
    """What a commune is like: inhabitants, published unemployment, antenne, croissant pauvre."""
    t, profile = asked.t, _profile(asked)
    shown = _shown(profile, t)
    table = table_of(make_facts_table(profile, contract(), t), t, joint=" – ")
    first, *others = table.columns
    named = replace(table, columns=(replace(first, label=t("export.column.fact")), *others))
    return exhibit_of(
        asked,
        name="commune-facts",
        subject=f"{t('export.facts')} {shown}",
        title=f"{shown}{t('punctuation.colon')}{t('profile.facts.caption').lower()}",
        subtitle=t("profile.facts"),
        source=t("export.source.several"),
        demonstration=any(line.demonstration for line in profile.context),
        alt=t("export.alt.table"),
        drawing=None,
        table=named,
    )


def _profile(asked: Asked) -> Profile:
    """The commune asked for, and perhaps a second one.

    Raises:
        UserError: ``export_parameter`` when there is none of that code.
    """
    communes = [c.nis for c in contract().communes]
    nis = require(asked, "nis", communes, needed=True)
    other = require(asked, "with", ["none", *(c for c in communes if c != nis)])
    beside = other if other not in {"", "none"} else None
    return get_commune_profile(asked.version, asked.cutoff, nis, beside, asked.rule)


def _shown(profile: Profile, t: Translator) -> str:
    """The name of the commune, or both names."""
    name = group_name(AREA, profile.nis, t)
    return name if profile.other is None else f"{name}, {group_name(AREA, profile.other, t)}"


def _drawing(
    profile: Profile, definitions: dict[str, Indicator], cutoff: date, t: Translator
) -> Image | None:
    span = (FIRST, date(max(cutoff.year, 2023), 12, 31))
    images = [(line, commune_svg(line, definitions[line.code], span, t.language)) for line in profile.lines]
    tiles = [(_caption(line, definitions[line.code], t), svg) for line, svg in images if svg]
    if not tiles:
        return None
    names = [(INK, group_name(AREA, profile.nis, t))]
    names += [(OTHER, group_name(AREA, profile.other, t))] if profile.other else []
    made = tiles_svg(tiles, COLUMNS, legend=legend_marks([*names, (WHOLE, t("profile.region"))]))
    return Image(made.svg, made.width, made.height)


def _caption(line: Line, definition: Indicator, t: Translator) -> str:
    return " · ".join([f"{line.code} {definition.title.in_(t.language)}", *operator_name(line, t)])
