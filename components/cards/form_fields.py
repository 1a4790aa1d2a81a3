"""The fields of a form that a steward writes in: each with its label, what was typed, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.i18n.errors import error_sentence
from components.i18n.translate import Translator
from data_access.cli_report import explanation
from data_access.domain.draft import Draft
from data_access.domain.errors import UserError
from data_access.services.submission import Problem

ROWS = 3  # of a text
WHOLE = {"text_missing"}  # said of a whole row, which one of several empty fields does not tell


@dataclass(frozen=True)
class Form:
    """What the fields of one form are filled with."""

    draft: Draft
    t: Translator

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.draft.fields.get(name, "")

    def wrong(self, name: str) -> list[str]:
        """What is wrong with what was typed there: problems of its column that speak of its words."""
        column = name.rpartition(".")[2].upper()
        found = [
            _said(problem, self.t)
            for problem in self._problems()
            if problem.column in {column, f"TEXT_{column}"}
            and problem.value == self.value(name)
            and problem.code not in WHOLE
        ]
        return list(dict.fromkeys(found))

    def _problems(self) -> Iterator[Problem]:
        for each in self.draft.problems:
            known = {name: value for name, value in each.items() if name in Problem.__dataclass_fields__}
            yield Problem(**known)

    def refusal(self) -> Component | None:
        """Why the form was refused as a whole, in an alert; None for one that nobody sent."""
        if not self.draft.code:
            return None
        if self.draft.problems:
            items = [html.Li(text) for text in dict.fromkeys(_said(p, self.t) for p in self._problems())]
            said: list[Component] = [html.P(self.t("write.refused")), html.Ul(items)]
        else:
            said = [html.P(error_sentence(UserError(self.draft.code, **self.draft.facts), self.t))]
        return html.Div(said, className="warning", role="alert")


def _said(problem: Problem, t: Translator) -> str:
    if problem.code == "empty_cell":  # a form has no cells
        field = t(f"write.field.{problem.column.lower()}")
        return t("write.empty", field=field, expected=problem.expected)
    return explanation(problem, t)


def make_text(form: Form, name: str, label: str, *, language: str = "", rows: int = ROWS) -> Component:
    """A text of several lines."""
    area = dbc.Textarea(name=name, value=form.value(name), rows=rows)
    return _labelled(form, name, label, area, language)


def make_line(form: Form, name: str, label: str, *, language: str = "", kind: str = "text") -> Component:
    """A text of one line, or a day (``date``)."""
    return _labelled(form, name, label, dbc.Input(type=kind, name=name, value=form.value(name)), language)


def make_choice(form: Form, name: str, label: str, options: Mapping[str, str]) -> Component:
    """One of several; the first when nothing was chosen."""
    value = form.value(name)
    listed = [{"value": code, "label": word} for code, word in options.items()]
    select = dbc.Select(name=name, options=listed, value=value if value in options else next(iter(options)))
    return _labelled(form, name, label, select, "")


def make_hidden(form: Form, *names: str) -> list[Component]:
    """What the form sends and nobody types."""
    return [dbc.Input(type="hidden", name=name, value=form.value(name)) for name in names]


def make_languages(form: Form, name: str, label: str, *, rows: int = ROWS, separator: str = ".") -> Component:
    """A text in French and in Dutch, side by side; ``rows`` of zero asks for one line."""
    fields = []
    for code, word in (("fr", "write.in_french"), ("nl", "write.in_dutch")):
        said = form.t(word, label=label)
        field = f"{name}{separator}{code}"
        one = make_line(form, field, said, language=code) if not rows else None
        fields.append(one or make_text(form, field, said, language=code, rows=rows))
    return html.Div(fields, className="both-languages")


def _labelled(form: Form, name: str, label: str, control: Component, language: str) -> Component:
    """The label around its control; what is wrong is read with it."""
    wrong = [html.Span(text, className="field-error") for text in form.wrong(name)]
    held = html.Span(control, lang=language) if language else control
    return html.Label(
        [html.Span(label, className="field-name"), *wrong, held],
        className="field field-wrong" if wrong else "field",
    )


def make_write_form(
    kind: str,
    draft: Draft,
    summary: str,
    fields: Sequence[Component],
    t: Translator,
    *,
    hidden: Sequence[str],
    is_open: bool,
) -> Component:
    """A folded form that publishes what is typed: why it was sent back, its fields, the button.

    Args:
        kind: ``comment`` or ``decision``: where it is sent.
        draft: what its fields hold.
        summary: what stands there while it is folded.
        fields: that are seen.
        t: the translator.
        hidden: names of those that are not.
        is_open: whether it is unfolded.
    """
    form = Form(draft, t)
    sent = html.Form(
        [
            form.refusal(),
            html.P(t(f"write.help.{kind}"), className="quiet"),
            *make_hidden(form, *hidden),
            *make_hidden(Form(Draft("", {"draft": draft.token}), t), "draft"),
            *fields,
            html.Button(t("write.publish"), type="submit", className="button button-main"),
        ],
        method="post",
        action=f"/write/{kind}?lang={t.language}",
        className="write-form",
        **data(now=""),
    )
    return html.Details([html.Summary(summary), sent], id="write", open=is_open, className="write")
