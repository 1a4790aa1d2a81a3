"""Cases by obstacle: added up over outcomes, and hidden in SQL where they or the others are few."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.cohort_obstacles import ObstacleCount, load_obstacles
from tests.data_access.builders import cohort, publish

RULE = SmallCellRule()  # counts from 4, sensitive from 10
OUTCOMES = ("next", "employment", "training", "other_exit", "pending")


def stage(total: int, obstacle: str = "_T", **more: Any) -> list[dict[str, Any]]:
    """So many cases: all but four go on, one each of the other outcomes (none at all without four)."""
    others = 1 if total >= 4 else 0
    counts = dict.fromkeys(OUTCOMES, others) | {"next": total - 4 * others}
    return [cohort(stage="A3", outcome=o, count=n, obstacle=obstacle, **more) for o, n in counts.items()]


def ask(engine: Engine, *rows: dict[str, Any], **more: Any) -> dict[tuple[str, str], ObstacleCount]:
    publish(engine, cohorts=rows)
    with engine.connect() as connection:
        found = load_obstacles(connection, "F-TEST", "A3", rule=RULE, sensitive_obstacles={"HEALTH"}, **more)
    return {(row.item, row.obstacle): row for row in found}


def counts(found: dict[tuple[str, str], ObstacleCount]) -> dict[tuple[str, str], int | str | None]:
    return {key: row.availability.value if row.count is None else row.count for key, row in found.items()}


def test_outcomes_are_added_up_and_small_counts_hidden(engine: Engine) -> None:
    found = ask(
        engine,
        *stage(100),
        *stage(60, "LANGUAGE"),
        *stage(9, "HEALTH"),  # sensitive: from ten
        *stage(9, "CARE"),
        *stage(3, "MOBILITY"),
        *stage(98, "DIGITAL"),  # two have no digital obstacle
        *stage(0, "OTHER"),
        *stage(100, "HOUSING"),
    )
    assert counts(found) == {
        ("_T", "_T"): 100,
        ("_T", "LANGUAGE"): 60,
        ("_T", "HEALTH"): "hidden",
        ("_T", "CARE"): 9,
        ("_T", "MOBILITY"): "hidden",
        ("_T", "DIGITAL"): "hidden",
        ("_T", "OTHER"): 0,
        ("_T", "HOUSING"): 100,
    }
    assert found["_T", "LANGUAGE"].provenance == "official"


def test_groups_have_their_own_whole_and_other_groups_and_months_are_left_out(engine: Engine) -> None:
    found = ask(
        engine,
        *stage(100),
        *stage(60, "CARE"),
        *stage(40, sex="F"),
        *stage(38, "CARE", sex="F"),  # two women without it
        *stage(60, sex="M"),
        *stage(22, "CARE", sex="M"),
        *stage(22, "CARE", sex="M", age="Y_LT25"),
        *stage(30, "CARE", sex="M", ref_area="21001"),
        dimension="sex",
    )
    assert counts(found) == {
        ("_T", "_T"): 100, ("_T", "CARE"): 60, ("F", "_T"): 40,
        ("F", "CARE"): "hidden", ("M", "_T"): 60, ("M", "CARE"): 22,
    }  # fmt: skip
    with engine.connect() as connection:
        alone = load_obstacles(connection, "F-TEST", "A3", rule=RULE, sensitive_obstacles=())
    assert {row.item for row in alone} == {"_T"}


def test_a_sensitive_group_has_the_stricter_threshold(engine: Engine) -> None:
    rows = [*stage(100, sex="X"), *stage(9, "CARE", sex="X")]
    found = ask(engine, *rows, dimension="sex", sensitive_items={"X"})
    assert counts(found)["X", "CARE"] == "hidden"


def test_missing_and_kept_back_are_neither_zero_nor_shown(engine: Engine) -> None:
    kept = stage(60, "LANGUAGE")
    kept[0] |= {"conf_status": "C"}
    gap = stage(60, "CARE")
    gap[0] |= {"count": None}
    found = ask(engine, *stage(100), *kept, *gap, *stage(60, "DIGITAL")[:-1])
    assert found["_T", "LANGUAGE"].availability is Availability.HIDDEN
    assert found["_T", "CARE"].availability is Availability.MISSING
    assert found["_T", "DIGITAL"].availability is Availability.MISSING  # one outcome is not told
    assert {row.count for (_, o), row in found.items() if o != "_T"} == {None}


def test_obstacles_without_the_cases_of_their_stage_are_left_out(engine: Engine) -> None:
    assert ask(engine, *stage(60, "LANGUAGE")) == {}
