"""The profile of a commune: its heading, the summary, the small multiples and the notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.cards.commune_finding import Standing, commune_finding
from components.figures.commune_multiples import HEIGHT, WIDTH, Span, commune_alt_text, commune_svg
from components.figures.sparkline import data_uri
from components.group_names import group_name, in_reading_order
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.commune_table import make_standing_list, operator_note, row_id
from components.values import value_text
from data_access.contract.model import Contract, Indicator
from data_access.domain.confidentiality import Availability
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_lines import Line
from data_access.services.commune_profile import Profile

NONE = "none"  # a choice that names no commune
MANY = 10  # comparisons from which one is likely to look significant by chance


def make_commune_heading(profile: Profile, contract: Contract, t: Translator) -> list[Component]:
    """The ways to other communes, the name, the finding and the choice of a second commune."""
    sentence = commune_finding(profile.lines, t, context=bool(profile.context or profile.population))
    return [
        _ways(profile.nis, contract, t),
        html.H1(group_name(AREA, profile.nis, t)),
        html.P(sentence, className="finding"),
        _beside(profile, contract, t),
    ]


def _ways(nis: str, contract: Contract, t: Translator) -> Component:
    """The commune before and after by NIS code, and the map between them."""
    codes = [c.nis for c in contract.communes]
    place = codes.index(nis)
    up = html.Li(html.A(t("profile.to_map"), href=address("communes", t.language)), className="neighbour-up")
    items = [
        _way(codes[place - 1], "prev", "previous", t) if place else None,
        up,
        _way(codes[place + 1], "next", "following", t) if place + 1 < len(codes) else None,
    ]
    return html.Nav(
        html.Ul([item for item in items if item is not None]),
        className="neighbours",
        **aria(label=t("profile.neighbours")),
    )


def _way(nis: str, rel: str, name: str, t: Translator) -> Component:
    label = html.Small(t(f"profile.neighbours.{name}"))
    link = html.A(
        [label, html.Span(group_name(AREA, nis, t))],
        href=address("communes_profile", t.language, nis=nis),
        rel=rel,
    )
    return html.Li(link, className=f"neighbour-{name}")


def _beside(profile: Profile, contract: Contract, t: Translator) -> Component:
    """A form that needs no script: the address holds the second commune."""
    others = [c.nis for c in contract.communes if c.nis != profile.nis]
    options = [{"value": NONE, "label": t("profile.with.none")}]
    options += [
        {"value": nis, "label": group_name(AREA, nis, t)} for nis in in_reading_order(AREA, others, t)
    ]
    select = dbc.Select(id="profile-with", name="with", options=options, value=profile.other or NONE)
    return html.Form(
        [
            html.Label([html.Span(t("profile.with")), select], className="filter"),
            html.Button(t("profile.show"), type="submit", className="button"),
        ],
        method="get",
        action=address("communes_profile", t.language, nis=profile.nis),
        className="profile-form",
    )


def make_standing(profile: Profile, definitions: Mapping[str, Indicator], t: Translator) -> Component | None:
    """Where the commune differs from the rest of the Region, and where not; None when nothing is compared."""
    standing = Standing.of(profile.lines)
    groups = [(name, getattr(standing, name)) for name in ("better", "worse", "neutral", "same")]
    lists = [
        make_standing_list(t(f"profile.standing.{name}"), lines, definitions, t)
        for name, lines in groups
        if lines
    ]
    if not lists:
        return None
    return html.Section([html.H2(t("profile.standing")), html.Div(lists, className="standing-lists")])


def make_multiples(
    profile: Profile, definitions: Mapping[str, Indicator], cutoff: date, t: Translator
) -> Component | None:
    """One image a series from 2022 to the year of the data; None when there is nothing to draw."""
    span = (date(2022, 1, 1), date(max(cutoff.year, 2023), 12, 31))
    tiles = [_tile(line, definitions[line.code], span, t) for line in profile.lines]
    if not tiles:
        return None
    said = [t("profile.multiples.caption")]
    said += [f"{t('demonstration.label')}."] if any(line.demonstration for line in profile.lines) else []
    caption = html.Figcaption(" ".join(said))
    return html.Figure(
        [caption, _key(profile, t), html.Ul(tiles, className="multiples-grid commune-multiples")],
        className="multiples",
    )


def _key(profile: Profile, t: Translator) -> Component:
    marks = [("own", group_name(AREA, profile.nis, t))]
    marks += [("compared", group_name(AREA, profile.other, t))] if profile.other else []
    marks += [("region", t("profile.region")), ("immature-dot", t("profile.key.immature"))]
    marks += [("break", t("profile.key.break"))]
    items = [html.Li([html.Span(className=f"mark mark-{mark}"), said]) for mark, said in marks]
    return html.Ul(items, className="figure-key commune-key")


def _tile(line: Line, definition: Indicator, span: Span, t: Translator) -> Component:
    title = html.A(definition.title.in_(t.language), href=f"#{row_id(line)}", className="title")
    code = html.Span(definition.code, className="code")
    name = html.Span([code, title, *operator_note(line, t)], className="multiple-name")
    parts: list[Component] = [name, _latest(line, definition, t)]
    if svg := commune_svg(line, definition, span, t.language):
        alt = commune_alt_text(line, definition, span, lambda nis: group_name(AREA, nis, t), t)
        parts.append(html.Img(src=data_uri(svg), alt=alt, width=str(WIDTH), height=str(HEIGHT)))
    return html.Li(parts)


def _latest(line: Line, definition: Indicator, t: Translator) -> Component:
    """The newest value of a closed cohort that may be shown, or why there is none."""
    known = [r for r in line.own.readings if r.period not in line.immature]
    shown = [r for r in known if r.availability is Availability.AVAILABLE]
    if shown:
        value, period = value_text(shown[-1], definition, t.language), shown[-1].period
        when = formats.period(period, t.language)
        return html.Span([html.Strong(value), " ", when], className="multiple-last")
    hidden = any(r.availability is Availability.HIDDEN for r in line.own.readings)
    mark = "hidden" if hidden else "missing"
    return html.Span(t(f"value.{mark}.short"), className=f"multiple-last value-{mark}")


def make_notes(profile: Profile, t: Translator) -> Component:
    """The notes as a list."""
    notes = profile_notes(profile, t)
    return html.Ul([html.Li(note) for note in notes], className="quiet breakdown-notes")


def profile_notes(profile: Profile, t: Translator) -> list[str]:
    """How the gaps are made, and what the reader must not conclude."""
    notes = [t("profile.note.rest"), t("profile.note.no_cause")]
    gaps = [gap for line in profile.lines for gap in (line.gap, line.difference)]
    compared = sum(gap is not None for gap in gaps)
    notes += [t("breakdown.note.many", n=compared)] if compared >= MANY else []
    notes += [t("profile.note.period")]
    if met := list(dict.fromkeys(line.code for line in profile.lines if line.meets_reform)):
        notes.append(t("profile.note.reform", codes=", ".join(met)))
    sides = [side for line in profile.lines for side in (line.own, line.other) if side]
    if any(r.availability is Availability.HIDDEN for side in sides for r in side.readings):
        notes.append(t("breakdown.note.hidden"))
    return notes


def make_breaks(profile: Profile, contract: Contract, t: Translator) -> Component | None:
    """The breaks that the series shown carry, each with its reason."""
    carried = {day for line in (*profile.context, *profile.lines) for day in line.breaks}
    said = [
        t(
            "sheet.figure.break_reason",
            day=formats.day(b.day, t.language),
            label=b.label.in_(t.language),
            reason=b.reason.in_(t.language),
        )
        for b in contract.breaks
        if b.day in carried
    ]
    return html.Div([html.P(text) for text in said], className="break-reasons") if said else None
