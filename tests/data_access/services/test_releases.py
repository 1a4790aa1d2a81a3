"""Releases side by side, on both databases; the means are found by hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db import engine as engines
from data_access.db.reading import as_of
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.edition_change import RevisionRecord
from data_access.imports.commit import withdraw_batch
from data_access.services.releases import Triangle, get_triangle
from tests.data_access.builders import NOON, observation, publish

RULE = SmallCellRule()


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


@pytest.fixture
def releases(bound: Engine) -> Engine:
    """2022 to 2024 in three releases: 2022 revised once, 2023 never, 2024 once in the last."""
    publish(bound, value("2022", 40.0), value("2023", 45.0))
    publish(bound, value("2022", 41.0), value("2024", 50.0))
    publish(bound, value("2024", 47.0))
    return bound


def value(year: str, percent: float, **more: Any) -> dict[str, Any]:
    return quarter(time_period=f"{year}-Q4", obs_value=percent, numerator=10 * percent, **more)


def quarter(**more: Any) -> dict[str, Any]:
    return observation(**{"freq": "Q", "time_period": "2024-Q4", **more})


def triangle(version: int, code: str = "OS1.01") -> Triangle:
    return get_triangle(version, code, "_T", RULE)


def table(found: Triangle) -> dict[str, list[float | None]]:
    return {str(row.period)[:4]: [v.value if v else None for v in row.known] for row in found.rows}


def test_a_column_a_release_and_a_row_a_period(releases: Engine) -> None:
    found = triangle(3)
    assert [release.version for release in found.releases] == [1, 2, 3]
    assert {release.day for release in found.releases} == {NOON.date()}
    assert table(found) == {
        "2024": [None, 50.0, 47.0],
        "2023": [45.0, 45.0, 45.0],
        "2022": [40.0, 41.0, 41.0],
    }


def test_the_mean_revisions_by_hand(releases: Engine) -> None:
    """+1, 0 and -3 points: -2/3 on average, 4/3 in size."""
    found = triangle(3)
    assert found.record == RevisionRecord(3, pytest.approx(-2 / 3), pytest.approx(4 / 3))
    assert found.revised == 2


def test_as_of_an_edition_later_releases_do_not_exist(releases: Engine) -> None:
    with as_of(2):
        found = triangle(2)
    assert table(found) == {"2024": [None, 50.0], "2023": [45.0, 45.0], "2022": [40.0, 41.0]}
    assert found.record == RevisionRecord(2, 0.5, 0.5)


def test_what_was_taken_back_is_no_longer_known(releases: Engine) -> None:
    withdraw_batch(releases, 2, by="tester", reason="", at=NOON)
    found = triangle(4)
    assert table(found)["2022"] == [40.0, 41.0, 41.0, 40.0]
    assert table(found)["2024"] == [None, 50.0, 47.0, 47.0]


def test_a_small_release_is_hidden_and_counts_for_no_mean(bound: Engine) -> None:
    publish(bound, quarter(numerator=3.0, obs_value=0.3), value("2023", 45.0))
    publish(bound, quarter(numerator=500.0, obs_value=50.0), value("2023", 46.0))
    found = triangle(2)
    (first, _) = found.rows[0].known
    assert first is not None
    assert (first.availability, first.value) == (Availability.HIDDEN, None)
    assert found.record == RevisionRecord(1, 1.0, 1.0)


def test_what_is_hidden_for_the_sake_of_others_is_so_in_every_release(bound: Engine) -> None:
    """The women are hidden later by the producer; the total, never revised, would give them away."""
    publish(bound, quarter(sex="M", numerator=480.0, denominator=950.0, obs_value=50.5))
    publish(bound, quarter(sex="F", numerator=20.0, denominator=50.0, obs_value=40.0, conf_status="C"))
    publish(bound, quarter(numerator=500.0, denominator=1000.0, obs_value=50.0))
    found = triangle(3)
    assert [v.availability for v in found.rows[0].known if v is not None] == [Availability.HIDDEN]


def test_one_release_has_nothing_to_compare(bound: Engine) -> None:
    publish(bound, value("2022", 40.0))
    found = triangle(1)
    assert (found.record, found.revised, len(found.releases)) == (None, 0, 1)
