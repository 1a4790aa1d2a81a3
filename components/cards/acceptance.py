"""An accepted deviation beside the state of an indicator: the ordinary state goes on being said."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.decision_words import ACCEPTED, acceptance_sentence
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain.decision import Acceptance

Acceptances = Mapping[tuple[str, str], Acceptance]  # by indicator and operator
NONE: Acceptances = {}


def make_acceptance_badge(acceptance: Acceptance | None, t: Translator) -> Component | None:
    """Symbol, word and last day; nothing where no deviation is in force."""
    if acceptance is None or not acceptance.in_force:
        return None
    until = formats.short_day(acceptance.until, t.language)
    return html.Span(
        [
            html.Span(ACCEPTED, className="status-symbol", **aria(hidden="true")),
            html.Span(t("acceptance.word"), className="status-word"),
            html.Small(t("acceptance.until", day=until), className="status-extra"),
        ],
        className="status acceptance",
    )


def make_acceptance_note(acceptance: Acceptance | None, t: Translator) -> Component | None:
    """Why the state bears the badge, or no longer does, with the way to the decision."""
    if acceptance is None:
        return None
    href = f"{address('decisions', t.language)}#{acceptance.code}"
    link = html.A(t("acceptance.decision", code=acceptance.code), href=href)
    return html.P([acceptance_sentence(acceptance, t), " ", link], className="acceptance-note")
