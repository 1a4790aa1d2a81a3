"""The six states at every threshold and behind every guard.

Expected states are worked out by hand from the rule of the domain report (§4.2): with baseline b = 40 at the
end of 2022 and target c = 60 at the end of 2027, the way is 20; at the end of 2025 three of five years have
gone (1 096 of 1 826 days), so that e = 40 + 20 · 1096/1826 = 52.0044: on track down to e − 1, to watch down
to e − 4.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort import Window
from data_access.domain.confidentiality import Availability
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.status import (
    Assessment,
    Note,
    Reason,
    Status,
    Thresholds,
    distribution,
    evaluate_status,
    share_not_assessable,
)
from data_access.domain.target import TargetPath
from tests.data_access.domain.builders import CUTOFF, path, reading

EXPECTED = 40 + 20 * 1096 / 1826
ORDER = [Status.OFF_TRACK, Status.TO_WATCH, Status.ON_TRACK, Status.ATTAINED]
TINY = 1e-6


def judged(*readings: Reading, paths: tuple[TargetPath, ...] = (path(),), **more: Any) -> Assessment:
    about: dict[str, Any] = {"polarity": Polarity.HIGHER, "scored": True, "on": CUTOFF, **more}
    return evaluate_status(readings, paths, **about)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (60 + TINY, Status.ATTAINED),
        (60.0, Status.ATTAINED),
        (60 - TINY, Status.ON_TRACK),
        (EXPECTED, Status.ON_TRACK),
        (EXPECTED - 1 + TINY, Status.ON_TRACK),
        (EXPECTED - 1, Status.ON_TRACK),
        (EXPECTED - 1 - TINY, Status.TO_WATCH),
        (EXPECTED - 4 + TINY, Status.TO_WATCH),
        (EXPECTED - 4, Status.TO_WATCH),
        (EXPECTED - 4 - TINY, Status.OFF_TRACK),
        (40.0, Status.OFF_TRACK),
        (0.0, Status.OFF_TRACK),
    ],
)
def test_each_threshold_from_both_sides(value: float, state: Status) -> None:
    assert judged(reading(value)).status is state


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (20.0, Status.ATTAINED),
        (20 + TINY, Status.ON_TRACK),
        (80 - EXPECTED + 1, Status.ON_TRACK),
        (80 - EXPECTED + 1 + TINY, Status.TO_WATCH),
        (80 - EXPECTED + 4 + TINY, Status.OFF_TRACK),
    ],
)
def test_a_falling_target_mirrors_a_rising_one(value: float, state: Status) -> None:
    """From 40 down to 20: the mirror image of the table above around 40."""
    assert judged(reading(value), paths=(path(40, 20),), polarity=Polarity.LOWER).status is state


def test_the_arithmetic_is_shown() -> None:
    found = judged(reading(50.0))
    assert found.expected == pytest.approx(EXPECTED)
    assert found.progress == pytest.approx(0.5)
    assert found.expected_progress == pytest.approx(1096 / 1826)
    assert found.gap == pytest.approx(50 - EXPECTED)


def test_a_falling_indicator_ahead_of_its_path_has_a_positive_gap() -> None:
    found = judged(reading(25.0), paths=(path(40, 20),), polarity=Polarity.LOWER)
    assert found.gap == pytest.approx((80 - EXPECTED) - 25)


def test_milestones_bend_the_path() -> None:
    """With a milestone of 45 at the end of 2025, 45 is exactly what is due; without it, it is off track."""
    bent = path(milestones={2025: 45.0})
    assert judged(reading(45.0), paths=(bent,)).status is Status.ON_TRACK
    assert judged(reading(45.0)).status is Status.OFF_TRACK


def test_a_path_without_milestones_says_so() -> None:
    assert Note.NO_MILESTONE in judged(reading()).notes
    assert Note.NO_MILESTONE not in judged(reading(), paths=(path(milestones={2025: 45.0}),)).notes


def test_the_milestone_shown_is_that_of_the_year_judged() -> None:
    bent = path(milestones={2024: 44.0, 2025: 45.0})
    found = judged(reading(45.0), paths=(bent,)).milestone
    assert found is not None
    assert found.value == 45.0


def test_provisional_data_attain_nothing_but_may_be_on_track() -> None:
    found = judged(reading(61.0, provisional=True))
    assert found.status is Status.ON_TRACK
    assert Note.PROVISIONAL in found.notes


@pytest.mark.parametrize(
    ("readings", "more", "reason"),
    [
        ((reading(),), {"defined": False}, Reason.BEING_DEFINED),
        ((), {}, Reason.MISSING),
        ((reading(None, availability=Availability.MISSING),), {}, Reason.MISSING),
        ((reading(50, "2023"),), {"stale_after_months": 24}, Reason.MISSING),
        ((reading(50, "2025"),), {"window": Window(12, 3)}, Reason.IMMATURE_COHORT),
        ((reading(None, availability=Availability.HIDDEN),), {}, Reason.TOO_FEW),
        ((reading(),), {"paths": ()}, Reason.NO_TARGET),
        ((reading(),), {"paths": (path(valid_from=date(2026, 11, 1)),)}, Reason.NO_TARGET),
        ((reading(50, "2026-Q1"),), {"breaks": [date(2026, 1, 1)]}, Reason.SERIES_BREAK),
        ((reading(),), {"paths": (path(start=None),)}, Reason.NO_BASELINE),
    ],
)
def test_every_reason_not_to_judge(
    readings: tuple[Reading, ...], more: dict[str, Any], reason: Reason
) -> None:
    found = judged(*readings, **more)
    assert (found.status, found.reason) == (Status.NOT_ASSESSABLE, reason)


@pytest.mark.parametrize(
    "more", [{"scored": False}, {"polarity": Polarity.NEUTRAL}, {"scored": False, "defined": False}]
)
def test_context_is_never_judged_whatever_else_holds(more: dict[str, Any]) -> None:
    assert judged(**more).status is Status.CONTEXT
    found = judged(reading(61.0), **more)
    assert (found.status, found.reason) == (Status.CONTEXT, None)
    assert found.reading is not None


def test_the_reasons_come_in_the_order_of_the_table() -> None:
    """Each call removes the reason found before; the order is that of the module's table."""
    hidden = reading(None, "2024-Q1", availability=Availability.HIDDEN)
    broken = reading(50, "2026-Q1")
    breaks, window = [date(2026, 1, 1)], Window(12, 3)
    found = [
        judged(defined=False, paths=()).reason,
        judged(paths=()).reason,
        judged(broken, paths=(), window=window).reason,
        judged(hidden, paths=(), window=window).reason,
        judged(broken, paths=(), breaks=breaks).reason,
        judged(broken, paths=(path(start=None),), breaks=breaks).reason,
        judged(reading(50, "2025-Q4"), paths=(path(start=None),), breaks=breaks).reason,
    ]
    assert found == [
        Reason.BEING_DEFINED,
        Reason.MISSING,
        Reason.IMMATURE_COHORT,
        Reason.TOO_FEW,
        Reason.NO_TARGET,
        Reason.SERIES_BREAK,
        Reason.NO_BASELINE,
    ]


def test_the_newest_mature_cohort_is_judged_not_the_newest() -> None:
    """Entrants of the second quarter of 2025, followed twelve months with three of delay, are complete on
    30 September 2026; those of the third quarter on 31 December 2026 (domain report §3.1)."""
    found = judged(reading(58, "2025-Q2"), reading(5, "2025-Q3"), window=Window(12, 3))
    assert found.reading is not None
    assert str(found.reading.period) == "2025-Q2"
    assert found.status is Status.ON_TRACK


def test_a_period_that_has_not_ended_is_not_judged() -> None:
    assert judged(reading(70, "2026")).reason is Reason.MISSING


def test_a_break_before_the_baseline_breaks_nothing() -> None:
    assert judged(reading(60), breaks=[date(2022, 1, 1)]).status is Status.ATTAINED


def test_a_target_decided_after_the_break_is_judged_and_says_that_it_was_rebased() -> None:
    rebased = path(
        40, 42, baseline_on=date(2026, 1, 31), decided_on=date(2026, 3, 1), valid_from=date(2026, 3, 1)
    )
    found = judged(reading(43, "2026-Q3"), paths=(path(), rebased), breaks=[date(2026, 1, 1)])
    assert found.status is Status.ATTAINED
    assert {Note.REBASED, Note.TARGET_CHANGED} <= set(found.notes)


def test_the_target_of_that_time_judges() -> None:
    """Reported at the end of June 2025 the first target holds, a day after the second begins it does not."""
    first, second = path(40, 60), path(40, 50, valid_from=date(2025, 7, 1), decided_on=date(2025, 6, 1))
    then = judged(reading(50, "2024"), paths=(second, first), on=date(2025, 6, 30))
    now = judged(reading(50, "2024"), paths=(second, first), on=date(2025, 7, 1))
    assert (then.path, then.status) == (first, Status.ON_TRACK)
    assert (now.path, now.status) == (second, Status.ATTAINED)
    assert Note.TARGET_CHANGED not in then.notes
    assert Note.TARGET_CHANGED in now.notes


@pytest.mark.parametrize(
    ("value", "state"),
    # The way is a tenth of the target, 6: on track within 0.3 of it, to watch within 1.2.
    [
        (60, Status.ATTAINED),
        (59.7, Status.ON_TRACK),
        (59.69, Status.TO_WATCH),
        (58.8, Status.TO_WATCH),
        (58.79, Status.OFF_TRACK),
    ],
)
def test_an_equal_baseline_and_target_take_an_absolute_tolerance(value: float, state: Status) -> None:
    found = judged(reading(value), paths=(path(60, 60),))
    assert found.status is state
    assert (Note.EQUAL_BASELINE in found.notes) == (state is not Status.ATTAINED)


def test_a_target_of_zero_with_a_baseline_of_zero_does_not_divide_by_zero() -> None:
    assert judged(reading(5), paths=(path(0, 0),), polarity=Polarity.LOWER).status is Status.OFF_TRACK


def test_a_ceiling_is_attained_at_a_hundred() -> None:
    assert judged(reading(100), paths=(path(80, 100),)).status is Status.ATTAINED


@pytest.mark.parametrize(
    ("value", "state"),
    # From -10 to -2: the gap closes from 10 to 2; at the end of 2025, 10 - 8 · 1096/1826 = 5.1982 is due.
    [
        (-2, Status.ATTAINED),
        (2, Status.ATTAINED),
        (-5, Status.ON_TRACK),
        (5, Status.ON_TRACK),
        (-6, Status.TO_WATCH),
        (-8, Status.OFF_TRACK),
    ],
)
def test_a_gap_is_judged_by_its_size_on_either_side_of_zero(value: float, state: Status) -> None:
    assert judged(reading(value), paths=(path(-10, -2),), polarity=Polarity.ZERO_GAP).status is state


@pytest.mark.parametrize(
    ("value", "state"),
    # A band of 90 to 110, baseline 80, ten outside: at the end of 2025, 1096/1826 of the way in are due, so
    # 3.9978 outside; on track down to half a point more outside, to watch down to two points more.
    [
        (95, Status.ON_TRACK),
        (90, Status.ON_TRACK),
        (110, Status.ON_TRACK),
        (86.0, Status.ON_TRACK),
        (85.51, Status.ON_TRACK),
        (85.49, Status.TO_WATCH),
        (84.01, Status.TO_WATCH),
        (83.9, Status.OFF_TRACK),
    ],
)
def test_a_band_is_on_track_inside_and_judged_by_its_nearest_edge_outside(
    value: float, state: Status
) -> None:
    assert judged(reading(value), paths=(path(80, band=(90, 110)),), polarity=Polarity.BAND).status is state


def test_a_band_is_attained_once_its_day_has_come() -> None:
    found = judged(
        reading(95, "2027"), paths=(path(80, band=(90, 110)),), polarity=Polarity.BAND, on=date(2028, 6, 30)
    )
    assert found.status is Status.ATTAINED


@pytest.mark.parametrize(
    ("value", "state"), [(111, Status.ON_TRACK), (113, Status.TO_WATCH), (115, Status.OFF_TRACK)]
)
def test_leaving_a_band_is_measured_in_its_width(value: float, state: Status) -> None:
    """The baseline lies inside: 5 % of the width of 20 is 1, 20 % of it is 4."""
    assert judged(reading(value), paths=(path(100, band=(90, 110)),), polarity=Polarity.BAND).status is state


@pytest.mark.parametrize(
    ("band", "value", "state"), [((85, None), 200, Status.ON_TRACK), ((None, 40), 41, Status.ON_TRACK)]
)
def test_a_band_may_have_one_edge(
    band: tuple[float | None, float | None], value: float, state: Status
) -> None:
    assert judged(reading(value), paths=(path(None, band=band),), polarity=Polarity.BAND).status is state


def falling(*values: float, half_width: float | None = 0.5, **last: Any) -> list[Reading]:
    years = range(2026 - len(values), 2026)
    made = [reading(v, str(y), half_width=half_width) for v, y in zip(values, years, strict=True)]
    made[-1] = reading(values[-1], "2025", half_width=half_width, **last)
    return made


@pytest.mark.parametrize(
    ("readings", "away"),
    [
        (falling(58, 56, 54), True),
        (falling(58, 56, 55.4), False),  # the second step, 0.6, lies inside the noise of 0.71
        (falling(56, 54), False),  # one step is no movement
        (falling(58, 56, 54, half_width=None), False),  # nobody knows what is noise
        (falling(58, 56, 54, provisional=True), False),
        (falling(54, 56, 54), False),
    ],
)
def test_moving_away_for_two_years_beyond_the_noise_is_off_track(readings: list[Reading], away: bool) -> None:
    """54 is ahead of the 52 that are due, and yet it has fallen twice."""
    found = judged(*readings)
    assert (found.status is Status.OFF_TRACK) == away
    assert (Note.MOVING_AWAY in found.notes) == away


def test_the_thresholds_are_the_committee_s_to_adopt() -> None:
    strict = Thresholds(on_track=0.0, to_watch=0.01)
    assert judged(reading(EXPECTED - 0.1)).status is Status.ON_TRACK
    assert judged(reading(EXPECTED - 0.1), thresholds=strict).status is Status.TO_WATCH
    assert judged(reading(EXPECTED - 0.5), thresholds=strict).status is Status.OFF_TRACK


def test_a_distribution_has_every_state_and_loses_none() -> None:
    counts = distribution([Status.ON_TRACK, Status.CONTEXT, Status.ON_TRACK])
    assert list(counts) == list(Status)
    assert (counts[Status.ON_TRACK], counts[Status.CONTEXT], sum(counts.values())) == (2, 1, 3)


def test_the_share_not_assessable_leaves_context_out() -> None:
    states = [Status.NOT_ASSESSABLE, Status.ON_TRACK, Status.CONTEXT, Status.CONTEXT]
    assert share_not_assessable(states) == 0.5
    assert share_not_assessable([Status.CONTEXT]) is None


values = st.floats(-200, 300, allow_nan=False).map(lambda x: round(x, 3))
percentages = st.integers(0, 1000).map(lambda n: n / 10)
polarities = st.sampled_from([Polarity.HIGHER, Polarity.LOWER])


@given(values, values, values, st.floats(0, 100), polarities)
def test_a_better_value_never_gets_a_worse_state(
    start: float, end: float, value: float, better: float, polarity: Polarity
) -> None:
    step = better if polarity is Polarity.HIGHER else -better
    paths = (path(start, end),)
    before = judged(reading(value), paths=paths, polarity=polarity).status
    after = judged(reading(value + step), paths=paths, polarity=polarity).status
    assert ORDER.index(after) >= ORDER.index(before)


def has_way(start: float, end: float, polarity: Polarity) -> bool:
    """Whether there is something to gain between baseline and target."""
    return end > start if polarity is Polarity.HIGHER else end < start


@given(percentages, percentages, percentages, percentages, polarities)
def test_a_share_and_its_complement_have_the_same_state(
    start: float, middle: float, end: float, value: float, polarity: Polarity
) -> None:
    """Except where the baseline met the target: the tolerance there is a share of the target itself."""
    if not has_way(start, end, polarity):
        return
    other = Polarity.LOWER if polarity is Polarity.HIGHER else Polarity.HIGHER
    own = judged(reading(value), paths=(path(start, end, milestones={2025: middle}),), polarity=polarity)
    mirror = path(100 - start, 100 - end, milestones={2025: 100 - middle})
    assert judged(reading(100 - value), paths=(mirror,), polarity=other).status is own.status


@given(
    percentages, percentages, percentages, st.integers(-50, 50), st.sampled_from([0.5, 2.0, 4.0]), polarities
)
def test_shifting_and_scaling_everything_changes_no_state(
    start: float, end: float, value: float, shift: int, scale: float, polarity: Polarity
) -> None:
    if not has_way(start, end, polarity):
        return

    def move(x: float) -> float:
        return scale * x + shift

    own = judged(reading(value), paths=(path(start, end),), polarity=polarity)
    moved = judged(reading(move(value)), paths=(path(move(start), move(end)),), polarity=polarity)
    assert moved.status is own.status


@given(
    st.lists(
        st.tuples(values, st.integers(2018, 2026), st.booleans(), st.sampled_from(Availability)), max_size=6
    ),
    st.lists(st.tuples(values, values, st.integers(2022, 2027)), max_size=3),
    st.sampled_from([Polarity.HIGHER, Polarity.LOWER, Polarity.ZERO_GAP, Polarity.NEUTRAL]),
    st.booleans(),
    st.sampled_from([None, Window(12, 3)]),
)
def test_whatever_comes_there_is_a_state_and_a_reason_exactly_when_there_is_none(
    series: list[tuple[float, int, bool, Availability]],
    versions: list[tuple[float, float, int]],
    polarity: Polarity,
    scored: bool,
    window: Window | None,
) -> None:
    readings = [
        reading(v if a is Availability.AVAILABLE else None, str(y), provisional=p, availability=a)
        for v, y, p, a in sorted(series, key=lambda item: item[1])
    ]
    paths = tuple(path(b, c, valid_from=date(y, 1, 1)) for b, c, y in versions)
    found = judged(
        *readings,
        paths=paths,
        polarity=polarity,
        scored=scored,
        window=window,
        breaks=[date(2026, 1, 1)],
        stale_after_months=24,
    )
    assert (found.reason is not None) == (found.status is Status.NOT_ASSESSABLE)
    if found.status in ORDER:
        assert found.reading is not None
        assert found.path is not None


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (60, Status.ATTAINED),
        (59.8, Status.ON_TRACK),
        (59, Status.TO_WATCH),
        (58, Status.OFF_TRACK),
        (0, Status.OFF_TRACK),
    ],
)
def test_a_level_to_hold_that_is_lost_is_not_progress(value: float, state: Status) -> None:
    """Baseline 65, at least 60: the tolerance is 10 % of 60, so 0.3 below is 5 % of 6, and 1.2 below 20 %."""
    assert judged(reading(value), paths=(path(65, 60),)).status is state
