"""The profile of a commune: hand-made rows on both databases, then the shipped ones against a slow twin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import hypot, sqrt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.engine import bind, get_engine, make_engine
from data_access.domain.comparison import Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.services.breakdown_cells import Cells
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_covers import get_covers
from data_access.services.commune_lines import Line
from data_access.services.commune_profile import Profile, get_commune_profile
from data_access.services.data_state import get_data_state
from tests.data_access.builders import observation, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, denominators from 30
OPEN = SmallCellRule(0, 0, 0, 0)  # under which publication hides nothing
COMMUNES = [c.nis for c in contract().communes]
HIDDEN, MISSING = Availability.HIDDEN, Availability.MISSING


def rate(numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """A quarter of OS2.03, a share of persons who are followed for twelve months; lower is better."""
    value = 100 * numerator / denominator
    about = {"indicator": "OS2.03", "freq": "Q", "time_period": "2025-Q1", "obs_value": value}
    return observation(numerator=numerator, denominator=denominator, **{**about, **more})


def ask(nis: str = "21001", other: str | None = None) -> Profile:
    return get_commune_profile(1, CUTOFF, nis, other, RULE)


def only_line(nis: str = "21001", other: str | None = None) -> Line:
    (line,) = ask(nis, other).lines
    return line


@pytest.fixture
def bound(engine: Engine) -> Engine:
    bind(engine)
    return engine


def test_a_commune_is_compared_with_the_rest_of_the_region(bound: Engine) -> None:
    """104 of 150 without 56 of 70 is 48 of 80: 20 points, 5.24 to 33.39 (Newcombe 1998, table II, a)."""
    publish(bound, rate(104, 150), rate(56, 70, ref_area="21001"))
    line = only_line()
    assert line.gap is not None
    assert (line.gap.points, line.gap.low, line.gap.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.005)
    assert line.region.value == pytest.approx(100 * 104 / 150)
    assert line.other is None


def test_two_communes_are_compared_with_each_other(bound: Engine) -> None:
    """The same contrast, of two communes: the Region does not enter."""
    publish(bound, rate(900, 1500), rate(56, 70, ref_area="21001"), rate(48, 80, ref_area="21002"))
    line = only_line(other="21002")
    assert line.other is not None
    assert line.difference is not None
    found = (line.difference.points, line.difference.low, line.difference.high)
    assert found == pytest.approx((20.0, 5.24, 33.39), abs=0.005)


@pytest.mark.parametrize(
    ("code", "numerator", "favourable"),
    [
        ("OS2.03", 56, False),  # long-term unemployment: lower is better, and 80 % is more than 60 %
        ("OS2.03", 48, None),  # 48 of 70 against 56 of 80: no significant gap
        ("OS1.01", 56, True),  # exits to work: higher is better
        ("OS2.02", 56, None),  # context carries no judgement
    ],
)
def test_a_gap_is_favourable_only_where_a_way_is_wanted(
    bound: Engine, code: str, numerator: float, favourable: bool | None
) -> None:
    period = {"OS2.02": ("M", "2025-03")}.get(code, ("Q", "2025-Q1"))
    about = {"indicator": code, "freq": period[0], "time_period": period[1]}
    publish(bound, rate(104, 150, **about), rate(numerator, 70, ref_area="21001", **about))
    assert only_line().favourable is favourable


def test_the_change_is_on_the_same_period_a_year_before(bound: Engine) -> None:
    """From 100 of 400 to 200 of 400: 25 points more of what should go down, far outside the noise."""
    publish(
        bound,
        rate(400, 2000),
        rate(100, 400, ref_area="21001", time_period="2024-Q1"),
        rate(200, 400, ref_area="21001"),
    )
    change = only_line().own.change
    assert change is not None
    assert (change.difference, change.direction, change.better) == (25.0, "up", False)


def test_the_break_of_2026_forbids_the_change(bound: Engine) -> None:
    about = {"indicator": "OS1.03", "freq": "Q"}
    quarters = ("2025-Q2", "2026-Q2")
    publish(
        bound,
        *(rate(50, 100, ref_area=a, time_period=q, **about) for q in quarters for a in ("BRU", "21001")),
    )
    line = only_line()
    assert (str(line.period), line.breaks) == ("2026-Q2", (date(2026, 1, 1),))
    assert line.own.change is not None
    assert not line.own.change.comparable


def test_an_unclosed_cohort_is_never_compared(bound: Engine) -> None:
    """Entries of 2025-Q2 are known on 30/09/2026 (12 months and 3 of delay), those of 2025-Q3 are not."""
    quarters = ("2025-Q2", "2025-Q3")
    publish(bound, *(rate(50, 100, ref_area=a, time_period=q) for q in quarters for a in ("BRU", "21001")))
    line = only_line()
    assert (str(line.period), line.is_mature) == ("2025-Q2", True)
    assert {str(p) for p in line.immature} == {"2025-Q3"}


def test_with_unclosed_cohorts_only_nothing_is_compared(bound: Engine) -> None:
    late = {"time_period": "2025-Q3"}
    publish(bound, rate(104, 150, **late), *(rate(56, 70, ref_area=a, **late) for a in ("21001", "21002")))
    line = only_line(other="21002")
    assert (line.is_mature, line.gap, line.difference, line.own.change) == (False, None, None, None)
    assert line.own.cell.value == pytest.approx(80.0)


def test_a_hidden_value_is_not_replaced_by_an_older_one(bound: Engine) -> None:
    """2 of 100 is hidden; the year before, 20 of 100, is shown in the series but not as the newest."""
    publish(
        bound,
        rate(500, 1000),
        rate(500, 1000, time_period="2024-Q1"),
        *(rate(20, 100, ref_area=a, time_period="2024-Q1") for a in COMMUNES[:3]),
        *(rate(n, 100, ref_area=a) for n, a in zip((2, 20, 30), COMMUNES, strict=False)),
    )
    line = only_line()
    assert (str(line.period), line.own.cell.availability) == ("2025-Q1", HIDDEN)
    assert (line.own.cell.value, line.own.cell.numerator, line.own.cell.denominator) == (None, None, None)
    assert [r.value for r in line.own.readings] == [20.0, None]
    assert (line.gap, line.own.change, line.own.interval) == (None, None, None)


def test_a_sibling_that_would_give_a_hidden_commune_away_hides_too(bound: Engine) -> None:
    """2 of 100 in Anderlecht is hidden: of the others the smallest, 20 of 60 in Berchem, covers it."""
    publish(
        bound,
        rate(122, 360),
        rate(2, 100, ref_area="21001"),
        rate(100, 200, ref_area="21002"),
        rate(20, 60, ref_area="21003"),
    )
    cells = {nis: only_line(nis).own.cell for nis in COMMUNES[:3]}
    assert [c.availability for c in cells.values()] == [HIDDEN, Availability.AVAILABLE, HIDDEN]
    assert only_line("21003").own.readings[0].numerator is None
    assert only_line("21001", "21003").difference is None


def test_without_the_total_of_the_region_no_sibling_need_hide(bound: Engine) -> None:
    publish(bound, *(rate(n, 100, ref_area=a) for n, a in ((2, "21001"), (20, "21002"), (30, "21003"))))
    assert get_covers(1, RULE) == frozenset()
    line = only_line("21002")
    assert (line.own.cell.value, line.gap, line.region.availability) == (20.0, None, MISSING)


def test_of_two_covers_as_good_the_profile_takes_that_of_the_breakdown(bound: Engine) -> None:
    """Forest and Evere have 60 persons each; Forest comes first: Evere delivered nothing a year before."""
    first = {"time_period": "2024-Q1"}
    publish(
        bound,
        rate(500, 1000, **first),
        *(rate(40, 100, ref_area=a, **first) for a in ("21001", "21002", "21007")),
        rate(122, 420),
        rate(2, 100, ref_area="21001"),
        rate(100, 200, ref_area="21002"),
        rate(20, 60, ref_area="21006"),
        rate(20, 60, ref_area="21007"),
        rule=OPEN,
    )
    assert get_covers(1, RULE) == {("OS2.03", "_T", "21007", "2025-Q1")}
    cells = Cells(contract().indicator("OS2.03"), AREA, None, RULE)
    assert not cells.at(("_T", "21007"), Period.parse("2025-Q1")).available


def test_zero_missing_and_hidden_are_three_things(bound: Engine) -> None:
    publish(
        bound,
        rate(500, 1000),
        rate(0, 60, ref_area="21001"),
        observation(
            indicator="OS2.03",
            freq="Q",
            time_period="2025-Q1",
            ref_area="21002",
            numerator=None,
            denominator=None,
            obs_value=None,
            obs_status="M",
        ),
    )
    line = only_line("21001", "21002")
    assert line.own.cell.value == 0.0
    assert line.other is not None
    assert line.other.cell.availability is MISSING


def test_a_count_has_a_share_of_the_region_and_no_gap(bound: Engine) -> None:
    about = {"indicator": "OS2.01", "freq": "M", "time_period": "2026-09", "denominator": None}
    publish(
        bound,
        *(
            observation(ref_area=a, numerator=n, obs_value=n, **about)
            for a, n in (("BRU", 400.0), ("21001", 100.0))
        ),
    )
    line = only_line()
    assert (line.kind, line.share, line.gap, line.own.interval) == (Kind.COUNT, 0.25, None, None)


def test_each_operator_of_a_shared_measure_has_its_line_and_an_indicator_its_total(bound: Engine) -> None:
    shared = {"indicator": "BV-1b", "freq": "M", "time_period": "2026-09"}
    own = {"indicator": "OS1.05", "freq": "M", "time_period": "2026-09"}
    publish(
        bound,
        *(rate(40, 100, ref_area=a, operator=o, **shared) for a in ("BRU", "21001") for o in ("BF", "VDAB")),
        *(rate(40, 100, ref_area=a, operator=o, **own) for a in ("BRU", "21001") for o in ("_T", "ACTIRIS")),
    )
    assert [(line.code, line.operator) for line in ask().lines] == [
        ("OS1.05", "_T"),
        ("BV-1b", "BF"),
        ("BV-1b", "VDAB"),
    ]


def test_population_is_that_of_the_newest_year_by_sex(bound: Engine) -> None:
    about = {"indicator": "CTX.POP", "denominator": None}
    rows = [("2019", "_T", 900.0), ("2020", "_T", 1000.0), ("2020", "F", 520.0), ("2020", "M", 480.0)]
    publish(
        bound,
        *(
            observation(ref_area="21001", time_period=y, sex=s, numerator=n, obs_value=n, **about)
            for y, s, n in rows
        ),
    )
    found = ask().population["21001"]
    by_sex = {sex: cell.value for sex, cell in found.by_sex.items()}
    assert (found.year, found.total.value, by_sex) == (2020, 1000.0, {"F": 520.0, "M": 480.0})


def test_nothing_known_is_an_empty_profile(bound: Engine) -> None:
    publish(bound, rate(104, 150), rate(56, 70, ref_area="21001"))
    found = ask("21002")
    assert [line.own.cell.availability for line in found.lines] == []
    assert (found.context, found.sources, found.demonstration) == ((), (), False)


def test_sources_are_those_of_what_is_not_fictitious(bound: Engine) -> None:
    publish(bound, rate(104, 150, source="Actiris"), rate(56, 70, ref_area="21001", source="ViewStat"))
    publish(
        bound,
        *(rate(56, 70, ref_area=a, source="made up", time_period="2024-Q1") for a in ("BRU", "21001")),
        provenance="demonstration",
    )
    found = get_commune_profile(2, CUTOFF, "21001", None, RULE)
    assert [(s.text, s.indicators) for s in found.sources] == [
        ("Actiris", ("OS2.03",)),
        ("ViewStat", ("OS2.03",)),
    ]
    assert found.demonstration
    assert [b.id for b in found.batches] == [2, 1]


# The shipped tables, against a twin that reads the rows one by one and applies the rules as they are written.


@pytest.fixture(scope="module")
def shipped_state(shipped: Path) -> Iterator[tuple[int, date | None]]:
    engine = make_engine(f"sqlite:///{shipped}/dashboard.sqlite3")
    bind(engine)
    state = get_data_state()
    yield state.version, state.cutoff
    engine.dispose()


Rows = dict[tuple[str, str, str], dict[str, Mapping[str, Any]]]


def raw_rows() -> Rows:
    """By indicator, operator and period: the rows by area that are broken down by nothing else."""
    totals = " AND ".join(
        f"{name} = '_T'" for name in ("sex", "age", "education", "duration", "audience", "workplace")
    )
    found: Rows = {}
    with get_engine().connect() as connection:
        for row in connection.execute(text(f"SELECT * FROM observation_current WHERE {totals}")).mappings():
            key = (row["indicator"], row["operator"], row["time_period"])
            found.setdefault(key, {})[row["ref_area"]] = dict(row)
    return found


def twin_hidden(table: Mapping[str, Mapping[str, Any]], code: str) -> set[str]:
    """Counts 1-3, complements 1-3 and denominators under 30 (design §4); then the smallest sibling."""
    definition = contract().indicator(code)
    smallest = 10 if definition.sensitive else 4
    hidden = set()
    for area, row in table.items():
        top, bottom, value = row["numerator"], row["denominator"], row["obs_value"]
        few = [n for n in (top, value if definition.unit is Unit.COUNT else None) if n is not None]
        few += [bottom - top] if top is not None and bottom is not None else []
        small = any(0 < n < smallest for n in few) or (bottom is not None and bottom < 30)
        if row["conf_status"] in "CD" or (definition.persons and small):
            hidden.add(area)
    if "BRU" in table and "BRU" not in hidden and len(hidden) == 1:
        others = [a for a in sorted(table) if a not in hidden and a != "BRU" and table[a]["obs_value"]]
        hidden.add(min(others, key=lambda a: table[a]["denominator"] or table[a]["obs_value"]))
    return hidden


def wilson(top: float, bottom: float) -> tuple[float, float]:
    z, p = 1.959964, top / bottom
    middle, spread = p + z * z / 2 / bottom, z * sqrt(p * (1 - p) / bottom + z * z / 4 / bottom**2)
    return (middle - spread) / (1 + z * z / bottom), (middle + spread) / (1 + z * z / bottom)


def twin_gap(a: float, b: float, c: float, d: float) -> tuple[float, float, float]:
    """Newcombe (1998), method 10, from its text, in points."""
    (la, ua), (lb, ub), gap = wilson(a, b), wilson(c, d), a / b - c / d
    low, high = gap - hypot(a / b - la, ub - c / d), gap + hypot(ua - a / b, c / d - lb)
    return 100 * gap, 100 * low, 100 * high


@pytest.mark.parametrize("nis", ["21012", "21011", "21017"])
def test_every_line_is_what_the_rows_say(shipped_state: tuple[int, date | None], nis: str) -> None:
    version, cutoff = shipped_state
    profile, rows = get_commune_profile(version, cutoff, nis, None, RULE), raw_rows()
    assert {(line.code, line.operator) for line in (*profile.lines, *profile.context)} == {
        (code, operator) for (code, operator, _), table in rows.items() if nis in table
    }
    gaps = 0
    for line in (*profile.lines, *profile.context):
        for reading in line.own.readings:
            table = rows[line.code, line.operator, str(reading.period)]
            hidden = nis in twin_hidden(table, line.code)
            assert (reading.availability is HIDDEN) == hidden, (line.code, reading.period)
            assert reading.value == (None if hidden else table[nis]["obs_value"])
        table = rows[line.code, line.operator, str(line.period)]
        if line.gap is not None:
            own, region = table[nis], table["BRU"]
            counts = [own["numerator"], own["denominator"]]
            counts += [region[n] - own[n] for n in ("numerator", "denominator")]
            found = (line.gap.points, line.gap.low, line.gap.high)
            assert found == pytest.approx(twin_gap(*counts), abs=1e-6)
            gaps += 1
    assert gaps >= 10


def test_the_profiles_hide_exactly_what_the_breakdowns_hide(
    shipped_state: tuple[int, date | None],
) -> None:
    version, cutoff = shipped_state
    profiles = {nis: get_commune_profile(version, cutoff, nis, None, RULE) for nis in COMMUNES}
    hidden = 0
    for line in profiles["21001"].lines:
        definition = contract().indicator(line.code)
        cells = Cells(definition, AREA, None, RULE, {"OPERATOR": line.operator})
        for nis, profile in profiles.items():
            (same,) = [k for k in profile.lines if (k.code, k.operator) == (line.code, line.operator)]
            assert [(r.period, r.availability) for r in same.own.readings] == [
                (p, c.availability) for p, c in sorted(cells.cells[("_T", nis)].items())
            ]
            hidden += sum(r.availability is HIDDEN for r in same.own.readings)
    assert hidden > 0
    assert not get_covers(version, RULE)  # publication hides what gives a small cell away
