"""The title of an indicator as the way to its sheet, wherever one is named."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.i18n.translate import Translator
from data_access.contract.model import Indicator


def make_indicator_link(definition: Indicator, t: Translator, *, className: str = "title") -> Component:  # noqa: N803
    """Its title in the page's language, linked."""
    return html.A(
        definition.title.in_(t.language),
        href=address("indicator", t.language, code=definition.code),
        className=className,
    )
