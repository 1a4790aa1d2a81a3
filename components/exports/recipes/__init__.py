"""Every figure and table that has an address of its own, and what may be asked of each."""

from __future__ import annotations

from collections.abc import Mapping

from components.exports.recipes.attention import make_attention, make_overview, make_training
from components.exports.recipes.breakdown import make_breakdown
from components.exports.recipes.changes import make_changes
from components.exports.recipes.commune import make_commune, make_commune_facts
from components.exports.recipes.coverage import make_coverage
from components.exports.recipes.decisions import make_decisions
from components.exports.recipes.funnel import make_cohorts, make_equal_months, make_funnel, make_incidence
from components.exports.recipes.funnel_tables import (
    make_leaks,
    make_other_paths,
    make_session_quarters,
    make_sessions,
)
from components.exports.recipes.gap import (
    make_gap_all,
    make_gap_communes,
    make_gap_lines,
    make_gap_points,
    make_gap_split,
)
from components.exports.recipes.governance import make_governance
from components.exports.recipes.indicator import make_indicator
from components.exports.recipes.long_term import make_bands, make_crossing, make_thresholds
from components.exports.recipes.map import make_dots, make_funnel_plot, make_map, make_map_years
from components.exports.recipes.obstacles import make_obstacles
from components.exports.recipes.plan import make_plan
from components.exports.recipes.recipe import RecipeSpec
from components.exports.recipes.revisions import make_revisions
from components.exports.recipes.scorecard import make_scorecard

MAP = ("measure", "view", "sex", "age", "croissant", "period")
FUNNEL = ("funnel", "cohort", "group", "against", "figure", "months")
GAP = ("measure", "croissant", "period", "with")

RECIPES: Mapping[str, RecipeSpec] = {
    "indicator": RecipeSpec(make_indicator, ("code", "operator", "with", "from", "to", "limits")),
    "breakdown": RecipeSpec(make_breakdown, ("code", "by", "then", "period")),
    "revisions": RecipeSpec(make_revisions, ("code", "operator")),
    "scorecard": RecipeSpec(make_scorecard, ("objective",), daily=True),
    "overview": RecipeSpec(make_overview, ()),
    "attention": RecipeSpec(make_attention, (), daily=True),
    "training": RecipeSpec(make_training, (), daily=True),
    "governance": RecipeSpec(make_governance, (), daily=True),
    "plan": RecipeSpec(make_plan, ("year", "commitment")),
    "decisions": RecipeSpec(make_decisions, ("objective", "state"), daily=True),
    "coverage": RecipeSpec(make_coverage, ()),
    "changes": RecipeSpec(make_changes, ("since", "until", "objective", "cause"), compares=True),
    "map": RecipeSpec(make_map, MAP),
    "dots": RecipeSpec(make_dots, MAP),
    "funnel-plot": RecipeSpec(make_funnel_plot, MAP),
    "map-years": RecipeSpec(make_map_years, MAP),
    "commune": RecipeSpec(make_commune, ("nis", "with")),
    "commune-facts": RecipeSpec(make_commune_facts, ("nis", "with")),
    "gap-lines": RecipeSpec(make_gap_lines, GAP),
    "gap-points": RecipeSpec(make_gap_points, GAP),
    "gap-split": RecipeSpec(make_gap_split, (*GAP, "by")),
    "gap-communes": RecipeSpec(make_gap_communes, GAP),
    "gap-all": RecipeSpec(make_gap_all, GAP),
    "funnel": RecipeSpec(make_funnel, FUNNEL),
    "incidence": RecipeSpec(make_incidence, FUNNEL),
    "equal-months": RecipeSpec(make_equal_months, FUNNEL),
    "funnel-cohorts": RecipeSpec(make_cohorts, FUNNEL),
    "leaks": RecipeSpec(make_leaks, FUNNEL),
    "other-paths": RecipeSpec(make_other_paths, FUNNEL),
    "sessions": RecipeSpec(make_sessions, FUNNEL),
    "session-quarters": RecipeSpec(make_session_quarters, FUNNEL),
    "obstacles": RecipeSpec(make_obstacles, FUNNEL),
    "ltu-stock": RecipeSpec(make_bands, ()),
    "ltu-share": RecipeSpec(make_thresholds, ()),
    "ltu-crossing": RecipeSpec(make_crossing, ()),
}
