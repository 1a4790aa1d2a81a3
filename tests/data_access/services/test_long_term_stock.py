"""Long-term unemployment: rows against a slow twin, what is hidden, what may be compared."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db import engine as engines
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.services.long_term_change import Move, Origin, Point, compare, compare_before_break
from data_access.services.long_term_stock import LongTermStock, get_long_term_stock
from tests.data_access.builders import cohort, observation, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, sensitive from 10
REFORM = date(2026, 1, 1)
HIDDEN = Availability.HIDDEN
BANDS = {"M12T23": 400, "M24T59": 500, "M_GE60": 600}


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def ask(version: int = 1) -> LongTermStock:
    return get_long_term_stock(version, CUTOFF, RULE)


def persons(duration: str, value: float, month: str = "2025-06", **more: Any) -> dict[str, Any]:
    about = {"freq": "M", "time_period": month, "numerator": value, "denominator": None, "obs_value": value}
    return observation(**{"indicator": "OS2.01", "duration": duration, **about, **more})


def share(duration: str, value: float, code: str = "OS2.02", **more: Any) -> dict[str, Any]:
    about = {"freq": "M", "time_period": "2025-06", "numerator": None, "denominator": None}
    return observation(**{"indicator": code, "duration": duration, "obs_value": value, **about, **more})


def month_of(stock: LongTermStock, text: str) -> Any:
    return next(m for m in stock.months if m.period == Period.parse(text))


def test_the_shipped_values_are_those_of_the_rows(shipped: Path) -> None:
    path = shipped / "dashboard.sqlite3"
    engines.bind(engines.make_engine(f"sqlite:///{path}"))
    stock = ask(19)
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        rows = [
            row
            for row in connection.execute("SELECT * FROM observation_current")
            if row["ref_area"] == "BRU"
            and row["freq"] == "M"
            and all(row[n] == "_T" for n in ("sex", "age", "education", "audience", "operator", "workplace"))
        ]
    held: dict[tuple[str, str, str], tuple[float, str]] = {
        (r["indicator"], r["duration"], r["time_period"]): (r["obs_value"], r["provenance"]) for r in rows
    }
    seen = 0
    for month in stock.months:
        text = str(month.period)
        for band in BANDS:
            own = month.bands.get(band)
            assert held.get(("OS2.01", band, text)) == (own and (own.value, own.origin.value))
            seen += own is not None
        total = month.total
        assert held.get(("OS2.01", "_T", text)) == (total and (total.value, total.origin.value))
        if month.summed:
            assert month.summed.value == sum(held["OS2.01", band, text][0] for band in BANDS)
    assert seen == 3 * 58 + 1, "58 fictitious months of three bands, and the 60 months and more of 2018"
    published = {t: v for (c, d, t), (v, _) in held.items() if (c, d) == ("CTX.DUR_SHARE", "M_GE24")}
    assert len(published) == 6
    for point in stock.two_years_share:
        text = str(point.period)
        expected = published.get(text, held.get(("OS2.02", "M_GE24", text), (None, ""))[0])
        assert point.value == expected
        assert point.origin is (Origin.PUBLISHED if text in published else Origin.DEMONSTRATION)


def test_the_published_totals_come_before_fictitious_ones(shipped: Path) -> None:
    """The five points of tables/published/README.md; no fictitious sum is among them."""
    engines.bind(engines.make_engine(f"sqlite:///{shipped}/dashboard.sqlite3"))
    stock = ask(19)
    found = {str(p.period): (p.value, p.derived) for p in stock.totals}
    assert found == {
        "2018-12": (57299, False),
        "2024-01": (54883, True),
        "2024-09": (57321, True),
        "2025-09": (58804, True),
        "2026-02": (60947, True),
    }
    assert stock.demonstration
    assert (stock.entries and stock.entries.value, stock.exits and stock.exits.value) == (8887, 6821)


def test_crossings_add_up_as_a_slow_twin_does(shipped: Path) -> None:
    """Everybody once: exits of the seven stages before the job, and who passes from the seventh to it."""
    path = shipped / "dashboard.sqlite3"
    engines.bind(engines.make_engine(f"sqlite:///{path}"))
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT cohort, stage, outcome, count FROM cohort WHERE funnel='F-ABS-E' AND ref_area='BRU' "
            "AND sex='_T' AND age='_T' AND education='_T' AND duration='_T' AND audience='_T' "
            "AND operator='_T' AND workplace='_T' AND month='_T' AND obstacle='_T' AND last_batch IS NULL"
        ).fetchall()
    crossings = ask(19).crossings
    assert len(crossings) == 15
    for crossing in crossings:
        own = [(s, o, n) for c, s, o, n in rows if c == str(crossing.cohort)]
        assert crossing.entered == sum(n for s, _, n in own if s == "A1")
        if not crossing.closed:
            assert crossing.destinations == {}
            continue
        before = [(s, o, n) for s, o, n in own if s < "A8"]
        jobs = sum(n for s, o, n in before if o == "employment" or (s, o) == ("A7", "next"))
        assert crossing.destinations[Outcome.EMPLOYMENT] == jobs
        for outcome in (Outcome.TRAINING, Outcome.OTHER_EXIT, Outcome.PENDING):
            assert crossing.destinations[outcome] == sum(n for _, o, n in before if o == outcome.value)
        known = [n for n in crossing.destinations.values() if isinstance(n, int)]
        assert sum(known) == crossing.entered
    # 24 months after the end of 2024-Q2 is the end of 06/2026, and the source is three months late
    assert [str(c.cohort) for c in crossings if c.closed][-1] == "2024-Q2"


def test_one_hidden_band_hides_what_would_give_it_away(bound: Engine) -> None:
    """Two persons of 12 to 23 months: 1 102 in all minus 1 100 of two years or more would tell."""
    rows = [persons("M12T23", 2), persons("M24T59", 500), persons("M_GE60", 600)]
    rows += [persons("M_GE24", 1100), persons("_T", 1102), share("M_GE24", 44.0, "CTX.DUR_SHARE")]
    rows += [persons(band, n, "2025-07") for band, n in BANDS.items()]
    publish(bound, *rows)
    stock = ask()
    month = month_of(stock, "2025-06")
    assert {p.availability for p in month.bands.values()} == {HIDDEN}
    assert {p.value for p in month.bands.values()} == {None}
    assert month.summed is None
    assert month.total.value == 1102
    assert [p.availability for p in stock.two_years] == [HIDDEN]
    assert [p.availability for p in stock.two_years_share] == [HIDDEN]
    assert month_of(stock, "2025-07").summed.value == 1500


def test_a_hidden_total_hides_its_bands_and_its_share(bound: Engine) -> None:
    rows = [persons(band, n) for band, n in BANDS.items()]
    publish(bound, *rows, persons("_T", 1500, conf_status="C"), share("_T", 60.0))
    stock = ask()
    month = month_of(stock, "2025-06")
    assert month.total.value is None
    assert month.summed is None
    assert {p.value for p in month.bands.values()} == {None}
    assert [p.availability for p in stock.share] == [HIDDEN]


def test_a_band_that_is_missing_gives_no_sum(bound: Engine) -> None:
    publish(bound, persons("M12T23", 400), persons("M24T59", 0), share("M12T23", 20), share("M24T59", 0))
    stock = ask()
    month = month_of(stock, "2025-06")
    assert month.summed is None
    assert month.bands["M24T59"].value == 0, "zero is a value"
    assert stock.share == ()


def test_shares_of_the_bands_make_the_share_where_only_they_are_loaded(bound: Engine) -> None:
    shares = {"M12T23": 16.5, "M24T59": 20.25, "M_GE60": 26.0}
    publish(bound, *(share(band, value) for band, value in shares.items()), provenance="demonstration")
    (point,) = ask().share
    assert point.value == pytest.approx(62.75)
    assert point.origin is Origin.DEMONSTRATION


@pytest.mark.parametrize("first", ["CTX.DUR_SHARE", "OS2.02"])
def test_a_published_value_wins_over_a_fictitious_one(bound: Engine, first: str) -> None:
    """Whichever table is loaded first."""
    values = {"CTX.DUR_SHARE": (45.7, "published"), "OS2.02": (46.9, "demonstration")}
    for code in sorted(values, key=lambda code: code != first):
        value, origin = values[code]
        publish(bound, share("M_GE24", value, code), provenance=origin, sha256=code.ljust(64, "0"))
    (point,) = ask(2).two_years_share
    assert (point.value, point.origin) == (45.7, Origin.PUBLISHED)


def test_nothing_loaded_is_nothing_said(bound: Engine) -> None:
    publish(bound, observation())
    stock = ask()
    assert (stock.months, stock.share, stock.crossings, stock.totals) == ((), (), (), ())
    assert (stock.entries, stock.exits, stock.demonstration) == (None, None, False)


def absorption(when: str, smallest: int) -> list[dict[str, Any]]:
    """A cohort of F-ABS-E: 100 leave at A1 for each destination (``smallest`` for training), the rest pass.

    A8 holds who passed A7 and who had a job straight from A6: nobody.
    """
    left, rows = 1000, []
    for number in range(1, 10):
        exits = {"employment": 100, "training": smallest, "other_exit": 100, "pending": 100}
        exits = exits if number == 1 else dict.fromkeys(exits, 0)
        passed = left - sum(exits.values())
        if number == 9:
            passed, exits = 0, {**exits, "employment": left}
        about = {"funnel": "F-ABS-E", "cohort": when, "observed_through": CUTOFF, "window_months": 24}
        for outcome, count in (exits | {"next": passed}).items():
            rows.append(cohort(stage=f"A{number}", outcome=outcome, count=count, **about))
        left = passed
    return rows


def test_destinations_by_hand(bound: Engine) -> None:
    """1 000 enter; 100, 50, 100 and 100 leave at A1; the other 650 pass every stage to the job: 750 jobs."""
    publish(bound, cohorts=tuple(absorption("2023-Q1", 50)))
    (crossing,) = ask().crossings
    assert crossing.destinations == {
        Outcome.EMPLOYMENT: 750,
        Outcome.TRAINING: 50,
        Outcome.OTHER_EXIT: 100,
        Outcome.PENDING: 100,
    }


def test_a_small_destination_hides_all_of_them(bound: Engine) -> None:
    publish(bound, cohorts=tuple(absorption("2023-Q1", 2)))
    (crossing,) = ask().crossings
    assert set(crossing.destinations.values()) == {HIDDEN}
    assert crossing.entered == 1000


def test_a_cohort_still_open_has_no_destinations(bound: Engine) -> None:
    publish(bound, cohorts=tuple(absorption("2025-Q1", 50)))
    (crossing,) = ask().crossings
    assert not crossing.closed
    assert crossing.destinations == {}


def points(**values: float | None) -> list[Point]:
    """``m2024_01=5`` is January 2024; None is missing."""
    return [
        Point(
            Period.parse(name[1:].replace("_", "-")),
            value,
            Availability.AVAILABLE if value is not None else Availability.MISSING,
        )
        for name, value in values.items()
    ]


@pytest.mark.parametrize(
    ("series", "move", "before", "difference"),
    [
        (points(m2023_09=10, m2024_03=30, m2024_09=14), Move.RISING, "2023-09", 4),
        (points(m2023_09=10, m2024_09=7), Move.FALLING, "2023-09", -3),
        (points(m2023_09=10, m2024_09=10.4), Move.LEVEL, "2023-09", 0.4),
        (points(m2022_09=10, m2023_09=None, m2024_09=14), Move.RISING, "2022-09", 4),
        (points(m2023_08=10, m2024_09=14), Move.ALONE, "2023-08", None),
        (points(m2024_09=14), Move.ALONE, None, None),
        (points(m2025_09=14, m2026_09=7), Move.BROKEN, "2025-09", None),
        (points(m2025_12=14, m2026_02=7), Move.BROKEN, "2025-12", None),
        (points(m2025_01=14, m2026_01=7), Move.BROKEN, "2025-01", None),
        (points(m2026_02=14, m2027_02=7), Move.FALLING, "2026-02", -7),
        (points(m2024_09=None), Move.MISSING, None, None),
        ([], Move.MISSING, None, None),
    ],
)
def test_what_may_be_compared(
    series: list[Point], move: Move, before: str | None, difference: float | None
) -> None:
    found = compare(series, [REFORM])
    assert found.move is move
    if move is Move.ALONE:
        assert found.before is None, "another month is nothing to compare with"
    else:
        assert (str(found.before.period) if found.before else None) == before
    assert found.difference == (pytest.approx(difference) if difference is not None else None)


def test_only_hidden_values_are_hidden_not_missing() -> None:
    hidden = Point(Period.parse("2024-09"), None, HIDDEN)
    assert compare([hidden], []).move is Move.HIDDEN


def test_until_the_break_the_series_is_compared_with_itself() -> None:
    series = points(m2024_09=57321, m2025_09=58804, m2026_02=60947)
    found = compare_before_break(series, compare(series, [REFORM]))
    assert found is not None
    assert (found.move, found.difference) == (Move.RISING, 1483)
    assert compare_before_break(series[:2], compare(series[:2], [REFORM])) is None
