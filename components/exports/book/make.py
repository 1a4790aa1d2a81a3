"""From the services to a workbook."""

from __future__ import annotations

import io
from datetime import date, datetime, time

from xlsxwriter import Workbook

from components.exports.asked import Asked
from components.exports.book.changes import add_changes
from components.exports.book.data import add_codes, add_cohorts, add_observations, add_targets
from components.exports.book.readme import add_readme
from components.exports.book.scorecards import add_scorecard, add_shared
from components.exports.book.sheet import Book
from components.exports.book.styles import Styles
from components.exports.same_bytes import same_bytes
from components.exports.steps import Progress, silent
from components.shell import vintage_sentence
from data_access.contract.load import contract
from data_access.services.changes_since import get_changes_since
from data_access.services.funnel import get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, get_funnel_choices
from data_access.services.indicator_rows import get_indicator_rows
from data_access.services.scorecard import get_scorecard
from data_access.services.shared_dashboard import get_shared_dashboard
from data_access.services.tidy import get_tidy

# No text becomes a formula, a link or a number, whatever it looks like.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
OTHERS = ("shared", "targets", "cohorts", "observations", "codes")


def make_book(asked: Asked, progress: Progress = silent) -> bytes:
    """The workbook: read-me, five scorecards, what changed, shared dashboard, targets, cohorts, data, codes.

    Every number is the one of the screen; a cell without one says in a word whether it is hidden or missing.
    The same version, language and thresholds give the same bytes.

    Args:
        asked: language, version, cut-off and thresholds; the filters are only told on the first sheet.
        progress: called before each part; an exception of it stops the work.
    """
    out = io.BytesIO()
    day = asked.cutoff or date(2023, 1, 1)
    workbook = Workbook(out, OPTIONS)
    t = asked.t
    workbook.set_properties(
        {
            "title": f"{t('app.name')} – Actiris",
            "author": "Actiris",
            "comments": vintage_sentence(asked.cutoff, asked.version, t),
            "created": datetime.combine(day, time()),
        }
    )
    book = Book(
        workbook, Styles(workbook, asked.language), t, vintage_sentence(asked.cutoff, asked.version, t)
    )
    _fill(book, asked, progress)
    workbook.close()
    return same_bytes(out.getvalue(), day)


def _fill(book: Book, asked: Asked, progress: Progress) -> None:
    t, objectives = book.t, contract().objectives
    who = (asked.version, asked.cutoff)
    changes = get_changes_since("", "", asked.rule)
    others = OTHERS if changes is None else ("changes", *OTHERS)
    titles = {name: t(f"book.{name}") for name in others}
    sheets = [(o.code, o.title.in_(t.language)) for o in objectives]
    sheets += [(t(f"book.sheet.{name}"), title) for name, title in titles.items()]
    total = len(sheets)
    scorecards = {o.code: get_scorecard(*who, o.code, asked.rule) for o in objectives}
    dashboard = get_shared_dashboard(*who, asked.rule)
    fictitious = dashboard.demonstration or any(s.demonstration for s in scorecards.values())
    tidy = get_tidy(asked.version, asked.rule)
    add_readme(book, asked, sheets, changes, demonstration=fictitious or tidy.demonstration)
    for done, objective in enumerate(objectives):
        progress(done, total, objective.code)
        add_scorecard(book, objective, scorecards[objective.code])
    names = {name: t(f"book.sheet.{name}") for name in others}
    if changes is not None:
        add_changes(book, names["changes"], changes)
    progress(len(objectives), total, titles["shared"])
    add_shared(book, names["shared"], dashboard)
    progress(len(objectives) + 1, total, titles["targets"])
    codes = tuple(d.code for d in contract().indicators)
    add_targets(book, names["targets"], get_indicator_rows(*who, codes, asked.rule))
    progress(len(objectives) + 2, total, titles["cohorts"])
    choices = get_funnel_choices(asked.version)
    add_cohorts(
        book,
        names["cohorts"],
        [get_funnel_sheet(*who, c.code, c.operator, EVERYBODY, asked.rule) for c in choices],
    )
    progress(len(objectives) + 3, total, titles["observations"])
    add_observations(book, names["observations"], tidy)
    progress(len(objectives) + 4, total, titles["codes"])
    add_codes(book, names["codes"])
    progress(total, total, "")
