"""The list of what needs attention, from published rows, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.contract.model import Attribution
from data_access.db.engine import bind
from data_access.domain.concern import AttentionReason, Late, NoTarget, OffTrack, SpecialCause
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.period import Period
from data_access.domain.status import Status
from data_access.services.attention import (
    ANYTHING,
    SHARED,
    AttentionItem,
    Selection,
    choose,
    count_attention,
    get_attention,
)
from tests.data_access.builders import observation, publish, target

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def item(code: str, operator: str = "_T") -> AttentionItem | None:
    listed = get_attention(1, CUTOFF, RULE)
    return next((i for i in listed if (i.code, i.operator) == (code, operator)), None)


def reasons(code: str) -> list[str]:
    found = item(code)
    return [c.reason.value for c in found.concerns] if found else []


def rate(code: str, period: str, value: float, **more: Any) -> dict[str, Any]:
    """A share of ten thousand."""
    known = {"freq": "A", "numerator": value * 100, "denominator": 10_000.0, **more}
    return observation(indicator=code, time_period=period, obs_value=value, **known)


def goals(code: str, *, start: float = 40, end: float = 60, **more: Any) -> tuple[dict[str, Any], ...]:
    """In a straight line: 44, 48, 52 at the ends of 2023, 2024, 2025."""
    return (
        target(indicator=code, kind="baseline", due=date(2022, 12, 31), value=start, **more),
        target(indicator=code, kind="target", due=date(2027, 12, 31), value=end, **more),
    )


def test_an_indicator_on_its_way_is_not_on_the_list(engine: Engine) -> None:
    publish(engine, rate("OS5.10", "2024", 48), rate("OS5.10", "2025", 52), targets=goals("OS5.10"))
    assert item("OS5.10") is None


def test_off_track_since_the_last_reading_or_before(engine: Engine) -> None:
    publish(
        engine,
        *(rate("OS5.10", year, value) for year, value in (("2024", 48.0), ("2025", 47.0))),
        *(rate("OS5.11", year, value) for year, value in (("2024", 42.0), ("2025", 47.0))),
        targets=goals("OS5.10") + goals("OS5.11"),
    )
    new, old = item("OS5.10"), item("OS5.11")
    assert new is not None
    assert old is not None
    (fact,) = new.concerns
    assert isinstance(fact, OffTrack)
    assert (fact.since, fact.before, fact.value) == (Period.parse("2025"), Status.ON_TRACK, 47)
    assert reasons("OS5.11") == ["off_track"]
    listed = get_attention(1, CUTOFF, RULE)
    assert listed.index(new) < listed.index(old)


def test_every_version_of_the_target_counts_on_its_day(engine: Engine) -> None:
    """42 in 2024 is off track for 60 (due 48), and was not for 45 (due 42): the target of 2026 is later."""
    readings = [rate("OS5.10", "2024", 42), rate("OS5.10", "2025", 47)]
    later = goals("OS5.10", end=60, valid_from=date(2026, 2, 1), decided_on=date(2026, 1, 20))
    publish(engine, *readings, targets=goals("OS5.10", end=45) + later)
    assert reasons("OS5.10") == ["newly_off_track"]


def test_an_indicator_holds_all_its_reasons_the_most_pressing_first(engine: Engine) -> None:
    """2024 was due for 2025 by the end of June 2026; 2023 could have been definitive since its end."""
    provisional = rate("OS5.10", "2023", 44, obs_status="P")
    publish(engine, provisional, rate("OS5.10", "2024", 43), targets=goals("OS5.10"))
    assert reasons("OS5.10") == ["newly_off_track", "late", "provisional_too_long"]


def test_without_target_the_newest_value_is_a_fact(engine: Engine) -> None:
    publish(engine, rate("OS5.10", "2025", 47))
    found = item("OS5.10")
    assert found is not None
    assert found.concerns == (NoTarget(Period.parse("2025"), 47.0),)


def test_a_series_that_was_never_loaded_is_late_since_the_first_period_of_the_contract(
    engine: Engine,
) -> None:
    publish(engine, rate("OS5.10", "2025", 47))
    found = item("OS5.11")
    assert found is not None
    assert found.concerns[0] == Late(None, Period.parse("2023"), date(2024, 6, 30), 853)
    assert reasons("OS5.11") == ["late", "no_target"]


def months(*values: float) -> list[dict[str, Any]]:
    """OS5.03 is monthly, of no season and better when higher; the last value is that of October 2026."""
    first = Period.parse("2026-10").shift(1 - len(values))
    return [rate("OS5.03", str(first.shift(i)), value, freq="M") for i, value in enumerate(values)]


def test_a_signal_of_concern_is_that_of_the_chart_on_the_sheet(engine: Engine) -> None:
    """Fourteen months between 50 and 51, then 44: mean 751 / 15, ranges 13 × 1 and 7, mean 20 / 14."""
    publish(engine, *months(*[50.0, 51.0] * 7, 44.0))
    found = item("OS5.03")
    assert found is not None
    signal = found.concerns[0]
    assert isinstance(signal, SpecialCause)
    assert signal.mean == pytest.approx(751 / 15)
    assert signal.lower == pytest.approx(751 / 15 - 2.66 * 20 / 14)


def test_a_leap_in_the_right_direction_needs_no_attention(engine: Engine) -> None:
    publish(engine, *months(*[50.0, 51.0] * 7, 58.0))
    assert reasons("OS5.03") == ["no_target"]


def test_each_operator_has_its_own_line(engine: Engine) -> None:
    rows = [rate("BV-3", "2025", 47, operator=name) for name in ("BF", "VDAB")]
    publish(engine, *rows, targets=goals("BV-3", operator="BF"))
    bf, vdab = item("BV-3", "BF"), item("BV-3", "VDAB")
    assert vdab is not None
    assert AttentionReason.NO_TARGET in vdab.reasons
    assert bf is None or AttentionReason.NO_TARGET not in bf.reasons


def test_context_is_never_on_the_list(engine: Engine) -> None:
    publish(engine, rate("OS5.10", "2025", 47))
    listed = {i.code for i in get_attention(1, CUTOFF, RULE)}
    unscored = {d.code for d in contract().indicators if not d.scored}
    assert "OS2.01" in unscored
    assert listed & unscored == set()


def test_without_data_there_is_nothing_to_say() -> None:
    assert get_attention(0, None, RULE) == ()
    assert count_attention(0, None, RULE) == 0


def test_the_count_is_that_of_the_lines(engine: Engine) -> None:
    publish(engine, rate("OS5.10", "2025", 47))
    assert count_attention(1, CUTOFF, RULE) == len(get_attention(1, CUTOFF, RULE)) > 50


def test_a_selection_reads_only_what_it_knows() -> None:
    query = {"objective": "OS3", "attribution": "actiris", "reason": "late"}
    assert Selection.of(query) == Selection("OS3", Attribution.ACTIRIS, AttentionReason.LATE)
    assert Selection.of({"objective": SHARED}) == Selection(SHARED)
    assert Selection.of({"objective": "OS9", "attribution": "all", "reason": "<b>"}) == ANYTHING


def test_the_choice_is_by_objective_attribution_and_any_of_the_reasons(engine: Engine) -> None:
    publish(engine, rate("OS5.10", "2024", 43), targets=goals("OS5.10"))
    every = get_attention(1, CUTOFF, RULE)
    assert choose(every, ANYTHING) == every
    own = choose(every, Selection("OS5"))
    assert {i.code[:3] for i in own} == {"OS5"}
    assert {i.code[:2] for i in choose(every, Selection(SHARED))} == {"BV", "VD"}
    late = choose(every, Selection(reason=AttentionReason.LATE))
    assert "OS5.10" in {i.code for i in late}, "its first reason is that it is newly off track"
    for item_ in choose(every, Selection(attribution=Attribution.SHARED)):
        assert contract().indicator(item_.code).attribution is Attribution.SHARED
