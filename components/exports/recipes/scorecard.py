"""The scorecard of an objective as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from components.exports.asked import Asked
from components.exports.exhibit import Exhibit, Image, SeriesColumn, SmallSeries, Table
from components.exports.recipes.governance import day_of
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.alt_text import sparkline_alt_text
from components.figures.sparkline import HEIGHT, WIDTH, shown, sparkline_svg
from components.i18n.translate import Translator
from components.status import distribution_sentence
from components.tables.scorecard_table import make_scorecard_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.services.decisions import day_shown, get_acceptances
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.scorecard import Scorecard, get_scorecard


def make_scorecard(asked: Asked) -> Exhibit:
    """Commitments as group rows, indicators as rows, as the page shows them unfiltered."""
    t = asked.t
    codes = [o.code for o in contract().objectives]
    objective = next(
        o for o in contract().objectives if o.code == require(asked, "objective", codes, needed=True)
    )
    scorecard = get_scorecard(asked.version, asked.cutoff, objective.code, asked.rule)
    leaves = {leaf.code: leaf for leaf in objective.commitments}
    definitions = {d.code: d for d in contract().of_objective(objective.code)}
    accepted = get_acceptances(asked.version, day_shown(day_of(asked)))
    said = distribution_sentence(scorecard.distribution, t)
    return exhibit_of(
        asked,
        name="scorecard",
        subject=objective.code,
        title=sentence(said),
        subtitle=f"{objective.code} {objective.title.in_(t.language)}",
        source=t("export.source.several"),
        notes=[t("export.note.cells")],
        demonstration=scorecard.demonstration,
        alt=said,
        drawing=None,
        table=_with_series(
            table_of(make_scorecard_table(scorecard, leaves, definitions, t, accepted=accepted), t),
            scorecard,
            definitions,
            t,
        ),
    )


def _with_series(
    table: Table, scorecard: Scorecard, definitions: Mapping[str, Indicator], t: Translator
) -> Table:
    """The table with the small series of each indicator, before its alerts as on the page."""
    rows = {row.code: row for row in scorecard.rows}
    place = [column.label for column in table.columns].index(t("column.alerts"))
    series = []
    for cells in table.rows:
        code = cells[0].text.partition(" ")[0]
        is_row = code in rows and any(cell.text for cell in cells[1:])
        series.append(_series(rows[code], definitions[code], t) if is_row else None)
    return replace(table, series=SeriesColumn(t("column.series"), place, tuple(series)))


def _series(row: IndicatorRow, definition: Indicator, t: Translator) -> SmallSeries | None:
    svg = sparkline_svg(row.readings, row.assessment.path, breaks=row.breaks, judged=row.latest)
    points = [(str(r.period), r.value) for r in shown(row.readings) if r.value is not None]
    if not svg:
        return None
    alt = sparkline_alt_text(row, definition, t)
    return SmallSeries(Image(svg, WIDTH, HEIGHT), alt, tuple(points))
