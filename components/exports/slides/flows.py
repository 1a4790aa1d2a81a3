"""The slides of cohorts and communes: funnels and ways out as native charts, the map as a picture."""

from __future__ import annotations

import io
from typing import Any

from pptx.util import Inches

from components.exports.book.styles import pattern
from components.exports.exhibit import Drawing
from components.exports.slides.bars import Bars, add_bars
from components.exports.slides.deck import Deck, add_text, name
from components.exports.slides.lines import Curve, Lines, add_lines
from components.exports.slides.place import CONTENT, Box
from components.exports.slides.series import CHART, UNDER
from components.exports.steps import Picture
from components.figures.funnel_flow import COLOURS, ORDER, flow_alt_text
from components.figures.graph import TEMPLATE
from components.figures.incidence_figure import COLOURS as CAUSE_COLOURS
from components.figures.incidence_figure import incidence_alt_text
from components.figures.map_figure import map_alt_text, map_figure
from components.figures.theme import QUIET
from components.funnel_words import (
    count_text,
    funnel_finding,
    funnel_title,
    group_text,
    maturity_text,
    stage_name,
)
from components.i18n import formats
from components.incidence_words import CAUSES, incidence_finding, point_text, share_text
from components.map_finding import croissant_rule, map_finding, map_measured, map_notes
from data_access.contract.load import contract
from data_access.contract.model import Funnel, Unit
from data_access.domain.cohort_funnel import is_known
from data_access.services.funnel import CohortView, FunnelSheet, get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, FunnelChoice
from data_access.services.geometry import get_geometry
from data_access.services.incidence import CohortIncidence, get_incidence
from data_access.services.territory import get_territory
from data_access.services.territory_choices import get_map_series, settle_selection

MAP_SIZE = (700, 440)  # pixels: so that names are as large as the words beside the map
BESIDE = 4.0  # inches, of the words beside the map
CLOSE = 4.0  # points of a hundred: nearer ends have their words above and below
LEAST = 0.035  # of the longest bar: a shorter piece has no room for its number


def _sheet(deck: Deck, choice: FunnelChoice) -> FunnelSheet:
    asked = deck.asked
    return get_funnel_sheet(asked.version, asked.cutoff, choice.code, choice.operator, EVERYBODY, asked.rule)


def add_funnel(deck: Deck, choice: FunnelChoice) -> Any | None:
    """The newest whole cohort of a funnel, a bar a stage; None where there is no cohort to draw."""
    t, sheet = deck.t, _sheet(deck, choice)
    view = sheet.cohort(deck.asked.query.get("cohort", ""))
    if view is None or view.funnel is None:
        return None
    definition = next(f for f in contract().funnels if f.code == choice.code)
    slide = deck.add(
        funnel_finding(view, sheet, definition, t),
        _funnel_subtitle(view, definition, choice, deck),
        _funnel_notes(view, definition, deck),
        demonstration=view.demonstration,
    )
    add_bars(slide, CHART, _bars(view, definition, deck), flow_alt_text(view, definition, t))
    unknown = any(not is_known(n) for s in view.funnel.stages for n in (s.count, *s.outcomes.values()))
    caption = [t("slides.key.funnel"), maturity_text(view, t), *([t("slides.key.hidden")] if unknown else [])]
    add_text(slide, UNDER, " ".join(caption), size=11, colour=QUIET)
    return slide


def _funnel_subtitle(view: CohortView, definition: Funnel, choice: FunnelChoice, deck: Deck) -> str:
    t = deck.t
    parts = [
        funnel_title(definition, choice.operator, t),
        t("funnel.subtitle.unit", unit=definition.unit.in_(t.language)),
        formats.period(view.cohort, t.language),
        t("funnel.subtitle.window", months=definition.window_months),
    ]
    return " · ".join(parts)


def _bars(view: CohortView, definition: Funnel, deck: Deck) -> Bars:
    """Outcomes in pieces; what is hidden or missing leaves no piece, and the stage says so in a word."""
    t = deck.t
    assert view.funnel is not None, "asked of a funnel only"
    stages = view.funnel.stages
    longest = max((s.count for s in stages if is_known(s.count)), default=0)
    numbers = {o: tuple(n if is_known(n := s.outcomes[o]) else None for s in stages) for o in ORDER}
    least = max(1, round(LEAST * longest))
    return Bars(
        categories=tuple(f"{stage_name(s.code, definition, t)} ({count_text(s.count, t)})" for s in stages),
        series=tuple((t(f"funnel.outcome.{o.value}"), tuple(n or None for n in numbers[o])) for o in ORDER),
        colours=tuple(COLOURS[o] for o in ORDER),
        patterns=(f'[>={least}]#,##0;""',) * len(ORDER),
        size=11,
    )


def _funnel_notes(view: CohortView, definition: Funnel, deck: Deck) -> str:
    """Who is followed, the rule of each stage with its counts, what is hidden in a word."""
    t = deck.t
    assert view.funnel is not None, "asked of a funnel only"
    lines = [definition.cohort.in_(t.language), maturity_text(view, t)]
    for stage in view.funnel.stages:
        known = definition.stage(stage.code)
        outcomes = ", ".join(
            f"{t(f'funnel.outcome.{o.value}')} {count_text(stage.outcomes[o], t)}" for o in ORDER
        )
        lines.append(f"{stage.code} {known.label.in_(t.language)}. {known.rule.in_(t.language)} {outcomes}.")
    return "\n".join([*lines, *(t(f"funnel.note.{n}") for n in ("outcomes", "rates", "hidden")), deck.foot])


def add_incidence(deck: Deck, choice: FunnelChoice) -> Any | None:
    """The ways out by months since entry, for the same cohort; None where they may not be drawn."""
    asked, t, sheet = deck.asked, deck.t, _sheet(deck, choice)
    view = sheet.cohort(asked.query.get("cohort", ""))
    if view is None:
        return None
    who = (asked.version, asked.cutoff, choice.code, choice.operator)
    found = get_incidence(*who, EVERYBODY, view.cohort, asked.rule)
    if not isinstance(found, CohortIncidence):
        return None
    definition = next(f for f in contract().funnels if f.code == choice.code)
    shown = ((group_text(EVERYBODY, t), found),)
    notes = [t(f"incidence.note.{n}") for n in ("method", "kaplan_meier", "followed", "once")]
    slide = deck.add(
        incidence_finding(shown, t),
        f"{funnel_title(definition, choice.operator, t)} · {t('slides.incidence.subtitle')}",
        "\n".join([definition.cohort.in_(t.language), *_intervals(found, deck), *notes, deck.foot]),
        demonstration=found.demonstration,
    )
    alt = incidence_alt_text(shown, definition.title.in_(t.language), t)
    add_lines(slide, CONTENT, _curves(found, deck), alt)
    return slide


def _curves(found: CohortIncidence, deck: Deck) -> Lines:
    t = deck.t
    ends = [100 * found.curves[cause][-1].share for cause in CAUSES]
    curves = []
    for cause in CAUSES:
        end = 100 * found.curves[cause][-1].share
        values = (0.0, *(round(100 * point.share, 2) for point in found.curves[cause]))
        label = t(f"incidence.cause.{cause.value}")
        words = f"{label} {share_text(found.curves[cause][-1].share, t)}"
        curves.append(
            Curve(
                label,
                values,
                CAUSE_COLOURS[cause],
                labels={len(values) - 1: words},
                above=not any(0 < other - end < CLOSE for other in ends),
            )
        )
    names = tuple(str(month) for month in (0, *found.months))
    title = t("slides.incidence.months")
    return Lines(names, tuple(curves), pattern(Unit.PERCENT, 0, t.language), title)


def _intervals(found: CohortIncidence, deck: Deck) -> list[str]:
    t = deck.t
    return [
        f"{t(f'incidence.cause.{c.value}')}{t('punctuation.colon')}{point_text(found.curves[c][-1], t)}"
        for c in CAUSES
    ]


def add_map(deck: Deck, picture: Picture) -> Any | None:
    """The map of the communes for what was asked; None without a series by commune."""
    asked, t = deck.asked, deck.t
    own = asked.own_croissant
    selection = settle_selection(get_map_series(asked.version), asked.query, own, quarters=True)
    if selection is None:
        return None
    territory = get_territory(asked.version, asked.cutoff, selection, asked.rule)
    definition = contract().indicator(selection.series.code)
    finding = map_finding(territory, definition, t)
    notes = [definition.definition.in_(t.language), *map_notes(territory, t)]
    slide = deck.add(
        f"{definition.title.in_(t.language)}{t('punctuation.colon')}{finding}",
        map_measured(territory, definition, t),
        "\n".join([*notes, deck.foot]),
        source=t("sheet.subtitle.source", source=definition.source.in_(t.language)),
        demonstration=territory.demonstration,
    )
    figure = map_figure(territory, definition, t)
    drawing = Drawing({**figure, "layout": {"template": TEMPLATE, **figure["layout"]}}, *MAP_SIZE)
    width, height = MAP_SIZE
    scale = min((CONTENT.width - BESIDE - 0.3) / width, CONTENT.height / height)
    content = io.BytesIO(picture(drawing, width, height))
    place = (Inches(CONTENT.left), Inches(CONTENT.top), Inches(width * scale), Inches(height * scale))
    name(slide.shapes.add_picture(content, *place), map_alt_text(territory, definition, t))
    key = [t("slides.key.map"), croissant_rule(territory, t), get_geometry().attribution.in_(t.language)]
    beside = Box(CONTENT.left + CONTENT.width - BESIDE, CONTENT.top + 0.2, BESIDE, CONTENT.height - 0.2)
    add_text(slide, beside, "\n\n".join(key), size=12, colour=QUIET)
    return slide
