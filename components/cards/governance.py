"""The parts of the governance calendar around its tables: the counts by state, and what presses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.i18n.translate import Translator
from components.tables.governance_table import make_pressing_table, make_state
from data_access.domain.obligation import HORIZON, ObligationState
from data_access.services.governance import Governance

PAGES = ("governance", "governance_plan", "governance_coverage", "decisions")


def make_governance_nav(here: str, t: Translator) -> Component:
    """The pages of governance; the present one is marked."""
    links = [
        html.Li(
            html.A(
                t(f"governance.nav.{page}"),
                href=address(page, t.language),
                **(aria(current="page") if page == here else {}),
            )
        )
        for page in PAGES
    ]
    return html.Nav(html.Ul(links), className="subnavigation", **aria(label=t("governance.nav")))


def make_counts(counts: Mapping[ObligationState, int], t: Translator) -> Component:
    """How many obligations are in each state."""
    items = [html.Li([html.Strong(str(n)), make_state(state, t)]) for state, n in counts.items()]
    return html.Ul(items, className="obligation-counts")


def make_pressing(calendar: Governance, today: date, t: Translator) -> Component:
    """What is late, then what comes soon; a sentence where there is nothing."""
    lines = calendar.pressing
    nothing = html.P(t("governance.pressing.none", days=HORIZON.days))
    content = make_pressing_table(lines, today, t) if lines else nothing
    return html.Section([html.H2(t("governance.pressing", days=HORIZON.days)), content])
