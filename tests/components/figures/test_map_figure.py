"""What the map draws: a class a trace, circles by area, hidden hatched and without a number, labels apart."""

from __future__ import annotations

import json
from dataclasses import replace
from math import pi

import pytest
from shapely import LineString, Point, box  # type: ignore[import-untyped]

from components.figures.area_dots import area_dots_figure
from components.figures.funnel_plot import funnel_plot_figure
from components.figures.map_figure import LARGEST, map_alt_text, map_figure
from components.figures.map_labels import place_labels, text_size
from components.figures.map_scale import make_scale
from components.figures.map_svg import territory_svg, year_map_svg
from components.figures.map_years import make_year_maps
from components.figures.patch import figure_patch
from components.figures.theme import ABSENT, DIVERGING, SEQUENTIAL
from components.group_names import short_name
from components.i18n.translate import translator
from data_access.contract.load import contract
from data_access.domain.comparison import HIDDEN, MISSING
from data_access.domain.funnel_limits import Position
from data_access.domain.geometry import BRUSSELS
from data_access.domain.period import Period
from data_access.services.geometry import get_geometry
from data_access.services.territory_choices import View
from data_access.services.territory_model import Place, Territory
from tests.components.test_map_finding import COMMUNES, COUNT, cell, funnel, territory

FR, NL = translator("fr"), translator("nl")
OS1_01 = contract().indicator("OS1.01")


def a_map(view: View = View.LEVEL, **more: object) -> Territory:
    """Values 30, 31 … 48 by NIS code; the first commune is hidden, the second missing."""
    places = [Place(nis, cell(30 + i), gap=30.0 + i - 40) for i, nis in enumerate(COMMUNES)]
    places[0], places[1] = Place(COMMUNES[0], HIDDEN), Place(COMMUNES[1], MISSING)
    about = {"places": tuple(places), "classes": (35.0, 40.0, 45.0)} | more
    return territory(cell(38), cell(42), view=view, **about)  # type: ignore[arg-type]


def filled(figure: dict[str, object]) -> list[dict[str, object]]:
    return [t for t in figure["data"] if t["type"] == "choropleth"]  # type: ignore[attr-defined]


def test_a_commune_is_in_the_class_of_its_value() -> None:
    """Breaks 35, 40, 45: 30-34, 35-39, 40-44 and 45-48, the first two communes apart."""
    traces = filled(map_figure(a_map(), OS1_01, FR))
    assert [t["locations"] for t in traces] == [
        COMMUNES[2:5],
        COMMUNES[5:10],
        COMMUNES[10:15],
        COMMUNES[15:],
        COMMUNES[:1],
        COMMUNES[1:2],
    ]
    assert traces[0]["colorscale"][0][1] == SEQUENTIAL[0]  # type: ignore[index]
    assert traces[3]["colorscale"][0][1] == SEQUENTIAL[-1]  # type: ignore[index]


@pytest.mark.parametrize("t", [FR, NL])
def test_hidden_is_hatched_and_missing_is_grey_and_neither_has_a_number(t: object) -> None:
    figure = map_figure(a_map(), OS1_01, t)  # type: ignore[arg-type]
    hidden, missing = filled(figure)[-2:]
    for trace in (hidden, missing):
        assert not any(character.isdigit() for character in str(trace["text"]))
    names = next(x for x in figure["data"] if x.get("mode") == "text")
    alone = [text for text in names["text"] if not any(c.isdigit() for c in text)]
    assert len(alone) == 2
    hatches = [x for x in figure["data"] if x.get("mode") == "lines" and x["line"]["width"] == 1]
    assert len(hatches[0]["lon"]) > 30


def test_the_legend_names_every_class_whether_a_commune_is_in_it_or_not() -> None:
    few = replace(a_map(), places=tuple(Place(nis, cell(30)) for nis in COMMUNES))
    for found in (a_map(), few):
        named = [t["name"] for t in map_figure(found, OS1_01, NL)["data"] if t["showlegend"]]
        assert named == ["< 35%", "35 tot 40%", "40 tot 45%", "≥ 45%", "statistisch geheim", "n.b."]


def test_a_gap_is_diverging_around_zero_with_the_width_of_the_classes() -> None:
    scale = make_scale(a_map(View.GAP), OS1_01)
    assert scale.breaks == (-7.5, -2.5, 2.5, 7.5)
    assert scale.colours == DIVERGING
    assert scale.names(FR)[2].replace("\u00a0", " ") == "−2,5 à +2,5 p.p."


def test_both_languages_and_all_periods_have_the_same_classes() -> None:
    one, other = a_map(), replace(a_map(), period=Period.parse("2024-Q4"))
    assert make_scale(one, OS1_01) == make_scale(other, OS1_01)
    fr, nl = (filled(map_figure(one, OS1_01, t)) for t in (FR, NL))
    assert [t["locations"] for t in fr] == [t["locations"] for t in nl]


def test_the_area_of_a_circle_is_the_count_and_nothing_else_is_filled_by_it() -> None:
    places = tuple(
        Place(nis, replace(cell(10.0 * (i + 1)), numerator=None)) for i, nis in enumerate(COMMUNES)
    )
    found = replace(a_map(View.COUNT, series=COUNT), places=places, largest=190.0)
    figure = map_figure(found, contract().indicator("OS2.01"), FR)
    circles = next(t for t in figure["data"] if t.get("mode") == "markers+text")
    marker = circles["marker"]
    assert marker["sizemode"] == "area"
    # plotly.js draws a diameter of 2 × sqrt(size / sizeref / 2)
    diameters = [2 * (size / marker["sizeref"] / 2) ** 0.5 for size in marker["size"][:19]]
    assert max(diameters) == pytest.approx(LARGEST)
    areas = [pi * (d / 2) ** 2 for d in diameters]
    assert areas[18] / areas[0] == pytest.approx(19)
    assert len({t["colorscale"][0][1] for t in filled(figure)[:-2]}) == 1


def test_circles_of_a_share_count_persons_and_never_per_cents() -> None:
    """The numerator of 32 % is 320 in these hand-made cells: « 320 », never « 320 % »."""
    found = replace(a_map(View.COUNT), largest=480.0)
    figure = map_figure(found, OS1_01, FR)
    names = next(t for t in figure["data"] if t.get("mode") == "text")
    assert any(text.endswith("<br>320") for text in names["text"])
    assert not any("%" in text for text in names["text"])
    assert "%" not in map_alt_text(found, OS1_01, FR).split("De ")[1]
    svg = territory_svg(found, OS1_01, FR)
    assert svg.count("<circle") == 17
    assert "%" not in svg


def test_a_difference_that_chance_explains_has_no_colour_and_stands_in_parentheses() -> None:
    found = replace(a_map(View.GAP), funnel=funnel(**{COMMUNES[2]: Position.LOW}))
    classes = filled(map_figure(found, OS1_01, FR))[:5]
    assert classes[0]["locations"] == COMMUNES[2:3], "-8 points, beyond chance"
    assert classes[2]["locations"] == COMMUNES[3:], "all others, whatever their size"
    names = next(t for t in map_figure(found, OS1_01, FR)["data"] if t.get("mode") == "text")
    assert sum("<br>(" in text for text in names["text"]) == 16


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_name_lies_on_another_and_no_line_runs_through_one(language: str) -> None:
    t = translator(language)
    names = {nis: short_name("REF_AREA", nis, t) for nis in COMMUNES}
    labels = place_labels(get_geometry().digest, tuple(names.items()))
    assert {label.nis for label in labels} == set(COMMUNES)
    boxes, lines = {}, {}
    for label in labels:
        at = BRUSSELS.to_km(Point(label.at))
        width, height = text_size(names[label.nis])
        left = {"middle center": at.x - width / 2, "middle right": at.x, "middle left": at.x - width}
        boxes[label.nis] = box(
            left[label.anchor], at.y - height / 2, left[label.anchor] + width, at.y + height / 2
        )
        if label.line is not None:
            lines[label.nis] = BRUSSELS.to_km(LineString(label.line))
    pairs = [(a, b) for a in COMMUNES for b in COMMUNES if a < b]
    assert [(a, b) for a, b in pairs if boxes[a].intersection(boxes[b]).area > 0.05] == []
    assert [
        (a, b) for a in lines for b in COMMUNES if a != b and lines[a].intersects(boxes[b].buffer(-0.1))
    ] == []
    assert len(lines) < 8, "most names fit into their commune"


def test_a_name_that_fits_stands_in_its_own_commune() -> None:
    names = {nis: short_name("REF_AREA", nis, FR) for nis in COMMUNES}
    for label in place_labels(get_geometry().digest, tuple(names.items())):
        inside = get_geometry().shapes[label.nis].contains(Point(label.at))
        assert inside == (label.line is None)


def test_only_the_traces_that_differ_are_sent() -> None:
    before, after = map_figure(a_map(), OS1_01, FR), map_figure(a_map(View.GAP), OS1_01, FR)
    assert figure_patch(before, before).__class__.__name__ == "NoUpdate"
    sent = figure_patch(before, replace_trace(before, 3, {"type": "choropleth"})).to_plotly_json()[
        "operations"
    ]
    assert [o["location"] for o in sent] == [["data", 3]]
    whole = figure_patch(None, after).to_plotly_json()["operations"]
    assert ["data"] in [o["location"] for o in whole]


def replace_trace(figure: dict[str, object], index: int, trace: dict[str, object]) -> dict[str, object]:
    data = list(figure["data"])  # type: ignore[call-overload]
    data[index] = trace
    return {**figure, "data": data}


def test_only_what_is_beyond_the_998_limits_has_a_colour() -> None:
    positions = {COMMUNES[5]: Position.HIGH, COMMUNES[6]: Position.NEAR_LOW}
    found = replace(a_map(), funnel=funnel(**positions))
    for figure in (area_dots_figure(found, OS1_01, FR), funnel_plot_figure(found, OS1_01, FR)):
        dots = figure["data"][-1]
        strong = [nis for nis, s in zip(dots["ids"], dots["marker"]["symbol"], strict=True) if s == "diamond"]
        assert strong == [COMMUNES[5]]
    named = [a["text"] for a in funnel_plot_figure(found, OS1_01, FR)["layout"]["annotations"]]
    assert named == [short_name("REF_AREA", nis, FR) for nis in (COMMUNES[5], COMMUNES[6])]


def test_the_dots_are_in_the_order_of_the_alphabet() -> None:
    order = area_dots_figure(a_map(), OS1_01, NL)["layout"]["yaxis"]["categoryarray"]
    names = [name.replace("<b>", "").replace("</b>", "") for name in order[:19]]
    assert names == sorted(names)
    assert order[19:] == ["<b>Arme sikkel</b>", "<b>Rest</b>"]


def test_the_small_maps_share_one_legend_and_have_no_number_of_a_hidden_commune() -> None:
    cells = {nis: cell(40) for nis in COMMUNES} | {COMMUNES[0]: HIDDEN, COMMUNES[1]: MISSING}
    years = tuple((Period.parse(f"{year}-Q4"), cells) for year in (2023, 2024, 2025))
    maps = make_year_maps(replace(a_map(), years=years), OS1_01, FR)
    made = json.dumps(maps.to_plotly_json(), default=plain, ensure_ascii=False)
    assert made.count("data:image/svg+xml") == 3
    assert made.count("swatch") == 4 + 1 + 2, "four classes, missing, and hidden (whose class has two names)"
    assert "1 commune est masquée" in made


def plain(component: object) -> object:
    return component.to_plotly_json()  # type: ignore[attr-defined]


def test_a_small_map_fills_each_commune_once_and_hatches_the_hidden() -> None:
    cells = {nis: cell(30 + i) for i, nis in enumerate(COMMUNES)} | {
        COMMUNES[0]: HIDDEN,
        COMMUNES[1]: MISSING,
    }
    svg = year_map_svg(cells, (35.0, 40.0, 45.0), ("#a", "#b", "#c", "#d"))
    assert [fill for fill in ("#a", "#b", "#c", "#d", ABSENT) if f'fill="{fill}"' not in svg] == []
    assert svg.count("url(#h)") == 1
    assert svg.count("Z") == 19 + 2 + 1, (
        "Ixelles and Saint-Gilles have two parts; the hidden one is drawn twice"
    )


def test_the_image_says_what_the_figure_says() -> None:
    """The map that is there at once has the names, numbers and colours of the one that plotly.js draws."""
    found = a_map()
    figure, svg = map_figure(found, OS1_01, NL), territory_svg(found, OS1_01, NL)
    names = next(t for t in figure["data"] if t.get("mode") == "text")
    for text in names["text"]:
        for line in text.split("<br>"):
            assert f">{line.replace('&', '&amp;')}</tspan>" in svg
    for trace in filled(figure)[:-2]:
        assert str(trace["colorscale"][0][1]) in svg  # type: ignore[index]


def test_the_alternative_text_counts_what_has_no_number() -> None:
    said = map_alt_text(a_map(), OS1_01, FR)
    assert "1 commune est masquée" in said
    assert "1 commune n’a pas de valeur" in said
    assert "32" in said
    assert "48" in said
