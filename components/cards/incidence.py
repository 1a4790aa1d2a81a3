"""The ways out of a cohort by months since entry, and all its cohorts at the same month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.figures.graph import make_graph
from components.figures.incidence_figure import HEIGHT, incidence_alt_text, incidence_figure
from components.i18n import formats
from components.i18n.translate import Translator
from components.incidence_words import incidence_finding
from components.tables.incidence_table import make_equal_table, make_incidence_table
from data_access.contract.model import Funnel
from data_access.services.incidence import CohortIncidence, EqualMonths, NoIncidence

Found = CohortIncidence | NoIncidence


def make_incidence(
    found: Found, other: Found | None, names: Sequence[str], definition: Funnel, t: Translator
) -> Component:
    """The curves, their table and what they rest on; or why there are none.

    Args:
        found: of the group followed.
        other: of the group beside it, of the same cohort; None without one.
        names: of the groups, in that order.
        definition: of the funnel.
    """
    both = [found] if other is None else [found, other]
    shown = tuple((n, f) for n, f in zip(names, both, strict=False) if isinstance(f, CohortIncidence))
    refused = [
        html.P(_capital(t(f"incidence.refused.{f.value}", group=n)), className="quiet")
        for n, f in zip(names, both, strict=False)
        if isinstance(f, NoIncidence)
    ]
    parts: list[Component] = [html.H2(t("incidence.title")), *refused]
    if shown:
        graph = make_graph(
            incidence_figure(shown, t),
            id="incidence-figure",
            alt=incidence_alt_text(shown, definition.title.in_(t.language), t),
            height=HEIGHT,
            language=t.language,
        )
        table = html.Details(
            [html.Summary(t("incidence.table.open")), make_incidence_table(shown, t)], open=True
        )
        key = t("incidence.key")
        if len(shown) > 1:
            key = f"{t('incidence.key.two', a=shown[0][0], b=shown[1][0])} {key}"
        notes = html.Ul([html.Li(note) for note in _notes([f for _, f in shown], t)], className="quiet")
        parts += [
            html.P(incidence_finding(shown, t)),
            html.P(key, className="quiet"),
            graph,
            table,
            html.Details([html.Summary(t("incidence.notes")), notes]),
        ]
    return html.Section(parts, className="funnel-incidence")


def _capital(sentence: str) -> str:
    """A sentence that may begin with the name of a group."""
    return sentence[:1].upper() + sentence[1:]


def _notes(shown: Sequence[CohortIncidence], t: Translator) -> list[str]:
    notes = [t(f"incidence.note.{name}") for name in ("method", "kaplan_meier", "followed", "once")]
    step = max(found.step for found in shown)
    notes += [t("incidence.note.step", months=step)] if step > 1 else []
    notes += [t("incidence.note.shortened")] if any(found.shortened for found in shown) else []
    return notes


def make_equal(
    equal: EqualMonths | None, name: str, addresses: Mapping[int, str], t: Translator
) -> Component | None:
    """« À 6 mois pour toutes les cohortes »: those followed so long in a table, the others by name.

    Args:
        equal: the cohorts; None without data by month, then nothing is shown.
        name: of the group.
        addresses: by months, where the page with that choice is.
    """
    if equal is None:
        return None
    links = [
        html.A(
            t("incidence.equal.choice", months=months),
            href=href,
            className="choice",
            **aria(current="true" if months == equal.months else "false"),
        )
        for months, href in addresses.items()
    ]
    names = ", ".join(formats.period(cohort, t.language) for cohort in equal.left_out)
    left_out = t("incidence.equal.left_out", cohorts=names, months=equal.months) if names else ""
    body = (
        make_equal_table(equal, t)
        if equal.rows
        else html.P(t("incidence.equal.nothing", months=equal.months))
    )
    return html.Section(
        [
            html.H2(t("incidence.equal.title", months=equal.months), id="equal-months"),
            html.Nav(links, className="equal-choice", **aria(label=t("incidence.equal.label"))),
            html.P(_capital(t("incidence.equal.key", group=name)), className="quiet"),
            body,
            html.P(left_out) if left_out else None,
        ],
        className="funnel-equal",
    )
