"""What a reader types and what is found: expectations written by hand from the contract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.contract.load import contract
from data_access.services.search import Hit, Kind, Rank, get_entries, search, suggest
from data_access.services.search_text import code_keys, highlight, normalise, query_words


def codes(text: str, kind: Kind = Kind.INDICATOR) -> list[str]:
    return [hit.code for hit in search(text) if hit.kind is kind]


def first(text: str) -> Hit:
    return search(text)[0]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Mise à l’EMPLOI", "mise a l emploi"),
        ("mise a l'emploi", "mise a l emploi"),
        ("œuvre", "oeuvre"),
        ("Écosystème", "ecosysteme"),
        ("tevredenheid: één", "tevredenheid een"),
        ("BV-4A", "bv 4a"),
        ("≥ 12 maanden", "12 maanden"),
        ("  \u00a0 ", ""),
    ],
)
def test_texts_are_compared_without_accents_case_and_apostrophes(text: str, same: str) -> None:
    assert normalise(text) == same


@given(st.text())
def test_a_normalised_text_is_left_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


def test_each_code_has_forms_of_its_own() -> None:
    keys = [key for indicator in contract().indicators for key in code_keys(indicator.code)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OS2.03", "OS2.03"),
        ("os203", "OS2.03"),
        ("os2.3", "OS2.03"),
        ("OS 2 03", "OS2.03"),
        ("os23", "OS2.03"),
        ("2.3", "OS2.03"),
        ("2,03", "OS2.03"),
        ("os2.10", "OS2.10"),
        ("bv4a", "BV-4A"),
        ("BV 4A", "BV-4A"),
        ("vd-8", "VD-8"),
        ("ctx.dei", "CTX.DEI"),
        ("CTX RATE_VAR", "CTX.RATE_VAR"),
        ("OS2-E1a", "OS2-E1a"),
        ("pp3", "PP3"),
        ("os4", "OS4"),
    ],
)
def test_a_code_is_found_in_every_form_in_which_it_is_typed(text: str, code: str) -> None:
    assert (first(text).code, first(text).rank) == (code, Rank.EXACT)


def test_the_beginning_of_a_code_lists_what_begins_so() -> None:
    assert codes("os2.1") == ["OS2.01", "OS2.10", "OS2.11", "OS2.12", "OS2.13", "OS2.14"]
    assert codes("vd3") == ["VD-3A", "VD-3B"]
    assert codes("os2") == [f"OS2.{n:02}" for n in range(1, 15)]


def test_a_code_and_a_word_narrow_each_other() -> None:
    # Titles of OS2 with «bilan» or «bilantés»; the definition of OS2.05 or OS2.06 may only follow them.
    assert codes("os2 bilan")[:3] == ["OS2.04", "OS2.07", "OS2.08"]
    assert codes("OS2.03 taux") == ["OS2.03"]
    assert codes("OS2.03 satisfaction") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chôm", {"OS2.03", "CTX.CCI_DE", "CTX.RATE", "CTX.RATE_MEAN", "CTX.RATE_VAR"}),
        ("CHOM", {"OS2.03", "CTX.CCI_DE", "CTX.RATE", "CTX.RATE_MEAN", "CTX.RATE_VAR"}),
        ("discrimination", {"OS2.13"}),
        ("discriminatie", {"OS2.13"}),
        ("mise en oeuvre", {"OS5.06"}),
        ("croissant pauvre", {"OS1.11"}),
        ("pauvre croissant", {"OS1.11"}),
        ("arme sikkel", {"OS1.11"}),
        ("équivalence diplôme", {"OS3.08"}),
        ("l'embauche", {"OS2.13"}),
    ],
)
def test_all_words_begin_words_of_the_title_in_one_language(text: str, found: set[str]) -> None:
    assert {hit.code for hit in search(text) if hit.rank is Rank.TITLE_START} == found


def test_words_of_two_languages_do_not_answer_together() -> None:
    assert codes("discrimination aanwerving") == []


def test_plural_and_inflected_words_find_the_others() -> None:
    # OS2.10 says «sorties», OS2.09 «sortie»; OS2.01 «Langdurig niet-werkende», OS2.03 «langdurige».
    assert {"OS2.09", "OS2.10"} <= set(codes("sorties")) & set(codes("sortie"))
    assert {"OS2.01", "OS2.03"} <= set(codes("langdurige"))


def test_a_part_within_a_dutch_word_is_found_after_beginnings() -> None:
    # «graad» stands only inside words: Uitstroomgraad, Dekkingsgraad, Werkgelegenheidsgraad…
    assert all(hit.rank is Rank.TITLE_INSIDE for hit in search("graad") if hit.kind is Kind.INDICATOR)
    assert {"OS1.01", "OS1.03", "CTX.EMP_RATE"} <= set(codes("graad"))
    assert search("ff") == ()  # two letters only begin words; «effectieve» holds these


def test_the_title_goes_before_the_glossary_and_this_before_definitions() -> None:
    ranks = [hit.rank for hit in search("bilan")]
    assert ranks == sorted(ranks)
    assert {Rank.TITLE_START, Rank.TERM, Rank.CONTRACT, Rank.BODY} <= set(ranks)
    # «Kaplan-Meier» is in no title; it is in the definition of OS1.04, in both languages.
    assert (first("kaplan").code, first("kaplan").rank) == ("OS1.04", Rank.BODY)


def test_a_whole_term_is_the_first_answer() -> None:
    assert (first("kit de base").kind, first("kit de base").title.nl) == (Kind.TERM, "Basiskit")
    assert first("basiskit").kind is Kind.TERM
    assert codes("kit de base")[:2] == ["OS3.02", "OS3.03"]


def test_a_hit_says_in_which_language_it_answered() -> None:
    assert first("chômage").languages == ("fr",)
    assert first("werkloosheid").languages == ("nl",)
    assert first("os2.03").languages == ("fr", "nl")
    # OS5.09 is «Engagement et satisfaction…» and «Engagement en tevredenheid…».
    assert next(hit for hit in search("engagement") if hit.code == "OS5.09").languages == ("fr", "nl")


def test_objectives_commitments_and_publics_are_found() -> None:
    assert codes("parcours sur mesure", Kind.OBJECTIVE) == ["OS3"]  # its short name
    assert codes("Shifting.brussels", Kind.COMMITMENT) == ["OS3-E7"]
    assert codes("jongeren instroom", Kind.PUBLIC) == ["PP2"]


def test_half_a_sentence_shows_that_it_is_one() -> None:
    half = next(hit for hit in search("OS1-E5b") if hit.code == "OS1-E5b")
    assert half.title.fr.startswith("… selon les antennes")


@pytest.mark.parametrize("text", ["", "   ", "?!", "xyzzy", "emploi xyzzy"])
def test_nothing_is_found_for_nothing_or_for_an_unknown_word(text: str) -> None:
    assert search(text) == ()


def test_the_limit_keeps_the_best() -> None:
    assert search("emploi", limit=3) == search("emploi")[:3]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_title_finds_itself_first_whatever_its_accents(language: str) -> None:
    for text in (entry.title.in_(language) for entry in get_entries() if entry.kind is Kind.INDICATOR):
        for typed in (text.upper(), text.replace("’", "'")):
            assert first(typed).title.in_(language) == text


@given(st.text(max_size=100))
def test_whatever_is_typed_is_answered_in_order(text: str) -> None:
    found = search(text)
    assert [hit.rank for hit in found] == sorted(hit.rank for hit in found)
    assert all(hit.languages for hit in found)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chomaje", "chômage"),
        ("dicrimination", "discrimination"),
        ("langdurge werkloosheid", "langdurige werkloosheid"),
        ("diversitteit", "diversiteit"),
    ],
)
def test_a_slip_of_the_finger_is_corrected(typed: str, meant: str) -> None:
    assert search(typed) == ()
    assert suggest(typed) == meant


def test_no_correction_is_better_than_a_wild_one() -> None:
    assert suggest("zzzzz") is None
    assert suggest("xyzzy emploi") is None


def test_the_words_found_are_marked_and_the_text_is_whole() -> None:
    text = "Le chômage de longue durée, l’emploi et les chômeurs"
    pieces = highlight(text, "chom emploi")
    assert [piece for piece, marked in pieces if marked] == ["chômage", "emploi", "chômeurs"]
    assert "".join(piece for piece, _ in pieces) == text
    assert not any(marked for _, marked in highlight(text, ""))


def test_words_lose_their_ending_only_when_long() -> None:
    assert query_words("sorties des taux langdurige") == ("sortie", "des", "taux", "langdurig")


def test_a_commune_is_found_by_its_name_in_either_language_and_by_its_code() -> None:
    assert codes("Sint-Joost", Kind.COMMUNE) == ["21014"]
    assert codes("molenbeek", Kind.COMMUNE) == ["21012"]
    assert codes("21005", Kind.COMMUNE) == ["21005"]
