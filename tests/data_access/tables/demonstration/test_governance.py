"""The steps and the plan that ship: fictitious, in two languages, and in agreement with 26 November 2026."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from data_access.contract.load import contract
from data_access.domain.obligation import ObligationState, Step, Term, state_on
from data_access.tables.demonstration.governance import load_steps_taken
from data_access.tables.demonstration.plan import load_plan

TODAY = date(2026, 11, 26)
S = ObligationState


def states() -> dict[str, ObligationState]:
    """The state of every obligation on that day, from the rows alone."""
    steps: dict[str, list[Step]] = {}
    for taken in load_steps_taken():
        steps.setdefault(taken.obligation, []).append(Step(S(taken.state), taken.day))
    return {
        o.code: state_on(TODAY, Term(o.day, o.opens, o.occurs), steps.get(o.code, ()))
        for o in contract().obligations
    }


def test_every_state_is_shown_and_the_facts_of_the_day_hold() -> None:
    found = states()
    assert set(found.values()) == set(ObligationState)
    assert found["GV-05-2025"] is S.EXAMINED
    assert (found["GV-07"], found["GV-08"]) == (S.TO_COME, S.TO_COME)


def test_what_is_late_is_late_on_a_proposed_day_only() -> None:
    basis = {o.code: o.basis for o in contract().obligations}
    assert {basis[code] for code, state in states().items() if state is S.LATE} == {"proposed"}


def test_no_step_is_of_a_day_to_come(governance: pd.DataFrame) -> None:
    assert (governance["DAY"] <= TODAY.isoformat()).all()
    assert not governance.duplicated(["OBLIGATION", "STATE"]).any()


def test_every_row_of_both_tables_says_that_it_is_fictitious(
    governance: pd.DataFrame, plan: pd.DataFrame
) -> None:
    assert governance["COMMENT"].str.startswith("Données fictives de démonstration").all()
    for table, column in ((governance, "DOCUMENT"), (plan, "OWNER")):
        for language, mark in (("FR", "(démonstration)"), ("NL", "(demonstratie)")):
            written = table[f"{column}_{language}"]
            assert written[written != ""].str.endswith(mark).all()


def test_a_translation_is_awaited_in_each_table(governance: pd.DataFrame, plan: pd.DataFrame) -> None:
    assert ((governance["DOCUMENT_FR"] != "") & (governance["DOCUMENT_NL"] == "")).sum() == 1
    assert ((plan["TITLE_FR"] != "") & (plan["TITLE_NL"] == "")).sum() == 1


def test_the_plan_covers_every_objective_and_leaves_commitments_without_an_action(plan: pd.DataFrame) -> None:
    named = {code for codes in plan["COMMITMENTS"] for code in codes.split()}
    every = {leaf.code for objective in contract().objectives for leaf in objective.leaves}
    assert {code[:3] for code in named} == {"OS1", "OS2", "OS3", "OS4", "OS5"}
    assert named < every


def test_money_stands_on_actions_and_one_is_not_known(plan: pd.DataFrame) -> None:
    projects = plan["LEVEL"] == "project"
    assert (plan.loc[projects, ["PROGRESS", "BUDGET_RUN", "BUDGET_CHANGE"]] == "").all(axis=None)
    assert (plan.loc[~projects, "BUDGET_RUN"] == "").sum() == 1
    assert (plan.loc[~projects, "PROGRESS"] != "").all()


def test_owners_are_functions_and_each_is_used() -> None:
    plan = load_plan()
    used = {entry.role for project in plan.projects for entry in (project, *project.actions)}
    assert used == set(plan.roles)


@pytest.mark.parametrize(("column", "wrong"), [("FR", r" [;:!?»%]|« |'"), ("NL", r" %|'")])
def test_texts_are_typeset(governance: pd.DataFrame, plan: pd.DataFrame, column: str, wrong: str) -> None:
    texts = [*governance[f"DOCUMENT_{column}"], *plan[f"TITLE_{column}"], *plan[f"OWNER_{column}"]]
    assert [text for text in texts if re.search(wrong, text)] == []
