"""Everything a pack prints, as frozen values; the templates only lay it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from components.exports.exhibit import Drawing, Image


class PackKind(StrEnum):
    """What is asked for."""

    PACK = "pack"
    ANNEXE_A = "annexe-a"
    ANNEXE_B = "annexe-b"


Draw = Callable[[Sequence[Drawing], str], list[str]]
"""Draws figures in a language: SVG texts in the order asked, the same each time."""


@dataclass(frozen=True)
class Art:
    """A figure: what it is about (named when it fails), how to draw it, and its alternative text."""

    name: str
    drawing: Drawing | Image
    alt: str


@dataclass(frozen=True)
class Line:
    """A piece of text.

    Attributes:
        style: ``plain``, ``strong``, ``head`` (of what follows) or ``quiet``.
        language: where it is not the language of the pack.
    """

    text: str
    style: str = "plain"
    language: str = ""


@dataclass(frozen=True)
class Value:
    """A value of a cell: large, then small; ``absent`` when hidden or missing."""

    text: str
    small: str = ""
    absent: bool = False


@dataclass(frozen=True)
class State:
    """A state: its symbol, its word, and a reason or reservation."""

    status: str
    symbol: str
    word: str
    extra: str = ""
    count: int = 0


@dataclass(frozen=True)
class Grid:
    """A table: heads, rows of texts, which columns hold numbers, and the share of the width of each."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What begins on a page of its own.

    Attributes:
        heading: in the outline and the table of contents.
        running: what the head of its pages says beside the contract.
        level: in the outline.
        demonstration: whether a value on it is fictitious.
    """

    kind: str
    heading: str
    running: str
    level: int = 1
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class Cover(Part):
    """The first page: what it is, of when, from which version."""

    kind: str = field(default="cover", init=False)
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Contents(Part):
    """The table of contents."""

    kind: str = field(default="contents", init=False)


@dataclass(frozen=True)
class Notice:
    """One list of what must be known before reading; ``empty`` is said when there is nothing."""

    title: str
    lede: str
    grid: Grid | None
    empty: str


@dataclass(frozen=True, kw_only=True)
class Notices(Part):
    """What is provisional, missing, hidden, changed; the obligations."""

    kind: str = field(default="notices", init=False)
    lede: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Tile:
    """A context series."""

    title: str
    value: Value
    remark: str
    spark: Art | None


@dataclass(frozen=True)
class Mover:
    """What changed in a year: change, code and title."""

    change: Value
    code: str
    title: str


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective on the overview."""

    code: str
    title: str
    states: tuple[State, ...]
    not_assessable: str
    movers: tuple[Mover, ...]
    no_movers: str


@dataclass(frozen=True, kw_only=True)
class OverviewPage(Part):
    """Where the five objectives stand."""

    kind: str = field(default="overview", init=False)
    lede: str
    context_title: str
    tiles: tuple[Tile, ...]
    movers_title: str
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True)
class Row:
    """An indicator in a scorecard; cells in the order of the columns, then state, series, alerts."""

    code: str
    title: str
    attribution: str
    values: tuple[Value, ...]
    state: State
    change: Value
    spark: Art | None
    alerts: str


@dataclass(frozen=True)
class Group:
    """A commitment: its text, its rows, and where else to look."""

    code: str
    text: str
    rows: tuple[Row, ...]
    note: str


@dataclass(frozen=True)
class Decision:
    """What asks for attention: the state, the indicator, and why."""

    state: State
    code: str
    title: str
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ScorecardPage(Part):
    """One objective on one A4 landscape page."""

    kind: str = field(default="scorecard", init=False)
    code: str
    title: str
    vintage: str
    lede: str
    tiles: tuple[Tile, ...]
    states: tuple[State, ...]
    not_assessable: str
    movers_title: str
    movers: tuple[Mover, ...]
    no_movers: str
    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    decisions_title: str
    decisions: tuple[Decision, ...]
    no_decisions: str
    foot: str


@dataclass(frozen=True)
class Block:
    """A titled piece of a fiche."""

    title: str
    lines: tuple[Line, ...]
    question: str = ""


@dataclass(frozen=True, kw_only=True)
class Fiche(Part):
    """One indicator: finding, figure, verdicts, comments, definition, targets, table."""

    kind: str = field(default="fiche", init=False)
    code: str
    title: str
    finding: str
    state: State
    subtitle: str
    figure: Art | None
    figure_title: str
    key: tuple[tuple[str, str], ...]
    no_figure: str
    remarks: tuple[str, ...]
    verdicts: tuple[Block, ...]
    verdicts_title: str
    agreement: str
    comments: Block
    definition: Block
    facts: tuple[tuple[str, str], ...]
    targets_title: str
    targets: Grid | None
    no_targets: str
    data_title: str
    data: Grid | None
    no_data: str


@dataclass(frozen=True)
class SharedCell:
    """A measure of one operator; empty where the operator delivers none."""

    latest: Value
    year_before: Value
    change: Value
    target: Value
    state: State
    spark: Art | None
    alerts: str


@dataclass(frozen=True)
class SharedRow:
    """A measure and its cells, one a column; None where an operator does not deliver it."""

    code: str
    annex: str
    title: str
    cells: tuple[SharedCell | None, ...]


@dataclass(frozen=True, kw_only=True)
class SharedPage(Part):
    """One section of the shared dashboard, one column per operator, never a sum."""

    kind: str = field(default="shared", init=False)
    title: str
    lede: str
    caption: str
    measure: str
    operators: tuple[str, ...]
    rows: tuple[SharedRow, ...]
    labels: tuple[str, ...]
    absent: str


@dataclass(frozen=True)
class SharedEntry:
    """A measure in words: definition, counts, comments of each operator."""

    code: str
    title: str
    definition: str
    facts: tuple[tuple[str, str], ...]
    comments: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class SharedWords(Part):
    """Definitions and comments of a section of the shared dashboard."""

    kind: str = field(default="words", init=False)
    title: str
    comments_title: str
    entries: tuple[SharedEntry, ...]


@dataclass(frozen=True, kw_only=True)
class FigurePage(Part):
    """One figure on its own page, with its table."""

    kind: str = field(default="figure", init=False)
    title: str
    finding: str
    subtitle: str
    figure: Art | None
    legend: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    grid: Grid | None


@dataclass(frozen=True)
class AttentionGroup:
    """A reason, its rule, and the indicators that it holds for."""

    symbol: str
    title: str
    rule: str
    items: tuple[Decision, ...]


@dataclass(frozen=True, kw_only=True)
class AttentionPage(Part):
    """What needs attention."""

    kind: str = field(default="attention", init=False)
    title: str
    lede: str
    groups: tuple[AttentionGroup, ...]


@dataclass(frozen=True)
class Pack:
    """A document in one language.

    Attributes:
        contract: reference in the running head.
        foot: version and vintage, on every page.
        page: the page number's pattern, with ``{page}`` and ``{pages}``.
        blank: what a page says that only keeps the two languages in step.
    """

    language: str
    title: str
    contract: str
    foot: str
    page: str
    blank: str
    demonstration: str
    parts: tuple[Part, ...]
