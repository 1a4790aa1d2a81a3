"""The three verdicts: the printed arithmetic gives the printed result, and every answer has words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from html import unescape
from typing import Any

import pytest
from dash import Dash

from components.cards.agreement import agreement_sentence, why
from components.cards.methods import make_methods
from components.cards.rules import make_rules
from components.cards.verdict_arithmetic import Numbers
from components.cards.verdict_noise import make_assurance, make_variation
from components.cards.verdicts import make_verdicts
from components.i18n.translate import LANGUAGES, Translator, translator
from components.prerender import to_html, to_plain
from data_access.contract.load import contract
from data_access.contract.model import Indicator, Unit
from data_access.domain.agreement import Agreement, Cause
from data_access.domain.assessment import Note, Status, Thresholds
from data_access.domain.change import change_on_year
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.control_chart import Assurance, ControlChart, NoChart, Variation
from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term
from data_access.domain.pace import NoPace
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import Goal, TargetPath
from data_access.domain.trend import NoTrend
from data_access.services.data_state import get_data_state
from data_access.services.indicator_rows import IndicatorRow
from data_access.services.sheet import Sheet, get_sheet, make_sheet

FR, NL = translator("fr"), translator("nl")
CUTOFF = date(2025, 12, 31)
BASE = contract().indicator("OS2.03")


def definition(polarity: Polarity = Polarity.LOWER, **changes: Any) -> Indicator:
    plain = {"cohort": None, "season": "none", "breaks": (), "periodicity": "A", "polarity": polarity}
    return BASE.model_copy(update={**plain, **changes})


def path(target: Goal, baseline: float | None = 40.0, milestones: tuple[Goal, ...] = ()) -> TargetPath:
    return TargetPath(
        baseline=None if baseline is None else Goal(date(2022, 12, 31), baseline),
        milestones=milestones,
        target=target,
        valid_from=date(2023, 1, 1),
        decided_on=date(2023, 1, 1),
        decision_ref="2023-01",
        deciding_body="Comité",
        reason="annex",
    )


TARGET = Goal(date(2027, 12, 31), 30.0)


def readings(*values: float, first: int = 2020, half: float | None = None) -> tuple[Reading, ...]:
    return tuple(
        Reading(Period.parse(str(first + i)), v, half_width=half, numerator=v * 10, denominator=1000.0)
        for i, v in enumerate(values)
    )


def sheet_of(
    series: Sequence[Reading],
    paths: tuple[TargetPath, ...] = (path(TARGET),),
    of: Indicator | None = None,
) -> Sheet:
    of = of or definition()
    judged = evaluate_status(series, paths, polarity=of.polarity, scored=of.scored, on=CUTOFF)
    row = IndicatorRow(
        code=of.code,
        operator="_T",
        readings=tuple(series),
        assessment=judged,
        latest=judged.reading,
        year_before=judged.year_before,
        change=change_on_year(series, polarity=of.polarity, decimals=of.decimals),
        movement=None,
        alerts=(),
        breaks=(),
        paths=paths,
        demonstration=False,
        vintage=None,
        sources=(),
    )
    return make_sheet(of, row, ("_T",), CUTOFF, (), ())


def plain(text: str) -> str:
    return re.sub(r"[\s\u202f\u00a0]+", " ", unescape(text)).strip()


def html_of(sheet: Sheet, of: Indicator | None = None, t: Translator = FR) -> str:
    made = make_verdicts(sheet, of or definition(), t, thresholds=Thresholds())
    return to_html(to_plain(made))


def words(html: str) -> str:
    return plain(re.sub(r"<[^>]+>", " ", html))


def formulas(html: str) -> list[str]:
    found = re.findall(r'<p class="formula">(.*?)</p>', html, re.S)
    return [plain(re.sub(r"<[^>]+>", "", f)) for f in found]


def card(html: str, name: str) -> str:
    found = re.search(rf'<article class="verdict verdict-{name}">(.*?)</article>', html, re.S)
    assert found, f"no card {name}"
    return found[1]


# Annual values to 2024. 731 days of 1 826 have passed from 31/12/2022 to 31/12/2024:
# e = 40 - 10 x 731/1826 = 35.9967; p = (37 - 40)/(30 - 40) = 30 %; q = 40.03 %; lag 10.03 %: to watch.
SERIES = readings(42.0, 41.0, 40.0, 39.0, 37.0)


def test_the_trajectory_is_worked_out_with_its_own_numbers() -> None:
    made = card(html_of(sheet_of(SERIES)), "trajectory")
    assert formulas(made)[:4] == [
        "e = 40,0 + (30,0 − 40,0) × 731 ÷ 1826 = 36,00 %",
        "p = (x − b) ÷ (c − b) = (37,0 − 40,0) ÷ (30,0 − 40,0) = 30,0 %",
        "q = (e − b) ÷ (c − b) = (36,00 − 40,0) ÷ (30,0 − 40,0) = 40,0 %",
        "q − p = 40,0 % − 30,0 % = 10,0 %",
    ]
    assert "À surveiller" in words(made)
    assert "retard de 10,0 % du chemin" in words(made)


def test_the_band_that_applies_is_marked_once_and_is_the_state() -> None:
    made = card(html_of(sheet_of(SERIES)), "trajectory")
    rows = [words(row) for row in re.findall(r'<tr class="applies">(.*?)</tr>', made, re.S)]
    assert len(rows) == 1
    assert rows[0].startswith("◆ À surveiller")
    assert "c’est le cas ici" in rows[0]


# Milestone 2024 of 36: 37 is 1 point above; target 30: 7 points above. Less is better: neither is attained.
def test_the_level_is_held_against_milestone_and_target() -> None:
    series = sheet_of(SERIES, (path(TARGET, milestones=(Goal(date(2024, 12, 31), 36.0),)),))
    made = card(html_of(series), "level")
    assert "Jalon 2024 non atteint" in words(made), "its day has come"
    assert "Cible 2027 pas encore atteinte" in words(made), "its day has not"
    assert formulas(made) == ["x − j = 37,0 − 36,0 = +1,0 p.p.", "x − c = 37,0 − 30,0 = +7,0 p.p."]


# 29 is a point beyond the target of 30.
def test_a_target_that_is_met_says_so_and_asks_for_no_pace() -> None:
    made = html_of(sheet_of(readings(42.0, 41.0, 40.0, 35.0, 29.0)))
    assert "Cible 2027 atteinte" in words(card(made, "level"))
    assert "Aucun rythme n’est demandé : la cible est déjà atteinte." in words(made)


# From 37 at the end of 2024 to 30 at the end of 2027: -7 in 3 years, -2.333 a year. Best change in a year: -2
# (2023 to 2024): 1.17 times.
def test_the_pace_is_that_of_the_years_left_against_the_best_one() -> None:
    made = html_of(sheet_of(SERIES))
    assert (
        "−2,3 p.p. par an jusqu’à l’échéance : demande 1,2 fois le meilleur rythme observé, −2,0 p.p."
        in words(made)
    )
    assert "(2023 → 2024)" in words(made)
    assert "r = (c − x) ÷ n = (−7,0) ÷ 3,000 = −2,333 p.p. par an" in formulas(made)
    assert "r ÷ m = (−2,333) ÷ (−2,0) = 1,17" in formulas(made)


# Values 42, 41, 40, 39, 37 in years 0 to 4: mean 39.8, slope (-2 x 2.2 - 1.2 - 0.8 - 2 x 2.8) / 10 = -1.2; at
# year 7 39.8 - 1.2 x 5 = 33.8. Residuals -.2, 0, .2, .4, -.4: scatter = sqrt(.4/3) = .365.
# Spread = .365 x sqrt(1 + 1/5 + 25/10) = .702; t(3) = 1.638 and 3.182: 33.8 ± 1.15 and ± 2.23.
# (30 - 33.8)/.702 = -5.41 with 3 degrees of freedom: probability 0.6 %.
def test_the_projection_gives_both_intervals_and_the_probability() -> None:
    said = words(html_of(sheet_of(SERIES)))
    assert "33,8 % au 31/12/2027 ; entre 32,6 % et 35,0 % dans huit cas sur dix" in said
    assert "entre 31,6 % et 36,0 % dans 95 cas sur cent" in said
    assert "Probabilité d’atteindre la cible : moins de 1 %." in said


# 370 of 1 000, z = 1.959964, z² = 3.841459: √(3.841459 + 4 x 370 x 0.63) = 30.59806, so that
# (740 + 3.841459 ± 1.959964 x 30.59806) / (2 x 1003.841459) = 0.340627 and 0.400368.
# The change: -2.0 against sqrt(3² + 3²) = 4.243: stable.
def test_the_noise_of_a_rate_is_worked_out_from_its_counts() -> None:
    made = card(html_of(sheet_of(readings(42.0, 41.0, 40.0, 39.0, 37.0, half=3.0))), "noise")
    said = words(made)
    assert "la vraie valeur est entre 34,1 % et 40,0 %" in said
    assert "Stable sur un an : dans le bruit" in said
    assert "−2,0 p.p. : stable, dans le bruit (jusqu’à 4,2 p.p.)" in said
    assert "h = √(v² + w²) = √(3,0² + 3,0²) = 4,2 p.p." in formulas(made)
    wilson = next(f for f in formulas(made) if "±" in f)
    assert (
        "[2 × 370 + 1,96² ± 1,96 × √(1,96² + 4 × 370 × (1 − 370 ÷ 1 000))] ÷ [2 × (1 000 + 1,96²)]" in wilson
    )
    assert "de 34,063 % à 40,037 %" in wilson


# Twelve quarters that swing by one, 10 and 11 in turn, then 20: mean (6 x 21 + 20) / 13 = 11.231; moving
# ranges eleven times 1 and once 9: 20/12 = 1.667; limits 11.231 ± 2.66 x 1.667 = 6.797 and 15.664.
def test_limits_come_from_the_moving_ranges_and_the_last_point_is_outside() -> None:
    swing = [10.0, 11.0] * 6 + [20.0]
    quarters = tuple(Reading(Period.parse(f"{2022 + i // 4}-Q{i % 4 + 1}"), v) for i, v in enumerate(swing))
    of = definition(periodicity="Q")
    made = card(html_of(sheet_of(quarters, (), of), of), "noise")
    said = words(made)
    assert "Signal préoccupant, vers le haut" in said, "less is better"
    assert "Signal « hors limites » au dernier point (T1 2025)." in said
    assert "Limites : 6,8 % à 15,7 %, moyenne 11,2 %" in said
    assert "à l’essai" not in said, "thirteen points are firm"
    assert "m − 2,66 × R = 11,231 − 2,66 × 1,667 = 6,797" in formulas(made)
    assert "m + 2,66 × R = 11,231 + 2,66 × 1,667 = 15,664" in formulas(made)


# Baseline and target 30: a tenth of 30 is the way; 31.5 is 1.5 on the wrong side, half of the way.
def test_a_level_to_hold_takes_the_tolerance_for_the_way() -> None:
    made = html_of(sheet_of(readings(30.0, 30.5, 31.0, 31.5, first=2021), (path(TARGET, baseline=30.0),)))
    assert "p = 1 + (c − x) ÷ (τ × |c|) = 1 + (30,0 − 31,5) ÷ (10,00 % × |30,0|) = 50,0 %" in formulas(made)
    assert "La valeur de référence était déjà à la cible" in words(made)


# Band 20-30, baseline 40 (10 outside), value 37 (7 outside): p = 1 - 7/10 = 30 %.
def test_a_band_counts_from_its_nearest_edge() -> None:
    of = definition(Polarity.BAND)
    band = Goal(date(2027, 12, 31), low=20.0, high=30.0)
    made = html_of(sheet_of(SERIES, (path(band),), of), of)
    assert "p = 1 − o ÷ w = 1 − 7,0 ÷ 10,0 = 30,0 %" in formulas(card(made, "trajectory"))
    assert "x − c = 37,0 − 30,0 = +7,0 p.p." in formulas(card(made, "level"))
    assert "7,0 p.p. au-dessus de la bande 20,0–30,0 %" in words(made)


# Of a width of 10, a value 7 above with a baseline inside has covered -70 %.
def test_a_band_left_behind_counts_in_its_width() -> None:
    of = definition(Polarity.BAND)
    band = Goal(date(2027, 12, 31), low=20.0, high=30.0)
    made = html_of(sheet_of(SERIES, (path(band, baseline=25.0),), of), of)
    assert "p = −o ÷ w = −7,0 ÷ 10,0 = −70,0 %" in formulas(made)


# A gap of -4 (4 in absolute value) against a baseline of 8 and a target of 2: (4 - 8) / (2 - 8) = 66.7 %.
def test_a_gap_counts_in_absolute_values() -> None:
    of = definition(Polarity.ZERO_GAP, unit=Unit.POINTS)
    made = html_of(
        sheet_of(readings(-8.0, -6.0, -4.0, first=2022), (path(Goal(TARGET.due, -2.0), -8.0),), of), of
    )
    assert "p = (x − b) ÷ (c − b) = (4,0 − 8,0) ÷ (2,0 − 8,0) = 66,7 %" in formulas(made)
    assert "|x| − |c| = 4,0 − 2,0 = +2,0 p.p." in formulas(made)
    assert "compte en valeur absolue" in words(made)


def check(method: Method, agrees: bool | None, cause: Cause | None = None) -> Agreement:
    band, refusal = (None, Refusal.TOO_FEW_POINTS) if cause is Cause.REFUSED else (Band.ON_TRACK, None)
    return Agreement(CrossCheck(method, band, None, refusal), agrees, cause)


def test_the_sentence_counts_only_the_methods_that_could_be_compared() -> None:
    three = [check(m, True) for m in (Method.LINEAR_SHARE, Method.CAGR_RATIO, Method.UN_RATIO)]
    mixed = [*three, check(Method.WEATHER, False, Cause.FINAL_TARGET), check(Method.BFP, None, Cause.REFUSED)]
    assert agreement_sentence(mixed, FR) == "3 méthodes sur 4 qui se prononcent rejoignent l’état affiché."
    assert agreement_sentence(mixed[3:], FR).startswith("Parmi les méthodes qui se prononcent (1), aucune")
    assert agreement_sentence(mixed[4:], FR).startswith("Aucune méthode ne se compare")


def test_a_table_row_says_why_a_method_differs_or_refuses() -> None:
    made = words(html_of(sheet_of(SERIES[2:])))
    assert "Règle du Bureau fédéral du Plan aucune – ne se prononce pas Trop peu de points annuels" in made


@pytest.mark.parametrize("attribution", ["context", "actiris"])
def test_what_is_not_judged_has_noise_only(attribution: str) -> None:
    of = definition(Polarity.NEUTRAL, attribution=attribution)
    made = html_of(sheet_of(SERIES, (), of), of)
    assert re.findall(r"verdict verdict-(\w+)", made) == ["noise"]
    assert "aucun verdict" in words(made)
    assert "<table" not in made.replace('class="plain bands"', "").split("</article>")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_has_its_sentence(language: str) -> None:
    t = translator(language)
    families: dict[str, type[StrEnum]] = {
        "refusal": Refusal,
        "no_chart": NoChart,
        "no_trend": NoTrend,
        "variation": Variation,
        "assurance": Assurance,
        "verdict.note": Note,
        "term": Term,
    }
    said = [t(f"{family}.{m.value}") for family, members in families.items() for m in members]
    said += [why(check(Method.WEATHER, None if c is Cause.REFUSED else False, c), t) for c in Cause]
    assert all(len(text) > 1 for text in said)
    causes = [why(check(Method.WEATHER, False, c), t) for c in Cause if c is not Cause.REFUSED]
    assert len(set(causes)) == len(causes), "two causes are told by the same words"


@pytest.mark.parametrize("t", [FR, NL], ids=LANGUAGES)
def test_every_icon_has_a_sign_and_a_letter_of_its_own(t: Translator) -> None:
    icons = [make_variation(v, t) for v in Variation] + [make_assurance(a, t) for a in Assurance]
    written = [to_html(to_plain(icon)) for icon in icons]
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("reason", list(NoChart))
def test_a_refused_chart_says_why(reason: NoChart) -> None:
    sheet = sheet_of(SERIES)
    refused = ControlChart(refusal=reason, autocorrelation=0.62 if reason is NoChart.AUTOCORRELATED else None)
    said = words(html_of(replace(sheet, noise=replace(sheet.noise, chart=refused))))
    assert f"Pas de carte de contrôle : {plain(FR(f'no_chart.{reason.value}', r='0,62'))}" in said
    assert ("0,62" in said) is (reason is NoChart.AUTOCORRELATED)


@pytest.mark.parametrize("reason", list(Refusal))
def test_a_pace_that_is_not_asked_for_says_why(reason: Refusal) -> None:
    said = words(html_of(replace(sheet_of(SERIES), pace=NoPace(reason))))
    assert f"Aucun rythme n’est demandé : {plain(FR(f'refusal.{reason.value}'))}." in said


@pytest.mark.parametrize("note", list(Note))
def test_every_reservation_is_told(note: Note) -> None:
    sheet = sheet_of(SERIES)
    noted = replace(sheet.row.assessment, notes=(note,))
    said = words(html_of(replace(sheet, row=replace(sheet.row, assessment=noted))))
    assert plain(FR(f"verdict.note.{note.value}", tolerance="10 %")) in said


def test_numbers_below_zero_follow_an_operator_in_brackets() -> None:
    assert Numbers.fit(definition(), "fr", 1.0).plain(-1.5) == "(−1,5)"


@pytest.fixture(scope="module")
def sheets(app: Dash) -> Iterator[dict[str, Sheet]]:
    """The sheet of every indicator of the shipped tables."""
    state = get_data_state()
    with app.server.app_context():
        yield {
            d.code: get_sheet(state.version, state.cutoff, d.code, None, SmallCellRule())
            for d in contract().indicators
        }


@pytest.mark.parametrize("t", [FR, NL], ids=LANGUAGES)
def test_every_shipped_indicator_has_its_verdicts(sheets: dict[str, Sheet], t: Translator) -> None:
    assert len(sheets) == 99
    for code, sheet in sheets.items():
        said = words(html_of(sheet, contract().indicator(code), t))
        assert re.findall(r"\bNone\b|\bnan\b|[{}]|\.\.|\binf\b", said) == [], code


def test_every_printed_formula_of_the_shipped_indicators_gives_its_result(sheets: dict[str, Sheet]) -> None:
    """The text is reckoned again: numbers as printed, operators as printed."""
    checked = 0
    for code, sheet in sheets.items():
        for formula in formulas(html_of(sheet, contract().indicator(code))):
            parts = formula.split(" = ")
            if "±" in formula or not re.search(r"\d.* [−+×÷^] |√", parts[-2]):
                continue  # an interval has two results; a value named alone has no arithmetic
            low, high = reckoned(parts[-2])
            shown, step = result(parts[-1])
            factor = 100 if "%" in parts[-1] and abs(low) < 20 and not parts[0].startswith(("e", "x")) else 1
            assert factor * low - step <= shown <= factor * high + step, f"{code}: {formula}"
            checked += 1
    assert checked > 400


def reckoned(expression: str) -> tuple[float, float]:
    """The least and the most that an expression gives when each number is off by its rounding."""
    text = re.sub(r"(?<=\d) (?=\d)", "", expression)
    text = text.replace("−", "-").replace("×", "*").replace("÷", "/").replace("^", "**").replace("²", "**2")
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text.replace("√", "sqrt"))
    numbers = re.findall(r"\d+(?:,\d+)?(?: %)?", text)
    found = []
    for moved in range(-1, 2 * len(numbers)):
        written = iter(enumerate(numbers))

        def value(_: re.Match[str], moved: int = moved, written: Any = written) -> str:
            i, number = next(written)
            digits = number.removesuffix(" %")
            decimals = len(digits.partition(",")[2])
            off = 0.0 if moved // 2 != i or not decimals else (0.5 if moved % 2 else -0.5) * 10**-decimals
            return repr((float(digits.replace(",", ".")) + off) * (0.01 if "%" in number else 1))

        exact = re.sub(r"\d+(?:,\d+)?(?: %)?", value, text)
        found.append(float(eval(exact, {"__builtins__": {}, "abs": abs, "sqrt": math.sqrt})))
    middle = found[0]
    spread = sum(abs(v - middle) for v in found[1:])
    return middle - spread, middle + spread


def result(text: str) -> tuple[float, float]:
    """A printed result and half a unit of its last digit."""
    found = re.match(r"[+−(]*([\d ]+(?:,\d+)?)", re.sub(r"(?<=\d) (?=\d)", "", text))
    assert found, text
    digits = found[1].strip()
    size = float(digits.replace(",", "."))
    return (-size if "−" in text else size), 0.5001 * 10 ** -len(digits.partition(",")[2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_lead_to_parts_of_the_method_page(language: str) -> None:
    t = translator(language)
    linked = set(re.findall(r'href="/\w+/methode#([\w-]+)"', html_of(sheet_of(SERIES), t=t)))
    page = to_plain([*make_methods(t), *make_rules(contract(), CUTOFF, t)])
    known = {node["props"].get("id") for node in page} | {"states"}
    assert len(linked) >= 9
    assert linked - known == set()


def test_an_indicator_without_a_state_says_its_reason() -> None:
    sheet = sheet_of(SERIES, ())
    assert sheet.row.assessment.status is Status.NOT_ASSESSABLE
    said = words(html_of(sheet))
    assert "Rien à comparer Le Contrat ne fixe aucune cible" in said
    assert "Aucun rythme n’est demandé : aucune cible n’est fixée." in said
