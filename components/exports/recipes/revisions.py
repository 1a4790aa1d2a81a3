"""The revision triangle of an indicator as a table: a row a period, a column a release."""

from __future__ import annotations

from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.recipe import exhibit_of, require
from components.i18n import formats
from components.i18n.translate import Translator
from components.release_words import known_text, moved, moved_text, release_text, revision_sentence, written
from data_access.contract.load import contract
from data_access.contract.model import Indicator, Unit
from data_access.domain.errors import UserError
from data_access.services.releases import Vintages, get_triangle
from data_access.services.sheet import get_sheet


def make_revisions(asked: Asked) -> Exhibit:
    """Every release of the whole series, the newest period first."""
    t = asked.t
    code = require(asked, "code", [d.code for d in contract().indicators], needed=True)
    definition = contract().indicator(code)
    sheet = get_sheet(asked.version, asked.cutoff, definition.code, asked.query.get("operator"), asked.rule)
    require(asked, "operator", sheet.operators)
    found = get_triangle(asked.version, definition.code, sheet.row.operator, asked.rule)
    if not found.rows:
        raise UserError("export_nothing")
    percent = definition.unit is Unit.PERCENT
    columns = (
        Column(t("revisions.period"), Kind.TEXT),
        *(
            Column(release_text(release, t), Kind.PERCENT if percent else Kind.NUMBER)
            for release in found.releases
        ),
        Column(t("revisions.difference"), Kind.POINTS if percent else Kind.NUMBER),
    )
    said = revision_sentence(found, definition, t)
    return exhibit_of(
        asked,
        name="revisions",
        subject=definition.code,
        title=said,
        subtitle=f"{definition.code} · {definition.title.in_(t.language)} · {t('sheet.revisions')}",
        source=definition.source.in_(t.language),
        notes=[t("revisions.method")],
        demonstration=sheet.row.demonstration,
        alt=said,
        drawing=None,
        table=Table(columns, tuple(_row(row, definition, t) for row in found.rows)),
        period=str(found.rows[0].period),
    )


def _row(row: Vintages, definition: Indicator, t: Translator) -> tuple[Cell, ...]:
    values = (Cell(known_text(v, definition, t), written(v, definition)) for v in row.known)
    return (
        Cell(formats.period(row.period, t.language)),
        *values,
        Cell(moved_text(row, definition, t), moved(row, definition)),
    )
