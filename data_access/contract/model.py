"""What the contract says, as frozen values: objectives, commitments, indicators and the lists they use.

One schema: every file of ``data_access/contract`` is read into these classes by
``data_access.contract.load`` and refused, with file, field and reason, when it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data_access.domain.assessment import Thresholds
from data_access.domain.cohort_funnel import Kind as CohortKind
from data_access.domain.cohort_funnel import Unit as CohortUnit
from data_access.domain.errors import UnknownIndicator
from data_access.domain.polarity import Polarity
from data_access.domain.season import Season

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """Immutable and hashable; an unknown or missing field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """The same thing in the two administrative languages of the Region."""

    fr: Sentence
    nl: Sentence

    def in_(self, language: str) -> str:
        """The text in ``fr`` or ``nl``."""
        return self.nl if language == "nl" else self.fr


class IndicatorType(StrEnum):
    """What is measured (domain report §2: R, O, P, S, C)."""

    RESULT = "result"
    OUTPUT = "output"
    PROCESS = "process"
    STRUCTURE = "structure"
    CONTEXT = "context"


class Attribution(StrEnum):
    """Who answers for the value."""

    ACTIRIS = "actiris"
    SHARED = "shared"
    CONTRIBUTIVE = "contributive"
    CONTEXT = "context"


class Measure(StrEnum):
    """What kind of quantity it is; decides how it may be added, averaged and judged."""

    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    GAP = "gap"


class Unit(StrEnum):
    """Unit of the headline value."""

    PERCENT = "percent"
    POINTS = "points"  # percentage points
    COUNT = "count"
    DAYS = "days"
    MONTHS = "months"
    SCORE10 = "score10"  # mean score out of ten
    PER_FTE = "per_fte"  # jobseekers per full-time equivalent


class State(StrEnum):
    """Life of a definition."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class CohortWindow(Frozen):
    """How long a cohort is followed, and how late its source delivers (months)."""

    window_months: int = Field(ge=1, le=60)
    lag_months: int = Field(ge=0, le=24)


class Indicator(Frozen):
    """One indicator or context series; the fields are explained in ``indicators/README.md``."""

    code: Annotated[str, StringConstraints(pattern=r"^(OS[1-5]\.\d\d|(BV|VD)-\d[a-eAB]?|CTX\.[A-Z_]+)$")]
    commitments: tuple[str, ...] = ()
    annex: str | None = None  # number in Annexe I, e.g. "4A"
    title: Text
    definition: Text
    numerator: Text | None = None
    denominator: Text | None = None
    unit: Unit
    decimals: int = Field(ge=0, le=3)
    measure: Measure
    polarity: Polarity
    type: IndicatorType
    attribution: Attribution
    periodicity: Annotated[str, StringConstraints(pattern="^[ASQM]$")]
    season: Season
    dimensions: tuple[str, ...] = ()
    breakdown: Text | None = None  # the breakdown in words, antennas and operators included
    source: Text
    partners: tuple[str, ...] = ()
    state: State
    cohort: CohortWindow | None = None
    numerator_within_denominator: bool = True
    breaks: tuple[str, ...] = ()
    classes: tuple[float, ...] = ()  # break points of its map, fixed so that periods and editions compare
    persons: bool = True  # counts persons: small cells are hidden
    sensitive: bool = False
    note: Text | None = None
    grounds: Text | None = None

    @property
    def objective(self) -> str | None:
        """``OS1`` … ``OS5`` for an indicator of an objective, else None."""
        return self.code[:3] if self.code.startswith("OS") else None

    @property
    def scored(self) -> bool:
        """Context and neutral measures carry no judgement."""
        return self.attribution is not Attribution.CONTEXT and self.polarity is not Polarity.NEUTRAL

    @property
    def natural_limit(self) -> float | None:
        """The highest value that the measure can take, in its unit; None when nothing bounds it.

        A share of its own denominator ends at 100 %, a mean score out of ten at 10.
        """
        if self.unit is Unit.PERCENT and self.numerator_within_denominator:
            return 100.0
        return 10.0 if self.unit is Unit.SCORE10 else None


class Commitment(Frozen):
    """One « engagement »; ``parent`` is set on the two halves of a compound one."""

    code: Annotated[str, StringConstraints(pattern=r"^OS[1-5]-E\d[ab]?$")]
    text: Text
    parent: str | None = None


class Objective(Frozen):
    """One strategic objective, with its commitments in the contract's order."""

    code: Annotated[str, StringConstraints(pattern=r"^OS[1-5]$")]
    title: Text
    short: Text  # two or three words, for navigation
    commitments: tuple[Commitment, ...]

    @property
    def leaves(self) -> tuple[Commitment, ...]:
        """The commitments that carry indicators: compound ones are replaced by their halves."""
        parents = {c.parent for c in self.commitments}
        return tuple(c for c in self.commitments if c.code not in parents)


class Mission(Frozen):
    """One of the eleven missions; two are transversal."""

    code: str
    transversal: bool
    text: Text


class GlossaryEntry(Frozen):
    """One entry of Annexe II."""

    term: Text
    definition: Text


class PriorityPublic(Frozen):
    """One of the four publics supported with priority."""

    code: str
    term: Text
    operational: Text
    nature: Annotated[str, StringConstraints(pattern="^(flow|stock|request)$")]


class Obligation(Frozen):
    """One governance obligation.

    Attributes:
        from_: who owes it.
        to: who receives it; None when the contract names nobody.
        verb: what exactly is due, in the words of the contract («sera communiqué» is not «soumettra»).
        timing: when, in words.
        day: last day to fulfil it; None when it is continuous.
        opens: first day of the period in which it is to be fulfilled, where there is one.
        basis: how ``day`` is known: written in the contract, computed from it, or proposed.
        note: how ``day`` was computed or why it is proposed.
        occurs: nothing is delivered: the day itself brings it about (entry into force, opening, end).
    """

    code: str
    title: Text
    from_: Text
    to: Text | None = None
    verb: Text
    timing: Text
    day: date | None = None
    opens: date | None = None
    basis: Annotated[str, StringConstraints(pattern="^(contract|computed|proposed)$")]
    note: Text | None = None
    occurs: bool = False


QUARTER_SIDES = ("D1_IN", "D1_OUT")
"""Areas by which a source delivers the croissant pauvre and the rest by quarters, summed by itself."""

INSIDE, OUTSIDE = "IN", "OUT"
"""The sides of the croissant where communes are added up."""


class Commune(Frozen):
    """One of the nineteen communes."""

    nis: Annotated[str, StringConstraints(pattern=r"^210(0[1-9]|1\d)$")]
    name: Text
    short: Text


class Antenne(Frozen):
    """An antenne of Actiris in a commune, or the knowledge that there was none.

    Attributes:
        nis: its commune; a commune may have several rows, one after the other.
        present: False says that the source found none, which is not the same as having no row.
        known: year in which the source knew it; the opening may be older.
        valid_from: day of opening; None when only ``known`` is known.
        valid_to: last day; None while nothing says that it closed.
    """

    nis: Annotated[str, StringConstraints(pattern=r"^210(0[1-9]|1\d)$")]
    present: bool
    known: int = Field(ge=1990, le=2100)
    valid_from: date | None = None
    valid_to: date | None = None
    source: Text


class CroissantDefinition(Frozen):
    """One named definition of the « croissant pauvre »; ``communes`` is empty at the level of quarters."""

    code: Annotated[str, StringConstraints(pattern=r"^D\d$")]
    name: Text
    rule: Text
    level: Annotated[str, StringConstraints(pattern="^(commune|quarter)$")]
    communes: tuple[str, ...]
    default: bool = False
    source: Text


class SeriesBreak(Frozen):
    """A dated break that the series naming it carry."""

    code: str
    day: date
    label: Text
    reason: Text


class AssessmentRules(Frozen):
    """One version of the thresholds of the house verdict.

    Attributes:
        valid_from: first reporting date that it judges.
        decided_on, decision_ref: the decision of the Comité de gestion; None while ``proposed``.
        on_track, to_watch: lag on the expected progress, as a share of the whole way, up to which an
            indicator is on track, and to watch.
        tolerance: share of the target that stands for the way where baseline and target are equal.
    """

    valid_from: date
    state: Annotated[str, StringConstraints(pattern="^(proposed|adopted)$")]
    decided_on: date | None = None
    decision_ref: Sentence | None = None
    on_track: float = Field(ge=0, le=1)
    to_watch: float = Field(ge=0, le=1)
    tolerance: float = Field(gt=0, le=1)
    source: Text

    @property
    def house(self) -> Thresholds:
        """What the house verdict reads."""
        return Thresholds(self.on_track, self.to_watch, self.tolerance)


class CodeItem(Frozen):
    """One item of a code list (SEX, AGE, EDUCATION, DURATION, AUDIENCE, OPERATOR, WORKPLACE, OBSTACLE)."""

    dimension: str
    code: str
    label: Text
    sensitive: bool = False
    part_of_total: bool = True  # False for an item that overlaps others (≥ 12 months, all priority publics)


class FunnelStage(Frozen):
    """One stage of a funnel, in order.

    Attributes:
        rule: the event that brings a case to the stage.
        nested: every case of this stage was at the stage just before; its count cannot be larger.
        within: for a stage that is not nested, the earlier stage that holds all its cases.
        split: a branching, not a loss: the others take another path.
        sensitive: never shown for small groups.
        window_months: time from entry to reach the stage; None for the window of the funnel.
        obstacles: its cases are told by obstacle too (OBSTACLE of the code lists), several to a case.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]\d$")]
    label: Text
    rule: Text
    nested: bool = True
    within: str | None = None
    split: bool = False
    sensitive: bool = False
    window_months: int | None = Field(default=None, ge=1, le=60)
    obstacles: bool = False


class FunnelPaths(Frozen):
    """Where a funnel shows the same outcome for those off its path: the branch, and the start of support."""

    branch: str
    support: str


class Funnel(Frozen):
    """One of the cohort funnels and its stages.

    Attributes:
        unit: what is counted, in words; ``counts`` says it in a code.
        kind: an entry cohort, or a stock taken on the first day of the period.
        cohort: who enters, and when.
        window_months: time from entry during which cases are followed.
        lag_months: how late the slowest of its sources delivers.
        paths: stages that part everybody by the way they went; None where nobody is compared so.
    """

    code: Annotated[str, StringConstraints(pattern=r"^F-[A-Z]+(-[A-Z])?$")]
    title: Text
    unit: Text
    cohort: Text
    commitments: tuple[str, ...]
    counts: CohortUnit
    kind: CohortKind
    window_months: int = Field(ge=1, le=60)
    lag_months: int = Field(ge=0, le=24)
    paths: FunnelPaths | None = None
    stages: tuple[FunnelStage, ...]

    def stage(self, code: str) -> FunnelStage:
        """A stage by its code.

        Raises:
            KeyError: the funnel has none of this code.
        """
        return {stage.code: stage for stage in self.stages}[code]


class Contract(Frozen):
    """The whole contract, checked, in memory; loaded once at start."""

    title: Text
    start: date
    end: date
    parties: tuple[Text, ...]
    legal_basis: Text
    objectives: tuple[Objective, ...]
    missions: tuple[Mission, ...]
    values: Text
    vision: Text
    vision_aims: tuple[Text, ...]
    glossary: tuple[GlossaryEntry, ...]
    publics: tuple[PriorityPublic, ...]
    obligations: tuple[Obligation, ...]
    communes: tuple[Commune, ...]
    antennes: tuple[Antenne, ...]
    croissants: tuple[CroissantDefinition, ...]
    breaks: tuple[SeriesBreak, ...]
    assessment: tuple[AssessmentRules, ...]
    codelists: tuple[CodeItem, ...]
    funnels: tuple[Funnel, ...]
    indicators: tuple[Indicator, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Every indicator under its code."""
        return {i.code: i for i in self.indicators}

    @property
    def sensitive_items(self) -> dict[str, set[str]]:
        """The items of each dimension, in small letters, under the stricter threshold."""
        items: dict[str, set[str]] = {}
        for item in self.codelists:
            if item.sensitive:
                items.setdefault(item.dimension.lower(), set()).add(item.code)
        return items

    @property
    def default_croissant(self) -> CroissantDefinition:
        """The definition of the croissant that is used unless another is named."""
        return next(definition for definition in self.croissants if definition.default)

    @cached_property
    def sides(self) -> Mapping[str, tuple[str, ...]]:
        """The communes on each side of the default croissant, in the order of their list."""
        inside = set(self.default_croissant.communes)
        found: dict[str, tuple[str, ...]] = {}
        for side in (INSIDE, OUTSIDE):
            found[side] = tuple(c.nis for c in self.communes if (c.nis in inside) == (side == INSIDE))
        return found

    @cached_property
    def by_folded_code(self) -> Mapping[str, Indicator]:
        """Every indicator under its code in small letters, as addresses have it."""
        return {i.code.casefold(): i for i in self.indicators}

    def __copy__(self) -> Self:
        """``model_copy(update=…)`` comes through here: the copy may hold other indicators."""
        copied = super().__copy__()
        copied.__dict__.pop("by_code", None)
        copied.__dict__.pop("by_folded_code", None)
        return copied

    def indicator(self, code: str) -> Indicator:
        """The definition of a code.

        Raises:
            UnknownIndicator: no definition bears it.
        """
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownIndicator("unknown_indicator", value=code) from None

    def find(self, code: str) -> Indicator | None:
        """The definition of a code as people type it, in either case; None when nothing bears it."""
        return self.by_folded_code.get(code.casefold())

    def rules_on(self, day: date) -> AssessmentRules:
        """The rules that judge a reporting date; before the first version, the first one."""
        begun = [rules for rules in self.assessment if rules.valid_from <= day]
        if begun:
            return max(begun, key=lambda rules: rules.valid_from)
        return min(self.assessment, key=lambda rules: rules.valid_from)

    def of_objective(self, objective: str) -> tuple[Indicator, ...]:
        """The indicators of an objective, by code."""
        return tuple(i for i in self.indicators if i.objective == objective)

    def shared(self) -> tuple[Indicator, ...]:
        """The twenty measures of Annexe I, in its order."""
        return tuple(i for i in self.indicators if i.annex is not None)
