"""From the services to a presentation."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import partial

from components.exports.asked import Asked
from components.exports.same_bytes import same_bytes
from components.exports.slides.changes import add_changes
from components.exports.slides.contents import add_attention, add_cover, add_overview, add_scorecards
from components.exports.slides.deck import Deck
from components.exports.slides.flows import add_funnel, add_incidence, add_map
from components.exports.slides.master import make_presentation
from components.exports.slides.series import add_series
from components.exports.steps import Picture, Progress, silent
from components.shell import vintage_sentence
from data_access.contract.load import contract
from data_access.services.attention import get_attention
from data_access.services.changes_since import get_changes_since
from data_access.services.funnel_choices import get_funnel_choices
from data_access.services.overview import get_overview

# One page of indicators for a meeting, then the context that Actiris does not answer for.
HEADLINE = (
    "OS1.01",
    "OS1.02",
    "OS1.04",
    "OS1.11",
    "OS2.03",
    "OS2.09",
    "OS3.02",
    "OS3.03",
    "OS4.05",
    "OS5.07",
    "OS5.08",
    "CTX.DEI",
    "OS2.01",
    "CTX.RATE",
    "CTX.EMP_RATE",
)
LONG_TERM = ("F-PREV", "F-ABS-E", "F-ABS-S")
Step = tuple[str, Callable[[], object]]


def make_slides(asked: Asked, picture: Picture, progress: Progress = silent) -> bytes:
    """The presentation for a meeting: cover, overview, changes, scorecards, attention, one figure a slide.

    The same version, language, filters and pictures give the same bytes.

    Args:
        asked: what to show; of its filters, those of the map and of the cohort are followed.
        picture: draws what PowerPoint cannot.
        progress: called before each part; an exception of it, or of ``picture``, stops the work.
    """
    t, day = asked.t, asked.cutoff or date(2023, 1, 1)
    foot = vintage_sentence(asked.cutoff, asked.version, t)
    title = f"{t('app.name')} – Actiris"
    deck = Deck(make_presentation(asked.language, title, foot, day), asked, foot)
    steps = _steps(deck, picture)
    for done, (what, step) in enumerate(steps):
        progress(done, len(steps), what)
        step()
    deck.close()
    out = io.BytesIO()
    deck.presentation.save(out)
    progress(len(steps), len(steps), "")
    return same_bytes(out.getvalue(), day)


def _steps(deck: Deck, picture: Picture) -> list[Step]:
    """What is made, in the order of the slides."""
    asked, t = deck.asked, deck.t
    who = (asked.version, asked.cutoff)
    overview = get_overview(*who, asked.rule)
    items = get_attention(*who, asked.rule)
    changes = get_changes_since("", "", asked.rule)
    cards = {s.scorecard.objective: s.scorecard for s in overview.objectives}
    codes = [code for code in HEADLINE if contract().find(code) is not None]
    funnels = [c for c in get_funnel_choices(asked.version) if c.code in LONG_TERM]
    return [
        (t("slides.step.cover"), partial(add_cover, deck, demonstration=overview.demonstration)),
        (t("nav.overview"), partial(add_overview, deck, overview)),
        *([(t("title.changes"), partial(add_changes, deck, changes))] if changes else []),
        *((o.code, partial(add_scorecards, deck, o, cards[o.code])) for o in contract().objectives),
        *([(t("attention.title"), partial(add_attention, deck, items))] if items else []),
        *((code, partial(add_series, deck, code)) for code in codes),
        (t("slides.step.map"), partial(add_map, deck, picture)),
        *((c.key, partial(make, deck, c)) for c in funnels for make in (add_funnel, add_incidence)),
    ]
