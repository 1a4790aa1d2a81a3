"""The same outcome for those off the path of a funnel: not at risk, or at risk and not supported.

The three paths part everybody of the stage before the branch, so that none is counted twice. They are no
experiment: who is supported was chosen, and who finds a job before support could start counts as not
supported. Whoever shows them says so (domain report §3.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data_access.domain.cohort_funnel import CohortFunnel, Count, Outcome, Stage, is_known
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_flow import DEFAULT_RULE, NoRate, Rate, rate_of


class Path(StrEnum):
    """Which way a case went at the branch."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"  # at risk, and support has not started
    NOT_AT_RISK = "not_at_risk"


@dataclass(frozen=True)
class Share:
    """Of some cases, those of whom something is true, and the share that they are."""

    cases: Count
    found: Count
    rate: Rate | NoRate


@dataclass(frozen=True)
class OtherPaths:
    """Exits to a job within the window, by path, and who has not left at its end, of all who entered."""

    jobs: Mapping[Path, Share]
    waiting: Share


def split_paths(
    funnel: CohortFunnel, branch: str, support: str, rule: SmallCellRule = DEFAULT_RULE
) -> OtherPaths:
    """Who left for a job, by the way they went.

    Args:
        funnel: nested from the stage before ``branch`` to the one after ``support``, which is the job.
        branch: the stage of those at risk.
        support: the stage of those whose support has started; the next stage is the exit to a job.
        rule: small-cell thresholds of the audience.

    Raises:
        ValueError: the stages are not in that order.
    """
    codes = [stage.code for stage in funnel.stages]
    at, to = codes.index(branch), codes.index(support)
    if not 0 < at < to < len(codes) - 1:
        raise ValueError(f"no path from {branch} to {support}")
    before, between, supported = funnel.stages[at - 1], funnel.stages[at:to], funnel.stages[to]
    taken = _sum([supported.passed, supported.outcomes[Outcome.EMPLOYMENT]])
    jobs = {
        Path.SUPPORTED: _share(supported.count, taken, [supported], rule),
        Path.UNSUPPORTED: _share(_sum(map(_stayed, between)), _jobs(between), between, rule),
        Path.NOT_AT_RISK: _share(_stayed(before), _jobs([before]), [before], rule),
    }
    reached = funnel.stages[: to + 1]
    waiting = _sum([stage.outcomes[Outcome.PENDING] for stage in reached])
    return OtherPaths(jobs, _share(funnel.stages[0].count, waiting, reached, rule))


def _share(cases: Count, found: Count, stages: Sequence[Stage], rule: SmallCellRule) -> Share:
    """Counts and their rate; a difference of two shown counts may itself be of a few persons."""
    sensitive = any(stage.sensitive for stage in stages)
    smallest = rule.min_count_sensitive if sensitive else rule.min_count
    cases, found = (_guarded(count, smallest) for count in (cases, found))
    return Share(cases, found, rate_of(found, cases, rule, sensitive=sensitive))


def _guarded(count: Count, smallest: int) -> Count:
    return Availability.HIDDEN if is_known(count) and 0 < count < smallest else count


def _stayed(stage: Stage) -> Count:
    """Those of a stage who did not go on, whatever became of them."""
    if not is_known(stage.count) or not is_known(stage.passed):
        return _why([stage.count, stage.passed])
    return stage.count - stage.passed


def _jobs(stages: Iterable[Stage]) -> Count:
    return _sum([stage.outcomes[Outcome.EMPLOYMENT] for stage in stages])


def _sum(counts: Iterable[Count]) -> Count:
    listed = list(counts)
    known = [n for n in listed if is_known(n)]
    return sum(known) if len(known) == len(listed) else _why(listed)


def _why(counts: Sequence[Count]) -> Count:
    return Availability.HIDDEN if Availability.HIDDEN in counts else Availability.MISSING
