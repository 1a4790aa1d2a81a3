"""The obstacles recorded for a cohort of absorption, of one group or of two."""

from __future__ import annotations

import re

from components.exports.asked import Asked
from components.exports.exhibit import Exhibit, Image
from components.exports.recipes.funnel import find
from components.exports.recipes.recipe import exhibit_of, sentence
from components.exports.shown_table import table_of
from components.figures.obstacle_dots import WIDTH, obstacle_alt_text, obstacle_svg
from components.funnel_words import group_text
from components.obstacle_words import (
    comparison_finding,
    obstacle_finding,
    obstacle_subtitle,
    open_text,
    state_text,
)
from components.tables.obstacle_table import make_obstacle_table
from data_access.domain.errors import UserError
from data_access.services.obstacles import get_obstacles


def make_obstacles(asked: Asked) -> Exhibit:
    """Shares of the obstacles with their intervals; the will to follow a pathway is said on the page only."""
    t, found = asked.t, find(asked)
    version, cutoff, code, _ = found.whose
    whom = (found.sheet.group, found.against)
    cohort = found.view.cohort if found.view is not None else None
    sheet = get_obstacles(version, cutoff, code, *whom, cohort, found.rule)
    svg = obstacle_svg(sheet, t) if sheet is not None and sheet.group.shares else ""
    if sheet is None or not svg:
        raise UserError("export_nothing")
    names = [group_text(each.group, t) for each in (sheet.group, sheet.beside) if each is not None]
    compared = sheet.beside is not None and bool(sheet.beside.shares)
    said = [obstacle_finding(sheet, names[0], t)]
    said += [comparison_finding(sheet, names, t)] if compared else []
    key = t("obstacles.key.two", a=names[0], b=names[1]) if compared else t("obstacles.key")
    overlapping = t("obstacles.overlapping") if compared and sheet.overlapping else ""
    height = re.search(r'height="(\d+)"', svg)
    assert height is not None, "our images name their size"
    return exhibit_of(
        asked,
        name="obstacles",
        subject=f"{t('obstacles.title')} {found.chosen.key} {sheet.cohort}",
        title=sentence(" ".join(said)),
        subtitle=f"{t('obstacles.title')} · {obstacle_subtitle(sheet, names[0], t)}",
        source=t("export.source.cohorts"),
        notes=[
            key,
            state_text(sheet, t),
            open_text(sheet, t),
            overlapping,
            t("obstacles.note.list"),
            t("obstacles.note.hidden"),
        ],
        demonstration=sheet.demonstration,
        alt=obstacle_alt_text(sheet, names, t),
        drawing=Image(svg, WIDTH, int(height[1])),
        table=table_of(make_obstacle_table(sheet, names, t), t),
        period=str(sheet.cohort),
    )
