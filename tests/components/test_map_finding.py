"""The headline of the map, in both languages, on every case; notes that the case calls for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.i18n.translate import translator
from components.map_finding import map_finding, map_notes, map_subtitle
from data_access.contract.load import contract
from data_access.domain.comparison import HIDDEN, MISSING, Cell, Gap, Kind
from data_access.domain.confidentiality import Availability
from data_access.domain.funnel_limits import Funnel, Overdispersion, Position
from data_access.domain.period import Period
from data_access.services.territory_choices import MapSeries, Selection, View
from data_access.services.territory_model import Place, Side, Territory, YearChange

N = "\u00a0"
COMMUNES = [c.nis for c in contract().communes]
D2 = next(d for d in contract().croissants if d.code == "D2").communes
Q = Period.parse("2025-Q1")
SHARE = MapSeries("OS1.01", "_T", Kind.SHARE, ("_T",), ("_T",), 19, countable=True)
COUNT = replace(SHARE, code="OS2.01", kind=Kind.COUNT)


def cell(value: float) -> Cell:
    return Cell(Availability.AVAILABLE, value, value * 10, 1000)


def territory(
    inside: Cell, outside: Cell, gap: Gap | None = None, view: View = View.LEVEL, **more: Any
) -> Territory:
    series = more.pop("series", SHARE)
    selection = Selection(series, view, "_T", "_T", "", "D2", D2)
    about: dict[str, Any] = {
        "selection": selection,
        "period": Q,
        "periods": (Q,),
        "immature": frozenset(),
        "places": tuple(Place(nis, cell(40)) for nis in COMMUNES),
        "region": cell(40),
        "region_summed": False,
        "region_change": None,
        "sides": (Side("IN", inside, None, None), Side("OUT", outside, None, None)),
        "gap": gap,
        "funnel": None,
        "standard": None,
        "classes": (40.0, 45.0),
        "largest": 1000.0,
        "years": (),
        "breaks": (),
        "demonstration": False,
    }
    return Territory(**{**about, **more})


def funnel(inflation: float = 1.0, **positions: Position) -> Funnel[str]:
    scatter = Overdispersion(inflation, 99.0 if inflation > 1 else 1.0, 18, 0.001 if inflation > 1 else 0.9)
    found = dict.fromkeys(COMMUNES, Position.WITHIN) | positions
    return Funnel(0.4, scatter, found, found)


def say(found: Territory, language: str) -> str:
    return map_finding(found, contract().indicator(found.series.code), translator(language))


GAP = Gap(-8.4, -10.0, -6.8)
NONE = Gap(-0.4, -2.0, 1.2)
BEYOND = {"21012": Position.LOW, "21001": Position.LOW, "21002": Position.HIGH}
CASES: dict[str, tuple[Territory, str, str]] = {
    "lower": (
        territory(cell(44.3), cell(52.7), GAP),
        f"T1{N}2025{N}: 44,3{N}% dans le croissant pauvre, 52,7{N}% dans le reste de la Région, "
        f"soit 8,4{N}p.p. de moins.",
        f"K1{N}2025: 44,3% in de arme sikkel, 52,7% in de rest van het Gewest, 8,4{N}pp minder dus.",
    ),
    "higher": (
        territory(cell(52.7), cell(44.3), Gap(8.4, 6.8, 10.0)),
        f"T1{N}2025{N}: 52,7{N}% dans le croissant pauvre, 44,3{N}% dans le reste de la Région, "
        f"soit 8,4{N}p.p. de plus.",
        f"K1{N}2025: 52,7% in de arme sikkel, 44,3% in de rest van het Gewest, 8,4{N}pp meer dus.",
    ),
    "not significant": (
        territory(cell(40.0), cell(40.4), NONE),
        f"T1{N}2025{N}: 40,0{N}% dans le croissant pauvre et 40,4{N}% dans le reste de la Région, "
        "sans différence significative.",
        f"K1{N}2025: 40,0% in de arme sikkel en 40,4% in de rest van het Gewest, "
        "zonder significant verschil.",
    ),
    "nobody beyond": (
        territory(cell(40.0), cell(40.4), NONE, funnel=funnel()),
        "sans différence significative. "
        f"Aucune des 19 communes montrées ne s’écarte de la Région au-delà du hasard (limites à 99,8{N}%).",
        "zonder significant verschil. "
        "Geen van de 19 getoonde gemeenten wijkt meer dan toevallig af van het Gewest (grenzen van 99,8%).",
    ),
    "some beyond": (
        territory(cell(40.0), cell(40.4), NONE, funnel=funnel(**BEYOND)),
        f"Auderghem est au-dessus de la Région, au-delà des limites à 99,8{N}%. "
        f"Anderlecht et Molenbeek-Saint-Jean sont en dessous de la Région, au-delà des limites à 99,8{N}%.",
        "Oudergem ligt boven het Gewest, buiten de grenzen van 99,8%. "
        "Anderlecht en Sint-Jans-Molenbeek liggen onder het Gewest, buiten de grenzen van 99,8%.",
    ),
    "immature": (
        territory(cell(40.0), cell(40.4), immature=frozenset({Q})),
        f"T1{N}2025{N}: les cohortes ne sont pas closes, les communes ne se comparent pas encore.",
        f"K1{N}2025: de cohorten zijn nog niet afgesloten, de gemeenten zijn nog niet te vergelijken.",
    ),
    "no data": (
        territory(MISSING, MISSING, period=None),
        "Aucune valeur par commune pour ce choix.",
        "Geen waarde per gemeente voor deze keuze.",
    ),
    "all hidden": (
        territory(HIDDEN, HIDDEN, places=tuple(Place(nis, HIDDEN) for nis in COMMUNES)),
        f"T1{N}2025{N}: aucune commune n’a de valeur qui puisse être montrée.",
        f"K1{N}2025: geen enkele gemeente heeft een waarde die getoond mag worden.",
    ),
    "a side hidden": (
        territory(HIDDEN, HIDDEN),
        f"T1{N}2025{N}: de 40,0{N}% à 40,0{N}% selon la commune (19 communes connues sur 19).",
        f"K1{N}2025: van 40,0% tot 40,0% naargelang de gemeente (19 van de 19 gemeenten bekend).",
    ),
    "a count": (
        territory(cell(690), cell(310), series=COUNT),
        f"T1{N}2025{N}: 690 dans le croissant pauvre, soit 69{N}% des 1\u202f000 de la Région.",
        f"K1{N}2025: 690 in de arme sikkel, dat is 69% van de 1.000 in het Gewest.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_finding_is_said_from_the_values(case: str) -> None:
    found, fr, nl = CASES[case]
    assert say(found, "fr").endswith(fr) if case.endswith("beyond") else say(found, "fr") == fr
    assert say(found, "nl").endswith(nl) if case.endswith("beyond") else say(found, "nl") == nl


def test_widened_limits_are_said_to_be_those_of_the_scatter() -> None:
    """Beyond chance stand two, beyond the widened limits nobody: never « au-delà du hasard » for nobody."""
    outside = {"21012": Position.LOW, "21002": Position.HIGH}
    wide = funnel(7.9)
    wide = Funnel(wide.reference, wide.overdispersion, {**wide.raw, **outside}, wide.corrected)
    said = say(territory(cell(40.0), cell(40.4), NONE, funnel=wide), "fr")
    assert f"2 sur 19 sortent de ses limites à 99,8{N}%. Aucune ne se détache de cette dispersion" in said
    assert "au-delà du hasard" not in said
    bare = say(territory(HIDDEN, HIDDEN, funnel=wide), "nl")
    assert bare.startswith(f"K1{N}2025: De gemeenten verschillen onderling meer")


def changed(difference: float, *, comparable: bool = True, significant: bool | None = True) -> YearChange:
    return YearChange(cell(40), difference, comparable, significant)


def test_a_change_is_said_as_a_change() -> None:
    sides = tuple(Side(item, cell(40), None, changed(x)) for item, x in (("IN", 2.0), ("OUT", -1.0)))
    found = territory(
        cell(40), cell(40), view=View.CHANGE, sides=sides, region_change=changed(0.1, significant=False)
    )
    assert say(found, "fr") == (
        f"T1{N}2025, sur un an{N}: +2,0{N}p.p. dans le croissant pauvre, −1,0{N}p.p. dans le reste, "
        f"+0,1{N}p.p. (non sign.) dans toute la Région."
    )
    broken = replace(found, region_change=changed(2.0, comparable=False))
    assert "une rupture de série sépare" in say(broken, "fr")
    assert "een reeksbreuk" in say(broken, "nl")
    assert "pas de valeur un an plus tôt" in say(replace(found, region_change=None), "fr")


def test_the_subtitle_names_the_croissant_and_the_notes_its_rule() -> None:
    found = territory(cell(40), cell(40), NONE, funnel=funnel())
    definition, t = contract().indicator("OS1.01"), translator("fr")
    assert f"croissant pauvre{N}: D2, Communes touchées" in map_subtitle(found, definition, t)
    notes = " ".join(map_notes(found, t))
    assert "Les sept communes que cite la définition de l’IBSA" in notes
    assert "ne se dispersent pas plus" in notes


def test_overdispersion_is_said_with_its_factor_and_how_much_the_limits_widen() -> None:
    """φ of 7.84 widens the limits by its root, 2.8."""
    notes = " ".join(map_notes(territory(cell(40), cell(40), NONE, funnel=funnel(7.84)), translator("fr")))
    assert "φ = 7,8" in notes.replace(N, " ")
    assert "facteur 2,8" in notes.replace(N, " ")


def test_hidden_cells_and_breaks_have_their_notes() -> None:
    places = (Place(COMMUNES[0], HIDDEN), *(Place(nis, cell(40)) for nis in COMMUNES[1:]))
    found = territory(HIDDEN, HIDDEN, places=places, breaks=(Period.parse("2026").start,))
    notes = " ".join(map_notes(found, translator("nl")))
    assert "Reeksbreuk op 1 januari 2026" in notes
    assert "verborgen" in notes
