"""The menu under a figure: its files, as plain links that need no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.i18n.translate import Translator

FILES = (("png", "16x9"), ("png", "a4"), ("svg", "16x9"), ("pdf", ""), ("csv", ""), ("xlsx", ""))
TABLE_FILES = (("png", ""), ("pdf", ""), ("csv", ""), ("xlsx", ""))


def export_address(name: str, kind: str, query: Mapping[str, str], language: str, shape: str = "") -> str:
    """Where a file of a figure is fetched."""
    asked = {"lang": language, **{k: v for k, v in query.items() if v}}
    asked |= {"format": shape} if shape else {}
    return f"/export/{name}.{kind}?{urlencode(asked)}"


def make_export_menu(
    name: str,
    query: Mapping[str, str],
    title: str,
    t: Translator,
    *,
    table: bool = False,
    follow: Sequence[str] = (),
) -> Component:
    """« Exporter » and, unfolded, a link a file.

    Args:
        name: of the recipe.
        query: what the recipe is asked, by the names of the pages.
        title: of the figure, for whoever does not see beside what the menu stands.
        table: a table without a figure; its picture is of one format, as high as it needs.
        follow: parameters that a script of the page may have changed in the address since it was made.
    """
    links = [
        html.Li(
            html.A(
                t(f"export.file.{kind}.{shape}" if shape else f"export.file.{kind}"),
                href=export_address(name, kind, query, t.language, shape),
                download="",
            )
        )
        for kind, shape in (TABLE_FILES if table else FILES)
    ]
    colon = t("punctuation.colon")
    rest = html.Span(f"{colon}{title}", className="visually-hidden")
    summary = html.Summary([t("export.menu"), rest])
    more = data(follow=" ".join(follow), working=t("export.working"), failed=t("export.failed"))
    return html.Details([summary, html.Ul(links)], className="export-menu", **more)
