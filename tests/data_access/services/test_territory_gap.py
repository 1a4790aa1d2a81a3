"""The gap of the croissant, from published rows on both databases, against a slow twin of plain loops."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from components.cards.territory_gap import make_gap_page
from components.i18n.translate import LANGUAGES, translator
from components.prerender import to_html, to_plain
from data_access import cache
from data_access.contract.load import contract
from data_access.db import engine as engines
from data_access.domain.comparison import Gap
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.interval import wilson_interval
from data_access.services.data_state import get_data_state
from data_access.services.gap_model import GapChange, GapSheet, Refusal, RegionalChange, Split
from data_access.services.gap_parts import gap_difference
from data_access.services.territory_choices import (
    Selection,
    croissant_members,
    get_map_series,
    settle_selection,
)
from data_access.services.territory_gap import gap_series, get_gap, get_gaps
from tests.data_access.builders import observation, publish

CUTOFF = date(2026, 10, 31)
RULE, OPEN = (
    SmallCellRule(),
    SmallCellRule(min_count=0, min_count_sensitive=0, min_denominator=0, min_group=0),
)
COMMUNES = [c.nis for c in contract().communes]
INSIDE = next(d for d in contract().croissants if d.default).communes
OUTSIDE = [nis for nis in COMMUNES if nis not in INSIDE]
Rows = list[Mapping[str, Any]]


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


@pytest.fixture(scope="module")
def everything(shipped: Path) -> Iterator[Rows]:
    """All shipped tables are bound; their rows are read by one plain query."""
    before = (list(engines._bound), getattr(cache.store, "app", None))
    engine = engines.make_engine(f"sqlite:///{shipped}/dashboard.sqlite3")
    engines.bind(engine)
    cache.store.app = None
    with engine.connect() as connection:
        rows = [dict(r) for r in connection.execute(text("SELECT * FROM observation_current")).mappings()]
    yield rows
    engine.dispose()
    engines._bound[:], cache.store.app = before


def rate(numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """A quarter of OS2.03, a share of persons who are followed for twelve months."""
    about = {"indicator": "OS2.03", "freq": "Q", "time_period": "2025-Q1"}
    value = 100 * numerator / denominator
    return observation(numerator=numerator, denominator=denominator, obs_value=value, **{**about, **more})


def everywhere(
    inside: tuple[float, float], outside: tuple[float, float], **more: Any
) -> list[dict[str, Any]]:
    """The same counts in each commune of a side."""
    return [rate(*(inside if nis in INSIDE else outside), ref_area=nis, **more) for nis in COMMUNES]


def choose(version: int, **query: str) -> Selection:
    found = settle_selection(gap_series(get_map_series(version)), {"measure": "OS2.03", **query})
    assert found is not None
    return found


def ask(version: int = 1, rule: SmallCellRule = RULE, against: str = "", **query: str) -> GapSheet:
    return get_gap(version, CUTOFF, choose(version, **query), rule, against)


def page(sheet: GapSheet, version: int, rule: SmallCellRule, language: str) -> str:
    """All that is sent: the page as HTML and as the values of its figures."""
    series = gap_series(get_map_series(version))
    lines = get_gaps(version, CUTOFF, series, sheet.selection.members, rule)
    body = to_plain(make_gap_page(sheet, lines, series, croissant_members(), translator(language)))
    return to_html(body) + json.dumps(body, ensure_ascii=False)


def slow_sides(
    rows: Rows, code: str, operator: str, period: str, members: tuple[str, ...], **item: str
) -> list[list[float]]:
    """Numerator and denominator of each side, added up one row after the other."""
    sums = [[0.0, 0.0, 0], [0.0, 0.0, 0]]
    wanted = {"sex": "_T", "age": "_T", **item}
    for row in rows:
        others = ("education", "duration", "audience", "workplace")
        if row["indicator"] != code or row["operator"] != operator or row["time_period"] != period:
            continue
        if row["ref_area"] == "BRU" or any(row[d] != "_T" for d in others):
            continue
        if any(row[d] != value for d, value in wanted.items()):
            continue
        side = sums[0 if row["ref_area"] in members else 1]
        side[0] += math.nan if row["conf_status"] == "D" else row["numerator"]  # hidden by publication
        side[1] += row["denominator"]
        side[2] += 1
    return sums


def shares(*sides: list[float]) -> list[Any]:
    """The per cent of each side; of neither where a commune is hidden: the Region less one is the other."""
    hidden = any(math.isnan(side[0]) for side in sides)
    return [None if hidden else pytest.approx(100 * side[0] / side[1]) for side in sides]


def test_the_interval_is_newcombe_s(bound: Engine) -> None:
    """56 of 70 against 48 of 80: 20 points, 5.24 to 33.39 (Newcombe 1998, table II, contrast a)."""
    inside = [rate(8, 10, ref_area=nis) for nis in INSIDE]
    publish(
        bound,
        *inside,
        *(rate(4, 5, ref_area=nis) for nis in OUTSIDE[:8]),
        *(rate(4, 10, ref_area=nis) for nis in OUTSIDE[8:]),
    )
    point = ask(rule=OPEN).point
    assert point is not None
    assert point.gap is not None
    assert (point.gap.points, point.gap.low, point.gap.high) == pytest.approx((20, 5.24, 33.39), abs=0.005)


def test_a_side_is_no_mean_of_rates(bound: Engine) -> None:
    """Six communes of 60 in 100 and one of 600 in 2000: 960 of 2600, 36.9 %; the mean would be 55.7 %."""
    rows = everywhere((60, 100), (30, 100))
    publish(bound, *rows[1:], rate(600, 2000, ref_area=COMMUNES[0]))
    point = ask().point
    assert point is not None
    assert point.inside.value == pytest.approx(100 * 960 / 2600)
    assert point.outside.value == pytest.approx(30)


def test_a_hidden_commune_hides_both_sides_and_all_that_follows(bound: Engine) -> None:
    rows = everywhere((40, 100), (30, 100))
    publish(bound, rate(640, 1900), *rows[:-1], rate(2, 100, ref_area=COMMUNES[-1]))
    sheet = ask()
    assert sheet.point is not None
    assert {sheet.point.inside.availability, sheet.point.outside.availability} == {Availability.HIDDEN}
    assert (sheet.point.gap, sheet.change, sheet.regional) == (None, Refusal.HIDDEN, Refusal.HIDDEN)


def test_a_missing_commune_is_not_zero(bound: Engine) -> None:
    publish(
        bound, *everywhere((40, 100), (30, 100)), *everywhere((40, 100), (30, 100), time_period="2025-Q2")[1:]
    )
    sheet = ask(period="2025-Q2")
    assert sheet.point is not None
    assert sheet.point.gap is None
    assert sheet.regional is Refusal.MISSING
    newest = ask().point
    assert newest is not None
    assert str(newest.period) == "2025-Q1"


def test_an_immature_cohort_is_shown_and_never_compared(bound: Engine) -> None:
    """Entries of 2025-Q3 are followed to 30/09/2026 and delivered on 31/12/2026, after the cut-off."""
    for quarter in ("2025-Q2", "2025-Q3"):
        publish(bound, *everywhere((40, 100), (30, 100), time_period=quarter))
    sheet = ask(2, period="2025-Q3")
    assert sheet.point is not None
    assert (sheet.point.mature, sheet.point.gap) == (False, None)
    assert sheet.point.inside.value == pytest.approx(40)
    assert (sheet.change, sheet.regional) == (Refusal.IMMATURE, Refusal.IMMATURE)
    assert set(sheet.splits.values()) == {Refusal.IMMATURE}
    newest = ask(2).point
    assert newest is not None
    assert str(newest.period) == "2025-Q2"


def test_a_break_is_never_crossed(bound: Engine) -> None:
    """OS2.02 breaks on 1 January 2026: October 2026 has no year before, but the months since the break."""
    months = ("2025-10", "2025-12", "2026-01", "2026-10")
    about = {"indicator": "OS2.02", "freq": "M"}
    for month in months:
        publish(bound, *everywhere((40, 100), (30, 100), time_period=month, **about))
    sheet = ask(4, measure="OS2.02")
    assert [str(p) for p in sheet.starts] == ["2026-01"]
    assert (sheet.change, sheet.regional) == (Refusal.BREAK, Refusal.BREAK)
    since = ask(4, measure="OS2.02", against="2026-01").regional
    assert isinstance(since, RegionalChange)
    assert str(since.start) == "2026-01"
    assert ask(4, measure="OS2.02", against="2025-12").regional is Refusal.BREAK
    before = ask(4, measure="OS2.02", period="2025-12")
    assert [str(p) for p in before.starts] == ["2025-10"]


def test_the_change_of_a_gap_is_joined_from_its_ends() -> None:
    """After 20 (5.24 to 33.39), before 10 (0 to 20): 10 - sqrt(14.76² + 10²) and 10 + sqrt(13.39² + 10²)."""
    found = gap_difference(Gap(20, 5.24, 33.39), Gap(10, 0, 20))
    assert (found.points, found.low, found.high) == pytest.approx((10, -7.829, 26.712), abs=0.001)


def test_of_two_proportions_it_is_newcombe_s() -> None:
    """56 of 70 minus 48 of 80, from their Wilson limits (Newcombe 1998, table II, contrast a)."""
    shares = [Gap(100 * x / n, *(100 * e for e in wilson_interval(x, n))) for x, n in ((56, 70), (48, 80))]
    found = gap_difference(*shares)
    assert (found.low, found.high) == pytest.approx((5.24, 33.39), abs=0.005)


def test_wider_and_narrower_look_at_the_size(bound: Engine) -> None:
    """From 10 points less to 30 less the gap grows by 20, though its number falls."""
    publish(bound, *everywhere((300, 1000), (400, 1000), time_period="2024-Q1"))
    publish(bound, *everywhere((200, 1000), (500, 1000)))
    change = ask(2).change
    assert isinstance(change, GapChange)
    assert change.difference.points == pytest.approx(-20)
    assert change.wider == pytest.approx(20)


def strata(inside: Any, outside: Any, **more: Any) -> list[dict[str, Any]]:
    """Women and men of every commune, and their sum."""
    rows = []
    for nis in COMMUNES:
        women, men = inside if nis in INSIDE else outside
        rows += [rate(*women, ref_area=nis, sex="F", **more), rate(*men, ref_area=nis, sex="M", **more)]
        rows.append(rate(women[0] + men[0], women[1] + men[1], ref_area=nis, **more))
    return rows


def test_the_gap_is_composition_and_within_by_hand(bound: Engine) -> None:
    """Women 80 % at 50 %, men 20 % at 30 % against half and half at 40 % and 20 %.

    Rates 46 % and 30 %. Composition 0.3 · 45 - 0.3 · 25 = 6 points; within 0.65 · 10 + 0.35 · 10 = 10.
    Standardised as the Region, 7 · 1000 and 12 · 1000 persons, it is 10, for both sexes differ by 10.
    """
    publish(bound, *strata(((400, 800), (60, 200)), ((200, 500), (100, 500))))
    split = ask().splits["SEX"]
    assert isinstance(split, Split)
    assert (split.points, split.composition, split.within) == pytest.approx((16, 6, 10))
    assert split.standardised is not None
    assert split.standardised.points == pytest.approx(10)
    assert sum(s.composition + s.within for s in split.strata) == pytest.approx(16)
    assert ask().splits["AGE"] is Refusal.NO_STRATA


def test_groups_that_do_not_make_the_whole_are_refused(bound: Engine) -> None:
    rows = strata(((400, 800), (60, 200)), ((200, 500), (100, 500)))
    publish(bound, *(r for r in rows if r["sex"] == "F" or r["sex"] == "_T"))
    assert ask().splits["SEX"] is Refusal.NO_STRATA
    wrong = [r | ({"denominator": 210.0} if r["denominator"] == 200.0 else {}) for r in rows]
    publish(bound, *wrong)
    assert ask(2).splits["SEX"] is Refusal.INCOMPLETE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_stratum_leaves_no_number_on_the_page(bound: Engine, language: str) -> None:
    """Three women of 7919 in one commune: neither they, nor their side, nor anything made with them."""
    rows = strata(((4000, 8000), (600, 2000)), ((2000, 5000), (1000, 5000)))
    small = {
        ("F", INSIDE[0]): (3.0, 7919.0),
        ("M", INSIDE[0]): (613.0, 2003.0),
        ("_T", INSIDE[0]): (616.0, 9922.0),
    }
    planted = []
    for row in rows:
        counts = small.get((row["sex"], row["ref_area"]))
        more = (
            {"numerator": counts[0], "denominator": counts[1], "obs_value": 100 * counts[0] / counts[1]}
            if counts
            else {}
        )
        planted.append(row | more)
    publish(bound, *planted, rule=OPEN)
    sheet = ask()
    assert sheet.splits["SEX"] is Refusal.HIDDEN
    sent = page(sheet, 1, RULE, language)
    plain = sent.replace("\u202f", "").replace("\u00a0", "").replace(".", "").replace(",", "")
    women, men = 7919 + 6 * 8000, 2003 + 6 * 2000
    for number in (7919, 2003, women, men, 3 + 6 * 4000, 613 + 6 * 600):
        assert str(number) not in plain, number
    assert "gap-split-sex" not in sent
    # 24 003 of 55 919 women, 4 213 of 14 003 men: there where nothing is hidden, and here not.
    shown = page(ask(rule=OPEN), 1, OPEN, language)
    for value in ("42,9", "30,1"):
        assert value in shown
        assert value not in sent
    assert str(616 + 6 * 4600) in plain, "the whole may be shown"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_commune_leaves_no_number_on_the_page(bound: Engine, language: str) -> None:
    rows = everywhere((4013, 10007), (3019, 10009))
    publish(bound, *rows[1:], rate(3, 7919, ref_area=COMMUNES[0]))
    sent = page(ask(), 1, RULE, language)
    plain = sent.replace("\u202f", "").replace("\u00a0", "").replace(".", "").replace(",", "")
    for number in (7919, 3 + 6 * 4013, 7919 + 6 * 10007, 4013, 10007, 12 * 3019, 12 * 10009):
        assert str(number) not in plain, number
    assert sent.count(translator(language)("map.cell.hidden")) >= 3
    shown = page(ask(rule=OPEN), 1, OPEN, language).replace("\u202f", "").replace(".", "")
    assert str(7919 + 6 * 10007) in shown, "else this test could not fail"


def test_of_unknown_rows_nothing_is_made(bound: Engine) -> None:
    publish(bound, rate(640, 1900))
    assert gap_series(get_map_series(1)) == ()


@pytest.mark.slow
def test_every_shipped_gap_is_that_of_plain_loops(everything: Rows) -> None:
    state, rule = get_data_state(), OPEN
    checked = 0
    for series in gap_series(get_map_series(state.version)):
        for croissant, members in croissant_members().items():
            chosen = choose(state.version, measure=series.key, croissant=croissant)
            sheet = get_gap(state.version, state.cutoff, chosen, rule)
            assert sheet.points, series.key
            # The newest, the oldest and one in the middle: a plain loop over all rows is slow.
            for point in {sheet.points[0], sheet.points[len(sheet.points) // 2], sheet.points[-1]}:
                a, b = slow_sides(everything, series.code, series.operator, str(point.period), members)
                assert (a[2], b[2]) == (len(members), len(COMMUNES) - len(members))
                assert [point.inside.value, point.outside.value] == shares(a, b), (series.key, point.period)
                if point.gap is not None:
                    assert point.gap.points == pytest.approx(100 * (a[0] / a[1] - b[0] / b[1]))
                    checked += 1
    assert checked > 50


@pytest.mark.slow
def test_every_shipped_split_and_contribution_adds_up(everything: Rows) -> None:
    """Kitagawa's first form, sum r̄ Δw + sum w̄ Δr, group by group from the rows."""
    state = get_data_state()
    names = {"AGE": "age", "SEX": "sex"}
    splits = changes = 0
    for series in gap_series(get_map_series(state.version)):
        chosen = choose(state.version, measure=series.key)
        sheet = get_gap(state.version, state.cutoff, chosen, RULE)
        if sheet.point is None or sheet.point.gap is None:
            continue
        for dimension, split in sheet.splits.items():
            if not isinstance(split, Split):
                continue
            groups = [
                slow_sides(
                    everything,
                    series.code,
                    series.operator,
                    str(sheet.point.period),
                    chosen.members,
                    **{names[dimension]: s.item},
                )
                for s in split.strata
            ]
            whole = [sum(g[i][1] for g in groups) for i in (0, 1)]
            composition = within = 0.0
            for a, b, *_ in groups:
                r_a, r_b, w_a, w_b = a[0] / a[1], b[0] / b[1], a[1] / whole[0], b[1] / whole[1]
                composition += 100 * (r_a + r_b) / 2 * (w_a - w_b)
                within += 100 * (w_a + w_b) / 2 * (r_a - r_b)
            assert split.composition == pytest.approx(composition, abs=1e-9)
            assert split.within == pytest.approx(within, abs=1e-9)
            assert split.points == pytest.approx(sheet.point.gap.points)
            splits += 1
        if isinstance(sheet.regional, RegionalChange):
            rates = []
            for period in (sheet.regional.start, sheet.point.period):
                a, b = slow_sides(everything, series.code, series.operator, str(period), chosen.members)
                rates.append(100 * (a[0] + b[0]) / (a[1] + b[1]))
            assert sheet.regional.points == pytest.approx(rates[1] - rates[0])
            assert sum(c.points for c in sheet.regional.communes) == pytest.approx(rates[1] - rates[0])
            changes += 1
    assert splits >= 7
    assert changes >= 5


@pytest.mark.slow
def test_the_delivered_gap_is_the_one_of_the_communes(everything: Rows) -> None:
    """OS1.11 is OS1.01 of the croissant minus OS1.01 of the rest, delivered to one decimal."""
    state = get_data_state()
    for period in ("2022-Q1", "2024-Q2", "2025-Q2"):
        chosen = choose(state.version, measure="OS1.01", period=period)
        sheet = get_gap(state.version, state.cutoff, chosen, RULE)
        (delivered,) = [
            r["obs_value"]
            for r in everything
            if (r["indicator"], r["time_period"], r["sex"], r["age"]) == ("OS1.11", period, "_T", "_T")
        ]
        assert sheet.published is not None
        assert (sheet.published.value, sheet.published.agrees) == (delivered, True)
    other = choose(state.version, measure="OS1.01", croissant="D3")
    assert get_gap(state.version, state.cutoff, other, RULE).published is None


def test_a_delivered_gap_that_differs_is_said(bound: Engine) -> None:
    about = {"indicator": "OS1.01"}
    gap = observation(indicator="OS1.11", freq="Q", time_period="2025-Q1", numerator=None, denominator=None)
    publish(bound, *everywhere((40, 100), (50, 100), **about), gap | {"obs_value": -9.0})
    found = ask(measure="OS1.01").published
    assert found is not None
    assert (found.value, found.agrees) == (-9.0, False)


def test_the_contract_s_own_gap_comes_first(bound: Engine) -> None:
    publish(bound, *everywhere((40, 100), (50, 100)), *everywhere((40, 100), (50, 100), indicator="OS1.01"))
    series = gap_series(get_map_series(1))
    assert [s.code for s in series] == ["OS1.01", "OS2.03"]
    lines = get_gaps(1, CUTOFF, series, INSIDE, RULE)
    assert [line.point.gap.points for line in lines if line.point and line.point.gap] == pytest.approx(
        [-10, -10]
    )
