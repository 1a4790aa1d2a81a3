"""Which clauses a headline has, for every state, reason and movement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.assessment import Assessment, Note, Reason, Status
from data_access.domain.change import change_on_year
from data_access.domain.confidentiality import Availability
from data_access.domain.finding import STATES, Finding, Movement, Standing, Verdict, find_finding
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import Goal
from tests.data_access.domain.builders import CUTOFF, path, reading

HIDDEN: dict[str, Any] = {"value": None, "availability": Availability.HIDDEN}
CONTEXT = Assessment(Status.CONTEXT)
NO_TARGET = Assessment(Status.NOT_ASSESSABLE, Reason.NO_TARGET)


def finding(
    assessment: Assessment,
    *readings: Reading,
    polarity: Polarity = Polarity.HIGHER,
    breaks: tuple[date, ...] = (),
    immature: tuple[Reading, ...] = (),
) -> Finding:
    """Of the last reading with a value that is not of a cohort still followed."""
    shown = [r for r in readings if r.value is not None and r not in immature]
    latest = shown[-1] if shown else None
    upto = [r for r in readings if latest is not None and r.period <= latest.period]
    return find_finding(
        assessment,
        latest,
        change_on_year(upto, polarity=polarity, breaks=breaks),
        readings=readings,
        immature=immature,
        polarity=polarity,
    )


@pytest.mark.parametrize(
    ("before", "after", "polarity", "movement", "change", "better"),
    [
        (50.0, 52.0, Polarity.HIGHER, Movement.RISING, 2.0, True),
        (50.0, 52.0, Polarity.LOWER, Movement.RISING, 2.0, False),
        (50.0, 52.0, Polarity.BAND, Movement.RISING, 2.0, None),
        (52.0, 50.0, Polarity.HIGHER, Movement.FALLING, -2.0, False),
        (52.0, 50.0, Polarity.LOWER, Movement.FALLING, -2.0, True),
        (50.0, 50.04, Polarity.HIGHER, Movement.STABLE, None, None),
        (-4.0, -6.0, Polarity.ZERO_GAP, Movement.WIDER, 2.0, False),
        (4.0, 6.0, Polarity.ZERO_GAP, Movement.WIDER, 2.0, False),
        (-6.0, -4.0, Polarity.ZERO_GAP, Movement.NARROWER, -2.0, True),
        (-1.0, 3.0, Polarity.ZERO_GAP, Movement.WIDER, 2.0, False),
        (-3.0, 3.0, Polarity.ZERO_GAP, Movement.REVERSED, None, None),
    ],
)
def test_the_movement_in_a_year(
    before: float,
    after: float,
    polarity: Polarity,
    movement: Movement,
    change: float | None,
    better: bool | None,
) -> None:
    found = finding(NO_TARGET, reading(before, "2024"), reading(after, "2025"), polarity=polarity)
    assert (found.movement, found.change, found.better) == (movement, change, better)


def test_a_difference_inside_the_interval_is_no_movement_and_is_shown() -> None:
    """Half width of the difference: the root of 3² + 4² is 5."""
    found = finding(NO_TARGET, reading(50, "2024", half_width=3), reading(54, "2025", half_width=4))
    assert (found.movement, found.change, found.better) == (Movement.WITHIN_NOISE, 4.0, None)


@pytest.mark.parametrize(
    ("readings", "movement"),
    [
        ([], Movement.NONE_YET),
        ([reading(None, "2025", availability=Availability.MISSING)], Movement.NONE_YET),
        ([reading(period="2025", **HIDDEN)], Movement.ONLY_HIDDEN),
        ([reading(50, "2025")], Movement.FIRST_VALUE),
        (
            [reading(None, "2024", availability=Availability.MISSING), reading(50, "2025")],
            Movement.FIRST_VALUE,
        ),
        ([reading(50, "2023"), reading(51, "2025")], Movement.NO_YEAR_BEFORE),
        ([reading(period="2024", **HIDDEN), reading(51, "2025")], Movement.YEAR_BEFORE_HIDDEN),
    ],
)
def test_why_there_is_no_comparison(readings: list[Reading], movement: Movement) -> None:
    found = finding(NO_TARGET, *readings)
    assert (found.movement, found.change, found.better) == (movement, None, None)


def test_values_on_both_sides_of_a_break_are_not_compared() -> None:
    found = finding(NO_TARGET, reading(50, "2024"), reading(60, "2025"), breaks=(date(2025, 1, 1),))
    assert (found.movement, found.change, found.better) == (Movement.NOT_COMPARABLE, None, None)


def test_cohorts_that_are_still_followed_are_named_as_such() -> None:
    followed = reading(50, "2026")
    assessment = Assessment(Status.NOT_ASSESSABLE, Reason.IMMATURE_COHORT)
    found = finding(assessment, followed, immature=(followed,))
    assert (found.movement, found.verdict) == (Movement.ONLY_IMMATURE, Verdict.NO_TARGET)


def test_a_hidden_value_that_would_be_judged_outweighs_cohorts_still_followed() -> None:
    hidden, followed = reading(period="2024", **HIDDEN), reading(50, "2026")
    assessment = Assessment(Status.NOT_ASSESSABLE, Reason.TOO_FEW, path=path())
    found = finding(assessment, hidden, followed, immature=(followed,))
    assert (found.movement, found.verdict) == (Movement.ONLY_HIDDEN, Verdict.WAITING)


def test_an_old_value_has_no_movement() -> None:
    old = reading(50, "2019")
    assessment = Assessment(Status.NOT_ASSESSABLE, Reason.MISSING, reading=old, path=path())
    found = finding(assessment, reading(40, "2018"), old)
    assert found == Finding(Movement.TOO_OLD, Verdict.WAITING)


def test_context_is_never_better_or_worse() -> None:
    found = finding(CONTEXT, reading(50, "2024"), reading(52, "2025"))
    assert found == Finding(Movement.RISING, Verdict.CONTEXT, change=2.0)


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        (Reason.NO_TARGET, Verdict.NO_TARGET),
        (Reason.NO_BASELINE, Verdict.NO_BASELINE),
        (Reason.SERIES_BREAK, Verdict.SERIES_BREAK),
        (Reason.BEING_DEFINED, Verdict.BEING_DEFINED),
        (Reason.TOO_FEW, Verdict.TOO_FEW),
        (Reason.MISSING, Verdict.WAITING),
        (Reason.IMMATURE_COHORT, Verdict.WAITING),
    ],
)
def test_every_reason_beside_a_value(reason: Reason, verdict: Verdict) -> None:
    found = finding(Assessment(Status.NOT_ASSESSABLE, reason, path=path()), reading(50, "2025"))
    assert (found.verdict, found.standing, found.distance) == (verdict, None, None)


@pytest.mark.parametrize("reason", [Reason.MISSING, Reason.TOO_FEW, Reason.IMMATURE_COHORT])
@pytest.mark.parametrize(("target", "verdict"), [(None, Verdict.NO_TARGET), (path(), Verdict.WAITING)])
def test_without_a_value_a_target_waits(reason: Reason, target: Any, verdict: Verdict) -> None:
    assert finding(Assessment(Status.NOT_ASSESSABLE, reason, path=target)).verdict is verdict


@pytest.mark.parametrize(
    ("status", "gap", "standing"),
    [
        (Status.ON_TRACK, 1.5, Standing.AHEAD),
        (Status.ON_TRACK, 0.04, Standing.LEVEL),
        (Status.ON_TRACK, -0.04, Standing.LEVEL),
        (Status.ON_TRACK, -0.5, Standing.BEHIND),
        (Status.TO_WATCH, -0.04, Standing.SLIGHTLY_BEHIND),
        (Status.OFF_TRACK, -8.0, Standing.BEHIND),
    ],
)
def test_the_value_against_its_path(status: Status, gap: float, standing: Standing) -> None:
    now = reading(50, "2025")
    found = finding(Assessment(status, reading=now, path=path(), gap=gap), now)
    assert (found.verdict.value, found.standing, found.distance) == (status.value, standing, abs(gap))


def test_a_level_that_was_reached_is_to_be_held() -> None:
    now = reading(57, "2025")
    notes = (Note.EQUAL_BASELINE,)
    found = finding(Assessment(Status.OFF_TRACK, reading=now, path=path(60, 60), gap=-3.0, notes=notes), now)
    assert (found.verdict, found.standing, found.distance) == (Verdict.OFF_TRACK, Standing.TO_HOLD, 3.0)


def test_a_value_that_moves_away_is_not_said_to_be_ahead() -> None:
    now = reading(54, "2025")
    notes = (Note.MOVING_AWAY,)
    found = finding(Assessment(Status.OFF_TRACK, reading=now, path=path(), gap=2.0, notes=notes), now)
    assert (found.verdict, found.standing, found.distance) == (Verdict.MOVING_AWAY, None, None)


@pytest.mark.parametrize(
    ("provisional", "status", "verdict"),
    [(False, Status.ATTAINED, Verdict.ATTAINED), (True, Status.ON_TRACK, Verdict.REACHED)],
)
def test_a_target_reached(provisional: bool, status: Status, verdict: Verdict) -> None:
    now = reading(61, "2025", provisional=provisional)
    found = finding(Assessment(status, reading=now, path=path(), gap=9.0), now)
    assert (found.verdict, found.standing, found.provisional) == (verdict, None, provisional)


@pytest.mark.parametrize(
    ("value", "gap", "standing"),
    [(52.0, 0.0, Standing.IN_BAND), (61.0, -1.0, Standing.ABOVE_BAND), (48.0, -2.0, Standing.BELOW_BAND)],
)
def test_the_value_against_a_band(value: float, gap: float, standing: Standing) -> None:
    now = reading(value, "2025")
    assessment = Assessment(Status.ON_TRACK, reading=now, path=path(band=(50, 60)), gap=gap)
    found = finding(assessment, now, polarity=Polarity.BAND)
    assert (found.verdict, found.standing, found.distance) == (Verdict.ON_TRACK, standing, abs(gap))


def test_an_estimate_is_said_to_be_one() -> None:
    assert finding(NO_TARGET, reading(50, "2025", estimated=True)).estimated


readings = st.lists(
    st.builds(
        lambda value, availability, provisional: (value, availability, provisional),
        st.floats(-100, 100),
        st.sampled_from(Availability),
        st.booleans(),
    ),
    max_size=6,
)
targets = st.one_of(
    st.none(),
    st.builds(
        path,
        st.one_of(st.none(), st.floats(-100, 100)),
        st.floats(-100, 100),
        decided_on=st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    ),
)


@given(
    readings,
    targets,
    st.sampled_from(Polarity),
    st.booleans(),
    st.booleans(),
    st.lists(st.dates(date(2019, 1, 1), date(2026, 12, 31)), max_size=2),
    st.integers(2021, 2027),
)
def test_every_assessment_has_a_finding_that_agrees_with_it(
    values: list[tuple[float, Availability, bool]],
    target: Any,
    polarity: Polarity,
    scored: bool,
    defined: bool,
    breaks: list[date],
    last: int,
) -> None:
    series = [
        Reading(
            Period.parse(str(last - len(values) + 1 + i)),
            value if availability is Availability.AVAILABLE else None,
            availability,
            provisional=provisional,
        )
        for i, (value, availability, provisional) in enumerate(values)
    ]
    if target is not None and polarity is Polarity.BAND:
        target = replace(target, target=Goal(target.target.due, low=target.target.value))
    assessment = evaluate_status(
        series,
        [target] if target else [],
        polarity=polarity,
        scored=scored,
        defined=defined,
        on=CUTOFF,
        breaks=breaks,
        stale_after_months=24,
    )
    found = finding(assessment, *series, polarity=polarity, breaks=tuple(breaks))
    assert (found.verdict is Verdict.CONTEXT) == (assessment.status is Status.CONTEXT)
    assert (found.standing is None) == (found.distance is None)
    if assessment.path is None:
        assert found.verdict in {Verdict.CONTEXT, Verdict.NO_TARGET, Verdict.BEING_DEFINED, Verdict.TOO_FEW}
    if found.verdict in STATES:
        assert found.verdict.value == assessment.status.value
        assert found.standing is not None
    if found.better is not None:
        assert found.change is not None
        assert found.verdict is not Verdict.CONTEXT
    if not any(r.availability is Availability.AVAILABLE for r in series):
        assert found.movement in {Movement.NONE_YET, Movement.ONLY_HIDDEN}
