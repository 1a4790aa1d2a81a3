"""An edition reads as it was frozen, whatever is loaded, withdrawn, decided or defined afterwards."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from data_access import cache
from data_access.actions.create_edition import create_edition, verify_edition
from data_access.cache import init_cache
from data_access.contract import load
from data_access.contract.load import contract, shipped_contract
from data_access.db.engine import bind
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Draft, content_digest, make_code
from data_access.domain.edition_change import Cause
from data_access.domain.errors import UserError
from data_access.domain.state_cause import StateCause
from data_access.imports.commit import withdraw_batch
from data_access.services.data_state import get_data_state
from data_access.services.edition_changes import get_changes
from data_access.services.edition_results import Result, get_results, make_draft
from data_access.services.editions import get_editions, get_frozen, viewing
from data_access.services.indicator_rows import get_indicator_rows
from data_access.settings import Settings
from tests.data_access.builders import NOON, erase, observation, publish, remark, target

RULE = SmallCellRule()
SEPTEMBER, NOVEMBER = date(2026, 9, 29), date(2026, 11, 27)


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def row(**values: Any) -> dict[str, Any]:
    """A rate of the Region in 2024, of an indicator that is measured once a year."""
    return observation(**{"indicator": "OS3.05", **values})


def goal(**values: Any) -> dict[str, Any]:
    """A target of the same indicator."""
    return target(**{"indicator": "OS3.05", **values})


def freeze(engine: Engine, meeting: date = SEPTEMBER, version: int | None = None) -> str:
    draft = make_draft(meeting, version or get_data_state().version, RULE)
    return create_edition(engine, draft, by="tester", now=NOON).code


def seen() -> list[Result]:
    state = get_data_state()
    return [r for r in get_results(state.version, state.cutoff, RULE) if r.availability or r.goal]


def test_three_publications_a_target_and_a_definition_later_it_still_reads_as_then(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = goal(kind="baseline", due=date(2022, 12, 31), value=40.0)
    publish(engine, row(), targets=(baseline, goal(value=60.0)))
    code, then = freeze(engine), seen()
    title, unit = contract().indicator("OS3.05").title.fr, contract().indicator("OS3.05").decimals

    publish(engine, row(obs_value=48.0, numerator=480.0))  # a revision
    publish(engine, row(time_period="2025", obs_value=55.0, numerator=550.0))  # a new period
    publish(engine, targets=(goal(value=70.0, valid_from=date(2025, 1, 1)),))  # another target
    changed = shipped_contract().model_copy(deep=True)
    definition = changed.indicator("OS3.05")
    other = definition.model_copy(update={"title": definition.title.model_copy(update={"fr": "Autre"})})
    every = tuple(other if d.code == "OS3.05" else d for d in changed.indicators)
    monkeypatch.setattr(load, "shipped_contract", lambda: changed.model_copy(update={"indicators": every}))

    assert seen() != then
    assert contract().indicator("OS3.05").title.fr == "Autre"
    with viewing(code):
        assert get_data_state().version == 1
        assert seen() == then
        assert contract().indicator("OS3.05").title.fr == title
        assert contract().indicator("OS3.05").decimals == unit
    assert [Result(**{**r, "goal": tuple(r["goal"]) if r["goal"] else None}) for r in get_frozen(code)
            if r["availability"] or r["goal"]] == then  # fmt: skip
    assert verify_edition(engine, code)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("load"), st.integers(0, 3), st.integers(30, 90)),
        st.tuples(st.just("target"), st.integers(0, 1), st.integers(50, 80)),
        st.tuples(st.just("remark"), st.integers(0, 1), st.integers(1, 9)),
        st.tuples(st.just("withdraw"), st.integers(1, 6), st.just(0)),
        st.tuples(st.just("edition"), st.just(0), st.just(0)),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_steps_changes_an_edition(engine: Engine, steps: list[tuple[str, int, int]]) -> None:
    empty(engine)
    publish(engine, row(), targets=(goal(),))
    meeting, frozen = SEPTEMBER, {}
    for name, which, number in [("edition", 0, 0), *steps]:
        meeting += timedelta(days=1)
        if name == "edition":
            draft = Draft(meeting, get_data_state().version, "{}", "m", [])
            made = create_edition(engine, draft, by="t", now=NOON)
            frozen[made.code] = made.sha256
        else:
            take(engine, name, which, number)
    with engine.connect() as connection:
        stored = dict(connection.execute(text("SELECT code, sha256 FROM edition")).all())
    assert stored == frozen
    assert all(verify_edition(engine, code) for code in frozen)


def take(engine: Engine, name: str, which: int, number: int) -> None:
    """One step of somebody; what is refused changes nothing."""
    if name == "load":
        publish(engine, row(time_period=str(2022 + which), obs_value=float(number)))
    elif name == "target":
        publish(engine, targets=(goal(value=float(number), valid_from=date(2023 + which, 1, 1)),))
    elif name == "remark":
        publish(engine, remarks=(remark(text_fr=f"Texte {number}", rank=which + 1),))
    else:
        with suppress(UserError):  # unknown, withdrawn already, itself a withdrawal, or read by an edition
            withdraw_batch(engine, which, by="t", reason="", at=NOON)


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM edition"))
        connection.execute(text("DELETE FROM definition_set"))
    erase(engine)


def test_a_load_that_an_edition_reads_is_not_taken_back(engine: Engine) -> None:
    first = publish(engine, row())
    unread = publish(engine, row(indicator="OS3.10"))
    withdraw_batch(engine, unread.id, by="t", reason="", at=NOON)
    code = freeze(engine)
    later = publish(engine, row(time_period="2025"))
    with pytest.raises(UserError) as caught:
        withdraw_batch(engine, first.id, by="t", reason="", at=NOON)
    assert (caught.value.code, caught.value.facts["editions"]) == ("batch_in_edition", code)
    assert withdraw_batch(engine, later.id, by="t", reason="", at=NOON).counts["observation"]["removed"] == 1
    withdraw_batch(engine, first.id, by="t", reason="", at=NOON, superseded=True)
    assert verify_edition(engine, code)


def test_a_change_behind_our_back_is_found(engine: Engine) -> None:
    publish(engine, row())
    code = freeze(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE observation SET obs_value = 50.1"))
    assert not verify_edition(engine, code)


def test_what_cannot_be_frozen_is_refused(engine: Engine) -> None:
    with pytest.raises(UserError, match="edition_version"):
        create_edition(engine, Draft(SEPTEMBER, 0, "{}", "m", []), by="t", now=NOON)
    publish(engine, row())
    freeze(engine)
    with pytest.raises(UserError, match="edition_exists"):
        freeze(engine)
    assert freeze(engine, SEPTEMBER + timedelta(days=1)) == "2026-09-2"
    with pytest.raises(UserError, match="unknown_edition"), viewing("2026-01"):
        pass


def test_a_month_has_as_many_codes_as_meetings() -> None:
    assert make_code(NOVEMBER, []) == "2026-11"
    assert make_code(NOVEMBER, ["2026-11", "2026-11-2"]) == "2026-11-3"


def test_the_digest_is_of_the_header_and_the_rows_in_their_order() -> None:
    """Against the bytes written out by hand."""
    import hashlib

    row: tuple[Any, ...] = ("observation", 1, 0.5, None, date(2026, 1, 2), "é")
    said = b'{"code": "2026-11"}' + "('observation', 1.0, 0.5, None, '2026-01-02', 'é')".encode()
    assert content_digest({"code": "2026-11"}, [row]) == hashlib.sha256(said).hexdigest()
    assert content_digest({}, [("a",), ("b",)]) != content_digest({}, [("b",), ("a",)])


def test_what_changed_between_two_meetings_is_split_by_cause(engine: Engine) -> None:
    """50.0 for 2024 was seen; now 2024 is 48.0 and 2025 is 55.0: +5.0 = +7.0 real −2.0 revision."""
    publish(engine, row(), row(indicator="OS3.10", obs_value=30.0))
    publish(engine, targets=(goal(value=60.0),))
    older = freeze(engine)
    publish(
        engine,
        row(obs_value=48.0, numerator=480.0),
        row(time_period="2025", obs_value=55.0, numerator=550.0),
        targets=(goal(indicator="OS3.10", value=40.0),),
    )
    newer = freeze(engine, NOVEMBER)
    publish(engine, row(indicator="OS3.01", obs_value=10.0, numerator=100.0))
    found = {one.code: one.change for one in get_changes(older, newer, RULE).changed}
    assert set(found) == {"OS3.05", "OS3.10"}, "what came after the newer meeting is not in it"
    change = found["OS3.05"]
    assert [float(part or 0) for part in (change.published, change.real, change.revision)] == [5.0, 7.0, -2.0]
    assert change.causes == (Cause.REVISION, Cause.NEW_PERIOD)
    assert Cause.TARGET in found["OS3.10"].causes
    assert "OS3.01" in {one.code for one in get_changes(newer, None, RULE).changed}
    assert get_changes(newer, newer, RULE).changed == ()


@pytest.mark.parametrize(
    ("value", "aim", "expected"),
    [
        (50.0, 70.0, StateCause.TOGETHER),  # 0.33 of 0.60; alone 0.50 of 0.60, and 0.28 of 0.40: to watch
        (45.0, 70.0, StateCause.VALUE),  # 0.17 of 0.60; the value alone 0.25 of 0.60: off track
        (52.0, 90.0, StateCause.TARGET),  # 0.24 of 0.60; the target alone 0.17 of 0.40: off track
        (45.0, 90.0, StateCause.EACH),  # both alone, as in the two lines above
    ],
)
def test_what_alone_puts_a_series_off_its_track(
    engine: Engine, value: float, aim: float, expected: StateCause
) -> None:
    """From 40 in 2022 to 60 in 2027: 48.5 in 2024 is 0.43 of the way, 0.40 were expected; in 2025, 0.60."""
    start = goal(kind="baseline", due=date(2022, 12, 31), value=40.0)
    publish(engine, row(obs_value=48.5, numerator=485.0), targets=(start, goal(value=60.0)))
    code = freeze(engine)
    since = {"valid_from": date(2025, 1, 1)}
    moved = row(time_period="2025", obs_value=value, numerator=10 * value)
    publish(engine, moved, targets=({**start, **since}, goal(value=aim, **since)))
    (change,) = [one.change for one in get_changes(code, None, RULE).changed if one.code == "OS3.05"]
    assert (change.before.state, change.after.state) == ("on_track", "off_track")
    assert change.causes == (Cause.TARGET, Cause.NEW_PERIOD)
    assert change.flip is expected


@pytest.mark.parametrize(("on_track", "state"), [(0.01, "to_watch"), (0.04, "on_track")])
def test_thresholds_that_the_comite_adopts_are_a_cause_where_they_alone_change_a_state(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, on_track: float, state: str
) -> None:
    """From 40 in 2022 to 60 in 2027: 47.5 in 2024 is 0.375 of the way, 0.40 were expected: 0.025 behind."""
    start = goal(kind="baseline", due=date(2022, 12, 31), value=40.0)
    publish(engine, row(obs_value=47.5, numerator=475.0), targets=(start, goal(value=60.0)))
    code = freeze(engine)
    (rules,) = shipped_contract().assessment
    adopted = rules.model_copy(update={"on_track": on_track, "state": "adopted"})
    strict = shipped_contract().model_copy(update={"assessment": (adopted,)}, deep=True)
    monkeypatch.setattr(load, "shipped_contract", lambda: strict)
    changed = {one.code: one.change for one in get_changes(code, None, RULE).changed}
    assert ("OS3.05" in changed) == (state != "on_track")
    if state != "on_track":
        change = changed["OS3.05"]
        assert (change.before.state, change.after.state) == ("on_track", state)
        assert change.causes == (Cause.METHOD,)


def test_what_the_contract_no_longer_has_is_named_by_its_old_definition(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(engine, row())
    code, title = freeze(engine), contract().indicator("OS3.05").title
    left = tuple(d for d in shipped_contract().indicators if d.code != "OS3.05")
    without = shipped_contract().model_copy(update={"indicators": left}, deep=True)
    monkeypatch.setattr(load, "shipped_contract", lambda: without)
    (gone,) = [one for one in get_changes(code, None, RULE).changed if one.code == "OS3.05"]
    assert gone.definition.title == title
    assert Cause.GONE in gone.change.causes


def test_the_newest_meeting_comes_first(engine: Engine) -> None:
    publish(engine, row())
    freeze(engine, NOVEMBER)
    freeze(engine, SEPTEMBER)
    assert [e.meeting for e in get_editions()] == [NOVEMBER, SEPTEMBER]
    assert get_editions()[0].made_at == datetime.fromisoformat("2026-11-23T12:00:00+00:00")


def test_an_answer_of_another_version_is_not_remembered_as_this_one(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an edition is read, asking for the newest version is a mistake of ours, and is refused."""
    monkeypatch.setattr(cache.store, "app", None, raising=False)
    init_cache(Flask(__name__), Settings(data_dir=tmp_path))
    publish(engine, row())
    code = freeze(engine)
    newest = publish(engine, row(obs_value=51.0)).id
    with viewing(code):
        assert get_indicator_rows(1, None, ("OS3.05",), RULE)[0].readings[0].value == 50.0
        with pytest.raises(RuntimeError, match="version 2 is asked for"):
            get_indicator_rows(newest, None, ("OS3.05",), RULE)
    assert get_indicator_rows(newest, None, ("OS3.05",), RULE)[0].readings[0].value == 51.0
