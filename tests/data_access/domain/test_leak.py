"""The largest leak, against the whole funnel recomputed with one rate raised by a point."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort import Window
from data_access.domain.cohort_funnel import CohortFunnel
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.leak import Assumption, NoGain, find_leaks
from data_access.domain.period import Period
from tests.data_access.domain.funnel_builders import (
    VINTAGE,
    absorption,
    chain,
    falling,
    funnel,
    outcomes,
    stage,
)

EVERYTHING = SmallCellRule(1, 1, 1, 1)
HIDDEN = Availability.HIDDEN


def gains(found: CohortFunnel) -> dict[str, float | NoGain]:
    return {leak.stage: leak.gain for leak in find_leaks(found, VINTAGE, EVERYTHING).steps}


def raised(counts: list[int], step: int) -> float:
    """Walk the whole funnel again, in fractions of persons, with the rate of one step a point higher."""
    people = [Fraction(counts[0])]
    for n in range(1, len(counts)):
        rate = Fraction(counts[n], counts[n - 1]) + (Fraction(1, 100) if n == step else 0)
        people.append(people[-1] * rate)
    return float(people[-1] - counts[-1])


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=7).map(lambda n: sorted(n, reverse=True)))
def test_gains_are_those_of_the_funnel_recomputed(counts: list[int]) -> None:
    found = gains(funnel(chain(counts)))
    for n in range(1, len(counts)):
        gain = found[f"X{n + 1}"]
        if counts[n] / counts[n - 1] > 0.99:
            assert gain is NoGain.CEILING
        else:
            assert gain == pytest.approx(raised(counts, n))


@given(falling)
def test_the_largest_is_the_largest_with_every_tie(counts: list[int]) -> None:
    found = find_leaks(funnel(chain(counts)), VINTAGE, EVERYTHING)
    numbers = {leak.stage: leak.gain for leak in found.steps if not isinstance(leak.gain, NoGain)}
    most = max(numbers.values(), default=0.0)
    assert set(found.largest) >= {s for s, gain in numbers.items() if gain == most > 0}
    assert all(numbers[s] == pytest.approx(most) for s in found.largest)


def test_by_hand() -> None:
    # 1000 → 500 → 100 → 50: 0.01·1000·0.2·0.5 = 1, 0.01·500·0.5 = 2.5, 0.01·100 = 1.
    found = find_leaks(funnel(chain([1000, 500, 100, 50])), VINTAGE)
    assert [leak.gain for leak in found.steps] == [1.0, 2.5, 1.0]
    assert found.largest == ("X3",)
    assert Assumption.LATER_RATES_HOLD in found.assumptions
    assert Assumption.BRANCH_SHARES_HOLD not in found.assumptions


def test_a_tie_names_both() -> None:
    # 0.01·1000·0.5 = 5 and 0.01·500 = 5.
    assert find_leaks(funnel(chain([1000, 500, 250])), VINTAGE).largest == ("X2", "X3")


def test_nobody_is_not_zero() -> None:
    # Nobody goes on from X2: raising that is worth 0.01·400 times a rate that nobody has shown.
    found = gains(funnel(chain([1000, 400, 0, 0])))
    assert found == {"X2": NoGain.NOBODY, "X3": NoGain.NOBODY, "X4": NoGain.NOBODY}
    # At the last step the rate is zero and can rise; before it, nothing brings anybody through.
    found = gains(funnel(chain([1000, 400, 0])))
    assert found == {"X2": 0.0, "X3": 4.0}


def test_a_branch_and_a_stage_that_is_not_nested() -> None:
    """1000 → 400 (A6) → 140 in a job (A8, 60 by way of the branch A7) → 70: the way is A1, A6, A8, A9."""
    found = find_leaks(absorption(a1=1000, a6=400, a7=150, direct=80, passed=60, a9=70), VINTAGE)
    assert {leak.stage: leak.gain for leak in found.steps} == {
        "A6": pytest.approx(10 * 140 / 400 * 0.5),
        "A7": NoGain.SPLIT,
        "A8": pytest.approx(4 * 0.5),
        "A9": pytest.approx(1.4),
    }
    assert found.largest == ("A8",)
    assert Assumption.DETOURS_COUNTED_WHOLE in found.assumptions


def test_attending_is_aside_where_one_may_apply_without() -> None:
    third = stage("S3", 90, 30, nested=False, within="S1")
    found = funnel([stage("S1", 200, 50), stage("S2", 50, 40), third, stage("S4", 30, 0)])
    assert gains(found) == {"S2": NoGain.ASIDE, "S3": pytest.approx(2 * 30 / 90), "S4": pytest.approx(0.9)}


def test_a_branch_on_the_way_keeps_its_share_and_is_said() -> None:
    stages = [stage("P2", 1000, 400), stage("P3", 400, 200, split=True), stage("P4", 200, 0)]
    found = find_leaks(funnel(stages), VINTAGE)
    assert [leak.gain for leak in found.steps] == [NoGain.SPLIT, 4.0]
    assert {Assumption.BRANCH_SHARES_HOLD, Assumption.OTHER_BRANCH_NOT_COUNTED} <= found.assumptions


def test_what_is_hidden_few_or_still_waiting_has_no_gain() -> None:
    hidden = funnel(
        [
            stage("X1", 100, 0, outcomes=outcomes(HIDDEN, HIDDEN, pending=60)),
            stage("X2", HIDDEN, 0, outcomes=outcomes(HIDDEN, HIDDEN)),
        ]
    )
    assert find_leaks(hidden, VINTAGE).steps[0].gain is NoGain.HIDDEN
    few = find_leaks(funnel(chain([1000, 20, 10])), VINTAGE)
    assert [leak.gain for leak in few.steps] == [NoGain.TOO_FEW, NoGain.TOO_FEW]
    waiting = funnel(
        [stage("X1", 900, 300), stage("X2", 300, 100), stage("X3", 100, 0, window=Window(24, 0))],
        cohort=Period.parse("2025-Q1"),
    )
    found = find_leaks(waiting, VINTAGE)
    assert [leak.gain for leak in found.steps] == [NoGain.NOT_MATURE, NoGain.NOT_MATURE]
    assert found.largest == ()
