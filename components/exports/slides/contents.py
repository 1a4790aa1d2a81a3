"""The slides without a figure of their own: cover, distributions, scorecards, what needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from components.cards.attention import attention_sentence
from components.cards.concerns import SYMBOLS as REASONS
from components.cards.concerns import reason_rule, why
from components.exports.scorecard_lines import VALUES, extra_text, make_line, status_text
from components.exports.slides.bars import Bars, add_bars
from components.exports.slides.deck import Deck, colour_of, decorate
from components.exports.slides.master import put
from components.exports.slides.place import BAND, CONTENT
from components.exports.slides.table import Grid, Row, Text, add_table
from components.figures.theme import ACCENT, QUIET, STATUS_ORDER, SYMBOLS
from components.group_names import group_name
from components.status import distribution_sentence, not_assessable_sentence
from data_access.contract.load import contract
from data_access.contract.model import Objective
from data_access.domain.status import Status
from data_access.services.attention import AttentionItem
from data_access.services.indicator_rows import TOTAL
from data_access.services.overview import Overview
from data_access.services.scorecard import CommitmentGroup, Scorecard

# As assets/style.css has them; the symbols stand beside.
STATE_COLOURS = {
    Status.ATTAINED: "#0d5c46",
    Status.ON_TRACK: "#1d6f8b",
    Status.TO_WATCH: "#8a5a00",
    Status.OFF_TRACK: "#a3261f",
    Status.NOT_ASSESSABLE: QUIET,
    Status.CONTEXT: QUIET,
}
BAR_COLOURS = {
    **STATE_COLOURS,
    Status.TO_WATCH: "#fbe7bd",
    Status.OFF_TRACK: "#f0b7b2",
    Status.NOT_ASSESSABLE: "#e3e8eb",
    Status.CONTEXT: "#ffffff",
}
SCORECARD_WIDTHS = (3.5, 0.92, 0.92, 0.92, 0.92, 0.95, 1.5, 1.1, 1.503)
ATTENTION_WIDTHS = (1.9, 4.3, 6.033)


def add_cover(deck: Deck, *, demonstration: bool) -> Any:
    """Contract, cut-off and version."""
    t, shipped = deck.t, contract()
    slide = deck.presentation.slides.add_slide(deck.presentation.slide_layouts[0])
    slide.shapes.title.text_frame.text = shipped.title.in_(t.language)
    slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
    lines = [t("slides.cover.subtitle"), deck.foot]
    frame = slide.placeholders[1].text_frame
    frame.text = "\n".join(lines)
    for paragraph in frame.paragraphs:
        paragraph.runs[0].font.size = Pt(18)
        paragraph.runs[0].font.color.rgb = colour_of(QUIET)
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 1, 1)
    put(band, BAND)
    band.fill.solid()
    band.fill.fore_color.rgb = colour_of(ACCENT)
    band.line.fill.background()
    band.shadow.inherit = False
    decorate(band)
    if demonstration:
        deck.warn(slide)
    notes = [
        t("slides.cover.notes"),
        shipped.legal_basis.in_(t.language),
        *(party.in_(t.language) for party in shipped.parties),
    ]
    deck.finish(slide, "", "\n".join(notes))
    return slide


def add_overview(deck: Deck, overview: Overview) -> Any:
    """The five distributions as a stacked bar each, never an average."""
    t = deck.t
    objectives = {o.code: o for o in contract().objectives}
    cards = [summary.scorecard for summary in overview.objectives]
    names = [f"{s.objective} {objectives[s.objective].short.in_(t.language)}" for s in cards]
    bars = Bars(
        categories=tuple(names),
        series=tuple(
            (f"{SYMBOLS[s]} {t(f'status.{s.value}')}", tuple(card.distribution[s] or None for card in cards))
            for s in STATUS_ORDER
            if any(card.distribution[s] for card in cards)
        ),
        colours=tuple(BAR_COLOURS[s] for s in STATUS_ORDER if any(c.distribution[s] for c in cards)),
        patterns=tuple(f'"{SYMBOLS[s]} "0' for s in STATUS_ORDER if any(c.distribution[s] for c in cards)),
        size=13,
    )
    sentences = [
        f"{name}{t('punctuation.colon')}{distribution_sentence(card.distribution, t)}"
        f" {not_assessable_sentence(card.not_assessable, t)}"
        for name, card in zip(names, cards, strict=True)
    ]
    slide = deck.add(
        distribution_sentence(overview.distribution, t),
        t("slides.overview.subtitle"),
        "\n".join([*sentences, "", t("rule.introduction")]),
        demonstration=overview.demonstration,
    )
    add_bars(slide, CONTENT, bars, " ".join(sentences))
    return slide


def add_scorecards(deck: Deck, objective: Objective, scorecard: Scorecard) -> None:
    """The scorecard of one objective on as many slides as it needs."""
    t = deck.t
    names = ("indicator", *VALUES, "status", "change", "alerts")
    labels = tuple(t(f"column.{name}") for name in names)
    rows = tuple(row for group in scorecard.groups for row in _group(group, objective, deck))
    grid = Grid(labels, SCORECARD_WIDTHS, rows, frozenset(range(1, 6)))
    pages = grid.pages(CONTENT.height)
    sentence = distribution_sentence(scorecard.distribution, t)
    sources = sorted({d.source.in_(t.language) for d in contract().of_objective(objective.code)})
    notes = [
        objective.title.in_(t.language),
        sentence,
        not_assessable_sentence(scorecard.not_assessable, t),
        t("slides.sources", sources=" · ".join(sources)),
        deck.foot,
        t("slides.hidden"),
    ]
    for number, page in enumerate(pages, start=1):
        title = f"{objective.code}{t('punctuation.colon')}{sentence}"
        subtitle = objective.title.in_(t.language)
        if len(pages) > 1:
            subtitle += f" ({number}/{len(pages)})"
        slide = deck.add(title, subtitle, "\n".join(notes), demonstration=scorecard.demonstration)
        add_table(slide, grid, page, f"{t('scorecard.caption')}. {objective.code}")


def _group(group: CommitmentGroup, objective: Objective, deck: Deck) -> list[Row]:
    t = deck.t
    commitments = {c.code: c for c in objective.commitments}
    commitment = commitments[group.commitment]
    parent = commitments[commitment.parent].text.in_(t.language) + " " if commitment.parent else ""
    head = f"{commitment.code}  {parent}{commitment.text.in_(t.language)}"
    rows = [Row((Text(head, bold=True, size=9.5),), whole=True, heads=True)]
    definitions = contract().by_code
    for found in group.rows:
        line = make_line(found, definitions[found.code], t)
        named = f"{line.definition.code}  {line.definition.title.in_(t.language)}"
        state = f"{line.status}\n{line.extra}".rstrip()
        change = f"{line.change.text}\n{line.change_word}".rstrip()
        cells = (
            Text(named),
            *(Text(line.both(name)) for name in VALUES),
            Text(state, STATE_COLOURS[found.assessment.status], bold=True),
            Text(change),
            Text("\n" + ", ".join(line.alerts) if line.alerts else ""),
        )
        rows.append(Row(_small_alerts(cells)))
    if group.elsewhere:
        rows.append(_said(t("scorecard.elsewhere", codes=", ".join(group.elsewhere))))
    elif not group.rows:
        rows.append(_said(t("scorecard.no_indicator")))
    return rows


def _small_alerts(cells: Sequence[Text]) -> tuple[Text, ...]:
    """The last column in small letters from its first line on."""
    *others, last = cells
    return (*others, replace(last, text=last.text.strip(), size=8.5, colour=QUIET))


def _said(sentence: str) -> Row:
    return Row((Text(sentence, QUIET, size=9.0),), whole=True)


def add_attention(deck: Deck, items: Sequence[AttentionItem]) -> None:
    """Everything that needs attention, by its most pressing reason, with the sentence that says why."""
    t = deck.t
    labels = tuple(t(f"slides.attention.{name}") for name in ("state", "indicator", "why"))
    rows: list[Row] = []
    for reason, found in groupby(items, lambda item: item.concerns[0].reason):
        head = f"{REASONS[reason]} {t(f'attention.reason.{reason.value}')}\n{reason_rule(reason, t)}"
        rows.append(Row((Text(head, ACCENT, bold=True),), whole=True, heads=True))
        rows += [_item(item, deck) for item in found]
    grid = Grid(labels, ATTENTION_WIDTHS, tuple(rows))
    pages = grid.pages(CONTENT.height)
    notes = "\n".join([attention_sentence(items, t), t("slides.attention.notes"), deck.foot])
    for number, page in enumerate(pages, start=1):
        counted = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        slide = deck.add(
            attention_sentence(items, t),
            t("slides.attention.subtitle") + counted,
            notes,
            demonstration=any(item.demonstration for item in items),
        )
        add_table(slide, grid, page, f"{t('attention.title')}{counted}")


def _item(item: AttentionItem, deck: Deck) -> Row:
    t, definition = deck.t, contract().indicator(item.code)
    operator = "" if item.operator == TOTAL else f" · {group_name('OPERATOR', item.operator, t)}"
    state = f"{status_text(item.assessment, t)}\n{extra_text(item.assessment, t)}".rstrip()
    heading, *others = item.concerns
    said = [why(heading, definition, t)]
    said += [
        f"{REASONS[c.reason]} {t(f'attention.reason.{c.reason.value}')}. {why(c, definition, t)}"
        for c in others
    ]
    return Row(
        (
            Text(state, STATE_COLOURS[item.assessment.status], bold=True),
            Text(f"{item.code}  {definition.title.in_(t.language)}{operator}"),
            Text(" ".join(said)),
        )
    )
