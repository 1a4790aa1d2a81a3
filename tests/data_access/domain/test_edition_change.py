"""The published difference is what it is made of; expected parts are computed by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.edition_change import (
    Cause,
    RevisionRecord,
    Seen,
    compare_editions,
    is_late,
    summarise_revisions,
    weight,
)
from data_access.domain.period import Period

Q1, Q2 = Period.parse("2026-Q1"), Period.parse("2026-Q2")
SEEN = Seen(Q1, 61.9, "on_track", "", (70.0, None, None, "2027-12-31"), "d1", "m1")
NUMBER = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))


def test_a_new_period_over_a_revised_past() -> None:
    """61.9 was published; it is 62.3 now; the new quarter is 63.0: +1.1 = +0.7 real +0.4 revision."""
    found = compare_editions(SEEN, replace(SEEN, period=Q2, value=63.0), 62.3, late=False)
    assert (found.published, found.real, found.revision, found.definition) == (
        Decimal("1.1"),
        Decimal("0.7"),
        Decimal("0.4"),
        Decimal("0"),
    )
    assert found.causes == (Cause.REVISION, Cause.NEW_PERIOD)


def test_with_another_definition_the_rewritten_past_is_the_definitions() -> None:
    found = compare_editions(SEEN, replace(SEEN, period=Q2, value=58.0, definition="d2"), 57.5, late=False)
    assert (found.published, found.real, found.revision, found.definition) == (
        Decimal("-3.9"),
        Decimal("0.5"),
        Decimal("0"),
        Decimal("-4.4"),
    )
    assert found.causes == (Cause.DEFINITION, Cause.NEW_PERIOD)


def test_nothing_is_split_where_the_older_period_can_no_longer_be_read() -> None:
    found = compare_editions(SEEN, replace(SEEN, period=Q2, value=63.0), None, late=False)
    assert found.published == Decimal("1.1")
    assert (found.real, found.revision, found.definition) == (None, None, None)


def test_the_same_is_no_change() -> None:
    found = compare_editions(SEEN, SEEN, 61.9, late=False)
    assert found.causes == ()
    assert not found.state_changed


def test_every_other_cause_is_named() -> None:
    empty = replace(SEEN, value=None)
    cases = {
        Cause.TARGET: (SEEN, replace(SEEN, goal=(72.0, None, None, "2027-12-31"))),
        Cause.NEW: (empty, SEEN),
        Cause.GONE: (SEEN, empty),
        Cause.METHOD: (SEEN, replace(SEEN, method="m2", state="to_watch")),
    }
    for cause, (before, after) in cases.items():
        assert compare_editions(before, after, before.value, late=False).causes == (cause,)
    assert compare_editions(SEEN, SEEN, 61.9, late=True).causes == (Cause.LATE,)
    unmoved = compare_editions(SEEN, replace(SEEN, method="m2"), 61.9, late=False)
    assert unmoved.causes == (), "another method that changes no state is nothing to report"


@given(before=NUMBER, after=NUMBER, past=NUMBER, redefined=st.booleans())
def test_the_three_parts_add_up_exactly(before: float, after: float, past: float, redefined: bool) -> None:
    old = replace(SEEN, value=before)
    new = replace(SEEN, period=Q2, value=after, definition="d2" if redefined else "d1")
    found = compare_editions(old, new, past, late=False)
    assert found.real is not None
    assert found.revision is not None
    assert found.definition is not None
    assert found.real + found.revision + found.definition == found.published
    assert found.published == Decimal(repr(after)) - Decimal(repr(before))
    assert 0 in (found.revision, found.definition)


def test_a_period_is_late_a_whole_period_after_its_usual_lag() -> None:
    """The first quarter came 60 days after its end; the second lasts 91 days: it is due after 151."""
    assert not is_late((Q1, 60), (Q1, 150))
    assert is_late((Q1, 60), (Q1, 151))
    assert not is_late((Q1, 60), (Q2, 300)), "there is a newer one"
    assert not is_late(None, (Q1, 300))


def test_a_fall_weighs_more_than_a_rise_and_both_more_than_a_larger_number() -> None:
    ranks = {"attained": 4, "on_track": 3, "to_watch": 2, "off_track": 1}
    fall = compare_editions(SEEN, replace(SEEN, state="off_track"), 61.9, late=False)
    rise = compare_editions(SEEN, replace(SEEN, state="attained"), 61.9, late=False)
    large = compare_editions(SEEN, replace(SEEN, period=Q2, value=99.0), 61.9, late=False)
    small = compare_editions(SEEN, replace(SEEN, period=Q2, value=62.0), 61.9, late=False)
    given = [small, large, rise, fall]
    assert sorted(given, key=lambda c: weight(c, ranks), reverse=True) == [fall, rise, large, small]


def test_the_first_release_is_compared_with_the_last() -> None:
    """+0.4, −0.2 and 0 over three periods: mean +0.0667, mean absolute 0.2; one vintage is no revision."""
    vintages = {
        Period.parse("2025-Q1"): [50.0, 50.1, 50.4],
        Period.parse("2025-Q2"): [51.0, 50.8],
        Period.parse("2025-Q3"): [52.0, 52.0],
        Period.parse("2025-Q4"): [53.0],
    }
    found = summarise_revisions(vintages)
    assert found is not None
    assert found.periods == 3
    assert abs(found.mean - 0.2 / 3) < 1e-12
    assert abs(found.mean_absolute - 0.2) < 1e-12
    assert summarise_revisions({Q1: [1.0]}) is None
    assert summarise_revisions({Q1: [1.0, 1.0]}) == RevisionRecord(1, 0.0, 0.0)


def test_other_rules_are_a_cause_only_where_they_judge_the_same_data_otherwise() -> None:
    """A digest differs after any change of the sources: only another state of the same data counts."""
    before = replace(SEEN, rejudged="on_track")
    after = replace(SEEN, state="to_watch", method="m2", rejudged="to_watch")
    assert Cause.METHOD not in compare_editions(before, after, 61.9, late=False).causes
    judged = replace(before, rejudged="to_watch")
    assert Cause.METHOD in compare_editions(judged, after, 61.9, late=False).causes
    assert Cause.METHOD in compare_editions(SEEN, replace(after, rejudged=""), 61.9, late=False).causes
    assert Cause.METHOD not in compare_editions(judged, replace(after, method="m1"), 61.9, late=False).causes
