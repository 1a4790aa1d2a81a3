"""Which way of taking the season out fits which measure: the table of indicators/README.md, line by line."""

from __future__ import annotations

import pytest

from data_access.contract.checks import check_seasons
from data_access.domain.season import Season

EVERY = {season.value for season in Season}
RATE = {"mean_12_months", "year_on_year"}


@pytest.mark.parametrize(
    ("measure", "persons", "fits"),
    [
        ("flow", True, {"sum_12_months"}),
        ("flow", False, {"sum_12_months"}),
        ("stock", True, {"year_on_year"}),
        ("stock", False, {"year_on_year"}),
        ("median", True, {"year_on_year"}),
        ("rate", True, RATE),
        ("rate", False, {*RATE, "none"}),
        ("mean", False, RATE),
        ("gap", True, RATE),
    ],
)
@pytest.mark.parametrize("periodicity", ["M", "Q", "S"])
def test_within_the_year_the_measure_decides(
    measure: str, persons: bool, fits: set[str], periodicity: str
) -> None:
    definition = {"measure": measure, "persons": persons, "periodicity": periodicity}
    refused = {s for s in EVERY if list(check_seasons({"indicators": [{**definition, "season": s}]}))}
    assert refused == EVERY - fits


@pytest.mark.parametrize("measure", ["flow", "stock", "median", "rate", "mean", "gap"])
def test_an_annual_series_has_no_season(measure: str) -> None:
    definition = {"measure": measure, "periodicity": "A", "persons": False}
    refused = {s for s in EVERY if list(check_seasons({"indicators": [{**definition, "season": s}]}))}
    assert refused == EVERY - {"none"}


@pytest.mark.parametrize(
    "definition",
    [
        {"measure": "flow", "periodicity": "M"},
        {"measure": "flow", "periodicity": "M", "season": "x13"},
        {"measure": "flow", "periodicity": "M", "season": ["none"]},
        {"measure": "guess", "periodicity": "M", "season": "none"},
        {"measure": ["flow"], "periodicity": "M", "season": "none"},
    ],
)
def test_what_the_schema_refuses_is_not_blamed_twice(definition: dict[str, object]) -> None:
    assert list(check_seasons({"indicators": [definition]})) == []
