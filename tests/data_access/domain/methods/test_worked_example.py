"""The published worked example: same data, contradictory headlines.

Long-term share 62 % (2022), 60 % (2025), target 55 % (2027), less is better, worked out in the method
report (§c.4 and §d.1): CAGR ratio 0.459, "limited progress"; UN ratio 0.471, "acceleration needed"; the
German projection 58.7 misses by 73 % of the remaining gap, "cloud", and is 6.7 % above the target value,
inside a margin of 10 % of it; linear share 0.476 with 57.8 expected now. Stated as the complement, 38, 40
and 45 %, the CAGR ratio becomes 0.501.
"""

from __future__ import annotations

import pytest

from data_access.domain.methods.check import Band, Method, Term
from tests.data_access.domain.builders import path
from tests.data_access.domain.methods.cases import LOWER, assessed, told, years

# The report gives the ends only; two thirds of a point a year join them, and one year before them.
LONG_TERM = (62 + 2 / 3, 62.0, 62 - 2 / 3, 62 - 4 / 3, 60.0)


@pytest.mark.parametrize(
    ("method", "value", "band"),
    [
        (Method.LINEAR_SHARE, 0.476, Band.LIMITED),
        (Method.CAGR_RATIO, 0.459, Band.LIMITED),
        (Method.WEATHER, 0.733, Band.CLOUD),
        (Method.UN_RATIO, 0.471, Band.ACCELERATE),
        (Method.BFP, -0.067, Band.FAVOURABLE),
    ],
)
def test_each_method_says_what_the_report_worked_out(method: Method, value: float, band: Band) -> None:
    check = told(*LONG_TERM, target=path(62, 55), polarity=LOWER)[method]
    assert check.value == pytest.approx(value, abs=5e-4)
    assert check.band is band
    assert check.refusal is None


def test_the_projection_and_what_was_expected_now_are_those_of_the_report() -> None:
    target = path(62, 55)
    checks = told(*LONG_TERM, target=target, polarity=LOWER)
    assert checks[Method.WEATHER].term(Term.PROJECTED) == pytest.approx(58.7, abs=0.05)
    assert checks[Method.BFP].term(Term.PROJECTED) == pytest.approx(58.7, abs=0.05)
    assert assessed(years(*LONG_TERM), target, polarity=LOWER).expected == pytest.approx(57.8, abs=5e-3)


def test_the_complement_changes_the_ratio_of_growth_and_not_the_linear_share() -> None:
    own = told(*LONG_TERM, target=path(62, 55), polarity=LOWER)
    other = told(*(100 - v for v in LONG_TERM), target=path(38, 45))
    assert other[Method.CAGR_RATIO].value == pytest.approx(0.501, abs=5e-4)
    assert other[Method.LINEAR_SHARE].value == pytest.approx(own[Method.LINEAR_SHARE].value)


def test_the_arithmetic_can_be_printed() -> None:
    """60.0 - 62.0 of 55.0 - 62.0 is 2/7 of the way, in 1 096 of 1 826 days."""
    terms = dict(told(*LONG_TERM, target=path(62, 55), polarity=LOWER)[Method.LINEAR_SHARE].terms)
    assert terms[Term.BASE_VALUE] == 62
    assert terms[Term.VALUE] == 60
    assert terms[Term.TARGET] == 55
    assert terms[Term.DIRECTION] == -1
    assert terms[Term.SHARE_OF_WAY] == pytest.approx(2 / 7)
    assert terms[Term.SHARE_OF_TIME] == pytest.approx(1096 / 1826)
