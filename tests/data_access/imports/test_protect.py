"""What publishing hides for the sake of others, on both databases; expected cells are found by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from data_access.contract.load import contract
from data_access.contract.partitions import AXES
from data_access.db.reading import at_version
from data_access.db.tables import SERIES_ORDER, batch, observation_current, protection, suppressed
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.imports.commit import protect_again, withdraw_batch
from data_access.repositories.observations import load_observations
from data_access.repositories.versions import observations_as_of
from data_access.services.secrecy import attack_tables
from tests.data_access.builders import NOON, erase, observation, publish

RULE = SmallCellRule()  # counts from 4, denominators from 30, groups from 50
COMMUNES = [commune.nis for commune in contract().communes]
FIRST, SECOND, THIRD = COMMUNES[:3]


def count(number: int, **more: Any) -> dict[str, Any]:
    """A number of persons (OS1.09 counts them) of one month."""
    about = {"indicator": "BV-1a", "freq": "M", "time_period": "2025-01", "numerator": None}
    return observation(**{**about, "denominator": None, "obs_value": float(number), **more})


def communes(numbers: dict[str, int], others: int = 100, **more: Any) -> list[dict[str, Any]]:
    """Every commune with its number."""
    return [count(numbers.get(nis, others), ref_area=nis, **more) for nis in COMMUNES]


def hidden(engine: Engine, version: int | None = None) -> set[tuple[str, str]]:
    """Area and sex of the rows that a reader may not see, at a version."""
    frame = read(engine, version)
    rows = frame[frame["availability"] == "hidden"]
    assert rows["obs_value"].isna().all()
    return set(zip(rows["ref_area"], rows["sex"], strict=True))


def read(engine: Engine, version: int | None = None) -> pd.DataFrame:
    with engine.connect() as connection:
        return load_observations(
            at_version(connection, version),
            indicators=["BV-1a"],
            rule=RULE,
            persons={"BV-1a"},
            counts={"BV-1a"},
            sensitive=(),
            ref_areas=None,
            dimensions=dict.fromkeys(("sex", "age", "operator")),
        )


def exposed(engine: Engine, rule: SmallCellRule = RULE) -> list[tuple[str, int, int]]:
    with engine.connect() as connection:
        return [(one.cell, one.low, one.high) for one in attack_tables(connection, rule).exposed]


def computed(engine: Engine) -> list[tuple[str, int, int]]:
    """The exposed cells that follow from others."""
    with engine.connect() as connection:
        found = attack_tables(connection, RULE).exposed
    return [(one.cell, one.low, one.high) for one in found if one.totals]


def test_a_commune_of_two_takes_the_smallest_other_with_it(engine: Engine) -> None:
    """2, 40 and seventeen times 100: the Region, 1742, less the eighteen others is 2."""
    publish(engine, *communes({FIRST: 2, SECOND: 40}), count(1742))
    assert hidden(engine) == {(FIRST, "_T"), (SECOND, "_T")}
    assert exposed(engine) == []


def test_without_the_total_nothing_else_is_hidden(engine: Engine) -> None:
    publish(engine, *communes({FIRST: 2, SECOND: 40}))
    assert hidden(engine) == {(FIRST, "_T")}


def test_a_difference_of_filters_is_closed(engine: Engine) -> None:
    """Women of the first commune are 2: hidden with its men, and both sexes of another commune."""
    sexes = {"F": 2, "M": 98}
    rows = [
        count(sexes[sex] if nis == FIRST else 50, ref_area=nis, sex=sex) for nis in COMMUNES for sex in sexes
    ]
    rows += [count(2 + 18 * 50, sex="F"), count(98 + 18 * 50, sex="M"), count(1900)]
    publish(engine, *rows, *communes({}))
    found = hidden(engine)
    assert {(FIRST, "F"), (FIRST, "M")} < found
    assert len(found) == 4  # and both sexes of another commune
    assert len({nis for nis, _ in found}) == 2
    assert exposed(engine) == []


def test_two_versions_are_read_together(engine: Engine) -> None:
    """The cover of the first version is published by its sexes in the second: one of them stays hidden."""
    publish(engine, *communes({FIRST: 2, SECOND: 40}), count(1742))
    publish(engine, count(25, ref_area=SECOND, sex="F"), count(15, ref_area=SECOND, sex="M"))
    found = hidden(engine)
    assert {(FIRST, "_T"), (SECOND, "_T")} < found
    assert found & {(SECOND, "F"), (SECOND, "M")}
    assert hidden(engine, 1) == {(FIRST, "_T"), (SECOND, "_T")}
    assert exposed(engine) == []


def test_a_total_that_comes_later_is_hidden_itself(engine: Engine) -> None:
    """All other communes were shown before: nothing but the total is left to hide."""
    publish(engine, *communes({FIRST: 2}))
    publish(engine, count(1802))
    assert hidden(engine) == {(FIRST, "_T"), ("BRU", "_T")}
    assert exposed(engine) == []


def test_what_nothing_helps_against_is_refused_whole(engine: Engine) -> None:
    """The producer hides a Region of which every commune was published."""
    publish(engine, *communes({}))
    with pytest.raises(UserError) as refused:
        publish(engine, count(1900, conf_status="C"), count(7, time_period="2025-02"))
    facts = refused.value.facts
    assert refused.value.code == "discloses"
    assert (facts["indicator"], facts["period"], facts["cell"]) == ("BV-1a", "2025-01", "OBS_VALUE · BRU")
    assert (facts["low"], facts["high"]) == (1900, 1900)
    assert facts["totals"].startswith(f"OBS_VALUE · {FIRST} ; ")
    assert facts["totals"].endswith(" + 16")
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(batch)) == 1
    assert len(read(engine)) == 19


def test_what_was_hidden_for_another_is_shown_when_that_one_is_no_longer_small(engine: Engine) -> None:
    publish(engine, *communes({FIRST: 2, SECOND: 40}), count(1742))
    publish(engine, *communes({FIRST: 52, SECOND: 41}), count(1793))
    assert hidden(engine) == set()
    assert hidden(engine, 1) == {(FIRST, "_T"), (SECOND, "_T")}
    withdraw_batch(engine, 2, by="tester", reason="error", at=NOON)
    assert hidden(engine) == {(FIRST, "_T"), (SECOND, "_T")}
    assert hidden(engine, 2) == set()


def test_an_unrevised_cover_stays_hidden_for_the_sake_of_the_earlier_version(engine: Engine) -> None:
    """The first is 52 now; the second, still 40, would give away the 2 of before."""
    publish(engine, *communes({FIRST: 2, SECOND: 40}), count(1742))
    publish(engine, count(52, ref_area=FIRST), count(1792))
    assert (SECOND, "_T") in hidden(engine)
    assert exposed(engine) == []


def test_stricter_thresholds_are_a_version_of_their_own(engine: Engine) -> None:
    publish(engine, *communes({FIRST: 8, SECOND: 40}), count(1748))
    assert hidden(engine) == set()
    strict = SmallCellRule(min_count=10)
    assert protect_again(engine, by="prepare", at=NOON, rule=RULE) is None
    done = protect_again(engine, by="prepare", at=NOON, rule=strict)
    assert done is not None
    assert (done.id, done.action, done.counts) == (2, "protect", {})
    assert protect_again(engine, by="prepare", at=NOON, rule=strict) is None
    with engine.connect() as connection:
        covers = connection.execute(select(suppressed.c.ref_area, suppressed.c.first_batch)).all()
    assert [tuple(cover) for cover in covers] == [(SECOND, 2)], "8 is small now, and 40 its cover"


def test_a_database_that_was_never_judged_is_judged_at_the_next_start(engine: Engine) -> None:
    publish(engine, *communes({FIRST: 2, SECOND: 40}), count(1742))
    with engine.begin() as connection:  # as an older program left it
        connection.execute(protection.delete())
        connection.execute(suppressed.delete())
        connection.execute(observation_current.update().values(conf_status="F"))
    assert exposed(engine) == [(f"OBS_VALUE · {FIRST}", 2, 2)]
    assert protect_again(engine, by="prepare", at=NOON, rule=RULE) is not None
    assert hidden(engine, 1) == {(FIRST, "_T")}  # what was shown then was shown
    assert protect_again(engine, by="prepare", at=NOON, rule=RULE) is None


def test_a_mean_over_a_year_is_not_judged_and_keeps_its_own_rule(engine: Engine) -> None:
    publish(engine, *communes({FIRST: 2}), count(1802, obs_value=1802.5))
    assert hidden(engine) == {(FIRST, "_T")}
    with engine.connect() as connection:
        assert connection.execute(select(protection.c.judged, protection.c.unjudged)).one() == (0, 1)
        assert attack_tables(connection, RULE).unjudged == 1


def test_what_can_no_longer_be_judged_stays_hidden_as_it_was(engine: Engine) -> None:
    """One number that is no whole one comes later: the cover of the 2 is not lifted by it."""
    publish(engine, *communes({FIRST: 2, SECOND: 40}), count(1742))
    publish(engine, count(100, ref_area=THIRD, obs_value=100.5))
    assert hidden(engine) == {(FIRST, "_T"), (SECOND, "_T")}
    check_the_read_table(engine, 2)


def test_the_mark_of_the_rule_is_the_same_in_every_process() -> None:
    """Were it not, every other start would judge everything anew, as a version of its own."""
    asked = (
        "from data_access.contract.load import shipped_contract;"
        "from data_access.domain.confidentiality import SmallCellRule;"
        "from data_access.imports.protect import rule_mark;"
        "print(rule_mark(SmallCellRule(), shipped_contract()))"
    )
    marks = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in range(4)
    }
    assert len(marks) == 1


PLACES, SEXES = COMMUNES[:4], ("F", "M")
CELLS = [(area, sex) for area in ("BRU", "D1_IN", "D1_OUT", *COMMUNES[:4]) for sex in ("_T", *SEXES)]
PEOPLE = st.dictionaries(st.tuples(st.sampled_from(PLACES), st.sampled_from(SEXES)), st.integers(0, 9))
MARKED = st.sets(st.sampled_from(CELLS), max_size=1)
LOADS = st.tuples(PEOPLE, st.sets(st.sampled_from(CELLS), max_size=12), MARKED)
WITHDRAWAL = None  # of the newest load in force
STEPS = st.lists(st.one_of(LOADS, st.just(WITHDRAWAL)), min_size=1, max_size=5)


def value(people: dict[tuple[str, str], int], area: str, sex: str) -> int:
    """Four communes, two in the croissant; the fifteen others hold a hundred men, delivered by nobody."""
    places = {"BRU": PLACES, "D1_IN": PLACES[:2], "D1_OUT": PLACES[2:]}.get(area, [area])
    others = 100 if area in {"BRU", "D1_OUT"} and sex != "F" else 0
    return others + sum(people.get((p, s), 5) for p in places for s in SEXES if sex in {"_T", s})


class World:
    """Who lives where, and which cells were delivered: files that always add up, revisions included."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], int] = {}
        self.shown: dict[tuple[str, str], tuple[int, str]] = {}
        self.before: list[tuple[int, dict[Any, int], dict[Any, tuple[int, str]]]] = []

    def load(self, engine: Engine, changes: Any, cells: Any, marked: Any) -> int:
        people = self.people | changes
        wanted = {cell: ("C" if cell in marked else "F") for cell in cells}
        marks = {cell: mark for cell, (_, mark) in self.shown.items()} | wanted
        now = {cell: (value(people, *cell), mark) for cell, mark in marks.items()}
        rows = [
            count(number, ref_area=area, sex=sex, conf_status=mark)
            for (area, sex), (number, mark) in now.items()
            if self.shown.get((area, sex)) != (number, mark)
        ]
        version = publish(engine, *rows).id
        self.before.append((version, self.people, self.shown))
        self.people, self.shown = people, now
        return version

    def withdraw(self, engine: Engine) -> int | None:
        if not self.before:
            return None
        number, self.people, self.shown = self.before.pop()
        return withdraw_batch(engine, number, by="tester", reason="", at=NOON).id


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_loaded_and_withdrawn_nothing_new_can_be_worked_out(
    engine: Engine, steps: list[Any]
) -> None:
    """And an earlier version reads as it did, marks included."""
    erase(engine)
    world, seen = World(), dict[int, Any]()
    for step in steps:
        known, version = set(exposed(engine)), None
        try:
            version = world.withdraw(engine) if step is None else world.load(engine, *step)
        except UserError as refused:
            assert (refused.code, set(exposed(engine))) == ("discloses", known)  # noqa: PT017
        for earlier, frame in seen.items():
            pd.testing.assert_frame_equal(read(engine, earlier), frame)
        if version is None:
            continue
        # What a producer hides after it was shown is known; taking a load back may bring such a state back.
        assert step is None or set(computed(engine)) <= known
        seen[version] = read(engine, version)
        pd.testing.assert_frame_equal(read(engine), seen[version])
        check_the_read_table(engine, version)


NUMBERS = st.dictionaries(st.sampled_from(CELLS), st.integers(0, 12), min_size=1, max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loads=st.lists(NUMBERS, min_size=1, max_size=3))
def test_numbers_that_do_not_add_up_are_published_all_the_same(
    engine: Engine, loads: list[dict[tuple[str, str], int]]
) -> None:
    """Sums that cannot be true are no reason to hide everything, nor to stop."""
    erase(engine)
    for numbers in loads:
        try:
            version = publish(
                engine, *(count(n, ref_area=area, sex=sex) for (area, sex), n in numbers.items())
            ).id
        except UserError as refused:
            assert refused.code == "discloses"  # noqa: PT017  most are published
        else:
            check_the_read_table(engine, version)
            assert {(area, sex) for (area, sex), n in numbers.items() if 0 < n < 4} <= hidden(engine)


def check_the_read_table(engine: Engine, version: int) -> None:
    """The read table is what the history says, marks included."""
    names = [*SERIES_ORDER, "conf_status"]
    with engine.connect() as connection:
        now, then = (
            connection.execute(
                select(*(t.c[n] for n in names)).order_by(*(t.c[n] for n in SERIES_ORDER))
            ).all()
            for t in (observation_current, observations_as_of(version))
        )
        covers = connection.execute(
            select(*(suppressed.c[n] for n in AXES)).where(suppressed.c.last_batch.is_(None))
        ).all()
    assert now == then
    assert {row[1 : 1 + len(AXES)] for row in now if row.conf_status == "D"} == {tuple(c) for c in covers}
