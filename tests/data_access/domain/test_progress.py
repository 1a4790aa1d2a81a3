"""The five methods together: who speaks when, what breaks and polarity do to all of them."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort import Window
from data_access.domain.confidentiality import Availability
from data_access.domain.polarity import Polarity
from data_access.domain.progress import Band, CrossCheck, Method, Refusal, Term, cross_checks
from data_access.domain.status import evaluate_status
from data_access.domain.target import TargetPath
from tests.data_access.domain.builders import CUTOFF, path, reading
from tests.data_access.domain.methods.cases import HIGHER, LOWER, OPPOSITE, told, years

RISING = (40.0, 44.0, 48.0, 52.0, 56.0)


def test_the_checks_come_in_the_order_of_the_methods() -> None:
    assert list(told(*RISING)) == list(Method)


@pytest.mark.parametrize(
    ("values", "more", "refusal"),
    [
        (RISING, {"polarity": Polarity.NEUTRAL}, Refusal.NEUTRAL),
        (RISING, {"scored": False}, Refusal.CONTEXT),
        (RISING, {"defined": False}, Refusal.BEING_DEFINED),
        ((), {}, Refusal.NO_VALUE),
        (RISING, {"last": 2022, "stale_after_months": 24}, Refusal.NO_VALUE),
        (RISING, {"breaks": [date(2024, 1, 1)]}, Refusal.SERIES_BREAK),
        (RISING, {"polarity": Polarity.BAND, "target": None}, Refusal.NO_TARGET),
    ],
)
def test_where_the_data_or_the_definition_forbid_no_method_speaks(
    values: tuple[float, ...], more: dict[str, Any], refusal: Refusal
) -> None:
    checks = told(*values, **more).values()
    assert {(c.band, c.value, c.refusal) for c in checks} == {(None, None, refusal)}


def test_neither_hidden_nor_immature_values_are_judged() -> None:
    hidden = [*years(*RISING, last=2024), reading(None, "2025", availability=Availability.HIDDEN)]
    found = evaluate_status(hidden, [path()], polarity=HIGHER, scored=True, on=CUTOFF)
    assert {c.refusal for c in cross_checks(hidden, found, polarity=HIGHER)} == {Refusal.NO_VALUE}
    young = told(50, window=Window(12, 3))
    assert {c.refusal for c in young.values()} == {Refusal.NO_VALUE}


def test_a_break_that_the_target_knew_stops_the_trends_and_not_the_shares() -> None:
    """Decided in 2025 after the break of 2024, from a baseline of 2022: the house judges, and the methods
    that need a baseline with it; the two years since the break are too few for a trend."""
    rebased = path(decided_on=date(2025, 3, 1))
    checks = told(*RISING, target=rebased, breaks=[date(2024, 1, 1)])
    assert checks[Method.LINEAR_SHARE].refusal is None
    assert checks[Method.CAGR_RATIO].refusal is None
    assert checks[Method.UN_RATIO].refusal is None
    assert checks[Method.WEATHER].refusal is Refusal.TOO_FEW_POINTS
    assert checks[Method.BFP].refusal is Refusal.TOO_FEW_POINTS


def test_without_a_target_the_linear_share_alone_is_silent() -> None:
    checks = told(*RISING, target=None)
    assert checks[Method.LINEAR_SHARE].refusal is Refusal.NO_TARGET
    assert all(check.refusal is None for check in checks.values() if check.method is not Method.LINEAR_SHARE)


def test_the_same_quarter_of_each_year_makes_the_trend() -> None:
    """A summer quarter far below the others does not bend the line of the third quarters."""
    third = [reading(v, f"{2021 + i}-Q3") for i, v in enumerate((30, 35, 40, 45, 50))]
    second = [reading(5, f"{2021 + i}-Q2") for i in range(5)]
    series = sorted([*third, *second], key=lambda r: r.period)
    found = evaluate_status(series, [path()], polarity=HIGHER, scored=True, on=CUTOFF)
    check = cross_checks(series, found, polarity=HIGHER)[4]
    assert check.term(Term.SLOPE) == pytest.approx(5)


def test_a_check_can_be_cached() -> None:
    for check in told(*RISING).values():
        assert pickle.loads(pickle.dumps(check)) == check
        assert isinstance(hash(check), int)


def test_every_term_is_named_once() -> None:
    for checks in (told(*RISING), told(*RISING, target=None, limit=100)):
        for check in checks.values():
            names = [name for name, _ in check.terms]
            assert len(names) == len(set(names))


def test_a_term_that_a_formula_does_not_have_is_none() -> None:
    assert told(*RISING)[Method.LINEAR_SHARE].term(Term.SLOPE) is None


numbers = st.integers(-500, 500).map(lambda n: n / 10)
series = st.lists(numbers, min_size=1, max_size=8)
directions = st.sampled_from([HIGHER, LOWER])


def verdicts(checks: dict[Method, CrossCheck]) -> list[tuple[Band | None, Refusal | None]]:
    return [(check.band, check.refusal) for check in checks.values()]


@given(series, numbers, numbers, directions)
def test_mirrored_data_with_the_polarity_reversed_have_the_same_verdicts(
    values: list[float], start: float, end: float, polarity: Polarity
) -> None:
    own = told(*values, target=path(start, end), polarity=polarity)
    mirrored = told(*(-v for v in values), target=path(-start, -end), polarity=OPPOSITE[polarity])
    assert verdicts(mirrored) == verdicts(own)


@given(series, directions)
def test_and_so_they_have_without_a_target(values: list[float], polarity: Polarity) -> None:
    own = told(*values, target=None, polarity=polarity)
    mirrored = told(*(-v for v in values), target=None, polarity=OPPOSITE[polarity])
    assert verdicts(mirrored) == verdicts(own)


@given(series, numbers, numbers, directions, st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_unit_changes_no_verdict(
    values: list[float], start: float, end: float, polarity: Polarity, scale: float
) -> None:
    """Powers of two, so that no rounding stands between the two at a cut-off."""
    own = told(*values, target=path(start, end), polarity=polarity)
    scaled = told(*(scale * v for v in values), target=path(scale * start, scale * end), polarity=polarity)
    assert verdicts(scaled) == verdicts(own)


@st.composite
def targets(draw: st.DrawFn) -> TargetPath | None:
    start = draw(st.one_of(st.none(), numbers))
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    kind = draw(st.sampled_from(["none", "value", "band", "floor", "ceiling"]))
    bands = {"band": (low, high), "floor": (low, None), "ceiling": (None, high)}
    if kind == "none":
        return None
    return path(start, high, band=bands.get(kind), decided_on=draw(st.dates(CUTOFF.replace(2022), CUTOFF)))


@given(
    st.lists(st.one_of(st.none(), numbers), max_size=9),
    targets(),
    st.sampled_from(Polarity),
    st.lists(st.dates(date(2018, 1, 1), CUTOFF), max_size=2),
    st.sampled_from([None, 50.0, 100.0]),
)
def test_whatever_comes_each_method_has_a_band_or_a_refusal(
    values: list[float | None],
    target: TargetPath | None,
    polarity: Polarity,
    breaks: list[date],
    limit: float | None,
) -> None:
    is_band = target is not None and target.target.value is None
    if is_band != (polarity is Polarity.BAND) and target is not None:
        return
    checks = told(*values, target=target, polarity=polarity, breaks=breaks, limit=limit)
    for check in checks.values():
        assert (check.band is None) == (check.refusal is not None)
        if check.refusal is not None:
            assert check.value is None
