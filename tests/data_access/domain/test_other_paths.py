"""The same outcome by the way that people went; reckoned by hand on a cohort of a thousand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort_funnel import CohortFunnel, Count, is_known
from data_access.domain.confidentiality import Availability
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.interval import wilson_interval
from data_access.domain.other_paths import Path, Share, split_paths
from tests.data_access.domain.funnel_builders import funnel, outcomes, stage

HIDDEN, MISSING = Availability.HIDDEN, Availability.MISSING


def prevention(risk_jobs: Count = 40, offered_jobs: Count = 20, supported: int = 200) -> CohortFunnel:
    """1000 enter, 900 have their assessment, 400 are at risk, 300 are offered support, some take it.

    Of the 500 not at risk, 300 find a job; of the 200 supported, 80 do.
    """
    rest = {  # who is left waiting at P3 and P4; what is not known is 40 and 20
        "P3": 100 - (risk_jobs if is_known(risk_jobs) else 40),
        "P4": 300 - supported - (offered_jobs if is_known(offered_jobs) else 20),
    }
    return funnel(
        [
            stage("P1", 1000, 900, outcomes=outcomes(900, 50, 0, 20, 30)),
            stage("P2", 900, 400, outcomes=outcomes(400, 300, 40, 60, 100)),
            stage("P3", 400, 300, split=True, outcomes=outcomes(300, risk_jobs, 0, 0, rest["P3"])),
            stage("P4", 300, supported, outcomes=outcomes(supported, offered_jobs, 0, 0, rest["P4"])),
            stage("P5", supported, 80, outcomes=outcomes(80, 0, 10, 30, supported - 120)),
            stage("P6", 80, 50, outcomes=outcomes(50, 20, 0, 0, 10)),
            stage("P7", 50, 0, outcomes=outcomes(0, 50, 0, 0, 0)),
        ]
    )


def test_each_path_has_its_people_and_their_jobs() -> None:
    """Supported 80 of 200; at risk and not supported (400-300) + (300-200) = 200, of whom 40 + 20 = 60."""
    found = split_paths(prevention(), "P3", "P5")
    assert found.jobs[Path.SUPPORTED] == Share(200, 80, Rate(80, 200, *wilson_interval(80, 200)))
    assert found.jobs[Path.UNSUPPORTED] == Share(200, 60, Rate(60, 200, *wilson_interval(60, 200)))
    assert found.jobs[Path.NOT_AT_RISK] == Share(500, 300, Rate(300, 500, *wilson_interval(300, 500)))


def test_who_waits_at_the_end_is_counted_up_to_the_job() -> None:
    """30 + 100 + 60 + 80 + 80 = 350 of 1000; whether a job lasts is another question."""
    waiting = split_paths(prevention(), "P3", "P5").waiting
    assert (waiting.cases, waiting.found) == (1000, 350)


def test_a_difference_of_few_people_is_hidden() -> None:
    """398 of 400 are at risk: the two who are not are a few persons, and so are their jobs."""
    close = funnel(
        [
            stage("P2", 400, 398, outcomes=outcomes(398, 2, 0, 0, 0)),
            stage("P3", 398, 300, split=True),
            stage("P5", 300, 80),
            stage("P6", 80, 0),
        ]
    )
    found = split_paths(close, "P3", "P5").jobs[Path.NOT_AT_RISK]
    assert found == Share(HIDDEN, HIDDEN, NoRate.HIDDEN)


@pytest.mark.parametrize(("gone", "expected"), [(HIDDEN, NoRate.HIDDEN), (MISSING, NoRate.MISSING)])
def test_what_is_not_known_has_no_rate(gone: Count, expected: NoRate) -> None:
    found = split_paths(prevention(risk_jobs=gone), "P3", "P5").jobs[Path.UNSUPPORTED]
    assert (found.found, found.rate) == (gone, expected)


@given(st.integers(120, 276))
def test_the_paths_part_everybody_at_the_branch(supported: int) -> None:
    """Nobody of the 900 is on two paths, and nobody on none."""
    found = split_paths(prevention(supported=supported), "P3", "P5")
    counts = [share.cases for share in found.jobs.values()]
    assert sum(n for n in counts if isinstance(n, int)) == 900


@pytest.mark.parametrize(("branch", "support"), [("P1", "P5"), ("P5", "P3"), ("P3", "P7")])
def test_stages_in_another_order_are_refused(branch: str, support: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        split_paths(prevention(), branch, support)
