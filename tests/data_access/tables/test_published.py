"""The published figures, re-added and compared with hand-checked values of their sources."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from data_access.contract.load import contract
from data_access.domain.period import Freq, Period
from data_access.tables.demonstration.tables import OBSERVATION_COLUMNS, OBSERVATION_KEY

FOLDER = Path(__file__).parents[3] / "data_access" / "tables" / "published"
DIMENSIONS = ("SEX", "AGE", "EDUCATION", "DURATION", "AUDIENCE", "OPERATOR", "WORKPLACE")
Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames or ()) == OBSERVATION_COLUMNS
        return list(reader)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for path in sorted(FOLDER.glob("*.csv")) for row in read(path.name)]


def value(rows: list[Row], indicator: str, period: str, **items: str) -> float:
    wanted = dict.fromkeys(DIMENSIONS, "_T") | {"REF_AREA": "BRU"} | items
    found = [
        row
        for row in rows
        if (row["INDICATOR"], row["TIME_PERIOD"]) == (indicator, period)
        and all(row[name] == item for name, item in wanted.items())
    ]
    assert len(found) == 1
    return float(found[0]["OBS_VALUE"])


def test_every_file_is_described_in_the_readme() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in FOLDER.glob("*.csv") if f"`{p.name}`" not in text] == []


def test_no_key_appears_twice_over_all_files(rows: list[Row]) -> None:
    keys = Counter(tuple(row[column] for column in OBSERVATION_KEY) for row in rows)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_row_names_its_source_and_none_is_fictitious(rows: list[Row]) -> None:
    assert [row for row in rows if "http" not in row["SOURCE"]] == []
    assert [row for row in rows if "fictif" in (row["SOURCE"] + row["COMMENT"]).lower()] == []


def test_every_estimated_provisional_or_missing_value_says_how_or_why(rows: list[Row]) -> None:
    assert [row for row in rows if row["OBS_STATUS"] in "EPMB" and not row["COMMENT"]] == []


def test_every_code_is_the_contracts_and_every_dimension_its_definitions(rows: list[Row]) -> None:
    items = {(item.dimension, item.code) for item in contract().codelists}
    communes = {commune.nis for commune in contract().communes}
    for row in rows:
        definition = contract().indicator(row["INDICATOR"])
        broken_down = {name for name in DIMENSIONS if row[name] != "_T"}
        broken_down |= {"REF_AREA"} if row["REF_AREA"] != "BRU" else set()
        assert broken_down <= set(definition.dimensions), row
        assert all((name, row[name]) in items for name in DIMENSIONS), row
        assert row["REF_AREA"] in communes | {"BRU"}
        assert Period.parse(row["TIME_PERIOD"]).freq is Freq(row["FREQ"])


def test_the_value_follows_from_numerator_and_denominator_where_both_are_known(rows: list[Row]) -> None:
    for row in rows:
        if row["DENOMINATOR"]:
            exact = 100 * float(row["NUMERATOR"]) / float(row["DENOMINATOR"])
            assert float(row["OBS_VALUE"]) == pytest.approx(exact, abs=0.05), row


def test_only_the_first_value_after_the_reform_carries_the_break(rows: list[Row]) -> None:
    series: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["FREQ"] == "M" and row["TIME_PERIOD"] >= "2026":
            key = tuple(row[c] for c in OBSERVATION_KEY if c != "TIME_PERIOD")
            series[key].append(row)
    for one in series.values():
        first, *later = sorted(one, key=lambda r: r["TIME_PERIOD"])
        assert first["OBS_STATUS"] in {
            "B",
            "E",
        }  # a derived value says in its comment that the break is behind it
        assert "rupture" in first["COMMENT"].lower()
        assert "B" not in {row["OBS_STATUS"] for row in later}


# Totals given by the sources beside the communes, rounded to the unit (research notes, ONEM).
ONEM_TOTALS = {
    2017: 65_579, 2018: 64_364, 2019: 63_533, 2020: 65_888, 2021: 65_863,
    2022: 61_452, 2023: 60_223, 2024: 60_506, 2025: 61_303, 2026: 41_566,
}  # fmt: skip


@pytest.mark.parametrize(("year", "total"), ONEM_TOTALS.items())
def test_the_regions_claimants_are_the_sum_of_the_nineteen_communes(year: int, total: int) -> None:
    of_year = [row for row in read("onem_cci_de.csv") if row["TIME_PERIOD"] == str(year)]
    communes = [float(row["OBS_VALUE"]) for row in of_year if row["REF_AREA"] != "BRU"]
    region = value(of_year, "CTX.CCI_DE", str(year))
    assert len(communes) == 19
    assert sum(communes) == pytest.approx(region, abs=0.005)
    assert round(region) == total
    assert {row["OBS_STATUS"] for row in of_year} == ({"P"} if year == 2026 else {"A"})


def test_the_population_adds_up_over_communes_and_sexes() -> None:
    rows = read("statbel_population.csv")
    for year, total in {"2019": 1_208_542, "2020": 1_218_255}.items():  # Statbel, 1 January
        communes = [
            int(row["OBS_VALUE"])
            for row in rows
            if row["TIME_PERIOD"] == year and row["REF_AREA"] != "BRU" and row["SEX"] == "_T"
        ]
        assert (len(communes), sum(communes), value(rows, "CTX.POP", year)) == (19, total, total)
    for area in {row["REF_AREA"] for row in rows}:
        women = value(rows, "CTX.POP", "2020", REF_AREA=area, SEX="F")
        men = value(rows, "CTX.POP", "2020", REF_AREA=area, SEX="M")
        assert women + men == value(rows, "CTX.POP", "2020", REF_AREA=area)


def test_the_estimated_jobseekers_by_commune_add_up_to_the_published_mean(rows: list[Row]) -> None:
    estimates = [row for row in rows if row["INDICATOR"] == "CTX.DEI_EST"]
    assert {row["OBS_STATUS"] for row in estimates} == {"E"}
    assert sum(int(row["OBS_VALUE"]) for row in estimates) == value(rows, "CTX.DEI_MEAN", "2024") == 91_628


def test_the_published_durations_of_september_2024_add_up_to_a_hundred(rows: list[Row]) -> None:
    shares = [value(rows, "CTX.DUR_SHARE", "2024-09", DURATION=d) for d in ("M_LT12", "M12T23", "M_GE24")]
    assert shares == [38.6, 16.0, 45.4]  # Actiris, cited by BX1
    assert sum(shares) == pytest.approx(100.0)


@pytest.mark.parametrize("period", ["2024-01", "2026-02"])
def test_deduced_durations_add_up_to_a_hundred_but_for_rounding(rows: list[Row], period: str) -> None:
    shares = [value(rows, "CTX.DUR_SHARE", period, DURATION=d) for d in ("M_LT12", "M12T23", "M_GE24")]
    assert sum(shares) == pytest.approx(100.0, abs=0.55)


@pytest.mark.parametrize(
    ("indicator", "dimension"), [("CTX.AGE_SHARE", "AGE"), ("CTX.EDU_SHARE", "EDUCATION")]
)
def test_shares_by_age_and_education_add_up_to_a_hundred(
    rows: list[Row], indicator: str, dimension: str
) -> None:
    shares: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["INDICATOR"] == indicator and row[dimension] != "_T":
            shares[row["TIME_PERIOD"]] += float(row["OBS_VALUE"])
    assert shares
    assert all(total == pytest.approx(100.0) for total in shares.values())


# Month by month: stock before + entries - exits = stock (Actiris' own press releases).
@pytest.mark.parametrize(("before", "month"), [("2023-12", "2024-01"), ("2025-09", "2025-10"), ("2026-01", "2026-02"), ("2026-07", "2026-08")])  # fmt: skip  # noqa: E501
def test_stocks_and_flows_agree_to_the_unit(rows: list[Row], before: str, month: str) -> None:
    stock = (
        value(rows, "CTX.DEI", before) + value(rows, "CTX.INFLOW", month) - value(rows, "CTX.OUTFLOW", month)
    )
    assert stock == value(rows, "CTX.DEI", month)


def test_november_2025_does_not_agree_and_its_comment_says_so(rows: list[Row]) -> None:
    stock = value(rows, "CTX.DEI", "2025-10") + value(rows, "CTX.INFLOW", "2025-11")
    assert stock - value(rows, "CTX.OUTFLOW", "2025-11") - value(rows, "CTX.DEI", "2025-11") == 90
    comments = [
        row["COMMENT"]
        for row in rows
        if (row["INDICATOR"], row["TIME_PERIOD"], row["AUDIENCE"]) == ("CTX.DEI", "2025-11", "_T")
    ]
    assert len(comments) == 1
    assert "90 de plus" in comments[0]


def test_men_and_women_of_december_2025_add_up_to_the_jobseekers(rows: list[Row]) -> None:
    women = value(rows, "CTX.DEI", "2025-12", SEX="F")
    assert women + value(rows, "CTX.DEI", "2025-12", SEX="M") == value(rows, "CTX.DEI", "2025-12") == 96_650


HAND_CHECKED = [
    ("CTX.DEI", "2024-09", {}, 93_356),
    ("CTX.RATE", "2024-09", {}, 14.9),
    ("CTX.RATE_VAR", "2024", {"REF_AREA": "21012"}, 21.1),
    ("CTX.RATE_VAR", "2024", {"REF_AREA": "21019"}, 7.9),
    ("CTX.RATE_MEAN", "2019", {}, 15.7),
    ("CTX.CPAS_SHARE", "2026-02", {}, 21.2),
    ("OS2.01", "2018-12", {}, 57_299),
    ("OS2.01", "2018-12", {"DURATION": "M_GE60"}, 24_133),
    ("BV-3", "2024", {"OPERATOR": "BF"}, 74.9),
    ("BV-4A", "2024", {"OPERATOR": "BF"}, 62.7),
    ("VD-2", "2018", {}, 1_187),
    ("OS1.05", "2022-09", {}, 46),
    ("OS1.07", "2019", {}, 35_063),
    ("OS5.08", "2019", {}, 6.6),
    ("CTX.TRAINED_BF", "2024", {}, 15_609),
    ("CTX.COMMUTE_VLA", "2021", {}, 56_067),
]


@pytest.mark.parametrize(("indicator", "period", "items", "expected"), HAND_CHECKED)
def test_a_value_is_the_one_that_its_source_gives(
    rows: list[Row], indicator: str, period: str, items: dict[str, str], expected: float
) -> None:
    assert value(rows, indicator, period, **items) == expected


# 12 months or more = 1-2 years + 2 years and more, from « +x % (+n) »: before = n / x, now = before + n.
DERIVED = {
    "2024-01": (2331 / 0.198 + 2331 + 621 / 0.015 - 621, 91_895),
    "2024-09": ((0.160 + 0.454) * 93_356, 93_356),
    "2025-09": ((1 - 0.379) * 94_693, 94_693),
    "2026-02": (1502 / 0.102 + 1502 + 3120 / 0.075 + 3120, 97_859),
}


@pytest.mark.parametrize(("period", "derivation"), DERIVED.items())
def test_long_term_unemployment_follows_from_the_published_changes(
    rows: list[Row], period: str, derivation: tuple[float, int]
) -> None:
    stock, jobseekers = derivation
    assert value(rows, "OS2.01", period) == pytest.approx(stock, abs=2)
    assert value(rows, "OS2.02", period) == pytest.approx(100 * stock / jobseekers, abs=0.01)


@pytest.mark.parametrize("left_out", ["33912", "375000", "760000", "18.5"])
def test_figures_that_cannot_be_reconciled_are_not_there(rows: list[Row], left_out: str) -> None:
    assert [row for row in rows if row["OBS_VALUE"] == left_out] == []
