"""Scorecards, overview, shared dashboard, calendar and sources, from the shipped contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.actions.prepare import prepare_database
from data_access.contract.load import contract
from data_access.db.engine import bind, get_engine, make_engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Status
from data_access.imports.commit import withdraw_batch
from data_access.services.calendar import get_next_deadlines
from data_access.services.data_state import DataState, get_data_state
from data_access.services.overview import get_overview
from data_access.services.scorecard import get_scorecard
from data_access.services.shared_dashboard import get_shared_dashboard
from data_access.services.sources import get_batches, get_sources

RULE = SmallCellRule()
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The published tables, without the demonstration ones."""
    folder: Path = tmp_path_factory.mktemp("published")
    engine = make_engine(f"sqlite:///{folder}/test.sqlite3")
    prepare_database(engine, contract(), tables="published", data_dir=folder, now=NOW)
    yield engine
    engine.dispose()


@pytest.fixture
def state(published: Engine) -> DataState:
    bind(published)
    return get_data_state()


def test_a_second_preparation_finds_nothing_to_do(published: Engine, tmp_path: Path) -> None:
    done = prepare_database(published, contract(), tables="published", data_dir=tmp_path, now=NOW)
    assert done.loaded == ()


def test_the_cut_off_is_the_last_day_of_the_newest_published_month(state: DataState) -> None:
    """Actiris's figure of the end of August 2026 is the newest that ships."""
    assert state.cutoff == date(2026, 8, 31)


def test_without_demonstration_nothing_is_fictitious(state: DataState) -> None:
    assert state.provenances == {"published"}
    assert not get_overview(state.version, state.cutoff, RULE).demonstration
    assert not get_shared_dashboard(state.version, state.cutoff, RULE).demonstration


def test_the_context_shows_the_published_jobseekers(state: DataState) -> None:
    """99 458 jobseekers and 16,0 % at the end of August 2026 (SOURCES of the published tables)."""
    context = get_overview(state.version, state.cutoff, RULE).context
    shown = {row.code: row.latest and row.latest.value for row in context}
    assert shown["CTX.DEI"] == 99458
    assert shown["CTX.RATE"] == 16.0


@pytest.mark.parametrize("objective", ["OS1", "OS2", "OS3", "OS4", "OS5"])
def test_a_scorecard_shows_every_indicator_once_and_every_commitment(
    state: DataState, objective: str
) -> None:
    scorecard = get_scorecard(state.version, state.cutoff, objective, RULE)
    codes = [row.code for row in scorecard.rows]
    assert sorted(codes) == [d.code for d in contract().of_objective(objective)]
    leaves = next(o for o in contract().objectives if o.code == objective).leaves
    assert [group.commitment for group in scorecard.groups] == [leaf.code for leaf in leaves]
    assert sum(scorecard.distribution.values()) == len(codes)


def test_an_indicator_of_two_commitments_is_named_under_the_second(state: DataState) -> None:
    """OS1.03 serves OS1-E1 and OS1-E2 (coverage matrix of the domain report)."""
    groups = {g.commitment: g for g in get_scorecard(state.version, state.cutoff, "OS1", RULE).groups}
    assert "OS1.03" in [row.code for row in groups["OS1-E1"].rows]
    assert groups["OS1-E2"].elsewhere == ("OS1.03",)


def test_without_targets_nothing_is_judged(state: DataState) -> None:
    """The contract sets no target, and none is invented: with published figures alone no state is given."""
    counts = get_overview(state.version, state.cutoff, RULE).distribution
    given = (Status.ATTAINED, Status.ON_TRACK, Status.TO_WATCH, Status.OFF_TRACK)
    assert [counts[s] for s in given] == [0, 0, 0, 0]
    assert counts[Status.NOT_ASSESSABLE] == 58
    assert counts[Status.CONTEXT] == 2


def test_the_shared_dashboard_has_the_twenty_measures_in_two_sections(state: DataState) -> None:
    sections = dict(get_shared_dashboard(state.version, state.cutoff, RULE).sections)
    assert [len(sections["BV"]), len(sections["VD"])] == [11, 9]
    assert [m.code for m in sections["BV"]][:5] == ["BV-1a", "BV-1b", "BV-1c", "BV-1d", "BV-1e"]


def test_batches_list_what_is_in_force_newest_first(state: DataState) -> None:
    batches = get_batches(state.version)
    assert len(batches) == len(list((Path("data_access") / "tables" / "published").glob("*.csv")))
    assert [b.id for b in batches] == sorted((b.id for b in batches), reverse=True)
    assert {b.provenance for b in batches} == {"published"}


def test_every_published_figure_names_its_source(state: DataState) -> None:
    """The ONEM counts of claimants by commune come from ONEM (SOURCES of the published tables)."""
    sources = get_sources(state.version)
    assert any("ONEM" in s.text and "CTX.CCI_DE" in s.indicators for s in sources)
    assert all(s.text for s in sources)


def test_the_next_deadlines_come_soonest_first() -> None:
    """On 23 November 2026: the evaluation window of GV-07 opens on 31 December 2026."""
    deadlines = get_next_deadlines(date(2026, 11, 23))
    assert [d.day for d in deadlines] == sorted(d.day for d in deadlines)
    opening = next(d for d in deadlines if d.obligation.code == "GV-07")
    assert (opening.day, opening.opens) == (date(2026, 12, 31), True)


def test_an_open_window_shows_its_end() -> None:
    (found,) = [d for d in get_next_deadlines(date(2027, 1, 1), count=50) if d.obligation.code == "GV-07"]
    assert (found.day, found.opens) == (date(2027, 12, 31), False)


def test_nothing_is_due_after_the_last_day() -> None:
    assert get_next_deadlines(date(2031, 1, 1)) == ()


def test_a_withdrawal_is_a_new_version_without_the_batch(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/test.sqlite3")
    prepare_database(engine, contract(), tables="published", data_dir=tmp_path, now=NOW)
    bind(engine)
    before = get_data_state()
    region = next(b for b in get_batches(before.version) if b.file_name == "actiris_region.csv")
    withdraw_batch(get_engine(), region.id, by="tester", reason="test", at=NOW)
    after = get_data_state()
    assert after.version == before.version + 1
    assert get_overview(after.version, after.cutoff, RULE).context[0].latest is None
    engine.dispose()
