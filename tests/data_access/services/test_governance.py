"""The governance calendar, the development plan and the coverage, as the pages ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db.engine import bind, make_engine
from data_access.db.migrate import upgrade
from data_access.domain.obligation import ObligationState
from data_access.services.governance import get_governance
from tests.data_access.builders import governance, publish

S = ObligationState
TODAY = date(2026, 11, 26)


@pytest.fixture
def bound(tmp_path: Path) -> Iterator[Engine]:
    """A migrated database without rows, as the services read it."""
    engine = make_engine(f"sqlite:///{tmp_path}/test.sqlite3")
    upgrade(engine)
    bind(engine)
    yield engine
    engine.dispose()


def test_without_a_fact_everything_past_seems_late_and_the_calendar_says_that_it_does_not_know(
    bound: Engine,
) -> None:
    calendar = get_governance(0, TODAY)
    assert (calendar.known, calendar.demonstration) == (False, False)
    late = {line.obligation.code for line in calendar.lines if line.state is S.LATE}
    past = {o.code for o in contract().obligations if o.day and o.day < TODAY and not o.occurs}
    assert late == past
    assert len(calendar.lines) == len(contract().obligations) == sum(calendar.counts.values())


def test_lines_come_by_their_last_day_and_the_continuous_ones_at_the_end(bound: Engine) -> None:
    days = [line.obligation.day for line in get_governance(0, TODAY).lines]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated)
    assert days[: len(dated)] == dated


def test_a_transmission_brings_its_document_and_edition(bound: Engine) -> None:
    sent = governance(document_nl="")
    examined = governance(state="examined", day=date(2026, 6, 25), document_fr="", document_nl="", edition="")
    publish(bound, governances=(sent, examined), provenance="demonstration")
    calendar = get_governance(1, TODAY)
    line = next(line for line in calendar.lines if line.obligation.code == "GV-05-2025")
    assert (line.state, line.since, line.edition) == (S.EXAMINED, date(2026, 6, 25), "2026-06")
    assert [(step.fr, step.nl) for step in line.steps] == [("rapport", None), (None, None)]
    assert (calendar.known, calendar.demonstration, line.pressing) == (True, True, False)


def test_what_happens_later_is_not_shown_yet(bound: Engine) -> None:
    publish(bound, governances=(governance(),))
    line = next(
        line for line in get_governance(1, date(2026, 6, 10)).lines if line.obligation.code == "GV-05-2025"
    )
    assert (line.state, line.steps, line.pressing) == (S.TO_COME, (), True)


def test_what_presses_is_late_first_then_by_the_next_day(bound: Engine) -> None:
    pressing = get_governance(0, TODAY).pressing
    states = [line.state is S.LATE for line in pressing]
    assert states == sorted(states, reverse=True)
    soon = [line for line in pressing if line.state is not S.LATE]
    assert [line.obligation.code for line in soon] == ["GV-04-2027", "GV-06-2025", "GV-07"]
    assert (soon[2].opening, soon[2].running) == (True, False)


def test_a_running_period_is_said(bound: Engine) -> None:
    line = next(line for line in get_governance(0, date(2027, 3, 1)).lines if line.obligation.code == "GV-07")
    assert (line.running, line.opening, line.pressing) == (True, False, False)
    assert line.next_day == date(2027, 12, 31)
