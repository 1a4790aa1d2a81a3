"""What is said of decisions in both languages: standings, changes, acceptances, links, marks on a figure."""

from __future__ import annotations

import re
from datetime import date
from html import escape, unescape
from typing import Any

import pytest
from dash import Dash, html
from hypothesis import given
from hypothesis import strategies as st

from components.cards.acceptance import make_acceptance_badge, make_acceptance_note
from components.cards.decisions import make_open_decisions
from components.decision_words import (
    SYMBOLS,
    acceptance_text,
    after_sentence,
    decision_line,
    decisions_sentence,
    standing_extra,
    standing_word,
)
from components.exports.asked import Asked
from components.exports.recipes.scorecard import make_scorecard
from components.figures.decision_marks import (
    MARGIN,
    decision_labels,
    decision_lines,
    shown_decisions,
    top_margin,
)
from components.figures.theme import SYMBOLS as STATES
from components.i18n.translate import LANGUAGES, translator
from components.linked_text import linked
from components.prerender import to_html, to_plain
from components.tables.decision_table import make_decision_table
from data_access.contract.load import contract
from data_access.contract.model import Text
from data_access.domain.change import change_between
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.decision import (
    Acceptance,
    Closing,
    DecisionKind,
    NoChange,
    Standing,
    Term,
    Unchanged,
    acceptance_on,
    standing_on,
)
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.services.data_state import get_data_state
from data_access.services.decisions import Decision, DecisionLine, DecisionLog, Wording

N, THIN = "\u00a0", "\u202f"
DAY = date(2026, 11, 27)
T = {language: translator(language) for language in LANGUAGES}
RATE = contract().indicator("OS2.03")
BEFORE, AFTER = Reading(Period.parse("2026-Q1"), 31.4), Reading(Period.parse("2026-Q3"), 29.0)


def decision(
    code: str = "D-2026-03-01", fr: str | None = "Décider.", nl: str | None = None, **term: Any
) -> Decision:
    return Decision(
        code=code,
        indicator="OS2.03",
        operator="_T",
        signal="off_track",
        status=None,
        point="7",
        text=Wording(fr, nl),
        reason=Wording(None, None),
        role=Text(fr="direction", nl="directie"),
        term=Term(
            **{"kind": DecisionKind.DECISION, "meeting": date(2026, 3, 26), "due": date(2026, 9, 30), **term}
        ),
        known_since=1,
        demonstration=False,
    )


def line(of: Decision, day: date = DAY) -> DecisionLine:
    acceptance = acceptance_on(day, [(of.code, of.term)])
    return DecisionLine(of, standing_on(day, of.term), acceptance, None)


def plain(node: object) -> str:
    return unescape(re.sub(r" +", " ", re.sub(r"<[^>]+>", " ", to_html(to_plain(node))))).strip()


def change(before: Reading = BEFORE, after: Reading = AFTER, **more: Any) -> Any:
    return change_between(before, after, **{"polarity": Polarity.LOWER, **more})


@pytest.mark.parametrize(
    ("after", "fr", "nl"),
    [
        (
            change(),
            f"31,4{N}% (T1{N}2026) → 29,0{N}% (T3{N}2026){N}: −2,4{N}p.p., dans le bon sens",
            f"31,4% (K1{N}2026) → 29,0% (K3{N}2026): −2,4{N}pp, in de goede richting",
        ),
        (
            change(polarity=Polarity.HIGHER),
            f"31,4{N}% (T1{N}2026) → 29,0{N}% (T3{N}2026){N}: −2,4{N}p.p., dans le mauvais sens",
            f"31,4% (K1{N}2026) → 29,0% (K3{N}2026): −2,4{N}pp, in de verkeerde richting",
        ),
        (
            change(polarity=Polarity.NEUTRAL),
            f"31,4{N}% (T1{N}2026) → 29,0{N}% (T3{N}2026){N}: −2,4{N}p.p.",
            f"31,4% (K1{N}2026) → 29,0% (K3{N}2026): −2,4{N}pp",
        ),
        (
            change(after=Reading(Period.parse("2026-Q3"), 31.4)),
            f"31,4{N}% (T1{N}2026) → 31,4{N}% (T3{N}2026){N}: 0,0{N}p.p., stable",
            f"31,4% (K1{N}2026) → 31,4% (K3{N}2026): 0,0{N}pp, stabiel",
        ),
        (
            change(breaks=[date(2026, 7, 1)]),
            f"31,4{N}% (T1{N}2026) → 29,0{N}% (T3{N}2026){N}: une rupture de série les sépare, les deux "
            "valeurs ne se comparent pas",
            f"31,4% (K1{N}2026) → 29,0% (K3{N}2026): een reeksbreuk scheidt beide waarden, ze zijn niet "
            "vergelijkbaar",
        ),
        (
            NoChange(Unchanged.NO_NEWER_PERIOD, BEFORE),
            f"Pas encore de période plus récente que 31,4{N}% (T1{N}2026)",
            f"Nog geen recentere periode dan 31,4% (K1{N}2026)",
        ),
        (
            NoChange(Unchanged.NO_VALUE_BEFORE, None),
            "Aucune valeur n’était connue à la séance",
            "Op de zitting was geen waarde bekend",
        ),
    ],
)
def test_what_the_series_did_after_is_two_values_and_their_difference(after: Any, fr: str, nl: str) -> None:
    assert after_sentence(after, RATE, T["fr"]) == fr
    assert after_sentence(after, RATE, T["nl"]) == nl


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_that_a_decision_caused_what_followed(language: str) -> None:
    said = " ".join(
        after_sentence(each, RATE, T[language])
        for each in (change(), NoChange(Unchanged.NO_NEWER_PERIOD, BEFORE))
    )
    assert not re.search(r"grâce|effet|cause|donc|dankzij|effect|oorzaak|dus", said)
    assert {"fr": "elle ne dit pas que la décision en est la cause", "nl": "zegt niet dat de beslissing"}[
        language
    ] in T[language]("decisions.rule", day="…")


@pytest.mark.parametrize(
    ("of", "fr", "nl"),
    [
        (decision(), "depuis 58 jours", "sinds 58 dagen"),  # 1 October to 27 November
        (decision(due=date(2026, 11, 26)), "depuis 1 jour", "sinds 1 dag"),
        (decision(due=DAY), "", ""),
        (
            decision(closing=Closing.DONE, closed_on=date(2026, 9, 1)),
            "le 1er septembre 2026",
            "op 1 september 2026",
        ),
        (
            decision(kind=DecisionKind.DEVIATION, due=date(2027, 6, 30)),
            "jusqu’au 30 juin 2027",
            "tot en met 30 juni 2027",
        ),
        (decision(kind=DecisionKind.DEVIATION), "le 30 septembre 2026", "op 30 september 2026"),
    ],
)
def test_where_a_decision_stands_says_since_or_until_when(of: Decision, fr: str, nl: str) -> None:
    assert standing_extra(line(of), DAY, T["fr"]) == fr
    assert standing_extra(line(of), DAY, T["nl"]) == nl


def test_each_standing_has_a_shape_and_a_word_of_its_own() -> None:
    assert len(set(SYMBOLS.values())) == len(Standing)
    assert SYMBOLS[Standing.IN_FORCE] not in STATES.values()
    for language in LANGUAGES:
        assert len({standing_word(each, T[language]) for each in Standing}) == len(Standing)


def test_a_deviation_in_force_is_a_badge_and_one_that_ended_says_why_there_is_none() -> None:
    holds = Acceptance("D-2026-06-02", date(2026, 6, 25), date(2027, 6, 30), in_force=True)
    over = Acceptance("D-2026-01-01", date(2026, 1, 29), date(2026, 9, 30), in_force=False)
    assert plain(make_acceptance_badge(holds, T["fr"])) == "▣ Écart accepté jusqu’au 30/06/2027"
    assert plain(make_acceptance_badge(holds, T["nl"])) == "▣ Aanvaarde afwijking t.e.m. 30/06/2027"
    assert acceptance_text(holds, T["nl"]) == "▣ Aanvaarde afwijking t.e.m. 30/06/2027"
    assert acceptance_text(over, T["nl"]) == acceptance_text(None, T["nl"]) == ""
    assert make_acceptance_badge(over, T["fr"]) is None
    assert make_acceptance_badge(None, T["fr"]) is None
    assert make_acceptance_note(None, T["fr"]) is None
    assert plain(make_acceptance_note(over, T["fr"])) == (
        f"L’acceptation décidée le 29 janvier 2026 a pris fin le 30 septembre 2026{N}: l’état ordinaire vaut "
        "de nouveau seul. Décision D-2026-01-01"
    )
    assert plain(make_acceptance_note(over, T["nl"])) == (
        "De op 29 januari 2026 besliste aanvaarding liep af op 30 september 2026: alleen de gewone toestand "
        "geldt weer. Beslissing D-2026-01-01"
    )
    assert 'href="/nl/beslissingen#D-2026-06-02"' in to_html(to_plain(make_acceptance_note(holds, T["nl"])))


def test_a_decision_without_its_translation_is_shown_in_the_other_language_and_says_so() -> None:
    table = make_decision_table([line(decision())], contract().by_code, DAY, T["nl"])
    assert '<em class="awaited">vertaling volgt</em> <span lang="fr">Décider.</span>' in to_html(
        to_plain(table)
    )
    assert decision_line(decision(), T["nl"]) == (
        "D-2026-03-01, zitting van 26 maart 2026: vertaling volgt – Décider."
    )
    accepted = decision(nl="Aanvaarden.", kind=DecisionKind.DEVIATION, due=date(2027, 6, 30))
    assert decision_line(accepted, T["nl"]) == (
        "D-2026-03-01, zitting van 26 maart 2026: Aanvaarden. (aanvaarde afwijking tot en met 30 juni 2027)"
    )


def test_the_overview_lists_what_is_open_late_first_and_says_how_many_more() -> None:
    lines = [line(decision())] + [line(decision(f"D-{n}", due=date(2027, 1, n))) for n in range(1, 7)]
    log = DecisionLog(tuple(lines))
    shown = plain(make_open_decisions(log, DAY, T["fr"]))
    assert shown.startswith("■ En retard depuis 58 jours D-2026-03-01")
    assert "D-4" in shown
    assert "D-5" not in shown
    assert "et 2 autres décisions ouvertes" in shown
    assert decisions_sentence(log, T["fr"]) == "7 décisions sont ouvertes. Une est en retard."
    assert decisions_sentence(DecisionLog(()), T["nl"]) == "Er staat geen beslissing open."
    assert "Aucune décision n’est ouverte." in plain(make_open_decisions(DecisionLog(()), DAY, T["fr"]))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 24), "Hors trajectoire (provisoire)"),
        (date(2026, 6, 25), "Hors trajectoire (provisoire) Écart accepté jusqu’au 30/06/2027"),
        (date(2027, 6, 30), "Hors trajectoire (provisoire) Écart accepté jusqu’au 30/06/2027"),
        (date(2027, 7, 1), "Hors trajectoire (provisoire)"),
    ],
)
def test_the_file_of_a_scorecard_bears_the_badge_as_long_as_it_holds(app: Dash, day: date, said: str) -> None:
    """D-2026-06-02 of the demonstration: OS3.07, accepted on 25 June 2026 until 30 June 2027."""
    with app.server.app_context():
        state = get_data_state()
        asked = Asked("fr", {"objective": "OS3"}, state.version, state.cutoff, SmallCellRule(), (), day)
        table = make_scorecard(asked).table
    (row,) = [row for row in table.rows if row[0].text.startswith("OS3.07")]
    assert said in [cell.text for cell in row]


@given(text=st.text(alphabet=st.sampled_from("htps:/.a <>«»\"'()&;,é"), max_size=60) | st.text(max_size=40))
def test_whatever_is_written_stays_as_it_is_and_is_escaped(text: str) -> None:
    pieces = linked(text)
    assert "".join(piece if isinstance(piece, str) else piece.children for piece in pieces) == text
    hrefs = [piece.href for piece in pieces if not isinstance(piece, str)]
    assert all(href.startswith(("http://", "https://")) for href in hrefs)
    written = to_html(to_plain(html.P(pieces)))
    assert set(re.findall(r"<(/?\w*)", written)) <= {"p", "/p", "a", "/a"}
    assert unescape(re.sub(r"<[^>]+>", "", written)) == unescape(escape(text, quote=False))


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("rien", []),
        ("", []),
        ("https://a.be", ["https://a.be"]),
        ("voir https://a.be/x?y=1&z=2.", ["https://a.be/x?y=1&z=2"]),
        ("(http://a.be/x), «https://b.be/y»;", ["http://a.be/x", "https://b.be/y"]),
        ("javascript:alert(1) ftp://a.be data:text/html,x www.a.be", []),
        ("<a href='https://a.be'>", ["https://a.be"]),
        ("https:// http://", []),
    ],
)
def test_only_addresses_become_links_and_nothing_is_lost(text: str, addresses: list[str]) -> None:
    pieces = linked(text)
    found = [piece.href for piece in pieces if not isinstance(piece, str)]
    assert found == addresses
    assert all(piece.rel == "noopener noreferrer" for piece in pieces if not isinstance(piece, str))
    assert "".join(piece if isinstance(piece, str) else piece.children for piece in pieces) == text


def test_meetings_that_are_near_have_their_codes_one_above_the_other() -> None:
    days = [date(2024, 1, 25), date(2026, 1, 29), date(2026, 3, 26), date(2026, 3, 26), date(2026, 9, 24)]
    made = [decision(f"D-{n}", meeting=day) for n, day in enumerate(days)]
    labels = decision_labels(made, over_remarks=False)
    assert [label["yshift"] for label in labels] == [3, 3, 19, 35, 3]  # a fourth row begins below again
    assert [label["text"] for label in labels] == [f"D-{n}" for n in range(5)]
    assert [mark["x0"] for mark in decision_lines(made)] == [
        "2024-01-25",
        "2026-01-29",
        "2026-03-26",
        "2026-09-24",
    ]
    assert {mark["line"].get("dash") for mark in decision_lines(made)} == {None}, "a break is dashed"
    assert top_margin(labels) == 55
    assert top_margin([]) == top_margin(labels[:1]) == MARGIN
    assert decision_labels(made[:1], over_remarks=True)[0]["yshift"] == 22
    assert [d.code for d in shown_decisions(made, date(2026, 1, 29), date(2026, 3, 26))] == [
        "D-1",
        "D-2",
        "D-3",
    ]
