"""Long-term unemployment itself: the stock by duration, two thresholds, the line of 12 months, obstacles."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.exports.menu import make_export_menu
from components.figures.crossing_bars import crossing_alt_text, crossing_svg
from components.figures.duration_bands import bands_alt_text, bands_svg
from components.figures.sparkline import data_uri
from components.figures.two_thresholds import thresholds_alt_text, thresholds_svg
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.long_term_words import (
    Finding,
    bands_finding,
    crossing_finding,
    destination_finding,
    register_text,
    share_findings,
    stock_finding,
)
from components.tables.long_term_table import (
    make_bands_table,
    make_crossings_table,
    make_thresholds_table,
)
from data_access.contract.load import contract
from data_access.services.long_term_stock import LongTermStock

FILES = {"bands": "ltu-stock", "thresholds": "ltu-share", "crossing": "ltu-crossing"}
SHEETS = ("OS2.01", "OS2.02", "OS2.03", "OS2.09")  # commune, sex, age and education stand there


def make_long_term_stock(stock: LongTermStock, t: Translator) -> Component:
    """The whole section; every view with its sentence, its image and its table."""
    return html.Section(
        [
            html.H2(t("ltu.title")),
            html.P(t("ltu.subtitle"), className="quiet"),
            _label(stock, t),
            _view(
                "bands",
                [stock_finding(stock, t), Finding("", bands_finding(stock, t))],
                (bands_svg(stock, t), bands_alt_text(stock, t)),
                make_bands_table(stock, t),
                t,
            ),
            _view(
                "thresholds",
                share_findings(stock, t),
                (thresholds_svg(stock, t), thresholds_alt_text(stock, t)),
                make_thresholds_table(stock, t),
                t,
            ),
            _view(
                "crossing",
                [
                    crossing_finding(stock, t),
                    Finding("", destination_finding(stock, t)),
                    Finding("", register_text(stock, t)),
                ],
                (crossing_svg(stock, t), crossing_alt_text(stock, t)),
                make_crossings_table(stock, t),
                t,
            ),
            _obstacles(t),
            _more(t),
        ],
        className="long-term-stock",
        id="long-term-stock",
    )


def _label(stock: LongTermStock, t: Translator) -> Component | None:
    """The page may hold no other fictitious value: the section says itself that it holds some."""
    if not stock.demonstration:
        return None
    return html.P(
        [html.Strong(t("demonstration.label")), t("ltu.demonstration")], className="long-term-label"
    )


def _view(
    name: str, said: list[Finding], image: tuple[str, str], table: Component, t: Translator
) -> Component:
    """One question: heading, finding, what the marks mean, the image and its table."""
    drawn, alt = image
    title = t(f"ltu.{name}.title")
    figure = [_image(drawn, alt, title)] if drawn else []
    return html.Section(
        [
            html.H3(title),
            *(_finding(found) for found in said),
            html.P(t(f"ltu.{name}.key"), className="quiet"),
            *figure,
            *([make_export_menu(FILES[name], {}, title, t)] if drawn else []),
            html.Details([html.Summary(t("ltu.table.open")), table]),
        ],
        className=f"long-term-view long-term-{name}",
    )


def _finding(found: Finding) -> Component:
    """The finding, and in lighter type what follows from it; some views only add a sentence."""
    return html.P([html.Strong(f"{found.said} "), found.then] if found.said else found.then)


def _image(drawn: str, alt: str, title: str) -> Component:
    """An image that keeps its size on a narrow screen, where one moves it by keyboard or finger."""
    image = html.Img(src=data_uri(drawn), alt=alt)
    return html.Div(image, className="scroll", tabIndex="0", role="group", **aria(label=title))


def _obstacles(t: Translator) -> Component:
    """Obstacles are recorded for the cohorts of absorption: the way there."""
    href = f"{address('long_term', t.language)}?funnel=F-ABS-E#obstacles"
    return html.Section(
        [html.H3(t("obstacles.title")), html.P(html.A(t("ltu.obstacles.where"), href=href))],
        className="long-term-view long-term-obstacles",
    )


def _more(t: Translator) -> Component:
    """The sheets that break the same numbers down."""
    links = [
        html.Li([html.Span(code, className="code"), make_indicator_link(contract().indicator(code), t)])
        for code in SHEETS
    ]
    return html.Section(
        [html.P(t("ltu.more"), className="quiet"), html.Ul(links)], className="long-term-view long-term-more"
    )
