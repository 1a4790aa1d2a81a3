"""One indicator on paper: what its sheet says on the screen, unfolded."""

from __future__ import annotations

from components.cards.agreement import agreement_sentence
from components.cards.definitions import definition_facts
from components.cards.sheet_remarks import make_annotations, make_remarks, numbered_annotations
from components.cards.sheet_targets import make_target_history
from components.cards.verdict_level import make_level
from components.cards.verdict_noise import make_noise
from components.cards.verdict_trajectory import make_trajectory
from components.decision_words import decision_line
from components.exports.asked import Asked
from components.exports.pack.model import Art, Block, Fiche, Grid, Line
from components.exports.pack.pieces import make_drawing, make_state, operator_names, reporting_day
from components.exports.pack.said import grid, lines, text, without_gaps
from components.figures.series_figure import View, series_alt_text, series_figure
from components.figures.series_key import make_series_key
from components.finding import finding_sentence, subtitle
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.data_table import make_data_table
from data_access.contract.load import contract
from data_access.contract.model import Attribution, Indicator
from data_access.services.sheet import Sheet, get_sheet

WIDTH, HEIGHT = 900, 330
REFERENCE = ("commitments", "state", "definition")


def make_fiche(asked: Asked, code: str, *, level: int = 2) -> Fiche:
    """The fiche of an indicator; of a shared one, of its first operator."""
    t, definition = asked.t, contract().indicator(code)
    sheet = get_sheet(asked.version, asked.cutoff, code, None, asked.rule)
    title = definition.title.in_(t.language)
    facts = definition_facts(definition, t)
    return Fiche(
        heading=f"{code} {title}",
        running=_running(definition, t),
        level=level,
        demonstration=sheet.row.demonstration or _says_fictitious(sheet),
        code=code,
        title=title,
        finding=finding_sentence(sheet, definition, t),
        state=make_state(sheet.row.assessment, t),
        subtitle=subtitle(sheet, definition, t, operator_names(t.language)),
        figure=series_art(sheet, definition, t),
        figure_title=t("sheet.figure"),
        key=_key(sheet, t),
        no_figure=t("sheet.figure.empty"),
        remarks=(
            *_breaks(sheet, definition, t),
            *_annotations(sheet, t),
            *(decision_line(each, t) for each in sheet.decisions),
        ),
        verdicts=_verdicts(asked, sheet, definition),
        verdicts_title=t("verdict.title"),
        agreement=agreement_sentence(sheet.agreements, t) if definition.scored else "",
        comments=Block(t("sheet.comments"), lines(make_remarks(sheet, t))),
        definition=Block(
            t("sheet.definition"), (Line(facts["definition"], "strong"), *_state(definition, t))
        ),
        facts=tuple((t(f"definition.{n}"), said) for n, said in facts.items() if n not in REFERENCE),
        targets_title=t("sheet.targets"),
        targets=grid(make_target_history(sheet, definition, t), t("sheet.targets")),
        no_targets=t("goal.none"),
        data_title=t("sheet.data"),
        data=series_grid(sheet, definition, t),
        no_data=t("sheet.data.none"),
    )


def _says_fictitious(sheet: Sheet) -> bool:
    """Whether a remark or a decision on it is."""
    remarks = any(remark.demonstration for remark in sheet.remarks)
    return remarks or any(decision.demonstration for decision in sheet.decisions)


def series_grid(sheet: Sheet, definition: Indicator, t: Translator) -> Grid | None:
    """The table of the series, the newest first; periods that nobody delivered in one row."""
    found = grid(make_data_table(sheet, definition, t), t("sheet.data"))
    return without_gaps(found, t("value.missing.short")) if found is not None else None


def _running(definition: Indicator, t: Translator) -> str:
    """The objective and the code; a shared measure or a context series has only its code."""
    named = {o.code: f"{o.code} – {o.short.in_(t.language)} · " for o in contract().objectives}
    return named.get(definition.objective or "", "") + definition.code


def series_art(sheet: Sheet, definition: Indicator, t: Translator) -> Art | None:
    """The main figure; None where there is no value to draw."""
    if all(reading.value is None for reading in sheet.row.readings):
        return None
    figure = series_figure(sheet, definition, numbered_annotations(sheet), None, View(), t)
    alt = series_alt_text(sheet, definition, None, t)
    return Art(definition.code, make_drawing(figure, WIDTH, HEIGHT, t.language), alt)


def _key(sheet: Sheet, t: Translator) -> tuple[tuple[str, str], ...]:
    """Each mark of the figure by name, which the template draws, and its word."""
    items = make_series_key(sheet, None, t).children
    return tuple((li.children[0].className.removeprefix("mark mark-"), li.children[1]) for li in items)


def _breaks(sheet: Sheet, definition: Indicator, t: Translator) -> list[str]:
    """Each break in words: from the contract's list, or told by the data."""
    named = {b.day: b for b in contract().breaks if b.code in definition.breaks}
    said = []
    for day in sheet.row.breaks:
        written = formats.day(day, t.language)
        if day in named:
            facts = {"label": named[day].label.in_(t.language), "reason": named[day].reason.in_(t.language)}
            said.append(t("sheet.figure.break_reason", day=written, **facts))
        else:
            said.append(t("sheet.figure.break_data", day=written))
    return said


def _annotations(sheet: Sheet, t: Translator) -> list[str]:
    """The annotations under the numbers that they bear on the figure."""
    made = make_annotations(sheet, t)
    items = made.children[1].children if made is not None else []
    return [f"{i}. {text(item)}" for i, item in enumerate(items, start=1)]


def _verdicts(asked: Asked, sheet: Sheet, definition: Indicator) -> tuple[Block, ...]:
    """Level, trajectory and noise in words; a measure without judgement says so and shows its noise."""
    t = asked.t
    noise = _verdict("noise", lines(make_noise(sheet, definition, t)), t)
    if not definition.scored:
        why = "context" if definition.attribution is Attribution.CONTEXT else "neutral"
        return (Block(t("verdict.level"), (Line(t(f"verdict.none.{why}")),)), noise)
    thresholds = contract().rules_on(reporting_day(asked)).house
    state = make_state(sheet.row.assessment, t)
    trajectory = list(lines(make_trajectory(sheet, definition, thresholds, t)))
    trajectory[0] = Line(" ".join(filter(None, (state.symbol, state.word, state.extra))), "strong")
    return (
        _verdict("level", lines(make_level(sheet, definition, t)), t),
        _verdict("trajectory", tuple(trajectory), t),
        noise,
    )


def _verdict(name: str, said: tuple[Line, ...], t: Translator) -> Block:
    return Block(t(f"verdict.{name}"), said, t(f"verdict.{name}.question"))


def _state(definition: Indicator, t: Translator) -> tuple[Line, ...]:
    """Whether it is adopted, and the commitments served, by code."""
    said = t("sheet.definition.state", state=t(f"definition_state.{definition.state.value}"))
    served = ", ".join(definition.commitments)
    more = f" {t('definition.commitments')}{t('punctuation.colon')}{served}." if served else ""
    return (Line(said + more, "quiet"),)
