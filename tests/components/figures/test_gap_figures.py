"""What the figures of the gap draw, read back from their plain values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from components.figures.gap_bars import (
    communes_alt_text,
    communes_figure,
    communes_height,
    split_alt_text,
    split_figure,
)
from components.figures.gap_figures import gap_lines_alt_text, gap_lines_figure
from components.figures.gap_points import gap_points_alt_text, gap_points_figure
from components.figures.graph import TRACES
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.domain.comparison import HIDDEN, Cell, Gap, Kind
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.services.gap_model import (
    CommuneShare,
    GapSheet,
    Point,
    Refusal,
    RegionalChange,
    Split,
)
from data_access.services.territory_choices import MapSeries, Selection, View

FR, NL = translator("fr"), translator("nl")
DEFINITION = contract().indicator("OS1.01")
SERIES = MapSeries("OS1.01", "_T", Kind.SHARE, ("_T",), ("_T",), 19, countable=True)
SELECTION = Selection(SERIES, View.LEVEL, "_T", "_T", "", "D2", ("21001", "21012"))
BREAK = date(2025, 1, 1)


def cell(value: float, *, provisional: bool = False) -> Cell:
    return Cell(Availability.AVAILABLE, value, 10 * value, 1000.0, provisional)


def point(
    period: str, inside: float, outside: float, *, mature: bool = True, provisional: bool = False
) -> Point:
    points = inside - outside
    gap = Gap(points, points - 3, points + 3) if mature else None
    about = {"provisional": provisional}
    return Point(Period.parse(period), cell(inside, **about), cell(outside, **about), mature, gap)


POINTS = (
    point("2024-Q1", 40, 50),
    point("2024-Q2", 41, 50),
    Point(Period.parse("2024-Q3"), HIDDEN, HIDDEN, True, None),
    point("2024-Q4", 48, 50),
    point("2025-Q1", 43, 51, provisional=True),
    point("2025-Q2", 12.3, 23.4, mature=False),
)


def sheet(*points: Point) -> GapSheet:
    shown = points or POINTS
    return GapSheet(
        SELECTION,
        shown,
        shown[-2] if len(shown) > 1 else shown[0],
        Refusal.BREAK,
        {},
        Refusal.BREAK,
        (),
        None,
        (BREAK,),
        demonstration=False,
    )


def test_hidden_periods_and_breaks_cut_the_band_and_the_lines() -> None:
    """Q1 and Q2 of 2024 are one run; Q4 stands between a hidden quarter and the break."""
    figure = gap_lines_figure(sheet(), DEFINITION, FR)
    bands = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    assert [trace["x"] for trace in bands] == [
        ["2024-03-31", "2024-06-30", "2024-06-30", "2024-03-31"],
        ["2024-12-31", "2024-12-31"],
        ["2025-03-31", "2025-03-31"],
    ]
    assert bands[0]["y"] == [40, 41, 50, 50]
    lines = [t for t in figure["data"] if t["mode"] == "lines" and "fill" not in t]
    assert [t["y"] for t in lines] == [[40, 41, None, 48, None, 43], [50, 50, None, 50, None, 51]]


def test_immature_cohorts_stand_apart_and_set_no_scale() -> None:
    figure = gap_lines_figure(sheet(), DEFINITION, FR)
    apart = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "triangle-down-open"]
    assert [t["y"] for t in apart] == [[12.3], [23.4]]
    strong = gap_points_figure(sheet(), FR)["data"][0]["marker"]["symbol"]
    assert not any("triangle" in symbol for symbol in strong)  # one mark, one meaning
    assert figure["layout"]["yaxis"]["range"][0] > 23.4
    assert len(gap_points_figure(sheet(), FR)["data"][0]["x"]) == 4


def test_provisional_values_are_hollow() -> None:
    trace = gap_points_figure(sheet(), FR)["data"][0]
    assert [colour == "#fff" for colour in trace["marker"]["color"]] == [False, False, False, True]
    assert trace["marker"]["symbol"] == ["diamond", "diamond", "circle", "diamond"]


def test_the_break_is_drawn_and_named() -> None:
    figure = gap_lines_figure(sheet(), DEFINITION, NL)
    assert "2025-01-01" in [shape["x0"] for shape in figure["layout"]["shapes"]]
    assert any("1/01/2025" in note["text"] for note in figure["layout"]["annotations"])


def test_lines_are_named_where_they_end_and_apart() -> None:
    notes = gap_lines_figure(sheet(), DEFINITION, FR)["layout"]["annotations"]
    inside, outside = (next(n for n in notes if name in n["text"]) for name in ("Croissant", "Reste"))
    assert "43,0" in inside["text"]
    assert "51,0" in outside["text"]
    assert (inside["yanchor"], outside["yanchor"]) == ("top", "bottom")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_series_that_is_all_hidden_draws_no_number(language: str) -> None:
    t = translator(language)
    hidden = sheet(Point(Period.parse("2024-Q3"), HIDDEN, HIDDEN, True, None))
    figure = gap_lines_figure(hidden, DEFINITION, t)
    assert all(not [y for y in trace["y"] if y is not None] for trace in figure["data"])
    assert gap_points_figure(hidden, t)["data"][0]["y"] == []
    assert gap_lines_alt_text(hidden, DEFINITION, t) == gap_points_alt_text(hidden, t) == t("gap.alt.empty")


def test_the_alternative_texts_hold_the_values() -> None:
    said = gap_lines_alt_text(sheet(), DEFINITION, FR)
    assert all(value in said for value in ("40,0", "50,0", "43,0", "51,0"))
    assert "2 périodes sont sans écart" in said
    said = gap_points_alt_text(sheet(), NL)
    assert "−2,0" in said
    assert "−10,0" in said
    assert "3 periodes op 4" in said


def test_the_steps_of_the_split_end_at_the_gap() -> None:
    """From 0 by −2 to −2, from there by −6 to −8."""
    figure = split_figure(Split("AGE", (), -2.0, -6.0, None), FR)
    bars = figure["data"][0]
    ends = [base + length for base, length in zip(bars["base"], bars["x"], strict=True)]
    assert (bars["base"], ends) == ([0.0, -2.0, 0.0], [-2.0, -8.0, -8.0])
    assert figure["layout"]["xaxis"]["range"][0] < -8
    assert [n["xanchor"] for n in figure["layout"]["annotations"]] == ["right", "right", "right"]
    assert all(n in split_alt_text(Split("AGE", (), -2.0, -6.0, None), FR) for n in ("−2,0", "−6,0", "−8,0"))


def test_steps_in_opposite_directions_end_at_the_gap_too() -> None:
    bars = split_figure(Split("SEX", (), 3.0, -8.0, None), NL)["data"][0]
    ends = [base + length for base, length in zip(bars["base"], bars["x"], strict=True)]
    assert ends == [3.0, -5.0, -5.0]


def regional() -> RegionalChange:
    points = {c.nis: 0.01 * (i - 9) for i, c in enumerate(contract().communes)}
    shares = tuple(CommuneShare(nis, cell(46), cell(47), p, 0.0) for nis, p in points.items())
    return RegionalChange(Period.parse("2024-Q1"), 46.0, 46.0, Gap(0, -1, 1), shares)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("fr", "<b>Anderlecht</b>", "Woluwe-St-P."), ("nl", "<b>Anderlecht</b>", "W.-Bosvoorde")],
)
def test_communes_stand_by_the_alphabet_with_the_croissant_bold(language: str, first: str, last: str) -> None:
    figure = communes_figure(sheet(), regional(), translator(language))
    names = figure["data"][0]["y"]
    assert (len(names), names[0], names[-1]) == (19, first, last)
    assert sum(name.startswith("<b>") for name in names) == 2
    assert sum(figure["data"][0]["x"]) == pytest.approx(0, abs=1e-9)
    assert communes_height(regional()) > 19 * 20


def test_the_communes_are_counted_by_sign() -> None:
    """Minus nine hundredths to plus nine: nine lower, one nothing, nine raise."""
    assert communes_alt_text(regional(), FR).count("\u00a0: 9") == 2


def test_figures_use_what_the_bundle_draws_and_are_plain() -> None:
    split = Split("AGE", (), -2.0, -6.0, None)
    figures = [
        gap_lines_figure(sheet(), DEFINITION, FR),
        gap_points_figure(sheet(), FR),
        split_figure(split, FR),
        communes_figure(sheet(), regional(), FR),
    ]
    assert {trace["type"] for figure in figures for trace in figure["data"]} <= TRACES
    assert all(json.loads(json.dumps(figure)) == figure for figure in figures)
