"""Obstacles to work as recorded at the balance, several to a person, and the will to follow a pathway."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.exports.menu import make_export_menu
from components.figures.obstacle_dots import obstacle_alt_text, obstacle_svg
from components.figures.sparkline import data_uri
from components.funnel_words import group_text
from components.i18n.translate import Translator
from components.obstacle_words import (
    comparison_finding,
    obstacle_finding,
    obstacle_subtitle,
    open_text,
    state_text,
    willingness_text,
)
from components.tables.obstacle_table import make_obstacle_table
from data_access.services.obstacles import ObstacleSheet


def make_obstacles(
    view: ObstacleSheet | None, t: Translator, asked: Mapping[str, str] | None = None
) -> Component:
    """The section: finding, figure, table, the comparison if asked, and who confirms the will.

    Args:
        view: of ``get_obstacles``; None where no table tells obstacles, which is then said.
        t: of the page's language.
        asked: the choices of the page, for the addresses of its files; None where there are none.
    """
    title = html.H2(t("obstacles.title"), id="obstacles")
    if view is None:
        return html.Section([title, html.P(t("obstacles.no_table"))], className="long-term-view obstacles")
    names = [group_text(each.group, t) for each in (view.group, view.beside) if each is not None]
    untold = [
        html.P(t("obstacles.untold", group=group_text(each.group, t)), className="quiet")
        for each in (view.group, view.beside)
        if each is not None and not each.shares
    ]
    body = _obstacles(view, names, t, asked) if view.group.shares else []
    return html.Section(
        [title, _label(view, t), *untold, *body, *_willingness(view, names, t)],
        className="long-term-view obstacles",
    )


def _label(view: ObstacleSheet, t: Translator) -> Component | None:
    if not view.demonstration:
        return None
    return html.P(html.Strong(t("demonstration.label")), className="long-term-label")


def _obstacles(
    view: ObstacleSheet, names: list[str], t: Translator, asked: Mapping[str, str] | None
) -> list[Component]:
    compared = view.beside is not None and bool(view.beside.shares)
    finding = [html.P(html.Strong(obstacle_finding(view, names[0], t)))]
    finding += [html.P(comparison_finding(view, names, t))] if compared else []
    key = t("obstacles.key.two", a=names[0], b=names[1]) if compared else t("obstacles.key")
    drawn = obstacle_svg(view, t)
    figure = [_image(drawn, obstacle_alt_text(view, names, t), t)] if drawn else []
    if drawn and asked is not None:
        figure.append(make_export_menu("obstacles", asked, t("obstacles.title"), t))
    notes = [text for text in (state_text(view, t), open_text(view, t)) if text]
    notes += [t("obstacles.overlapping")] if compared and view.overlapping else []
    notes += [t("obstacles.note.list"), t("obstacles.note.hidden")]
    return [
        *finding,
        html.P(obstacle_subtitle(view, names[0], t), className="quiet"),
        html.P(key, className="quiet"),
        *figure,
        html.Details([html.Summary(t("ltu.table.open")), make_obstacle_table(view, names, t)]),
        html.Ul([html.Li(note) for note in notes], className="quiet"),
    ]


def _image(drawn: str, alt: str, t: Translator) -> Component:
    """An image that keeps its size on a narrow screen, where one moves it by keyboard or finger."""
    image = html.Img(src=data_uri(drawn), alt=alt)
    return html.Div(image, className="scroll", tabIndex="0", role="group", **aria(label=t("obstacles.title")))


def _willingness(view: ObstacleSheet, names: list[str], t: Translator) -> list[Component]:
    """Sensitive: only in words, for everybody or for groups large enough, and why where it is not shown."""
    views = [each for each in (view.group, view.beside) if each is not None]
    said = [html.P(willingness_text(view, each, n, t)) for each, n in zip(views, names, strict=True)]
    return [
        html.H3(t("obstacles.willing.title")),
        *said,
        html.P(t("obstacles.willing.note", smallest=view.smallest_willing), className="quiet"),
    ]
