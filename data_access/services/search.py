"""Where in the contract is this word? Codes, titles, definitions and terms, in both languages at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache

from data_access.contract.load import shipped_contract
from data_access.contract.model import Contract, Text
from data_access.services.search_text import code_keys, normalise, query_words, starts_word

TONGUES = ("fr", "nl")
# Fewer letters inside a word say nothing: «in» is in every second one.
SHORTEST_INSIDE = 3
SHORTEST_CODE = 2
CLOSE_ENOUGH = 0.75


class Kind(StrEnum):
    """What is found, in the order in which equals are listed."""

    INDICATOR = "indicator"
    COMMUNE = "commune"
    TERM = "term"
    PUBLIC = "public"
    OBJECTIVE = "objective"
    COMMITMENT = "commitment"
    OBLIGATION = "obligation"


class Rank(IntEnum):
    """How well an entry answers; the least is the best. The worst of several words decides."""

    EXACT = 0  # the code, or the whole title
    CODE = 1  # the code begins so
    TITLE_START = 2  # words of an indicator's title begin so
    TITLE_INSIDE = 3  # within its words: «loosheid» in «werkloosheid»
    TERM = 4  # a term of the glossary, a priority public
    CONTRACT = 5  # an objective, a commitment, an obligation
    BODY = 6  # a definition


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes:
        kind, code: what it is; a term of the glossary has no code.
        objective: ``OS1`` … ``OS5`` where it belongs to one.
        title, body: its name and what explains it.
        keys: forms of the code, compact (``os203``, ``os23``).
        titles, bodies: normalised, in French and in Dutch.
        ranks: of a match at the start of a title's word, inside one, and in the body.
    """

    kind: Kind
    code: str
    objective: str | None
    title: Text
    body: Text | None
    keys: tuple[str, ...]
    titles: tuple[str, str]
    bodies: tuple[str, str]
    ranks: tuple[Rank, Rank, Rank]


@dataclass(frozen=True)
class Hit:
    """An answer to a search.

    Attributes:
        kind, code, objective, title: those of the entry.
        excerpt: its explanation: the definition, the short name of an objective.
        rank: how well it answers.
        languages: those whose words answered; a page in the other one shows on what it matched.
    """

    kind: Kind
    code: str
    objective: str | None
    title: Text
    excerpt: Text | None
    rank: Rank
    languages: tuple[str, ...]


def search(text: str, limit: int | None = None) -> tuple[Hit, ...]:
    """Entries that answer all the words, best first, equals in the contract's order; none for no word."""
    words = query_words(text)
    found = [
        (rank, place, languages)
        for place, entry in enumerate(get_entries())
        for rank, languages in [_match(entry, words, normalise(text))]
        if rank is not None
    ]
    return tuple(_hit(get_entries()[place], rank, tongues) for rank, place, tongues in sorted(found)[:limit])


def suggest(text: str) -> str | None:
    """The query with its unknown words replaced by the closest known ones; None when that finds nothing."""
    vocabulary = _vocabulary()
    words = [_closest(word, vocabulary) for word in normalise(text).split()]
    if None in words:
        return None
    corrected = " ".join(vocabulary.get(str(word), str(word)) for word in words)
    return corrected if search(corrected) else None


def _closest(word: str, vocabulary: dict[str, str]) -> str | None:
    if search(word):
        return word
    return next(iter(difflib.get_close_matches(word, vocabulary, n=1, cutoff=CLOSE_ENOUGH)), None)


@cache
def _vocabulary() -> dict[str, str]:
    """Every word of a title under its normalised form, as it is written."""
    texts = (entry.title.in_(tongue) for entry in get_entries() for tongue in TONGUES)
    written = sorted({word.lower() for text in texts for word in re.findall(r"\w{4,}", text)})
    return {normalise(word): word for word in written}


@cache
def get_entries() -> tuple[Entry, ...]:
    """Everything that can be found, in the order in which equals are listed."""
    whole = shipped_contract()
    obligations = (_entry(Kind.OBLIGATION, o.code, o.title, None) for o in whole.obligations)
    return (*_entries(whole), *obligations)


def _entries(whole: Contract) -> Iterator[Entry]:
    for i in whole.indicators:
        yield _entry(Kind.INDICATOR, i.code, i.title, i.definition, i.objective)
    for commune in whole.communes:
        yield _entry(Kind.COMMUNE, commune.nis, commune.name, None)
    for term in whole.glossary:
        yield _entry(Kind.TERM, "", term.term, term.definition)
    for public in whole.publics:
        yield _entry(Kind.PUBLIC, public.code, public.term, public.operational)
    for o in whole.objectives:
        yield _entry(Kind.OBJECTIVE, o.code, o.title, o.short, o.code)
    for o in whole.objectives:
        for commitment in o.commitments:
            yield _entry(Kind.COMMITMENT, commitment.code, _standing_alone(commitment.text), None, o.code)


def _standing_alone(text: Text) -> Text:
    """The second half of a sentence of the contract shows that it is one."""
    return text if text.fr[0].isupper() else Text(fr=f"… {text.fr}", nl=f"… {text.nl}")


_RANKS = {
    Kind.INDICATOR: (Rank.TITLE_START, Rank.TITLE_INSIDE, Rank.BODY),
    Kind.COMMUNE: (Rank.TITLE_START, Rank.TITLE_INSIDE, Rank.BODY),
    Kind.TERM: (Rank.TERM, Rank.TERM, Rank.BODY),
    Kind.PUBLIC: (Rank.TERM, Rank.TERM, Rank.BODY),
    Kind.OBJECTIVE: (Rank.CONTRACT, Rank.CONTRACT, Rank.CONTRACT),
    Kind.COMMITMENT: (Rank.CONTRACT, Rank.CONTRACT, Rank.CONTRACT),
    Kind.OBLIGATION: (Rank.CONTRACT, Rank.CONTRACT, Rank.CONTRACT),
}


def _entry(kind: Kind, code: str, title: Text, body: Text | None, objective: str | None = None) -> Entry:
    return Entry(
        kind=kind,
        code=code,
        objective=objective,
        title=title,
        body=body,
        keys=code_keys(code) if code else (),
        titles=(normalise(title.fr), normalise(title.nl)),
        bodies=(normalise(body.fr), normalise(body.nl)) if body else ("", ""),
        ranks=_RANKS[kind],
    )


def _match(entry: Entry, words: tuple[str, ...], whole: str) -> tuple[Rank | None, tuple[str, ...]]:
    """The best rank, and the languages that reach it (a code belongs to both)."""
    if not words:
        return None, ()
    compact = "".join(words)
    if compact in entry.keys:
        return Rank.EXACT, TONGUES
    if _begins_code(compact, entry):
        return Rank.CODE, TONGUES
    ranks = [_rank_in(entry, words, whole, tongue) for tongue in (0, 1)]
    best = min((rank for rank in ranks if rank is not None), default=None)
    return best, tuple(tongue for tongue, rank in zip(TONGUES, ranks, strict=True) if rank == best)


def _rank_in(entry: Entry, words: tuple[str, ...], whole: str, tongue: int) -> Rank | None:
    if entry.titles[tongue] == whole:
        return Rank.EXACT
    ranks = [_rank_of_word(entry, word, tongue) for word in words]
    known = [rank for rank in ranks if rank is not None]
    return max(known) if len(known) == len(ranks) else None


def _rank_of_word(entry: Entry, word: str, tongue: int) -> Rank | None:
    start, inside, body = entry.ranks
    if starts_word(word, entry.titles[tongue]) or _begins_code(word, entry):
        return start
    if len(word) >= SHORTEST_INSIDE and word in entry.titles[tongue]:
        return inside
    return body if starts_word(word, entry.bodies[tongue]) else None


def _begins_code(word: str, entry: Entry) -> bool:
    return len(word) >= SHORTEST_CODE and any(key.startswith(word) for key in entry.keys)


def _hit(entry: Entry, rank: Rank, languages: tuple[str, ...]) -> Hit:
    return Hit(entry.kind, entry.code, entry.objective, entry.title, entry.body, rank, languages)
