"""Packs in the database, on SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.actions.cancel_report import cancel_report
from data_access.actions.order_report import order_report
from data_access.actions.run_report import fail, finish, note_progress, take_up
from data_access.actions.sweep_reports import remove_old, take_again
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.report import Cancelled, Order, rule_mark
from data_access.repositories.reports import load_report, load_reports

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ORDER = Order("data", "fr", 3, SmallCellRule(), "shapes", "program")


def ask(engine: Engine, folder: Path, order: Order = ORDER) -> tuple[int, bool]:
    return order_report(engine, order, asked_by="An", now=NOW, folder=folder)


def state(engine: Engine, number: int) -> str:
    with engine.connect() as connection:
        found = load_report(connection, number)
    assert found is not None
    return str(found["state"])


def make(engine: Engine, folder: Path, order: Order) -> int:
    number, _new = ask(engine, folder, order)
    assert take_up(engine, number, machine="m", now=NOW)
    (folder / f"{number}").write_bytes(b"x")
    finish(engine, number, file_name="f", size=1, sha256="0" * 64, now=NOW)
    return number


def test_many_who_ask_at_once_get_one_pack(engine: Engine, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(engine, tmp_path), range(8)))
    assert len({number for number, _ in answers}) == 1
    assert sum(new for _, new in answers) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(ORDER, kind="slides"),
        replace(ORDER, languages="nl"),
        replace(ORDER, version=4),
        replace(ORDER, rule=SmallCellRule(min_count=5)),
        replace(ORDER, geometry="others"),
        replace(ORDER, program="newer"),
        replace(ORDER, own_croissant=("21001",)),
        replace(ORDER, since="0" * 64),
    ],
)
def test_another_order_is_another_pack(engine: Engine, tmp_path: Path, other: Order) -> None:
    assert ask(engine, tmp_path)[0] != ask(engine, tmp_path, other)[0]


def test_two_consumers_never_make_the_same(engine: Engine, tmp_path: Path) -> None:
    number, _ = ask(engine, tmp_path)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda m: take_up(engine, number, machine=f"{m}", now=NOW), range(4)))
    assert sum(row is not None for row in taken) == 1
    assert take_up(engine, 999, machine="m", now=NOW) is None


def test_after_failure_and_cancel_a_new_one(engine: Engine, tmp_path: Path) -> None:
    first, _ = ask(engine, tmp_path)
    take_up(engine, first, machine="m", now=NOW)
    fail(engine, first, "report_lost", {"x": "1"}, now=NOW)
    second, new = ask(engine, tmp_path)
    assert new
    assert second > first
    assert cancel_report(engine, second, now=NOW)
    assert not cancel_report(engine, second, now=NOW)
    third, new = ask(engine, tmp_path)
    assert new
    assert third > second
    assert [state(engine, n) for n in (first, second, third)] == ["failed", "cancelled", "waiting"]


def test_the_maker_learns_of_the_cancel(engine: Engine, tmp_path: Path) -> None:
    number, _ = ask(engine, tmp_path)
    take_up(engine, number, machine="m", now=NOW)
    note_progress(engine, number, 1, 5, "one")
    cancel_report(engine, number, now=NOW)
    with pytest.raises(Cancelled):
        note_progress(engine, number, 2, 5, "two")
    with pytest.raises(Cancelled):
        finish(engine, number, file_name="f", size=1, sha256="0" * 64, now=NOW)
    fail(engine, number, "report_lost", {}, now=NOW)
    assert state(engine, number) == "cancelled"


def test_only_what_this_machine_was_making_waits_again(engine: Engine, tmp_path: Path) -> None:
    here, _ = ask(engine, tmp_path)
    there, _ = ask(engine, tmp_path, replace(ORDER, languages="nl"))
    take_up(engine, here, machine="here", now=NOW)
    take_up(engine, there, machine="there", now=NOW)
    assert take_again(engine, tmp_path, machine="here", now=NOW) == [here]
    assert (state(engine, here), state(engine, there)) == ("waiting", "running")


def test_what_a_machine_that_is_gone_was_making_waits_again(engine: Engine, tmp_path: Path) -> None:
    number, _ = ask(engine, tmp_path)
    take_up(engine, number, machine="of another name by now", now=NOW)
    assert take_again(engine, tmp_path, machine="here", now=NOW + timedelta(minutes=59)) == []
    assert take_again(engine, tmp_path, machine="here", now=NOW + timedelta(minutes=61)) == [number]


def test_the_list_of_an_audience_holds_what_its_thresholds_made(engine: Engine, tmp_path: Path) -> None:
    loose = make(engine, tmp_path, replace(ORDER, rule=SmallCellRule(min_count=1)))
    strict = make(engine, tmp_path, replace(ORDER, rule=SmallCellRule(min_count=11, min_count_sensitive=11)))
    with engine.connect() as connection:
        listed = {
            count: [row["id"] for row in load_reports(connection, rule_mark(SmallCellRule(count, sensitive)))]
            for count, sensitive in ((1, 10), (11, 11), (4, 10))
        }
    assert listed == {1: [loose], 11: [strict], 4: []}


def test_the_files_of_the_newest_of_each_kind_stay_and_every_row_does(engine: Engine, tmp_path: Path) -> None:
    made = [make(engine, tmp_path, replace(ORDER, version=v)) for v in (1, 2, 3)]
    other = make(engine, tmp_path, replace(ORDER, kind="slides"))
    waiting, _ = ask(engine, tmp_path, replace(ORDER, version=9))
    later = NOW + timedelta(days=1)
    assert remove_old(engine, tmp_path, keep=2, now=later) == made[:1]
    assert remove_old(engine, tmp_path, keep=2, now=later + timedelta(days=1)) == []
    with engine.connect() as connection:
        rows = {row["id"]: row for row in load_reports(connection)}
    assert list(rows) == [waiting, other, *reversed(made)]
    removed = {number: row["removed_at"] for number, row in rows.items() if row["removed_at"] is not None}
    assert removed == {made[0]: later}
    assert (rows[made[0]]["state"], rows[made[0]]["file_name"]) == ("done", "f")
    assert sorted(int(path.name) for path in tmp_path.glob("[0-9]*")) == sorted([*made[1:], other])


def test_what_was_removed_can_be_asked_for_again_and_stays_in_the_list(
    engine: Engine, tmp_path: Path
) -> None:
    first, second = (make(engine, tmp_path, replace(ORDER, version=v)) for v in (1, 2))
    remove_old(engine, tmp_path, keep=1, now=NOW)
    again, new = ask(engine, tmp_path, replace(ORDER, version=1))
    assert new
    assert again not in {first, second}
    assert [state(engine, n) for n in (first, second, again)] == ["done", "done", "waiting"]
