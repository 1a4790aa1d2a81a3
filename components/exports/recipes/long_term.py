"""Long-term unemployment itself: the stock by duration, two thresholds, the line of twelve months."""

from __future__ import annotations

from collections.abc import Callable

from dash.development.base_component import Component

from components.exports.asked import Asked
from components.exports.exhibit import Exhibit, Image
from components.exports.recipes.recipe import exhibit_of, sentence
from components.exports.shown_table import table_of
from components.figures.crossing_bars import crossing_alt_text, crossing_svg
from components.figures.duration_bands import HEIGHT, WIDTH, bands_alt_text, bands_svg
from components.figures.two_thresholds import thresholds_alt_text, thresholds_svg
from components.i18n.translate import Translator
from components.long_term_words import Finding, crossing_finding, share_findings, stock_finding
from components.tables.long_term_table import make_bands_table, make_crossings_table, make_thresholds_table
from data_access.domain.errors import UserError
from data_access.services.long_term_stock import LongTermStock, get_long_term_stock

Text = Callable[[LongTermStock, Translator], str]
TableMaker = Callable[[LongTermStock, Translator], Component]


def make_bands(asked: Asked) -> Exhibit:
    """The stock by band of duration."""
    stock = _stock(asked)
    return _exhibit(
        asked, stock, "bands", [stock_finding(stock, asked.t)], bands_svg, bands_alt_text, make_bands_table
    )


def make_thresholds(asked: Asked) -> Exhibit:
    """The share of twelve months or more beside that of two years."""
    stock = _stock(asked)
    said = share_findings(stock, asked.t)
    return _exhibit(
        asked, stock, "thresholds", said, thresholds_svg, thresholds_alt_text, make_thresholds_table
    )


def make_crossing(asked: Asked) -> Exhibit:
    """Who crosses the line of twelve months, and what became of them."""
    stock = _stock(asked)
    said = [crossing_finding(stock, asked.t)]
    return _exhibit(asked, stock, "crossing", said, crossing_svg, crossing_alt_text, make_crossings_table)


NAMES = {"bands": "ltu-stock", "thresholds": "ltu-share", "crossing": "ltu-crossing"}


def _stock(asked: Asked) -> LongTermStock:
    return get_long_term_stock(asked.version, asked.cutoff, asked.rule)


def _exhibit(
    asked: Asked,
    stock: LongTermStock,
    view: str,
    said: list[Finding],
    draw: Text,
    alt: Text,
    table: TableMaker,
) -> Exhibit:
    t = asked.t
    svg = draw(stock, t)
    if not svg:
        raise UserError("export_nothing")
    return exhibit_of(
        asked,
        name=NAMES[view],
        subject=t(f"ltu.{view}.title"),
        title=sentence(" ".join(found.said for found in said)),
        subtitle=f"{t(f'ltu.{view}.title')} · {t('ltu.subtitle')}",
        source=t("export.source.several"),
        notes=[*(found.then for found in said), t(f"ltu.{view}.key")],
        demonstration=stock.demonstration,
        alt=alt(stock, t),
        drawing=Image(svg, WIDTH, HEIGHT),
        table=table_of(table(stock, t), t),
    )
