"""The cover and what must be known before reading: provisional, missing, hidden, changed, due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from components.exports.asked import Asked
from components.exports.pack.model import Cover, Grid, Notice, Notices, PackKind
from components.exports.pack.obligations import get_calendar, obligation_rows
from components.exports.pack.pieces import operator_names, reporting_day
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text
from data_access.contract.load import contract
from data_access.contract.model import Indicator, State
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.sources import get_batches

# Shares of the width, by list.
WIDTHS = {
    "provisional": (17, 8),
    "missing": (17, 8),
    "hidden": (17, 8),
    "targets": (24, 9, 9, 9, 14),
    "breaks": (10, 44, 22),
    "states": (9, 28),
    "obligations": (24, 8, 13, 17),
}


def make_cover(kind: PackKind, asked: Asked, *, demonstration: bool) -> Cover:
    """What the document is, of which contract, cut-off and version."""
    t, language = asked.t, asked.language
    day = reporting_day(asked)
    loads = get_batches(asked.version)
    facts = {
        "contract": f"{contract().title.in_(language)} ({contract().legal_basis.in_(language)})",
        "parties": " ; ".join(party.in_(language) for party in contract().parties),
        "period": f"{formats.day(contract().start, language)} – {formats.day(contract().end, language)}",
        "cutoff": formats.day(day, language),
        "version": str(asked.version),
        "loads": t.plural("pack.cover.loaded", len(loads)),
        "rule": t(
            "pack.cover.threshold",
            count=asked.rule.min_count,
            sensitive=asked.rule.min_count_sensitive,
            base=asked.rule.min_denominator,
        ),
    }
    return Cover(
        heading=t(f"pack.title.{kind.value}"),
        running="",
        demonstration=demonstration,
        title=t(f"pack.title.{kind.value}"),
        subtitle=t(f"pack.subtitle.{kind.value}", year=day.year),
        facts=tuple((t(f"pack.cover.{name}"), said) for name, said in facts.items()),
    )


def make_notices(rows: Sequence[IndicatorRow], asked: Asked, first: Sequence[Notice] = ()) -> Notices:
    """The lists over the rows that the document shows, after whatever else comes ``first``."""
    t = asked.t
    return Notices(
        heading=t("pack.notices"),
        running=t("pack.notices"),
        demonstration=any(row.demonstration for row in rows) or get_calendar(asked).demonstration,
        lede=t("pack.notices.lede", day=formats.day(reporting_day(asked), t.language)),
        notices=(
            *first,
            _notice("provisional", ("indicator", "periods"), _provisional(rows, t), t),
            _notice("missing", ("indicator", "reason"), _missing(rows, t), t),
            _notice("hidden", ("indicator", "periods"), _hidden(rows, t), t),
            _notice(
                "targets", ("indicator", "valid_from", "before", "after", "decision"), _targets(rows, t), t
            ),
            _notice("breaks", ("day", "label", "indicators"), _breaks(rows, t), t),
            _notice("states", ("state", "indicators"), _states(rows, t), t),
            _notice("obligations", ("obligation", "day", "basis", "reached"), obligation_rows(asked), t),
        ),
    )


def _notice(name: str, heads: Sequence[str], rows: Iterable[tuple[str, ...]], t: Translator) -> Notice:
    kept = tuple(rows)
    title = t(f"pack.notice.{name}")
    names = tuple(t(f"pack.notice.head.{head}") for head in heads)
    table = Grid(title, names, kept, tuple(False for _ in names), WIDTHS[name]) if kept else None
    return Notice(title, t(f"pack.notice.{name}.lede"), table, t(f"pack.notice.{name}.none"))


def _name(row: IndicatorRow, t: Translator) -> str:
    operator = operator_names(t.language).get(row.operator)
    title = contract().indicator(row.code).title.in_(t.language)
    return f"{row.code} {title}" + (f" · {operator}" if operator else "")


def _provisional(rows: Sequence[IndicatorRow], t: Translator) -> Iterable[tuple[str, ...]]:
    for row in rows:
        found = [r.period for r in row.readings if r.provisional and r.value is not None]
        if found:
            yield _name(row, t), _periods(found, t)


def _hidden(rows: Sequence[IndicatorRow], t: Translator) -> Iterable[tuple[str, ...]]:
    for row in rows:
        found = [r.period for r in row.readings if r.availability is Availability.HIDDEN]
        if found:
            yield _name(row, t), _periods(found, t)


def _missing(rows: Sequence[IndicatorRow], t: Translator) -> Iterable[tuple[str, ...]]:
    """Without any value, or without the one that is due."""
    for row in rows:
        if row.latest is None:
            yield _name(row, t), t("value.missing")
        elif row.assessment.reason is not None and row.assessment.reason.value == "missing":
            yield _name(row, t), t("reason.missing")


def _periods(periods: Sequence[Period], t: Translator) -> str:
    """Neighbouring periods as one span."""
    spans: list[list[Period]] = []
    for period in sorted(periods):
        if spans and spans[-1][-1].shift(1) == period:
            spans[-1].append(period)
        else:
            spans.append([period])
    ends = (dict.fromkeys(formats.period(p, t.language) for p in (span[0], span[-1])) for span in spans)
    return ", ".join(" – ".join(pair) for pair in ends)


def _targets(rows: Sequence[IndicatorRow], t: Translator) -> Iterable[tuple[str, ...]]:
    """Each version of a target that took the place of another."""
    for row in rows:
        definition = contract().indicator(row.code)
        paths = sorted(row.paths, key=lambda path: (path.valid_from, path.decided_on))
        for before, after in pairwise(paths):
            yield (
                _name(row, t),
                formats.short_day(after.valid_from, t.language),
                goal_text(before.target, definition, t.language),
                goal_text(after.target, definition, t.language),
                f"{after.deciding_body}, {after.decision_ref}",
            )


def _breaks(rows: Sequence[IndicatorRow], t: Translator) -> Iterable[tuple[str, ...]]:
    """What ceased to be comparable, and the series that carry it."""
    for known in sorted(contract().breaks, key=lambda b: b.day):
        codes = [row.code for row in rows if known.code in contract().indicator(row.code).breaks]
        if codes:
            label = f"{known.label.in_(t.language)}. {known.reason.in_(t.language)}"
            yield formats.short_day(known.day, t.language), label, _codes(codes)


def _states(rows: Sequence[IndicatorRow], t: Translator) -> Iterable[tuple[str, ...]]:
    """Definitions that are proposed, adopted, withdrawn."""
    definitions: list[Indicator] = [contract().indicator(row.code) for row in rows]
    for state in State:
        codes = [d.code for d in definitions if d.state is state]
        if codes:
            yield t(f"definition_state.{state.value}"), _codes(codes)


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(codes))
