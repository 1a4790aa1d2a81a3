"""What is shown of a funnel for a choice, on its page and in its file; what does not exist falls back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from components.cards.funnel_controls import (
    ALL,
    FIGURES,
    NOBODY,
    Options,
    control_options,
    control_values,
)
from components.figures.funnel_flow import flow_alt_text, flow_figure, plain_figure
from components.figures.graph import Figure
from components.i18n.translate import Translator, translator
from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Funnel
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.funnel import CohortView, FunnelSheet, get_funnel_sheet
from data_access.services.funnel_choices import (
    EVERYBODY,
    OPERATOR,
    FunnelChoice,
    GroupKey,
    get_funnel_choices,
)

EMPTY: Figure = {"data": [], "layout": {}}


@dataclass(frozen=True)
class Answer:
    """What the page shows for a choice.

    Attributes:
        view: the cohort shown; None where the group has none.
        against: the group or operator beside it; None for nobody.
        theirs: its cohorts; None for nobody.
        query: the choices as asked, for the next answer and for links.
    """

    version: int
    cutoff: date | None
    rule: SmallCellRule
    chosen: FunnelChoice
    definition: Funnel
    sheet: FunnelSheet
    view: CohortView | None
    against: GroupKey | None
    theirs: FunnelSheet | None
    plain: bool
    query: Mapping[str, str]

    @property
    def whose(self) -> tuple[int, date | None, str, str]:
        """The first arguments of every service of a funnel."""
        return self.version, self.cutoff, self.chosen.code, self.chosen.operator

    @property
    def demonstration(self) -> bool:
        """Whether any cohort shown is fictitious."""
        sheets = [self.sheet, *([self.theirs] if self.theirs else [])]
        return any(view.demonstration for sheet in sheets for view in sheet.cohorts)

    @property
    def values(self) -> dict[str, str]:
        """What is chosen in each control."""
        cohort = str(self.view.cohort) if self.view else ""
        return control_values(self.chosen, self.sheet, cohort, self.against, plain=self.plain)

    def options(self, t: Translator) -> dict[str, Options]:
        """What can be chosen in each control."""
        definitions = {f.code: f for f in contract().funnels}
        return control_options(get_funnel_choices(self.version), self.chosen, self.sheet, definitions, t)


def answer(version: int, cutoff: date | None, query: Mapping[str, str], rule: SmallCellRule) -> Answer | None:
    """The funnel for what is asked; what does not exist falls back to what does. None without cohorts."""
    choices = get_funnel_choices(version)
    if not choices:
        return None
    asked = query.get("funnel", "").casefold()
    chosen = next((c for c in choices if c.key.casefold() == asked), choices[0])
    group = chosen.group(query.get("group", ""))
    against = _against(choices, chosen, group, query.get("against", NOBODY))

    def sheet(operator: str, whom: GroupKey) -> FunnelSheet:
        return get_funnel_sheet(version, cutoff, chosen.code, operator, whom, rule)

    own, theirs = sheet(chosen.operator, group), None
    if against is not None:
        theirs = sheet(against.item, group) if against.by == OPERATOR else sheet(chosen.operator, against)
    return Answer(
        version,
        cutoff,
        rule,
        chosen,
        next(f for f in contract().funnels if f.code == chosen.code),
        own,
        own.cohort(query.get("cohort", "")),
        against,
        theirs,
        query.get("figure") == FIGURES[1],
        query,
    )


def _against(
    choices: tuple[FunnelChoice, ...], chosen: FunnelChoice, group: GroupKey, key: str
) -> GroupKey | None:
    """The group or operator to compare with; anything unknown is nobody."""
    if key == ALL and group != EVERYBODY:
        return EVERYBODY
    operators = [GroupKey(OPERATOR, c.operator) for c in choices if c.code == chosen.code]
    own = GroupKey(OPERATOR, chosen.operator)
    return next((g for g in operators if g.key == key and g != own), None) or _other(chosen, group, key)


def _other(chosen: FunnelChoice, group: GroupKey, key: str) -> GroupKey | None:
    found = chosen.group(key)
    return found if found not in {EVERYBODY, group} else None


@cached
def get_flow_figure(
    version: int,
    cutoff: date | None,
    code: str,
    operator: str,
    group: GroupKey,
    cohort: str,
    rule: SmallCellRule,
    language: str,
    *,
    plain: bool,
) -> tuple[Figure, str]:
    """The figure of a cohort and its alternative text, made once for a choice and a language."""
    view = get_funnel_sheet(version, cutoff, code, operator, group, rule).cohort(cohort)
    if view is None or view.funnel is None:
        return EMPTY, ""
    definition, t = next(f for f in contract().funnels if f.code == code), translator(language)
    figure = plain_figure(view, definition, t) if plain else flow_figure(view, definition, t)
    return figure, flow_alt_text(view, definition, t)


def figure_of(found: Answer, language: str) -> tuple[Figure, str]:
    """The figure of an answer and its alternative text."""
    cohort = str(found.view.cohort) if found.view else ""
    return get_flow_figure(*found.whose, found.sheet.group, cohort, found.rule, language, plain=found.plain)
