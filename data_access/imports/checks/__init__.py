"""One rule a module: ``check_…(table, contract)`` yields what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from data_access.contract.model import Contract
from data_access.imports.checks.band import check_band
from data_access.imports.checks.cohort_months import check_cohort_months
from data_access.imports.checks.cohort_nests import check_cohort_nests
from data_access.imports.checks.cohort_obstacles import check_cohort_obstacles
from data_access.imports.checks.cohort_sums import check_cohort_sums
from data_access.imports.checks.deadline import check_deadline
from data_access.imports.checks.decision import check_decision
from data_access.imports.checks.decision_code import check_decision_code
from data_access.imports.checks.decision_days import check_decision_days
from data_access.imports.checks.deviation import check_deviation
from data_access.imports.checks.document_given import check_document_given
from data_access.imports.checks.due_in_contract import check_due_in_contract
from data_access.imports.checks.duplicate_key import check_duplicate_key
from data_access.imports.checks.edition import check_edition
from data_access.imports.checks.filled import check_filled
from data_access.imports.checks.freq_agrees import check_freq_agrees
from data_access.imports.checks.goal_fits import check_goal_fits
from data_access.imports.checks.goal_given import check_goal_given
from data_access.imports.checks.known_codes import check_known_codes
from data_access.imports.checks.known_stage import check_known_stage
from data_access.imports.checks.not_negative import check_not_negative
from data_access.imports.checks.own_dimensions import check_own_dimensions
from data_access.imports.checks.parts_make_total import check_parts_make_total
from data_access.imports.checks.percentage import check_percentage
from data_access.imports.checks.period_exists import check_period_exists
from data_access.imports.checks.plain_text import check_plain_text
from data_access.imports.checks.plan_budget import check_plan_budget
from data_access.imports.checks.plan_codes import check_plan_codes
from data_access.imports.checks.plan_commitment import check_plan_commitment
from data_access.imports.checks.plan_days import check_plan_days
from data_access.imports.checks.plan_parent import check_plan_parent
from data_access.imports.checks.plan_progress import check_plan_progress
from data_access.imports.checks.readable import check_readable
from data_access.imports.checks.score import check_score
from data_access.imports.checks.share import check_share
from data_access.imports.checks.state_order import check_state_order
from data_access.imports.checks.text_given import check_text_given
from data_access.imports.checks.text_length import check_text_length
from data_access.imports.checks.value_agrees import check_value_agrees
from data_access.imports.checks.value_given import check_value_given
from data_access.imports.checks.within_denominator import check_within_denominator
from data_access.imports.checks.zero_denominator import check_zero_denominator
from data_access.imports.report import Problem
from data_access.imports.table import Table

Check = Callable[[Table, Contract], Iterable[Problem]]

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "observation": (
        check_readable,
        check_filled,
        check_known_codes,
        check_period_exists,
        check_freq_agrees,
        check_own_dimensions,
        check_value_given,
        check_not_negative,
        check_percentage,
        check_score,
        check_share,
        check_zero_denominator,
        check_within_denominator,
        check_value_agrees,
        check_duplicate_key,
        check_parts_make_total,
    ),
    "cohort": (
        check_readable,
        check_filled,
        check_known_codes,
        check_known_stage,
        check_period_exists,
        check_value_given,
        check_not_negative,
        check_duplicate_key,
        check_cohort_nests,
        check_cohort_sums,
        check_cohort_months,
        check_cohort_obstacles,
    ),
    "target": (
        check_readable,
        check_filled,
        check_known_codes,
        check_goal_given,
        check_goal_fits,
        check_band,
        check_percentage,
        check_score,
        check_decision,
        check_due_in_contract,
        check_duplicate_key,
    ),
    "remark": (
        check_readable,
        check_filled,
        check_known_codes,
        check_not_negative,
        check_deadline,
        check_text_given,
        check_text_length,
        check_plain_text,
        check_duplicate_key,
    ),
    "governance": (
        check_readable,
        check_filled,
        check_known_codes,
        check_edition,
        check_state_order,
        check_document_given,
        check_text_length,
        check_plain_text,
        check_duplicate_key,
    ),
    "plan": (
        check_readable,
        check_filled,
        check_known_codes,
        check_plan_codes,
        check_plan_parent,
        check_plan_days,
        check_plan_progress,
        check_not_negative,
        check_plan_budget,
        check_plan_commitment,
        check_text_given,
        check_text_length,
        check_plain_text,
        check_duplicate_key,
    ),
    "decision": (
        check_readable,
        check_filled,
        check_known_codes,
        check_decision_code,
        check_decision_days,
        check_deviation,
        check_text_given,
        check_text_length,
        check_plain_text,
        check_duplicate_key,
    ),
}


def run_checks(table: Table, contract: Contract) -> list[Problem]:
    """Every problem of a table, check by check."""
    return [problem for check in CHECKS[table.kind] for problem in check(table, contract)]
