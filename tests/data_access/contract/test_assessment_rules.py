"""The thresholds of the house verdict: data of the contract, in versions, each for its own time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from data_access.contract.load import DEFAULT, contract, load_contract
from data_access.contract.model import Contract
from data_access.domain.status import Thresholds

ADOPTED = """
[[assessment]]
valid_from = 2027-01-01
state = "adopted"
decided_on = 2026-12-15
decision_ref = "CG 2026/12"
on_track = 0.10
to_watch = 0.25
tolerance = 0.02
source.fr = "Décision du Comité de gestion."
source.nl = "Beslissing van het Beheerscomité."
"""


@pytest.fixture(params=["after", "before"])
def adopted(request: pytest.FixtureRequest, tmp_path: Path) -> Contract:
    """The contract once the Comité has adopted thresholds; the order in the file does not matter."""
    for source in (*DEFAULT.glob("*.toml"), *DEFAULT.glob("*.csv")):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    file = tmp_path / "assessment.toml"
    shipped = file.read_text(encoding="utf-8")
    parts = (shipped, ADOPTED) if request.param == "after" else (ADOPTED, shipped)
    file.write_text("\n".join(parts), encoding="utf-8")
    return load_contract(tmp_path)


def test_the_rules_that_ship_are_the_proposal_of_the_domain_report() -> None:
    # Domain report §4.2: on track to 0.05 of the way, to watch to 0.20; nothing is adopted yet.
    (rules,) = contract().assessment
    assert (rules.state, rules.decided_on, rules.decision_ref) == ("proposed", None, None)
    assert rules.house == Thresholds(on_track=0.05, to_watch=0.20, tolerance=0.10)
    assert rules.valid_from == contract().start


def test_the_domain_judges_by_the_same_rules_when_it_is_given_none() -> None:
    assert contract().rules_on(date(2026, 10, 31)).house == Thresholds()


def test_a_session_is_judged_by_the_rules_of_its_time(adopted: Contract) -> None:
    first = date(2027, 1, 1)
    assert adopted.rules_on(first - timedelta(days=1)).house == Thresholds(0.05, 0.20, 0.10)
    assert adopted.rules_on(first).house == Thresholds(0.10, 0.25, 0.02)
    assert adopted.rules_on(date(2028, 6, 30)).decision_ref == "CG 2026/12"


@pytest.mark.parametrize("day", [date.min, date(2022, 12, 31)])
def test_a_day_before_every_version_has_the_rules_of_the_first(adopted: Contract, day: date) -> None:
    assert adopted.rules_on(day).valid_from == date(2023, 1, 1)
