"""What the lists quote from the contract is in the contract, word for word and in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from data_access.contract.load import DEFAULT, contract

TEXT = (DEFAULT / "text" / "contrat-de-gestion-2023-2027.txt").read_text(encoding="utf-8")
# The heading and the foot of the page that fall in the middle of OS1-E5a; nothing else is taken out.
FURNITURE = "VI. 2023-2027 : 5 objectifs stratégiques\n\n\n\nActiris | Contrat de gestion 2023-202719\n"
CONTRACT = re.sub(r"\s+", " ", TEXT.replace(FURNITURE, ""))


def quoted() -> Iterator[tuple[str, str]]:
    """Every French sentence that is the contract's own, with its place in the lists."""
    c = contract()
    yield from (("legal basis", c.legal_basis.fr), ("values", c.values.fr), ("vision", c.vision.fr))
    yield from ((f"aim {n}", aim.fr) for n, aim in enumerate(c.vision_aims, 1))
    yield from ((f"party {n}", party.fr) for n, party in enumerate(c.parties, 1))
    yield from ((m.code, m.text.fr) for m in c.missions)
    yield from ((o.code, o.title.fr) for o in c.objectives)
    yield from ((e.code, e.text.fr) for o in c.objectives for e in o.commitments)
    yield from ((f"term {g.term.fr}", g.term.fr) for g in c.glossary)
    yield from ((f"definition {g.term.fr}", g.definition.fr) for g in c.glossary)
    yield from ((p.code, p.term.fr) for p in c.publics)
    yield from ((f"{o.code} verb", o.verb.fr) for o in c.obligations)
    yield from ((i.code, i.title.fr) for i in c.shared())


def between_guillemets() -> Iterator[tuple[str, str]]:
    """Every quotation inside a sentence of ours."""
    c = contract()
    ours = [(p.code, p.operational.fr) for p in c.publics]
    ours += [(o.code, o.timing.fr) for o in c.obligations]
    ours += [(d.code, d.rule.fr) for d in c.croissants]
    ours += [(f"{f.code} {s.code}", s.rule.fr) for f in c.funnels for s in f.stages]
    for place, sentence in ours:
        yield from ((place, quotation) for quotation in re.findall(r"« ([^»]+) »", sentence))


@pytest.mark.parametrize(("place", "sentence"), list(quoted()))
def test_a_sentence_of_the_contract_is_verbatim(place: str, sentence: str) -> None:
    assert sentence in CONTRACT, place


@pytest.mark.parametrize(("place", "quotation"), list(between_guillemets()))
def test_a_quotation_is_verbatim(place: str, quotation: str) -> None:
    assert quotation in CONTRACT, place


def test_the_page_furniture_interrupts_one_commitment_only() -> None:
    assert TEXT.count(FURNITURE) == 1
    raw = re.sub(r"\s+", " ", TEXT)
    broken = [place for place, sentence in quoted() if sentence not in raw]
    assert broken == ["OS1-E5a"]


def test_the_title_is_the_one_at_the_foot_of_the_pages() -> None:
    assert f"Actiris | {contract().title.fr}" in TEXT


def test_the_quotations_include_every_timing_that_the_contract_states() -> None:
    assert len(list(between_guillemets())) >= 20


@pytest.mark.parametrize("objective", contract().objectives, ids=lambda o: o.code)
def test_commitments_are_in_the_order_of_the_contract(objective: object) -> None:
    places = [CONTRACT.index(e.text.fr) for e in objective.commitments]  # type: ignore[attr-defined]
    assert places == sorted(places)


def test_the_other_lists_are_in_the_order_of_the_contract() -> None:
    c = contract()
    for sentences in (
        [o.title.fr for o in c.objectives],
        [m.text.fr for m in c.missions],
        [g.definition.fr for g in c.glossary],
        [aim.fr for aim in c.vision_aims],
        [p.term.fr for p in c.publics],
    ):
        # The last occurrence: the glossary repeats the terms of the publics on one line.
        places = [CONTRACT.rindex(s) for s in sentences]
        assert places == sorted(places), sentences[0]


def test_no_bullet_of_the_contract_is_left_out() -> None:
    chapters = [part.split("Objectif stratégique")[0] for part in TEXT.split("engage à :")[1:]]
    chapters[-1] = chapters[-1].split("Annexes")[0]
    bullets = [chapter.count("•") for chapter in chapters]
    assert bullets == [10, 6, 7, 4, 8]  # 31, and two halves twice
    assert bullets == [len(o.commitments) for o in contract().objectives]


def test_a_half_completes_the_compound_commitment_before_it() -> None:
    halves = {e.code: e.parent for o in contract().objectives for e in o.commitments if e.parent}
    assert halves == {
        "OS1-E5a": "OS1-E5",
        "OS1-E5b": "OS1-E5",
        "OS2-E1a": "OS2-E1",
        "OS2-E1b": "OS2-E1",
    }
