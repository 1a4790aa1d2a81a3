"""What is hidden to protect people, and what an attacker could work out; for stewards."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.text_table import make_text_table
from data_access.services.secrecy import Attack, Exposed, Hidden

SHOWN = 100  # exposed cells; all are counted
NAMED = 5  # cells that give one away


def make_secrecy(hidden: Hidden, found: Attack | None, path: str, t: Translator) -> Component:
    """How much is hidden at this version; what the attack finds, or the link that starts it.

    Args:
        hidden: now.
        found: None until somebody asks.
        path: of the page.
        t: the language.
    """
    parts: list[Component] = [
        html.H2(t("data.secrecy.title")),
        html.P(t("data.secrecy.sentence", hidden=formats.number(hidden.rows, 0, t.language))),
        html.P(t("data.secrecy.cohorts", hidden=formats.number(hidden.covers, 0, t.language))),
        *(_result(found, t) if found else _offer(path, t)),
    ]
    return html.Section(parts, id="secrecy")


def _offer(path: str, t: Translator) -> list[Component]:
    link = html.A(
        t("data.secrecy.attack"), href=f"{path}?attack=1#secrecy", className="button", rel="nofollow"
    )
    return [html.P(link), html.P(t("data.secrecy.attack.help"), className="quiet")]


def _result(found: Attack, t: Translator) -> list[Component]:
    parts: list[Component] = []
    if found.exposed:
        count = formats.number(len(found.exposed), 0, t.language)
        heads = [t(f"data.secrecy.head.{h}") for h in ("indicator", "period", "cell", "interval", "totals")]
        rows = [_row(one, t) for one in found.exposed[:SHOWN]]
        sentence = t("data.secrecy.leaks", count=count)
        parts += [html.P(sentence, className="warning", role="alert"), make_text_table(sentence, heads, rows)]
    else:
        parts += [html.P(t("data.secrecy.safe", tables=formats.number(found.tables, 0, t.language)))]
    if found.unjudged:
        parts += [html.P(t("data.secrecy.unjudged", count=found.unjudged), className="quiet")]
    return parts


def _row(one: Exposed, t: Translator) -> Component:
    more = [f"+ {len(one.totals) - NAMED}"] if len(one.totals) > NAMED else []
    totals = " ; ".join([*one.totals[:NAMED], *more]) or t("data.secrecy.before")
    return html.Tr(
        [
            html.Th(one.indicator, scope="row"),
            html.Td(one.period),
            html.Td(one.cell),
            html.Td(f"{one.low} – {one.high}", className="number"),
            html.Td(totals),
        ]
    )
