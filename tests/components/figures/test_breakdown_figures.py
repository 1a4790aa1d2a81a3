"""What the figures of a breakdown draw, read back from their plain values."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from components.breakdown_finding import breakdown_finding
from components.figures.dot_plot import dot_plot_alt_text, dot_plot_figure, dot_plot_height
from components.figures.graph import TRACES
from components.figures.interval_dot import interval_dot_svg
from components.figures.small_multiples import common_scale, make_small_multiples, multiple_svg
from components.i18n.translate import translator
from components.prerender import to_html, to_plain
from components.tables.breakdown_table import make_groups_table
from data_access.contract.load import contract
from data_access.domain.comparison import HIDDEN, MISSING, Cell, Gap, Kind
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.services.breakdown import Breakdown, Facet, Group, Reference

FR, NL = translator("fr"), translator("nl")
DEFINITION = contract().indicator("OS2.03")
QUARTERS = [Period.parse(f"2024-Q{n}") for n in (1, 2, 3, 4)]


def cell(value: float, *, provisional: bool = False) -> Cell:
    return Cell(Availability.AVAILABLE, value, 10 * value, 1000.0, provisional)


def series(*values: float | None) -> tuple[Reading, ...]:
    states = (Availability.HIDDEN, Availability.AVAILABLE)
    return tuple(
        Reading(p, v, states[v is not None]) for p, v in zip(QUARTERS[: len(values)], values, strict=True)
    )


LOW = Group("LOW", cell(41.5), series(40, 41, 42, 41.5), (38.4, 44.6), Gap(9.5, 5.3, 13.8))
MEDIUM = Group("MEDIUM", cell(33.5), series(33, 33, 34, 33.5), (30.6, 36.5), Gap(0.25, -3.5, 4.0))
HIGH = Group("HIGH", HIDDEN, series(22, 21, None, None))


def breakdown(*groups: Group, **changes: Any) -> Breakdown:
    known: dict[str, Any] = {
        "code": "OS2.03",
        "by": "EDUCATION",
        "then": None,
        "kind": Kind.SHARE,
        "reference": Reference.REST,
        "period": QUARTERS[3],
        "periods": tuple(reversed(QUARTERS)),
        "immature": frozenset(),
        "facets": (Facet("_T", cell(33.3), groups or (LOW, MEDIUM, HIGH)),),
        "total": series(33, 33.5, 33, 33.3),
        "breaks": (date(2026, 1, 1),),
        "croissant": None,
        "demonstration": False,
    }
    return Breakdown(**{**known, **changes})


def figure(*groups: Group, **changes: Any) -> dict[str, Any]:
    return dot_plot_figure(breakdown(*groups, **changes), DEFINITION, FR)


def test_each_shown_group_is_a_dot_on_its_interval() -> None:
    (trace,) = figure()["data"]
    assert trace["type"] in TRACES
    assert trace["x"] == [41.5, 33.5]
    assert trace["error_x"]["array"] == pytest.approx([3.1, 3.0])
    assert trace["error_x"]["arrayminus"] == pytest.approx([3.1, 2.9])


def test_a_significant_gap_has_another_shape_not_only_another_colour() -> None:
    assert figure()["data"][0]["marker"]["symbol"] == ["diamond", "circle"]


def test_provisional_and_immature_values_are_hollow() -> None:
    soft = Group("LOW", cell(41.5, provisional=True))
    assert figure(soft, MEDIUM)["data"][0]["marker"]["color"][0] == "#fff"
    immature = figure(LOW, MEDIUM, immature=frozenset({QUARTERS[3]}))
    assert set(immature["data"][0]["marker"]["color"]) == {"#fff"}
    assert "#fff" not in figure(LOW, MEDIUM)["data"][0]["marker"]["color"]


def test_a_hidden_group_has_a_row_and_words_and_no_number() -> None:
    """Of a hidden group the figure holds its name and the one label: the rest equals that without it."""
    drawn = figure()
    marks = [a for a in drawn["layout"]["annotations"] if a["text"] == "secret statistique"]
    assert [mark["y"] for mark in marks] == ["Niveau d’études élevé"]
    assert drawn["layout"]["yaxis"]["categoryarray"][-1] == "Niveau d’études élevé"
    assert json.dumps(drawn["data"]) == json.dumps(figure(LOW, MEDIUM)["data"])
    dutch = dot_plot_figure(breakdown(), DEFINITION, NL)["layout"]["annotations"]
    assert dutch[0]["text"] == "statistisch geheim"


def test_missing_is_not_hidden() -> None:
    marks = [a["text"] for a in figure(LOW, Group("HIGH", MISSING))["layout"]["annotations"]]
    assert "n.d." in marks
    assert "secret statistique" not in marks


def test_the_whole_is_a_line_with_its_value() -> None:
    drawn = figure()["layout"]
    assert [shape["x0"] for shape in drawn["shapes"]] == [33.3]
    assert drawn["annotations"][-1]["text"] == "Ensemble\u00a0: 33,3\u00a0%"


def test_a_hidden_whole_is_not_drawn() -> None:
    drawn = figure(facets=(Facet("_T", HIDDEN, (LOW, MEDIUM)),))["layout"]
    assert drawn["shapes"] == []
    assert drawn["annotations"] == []


def test_a_count_stands_on_a_line_from_zero_and_its_whole_is_not_drawn() -> None:
    women, men = (
        Group(s, Cell(Availability.AVAILABLE, v), share=v / 400) for s, v in (("F", 100), ("M", 300))
    )
    jobseekers = breakdown(women, men, by="SEX", kind=Kind.COUNT, reference=Reference.NONE, total=())
    drawn = dot_plot_figure(jobseekers, contract().indicator("OS2.01"), FR)
    assert drawn["data"][0]["error_x"]["arrayminus"] == [100, 300]
    assert drawn["layout"]["shapes"] == []


def test_every_group_has_a_row_of_the_same_height() -> None:
    assert dot_plot_height(breakdown(LOW, MEDIUM, HIGH)) - dot_plot_height(breakdown(LOW, MEDIUM)) == 26


def test_the_alternative_text_says_ends_whole_and_judgements() -> None:
    assert dot_plot_alt_text(breakdown(), DEFINITION, FR).replace("\u00a0", " ") == (
        "Niveau d’études, T4 2024 : de 33,5 % (Niveau d’études moyen) à 41,5 % (Niveau d’études faible). "
        "Ensemble : 33,3 %. 1 écart est significatif. 1 groupe est sans valeur montrée."
    )


def test_without_a_value_the_alternative_text_says_so() -> None:
    assert dot_plot_alt_text(breakdown(HIGH), DEFINITION, NL) == "Geen waarde om te tonen."


def test_the_finding_is_the_largest_significant_gap() -> None:
    said = breakdown_finding(breakdown(), DEFINITION, FR).replace("\u00a0", " ")
    assert said == (
        "T4 2024 : l’écart le plus grand est celui de « Niveau d’études faible » (41,5 %), +9,5 p.p. par "
        "rapport au reste (de +5,3 à +13,8). Écarts significatifs : 1 sur 2."
    )


def test_the_finding_may_be_that_nothing_differs() -> None:
    said = breakdown_finding(breakdown(MEDIUM), DEFINITION, NL).replace("\u00a0", " ")
    assert said == "K4 2024: geen enkel significant verschil tussen de groepen."


def test_the_finding_of_an_unclosed_cohort_compares_nothing() -> None:
    bare = Group("LOW", cell(41.5))
    said = breakdown_finding(breakdown(bare, immature=frozenset({QUARTERS[3]})), DEFINITION, FR)
    assert "pas comparés" in said


def test_the_table_says_in_words_what_is_not_significant_and_what_is_hidden() -> None:
    page = to_html(to_plain(make_groups_table(breakdown(), DEFINITION, FR)))
    rows = re.findall(r"<tr.*?</tr>", page)
    assert "non significatif" in rows[2]
    assert ">significatif" in rows[1]
    assert "secret statistique" in rows[3]
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", rows[3]))


def test_all_images_share_one_scale_and_a_hidden_value_interrupts() -> None:
    groups = breakdown().groups
    scale = common_scale([group.readings for group in groups])
    assert scale is not None
    assert scale.low < 21
    assert scale.high > 42
    svg = multiple_svg(HIGH.readings, (), scale)
    assert svg == multiple_svg(HIGH.readings[:2], (), scale)


def test_a_break_is_drawn_on_its_day() -> None:
    scale = common_scale([LOW.readings])
    assert scale is not None
    svg = multiple_svg(LOW.readings, (), scale, breaks=[date(2026, 1, 1)])
    assert f'<path d="M{scale.x(date(2026, 1, 1))} 2V' in svg


def test_the_multiples_leave_unclosed_cohorts_out() -> None:
    grid = make_small_multiples(breakdown(immature=frozenset({QUARTERS[3]})), DEFINITION, FR)
    page = to_html(to_plain(grid)).replace("\u00a0", " ")
    assert page.count("<img") == 3
    assert "Sans les cohortes immatures" in page
    assert "41,5 %" not in page
    assert 'alt="De 40,0 % (T1 2024) à 42,0 % (T3 2024)."' in page


def test_without_two_values_there_is_no_series() -> None:
    assert (
        make_small_multiples(breakdown(Group("LOW", cell(1), series(40)), total=()), DEFINITION, FR) is None
    )


def test_a_hidden_cell_has_no_dot() -> None:
    assert interval_dot_svg(HIGH, None, (0, 50), hollow=False).count("<circle") == 0
    assert interval_dot_svg(MEDIUM, None, (0, 50), hollow=False).count("<circle") == 1
