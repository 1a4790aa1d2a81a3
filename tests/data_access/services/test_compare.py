"""What may stand beside a series: same unit, never a hidden number, nothing that does not exist."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db.engine import bind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.services.compare import get_compared, get_options
from tests.data_access.builders import observation, publish

CUTOFF = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def bound(engine: Engine) -> None:
    bind(engine)


def share(value: float, sex: str = "_T", **more: Any) -> dict[str, Any]:
    facts = {"numerator": value * 10, "denominator": 1000.0, **more}
    return observation(
        **{"indicator": "OS3.10", "time_period": "2025", "obs_value": value, "sex": sex, **facts}
    )


def test_parts_that_the_data_hold_then_indicators_of_the_same_unit(engine: Engine) -> None:
    publish(engine, share(50), share(48, "F"))
    options = get_options(1, "OS3.10", "_T")
    assert [o.key for o in options if o.is_part] == ["SEX.F"]
    unit = contract().indicator("OS3.10").unit
    others = [o.key for o in options if not o.is_part]
    assert others
    assert {contract().indicator(key).unit for key in others} == {unit}
    assert "OS3.10" not in others


def test_a_part_brings_its_own_series(engine: Engine) -> None:
    publish(engine, share(50), share(48, "F"))
    compared = get_compared(1, CUTOFF, "OS3.10", "_T", "SEX.F", SmallCellRule())
    assert compared is not None
    assert [r.value for r in compared.readings] == [48]


def test_a_small_part_stays_hidden(engine: Engine) -> None:
    publish(engine, share(50), share(20, "F", numerator=2.0, denominator=10.0))
    compared = get_compared(1, CUTOFF, "OS3.10", "_T", "SEX.F", SmallCellRule())
    assert compared is not None
    assert [(r.value, r.availability) for r in compared.readings] == [(None, Availability.HIDDEN)]


def test_a_part_is_hidden_where_its_sibling_is(engine: Engine) -> None:
    """Total and women would tell the two men apart: 500 − 498 of 1,000 − 990."""
    women = share(50.3, "F", numerator=498.0, denominator=990.0)
    men = share(20, "M", numerator=2.0, denominator=10.0)
    publish(
        engine, share(50), women, men, share(48, "F", time_period="2024"), share(52, "M", time_period="2024")
    )
    compared = get_compared(1, CUTOFF, "OS3.10", "_T", "SEX.F", SmallCellRule())
    assert compared is not None
    assert [(str(r.period), r.value, r.numerator) for r in compared.readings] == [
        ("2024", 48.0, 480.0),
        ("2025", None, None),
    ]


@pytest.mark.parametrize("key", ["", "SEX.M", "SEX", "OS1.07", "nonsense", "SEX.F.G", "OS3.10"])
def test_what_cannot_be_compared_is_not(engine: Engine, key: str) -> None:
    """OS1.07 is a count; the data hold no men; the rest is nothing."""
    publish(engine, share(50), share(48, "F"))
    assert get_compared(1, CUTOFF, "OS3.10", "_T", key, SmallCellRule()) is None
