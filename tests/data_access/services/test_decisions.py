"""The log of decisions: its order, what is left by a filter, what came after, and the day of a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.actions.create_edition import create_edition
from data_access.db.engine import bind
from data_access.domain.change import Change
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.decision import Acceptance, NoChange, Standing, Unchanged
from data_access.services.data_state import get_data_state
from data_access.services.decisions import (
    DecisionLog,
    Selection,
    day_shown,
    get_acceptances,
    get_decisions,
)
from data_access.services.edition_results import make_draft
from data_access.services.editions import viewing
from data_access.services.remark_history import get_remark_history
from tests.data_access.builders import NOON, decision, observation, publish, remark

RULE = SmallCellRule()
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def log(day: date = TODAY) -> DecisionLog:
    state = get_data_state()
    return get_decisions(state.version, state.cutoff, day, RULE)


def codes(found: DecisionLog) -> list[str]:
    return [line.decision.code for line in found.lines]


def deviation(**values: Any) -> dict[str, Any]:
    return decision(**{"kind": "deviation", "reason_fr": "raison", **values})


def test_what_is_late_comes_first_then_what_is_due_soonest(engine: Engine) -> None:
    publish(
        engine,
        decisions=(
            decision(decision="DONE", state="done", closed_on=date(2026, 9, 1)),
            decision(decision="OPEN-NEVER", due=None),
            decision(decision="OPEN-2027", due=date(2027, 1, 31)),
            decision(decision="OPEN-2026", due=TODAY),
            decision(decision="LATE", due=date(2026, 11, 26)),
            deviation(decision="ENDED", due=date(2026, 6, 30)),
            deviation(decision="HOLDS", due=date(2027, 6, 30)),
            decision(decision="LATER", meeting=date(2026, 12, 17), due=None),
        ),
    )
    found = log()
    assert codes(found) == ["LATE", "OPEN-2026", "OPEN-2027", "OPEN-NEVER", "HOLDS", "ENDED", "DONE"]
    assert [line.decision.code for line in found.pending] == codes(found)[:4]
    assert found.counts == {
        Standing.LATE: 1,
        Standing.OPEN: 3,
        Standing.IN_FORCE: 1,
        Standing.ENDED: 1,
        Standing.DONE: 1,
    }
    assert codes(found.choose(Selection(standing=Standing.ENDED))) == ["ENDED"]


def test_a_filter_by_objective_leaves_general_decisions_out(engine: Engine) -> None:
    publish(
        engine,
        decisions=(
            decision(decision="A", indicator="OS1.01"),
            decision(decision="B", indicator="OS2.03"),
            decision(decision="C", indicator="BV-1b", operator="BF"),
            decision(decision="D", indicator=""),
        ),
    )
    assert codes(log().choose(Selection(objective="OS2"))) == ["B"]
    assert codes(log().choose(Selection(objective="shared"))) == ["C"]
    assert len(log().choose(Selection.of({"objective": "OS9", "state": "rouge"})).lines) == 4
    assert codes(log().of_indicator("BV-1b", "BF")) == ["C"]
    assert log().of_indicator("BV-1b", "VDAB").lines == ()


def test_what_the_series_did_after_hides_what_is_hidden(engine: Engine) -> None:
    """OS3.05 is yearly: 2024 is over at the meeting of March 2026, 2025 too; 2 of 40 persons are hidden."""
    rows = [
        observation(indicator="OS3.05", time_period=year, numerator=n, denominator=d, obs_value=100 * n / d)
        for year, n, d in [("2023", 400.0, 1000.0), ("2024", 450.0, 1000.0), ("2025", 2.0, 40.0)]
    ]
    publish(
        engine,
        *rows,
        decisions=(
            decision(decision="A", indicator="OS3.05", meeting=date(2024, 6, 27), due=None),
            decision(decision="B", indicator="OS3.05", meeting=date(2025, 6, 26), due=None),
            decision(decision="C", indicator="", meeting=date(2025, 6, 26), due=None),
            decision(decision="E", indicator="OS1.01", meeting=date(2025, 6, 26), due=None),
        ),
    )
    after = {line.decision.code: line.after for line in log().lines}
    assert isinstance(after["A"], Change)
    assert (after["A"].difference, str(after["A"].after.period)) == (5.0, "2024")
    assert isinstance(after["B"], NoChange)
    assert after["B"].reason is Unchanged.NO_NEWER_PERIOD
    assert after["C"] is None
    assert after["E"] == NoChange(Unchanged.NO_VALUE_BEFORE, None)


def test_in_an_edition_the_day_is_that_of_its_meeting(engine: Engine) -> None:
    first = publish(
        engine,
        observation(),
        decisions=(
            decision(due=date(2026, 9, 30)),
            deviation(decision="V", indicator="OS2.03", due=date(2026, 10, 31)),
        ),
    )
    meeting = date(2026, 10, 29)
    code = create_edition(engine, make_draft(meeting, first.id, RULE), by="t", now=NOON).code
    publish(engine, decisions=(decision(state="done", closed_on=date(2026, 11, 2)),))
    assert day_shown(TODAY) == TODAY
    assert [line.standing for line in log().lines] == [Standing.ENDED, Standing.DONE]
    (over,) = get_acceptances(get_data_state().version, TODAY).values()
    assert over == Acceptance("V", date(2026, 3, 26), date(2026, 10, 31), in_force=False)
    with viewing(code):
        assert day_shown(TODAY) == meeting
        then = log(day_shown(TODAY))
        assert [line.standing for line in then.lines] == [Standing.LATE, Standing.IN_FORCE]
        assert get_acceptances(first.id, meeting)["OS2.03", "_T"].in_force


def test_the_history_of_a_comment_says_each_wording_once(engine: Engine) -> None:
    publish(engine, remarks=(remark(text_fr="un"),), by="Anna")
    back = publish(engine, remarks=(remark(text_fr="deux"),), by="Bert")
    publish(engine, remarks=(remark(text_fr="deux", role_fr="direction B"),), by="Carla")  # same words
    publish(engine, remarks=(remark(text_fr="trois"),), by="Dirk")
    (found,) = get_remark_history(get_data_state().version, "OS1.01", "_T").values()
    assert [(each.fr, each.by) for each in found] == [("trois", "Dirk"), ("deux", "Bert"), ("un", "Anna")]
    assert back.id == 2
