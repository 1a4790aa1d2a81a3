"""The definitions that ship: whole, in two languages, and true to the contract's text."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.contract.model import Attribution, Indicator, Measure, State, Text, Unit
from data_access.domain.season import Season

CONTRACT = Path(__file__).parents[3] / "data_access" / "contract"
FILES = sorted((CONTRACT / "indicators").rglob("*.toml"))
INDICATORS = [Indicator.model_validate(tomllib.loads(p.read_text(encoding="utf-8"))) for p in FILES]
FOLDERS = {"os1": "OS1", "os2": "OS2", "os3": "OS3", "os4": "OS4", "os5": "OS5", "context": "CTX"}

# Contract, chapter VI: 8, 4, 7, 4 and 8 commitments; OS1-E5 and OS2-E1 have two halves each.
LEAVES = {
    *(f"OS1-E{n}" for n in ("1", "2", "3", "4", "5a", "5b", "6", "7", "8")),
    *(f"OS2-E{n}" for n in ("1a", "1b", "2", "3", "4")),
    *(f"OS3-E{n}" for n in range(1, 8)),
    *(f"OS4-E{n}" for n in range(1, 5)),
    *(f"OS5-E{n}" for n in range(1, 9)),
}
# Annexe I, sections 2 and 3: the numbers as they are printed there, in order.
ANNEX = {
    "BV": ["1", "1", "1", "1", "1", "2", "3", "4A", "4B", "5", "6"],
    "VD": ["1", "2", "3A", "3B", "4", "5", "6", "7", "8"],
}
# Directions that are not «more is better», from the proposed catalogue.
NOT_HIGHER = {
    "lower": {"OS1.04", "OS2.01", "OS2.02", "OS2.03", "OS4.06", "OS4.08", "BV-6"},
    "band": {"OS1.12", "OS4.02", "BV-2"},
    "zero_gap": {"OS1.11", "OS2.14"},
    "neutral": {"BV-1a"},
}
PROPER_NAMES = re.compile(
    r"Bruxelles Formation|The Brussels Times|Steunpunt Werk|Vlaamse Arbeidsrekening|VDAB Brussel"
)
FRENCH_WORDS = re.compile(
    r"\b(des|les|dans|du|aux|et|ou|sur|avec|pour|est|une|leur|qui|chez|personnes?|emplois?|durée|taux|nombre|"
    r"chercheurs?|métiers?|mois|année|trimestre|jours)\b|«|»",
    re.IGNORECASE,
)
DUTCH_WORDS = re.compile(
    r"\b(het|een|van|voor|bij|naar|door|zijn|worden?|aandeel|aantal|werkzoekenden?|gemeente|maanden|jaar|werk|"
    r"opleiding|doelgroep(en)?)\b",
    re.IGNORECASE,
)


def texts(indicator: Indicator) -> Iterator[tuple[str, Text]]:
    """The texts of a definition, with the names of their fields."""
    for field in Indicator.model_fields:
        value = getattr(indicator, field)
        if isinstance(value, Text):
            yield f"{indicator.code} {field}", value


def test_every_file_bears_the_code_it_defines_in_the_folder_of_its_objective() -> None:
    assert [p.stem for p in FILES] == [i.code for i in INDICATORS]
    misplaced = [
        p.name
        for p in FILES
        if not p.stem.startswith(("BV-", "VD-") if p.parent.name == "shared" else FOLDERS[p.parent.name])
    ]
    assert misplaced == []


def test_the_catalogue_has_sixty_proposals_and_the_twenty_measures_of_annexe_1() -> None:
    proposed = [i for i in INDICATORS if i.objective]
    shared = [i for i in INDICATORS if i.annex]
    assert len(proposed) == 60
    assert len(shared) == 20
    assert {i.state for i in proposed} == {State.PROPOSED}
    assert {i.state for i in INDICATORS if not i.objective} == {State.ADOPTED}
    assert {i.attribution for i in shared} == {Attribution.SHARED}


def test_the_measures_of_annexe_1_bear_its_numbers() -> None:
    for prefix, numbers in ANNEX.items():
        assert [i.annex for i in INDICATORS if i.code.startswith(prefix)] == numbers


def test_the_french_titles_of_annexe_1_are_those_of_the_contract() -> None:
    contract = (CONTRACT / "text" / "contrat-de-gestion-2023-2027.txt").read_text(encoding="utf-8")
    annexe = " ".join(contract.split()).rpartition("Annexe I ")[2].partition("Annexe II")[0]
    assert annexe
    assert [i.title.fr for i in INDICATORS if i.annex and i.title.fr not in annexe] == []


def test_every_commitment_is_served_and_none_is_invented() -> None:
    assert {c for i in INDICATORS for c in i.commitments} == LEAVES
    astray = [i.code for i in INDICATORS if any(not c.startswith(i.objective or "?") for c in i.commitments)]
    assert astray == []


def test_no_dutch_text_holds_french_words_and_no_french_text_dutch_ones() -> None:
    mixed = [
        (name, found.group())
        for i in INDICATORS
        for name, text in texts(i)
        for words, sentence in ((FRENCH_WORDS, text.nl), (DUTCH_WORDS, text.fr))
        if (found := words.search(PROPER_NAMES.sub("", sentence)))
    ]
    assert mixed == []


@pytest.mark.parametrize(
    ("language", "fault"),
    [
        # A French sentence breaks neither before : ; ? ! % nor inside guillemets.
        ("fr", r"[^\u00a0\s][;!?»%]|[^\u00a0\d]:| [:;?!%»]|«[^\u00a0]|'|\d \d{3}(?!\d)|  "),
        ("nl", r"\s[:;?!%]|[«»'\"]|  "),
    ],
)
def test_the_typography_is_that_of_the_language(language: str, fault: str) -> None:
    faults = [
        (name, found.group())
        for i in INDICATORS
        for name, text in texts(i)
        if not (i.annex and name.endswith(" title"))
        if (found := re.search(fault, text.in_(language)))
    ]
    assert faults == []


def test_dimensions_are_those_that_have_a_code_list() -> None:
    with (CONTRACT / "codelists.csv").open(encoding="utf-8") as file:
        lists = {row["dimension"] for row in csv.DictReader(file)}
    assert {d for i in INDICATORS for d in i.dimensions} - lists == set()
    assert [i.code for i in INDICATORS if len(set(i.dimensions)) != len(i.dimensions)] == []


def test_a_percentage_says_what_it_divides_and_a_count_divides_nothing() -> None:
    for i in INDICATORS:
        terms = (i.numerator is not None, i.denominator is not None)
        expected = {
            Unit.PERCENT: (True, True),
            Unit.PER_FTE: (True, True),
            Unit.SCORE10: (True, True),
            Unit.COUNT: (True, False),
            Unit.DAYS: (False, True),  # a median over a population
            Unit.POINTS: (False, False),  # a difference of two rates
        }
        assert terms == expected[i.unit], i.code


def test_only_a_rate_over_an_estimate_or_over_places_may_pass_one_hundred_per_cent() -> None:
    over = {i.code for i in INDICATORS if i.unit is Unit.PERCENT and not i.numerator_within_denominator}
    assert over == {"OS4.02", "BV-2"}


# By the rule of indicators/README.md, read definition by definition; annual series have none.
YEAR_ON_YEAR = {
    *("OS1.03", "OS1.10", "OS1.12", "OS1.14", "OS2.07", "OS2.09", "OS3.03"),  # people there on a day
    *("OS1.04", "OS4.06"),  # medians
    *("OS2.01", "OS2.02", "CTX.DEI", "CTX.RATE"),  # the register, and what is divided by it
    *(f"CTX.{share}_SHARE" for share in ("AGE", "CLAIM", "CPAS", "DUR", "EDU", "FEMALE")),
}
SUM = {"OS1.07", "OS3.08", "BV-1a", "BV-1e", "VD-2", "CTX.INFLOW", "CTX.OUTFLOW"}
THINGS_OF_THE_HOUSE = {"OS4.03", "OS5.02", "OS5.03", "OS5.04", "OS5.06"}


def test_the_season_is_taken_out_as_the_rule_says() -> None:
    within_the_year = [i for i in INDICATORS if i.periodicity != "A"]
    assert {i.season for i in INDICATORS if i.periodicity == "A"} == {Season.NONE}
    for i in within_the_year:
        expected = (
            Season.YEAR_ON_YEAR
            if i.code in YEAR_ON_YEAR
            else Season.SUM_12_MONTHS
            if i.code in SUM
            else Season.NONE
            if i.code in THINGS_OF_THE_HOUSE
            else Season.MEAN_12_MONTHS
        )
        assert i.season is expected, i.code


def test_a_gap_has_the_season_of_the_rate_that_it_compares() -> None:
    by_code = {i.code: i for i in INDICATORS}
    assert by_code["OS1.11"].season is by_code["OS1.01"].season


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("OS1.01", 100.0),  # a share of the cohort
        ("BV-2", None),  # entries over places: replaced trainees count too
        ("OS4.02", None),  # services over an estimated need
        ("OS5.07", 10.0),  # a mean out of ten
        ("OS1.07", None),  # vacancies
        ("OS1.04", None),  # days
        ("OS1.11", None),  # points
    ],
)
def test_a_measure_ends_where_its_nature_ends_it(code: str, limit: float | None) -> None:
    assert next(i for i in INDICATORS if i.code == code).natural_limit == limit


def test_directions_are_those_of_the_catalogue() -> None:
    catalogue = [i for i in INDICATORS if not i.code.startswith("CTX")]
    for polarity, codes in NOT_HIGHER.items():
        assert {i.code for i in catalogue if i.polarity == polarity} == codes


def test_context_is_never_scored() -> None:
    context = {i.code for i in INDICATORS if i.attribution is Attribution.CONTEXT}
    assert context == {"OS2.01", "OS2.02", *(i.code for i in INDICATORS if i.code.startswith("CTX"))}
    assert [i.code for i in INDICATORS if i.code in context and i.scored] == []


def test_a_gap_between_cohorts_waits_as_long_as_the_cohorts_it_compares() -> None:
    by_code = {i.code: i for i in INDICATORS}
    assert by_code["OS1.11"].cohort == by_code["OS2.14"].cohort == by_code["OS1.01"].cohort
    assert {i.code for i in INDICATORS if i.measure is Measure.GAP} == {"OS1.11", "OS2.14"}
