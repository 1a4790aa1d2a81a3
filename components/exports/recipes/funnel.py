"""The funnel of a cohort, its exits by month, and all cohorts at the same month."""

from __future__ import annotations

from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit, Image
from components.exports.recipes.recipe import exhibit_of, require
from components.exports.shown_table import table_of
from components.figures.cohort_multiples import cohort_alt_text, cohort_svg
from components.figures.funnel_flow import flow_height
from components.figures.incidence_figure import HEIGHT, incidence_alt_text, incidence_figure
from components.figures.tiles import tiles_svg
from components.funnel_answer import Answer, answer, figure_of
from components.funnel_words import (
    exposure_text,
    funnel_finding,
    funnel_title,
    group_text,
    maturity_text,
    pair_names,
)
from components.i18n import formats
from components.i18n.translate import Translator
from components.incidence_words import incidence_finding
from components.tables.funnel_table import make_cohorts_table, make_funnel_table
from components.tables.incidence_table import make_equal_table, make_incidence_table
from data_access.domain.errors import UserError
from data_access.services.funnel import CohortView
from data_access.services.incidence import EQUAL_MONTHS, CohortIncidence, get_equal_months, get_incidence

WIDTH = 900
COLUMNS = 3  # of small charts
DEFAULT_MONTHS = 6


def make_funnel(asked: Asked) -> Exhibit:
    """The flow of one cohort, or the plain funnel for slides."""
    t, found = asked.t, find(asked)
    view = _view(found)
    figure, alt = figure_of(found, t.language)
    return exhibit_of(
        asked,
        name="funnel",
        subject=f"{found.chosen.key} {view.cohort}",
        title=funnel_finding(view, found.sheet, found.definition, t),
        subtitle=funnel_subtitle(found, view, t),
        notes=[
            maturity_text(view, t),
            exposure_text(view, t),
            *(t(f"funnel.note.{name}") for name in ("outcomes", "rates", "hidden")),
        ],
        alt=alt,
        drawing=Drawing(figure, WIDTH, flow_height(found.definition)),
        table=table_of(make_funnel_table(view, found.definition, t), t),
        **_common(found, view, t),
    )


def make_incidence(asked: Asked) -> Exhibit:
    """Exits by months since entry, of one group or of two."""
    t, found = asked.t, find(asked)
    view = _view(found)
    sheets, names = [found.sheet], [group_text(found.sheet.group, t)]
    if found.theirs is not None:
        sheets, names = [found.sheet, found.theirs], pair_names(found.sheet, found.theirs, t)
    curves = [
        get_incidence(
            asked.version, asked.cutoff, found.chosen.code, s.operator, s.group, view.cohort, asked.rule
        )
        for s in sheets
    ]
    shown = tuple((n, c) for n, c in zip(names, curves, strict=True) if isinstance(c, CohortIncidence))
    if not shown:
        raise UserError("export_nothing")
    return exhibit_of(
        asked,
        name="incidence",
        subject=f"{t('export.incidence')} {found.chosen.key} {view.cohort}",
        title=incidence_finding(shown, t),
        subtitle=funnel_subtitle(found, view, t),
        notes=[
            maturity_text(view, t),
            exposure_text(view, t),
            t("incidence.key"),
            t("incidence.note.method"),
        ],
        alt=incidence_alt_text(shown, found.definition.title.in_(t.language), t),
        drawing=Drawing(incidence_figure(shown, t), WIDTH, HEIGHT),
        table=table_of(make_incidence_table(shown, t), t),
        **_common(found, view, t),
    )


def make_equal_months(asked: Asked) -> Exhibit:
    """Every cohort at the same month since entry."""
    t, found = asked.t, find(asked)
    view = _view(found)
    months = int(require(asked, "months", [str(m) for m in EQUAL_MONTHS]) or DEFAULT_MONTHS)
    equal = get_equal_months(*found.whose, found.sheet.group, months, found.rule)
    if equal is None or not equal.rows:
        raise UserError("export_nothing")
    key = t("incidence.equal.key", group=group_text(found.sheet.group, t))
    return exhibit_of(
        asked,
        name="equal-months",
        subject=f"{found.chosen.key} {months}",
        title=t("incidence.equal.title", months=months),
        subtitle=funnel_subtitle(found, None, t),
        notes=[key[:1].upper() + key[1:]],
        alt=t("export.alt.table"),
        drawing=None,
        table=table_of(make_equal_table(equal, t), t),
        **_common(found, view, t),
    )


def make_cohorts(asked: Asked) -> Exhibit:
    """Each step's rate by cohort of entry: a small chart a step, and all of them in a table."""
    t, found = asked.t, find(asked)
    view, sheet, definition = _view(found), found.sheet, found.definition
    drawn = [
        (f"{stage.code} {stage.label.in_(t.language)}", cohort_svg(sheet, stage.code, t.language))
        for stage in definition.stages[1:]
    ]
    tiles = [(name, svg) for name, svg in drawn if svg]
    if not tiles:
        raise UserError("export_nothing")
    made = tiles_svg(tiles, COLUMNS)
    return exhibit_of(
        asked,
        name="funnel-cohorts",
        subject=f"{t('export.cohorts')} {found.chosen.key}",
        title=t("funnel.cohorts.title"),
        subtitle=funnel_subtitle(found, None, t),
        notes=[t("funnel.cohorts.key"), t("funnel.note.hidden")],
        alt=" ".join(cohort_alt_text(sheet, stage.code, definition, t) for stage in definition.stages[1:]),
        drawing=Image(made.svg, made.width, made.height),
        table=table_of(make_cohorts_table(sheet, definition, t), t),
        **_common(found, view, t),
    )


def find(asked: Asked) -> Answer:
    """The funnel that is asked for.

    Raises:
        UserError: ``export_parameter`` when a choice does not exist, ``export_nothing`` without any cohort.
    """
    found = answer(asked.version, asked.cutoff, asked.query, asked.rule)
    if found is None:
        raise UserError("export_nothing")
    options = found.options(asked.t)
    for name in ("funnel", "cohort", "group", "against", "figure"):
        require(asked, name, [option["value"] for option in options[name]])
    require(asked, "months", [str(m) for m in EQUAL_MONTHS])
    return found


def _view(found: Answer) -> CohortView:
    if found.view is None or found.view.funnel is None:
        raise UserError("export_nothing")
    return found.view


def funnel_subtitle(found: Answer, view: CohortView | None, t: Translator) -> str:
    """Funnel, cohort, unit, group, window and period: between middle dots."""
    facts = [
        funnel_title(found.definition, found.chosen.operator, t),
        found.definition.cohort.in_(t.language),
        t("funnel.subtitle.unit", unit=found.definition.unit.in_(t.language)),
        group_text(found.sheet.group, t),
        t("funnel.subtitle.window", months=found.definition.window_months),
    ]
    facts += [formats.period(view.cohort, t.language)] if view is not None else []
    return " · ".join(facts)


def _common(found: Answer, view: CohortView, t: Translator) -> dict[str, object]:
    return {
        "source": t("export.source.cohorts"),
        "demonstration": found.demonstration,
        "period": str(view.cohort),
    }
