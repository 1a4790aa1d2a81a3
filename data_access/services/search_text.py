"""Texts as a search compares them: without accents, case, apostrophes or punctuation.

``assets/search.js`` says the same in the browser; a browser test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# «OS2.03», «os 2.3», «bv-4a», «OS2-E1a»: what follows the letters of a code belongs to it.
_SPLIT_CODE = re.compile(r"\b(os) ?([1-5]) (e?\d\d?[ab]?)\b|\b(bv|vd) (\d[a-e]?)\b")
_BARE_NUMBER = re.compile(r"\s*([1-5])[.,](\d\d?)\s*")
# «sorties» finds «sortie» and «langdurige» finds «langdurig»; short words are left whole.
_ENDING = re.compile(r"(?<=\w{5})[es]$")


def normalise(text: str) -> str:
    """Lower case letters and digits of the Latin alphabet, one space between words.

    «Mise à l’emploi» and "MISE A L'EMPLOI" are both ``mise a l emploi``.
    """
    folded = unicodedata.normalize("NFD", text.lower()).translate(LIGATURES)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def query_words(text: str) -> tuple[str, ...]:
    """The words asked for, the parts of a code joined, their plural or inflected ending taken off."""
    if number := _BARE_NUMBER.fullmatch(text):
        text = f"os{number[1]}.{number[2]}"
    joined = _SPLIT_CODE.sub(lambda found: found[0].replace(" ", ""), normalise(text))
    return tuple(_ENDING.sub("", word) for word in joined.split())


def code_keys(code: str) -> tuple[str, ...]:
    """The forms under which a code is typed: ``OS2.03`` is ``os203`` and ``os23``."""
    whole = normalise(code).replace(" ", "")
    short = re.sub(r"^(os\d)0(\d)$", r"\1\2", whole)
    return (whole,) if short == whole else (whole, short)


def starts_word(word: str, text: str) -> bool:
    """Whether a word of a normalised text begins so."""
    return f" {word}" in f" {text}"


def highlight(text: str, query: str) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, those that begin as a word asked for marked; joined, they are the text."""
    words = query_words(query)
    pieces = [piece for piece in re.split(r"(\w+)", text) if piece]
    return tuple((piece, bool(words) and normalise(piece).startswith(words)) for piece in pieces)
