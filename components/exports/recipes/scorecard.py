"""The scorecard of an objective as a table."""

from __future__ import annotations

from components.exports.asked import Asked
from components.exports.exhibit import Exhibit
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.status import distribution_sentence
from components.tables.scorecard_table import make_scorecard_table
from data_access.contract.load import contract
from data_access.services.scorecard import get_scorecard


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
        table=table_of(make_scorecard_table(scorecard, leaves, definitions, t), t),
    )
