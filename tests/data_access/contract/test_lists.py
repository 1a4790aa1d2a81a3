"""The lists of the contract: how many, which dates, which communes, which stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import BaseModel

from data_access.contract.load import contract
from data_access.contract.model import Text

# Names that both languages write alike: communes, institutions, the third item of the sex list.
SAME_IN_BOTH = {
    "Anderlecht",
    "Berchem",
    "Etterbeek",
    "Evere",
    "Ganshoren",
    "Jette",
    "Koekelberg",
    "Molenbeek",
    "Actiris",
    "Actiris, Select Actiris",
    "Bruxelles Formation",
    "VDAB Brussel",
    "Statbel",
    "view.brussels",
    "view.brussels, ViewStat",
    "X",
}

# Computed by hand from part I of the contract (1 January 2023, five years, six and nine months); the days
# that the contract leaves open are proposals of the domain report, §1.7.
DAYS = {
    "GV-01": date(2023, 1, 1),
    "GV-02": date(2023, 7, 1),
    "GV-03a": date(2023, 7, 1),
    "GV-03b": date(2023, 10, 1),
    "GV-04-2023": date(2023, 7, 1),
    "GV-04-2024": date(2023, 12, 31),
    "GV-04-2025": date(2024, 12, 31),
    "GV-04-2026": date(2025, 12, 31),
    "GV-04-2027": date(2026, 12, 31),
    "GV-05-2023": date(2024, 6, 30),
    "GV-05-2024": date(2025, 6, 30),
    "GV-05-2025": date(2026, 6, 30),
    "GV-05-2026": date(2027, 6, 30),
    "GV-05-2027": date(2028, 6, 30),
    "GV-06-2023": date(2024, 12, 31),
    "GV-06-2024": date(2025, 12, 31),
    "GV-06-2025": date(2026, 12, 31),
    "GV-06-2026": date(2027, 12, 31),
    "GV-07": date(2027, 12, 31),
    "GV-08": date(2027, 12, 31),
    "GV-09": date(2027, 12, 31),
    "GV-10": date(2028, 12, 31),
    "GV-11": None,
    "GV-12": None,
    "GV-13": None,
}


def texts(value: object, place: str = "contract") -> Iterator[tuple[str, Text]]:
    """Every text of the contract with its place."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from texts(getattr(value, field), f"{place}.{field}")
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from texts(item, f"{place}[{getattr(item, 'code', n)}]")


def test_the_lists_have_the_sizes_of_the_contract() -> None:
    c = contract()
    commitments = [e for o in c.objectives for e in o.commitments]
    assert len(c.objectives) == 5
    assert len([e for e in commitments if e.parent is None]) == 31
    assert len([e for o in c.objectives for e in o.leaves]) == 33
    assert [len(o.leaves) for o in c.objectives] == [9, 5, 7, 4, 8]
    assert (len(c.missions), len([m for m in c.missions if m.transversal])) == (11, 2)
    assert (len(c.glossary), len(c.publics), len(c.communes), len(c.croissants)) == (10, 4, 19, 3)
    assert (len(c.parties), len(c.vision_aims)) == (2, 4)


def test_the_catalogue_has_sixty_proposed_indicators_and_twenty_shared_measures() -> None:
    c = contract()
    assert [len(c.of_objective(o.code)) for o in c.objectives] == [15, 14, 11, 8, 12]
    assert len(c.shared()) == 20


def test_every_leaf_commitment_has_an_indicator() -> None:
    served = {code for i in contract().indicators for code in i.commitments}
    assert [e.code for o in contract().objectives for e in o.leaves if e.code not in served] == []


def test_every_commitment_named_exists_and_is_a_leaf() -> None:
    leaves = {e.code for o in contract().objectives for e in o.leaves}
    named = {code for i in contract().indicators for code in i.commitments}
    named |= {code for f in contract().funnels for code in f.commitments}
    assert named <= leaves


def test_a_text_differs_between_the_languages_unless_it_is_a_proper_name() -> None:
    alike = {text.fr: place for place, text in texts(contract()) if text.fr == text.nl}
    assert {fr: place for fr, place in alike.items() if fr not in SAME_IN_BOTH} == {}


def test_the_list_of_proper_names_holds_no_name_that_is_not_used() -> None:
    assert {text.fr for _, text in texts(contract()) if text.fr == text.nl} == SAME_IN_BOTH


def test_french_and_dutch_have_their_own_punctuation() -> None:
    for place, text in texts(contract()):
        assert "'" not in text.fr + text.nl, f"{place}: straight apostrophe"
        assert "  " not in text.fr + text.nl, f"{place}: double space"
        assert "«" not in text.nl, f"{place}: French quotation marks in Dutch"
        assert " ;" not in text.nl, f"{place}: French spacing in Dutch"
        assert " :" not in text.nl, f"{place}: French spacing in Dutch"


def test_short_names_fit_a_navigation_bar() -> None:
    for objective in contract().objectives:
        for short in (objective.short.fr, objective.short.nl):
            assert len(short.split()) <= 4, short
            assert len(short) <= 25, short


def test_the_contract_lasts_five_years() -> None:
    assert (contract().start, contract().end) == (date(2023, 1, 1), date(2027, 12, 31))


def test_obligations_fall_on_the_days_of_the_contract() -> None:
    assert {o.code: o.day for o in contract().obligations} == DAYS


def test_a_day_says_whether_the_contract_gives_it() -> None:
    basis = {o.code: o.basis for o in contract().obligations}
    proposed = {code for code in DAYS if code[:5] in {"GV-04", "GV-05", "GV-06"}}
    computed = {"GV-02", "GV-03a", "GV-03b", "GV-07", "GV-08", "GV-09", "GV-10"}
    assert {code for code, b in basis.items() if b == "proposed"} == proposed
    assert {code for code, b in basis.items() if b == "computed"} == computed
    assert {code for code, b in basis.items() if b == "contract"} == {"GV-01", "GV-11", "GV-12", "GV-13"}


def test_a_computed_or_proposed_day_says_how() -> None:
    assert [o.code for o in contract().obligations if o.basis != "contract" and o.note is None] == []


def test_two_obligations_have_a_period() -> None:
    opens = {o.code: o.opens for o in contract().obligations if o.opens is not None}
    assert opens == {"GV-03b": date(2023, 7, 1), "GV-07": date(2026, 12, 31)}


def test_the_annual_plan_is_communicated_and_the_reports_are_submitted() -> None:
    verbs = {o.code: (o.verb.fr, o.verb.nl) for o in contract().obligations}
    assert verbs["GV-04-2027"] == ("sera communiqué", "wordt meegedeeld")
    assert verbs["GV-05-2026"] == ("soumettra annuellement", "legt jaarlijks voor")
    assert verbs["GV-08"] == ("soumettra", "legt voor")


# National register codes of the Region's municipalities; they follow the French alphabet.
@pytest.mark.parametrize(
    ("nis", "fr", "nl"),
    [
        ("21002", "Auderghem", "Oudergem"),
        ("21004", "Bruxelles", "Brussel"),
        ("21007", "Forest", "Vorst"),
        ("21009", "Ixelles", "Elsene"),
        ("21012", "Molenbeek-Saint-Jean", "Sint-Jans-Molenbeek"),
        ("21014", "Saint-Josse-ten-Noode", "Sint-Joost-ten-Node"),
        ("21017", "Watermael-Boitsfort", "Watermaal-Bosvoorde"),
    ],
)
def test_a_commune_has_its_code_and_both_names(nis: str, fr: str, nl: str) -> None:
    commune = next(c for c in contract().communes if c.nis == nis)
    assert (commune.name.fr, commune.name.nl) == (fr, nl)


def test_communes_are_in_the_order_of_their_codes_and_of_their_french_names() -> None:
    communes = contract().communes
    assert [c.nis for c in communes] == [str(n) for n in range(21001, 21020)]
    assert [c.name.fr for c in communes] == sorted(c.name.fr for c in communes)


def test_the_city_is_not_mistaken_for_the_region_on_maps() -> None:
    city = next(c for c in contract().communes if c.nis == "21004")
    assert (city.short.fr, city.short.nl) == ("Ville de Bruxelles", "Stad Brussel")


def test_the_croissant_is_three_named_definitions() -> None:
    names = {c.nis: c.name.fr for c in contract().communes}
    by_code = {d.code: {names[nis] for nis in d.communes} for d in contract().croissants}
    core = {"Anderlecht", "Molenbeek-Saint-Jean", "Saint-Gilles", "Saint-Josse-ten-Noode", "Schaerbeek"}
    # D2: the communes named in the IBSA glossary, «croissant pauvre». D3: Actiris, March 2013.
    assert by_code == {"D1": set(), "D2": core | {"Bruxelles", "Forest"}, "D3": core}
    assert [d.code for d in contract().croissants if d.default] == ["D2"]


def test_the_rule_of_a_croissant_names_its_communes_in_both_languages() -> None:
    communes = {c.nis: c for c in contract().communes}
    core = next(d for d in contract().croissants if d.code == "D3")
    for nis in core.communes:
        assert communes[nis].name.fr in core.rule.fr
        assert communes[nis].name.nl in core.rule.nl


def test_the_reform_is_a_break() -> None:
    assert [(b.code, b.day) for b in contract().breaks] == [("REFORM-2026", date(2026, 1, 1))]


def test_the_funnels_have_the_stages_of_the_domain() -> None:
    assert {f.code: "".join(s.code[1] for s in f.stages) for f in contract().funnels} == {
        "F-PREV": "1234567",
        "F-ABS-E": "123456789",
        "F-ABS-S": "123456789",
        "F-SI": "1234",
        "F-KIT-J": "12345678",
        "F-KIT-L": "12345678",
        "F-PART": "1234567",
    }


def test_applications_follow_the_invitation_and_not_the_attendance() -> None:
    """Annexe I, indicator 1: «demandes de formation suite à ces invitations»."""
    session = next(f for f in contract().funnels if f.code == "F-SI")
    assert [(s.code, s.nested, s.within) for s in session.stages] == [
        ("S1", True, None),
        ("S2", True, None),
        ("S3", False, "S1"),
        ("S4", True, None),
    ]


def test_detection_need_and_the_optional_step_are_branchings_and_not_losses() -> None:
    split = {(f.code, s.code) for f in contract().funnels for s in f.stages if s.split}
    assert split == {
        ("F-PREV", "P3"),
        ("F-ABS-E", "A7"),
        ("F-ABS-S", "A7"),
        ("F-KIT-J", "K4"),
        ("F-KIT-L", "K4"),
    }


def test_work_follows_the_start_of_the_pathway_with_or_without_the_optional_step() -> None:
    for code in ("F-ABS-E", "F-ABS-S"):
        stages = {s.code: s for f in contract().funnels if f.code == code for s in f.stages}
        assert (stages["A8"].nested, stages["A8"].within) == (False, "A6")
        assert stages["A4"].sensitive


def test_every_dimension_has_one_total() -> None:
    totals = Counter(
        i.dimension for i in contract().codelists if i.code in {"_T", "BRU"} and not i.part_of_total
    )
    assert totals == dict.fromkeys({i.dimension for i in contract().codelists}, 1)
