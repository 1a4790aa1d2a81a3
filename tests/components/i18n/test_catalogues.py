"""Both catalogues say the same things: same keys, same facts, nothing missing, nothing unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from components.i18n.translate import LANGUAGES, MissingSentence, catalogue_path, translator

ROOT = Path(__file__).parents[3]
SOURCES = [
    path for folder in ("components", "pages", "data_access") for path in (ROOT / folder).rglob("*.py")
] + [ROOT / "app.py"]
KEY = re.compile(r"""\bt(?:\.plural)?\(\s*f?["']([a-z_]+\.[^"']+)["']""")
# Families of keys that code completes at run time: t(f"status.{...}").
FAMILY = re.compile(r"""\(\s*f["']([a-z_]+(?:\.[a-z_]+)*\.)\{""")


def sentences(language: str) -> dict[str, tuple[str, ...]]:
    with catalogue_path(language).open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    return {
        m.id[0] if isinstance(m.id, tuple) else m.id: m.string if isinstance(m.string, tuple) else (m.string,)
        for m in catalogue
        if m.id
    }


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_both_catalogues_have_the_same_keys() -> None:
    assert set(sentences("fr")) == set(sentences("nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert [key for key, forms in sentences(language).items() if not all(f.strip() for f in forms)] == []


def test_both_languages_name_the_same_facts() -> None:
    french, dutch = sentences("fr"), sentences("nl")
    different = [
        key
        for key in french
        if set.union(*map(placeholders, french[key])) != set.union(*map(placeholders, dutch[key]))
    ]
    assert different == []


def test_every_key_that_the_code_asks_for_exists() -> None:
    known = set(sentences("fr"))
    asked = {key for path in SOURCES for key in KEY.findall(path.read_text("utf-8")) if "{" not in key}
    assert len(asked) > 50, "the pattern no longer finds the calls"
    assert asked - known == set()


def test_every_family_of_keys_that_the_code_completes_exists() -> None:
    known = set(sentences("fr"))
    families = {f for path in SOURCES for f in FAMILY.findall(path.read_text("utf-8"))}
    assert "status." in families
    assert [f for f in families if not any(key.startswith(f) for key in known)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_sentence_raises(language: str) -> None:
    with pytest.raises(MissingSentence):
        translator(language)("no.such.key")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_plural_raises(language: str) -> None:
    with pytest.raises(MissingSentence):
        translator(language).plural("no.such.key", 2)


def test_french_puts_no_break_spaces_before_double_punctuation() -> None:
    wrong = [
        key for key, forms in sentences("fr").items() if any(re.search(r" [;:!?»]|« ", f) for f in forms)
    ]
    assert wrong == []


def test_french_writes_typographic_apostrophes() -> None:
    assert [key for key, forms in sentences("fr").items() if any("'" in f for f in forms)] == []
