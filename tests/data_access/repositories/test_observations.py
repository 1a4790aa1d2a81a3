"""Observations are read in one shape, at any version, without what may not be shown."""

from __future__ import annotations

import math
from typing import Any
from unittest.mock import Mock

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, Result, event

from data_access.db.reading import at_version
from data_access.domain.confidentiality import SmallCellRule, is_hidden
from data_access.repositories.observations import COLUMNS, load_observations
from tests.data_access.builders import erase, observation, publish

RULE = SmallCellRule()


def load(engine: Engine, **asked: Any) -> pd.DataFrame:
    """What a page would read: everything counts persons, nothing is sensitive, unless asked otherwise."""
    codes = asked.setdefault("indicators", ["OS1.01"])
    known = {"rule": RULE, "persons": codes, "counts": (), "sensitive": (), **asked}
    version = known.pop("as_of", None)
    with engine.connect() as connection:
        return load_observations(at_version(connection, version), **known)


def test_rows_come_with_every_column_in_its_type(engine: Engine) -> None:
    loaded = publish(engine, observation(comment="revised", obs_status="P"))
    found = load(engine)
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)
    assert found.iloc[0].to_dict() == {
        **{k: v for k, v in observation(comment="revised", obs_status="P").items() if k != "conf_status"},
        "availability": "available",
        "provenance": "official",
        "origin_batch": loaded.id,
    }


@pytest.mark.parametrize("as_of", [None, 1])
def test_no_rows_have_the_same_columns_and_types(engine: Engine, as_of: int | None) -> None:
    found = load(engine, as_of=as_of)
    assert found.empty
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)
    assert load(engine, indicators=[]).dtypes.astype(str).to_dict() == dict(COLUMNS)


def test_totals_of_the_region_are_read_unless_more_is_asked(engine: Engine) -> None:
    publish(
        engine,
        observation(),
        observation(sex="F"),
        observation(sex="F", age="Y_LT25"),
        observation(ref_area="21001"),
        observation(indicator="OS1.02"),
        observation(operator="VDAB"),
    )
    key = ["indicator", "ref_area", "sex", "age", "operator"]

    def found(**asked: Any) -> list[tuple[str, ...]]:
        return list(load(engine, **asked)[key].itertuples(index=False, name=None))

    region = ("OS1.01", "BRU", "_T", "_T", "_T")
    assert found() == [region]
    assert found(ref_areas=None) == [("OS1.01", "21001", "_T", "_T", "_T"), region]
    assert found(ref_areas=["21001"]) == [("OS1.01", "21001", "_T", "_T", "_T")]
    assert found(dimensions={"sex": "F"}) == [("OS1.01", "BRU", "F", "_T", "_T")]
    assert found(dimensions={"sex": None}) == [("OS1.01", "BRU", "F", "_T", "_T"), region]
    assert found(dimensions={"operator": None}) == [("OS1.01", "BRU", "_T", "_T", "VDAB"), region]
    assert found(indicators=["OS1.02", "OS1.01"]) == [region, ("OS1.02", "BRU", "_T", "_T", "_T")]


def test_rows_are_sorted_alike_whatever_the_database_and_the_order_of_the_file(engine: Engine) -> None:
    rows = [
        observation(indicator=code, operator=operator, time_period=period, freq=freq)
        for code in ("OS1.02", "BV-1a", "CTX.DEI", "OS1.01")
        for operator in ("_T", "VDAB", "bf")
        for freq, period in (("M", "2024-10"), ("A", "2024"), ("M", "2024-02"), ("Q", "2024-Q1"))
    ]
    publish(engine, *rows)
    codes = ["OS1.01", "OS1.02", "CTX.DEI", "BV-1a"]
    found = load(engine, indicators=codes, dimensions={"operator": None})
    read = list(found[["indicator", "operator", "time_period"]].itertuples(index=False, name=None))
    assert read == sorted((row["indicator"], row["operator"], row["time_period"]) for row in rows)
    some = load(engine, indicators=codes, time_periods=["2024", "2024-02"])
    assert set(some.time_period) == {"2024", "2024-02"}
    assert len(some) == 8


def test_an_earlier_version_reads_as_it_was(engine: Engine) -> None:
    first = publish(engine, observation(obs_value=50.0))
    second = publish(engine, observation(obs_value=51.0), observation(time_period="2025", obs_value=2.0))
    assert load(engine, as_of=first.id - 1).empty
    assert load(engine, as_of=first.id).obs_value.tolist() == [50.0]
    assert load(engine, as_of=second.id).obs_value.tolist() == [51.0, 2.0]
    pd.testing.assert_frame_equal(load(engine, as_of=second.id), load(engine))


@pytest.mark.parametrize("as_of", [False, True])
def test_zero_missing_and_hidden_stay_three_things(engine: Engine, as_of: bool) -> None:
    batch = publish(
        engine,
        observation(time_period="2020", numerator=0.0, obs_value=0.0),
        observation(
            time_period="2021", numerator=math.nan, denominator=math.nan, obs_value=math.nan, obs_status="M"
        ),
        observation(time_period="2022", numerator=math.nan, denominator=math.nan, obs_value=math.nan),
        observation(time_period="2023", numerator=3.0, obs_value=0.3),
        observation(time_period="2024", obs_status="M"),
    )
    found = load(engine, as_of=batch.id if as_of else None).set_index("time_period")
    assert found.availability.to_dict() == {
        "2020": "available",
        "2021": "missing",
        "2022": "missing",
        "2023": "hidden",
        "2024": "missing",
    }
    assert found.loc["2020", ["numerator", "denominator", "obs_value"]].tolist() == [0.0, 1000.0, 0.0]
    assert found.loc["2021":, ["numerator", "denominator", "obs_value"]].isna().all(axis=None)


def test_a_sensitive_item_of_a_dimension_has_the_stricter_threshold(engine: Engine) -> None:
    rows = [observation(audience=item, numerator=5.0, obs_value=0.5) for item in ("_T", "HANDICAP", "YOUNG")]
    publish(engine, *rows)
    found = load(
        engine, dimensions={"audience": None}, sensitive_items={"audience": {"HANDICAP"}, "age": set()}
    )
    assert found.set_index("audience").availability.to_dict() == {
        "HANDICAP": "hidden",
        "YOUNG": "available",
        "_T": "available",
    }


def keep(result: Result[Any], sent: list[Any]) -> Result[Any]:
    """Write down every value that the database sends."""
    frozen = result.freeze()
    sent.extend(value for row in frozen().all() for value in row)
    return frozen()


def test_a_hidden_number_never_leaves_the_database(engine: Engine) -> None:
    publish(engine, observation(numerator=3.0, denominator=777.0, obs_value=0.386))
    sent: list[Any] = []
    with engine.connect() as connection:
        spy = Mock(wraps=connection)
        spy.execute.side_effect = lambda query: keep(connection.execute(query), sent)
        asked = {"rule": RULE, "persons": ["OS1.01"], "counts": (), "sensitive": ()}
        load_observations(spy, indicators=["OS1.01"], **asked)
    assert "hidden" in sent
    assert not {3.0, 777.0, 0.386} & {value for value in sent if isinstance(value, float)}


EDGES = (None, 0.0, 0.5, 1.0, 3.0, 4.0, 9.0, 10.0)  # around 4 and 10
GRID = [
    {
        "indicator": indicator,
        "numerator": numerator,
        "denominator": denominator,
        "obs_value": value,
        "conf_status": "F",
        "obs_status": "A",
    }
    for indicator in ("I.PERSONS", "I.COUNT", "I.SENSITIVE", "I.THINGS")
    for denominator in (None, 0.0, 29.0, 30.0, 31.0)
    for numerator in (*EDGES, 20.0, 21.0, 26.0, 27.0, 29.0, 30.0, 33.0)
    for value in EDGES
]


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as observations of successive months, from January 1900."""
    months = (f"{1900 + i // 12}-{i % 12 + 1:02}" for i in range(len(rows)))
    return [observation(freq="M", time_period=month, **row) for month, row in zip(months, rows, strict=True)]


def test_sql_hides_what_the_rule_in_python_hides_at_every_threshold(engine: Engine) -> None:
    publish(engine, *numbered(GRID))
    check_against_the_rule(engine, GRID, RULE, as_of=None)


NUMBER = st.one_of(st.none(), st.integers(0, 45).map(float), st.sampled_from([0.5, 3.5, 9.5, 29.5]))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "indicator": st.sampled_from(["I.PERSONS", "I.COUNT", "I.SENSITIVE", "I.THINGS"]),
            "numerator": NUMBER,
            "denominator": NUMBER,
            "obs_value": NUMBER,
            "conf_status": st.sampled_from("FFFFCD"),
            "obs_status": st.sampled_from("AAPM"),
        }
    ),
    min_size=1,
    max_size=30,
)
RULES = st.builds(
    SmallCellRule,
    min_count=st.integers(1, 6),
    min_count_sensitive=st.integers(6, 12),
    min_denominator=st.integers(1, 40),
    min_group=st.integers(1, 60),
)
PERSONS, COUNTS, SENSITIVE = (
    {"I.PERSONS", "I.COUNT", "I.SENSITIVE"},
    {"I.COUNT", "I.SENSITIVE"},
    {"I.SENSITIVE"},
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, rule=RULES)
def test_so_it_does_for_any_thresholds_at_any_version(
    engine: Engine, rows: list[dict[str, Any]], rule: SmallCellRule
) -> None:
    erase(engine)
    batch = publish(engine, *numbered(rows))
    for as_of in (None, batch.id):
        check_against_the_rule(engine, rows, rule, as_of=as_of)


def check_against_the_rule(
    engine: Engine, rows: list[dict[str, Any]], rule: SmallCellRule, *, as_of: int | None
) -> None:
    """Compare what is read with the pure rule, row by row."""
    codes = sorted(PERSONS | {"I.THINGS"})
    scope = {"persons": PERSONS, "counts": COUNTS, "sensitive": SENSITIVE}
    found = load(engine, indicators=codes, rule=rule, as_of=as_of, **scope)
    assert len(found) == len(rows)
    for read in found.itertuples():
        year, month = map(int, read.time_period.split("-"))
        row = rows[(year - 1900) * 12 + month - 1]
        assert read.availability == expected(row, rule), row
        shown = [read.numerator, read.denominator, read.obs_value]
        stored = [row["numerator"], row["denominator"], row["obs_value"]]
        is_open = read.availability == "available"
        assert [None if math.isnan(v) else v for v in shown] == (stored if is_open else [None] * 3)


def expected(row: dict[str, Any], rule: SmallCellRule) -> str:
    """The availability that the pure rule gives."""
    hidden = is_hidden(
        numerator=row["numerator"],
        denominator=row["denominator"],
        value=row["obs_value"],
        conf_status=row["conf_status"],
        persons=row["indicator"] in PERSONS,
        is_count=row["indicator"] in COUNTS,
        sensitive=row["indicator"] in SENSITIVE,
        rule=rule,
    )
    if hidden:
        return "hidden"
    return "missing" if row["obs_status"] == "M" or row["obs_value"] is None else "available"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # PostgreSQL plans by what the table holds
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (
            {"dimensions": {"operator": None}},
            "SEARCH observation_current USING PRIMARY KEY (indicator=? AND ref_area=?",
        ),
        (
            {"ref_areas": None, "time_periods": ["2024"]},
            "SEARCH observation_current USING INDEX ix_observation_current_map (indicator=? AND time_",
        ),
        ({"as_of": 1}, "SEARCH observation USING INDEX ix_observation_key (indicator=? AND ref_area=?"),
    ],
    ids=["series", "map", "as of"],
)
def test_sqlite_answers_each_question_from_an_index(
    engine: Engine, asked: dict[str, Any], index: str
) -> None:
    sent: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append((args[2], args[3])))
    load(engine, **asked)
    statement, parameters = sent[-1]
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert any(str(row[-1]).startswith(index) for row in plan), plan
