"""What a commune is like: inhabitants, unemployment as published, antenne, place in the croissant pauvre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.cards.sheet_part import make_scroll
from components.figures.commune_multiples import HEIGHT, WIDTH, commune_alt_text, commune_svg
from components.figures.sparkline import data_uri
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.tables.commune_table import make_cell
from components.values import change_text
from data_access.contract.model import Antenne, Contract, Indicator, Unit
from data_access.domain.change import Change
from data_access.domain.comparison import MISSING, Cell
from data_access.domain.reading import Reading
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_lines import Line, Side
from data_access.services.commune_profile import SEXES, Profile
from data_access.services.indicator_rows import REGION
from data_access.services.sources import Source

PAID, POPULATION = "CTX.CCI_DE", "CTX.POP"
Row = tuple[Component | str, list[Component | str]]  # what a row is about, one cell an area


def make_commune_facts(profile: Profile, contract: Contract, t: Translator) -> Component:
    """A table of facts: the commune, the second one if there is one, and the Region."""
    areas = [profile.nis, *([profile.other] if profile.other else []), REGION]
    names = [t("profile.region") if area == REGION else group_name(AREA, area, t) for area in areas]
    rows = [
        _population(profile, areas, contract, t),
        *(_line_row(line, contract, t) for line in profile.context if line.code != POPULATION),
        _antennes(areas, contract, t),
        *_croissants(areas, contract, t),
    ]
    caption = t("profile.facts.caption")
    head = html.Tr([html.Td(""), *(html.Th(name, scope="col") for name in names)])
    body = [
        html.Tr(
            [
                html.Th(about, scope="row"),
                *(html.Td(cell, **data(label=name)) for name, cell in zip(names, cells, strict=True)),
            ]
        )
        for about, cells in rows
    ]
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(head), html.Tbody(body)],
        className="plain commune-facts",
    )
    return make_scroll(table, caption)


def _about(title: Component | str, *notes: str) -> Component:
    return html.Span([title, *(html.Small(note, className="period") for note in notes)])


def _population(profile: Profile, areas: Sequence[str], contract: Contract, t: Translator) -> Row:
    definition = contract.indicator(POPULATION)
    cells: list[Component | str] = []
    for area in areas:
        found = profile.population.get(area)
        if found is None:
            cells.append(make_cell(MISSING, definition, t))
            continue
        sexes = ", ".join(_sex(sex, found.by_sex[sex], definition, t) for sex in SEXES)
        year = html.Small(f"{found.year} · {sexes}", className="period")
        cells.append(html.Span([make_cell(found.total, definition, t), year]))
    return _about(make_indicator_link(definition, t), definition.source.in_(t.language)), cells


def _sex(sex: str, cell: Cell, definition: Indicator, t: Translator) -> str:
    value = formats.number(cell.value, 0, t.language) if cell.value is not None else ""
    value = value or t(f"value.{cell.availability.value}.short")
    return f"{group_name('SEX', sex, t).lower()}{formats.NBSP}{value}"


def _line_row(line: Line, contract: Contract, t: Translator) -> Row:
    """A context series: the newest value of each area, or every one where they are few and far between."""
    definition = contract.indicator(line.code)
    sides: list[Side | None] = [line.own, *([line.other] if line.other else []), None]
    if line.code == PAID:
        cells: list[Component | str] = [_paid(side, line, definition, t) for side in sides]
    elif line.region_readings and definition.periodicity == "M":
        cells = [_all_values(side, line, definition, t) for side in sides]
    else:
        cells = [_newest(side, line, definition, t) for side in sides]
    notes = [definition.source.in_(t.language)]
    notes += [t("profile.facts.estimate")] if any(r.estimated for r in line.own.readings) else []
    said = [" · ".join(notes)]
    if definition.unit is Unit.PERCENT:  # rates of the same name differ by what they are rates of
        said.append(definition.definition.in_(t.language))
    return _about(make_indicator_link(definition, t), *said), cells


def _newest(side: Side | None, line: Line, definition: Indicator, t: Translator) -> Component:
    """The value with its period, and whether it is provisional."""
    cell = line.region if side is None else side.cell
    if not cell.available:
        return make_cell(cell, definition, t)
    when = [formats.period(line.period, t.language), *([t("alert.provisional")] if cell.provisional else [])]
    plain = make_cell(replace(cell, provisional=False), definition, t)
    return html.Span([plain, html.Small(" · ".join(when), className="period")])


def _all_values(side: Side | None, line: Line, definition: Indicator, t: Translator) -> Component:
    """Published now and then: every value with its month, the Region's in the same months."""
    communes = [line.own, *([line.other] if line.other else [])]
    months = {r.period for s in communes for r in s.readings}
    readings = line.region_readings if side is None else side.readings
    found = [r for r in sorted(readings, key=lambda r: r.period, reverse=True) if r.period in months]
    if not found:
        return make_cell(MISSING, definition, t)
    return html.Ul([html.Li(_reading(r, definition, t)) for r in found], className="plain-list")


def _reading(reading: Reading, definition: Indicator, t: Translator) -> list[Component | str]:
    cell = Cell(reading.availability, reading.value)
    period = html.Span(formats.period(reading.period, t.language), className="quiet")
    return [make_cell(cell, definition, t), " ", period]


def _paid(side: Side | None, line: Line, definition: Indicator, t: Translator) -> Component:
    """The value, its change with the break named, and the series as a small image."""
    newest = _newest(side, line, definition, t)
    if side is None or not side.cell.available:
        return newest
    alone = replace(line, own=side, other=None)
    parts: list[Component] = [newest]
    if side.change is not None:
        parts.append(html.Small(_changed(side.change, definition, t), className="period"))
    span = (date(side.readings[0].period.year, 1, 1), date(side.readings[-1].period.year, 12, 31))
    if svg := commune_svg(alone, definition, span, t.language):
        alt = commune_alt_text(alone, definition, span, _called(t), t)
        width, height = str(WIDTH), str(HEIGHT)
        parts.append(
            html.Img(src=data_uri(svg), alt=alt, className="facts-series", width=width, height=height)
        )
    return html.Div(parts)


def _changed(change: Change, definition: Indicator, t: Translator) -> str:
    """The change in a year; across a break none is given, not even with a warning."""
    if not change.comparable:
        return t("profile.facts.break")
    return t("context.change", change=change_text(change, definition, t.language))


def _called(t: Translator) -> Callable[[str], str]:
    return lambda nis: group_name(AREA, nis, t)


def _antennes(areas: Sequence[str], contract: Contract, t: Translator) -> Row:
    cells: list[Component | str] = []
    for area in areas:
        found = [a for a in contract.antennes if a.nis == area]
        if area == REGION:
            cells.append("")
        elif not found:
            cells.append(html.Span(t("antenne.unknown"), className="value-missing"))
        else:
            cells.append(html.Span([_antenne(a, t) for a in found]))
    return _about(t("antenne.title"), t("antenne.assumption")), cells


def _antenne(antenne: Antenne, t: Translator) -> Component:
    """Open or closed since when, or known only for the year of the source."""
    facts = {"year": antenne.known}
    if not antenne.present:
        said = t("antenne.none", **facts)
    elif antenne.valid_from is not None:
        said = t("antenne.from", day=formats.day(antenne.valid_from, t.language))
    else:
        said = t("antenne.known", **facts)
    if antenne.valid_to is not None:
        said += t("antenne.to", day=formats.day(antenne.valid_to, t.language))
    return html.Span(said)


def antenne_sources(profile: Profile, contract: Contract, t: Translator) -> list[Source]:
    """Where the antennes of the communes shown are known from."""
    found = [a.source.in_(t.language) for a in contract.antennes if a.nis in {profile.nis, profile.other}]
    return [Source(text, (t("antenne.title"),)) for text in dict.fromkeys(found)]


def _croissants(areas: Sequence[str], contract: Contract, t: Translator) -> list[Row]:
    """One row a definition at the level of communes; the rule is printed with it."""
    rows: list[Row] = []
    for definition in contract.croissants:
        if definition.level != "commune":
            continue
        said = t("profile.croissant", code=definition.code, name=definition.name.in_(t.language))
        words: list[Component | str] = [
            "" if area == REGION else t(f"profile.croissant.{'in' if area in definition.communes else 'out'}")
            for area in areas
        ]
        rows.append((_about(said, definition.rule.in_(t.language)), words))
    return rows
