"""The same outcome for those off the path of a funnel, and what the comparison cannot say."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.funnel_words import count_text, interval_text, rate_text
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.tables.plain_table import make_plain_table
from data_access.contract.load import contract
from data_access.domain.funnel_flow import Rate
from data_access.domain.other_paths import OtherPaths, Path, Share

STILL_WAITING = "OS2.03"  # the indicator of those who have not left after twelve months


def make_other_paths(found: OtherPaths, t: Translator) -> Component:
    """A row a path, the sentence that says what differs, and why it is no effect."""
    return html.Section(
        [
            html.H2(t("paths.title")),
            html.P(paths_sentence(found, t)),
            make_paths_table(found, t),
            html.P(t("paths.caution"), className="funnel-caution"),
            html.P(
                [
                    f"{waiting_text(found, t)} {t('paths.waiting.see')} ",
                    make_indicator_link(contract().indicator(STILL_WAITING), t),
                ],
                className="quiet",
            ),
        ],
        className="funnel-paths",
    )


def paths_sentence(found: OtherPaths, t: Translator) -> str:
    """What share of each path left for a job; only where all three may be shown."""
    rates = {path.value: share.rate for path, share in found.jobs.items()}
    if not all(isinstance(rate, Rate) for rate in rates.values()):
        return t("paths.sentence.partly")
    return t("paths.sentence", **{name: rate_text(rate, t) for name, rate in rates.items()})


def waiting_text(found: OtherPaths, t: Translator) -> str:
    """Who has not left at the end of the window."""
    waiting = found.waiting
    return t("paths.waiting", count=count_text(waiting.found, t), share=rate_text(waiting.rate, t))


def make_paths_table(found: OtherPaths, t: Translator) -> Component:
    """A row a path."""
    heads = [t(f"paths.column.{name}") for name in ("path", "cases", "jobs", "rate")]
    rows = [_row(path, found.jobs[path], t) for path in Path]
    return make_plain_table(t("paths.caption"), heads, rows)


def _row(path: Path, share: Share, t: Translator) -> Component:
    interval = interval_text(share.rate, t)
    return html.Tr(
        [
            html.Th(t(f"paths.path.{path.value}"), scope="row"),
            html.Td(count_text(share.cases, t), className="number"),
            html.Td(count_text(share.found, t), className="number"),
            html.Td(
                [
                    rate_text(share.rate, t),
                    html.Small(f" {interval}", className="quiet") if interval else None,
                ],
                className="number",
            ),
        ]
    )
