"""The rules on the method page: thresholds come from the contract, with the decision that made them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from components.cards.rules import make_rules, percent_number
from components.i18n.translate import translator
from components.prerender import to_html, to_plain
from data_access.contract.load import contract
from data_access.contract.model import Contract

FIRST = date(2027, 1, 1)


@pytest.fixture
def adopted() -> Contract:
    """The contract after a decision that allows a lag of 2.5 % and of 30 % from 2027 on."""
    (proposed,) = contract().assessment
    decision = {"state": "adopted", "decided_on": date(2026, 12, 15), "decision_ref": "CG 2026/12"}
    later = proposed.model_copy(
        update={"valid_from": FIRST, "on_track": 0.025, "to_watch": 0.3, "tolerance": 0.01, **decision}
    )
    return contract().model_copy(update={"assessment": (proposed, later)})


def page(of: Contract, day: date, language: str) -> str:
    """The words of the section, with plain spaces."""
    html = to_html(to_plain(make_rules(of, day, translator(language))))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fr",
            (
                "d’au plus 5 % du chemin",
                "de 5 à 20 % du chemin",
                "1er janvier 2023 en vigueur 5 % 20 % 10 % proposés ; aucune décision",
                "Le Contrat de gestion ne fixe aucun seuil",
            ),
        ),
        (
            "nl",
            (
                "hoogstens 5% van de weg",
                "5 tot 20% van de weg",
                "1 januari 2023 van kracht 5% 20% 10% voorgesteld; geen beslissing",
                "Het Beheerscontract legt geen enkele drempel vast",
            ),
        ),
    ],
)
def test_what_ships_is_said_to_be_a_proposal(language: str, sentences: tuple[str, ...]) -> None:
    words = page(contract(), date(2026, 10, 31), language)
    assert [sentence for sentence in sentences if sentence not in words] == []


@pytest.mark.parametrize(
    ("language", "row", "rule"),
    [
        (
            "fr",
            "1er janvier 2027 en vigueur 2,5 % 30 % 1 % adoptés le 15 décembre 2026 (CG 2026/12)",
            "de 2,5 à 30 % du chemin",
        ),
        (
            "nl",
            "1 januari 2027 van kracht 2,5% 30% 1% aangenomen op 15 december 2026 (CG 2026/12)",
            "2,5 tot 30% van de weg",
        ),
    ],
)
def test_adopted_thresholds_name_their_decision(
    adopted: Contract, language: str, row: str, rule: str
) -> None:
    words = page(adopted, FIRST, language)
    assert row in words
    assert rule in words
    first = "1er janvier 2023 5 %" if language == "fr" else "1 januari 2023 5%"
    assert words.index(row) < words.index(first), "the newest version stands first"


def test_a_past_session_shows_the_rules_of_its_time(adopted: Contract) -> None:
    words = page(adopted, date(2026, 12, 31), "fr")
    assert "de 5 à 20 % du chemin" in words
    assert "1er janvier 2023 en vigueur" in words


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.05, "5"),
        (0.2, "20"),
        (0.07, "7"),
        (0.29, "29"),
        (0.025, "2,5"),
        (0.0125, "1,25"),
        (1 / 3, "33,333"),
    ],
)
def test_a_threshold_keeps_its_decimals(share: float, shown: str) -> None:
    assert percent_number(share, "fr") == shown
