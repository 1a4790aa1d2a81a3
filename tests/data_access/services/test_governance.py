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
from data_access.domain.plan import Gap
from data_access.services.calendar import get_next_deadlines
from data_access.services.coverage import get_coverage
from data_access.services.governance import get_governance
from data_access.services.plan import choose, get_plans, narrow
from tests.data_access.builders import governance, plan, publish

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


def test_what_was_transmitted_ahead_is_no_deadline_any_more(bound: Engine) -> None:
    publish(bound, governances=(governance(obligation="GV-04-2027", day=date(2026, 11, 20), edition=""),))
    assert "GV-04-2027" in {d.obligation.code for d in get_next_deadlines(TODAY)}
    done = get_governance(1, TODAY).done
    coming = [d.obligation.code for d in get_next_deadlines(TODAY, done=done)]
    assert coming[:2] == ["GV-06-2025", "GV-07"]


def test_a_running_period_is_said(bound: Engine) -> None:
    line = next(line for line in get_governance(0, date(2027, 3, 1)).lines if line.obligation.code == "GV-07")
    assert (line.running, line.opening, line.pressing) == (True, False, False)
    assert line.next_day == date(2027, 12, 31)


def action(code: str, parent: str = "P1", **values: object) -> dict[str, object]:
    return plan(action=code, level="action", parent=parent, **values)


def test_without_a_plan_every_commitment_lacks_an_action(bound: Engine) -> None:
    coverage = get_coverage(0)
    assert get_plans(0) == ()
    assert (coverage.planned, coverage.demonstration) == (False, False)
    assert {line.gap for line in coverage.lines} == {Gap.ACTION}
    assert len(coverage.lines) == sum(len(o.leaves) for o in contract().objectives) == 33


def test_the_coverage_of_a_commitment_is_that_of_the_domain_report(bound: Engine) -> None:
    """Domain report §2.7, the coverage matrix."""
    lines = {line.commitment.code: line.indicators for line in get_coverage(0).lines}
    assert lines["OS1-E3"] == ("OS1.05", "OS1.06")
    assert lines["OS2-E1b"] == ("OS2.01", "OS2.02", "OS2.07", "OS2.08")
    assert lines["OS5-E8"] == ("OS5.09", "OS5.12")


def test_an_action_covers_what_it_names_and_else_what_its_project_names(bound: Engine) -> None:
    rows = (
        plan(commitments="OS1-E1 OS1-E2"),
        action("P1.1", commitments="OS1-E2"),
        action("P1.2", commitments=""),
        plan(action="P2", commitments="OS1-E5"),
    )
    publish(bound, plans=rows, provenance="demonstration")
    coverage = get_coverage(1)
    served = {line.commitment.code: [a.code for a in line.actions] for line in coverage.lines if line.actions}
    assert served == {
        "OS1-E1": ["P1.2"],
        "OS1-E2": ["P1.1", "P1.2"],
        "OS1-E5a": ["P2"],  # of a compound commitment both halves
        "OS1-E5b": ["P2"],
    }
    gaps = [line.gap for line in coverage.lines]
    assert gaps == sorted(gaps, key=list(Gap).index)
    assert [line.commitment.code for line in coverage.of(Gap.NOTHING)] == list(served)
    assert (coverage.planned, coverage.demonstration) == (True, True)


def test_plans_are_apart_and_an_action_of_two_covers_once(bound: Engine) -> None:
    multi = (plan(), action("P1.1", title_fr="plusieurs années"))
    annual = (plan(year="2026"), action("P1.1", year="2026", title_fr="une année"))
    publish(bound, plans=(*annual, *multi, plan(year="2025"), action("P1.1", year="2025")))
    assert [found.year for found in get_plans(1)] == ["_T", "2026", "2025"]
    (line,) = [line for line in get_coverage(1).lines if line.actions]
    assert [entry.fr for entry in line.actions] == ["plusieurs années"]


def test_budgets_add_up_and_what_is_not_known_is_counted(bound: Engine) -> None:
    rows = (
        plan(),
        action("P1.1", budget_run=1000.0, budget_change=0.0, progress=40.0),
        action("P1.2", budget_run=None, budget_change=500.0, progress=None),
        plan(action="P2", budget_run=300.0, progress=10.0),
        action("P2.1", "P2", budget_run=None, budget_change=None, progress=90.0),
    )
    publish(bound, plans=rows)
    (found,) = get_plans(1)
    first, second = found.projects
    assert (first.run.known, first.run.unknown, first.change.known) == (1000.0, 1, 500.0)
    assert (second.run.known, second.run.unknown, second.change.is_unknown) == (300.0, 0, True)
    assert (first.progress, second.progress) == (40.0, 10.0)
    assert (found.run.known, found.run.unknown, found.change.known) == (1300.0, 1, 500.0)


def test_a_narrowed_plan_counts_only_what_it_shows(bound: Engine) -> None:
    rows = (
        plan(commitments="OS1-E1", budget_run=1500.0, progress=80.0),
        action("P1.1", commitments="OS1-E2", budget_run=1000.0, progress=20.0),
        action("P1.2", commitments="", budget_run=500.0, progress=60.0),
        plan(action="P2", commitments="OS1-E2", budget_run=7.0),
    )
    publish(bound, plans=rows)
    found = narrow(get_plans(1)[0], ["OS1-E2"])
    assert [(p.entry.code, [a.code for a in p.actions]) for p in found.projects] == [
        ("P1", ["P1.1"]),
        ("P2", []),
    ]
    assert (found.run.known, found.projects[0].progress) == (1007.0, 20.0)
    assert narrow(get_plans(1)[0], ["OS5-E1"]).projects == ()


def test_a_compound_commitment_and_its_halves_choose_what_serves_either(bound: Engine) -> None:
    rows = (
        plan(commitments="OS1-E5"),
        plan(action="P2", commitments="OS1-E5a"),
        plan(action="P3", commitments="OS1-E5b"),
        plan(action="P4", commitments="OS1-E1", year="2026"),
    )
    publish(bound, plans=rows)
    plans = get_plans(1)
    shown = {
        code: [p.entry.code for p in choose(plans, {"commitment": code}).shown.projects]
        for code in ("OS1-E5", "OS1-E5a", "OS1-E5b")
    }
    assert shown == {"OS1-E5": ["P1", "P2", "P3"], "OS1-E5a": ["P1", "P2"], "OS1-E5b": ["P1", "P3"]}
    assert choose(plans, {"year": "2026", "commitment": "x"}).shown == plans[1]


def test_an_action_is_overdue_the_day_after_its_end_unless_it_is_whole(bound: Engine) -> None:
    rows = (
        plan(),
        action("P1.1", progress=99.0),
        action("P1.2", progress=100.0),
        action("P1.3", progress=None),
    )
    publish(bound, plans=rows)
    actions = get_plans(1)[0].actions
    assert [a.is_overdue(date(2026, 12, 31)) for a in actions] == [False, False, False]
    assert [a.is_overdue(date(2027, 1, 1)) for a in actions] == [True, False, False]
