"""Headlines word for word, in both languages: every case of the sentence, and every shipped indicator.

In the expected sentences ``~`` stands for a no-break space and ``^`` for the narrow one of French thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from components.finding import finding_sentence, subtitle
from components.i18n.translate import LANGUAGES, translator
from components.values import value_text
from data_access import cache
from data_access.contract.load import contract
from data_access.contract.model import Indicator, State
from data_access.db import engine
from data_access.domain.change import change_on_year
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import Goal, TargetPath
from data_access.repositories.batches import Batch
from data_access.services.data_state import get_data_state
from data_access.services.indicator_rows import IndicatorRow, is_mature, window_of
from data_access.services.sheet import Sheet, get_sheet, make_sheet
from tests.data_access.domain.builders import CUTOFF, path, reading

MISSING: dict[str, Any] = {"value": None, "availability": Availability.MISSING}
HIDDEN: dict[str, Any] = {"value": None, "availability": Availability.HIDDEN}
BREAK = date(2025, 1, 1)


def written(text: str) -> str:
    return text.replace("~", "\u00a0").replace("^", "\u202f")


def make_row(
    definition: Indicator,
    readings: Sequence[Reading],
    target: TargetPath | None,
    breaks: tuple[date, ...] = (),
    **more: Any,
) -> IndicatorRow:
    window = window_of(definition)
    assessment = evaluate_status(
        readings,
        [target] if target else [],
        polarity=definition.polarity,
        scored=definition.scored,
        defined=definition.state is not State.WITHDRAWN,
        on=CUTOFF,
        breaks=breaks,
        window=window,
        stale_after_months=24,
    )
    shown = [r for r in readings if r.value is not None and is_mature(r, window, CUTOFF)]
    latest = shown[-1] if shown else None
    upto = [r for r in readings if latest is not None and r.period <= latest.period]
    about: dict[str, Any] = {"operator": "_T", "vintage": None, **more}
    return IndicatorRow(
        code=definition.code,
        readings=tuple(readings),
        assessment=assessment,
        latest=latest,
        year_before=None,
        change=change_on_year(
            upto, polarity=definition.polarity, breaks=breaks, decimals=definition.decimals
        ),
        movement=None,
        alerts=(),
        breaks=breaks,
        paths=(target,) if target else (),
        demonstration=False,
        sources=(),
        **about,
    )


def a_sheet(definition: Indicator, *args: Any, batches: tuple[Batch, ...] = (), **more: Any) -> Sheet:
    return make_sheet(definition, make_row(definition, *args, **more), ("_T",), CUTOFF, (), batches)


@dataclass(frozen=True)
class Case:
    """A series with its target, and the two sentences that it makes."""

    name: str
    fr: str
    nl: str
    readings: tuple[Reading, ...]
    target: TargetPath | None = None
    code: str = "OS5.10"  # a yearly percentage, better when higher
    breaks: tuple[date, ...] = ()
    update: dict[str, Any] = field(default_factory=dict)


# The path from 40 (end of 2022) to 60 (end of 2027) asks for 52.0 at the end of 2025: 40 + 20 × 1096/1826.
CASES = [
    Case(
        "rising, ahead",
        "53,5~% (2025), en hausse de 5,5~p.p. sur un an, ce qui est favorable~; "
        "en bonne voie, en avance de 1,5~p.p. sur la trajectoire vers 60,0~% en 2027.",
        "53,5% (2025), een stijging met 5,5~pp op een jaar, wat gunstig is; "
        "op schema, 1,5~pp voor op het traject naar 60,0% in 2027.",
        (reading(48.0, "2024"), reading(53.5)),
        path(),
    ),
    Case(
        "rising, on track though behind",
        "51,5~% (2025), en hausse de 1,5~p.p. sur un an, ce qui est favorable~; "
        "en bonne voie, mais en retrait de 0,5~p.p. sur la trajectoire vers 60,0~% en 2027.",
        "51,5% (2025), een stijging met 1,5~pp op een jaar, wat gunstig is; "
        "op schema, maar 0,5~pp achter op het traject naar 60,0% in 2027.",
        (reading(50.0, "2024"), reading(51.5)),
        path(),
    ),
    Case(
        "to watch, provisional",
        "49,5~% (2025, valeur provisoire), en hausse de 0,5~p.p. sur un an, ce qui est favorable~; "
        "à surveiller, en retrait de 2,5~p.p. sur la trajectoire vers 60,0~% en 2027.",
        "49,5% (2025, voorlopige waarde), een stijging met 0,5~pp op een jaar, wat gunstig is; "
        "op te volgen, 2,5~pp achter op het traject naar 60,0% in 2027.",
        (reading(49.0, "2024"), reading(49.5, provisional=True)),
        path(),
    ),
    Case(
        "falling, off track",
        "44,0~% (2025), en baisse de 4,0~p.p. sur un an, ce qui est défavorable~; "
        "hors trajectoire, en retrait de 8,0~p.p. sur celle qui mène à 60,0~% en 2027.",
        "44,0% (2025), een daling met 4,0~pp op een jaar, wat ongunstig is; "
        "buiten traject, 8,0~pp achter op de weg naar 60,0% in 2027.",
        (reading(48.0, "2024"), reading(44.0)),
        path(),
    ),
    Case(
        "stable, on the path",
        "52,0~% (2025), stable sur un an~; en bonne voie, sur la trajectoire vers 60,0~% en 2027.",
        "52,0% (2025), stabiel op een jaar; op schema, op het traject naar 60,0% in 2027.",
        (reading(52.0, "2024"), reading(52.0)),
        path(),
    ),
    Case(
        "stable within the noise",
        "52,0~% (2025), sans changement significatif sur un an (différence de +1,3~p.p., dans la marge "
        "d’incertitude)~; en bonne voie, sur la trajectoire vers 60,0~% en 2027.",
        "52,0% (2025), zonder significante verandering op een jaar (verschil van +1,3~pp, binnen de "
        "onzekerheidsmarge); op schema, op het traject naar 60,0% in 2027.",
        (reading(50.7, "2024", half_width=2.0), reading(52.0, half_width=2.0)),
        path(),
    ),
    Case(
        # 40 + 0.1 × 0.6 = 40.06 is expected: 0.03 is missing, three tenths of the way.
        "behind by less than is shown",
        "40,0~% (2025), stable sur un an~; "
        "hors trajectoire, en très léger retrait sur celle qui mène à 40,1~% en 2027.",
        "40,0% (2025), stabiel op een jaar; buiten traject, heel licht achter op de weg naar 40,1% in 2027.",
        (reading(40.03, "2024"), reading(40.03)),
        path(40.0, 40.1),
    ),
    Case(
        "a level to hold",
        "57,0~% (2025), en baisse de 3,0~p.p. sur un an, ce qui est défavorable~; "
        "hors trajectoire, en retrait de 3,0~p.p. sur la cible à maintenir (60,0~% jusqu’en 2027).",
        "57,0% (2025), een daling met 3,0~pp op een jaar, wat ongunstig is; "
        "buiten traject, 3,0~pp achter op de te behouden streefwaarde (60,0% tot 2027).",
        (reading(60.0, "2024"), reading(57.0)),
        path(60.0, 60.0),
    ),
    Case(
        "moving away",
        "54,0~% (2025), en baisse de 2,0~p.p. sur un an, ce qui est défavorable~; "
        "hors trajectoire, car la valeur s’éloigne depuis deux ans de la cible (60,0~% en 2027).",
        "54,0% (2025), een daling met 2,0~pp op een jaar, wat ongunstig is; "
        "buiten traject, want de waarde verwijdert zich al twee jaar van de streefwaarde (60,0% in 2027).",
        tuple(reading(v, y, half_width=0.5) for v, y in ((58.0, "2023"), (56.0, "2024"), (54.0, "2025"))),
        path(),
    ),
    Case(
        "attained",
        "61,0~% (2025), en hausse de 2,0~p.p. sur un an, ce qui est favorable~; "
        "cible atteinte (60,0~% en 2027).",
        "61,0% (2025), een stijging met 2,0~pp op een jaar, wat gunstig is; "
        "streefwaarde bereikt (60,0% in 2027).",
        (reading(59.0, "2024"), reading(61.0)),
        path(),
    ),
    Case(
        "attained provisionally",
        "61,0~% (2025, valeur provisoire), en hausse de 2,0~p.p. sur un an, ce qui est favorable~; "
        "cible atteinte (60,0~% en 2027), sous réserve de la valeur définitive.",
        "61,0% (2025, voorlopige waarde), een stijging met 2,0~pp op een jaar, wat gunstig is; "
        "streefwaarde bereikt (60,0% in 2027), onder voorbehoud van de definitieve waarde.",
        (reading(59.0, "2024"), reading(61.0, provisional=True)),
        path(),
    ),
    Case(
        "no target, first value, estimated",
        "50,0~% (2025, estimation), première valeur connue~; cible non fixée.",
        "50,0% (2025, raming), de eerste bekende waarde; streefwaarde niet bepaald.",
        (reading(50.0, estimated=True),),
    ),
    Case(
        "no baseline, no year before",
        "50,0~% (2025), sans valeur connue un an plus tôt~; "
        "non évaluable, car la valeur de référence de la cible (60,0~% en 2027) manque.",
        "50,0% (2025), zonder bekende waarde een jaar eerder; "
        "niet te beoordelen, want de referentiewaarde bij de streefwaarde (60,0% in 2027) ontbreekt.",
        (reading(48.0, "2023"), reading(50.0)),
        path(start=None),
    ),
    Case(
        "broken",
        "50,0~% (2025), non comparable à la valeur d’un an plus tôt en raison d’une rupture de série~; "
        "non évaluable, car une rupture de série est intervenue depuis que la cible (60,0~% en 2027) a été "
        "fixée.",
        "50,0% (2025), door een reeksbreuk niet vergelijkbaar met de waarde van een jaar eerder; "
        "niet te beoordelen, want er is een reeksbreuk sinds de streefwaarde (60,0% in 2027) werd bepaald.",
        (reading(48.0, "2024"), reading(50.0)),
        path(),
        breaks=(BREAK,),
    ),
    Case(
        "nothing at all",
        "Aucune valeur d’ensemble n’est disponible~; cible non fixée.",
        "Er is geen totaalwaarde beschikbaar; streefwaarde niet bepaald.",
        (),
    ),
    Case(
        "missing, with a target",
        "Aucune valeur d’ensemble n’est disponible~; la cible (60,0~% en 2027) ne peut pas être évaluée.",
        "Er is geen totaalwaarde beschikbaar; de streefwaarde (60,0% in 2027) kan niet worden beoordeeld.",
        (reading(**MISSING),),
        path(),
    ),
    Case(
        "only hidden",
        "Aucune valeur n’est montrée~: le secret statistique l’interdit~; "
        "la cible (60,0~% en 2027) ne peut pas être évaluée.",
        "Er wordt geen waarde getoond: het statistisch geheim verbiedt het; "
        "de streefwaarde (60,0% in 2027) kan niet worden beoordeeld.",
        (reading(**HIDDEN),),
        path(),
    ),
    Case(
        "the newest is hidden",
        "50,0~% (2024), en hausse de 1,0~p.p. sur un an, ce qui est favorable~; "
        "une valeur plus récente est masquée (secret statistique).",
        "50,0% (2024), een stijging met 1,0~pp op een jaar, wat gunstig is; "
        "een recentere waarde is verborgen (statistisch geheim).",
        (reading(49.0, "2023"), reading(50.0, "2024"), reading(**HIDDEN)),
        path(),
    ),
    Case(
        "the year before is hidden",
        "53,0~% (2025), sans comparaison sur un an, car la valeur antérieure est masquée~; "
        "en bonne voie, en avance de 1,0~p.p. sur la trajectoire vers 60,0~% en 2027.",
        "53,0% (2025), zonder vergelijking op een jaar, omdat de vroegere waarde verborgen is; "
        "op schema, 1,0~pp voor op het traject naar 60,0% in 2027.",
        (reading(period="2024", **HIDDEN), reading(53.0)),
        path(),
    ),
    Case(
        "too old",
        "Dernière valeur connue~: 50,0~% (2021), trop ancienne pour être évaluée~; "
        "la cible (60,0~% en 2027) ne peut pas être évaluée.",
        "Laatst bekende waarde: 50,0% (2021), te oud om te worden beoordeeld; "
        "de streefwaarde (60,0% in 2027) kan niet worden beoordeeld.",
        (reading(48.0, "2020"), reading(50.0, "2021")),
        path(),
    ),
    Case(
        "immature",
        "Aucune cohorte n’est encore arrivée au terme de son suivi~; cible non fixée.",
        "Nog geen enkele cohorte is volledig opgevolgd; streefwaarde niet bepaald.",
        (reading(50.0, "2026-Q2"), reading(51.0, "2026-Q3")),
        code="OS2.03",
    ),
    Case(
        "being defined",
        "50,0~% (2025), première valeur connue~; non évaluable, car la définition est en cours.",
        "50,0% (2025), de eerste bekende waarde; niet te beoordelen, want de definitie is in opmaak.",
        (reading(50.0),),
        update={"state": State.WITHDRAWN},
    ),
    Case(
        "better when lower",
        "19~% (oct. 2026), en baisse de 2~p.p. sur un an, ce qui est favorable~; cible non fixée.",
        "19% (okt 2026), een daling met 2~pp op een jaar, wat gunstig is; streefwaarde niet bepaald.",
        (reading(21.0, "2025-10"), reading(19.0, "2026-10")),
        code="OS2.03",
        update={"decimals": 0, "cohort": None},
    ),
    Case(
        # 25 - 10 × 1400/1826 = 17.3 days are asked for on 31 October 2026.
        "days, one of them alone",
        "19~jours (oct. 2026), en baisse de 1~jour sur un an, ce qui est favorable~; "
        "à surveiller, 2~jours au-dessus de la trajectoire vers 15~jours en 2027.",
        "19~dagen (okt 2026), een daling met 1~dag op een jaar, wat gunstig is; "
        "op te volgen, 2~dagen boven het traject naar 15~dagen in 2027.",
        (reading(20.0, "2025-10"), reading(19.0, "2026-10")),
        path(25.0, 15.0),
        code="OS1.04",
    ),
    Case(
        "days ahead are below",
        "16~jours (oct. 2026), stable sur un an~; "
        "en bonne voie, 1~jour en dessous de la trajectoire vers 15~jours en 2027.",
        "16~dagen (okt 2026), stabiel op een jaar; op schema, 1~dag onder het traject naar 15~dagen in 2027.",
        (reading(16.0, "2025-10"), reading(16.0, "2026-10")),
        path(25.0, 15.0),
        code="OS1.04",
    ),
    Case(
        # 2 000 + 500 × 1096/1826 = 2 300 are expected at the end of 2025.
        "a count",
        "2^310 (2025), en hausse de 110 sur un an, ce qui est favorable~; "
        "en bonne voie, en avance de 10 sur la trajectoire vers 2^500 en 2027.",
        "2.310 (2025), een stijging met 110 op een jaar, wat gunstig is; "
        "op schema, 10 voor op het traject naar 2.500 in 2027.",
        (reading(2200.0, "2024"), reading(2310.0)),
        path(2000.0, 2500.0),
        code="OS2.12",
    ),
    Case(
        "a score",
        "7,7~/10 (2025), en hausse de 0,2 sur un an, ce qui est favorable~; "
        "en bonne voie, en avance de 0,1 sur la trajectoire vers 8,0~/10 en 2027.",
        "7,7~/10 (2025), een stijging met 0,2 op een jaar, wat gunstig is; "
        "op schema, 0,1 voor op het traject naar 8,0~/10 in 2027.",
        (reading(7.5, "2024"), reading(7.7)),
        path(7.0, 8.0),
        code="OS5.07",
    ),
    Case(
        # 10 - 6 × 1096/1826 = 6.4 points are expected, 2.1 fewer than there are.
        "a gap that became wider",
        "−8,5~p.p. (2025), un écart qui s’est creusé de 0,7~p.p. sur un an, ce qui est défavorable~; "
        "hors trajectoire, en retrait de 2,1~p.p. sur celle qui mène à un écart de 4,0~p.p. en 2027.",
        "−8,5~pp (2025), een verschil dat op een jaar met 0,7~pp toenam, wat ongunstig is; "
        "buiten traject, 2,1~pp achter op de weg naar een verschil van 4,0~pp in 2027.",
        (reading(-7.8, "2024"), reading(-8.5)),
        path(-10.0, -4.0),
        code="OS2.14",
        update={"cohort": None},
    ),
    Case(
        "a gap that became narrower",
        "−3,0~p.p. (2025), un écart qui s’est réduit de 2,0~p.p. sur un an, ce qui est favorable~; "
        "cible atteinte (un écart de 4,0~p.p. en 2027).",
        "−3,0~pp (2025), een verschil dat op een jaar met 2,0~pp afnam, wat gunstig is; "
        "streefwaarde bereikt (een verschil van 4,0~pp in 2027).",
        (reading(-5.0, "2024"), reading(-3.0)),
        path(-10.0, -4.0),
        code="OS2.14",
        update={"cohort": None},
    ),
    Case(
        "a gap that turned round",
        "3,0~p.p. (2025), un écart aussi grand qu’un an plus tôt, mais de signe opposé~; cible non fixée.",
        "3,0~pp (2025), een verschil dat even groot is als een jaar eerder, maar met omgekeerd teken; "
        "streefwaarde niet bepaald.",
        (reading(-3.0, "2024"), reading(3.0)),
        code="OS2.14",
        update={"cohort": None},
    ),
    Case(
        "inside a band",
        "140,0~CE/ETP (T3~2026), en baisse de 5,0~CE/ETP sur un an~; "
        "en bonne voie, dans la fourchette visée (135,0–150,0~CE/ETP en 2027).",
        "140,0~WZ/VTE (K3~2026), een daling met 5,0~WZ/VTE op een jaar; "
        "op schema, binnen de beoogde bandbreedte (135,0–150,0~WZ/VTE in 2027).",
        (reading(145.0, "2025-Q3"), reading(140.0, "2026-Q3")),
        path(start=None, band=(135.0, 150.0)),
        code="OS1.12",
    ),
    Case(
        # The band is 15 wide: 0.5 above it is a thirtieth of the way.
        "hardly above a band",
        "150,5~CE/ETP (T3~2026), première valeur connue~; "
        "en bonne voie, mais 0,5~CE/ETP au-dessus de la fourchette visée (135,0–150,0~CE/ETP en 2027).",
        "150,5~WZ/VTE (K3~2026), de eerste bekende waarde; "
        "op schema, maar 0,5~WZ/VTE boven de beoogde bandbreedte (135,0–150,0~WZ/VTE in 2027).",
        (reading(150.5, "2026-Q3"),),
        path(start=None, band=(135.0, 150.0)),
        code="OS1.12",
    ),
    Case(
        "below a band",
        "125,0~CE/ETP (T3~2026), première valeur connue~; "
        "hors trajectoire, 10,0~CE/ETP en dessous de la fourchette visée (135,0–150,0~CE/ETP en 2027).",
        "125,0~WZ/VTE (K3~2026), de eerste bekende waarde; "
        "buiten traject, 10,0~WZ/VTE onder de beoogde bandbreedte (135,0–150,0~WZ/VTE in 2027).",
        (reading(125.0, "2026-Q3"),),
        path(start=None, band=(135.0, 150.0)),
        code="OS1.12",
    ),
    Case(
        "a band attained on its day",
        "140,0~CE/ETP (T3~2026), première valeur connue~; cible atteinte (135,0–150,0~CE/ETP en 2026).",
        "140,0~WZ/VTE (K3~2026), de eerste bekende waarde; "
        "streefwaarde bereikt (135,0–150,0~WZ/VTE in 2026).",
        (reading(140.0, "2026-Q3"),),
        replace(path(start=None), target=Goal(date(2026, 9, 30), low=135.0, high=150.0)),
        code="OS1.12",
    ),
    Case(
        "context is not judged, though fewer would be better",
        "60^947 (févr. 2026), en baisse de 53 sur un an~; donnée de contexte, sans évaluation.",
        "60.947 (feb 2026), een daling met 53 op een jaar; contextgegeven, zonder beoordeling.",
        (reading(61000.0, "2025-02"), reading(60947.0, "2026-02")),
        code="OS2.01",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_sentence_in_both_languages(case: Case) -> None:
    definition = contract().indicator(case.code).model_copy(update=case.update)
    sheet = a_sheet(definition, case.readings, case.target, case.breaks)
    assert finding_sentence(sheet, definition, translator("fr")) == written(case.fr)
    assert finding_sentence(sheet, definition, translator("nl")) == written(case.nl)


def test_under_it_measure_unit_territory_operator_period_source_and_vintage() -> None:
    definition = contract().indicator("BV-1a")
    sheet = a_sheet(
        definition,
        [reading(48, "2024-01"), reading(period="2024-02", **MISSING), reading(50, "2025-03")],
        None,
        operator="BF",
        vintage=(7, date(2026, 11, 1)),
    )
    names = {"BF": "Bruxelles Formation"}
    assert subtitle(sheet, definition, translator("fr"), names) == written(
        "Flux de la période · nombre · Région de Bruxelles-Capitale · Bruxelles Formation · "
        "janv. 2024~– mars 2025 · source~: Actiris, Bruxelles Formation et VDAB Brussel · "
        "lot 7 du 1er novembre 2026"
    )
    assert subtitle(sheet, definition, translator("nl"), names) == written(
        "Stroom van de periode · aantal · Brussels Hoofdstedelijk Gewest · Bruxelles Formation · "
        "jan 2024~– mrt 2025 · bron: Actiris, Bruxelles Formation en VDAB Brussel · "
        "lot 7 van 1 november 2026"
    )


def test_what_is_not_known_leaves_no_gap_under_the_headline() -> None:
    definition = contract().indicator("OS5.10")
    for readings, span in (([], ""), ([reading(50, "2025")], "2025 · ")):
        assert subtitle(a_sheet(definition, readings, None), definition, translator("fr")) == written(
            f"Taux · pour cent (%) · Région de Bruxelles-Capitale · {span}"
            "source~: Actiris, ressources humaines et Actiris Academy"
        )


def all_sheets(rule: SmallCellRule) -> list[tuple[Indicator, Sheet]]:
    """The sheet of every indicator for every operator that delivers it, as an audience may see them."""
    state, found = get_data_state(), []
    for definition in contract().indicators:
        about = (state.version, state.cutoff, definition.code)
        first = get_sheet(*about, None, rule)
        others = [get_sheet(*about, operator, rule) for operator in first.operators[1:]]
        found += [(definition, sheet) for sheet in (first, *others)]
    return found


@pytest.fixture(scope="module")
def loaded(shipped: Path) -> Iterator[None]:
    """Everything that ships, without an application."""
    before = list(engine._bound), getattr(cache.store, "app", None)
    bound = engine.make_engine(f"sqlite:///{shipped}/dashboard.sqlite3")
    engine.bind(bound)
    yield
    bound.dispose()
    engine._bound[:], cache.store.app = before


@pytest.fixture(scope="module")
def sheets(loaded: None) -> list[tuple[Indicator, Sheet]]:
    return all_sheets(SmallCellRule())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_indicator_has_its_headline(
    sheets: list[tuple[Indicator, Sheet]], language: str
) -> None:
    assert len({definition.code for definition, _ in sheets}) == 99
    for definition, sheet in sheets:
        said = finding_sentence(sheet, definition, translator(language))
        under = subtitle(sheet, definition, translator(language))
        assert said.endswith("."), said
        assert not re.search(r"\.[.;,)]\.|\.\.$|\s\.$", said), said
        for text in (said, under):
            assert not re.search(r"None|nan|[{}]|  | ,|\( | \)", text), text
            assert language == "nl" or not re.search(r" [;:!?%]", text), text
        if sheet.row.latest is not None:
            assert said.startswith(value_text(sheet.row.latest, definition, language)), said
        elif any(r.value is not None for r in sheet.row.readings):
            assert not any(value_text(r, definition, language) in said for r in sheet.immature), said


def test_a_hidden_value_is_nowhere_in_the_headline(sheets: list[tuple[Indicator, Sheet]]) -> None:
    """Under a rule that hides every count and rate of persons, the values known above are not to be read."""
    everything = SmallCellRule(min_count=10**9, min_count_sensitive=10**9, min_denominator=10**9)
    known = {(s.row.code, s.row.operator): s.row.latest for _, s in sheets}
    hidden = 0
    for definition, sheet in all_sheets(everything):
        true = known[sheet.row.code, sheet.row.operator]
        if true is None or sheet.row.latest is not None:
            continue
        hidden += 1
        for language in LANGUAGES:
            said = finding_sentence(sheet, definition, translator(language))
            assert not said[0].isdigit(), said
            outside_target = re.sub(r"\(.*?\)", "", said)
            assert value_text(true, definition, language) not in outside_target, said
    assert hidden > 30, "the rule no longer hides anything"
