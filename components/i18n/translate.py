"""Sentences in the two languages of the Region, from gettext catalogues that are read once."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "nl")
LOCALES = {"fr": "fr_BE", "nl": "nl_BE"}


class MissingSentence(KeyError):
    """A key that no catalogue knows: a defect of ours, never shown as an empty string."""


@dataclass(frozen=True)
class Translator:
    """Looks a key up in one language: ``t("title.scorecard", objective="OS1")``."""

    language: str
    catalogue: gettext.GNUTranslations

    def __call__(self, key: str, **facts: Any) -> str:
        """The sentence of a key, its ``{named}`` facts filled in.

        Raises:
            MissingSentence: the key is in no catalogue.
        """
        sentence = self.catalogue.gettext(key)
        if sentence == key:
            raise MissingSentence(f"{self.language}: {key}")
        return sentence.format(**facts) if facts else sentence

    def plural(self, key: str, n: int, **facts: Any) -> str:
        """The form of a counted sentence for ``n`` (``{n}`` is filled in)."""
        sentence = self.catalogue.ngettext(key, f"{key}.plural", n)
        if sentence in {key, f"{key}.plural"}:
            raise MissingSentence(f"{self.language}: {key} (plural)")
        return sentence.format(n=n, **facts)


def catalogue_path(language: str) -> Path:
    """Where the sentences of a language are written."""
    return Path(__file__).parent / f"{language}.po"


@cache
def translator(language: str) -> Translator:
    """The translator of ``fr`` or ``nl``; compiled from the .po file on first use."""
    with catalogue_path(language).open("rb") as source:
        catalogue = read_po(source, locale=LOCALES[language], abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))
