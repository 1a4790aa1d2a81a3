"""Why an indicator needs attention, said in both languages from the facts; sentences written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf

import pytest

from components.cards.concerns import SYMBOLS, reason_rule, why
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.domain.assessment import Status
from data_access.domain.concern import (
    AttentionReason,
    Concern,
    InsufficientPace,
    Late,
    NoTarget,
    OffTrack,
    ProvisionalTooLong,
    SpecialCause,
)
from data_access.domain.control_rules import Rule
from data_access.domain.pace import YearlyChange
from data_access.domain.period import Period
from data_access.domain.target import Goal

Q2 = Period.parse("2026-Q2")
NEW = OffTrack(Q2, Status.ON_TRACK, Q2, 14.4, 12.0, None, 15.0, False, 0.3)
OLD = replace(NEW, since=Period.parse("2025-Q3"))
SIGNAL = SpecialCause(Q2, 14.4, 12.0, 10.0, 14.0, (Rule.OUTSIDE,), True, 3.0)
BEST = YearlyChange(Period.parse("2024"), Period.parse("2025"), 1.0)
SLOW = InsufficientPace(date(2027, 12, 31), 2.3, BEST, Period.parse("2022"), 2.3)


def said(concern: Concern, language: str, code: str = "OS5.10") -> str:
    """As it reads, no-break spaces as spaces."""
    text = why(concern, contract().indicator(code), translator(language))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("concern", "french", "dutch"),
    [
        (
            NEW,
            "Hors trajectoire depuis T2 2026 : 14,4 % au lieu de 12,0 % attendus. "
            "Auparavant : en bonne voie.",
            "Buiten traject sinds K2 2026: 14,4% in plaats van de verwachte 12,0%. Voordien: op schema.",
        ),
        (
            OLD,
            "Hors trajectoire depuis T3 2025 : 14,4 % (T2 2026) au lieu de 12,0 % attendus.",
            "Buiten traject sinds K3 2025: 14,4% (K2 2026) in plaats van de verwachte 12,0%.",
        ),
        (
            replace(NEW, before=None),
            "Hors trajectoire depuis T2 2026 : 14,4 % au lieu de 12,0 % attendus. Première évaluation.",
            "Buiten traject sinds K2 2026: 14,4% in plaats van de verwachte 12,0%. Eerste beoordeling.",
        ),
        (
            replace(OLD, moving_away=True),
            "Hors trajectoire depuis T3 2025 : la valeur s’éloigne de sa cible deux années de suite, "
            "14,4 % (T2 2026) contre 15,0 % un an plus tôt.",
            "Buiten traject sinds K3 2025: de waarde verwijdert zich twee jaar na elkaar van de "
            "streefwaarde, 14,4% (K2 2026) tegenover 15,0% een jaar eerder.",
        ),
        (
            replace(OLD, expected=None, goal=Goal(date(2027, 12, 31), low=20.0, high=30.0)),
            "Hors trajectoire depuis T3 2025 : 14,4 % (T2 2026), hors de la fourchette 20,0–30,0 %.",
            "Buiten traject sinds K3 2025: 14,4% (K2 2026), buiten de marge 20,0–30,0%.",
        ),
        (
            SIGNAL,
            "T2 2026 : 14,4 %, au-dessus de la limite habituelle de 14,0 % (moyenne : 12,0 %).",
            "K2 2026: 14,4%, boven de gebruikelijke grens van 14,0% (gemiddelde: 12,0%).",
        ),
        (
            replace(SIGNAL, rules=(Rule.SHIFT, Rule.TREND), high=False),
            "T2 2026 : 14,4 %, après 7 valeurs de suite en baisse.",
            "K2 2026: 14,4%, na 7 opeenvolgende dalende waarden.",
        ),
        (
            SLOW,
            "Cible au 31 décembre 2027 : le rythme demandé (+2,3 p.p. par an) vaut 2,3 fois le meilleur "
            "observé (+1,0 p.p., de 2024 à 2025).",
            "Streefwaarde op 31 december 2027: het gevraagde tempo (+2,3 pp per jaar) is 2,3 keer het "
            "beste dat werd waargenomen (+1,0 pp, van 2024 tot 2025).",
        ),
        (
            replace(SLOW, best=None, size=inf),
            "Cible au 31 décembre 2027 : il faudrait +2,3 p.p. par an, alors qu’aucune année n’a été dans "
            "ce sens depuis 2022.",
            "Streefwaarde op 31 december 2027: er is +2,3 pp per jaar nodig, terwijl sinds 2022 geen enkel "
            "jaar in die richting ging.",
        ),
        (
            Late(Period.parse("2026-Q1"), Q2, date(2026, 9, 30), 31),
            "Dernière période chargée : T1 2026. La suivante (T2 2026) devait l’être au plus tard le "
            "30 septembre 2026.",
            "Laatst geladen periode: K1 2026. De volgende (K2 2026) moest uiterlijk op 30 september 2026 "
            "geladen zijn.",
        ),
        (
            ProvisionalTooLong(Period.parse("2023"), date(2023, 12, 31), 1000),
            "La valeur 2023 est encore provisoire, alors qu’elle pouvait être définitive depuis le "
            "31 décembre 2023.",
            "De waarde 2023 is nog voorlopig, terwijl ze definitief kon zijn sinds 31 december 2023.",
        ),
        (
            NoTarget(Q2, 14.4),
            "Dernière valeur : 14,4 % (T2 2026). Aucune cible n’est en vigueur.",
            "Laatste waarde: 14,4% (K2 2026). Er is geen streefwaarde van kracht.",
        ),
        (NoTarget(), "Ni valeur ni cible en vigueur.", "Geen waarde en geen streefwaarde van kracht."),
    ],
)
def test_each_reason_is_said_with_its_facts(concern: Concern, french: str, dutch: str) -> None:
    assert said(concern, "fr") == french
    assert said(concern, "nl") == dutch


def test_values_that_round_to_the_same_are_told_apart() -> None:
    assert "14,04 % au lieu de 13,98 %" in said(replace(NEW, value=14.04, expected=13.98), "fr")
    assert "14,0 % au lieu de 13,9 %" in said(replace(NEW, value=14.04, expected=13.9), "fr")


def test_a_season_taken_out_by_comparison_is_said() -> None:
    """OS4.06 is a median in days, compared with the same quarter a year before."""
    text = said(replace(SIGNAL, value=4.0, upper=2.0, mean=-1.0), "fr", "OS4.06")
    assert "+4" in text
    assert text.endswith("Il s’agit de l’évolution sur un an.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("high", [True, False])
def test_every_rule_of_the_chart_has_its_sentence(language: str, rule: Rule, high: bool) -> None:
    text = said(replace(SIGNAL, rules=(rule,), high=high), language)
    assert text.startswith("T2 2026 : 14,4 %" if language == "fr" else "K2 2026: 14,4%")
    other = said(replace(SIGNAL, rules=(rule,), high=not high), language)
    assert text != other


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_symbol_and_its_rule_of_its_own(language: str) -> None:
    t = translator(language)
    assert len(set(SYMBOLS.values())) == len(AttentionReason)
    assert len({reason_rule(reason, t) for reason in AttentionReason}) == len(AttentionReason)
    assert "12" in reason_rule(AttentionReason.INSUFFICIENT_PACE, t)
    assert "6" in reason_rule(AttentionReason.LATE, t)
