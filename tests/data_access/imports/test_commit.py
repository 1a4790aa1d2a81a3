"""Publications and withdrawals: what is current, what was known when, and what is never lost."""

from __future__ import annotations

import math
import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from data_access.db.tables import batch, cohort, observation_current
from data_access.db.tables import observation as history
from data_access.domain.errors import UserError
from data_access.imports import commit
from data_access.imports.commit import Batch, find_loaded, withdraw_batch
from data_access.repositories.batches import load_batches, load_data_state
from tests.data_access.builders import NOON, governance, observation, plan, publish, remark, target
from tests.data_access.builders import cohort as stage
from tests.data_access.replay import known_at


def values(engine: Engine, version: int | None = None) -> dict[str, float]:
    """The value of each period, now or as of a version."""
    return {key[2]: content["obs_value"] for key, content in known_at(engine, history, version).items()}


def take_back(engine: Engine, batch_id: int) -> Batch:
    return withdraw_batch(engine, batch_id, by="tester", reason="wrong file", at=NOON)


def rate(period: str, value: float) -> dict[str, object]:
    return observation(time_period=period, obs_value=value)


def test_three_publications_are_each_read_as_they_were_known(engine: Engine) -> None:
    first = publish(engine, rate("2022", 10), rate("2023", 20))
    second = publish(engine, rate("2023", 21), rate("2024", 30))
    third = publish(engine, rate("2022", 11), rate("2023", 20), rate("2024", 30))
    assert values(engine, first.id) == {"2022": 10, "2023": 20}
    assert values(engine, second.id) == {"2022": 10, "2023": 21, "2024": 30}
    assert values(engine, third.id) == values(engine) == {"2022": 11, "2023": 20, "2024": 30}
    assert [b.counts["observation"] for b in (first, second, third)] == [
        {"read": 2, "new": 2, "revised": 0, "unchanged": 0, "removed": 0},
        {"read": 2, "new": 1, "revised": 1, "unchanged": 0, "removed": 0},
        {"read": 3, "new": 0, "revised": 2, "unchanged": 1, "removed": 0},
    ]


def test_a_file_without_news_writes_no_history(engine: Engine) -> None:
    publish(engine, rate("2022", 10), observation(time_period="2023", obs_value=math.nan, obs_status="M"))
    again = publish(
        engine, rate("2022", 10), observation(time_period="2023", obs_value=math.nan, obs_status="M")
    )
    assert again.counts["observation"]["unchanged"] == 2
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(history)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"obs_value": math.nan},
        {"numerator": math.nan},
        {"obs_status": "P"},
        {"conf_status": "C"},
        {"source": "another"},
        {"comment": "corrected"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_difference_in_content_is_a_revision(engine: Engine, change: dict[str, object]) -> None:
    publish(engine, observation())
    assert publish(engine, observation(**change)).counts["observation"]["revised"] == 1


def test_the_same_value_from_another_provenance_is_a_revision(engine: Engine) -> None:
    publish(engine, observation(), provenance="demonstration")
    assert publish(engine, observation(), provenance="official").counts["observation"]["revised"] == 1
    with engine.connect() as connection:
        assert load_data_state(connection).provenances == {"official"}


def test_the_provenance_of_a_remark_counts_too(engine: Engine) -> None:
    publish(engine, observation(), provenance="published")
    publish(engine, remarks=(remark(),), provenance="demonstration")
    with engine.connect() as connection:
        assert load_data_state(connection).provenances == {"published", "demonstration"}


def test_the_provenances_of_governance_and_of_the_plan_count_too(engine: Engine) -> None:
    publish(engine, governances=(governance(),), provenance="demonstration")
    publish(engine, plans=(plan(),), provenance="official")
    with engine.connect() as connection:
        assert load_data_state(connection).provenances == {"demonstration", "official"}


def test_the_provenances_of_targets_and_cohorts_count_too(engine: Engine) -> None:
    publish(engine, observation(), provenance="published")
    publish(engine, targets=(target(),), provenance="demonstration")
    publish(engine, cohorts=(stage(),), provenance="official")
    with engine.connect() as connection:
        assert load_data_state(connection).provenances == {"published", "demonstration", "official"}


def test_targets_and_cohorts_keep_their_history_and_types(engine: Engine) -> None:
    first = publish(
        engine, targets=(target(value=60.0),), cohorts=(stage(count=400), stage(stage="T2", count=None))
    )
    second = publish(engine, targets=(target(value=65.0, low=None),), cohorts=(stage(count=410),))
    assert second.counts["target"]["revised"] == second.counts["cohort"]["revised"] == 1
    with engine.connect() as connection:
        counts = dict(
            connection.execute(
                select(cohort.c.stage, cohort.c["count"]).where(cohort.c.last_batch.is_(None))
            ).all()
        )
        through = set(connection.scalars(select(cohort.c.observed_through)))
    assert counts == {"T1": 410, "T2": None}
    assert through == {date(2025, 12, 31)}
    assert (first.id, second.id) == (second.id - 1, second.id)


def test_nothing_to_publish_is_still_a_version(engine: Engine) -> None:
    before = publish(engine, rate("2024", 30))
    empty = publish(engine, left_out=7, report=[{"code": "left_out", "row": 3}])
    assert empty.id > before.id
    assert (dict(empty.counts), empty.left_out, empty.cutoff) == ({}, 7, date(2024, 12, 31))
    assert values(engine) == {"2024": 30}


def test_the_cut_off_is_the_end_of_the_newest_period_that_was_over(engine: Engine) -> None:
    published = publish(
        engine,
        observation(freq="M", time_period="2026-10"),
        observation(freq="Q", time_period="2026-Q3"),
        observation(freq="A", time_period="2026"),
        observation(freq="M", time_period="2027-02"),
    )
    assert published.cutoff == date(2026, 10, 31)
    last_day = datetime(2026, 12, 31, tzinfo=UTC)
    assert publish(engine, published_at=last_day).cutoff == date(2026, 12, 31)


def test_a_withdrawal_restores_what_the_batch_had_replaced(engine: Engine) -> None:
    publish(engine, rate("2022", 10), rate("2023", 20))
    wrong = publish(engine, rate("2023", 99), rate("2024", 99), provenance="demonstration")
    withdrawal = take_back(engine, wrong.id)
    assert values(engine) == {"2022": 10, "2023": 20}
    assert values(engine, wrong.id) == {"2022": 10, "2023": 99, "2024": 99}
    assert (withdrawal.action, withdrawal.withdraws) == ("withdraw", wrong.id)
    assert withdrawal.counts["observation"] == {
        "read": 0,
        "new": 0,
        "revised": 1,
        "unchanged": 0,
        "removed": 1,
    }
    assert withdrawal.cutoff == date(2023, 12, 31)
    with engine.connect() as connection:
        assert load_data_state(connection).provenances == {"official"}
        marked = load_batches(connection).set_index("id").withdrawn_at
    assert marked.notna().to_dict() == {wrong.id - 1: False, wrong.id: True, withdrawal.id: False}


def test_a_withdrawal_goes_back_one_load_not_to_the_first(engine: Engine) -> None:
    first, second, third = (publish(engine, rate("2023", value)) for value in (20, 21, 22))
    take_back(engine, third.id)
    assert values(engine) == {"2023": 21}
    take_back(engine, first.id)
    take_back(engine, second.id)
    assert values(engine) == {}


def test_a_target_said_again_does_not_keep_an_observation_alive(engine: Engine) -> None:
    first = publish(engine, rate("2023", 20), targets=(target(),))
    second = publish(engine, rate("2023", 21))
    publish(engine, targets=(target(),))  # confirms the target; both first rows have the number 1
    take_back(engine, first.id)
    take_back(engine, second.id)
    assert values(engine) == {}


def test_withdrawing_a_batch_already_superseded_changes_no_value(engine: Engine) -> None:
    first = publish(engine, rate("2023", 20))
    second = publish(engine, rate("2023", 21))
    assert dict(take_back(engine, first.id).counts) == {}
    assert values(engine) == {"2023": 21}
    take_back(engine, second.id)
    assert values(engine) == {}


def test_what_a_later_load_said_again_outlives_the_first(engine: Engine) -> None:
    first = publish(engine, rate("2022", 10), rate("2023", 99))
    corrected = publish(engine, rate("2022", 10), rate("2023", 20))
    take_back(engine, first.id)
    assert values(engine) == {"2022": 10, "2023": 20}
    with engine.connect() as connection:
        assert set(connection.scalars(select(observation_current.c.origin_batch))) == {corrected.id}


def test_a_withdrawn_file_may_be_loaded_again(engine: Engine) -> None:
    loaded = publish(engine, rate("2023", 20), sha256="a" * 64)
    assert find_loaded(engine, "a" * 64) == loaded
    take_back(engine, loaded.id)
    assert find_loaded(engine, "a" * 64) is None
    again = publish(engine, rate("2023", 20), sha256="a" * 64)
    assert values(engine) == {"2023": 20}
    with engine.connect() as connection:
        assert find_loaded(connection, "a" * 64) == again
        assert find_loaded(connection, "b" * 64) is None


def test_only_a_load_in_force_can_be_taken_back(engine: Engine) -> None:
    loaded = publish(engine, rate("2023", 20))
    withdrawal = take_back(engine, loaded.id)
    refused = {}
    for number in (loaded.id, withdrawal.id, withdrawal.id + 100):
        with pytest.raises(UserError) as error:
            take_back(engine, number)
        refused[number] = (error.value.code, error.value.facts)
    assert refused == {
        loaded.id: ("batch_already_withdrawn", {"value": loaded.id}),
        withdrawal.id: ("batch_is_withdrawal", {"value": withdrawal.id}),
        withdrawal.id + 100: ("unknown_batch", {"value": withdrawal.id + 100}),
    }
    with engine.connect() as connection:
        assert connection.scalar(select(func.max(batch.c.id))) == withdrawal.id


def test_a_failure_at_the_last_step_leaves_the_database_as_before(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish(engine, rate("2023", 20))
    publish(engine, rate("2024", 30))

    def fail(*_: object) -> Batch:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(commit, "_finish", fail)
        with pytest.raises(OSError, match="disk full"):
            publish(engine, rate("2023", 99), rate("2025", 99), targets=(target(),))
        with pytest.raises(OSError, match="disk full"):
            take_back(engine, before.id)
    assert values(engine) == {"2023": 20, "2024": 30}
    with engine.connect() as connection:
        assert load_batches(connection).withdrawn_at.isna().tolist() == [True, True]
    publish(engine, rate("2023", 21))  # nothing stands in the way of the next one
    assert values(engine) == {"2023": 21, "2024": 30}


def test_a_key_twice_in_one_frame_is_refused_whole(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        publish(engine, rate("2023", 20), rate("2023", 21))
    assert values(engine) == {}


def test_two_publications_at_once_happen_one_after_the_other(engine: Engine) -> None:
    barrier = threading.Barrier(2)
    done: dict[int, Batch] = {}

    def load(number: int) -> None:
        rows = [rate(f"{year}", number) for year in range(2000, 2050)]
        barrier.wait()
        done[number] = publish(engine, *rows, observation(time_period="1999", ref_area=f"2100{number}"))

    threads = [threading.Thread(target=load, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    earlier, later = sorted(done, key=lambda number: done[number].id)
    assert done[earlier].counts["observation"] == {
        "read": 51,
        "new": 51,
        "revised": 0,
        "unchanged": 0,
        "removed": 0,
    }
    assert done[later].counts["observation"] == {
        "read": 51,
        "new": 1,
        "revised": 50,
        "unchanged": 0,
        "removed": 0,
    }
    assert set(values(engine, done[earlier].id).values()) == {earlier, 50.0}
    current = known_at(engine, history, None)
    assert {key[3] for key in current} == {"BRU", "21001", "21002"}
