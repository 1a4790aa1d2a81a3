"""The form in which a decision of the Comité is added, changed or closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.cards.form_fields import (
    Form,
    make_choice,
    make_languages,
    make_line,
    make_write_form,
)
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.concern import AttentionReason
from data_access.domain.decision import OTHER_SIGNAL, Closing, DecisionKind
from data_access.domain.draft import Draft
from data_access.domain.status import Status
from data_access.services.decisions import Decision, Wording
from data_access.services.indicator_rows import IndicatorRow

TOTAL, NONE = "_T", "none"  # a choice that is empty would not be shown


def decision_fields(
    decision: Decision | None, version: int, meeting: date, *, about: IndicatorRow | None = None
) -> Mapping[str, str]:
    """What stands in the form: a decision that is changed, or what a new one begins with.

    Args:
        decision: that is changed; None for a new one.
        version: of the data on the page.
        meeting: of a new one.
        about: the indicator that a new one is about, with the state that is shown now.
    """
    if decision is None:
        begun = {"kind": "decision", "signal": "off_track", "state": "open"}
        begun |= {"operator": about.operator if about else TOTAL}
        begun |= {"status": about.assessment.status.value if about else NONE}
        return {
            **begun,
            "seen": str(version),
            "meeting": meeting.isoformat(),
            "indicator": about.code if about else NONE,
            "edit": "",
        }
    term = decision.term
    return {
        "edit": decision.code,
        "seen": str(version),
        "kind": term.kind.value,
        "indicator": decision.indicator or NONE,
        "operator": decision.operator,
        "signal": decision.signal,
        "status": decision.status.value if decision.status is not None else NONE,
        "meeting": term.meeting.isoformat(),
        "point": decision.point,
        **_texts("text", decision.text),
        **_texts("reason", decision.reason),
        "role_fr": decision.role.fr,
        "role_nl": decision.role.nl,
        "due": _day(term.due),
        "state": term.closing.value,
        "closed_on": _day(term.closed_on),
    }


def _texts(name: str, text: Wording) -> dict[str, str]:
    return {f"{name}_fr": text.fr or "", f"{name}_nl": text.nl or ""}


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def make_decision_form(
    draft: Draft,
    definitions: Iterable[Indicator],
    operators: Mapping[str, str],
    t: Translator,
    *,
    is_open: bool,
) -> Component:
    """A folded form, open when it was asked for or sent back.

    Args:
        draft: what its fields hold.
        definitions: of the indicators that a decision may be about.
        operators: names of the operators, by code.
        t: the translator.
        is_open: whether it is unfolded.
    """
    form, code = Form(draft, t), draft.fields.get("edit", "")
    title = t("decisions.form.change", code=code) if code else t("decisions.form.new")
    fields = [_what(form, t), _about(form, definitions, operators, t), _words(form, t), _closing(form, t)]
    return make_write_form("decision", draft, title, fields, t, hidden=("edit", "seen"), is_open=is_open)


def _what(form: Form, t: Translator) -> Component:
    kinds = {kind.value: t(f"decisions.kind.{kind.value}") for kind in DecisionKind}
    return _group(
        t("decisions.form.meeting"),
        make_choice(form, "kind", t("write.field.kind"), kinds),
        make_line(form, "meeting", t("write.field.meeting"), kind="date"),
        make_line(form, "point", t("write.field.point")),
    )


def _about(
    form: Form, definitions: Iterable[Indicator], operators: Mapping[str, str], t: Translator
) -> Component:
    indicators = {NONE: t("decisions.general")}
    indicators |= {d.code: f"{d.code} {d.title.in_(t.language)}" for d in definitions}
    codes = (*(reason.value for reason in AttentionReason), OTHER_SIGNAL)
    signals = {code: t(f"decisions.signal.{code}") for code in codes}
    states = {NONE: t("decisions.status_unknown")} | {s.value: t(f"status.{s.value}") for s in Status}
    return _group(
        t("decisions.form.signal"),
        make_choice(form, "indicator", t("write.field.indicator"), indicators),
        make_choice(form, "operator", t("write.field.operator"), operators),
        make_choice(form, "signal", t("write.field.signal"), signals),
        make_choice(form, "status", t("write.field.status"), states),
    )


def _words(form: Form, t: Translator) -> Component:
    return html.Fieldset(
        [
            html.Legend(t("decisions.form.words")),
            make_languages(form, "text", t("write.field.text"), separator="_"),
            make_languages(form, "reason", t("write.field.reason"), separator="_"),
            make_languages(form, "role", t("write.field.role"), rows=0, separator="_"),
        ]
    )


def _closing(form: Form, t: Translator) -> Component:
    states = {state.value: t(f"decisions.closing.{state.value}") for state in Closing}
    return _group(
        t("decisions.form.term"),
        make_line(form, "due", t("decisions.form.due"), kind="date"),
        make_choice(form, "state", t("write.field.state"), states),
        make_line(form, "closed_on", t("write.field.closed_on"), kind="date"),
    )


def _group(legend: str, *fields: Component) -> Component:
    return html.Fieldset([html.Legend(legend), html.Div(list(fields), className="field-row")])
