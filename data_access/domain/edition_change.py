"""What changed between two editions, split by cause.

The published difference of an indicator is that of two numbers which two meetings saw. Part of it is real
(the newer number against the older period *as it is known now*), the rest is the past that was rewritten: a
revision or, where the definition changed in between, the definition. Both parts add up to the published
difference exactly: they are computed in decimals, from the numbers as they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from data_access.domain.period import Period
from data_access.domain.state_cause import StateCause

Number = Decimal | None


class Cause(StrEnum):
    """Why an indicator does not look as it did."""

    DEFINITION = "definition"
    TARGET = "target"
    REVISION = "revision"
    METHOD = "method"
    NEW_PERIOD = "new_period"
    NEW = "new"
    GONE = "gone"
    LATE = "late"


@dataclass(frozen=True)
class Seen:
    """An indicator as an edition shows it.

    Attributes:
        period: of its value; None without any.
        value: None when missing or hidden.
        state: of the assessment, as a code; ``reason`` says why there is none.
        goal: the target judged against, as plain values; None without one.
        definition, method: digests of what it was computed and judged by.
        rejudged: its state by the rules of this program; empty where nobody asked them again.
    """

    period: Period | None
    value: float | None
    state: str
    reason: str
    goal: tuple[object, ...] | None
    definition: str
    method: str
    rejudged: str = ""

    @property
    def judged_otherwise(self) -> bool:
        """Whether the rules of this program give the same data another state than they had."""
        return bool(self.rejudged) and self.rejudged != self.state


@dataclass(frozen=True)
class EditionChange:
    """The difference between two editions of one indicator.

    Attributes:
        before, after: as each shows it.
        published: after minus before in the unit; None where one of them has no value.
        real: of it, what the newer period brought, on the past as known now; ``revision`` and
            ``definition``: what rewriting the past brought. The three are None where the older period can
            no longer be read, else they add up to ``published``.
        causes: every one that applies, the weightiest first.
        flip: what alone gives the new state, where value and target are both others; None elsewhere.
    """

    before: Seen
    after: Seen
    published: Number
    real: Number
    revision: Number
    definition: Number
    causes: tuple[Cause, ...]
    flip: StateCause | None = None

    @property
    def state_changed(self) -> bool:
        """Whether the state or the reason for none is another one."""
        return (self.before.state, self.before.reason) != (self.after.state, self.after.reason)


def compare_editions(
    before: Seen, after: Seen, past_now: float | None, *, late: bool, thresholds: bool = False
) -> EditionChange:
    """What changed and why.

    Args:
        before: as the older edition shows it; ``after`` as the newer one.
        past_now: the value of the older edition's period as the newer one knows it.
        late: the newer edition has no newer period although one was due.
        thresholds: whether the newer state would be another one under the older thresholds.
    """
    old, new, past = (_exact(number) for number in (before.value, after.value, past_now))
    published = None if old is None or new is None else new - old
    real = revision = definition = None
    if published is not None and past is not None and old is not None and new is not None:
        rewritten, nothing = past - old, Decimal(0)
        redefined = before.definition != after.definition
        real = new - past
        revision, definition = (nothing, rewritten) if redefined else (rewritten, nothing)
    causes = tuple(cause for cause, holds in _causes(before, after, revision, late, thresholds) if holds)
    return EditionChange(before, after, published, real, revision, definition, causes)


def _causes(
    before: Seen, after: Seen, revision: Number, late: bool, thresholds: bool
) -> list[tuple[Cause, bool]]:
    return [
        (Cause.NEW, before.value is None and after.value is not None),
        (Cause.GONE, before.value is not None and after.value is None),
        (Cause.DEFINITION, before.definition != after.definition),
        (Cause.TARGET, before.goal != after.goal),
        (Cause.REVISION, bool(revision)),
        (Cause.METHOD, _by_method(before, after) or (thresholds and before.state != after.state)),
        (Cause.NEW_PERIOD, before.period != after.period and after.period is not None),
        (Cause.LATE, late),
    ]


def _by_method(before: Seen, after: Seen) -> bool:
    """Whether other rules had a part in another state.

    Rules are known by a digest of their sources, which differs after any change of them: where the same data
    were judged again, only another state counts.
    """
    if before.method == after.method or before.state == after.state:
        return False
    if not before.rejudged and not after.rejudged:
        return True
    return before.judged_otherwise or after.judged_otherwise


def _exact(number: float | None) -> Number:
    """A number as it is written, so that sums come out exactly."""
    return None if number is None else Decimal(repr(float(number)))


def is_late(before: tuple[Period, int] | None, after: tuple[Period, int] | None) -> bool:
    """Whether the next period was due, by the lag that the indicator itself had at the older edition.

    Args:
        before: newest period, and days between its end and the cut-off, of the older edition; ``after``
            likewise. None without any period.
    """
    if before is None or after is None or after[0] != before[0]:
        return False
    following = after[0].shift(1)
    length = (following.end - following.start).days + 1
    return after[1] >= before[1] + length


def weight(change: EditionChange, ranks: dict[str, int]) -> tuple[int, int, int, Decimal]:
    """What sorts changes, the weightiest first when sorted downwards.

    A changed state first (a fall before a rise), then rewritten pasts, targets and definitions, then the size
    of the published difference relative to where it started.

    Args:
        change: one of them.
        ranks: how good each state is, the best highest; a state that is not there says nothing.
    """
    fall = ranks.get(change.before.state, 0) - ranks.get(change.after.state, 0)
    rewritten = {Cause.DEFINITION, Cause.TARGET, Cause.REVISION, Cause.METHOD} & set(change.causes)
    old, size = _exact(change.before.value), abs(change.published or Decimal(0))
    relative = size / abs(old) if old else size
    return (int(change.state_changed), fall, len(rewritten), relative)


@dataclass(frozen=True)
class RevisionRecord:
    """How first figures of an indicator fared.

    Attributes:
        periods: how many were published more than once with a value.
        mean: mean of last minus first, in the unit; ``mean_absolute`` the mean of its size.
    """

    periods: int
    mean: float
    mean_absolute: float


def summarise_revisions(vintages: dict[Period, list[float]]) -> RevisionRecord | None:
    """The revision of the first release (OECD/Eurostat: mean and mean absolute revision).

    Args:
        vintages: by period, the values in the order in which they were published.

    Returns:
        None where no period was published twice.
    """
    revised = [_exact(v[-1]) - _exact(v[0]) for v in vintages.values() if len(v) > 1]  # type: ignore[operator]
    if not revised:
        return None
    count = len(revised)
    return RevisionRecord(count, float(sum(revised) / count), float(sum(map(abs, revised)) / count))
