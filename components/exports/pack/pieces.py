"""What several parts of a pack share: states, values, small series, movers, reasons for attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from components.cards.concerns import why
from components.cards.context import make_context_tile
from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Image
from components.exports.pack.model import Art, Decision, Mover, State, Tile, Value
from components.exports.pack.said import text, value
from components.figures.alt_text import sparkline_alt_text
from components.figures.graph import TEMPLATE, Figure
from components.figures.sparkline import HEIGHT, WIDTH, sparkline_svg
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n.translate import Translator
from components.shell import vintage_sentence
from components.values import make_change, make_reading
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.concern import AttentionReason, Concern
from data_access.domain.status import Assessment, Note, Status
from data_access.services.attention import AttentionItem
from data_access.services.indicator_rows import TOTAL, IndicatorRow

# The fonts of the pages (fonts/), so that a figure and its page are of one piece; the wider ones after it
# leave room where the renderer has not the first.
SEPARATORS = {"fr": ",\u202f", "nl": ",."}  # decimal mark, then thousands
FONT = '"Source Sans 3", "Liberation Sans", Arial, sans-serif'


def make_state(assessment: Assessment, t: Translator) -> State:
    """The state of an indicator with its reason or its reservation, as on the screen."""
    extra = ""
    if assessment.reason is not None:
        extra = t(f"reason.{assessment.reason.value}")
    elif Note.PROVISIONAL in assessment.notes:
        extra = t("note.provisional")
    status = assessment.status
    return State(status.value, SYMBOLS[status], t(f"status.{status.value}"), extra)


def make_states(counts: Mapping[Status, int], t: Translator) -> tuple[State, ...]:
    """How many indicators are in each state, absent ones left out."""
    return tuple(
        State(s.value, SYMBOLS[s], t(f"status.{s.value}"), count=counts[s])
        for s in STATUS_ORDER
        if counts.get(s)
    )


def make_spark(row: IndicatorRow, definition: Indicator, t: Translator) -> Art | None:
    """The series 2022-2027 as the server draws it; None without a value."""
    svg = sparkline_svg(row.readings, row.assessment.path, breaks=row.breaks, judged=row.latest)
    if not svg:
        return None
    name = f"{row.code} {row.operator}"
    return Art(name, Image(svg, WIDTH, HEIGHT), sparkline_alt_text(row, definition, t))


def make_tile(row: IndicatorRow, definition: Indicator, t: Translator) -> Tile:
    """A context series with its newest value and its remarks."""
    remark = make_context_tile(row, definition, t).children[-1]
    title = f"{definition.title.in_(t.language)}"
    return Tile(
        title, value(make_reading(row.latest, definition, t)), text(remark), make_spark(row, definition, t)
    )


def make_movers(rows: Iterable[IndicatorRow], t: Translator) -> tuple[Mover, ...]:
    """What moved most, with its change."""
    definitions = contract().by_code
    return tuple(
        Mover(
            change_value(row, definitions[row.code], t),
            row.code,
            definitions[row.code].title.in_(t.language),
        )
        for row in rows
    )


def change_value(row: IndicatorRow, definition: Indicator, t: Translator) -> Value:
    """The change in a year: arrow, difference, and in a word whether it is for the better."""
    said = value(make_change(row.change, definition, t))
    if row.change is None or not row.change.comparable:
        return said
    arrow = {"up": "↗", "down": "↘", "stable": "→"}[row.change.direction]
    return Value(f"{arrow} {said.text}", said.small)


def operator_names(language: str) -> dict[str, str]:
    """Names of the operators; the total needs none."""
    items = [i for i in contract().codelists if i.dimension == "OPERATOR" and i.code != TOTAL]
    return {item.code: item.label.in_(language) for item in items}


def make_decisions(
    items: Sequence[AttentionItem], t: Translator, under: AttentionReason | None = None
) -> tuple[Decision, ...]:
    """Indicators that ask for attention, each with its reasons in sentences; ``under`` stands above them."""
    return tuple(_decision(item, under, t) for item in items)


def _decision(item: AttentionItem, under: AttentionReason | None, t: Translator) -> Decision:
    definition = contract().indicator(item.code)
    name = operator_names(t.language).get(item.operator)
    title = definition.title.in_(t.language) + (f" · {name}" if name else "")
    reasons = tuple(_why(concern, definition, under, t) for concern in item.concerns)
    return Decision(make_state(item.assessment, t), item.code, title, reasons)


def _why(concern: Concern, definition: Indicator, under: AttentionReason | None, t: Translator) -> str:
    """The sentence; a reason that the heading does not name comes with its own word."""
    sentence = why(concern, definition, t)
    if concern.reason is under:
        return sentence
    return f"{t(f'attention.reason.{concern.reason.value}')}{t('punctuation.colon')}{sentence}"


def make_drawing(figure: Figure, width: int, height: int, language: str) -> Drawing:
    """A figure for paper: the house template, the letters of the page, numbers of the language."""
    house = {"template": TEMPLATE, "font": {"family": FONT, "size": 13}, "separators": SEPARATORS[language]}
    return Drawing({"data": figure["data"], "layout": {**figure.get("layout", {}), **house}}, width, height)


def vintage(asked: Asked) -> str:
    """« Données arrêtées au … · version 7 »."""
    return vintage_sentence(asked.cutoff, asked.version, asked.t)


def reporting_day(asked: Asked) -> date:
    """The day that the pack is of: the last one that the data cover, else the start of the contract."""
    return asked.cutoff or contract().start
