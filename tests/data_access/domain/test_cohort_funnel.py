"""Cohort funnels: what cannot be is refused, rates are Wilson's, hidden numbers stay hidden."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from data_access.domain.cohort import Window
from data_access.domain.cohort_funnel import (
    ExitReason,
    Impossible,
    ImpossibleFunnel,
    Kind,
    Outcome,
    Stage,
    Unit,
    is_known,
)
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import (
    Caution,
    FunnelComparison,
    Gap,
    NotComparable,
    compare_funnels,
    standardised_gap,
)
from data_access.domain.funnel_flow import NoRate, Rate, StepKind, get_steps
from data_access.domain.funnel_tally import Tally, settle_counts
from data_access.domain.period import Period
from data_access.domain.standardisation import Standardised, standardise
from tests.data_access.domain.funnel_builders import (
    VINTAGE,
    absorption,
    chain,
    falling,
    funnel,
    outcomes,
    stage,
    true_tables,
)

HIDDEN, MISSING = Availability.HIDDEN, Availability.MISSING
RULE = SmallCellRule()


def refusal(stages: Sequence[Stage], **more: Any) -> tuple[Impossible, str]:
    with pytest.raises(ImpossibleFunnel) as caught:
        funnel(stages, **more)
    return caught.value.reason, caught.value.stage


# --- what cannot be ---


@given(falling)
def test_a_falling_chain_is_a_funnel(counts: list[int]) -> None:
    found = funnel(chain(counts))
    assert [s.count for s in found.path()] == counts
    assert pickle.loads(pickle.dumps(found)) == found  # caches keep it as bytes


@given(falling, st.data())
def test_a_stage_larger_than_the_one_before_is_refused(counts: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(counts) - 1))
    counts[at] = counts[at - 1] + data.draw(st.integers(1, 9))
    stages = [stage(f"X{n}", count, 0) for n, count in enumerate(counts, 1)]
    before = [
        replace(s, outcomes=outcomes(c, pending=s.count - c)) if c <= s.count else s  # type: ignore[operator]
        for s, c in zip(stages, [*counts[1:], 0], strict=True)
    ]
    assert refusal(before) == (Impossible.LARGER_THAN_BEFORE, f"X{at + 1}")


@given(falling, st.sampled_from(list(Outcome)), st.integers(1, 9))
def test_outcomes_that_do_not_sum_are_refused(counts: list[int], outcome: Outcome, more: int) -> None:
    first = chain(counts)[0]
    with pytest.raises(ImpossibleFunnel) as caught:
        replace(first, outcomes={**first.outcomes, outcome: first.outcomes[outcome] + more})  # type: ignore[operator]
    assert (caught.value.reason, caught.value.stage) == (Impossible.OUTCOMES_DO_NOT_SUM, "X1")


@given(st.sampled_from(list(Outcome)), st.integers(1, 9))
def test_negative_counts_are_refused_even_where_the_sum_is_right(outcome: Outcome, less: int) -> None:
    parts = dict.fromkeys(Outcome, 0)
    other = Outcome.PENDING if outcome is not Outcome.PENDING else Outcome.NEXT
    parts |= {outcome: -less, other: 10 + less}
    with pytest.raises(ImpossibleFunnel) as caught:
        stage("X1", 10, 0, outcomes=parts)
    assert caught.value.reason is Impossible.NEGATIVE


@given(falling, st.data())
def test_two_units_in_one_funnel_are_refused(counts: list[int], data: st.DataObject) -> None:
    stages = list(chain(counts))
    at = data.draw(st.integers(0, len(stages) - 1))
    stages[at] = replace(stages[at], unit=Unit.INVITATION)
    assert refusal(stages) == (Impossible.UNITS_MIXED, f"X{at + 1}")


def test_a_nested_stage_holds_exactly_those_whom_the_one_before_passed_on() -> None:
    assert refusal([stage("X1", 100, 60), stage("X2", 50, 0)]) == (Impossible.NOT_WHO_PASSED, "X2")
    assert refusal([stage("X1", 100, 40), stage("X2", 50, 0)]) == (Impossible.NOT_WHO_PASSED, "X2")


def test_the_entry_stage_must_be_there_and_first() -> None:
    assert refusal([]) == (Impossible.ENTRY_MISSING, "")
    assert refusal(chain([10, 5]), entry="X2") == (Impossible.ENTRY_MISSING, "")


def test_a_stage_stands_once() -> None:
    assert refusal([stage("X1", 9, 9), stage("X1", 9, 0)]) == (Impossible.STAGE_TWICE, "X1")


def test_every_outcome_is_told() -> None:
    with pytest.raises(ImpossibleFunnel) as caught:
        stage("X1", 9, 0, outcomes={Outcome.NEXT: 9})
    assert caught.value.reason is Impossible.OUTCOME_MISSING


def test_reasons_of_exit_sum_to_the_other_exits() -> None:
    parts = outcomes(other=9)
    right = {ExitReason.PENSION: 4, ExitReason.EXCLUSION_2026: 5}
    assert stage("X1", 9, 0, outcomes=parts, exits=right).exits == right
    assert stage("X1", 9, 0, outcomes=parts, exits={ExitReason.PENSION: 4, ExitReason.MOVED: HIDDEN})
    with pytest.raises(ImpossibleFunnel) as caught:
        stage("X1", 9, 0, outcomes=parts, exits={ExitReason.PENSION: 4})
    assert caught.value.reason is Impossible.REASONS_DO_NOT_SUM


@pytest.mark.parametrize(
    ("count", "within", "reason"),
    [
        (120, "X1", Impossible.LARGER_THAN_HOLDER),
        (90, None, Impossible.HOLDER_UNKNOWN),
        (90, "X9", Impossible.HOLDER_UNKNOWN),
        (90, "X3", Impossible.HOLDER_UNKNOWN),
        (30, "X1", Impossible.FEWER_THAN_PASSED),
    ],
)
def test_a_stage_that_is_not_nested_stays_within_its_holder(
    count: int, within: str | None, reason: Impossible
) -> None:
    last = stage("X3", count, 0, nested=False, within=within)
    assert refusal([stage("X1", 100, 50), stage("X2", 50, 40), last]) == (reason, "X3")


def test_a_stage_that_is_not_nested_may_be_larger_than_the_one_before() -> None:
    """F-SI: ninety applied, forty of them among the fifty who attended (§3.4)."""
    third = stage("S3", 90, 30, nested=False, within="S1")
    found = funnel([stage("S1", 200, 50), stage("S2", 50, 40), third, stage("S4", 30, 0)])
    steps = {step.stage: step for step in get_steps(found)}
    assert (steps["S3"].kind, steps["S3"].base, steps["S3"].beside) == (StepKind.DETOUR, "S1", 50)
    assert isinstance(steps["S3"].rate, Rate)
    assert (steps["S3"].rate.numerator, steps["S3"].rate.denominator) == (90, 200)
    assert [s.code for s in found.path()] == ["S1", "S3", "S4"]


# --- rates ---


@given(falling)
def test_step_and_cumulative_rates_as_statsmodels_has_them(counts: list[int]) -> None:
    everything = SmallCellRule(1, 1, 1, 1)
    for n, step in enumerate(get_steps(funnel(chain(counts)), everything), 1):
        for rate, bottom in ((step.rate, counts[n - 1]), (step.cumulative, counts[0])):
            if bottom == 0:
                assert rate is NoRate.NOBODY
                continue
            assert isinstance(rate, Rate)
            assert rate.share == counts[n] / bottom
            limits = proportion_confint(counts[n], bottom, method="wilson")
            assert (rate.low, rate.high) == pytest.approx(limits, abs=1e-7)


def test_the_absorption_funnel_by_hand() -> None:
    found = absorption(a1=1000, a6=400, a7=150, direct=80, passed=60, a9=70)
    steps = {step.stage: step for step in get_steps(found)}
    shares = {code: s.rate.share for code, s in steps.items() if isinstance(s.rate, Rate)}
    assert shares == {"A6": 0.4, "A7": 0.375, "A8": 140 / 400, "A9": 0.5}
    assert steps["A7"].kind is StepKind.BRANCH
    assert steps["A8"].beside == 80  # those whom A6 sent straight to a job
    assert isinstance(steps["A9"].cumulative, Rate)
    assert steps["A9"].cumulative.share == 0.07


def test_a_hidden_stage_takes_the_steps_around_it_away_and_no_other() -> None:
    stages = [
        stage("X1", 100, 0, outcomes=outcomes(HIDDEN, HIDDEN, pending=60)),
        stage("X2", HIDDEN, 0, outcomes=outcomes(HIDDEN, HIDDEN)),
        stage("X3", HIDDEN, 0, outcomes=outcomes(50, pending=HIDDEN)),
        stage("X4", 50, 0),
    ]
    steps = get_steps(funnel(stages))
    assert [step.rate for step in steps] == [NoRate.HIDDEN] * 3
    assert isinstance(steps[-1].cumulative, Rate)  # 50 of 100: both are known


def test_hidden_missing_nobody_and_too_few_are_four_things() -> None:
    def rate(first: int, second: Any) -> Rate | NoRate:
        passed = second if is_known(second) else HIDDEN
        rest = first - second if is_known(second) else HIDDEN
        one = stage("X1", first, 0, outcomes=outcomes(passed, pending=rest))
        parts = outcomes(pending=second)
        return get_steps(funnel([one, stage("X2", second, 0, outcomes=parts)]))[0].rate

    assert rate(100, HIDDEN) is NoRate.HIDDEN
    assert rate(100, MISSING) is NoRate.MISSING
    assert rate(0, 0) is NoRate.NOBODY
    assert rate(29, 10) is NoRate.TOO_FEW
    assert rate(100, 2) is NoRate.HIDDEN  # two went on
    assert rate(100, 98) is NoRate.HIDDEN  # two did not
    zero = rate(100, 0)
    assert isinstance(zero, Rate)
    assert zero.share == 0


# --- hidden counts stay hidden ---


def consistent(seen: Sequence[Tally], true: Sequence[dict[Outcome, int]]) -> list[set[int]]:
    """For each hidden outcome of one stage, all values that the shown numbers allow (small counts only)."""
    (tally,) = seen
    hidden = [o for o in Outcome if not is_known(tally.outcomes[o])]
    known = sum(n for n in tally.outcomes.values() if is_known(n))
    top = sum(true[0].values())
    possible: list[set[int]] = [set() for _ in hidden]
    for values in product(range(top + 1), repeat=len(hidden)):
        if not is_known(tally.count) or known + sum(values) == tally.count:
            for place, value in zip(possible, values, strict=True):
                place.add(value)
    return possible


def hide(table: dict[Outcome, int]) -> dict[Outcome, Any]:
    """What SQL hides: one to three."""
    return {o: HIDDEN if 0 < n < RULE.min_count else n for o, n in table.items()}


@given(st.lists(st.integers(0, 7), min_size=5, max_size=5))
def test_no_hidden_outcome_can_be_worked_out_by_trying_every_number(parts: list[int]) -> None:
    true = dict(zip(Outcome, parts, strict=True))
    total = sum(parts)
    shown = HIDDEN if 0 < total < RULE.min_count else total
    seen = settle_counts([Tally("X1", hide(true), count=shown)], RULE)
    hidden = [o for o in Outcome if not is_known(seen[0].outcomes[o])]
    for outcome, possible in zip(hidden, consistent(seen, [true]), strict=True):
        assert true[outcome] in possible
        assert len(possible) > 1


@given(true_tables())
def test_settled_stages_make_a_funnel_and_tell_the_truth(tables: list[dict[Outcome, int]]) -> None:
    tallies = [Tally(f"X{n}", hide(table)) for n, table in enumerate(tables, 1)]
    settled = settle_counts(tallies, RULE)
    for tally, table in zip(settled, tables, strict=True):
        assert not is_known(tally.count) or tally.count == sum(table.values())
        assert all(not is_known(n) or n == table[o] for o, n in tally.outcomes.items())
        gone = [o for o, n in tally.outcomes.items() if n is HIDDEN]
        if is_known(tally.count) and gone:
            assert len(gone) > 1
            assert sum(table[o] for o in gone) >= RULE.min_count
        if tally.count is HIDDEN and any(table.values()):
            assert gone  # else the sum of the outcomes would tell it
    for before, after in pairwise(settled):
        assert (before.outcomes[Outcome.NEXT] is HIDDEN) == (after.count is HIDDEN)
    funnel([stage(t.code, t.count, 0, outcomes=t.outcomes) for t in settled if t.count is not None])


@given(true_tables())
def test_where_nothing_is_small_nothing_is_hidden(tables: list[dict[Outcome, int]]) -> None:
    large = [{o: n * 4 for o, n in table.items()} for table in tables]
    settled = settle_counts([Tally(f"X{n}", hide(table)) for n, table in enumerate(large, 1)], RULE)
    assert [t.count for t in settled] == [sum(table.values()) for table in large]
    assert [dict(t.outcomes) for t in settled] == large


def test_a_missing_outcome_is_not_zero() -> None:
    (settled,) = settle_counts([Tally("X1", outcomes(10, MISSING, pending=5))], RULE)
    assert settled.count is MISSING


# --- two groups ---


def pair(**more: Any) -> FunnelComparison | NotComparable:
    one = funnel(chain([500, 200, 90]), group={"SEX": "F"})
    return compare_funnels(one, funnel(chain([400, 200, 60]), **{"group": {"SEX": "M"}, **more}), VINTAGE)


def test_gaps_are_differences_with_newcombes_interval() -> None:
    found = pair()
    assert isinstance(found, FunnelComparison)
    first, second = found.gaps
    assert isinstance(first.rate, Gap)
    assert first.rate.value == pytest.approx(-0.1)
    # By hand: Wilson of 200/500 is 0.357979-0.443546, of 200/400 0.451235-0.548765, so that the limits are
    # -0.1 - √(0.042021² + 0.048765²) and -0.1 + √(0.043546² + 0.048765²).
    assert (first.rate.low, first.rate.high) == pytest.approx((-0.164372, -0.034622), abs=2e-6)
    assert first.rate.significant
    assert isinstance(second.cumulative, Gap)
    assert second.cumulative.value == pytest.approx(90 / 500 - 60 / 400)
    assert not second.cumulative.significant
    assert found.cautions == frozenset()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"kind": Kind.STOCK}, NotComparable.OTHER_KIND),
        ({"window": Window(24, 0)}, NotComparable.OTHER_WINDOW),
        ({"window": Window(12, 1)}, NotComparable.OTHER_WINDOW),
        ({"code": "F-Y"}, NotComparable.OTHER_FUNNEL),
        ({"cohort": Period.parse("2025-Q4")}, NotComparable.PARTIAL),
        ({"cohort": Period.parse("2026-Q2")}, NotComparable.IMMATURE),
    ],
)
def test_what_does_not_compare_is_refused(more: dict[str, Any], reason: NotComparable) -> None:
    assert pair(**more) is reason


def test_two_units_or_two_windows_of_a_stage_do_not_compare() -> None:
    one = funnel(chain([500, 200]))
    spells = funnel(chain([500, 200], unit=Unit.SPELL), unit=Unit.SPELL)
    assert compare_funnels(one, spells, VINTAGE) is NotComparable.OTHER_UNIT
    slower = funnel(chain([500, 200], window=Window(6, 0)))
    assert compare_funnels(one, slower, VINTAGE) is NotComparable.OTHER_WINDOW


def test_only_the_stage_that_needs_longer_waits() -> None:
    stages = [*chain([500, 200])[:1], stage("X2", 200, 60), stage("X3", 60, 0, window=Window(24, 0))]
    one = funnel(stages, cohort=Period.parse("2025-Q1"), group={"SEX": "F"})
    other = replace(one, group={"SEX": "M"})
    found = compare_funnels(one, other, VINTAGE)
    assert isinstance(found, FunnelComparison)
    assert isinstance(found.gaps[0].rate, Gap)
    assert (found.gaps[1].rate, found.gaps[1].cumulative) == (NotComparable.IMMATURE,) * 2


def test_a_hidden_step_is_not_compared() -> None:
    hidden = [
        stage("X1", 100, 0, outcomes=outcomes(HIDDEN, HIDDEN, pending=60)),
        stage("X2", HIDDEN, 0, outcomes=outcomes(HIDDEN, HIDDEN)),
    ]
    one = funnel(chain([500, 200]), group={"SEX": "F"})
    found = compare_funnels(one, funnel(hidden, group={"SEX": "M"}), VINTAGE)
    assert isinstance(found, FunnelComparison)
    assert found.gaps[0].rate is NotComparable.HIDDEN


def test_treated_against_untreated_is_not_causal() -> None:
    one = funnel(chain([500, 200]), group={"AUDIENCE": "AT_RISK"})
    other = funnel(chain([500, 200]), group={"AUDIENCE": "NOT_AT_RISK"})
    found = compare_funnels(one, other, VINTAGE)
    assert isinstance(found, FunnelComparison)
    assert found.cautions == {Caution.NOT_CAUSAL}


def test_other_periods_and_overlapping_groups_are_said() -> None:
    whole, women = funnel(chain([500, 200])), funnel(chain([300, 100]), group={"SEX": "F"})
    found = compare_funnels(women, whole, VINTAGE)
    assert isinstance(found, FunnelComparison)
    assert found.cautions == {Caution.OVERLAPPING}
    later = funnel(chain([300, 100]), cohort=Period.parse("2025-Q2"))
    found = compare_funnels(whole, later, VINTAGE, break_day=VINTAGE.replace(month=1, day=1))
    assert isinstance(found, FunnelComparison)
    assert found.cautions == {Caution.OTHER_PERIOD, Caution.OTHER_REFORM_EXPOSURE}


def test_publics_may_share_people_and_operators_may_count_differently() -> None:
    one = funnel(chain([500, 200]), group={"OPERATOR": "BF", "AUDIENCE": "PP1"})
    other = funnel(chain([500, 200]), group={"OPERATOR": "VDAB", "AUDIENCE": "PP3"})
    found = compare_funnels(one, other, VINTAGE)
    assert isinstance(found, FunnelComparison)
    assert found.cautions == {Caution.PUBLICS_OVERLAP, Caution.OTHER_OPERATOR}


def test_a_standardised_gap_of_one_stratum_is_newcombes() -> None:
    """Weighing one stratum changes nothing: 56 of 70 against 48 of 80, Newcombe (1998), table II (a)."""
    a, b = (standardise({"": counts}, {"": 1.0}) for counts in ((56.0, 70.0), (48.0, 80.0)))
    assert isinstance(a, Standardised)
    assert isinstance(b, Standardised)
    found = standardised_gap(a, b)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.significant


def test_equal_rates_by_age_leave_no_gap() -> None:
    """20 % of the young and 60 % of the old, in both groups: only their ages differ."""
    young, old = (18.0, 90.0), (6.0, 10.0)
    one = standardise({"young": young, "old": old}, {"young": 100.0, "old": 100.0})
    other = standardise({"young": (2.0, 10.0), "old": (54.0, 90.0)}, {"young": 100.0, "old": 100.0})
    assert isinstance(one, Standardised)
    assert isinstance(other, Standardised)
    assert one.value == pytest.approx(0.4), "24 % raw"
    assert standardised_gap(one, other).value == pytest.approx(0.0), "raw, 32 points"
    assert not standardised_gap(one, other).significant
