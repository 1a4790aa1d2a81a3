"""Why an indicator is on the list, by hand-made series; the arithmetic of each case stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.assessment import Assessment, Note, Status
from data_access.domain.attention import (
    insufficient_pace,
    late,
    off_track,
    provisional_too_long,
    special_cause,
)
from data_access.domain.cohort import Window
from data_access.domain.concern import (
    AttentionReason,
    Concern,
    InsufficientPace,
    Late,
    NoTarget,
    OffTrack,
    ProvisionalTooLong,
    SpecialCause,
    in_order,
    rank,
)
from data_access.domain.confidentiality import Availability
from data_access.domain.control_chart import control_chart
from data_access.domain.control_rules import Rule
from data_access.domain.methods.check import Refusal
from data_access.domain.pace import NoPace, Pace, YearlyChange
from data_access.domain.period import Freq, Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import TargetPath
from tests.data_access.domain.builders import CUTOFF, path, reading

START = date(2023, 1, 1)


def since(
    readings: Sequence[Reading],
    paths: Sequence[TargetPath],
    *,
    on: date = CUTOFF,
    polarity: Polarity = Polarity.HIGHER,
    window: Window | None = None,
) -> OffTrack | None:
    def assess(known: Sequence[Reading], day: date) -> Assessment:
        return evaluate_status(known, paths, polarity=polarity, scored=True, on=day, window=window)

    return off_track(assess(readings, on), readings, polarity, on, assess)


def series(*values: float, first: int = 2023) -> list[Reading]:
    return [reading(value, str(first + i)) for i, value in enumerate(values)]


# The line from 40 (end of 2022) to 60 (end of 2027) asks for 44, 48, 52 at the ends of 2023, 2024, 2025;
# more than 20 % of the way of 20, that is 4, behind it is off track.


def test_an_indicator_on_its_way_is_not_off_track() -> None:
    assert since(series(44, 48, 52), [path()]) is None


def test_the_last_reading_alone_put_it_off_track() -> None:
    found = since(series(44, 47.5, 47), [path()])
    assert found is not None
    assert found.reason is AttentionReason.NEWLY_OFF_TRACK
    assert (str(found.since), found.before, found.value) == ("2025", Status.ON_TRACK, 47)
    assert found.expected == pytest.approx(52, abs=0.01)
    assert found.size == pytest.approx(0.25, abs=0.001)  # 5 behind, of 20
    assert found.year_before == 47.5


def test_it_was_off_track_before_and_since_when() -> None:
    found = since(series(44, 43, 47), [path()])
    assert found is not None
    assert found.reason is AttentionReason.OFF_TRACK
    assert (str(found.since), str(found.period), found.before) == ("2024", "2025", Status.ON_TRACK)


def test_an_interruption_starts_the_run_anew() -> None:
    """Off track in 2023 (39, due 44), to watch in 2024 (45, due 48), off track in 2025."""
    found = since(series(39, 45, 47), [path()])
    assert found is not None
    assert (str(found.since), found.before) == ("2025", Status.TO_WATCH)


def test_off_track_from_its_first_reading() -> None:
    found = since(series(39, 43, 47), [path()])
    assert found is not None
    assert (str(found.since), found.before) == ("2023", None)


def test_a_missing_year_neither_ends_nor_makes_a_run() -> None:
    gap = reading(None, "2024", availability=Availability.MISSING)
    found = since([reading(39, "2023"), gap, reading(47, "2025")], [path()])
    assert found is not None
    assert (str(found.since), found.reason) == ("2023", AttentionReason.OFF_TRACK)


def test_a_hidden_year_ends_it_as_nothing_was_off_track_then() -> None:
    hidden = reading(None, "2024", availability=Availability.HIDDEN)
    found = since([reading(39, "2023"), hidden, reading(47, "2025")], [path()])
    assert found is not None
    assert (str(found.since), found.before) == ("2025", Status.NOT_ASSESSABLE)


def test_a_year_earlier_the_target_of_that_time_judges() -> None:
    """43 in 2024 is off track for 60 (due 48), but until 2026 the target was 50 (due 44, 1 of 10 behind)."""
    old = path(end=50.0)
    new = path(end=60.0, valid_from=date(2026, 1, 1), decided_on=date(2025, 12, 15))
    both = since(series(43, 43, 47), [old, new])
    assert both is not None
    assert (both.reason, both.before) == (AttentionReason.NEWLY_OFF_TRACK, Status.TO_WATCH)
    always = since(series(43, 43, 47), [path(end=60.0)])
    assert always is not None
    assert always.reason is AttentionReason.OFF_TRACK


def test_an_earlier_cohort_is_judged_on_the_day_on_which_it_was_the_newest_mature_one() -> None:
    """Followed 12 months and 3 months late, 2024 is judged on 31 October 2026 and 2023 a year before."""
    window = Window(12, 3)
    found = since(series(44, 43, 40), [path()], window=window)
    assert found is not None
    assert (str(found.period), str(found.since), found.before) == ("2024", "2024", Status.ON_TRACK)


def test_a_month_earlier_is_a_month_earlier_in_the_calendar() -> None:
    """From 1 October the target is 60: it judges October on the 31st, not September on the 30th."""
    months = [reading(47, "2026-09"), reading(47, "2026-10")]
    old, new = path(end=45.0), path(end=60.0, valid_from=date(2026, 10, 1))
    found = since(months, [old, new])
    assert found is not None
    assert (str(found.since), found.before) == ("2026-10", Status.ATTAINED)


def test_a_gap_that_should_close_is_said_by_its_size() -> None:
    found = since(series(-10, -10, -10), [path(-10.0, 0.0)], polarity=Polarity.ZERO_GAP)
    assert found is not None
    assert (found.value, found.year_before) == (10, 10)
    assert found.expected == pytest.approx(4, abs=0.01)  # two fifths of the way are left at the end of 2025


def test_moving_away_is_a_fact_of_its_own() -> None:
    narrow = [replace(r, half_width=0.1) for r in series(58, 57, 56)]
    found = since(narrow, [path()])
    assert found is not None
    assert found.moving_away
    assert found.value > (found.expected or 0)


# Special cause. Mean of 10, 11 alternating is 10.5; moving ranges are 1.


def chart_of(values: Sequence[float], polarity: Polarity) -> SpecialCause | None:
    first = Period.parse("2024-01")
    readings = [Reading(first.shift(i), value) for i, value in enumerate(values)]
    return special_cause(control_chart(values, polarity=polarity), readings, readings[-1])


USUAL = [10.0, 11.0] * 7


def test_a_value_below_its_usual_limit_is_a_signal_when_more_is_better() -> None:
    """With 4 at the end: mean (147 + 4) / 15 = 10.067; ranges 13 × 1 and 7, mean 20 / 14 = 1.4286."""
    found = chart_of([*USUAL, 4.0], Polarity.HIGHER)
    assert found is not None
    assert (found.rule, found.high, str(found.period)) == (Rule.OUTSIDE, False, "2025-03")
    assert found.mean == pytest.approx(151 / 15)
    assert found.lower == pytest.approx(151 / 15 - 2.66 * 20 / 14)
    assert found.size == pytest.approx((151 / 15 - 4) / (20 / 14))


def test_the_same_value_is_welcome_when_less_is_better() -> None:
    assert chart_of([*USUAL, 4.0], Polarity.LOWER) is None
    assert chart_of([*USUAL, 4.0], Polarity.NEUTRAL) is None


def test_noise_is_no_signal() -> None:
    assert chart_of([*USUAL, 10.0], Polarity.HIGHER) is None


def test_a_chart_that_ends_before_the_judged_period_says_nothing_of_now() -> None:
    values = [*USUAL, 4.0]
    readings = [Reading(Period.parse("2024-01").shift(i), value) for i, value in enumerate(values)]
    chart = control_chart(values, polarity=Polarity.HIGHER)
    later = Reading(readings[-1].period.shift(1), 4.0)
    assert special_cause(chart, readings, later) is None
    assert special_cause(chart, readings, None) is None


def test_a_trend_decides_before_the_side_of_the_mean() -> None:
    signal = SpecialCause(Period.parse("2025"), 1, 1, 1, 1, (Rule.SHIFT, Rule.TREND), True, 1)
    assert signal.rule is Rule.TREND
    assert replace(signal, rules=(Rule.OUTSIDE, Rule.TREND)).rule is Rule.OUTSIDE


# Pace.


def pace(ratio: float | None, changes: int = 3) -> Pace:
    best = YearlyChange(Period.parse("2023"), Period.parse("2024"), 1.0) if ratio else None
    return Pace(2.0, 4.0, 2.0, best, ratio, Period.parse("2022") if changes else None, changes)


@pytest.mark.parametrize(
    ("due", "ratio", "said"),
    [
        (date(2027, 10, 31), 1.01, True),
        (date(2027, 11, 1), 1.01, False),  # a day more than twelve months after 31 October 2026
        (date(2027, 10, 31), 1.0, False),
        (date(2027, 10, 31), 0.9, False),
    ],
)
def test_a_pace_is_insufficient_when_the_target_is_near_and_asks_for_more_than_ever(
    due: date, ratio: float, said: bool
) -> None:
    assert (insufficient_pace(pace(ratio), due, CUTOFF) is not None) is said


def test_a_series_that_never_went_that_way_is_infinitely_slow() -> None:
    found = insufficient_pace(pace(None), date(2027, 1, 1), CUTOFF)
    assert found is not None
    assert (found.best, found.size) == (None, inf)


def test_without_a_year_to_compare_with_no_pace_is_judged() -> None:
    assert insufficient_pace(pace(None, changes=0), date(2027, 1, 1), CUTOFF) is None
    assert insufficient_pace(NoPace(Refusal.TARGET_REACHED), date(2027, 1, 1), CUTOFF) is None
    assert insufficient_pace(pace(2.0), None, CUTOFF) is None


# Lateness: end of the awaited period, plus the cohort's window and lag, plus 2, 3, 4 or 6 months.


@pytest.mark.parametrize(
    ("newest", "freq", "window", "due"),
    [
        ("2026-05", Freq.MONTH, None, date(2026, 8, 31)),  # June ends on the 30th; two months later
        ("2026-Q1", Freq.QUARTER, None, date(2026, 9, 30)),
        ("2025-S2", Freq.SEMESTER, None, date(2026, 10, 31)),
        ("2024", Freq.ANNUAL, None, date(2026, 6, 30)),
        ("2024-Q4", Freq.QUARTER, Window(12, 3), date(2026, 9, 30)),  # 31 March 2025 + 15 + 3 months
    ],
)
def test_a_period_is_late_from_the_day_after_it_was_due(
    newest: str, freq: Freq, window: Window | None, due: date
) -> None:
    readings = [reading(50, newest)]
    assert late(readings, freq, window, start=START, on=due) is None
    after = date.fromordinal(due.toordinal() + 1)
    found = late(readings, freq, window, start=START, on=after)
    assert found == Late(Period.parse(newest), Period.parse(newest).shift(1), due, 1)


def test_without_any_value_the_first_period_of_the_contract_is_awaited() -> None:
    """2023 ends on 31 December; six months later is 30 June 2024, 853 days before 31 October 2026."""
    found = late([], Freq.ANNUAL, None, start=START, on=CUTOFF)
    assert found == Late(None, Period.parse("2023"), date(2024, 6, 30), 853)


def test_a_missing_value_is_not_loaded_and_a_hidden_one_is() -> None:
    def newest(availability: Availability) -> Late | None:
        last = reading(None, "2025", availability=availability)
        return late([reading(50, "2024"), last], Freq.ANNUAL, None, start=START, on=CUTOFF)

    assert newest(Availability.HIDDEN) is None
    missing = newest(Availability.MISSING)
    assert missing is not None
    assert str(missing.newest) == "2024"


# Provisional for too long.


def test_a_value_is_provisional_for_too_long_after_twelve_months() -> None:
    values = [reading(50, "2024"), reading(50, "2025-Q3", provisional=True)]
    assert provisional_too_long(values, None, date(2026, 9, 30)) is None
    found = provisional_too_long(values, None, date(2026, 10, 1))
    assert found == ProvisionalTooLong(Period.parse("2025-Q3"), date(2025, 9, 30), 366)


def test_the_oldest_one_is_named() -> None:
    values = [reading(50, period, provisional=True) for period in ("2023", "2024", "2025")]
    found = provisional_too_long(values, None, CUTOFF)
    assert found is not None
    assert str(found.period) == "2023"


def test_a_cohort_has_until_it_is_mature_and_a_year() -> None:
    """2024 followed for 12 months, 3 months late: complete on 31 March 2026, too long from April 2027."""
    values = [reading(50, "2024", provisional=True)]
    assert provisional_too_long(values, Window(12, 3), date(2027, 3, 31)) is None
    assert provisional_too_long(values, Window(12, 3), date(2027, 4, 1)) is not None


def test_a_hidden_value_is_not_said_to_be_provisional() -> None:
    hidden = reading(None, "2023", provisional=True, availability=Availability.HIDDEN)
    assert provisional_too_long([hidden], None, CUTOFF) is None


# Order.

YEAR = Period.parse("2025")
NEW = OffTrack(YEAR, Status.ON_TRACK, YEAR, 47, 52, None, None, False, 0.25)
OLD = replace(NEW, since=Period.parse("2023"))
SIGNAL = SpecialCause(YEAR, 4, 10, 6, 14, (Rule.OUTSIDE,), False, 4.2)
SLOW = InsufficientPace(date(2027, 1, 1), 2.0, None, YEAR, inf)
LATE = Late(YEAR, YEAR.shift(1), date(2026, 1, 1), 900)
PROVISIONAL = ProvisionalTooLong(YEAR, date(2025, 1, 1), 900)
IN_ORDER: list[Concern] = [NEW, SIGNAL, SLOW, OLD, LATE, PROVISIONAL, NoTarget()]


@given(st.permutations(IN_ORDER))
def test_the_order_of_reasons_does_not_depend_on_sizes(shuffled: list[Concern]) -> None:
    assert in_order(shuffled) == tuple(IN_ORDER)


@given(st.lists(st.floats(-1, 5, allow_nan=False), min_size=1))
def test_within_a_reason_the_furthest_off_comes_first(lags: list[float]) -> None:
    items = [(replace(NEW, lag=lag), number) for number, lag in enumerate(lags)]
    ranked = rank(items, lambda item: [item[0]])
    found = [(item[0].lag, -item[1]) for item in ranked]
    assert found == sorted(found, reverse=True)


def test_an_item_stands_where_its_first_reason_stands() -> None:
    items: list[tuple[Concern, ...]] = [(NoTarget(),), (LATE, NoTarget()), (NEW, LATE)]
    assert rank(items, lambda item: item) == ((NEW, LATE), (LATE, NoTarget()), (NoTarget(),))


def test_the_note_of_the_rules_is_what_moving_away_reads() -> None:
    judged = reading(56, "2025")
    away = Assessment(Status.OFF_TRACK, reading=judged, notes=(Note.MOVING_AWAY,))
    found = off_track(away, [judged], Polarity.HIGHER, CUTOFF, lambda *_: away)
    assert found is not None
    assert found.moving_away
