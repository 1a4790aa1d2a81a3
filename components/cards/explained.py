"""How a method is explained: what it asks, its formula, its answers, when it abstains, its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from components.i18n.translate import Translator


@dataclass(frozen=True)
class Answers:
    """A table beside an explanation: one answer a row, and when it is given."""

    head: tuple[str, str]
    rows: Sequence[tuple[Component | str, Component | str]]


@dataclass(frozen=True)
class Explained:
    """One method to explain.

    Attributes:
        anchor: id of its part of the page; other pages link to it.
        key: of its sentences: ``methods.{key}.title``, ``question``, ``formula``, ``abstains``, ``source``.
        facts: the numbers that fill its sentences, written in the page's language.
        more: what follows the table.
        link: address of the source.
    """

    anchor: str
    key: str
    facts: dict[str, str] = field(default_factory=dict)
    answers: Answers | None = None
    formulas: tuple[str, ...] = ("formula",)
    more: Sequence[Component] = ()
    link: str | None = None

    def title(self, t: Translator) -> str:
        """Its title."""
        return t(f"methods.{self.key}.title")


def make_explanation(method: Explained, t: Translator) -> Component:
    """The part of the page that explains a method."""

    def say(part: str) -> str:
        return t(f"methods.{method.key}.{part}", **method.facts)

    words = [
        html.P(say("question")),
        *(html.P(say(formula), className="formula") for formula in method.formulas),
    ]
    more = [
        *method.more,
        _said("abstains", say("abstains"), t),
        _said("source", say("source"), t, method.link),
    ]
    return html.Section(
        [
            html.H3(method.title(t)),
            html.Div(words, className="method-words"),
            _table(method.title(t), method.answers) if method.answers else None,
            html.Div(more, className="method-more"),
        ],
        id=method.anchor,
        className="method",
    )


def _table(caption: str, answers: Answers) -> Component:
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in answers.head]))
    body = [html.Tr([html.Th(answer, scope="row"), html.Td(when)]) for answer, when in answers.rows]
    return html.Table(
        [html.Caption(caption, className="visually-hidden"), head, html.Tbody(body)], className="plain bands"
    )


def _said(what: str, sentence: str, t: Translator, link: str | None = None) -> Component:
    """«S’abstient : …» or «Source : …», with the address of the source where there is one."""
    said: list[Component | str] = [html.Strong(t(f"methods.{what}")), t("punctuation.colon"), sentence]
    if link is not None:
        shown = link.removeprefix("https://").rstrip("/")
        said += [" ", html.A(shown, href=link, rel="noreferrer")]
    return html.P(said, className="quiet")
