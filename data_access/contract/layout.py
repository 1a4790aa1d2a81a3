"""Which file holds which part of the contract."""

from __future__ import annotations

from collections.abc import Mapping

TOML_FILES: Mapping[str, tuple[str, ...]] = {
    "vision.toml": ("title", "start", "end", "parties", "legal_basis", "values", "vision", "vision_aims"),
    "objectives.toml": ("objectives",),
    "missions.toml": ("missions",),
    "glossary.toml": ("glossary",),
    "publics.toml": ("publics",),
    "croissants.toml": ("croissants",),
    "breaks.toml": ("breaks",),
    "assessment.toml": ("assessment",),
    "funnels.toml": ("funnels",),
}
"""Which fields of the contract each file holds."""

CSV_FILES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "communes.csv": {
        "nis": ("nis",),
        "name_fr": ("name", "fr"),
        "name_nl": ("name", "nl"),
        "short_fr": ("short", "fr"),
        "short_nl": ("short", "nl"),
    },
    "antennes.csv": {
        "nis": ("nis",),
        "present": ("present",),
        "known": ("known",),
        "valid_from": ("valid_from",),
        "valid_to": ("valid_to",),
        "source_fr": ("source", "fr"),
        "source_nl": ("source", "nl"),
    },
    "obligations.csv": {
        "code": ("code",),
        "title_fr": ("title", "fr"),
        "title_nl": ("title", "nl"),
        "from_fr": ("from_", "fr"),
        "from_nl": ("from_", "nl"),
        "to_fr": ("to", "fr"),
        "to_nl": ("to", "nl"),
        "verb_fr": ("verb", "fr"),
        "verb_nl": ("verb", "nl"),
        "timing_fr": ("timing", "fr"),
        "timing_nl": ("timing", "nl"),
        "day": ("day",),
        "opens": ("opens",),
        "basis": ("basis",),
        "note_fr": ("note", "fr"),
        "note_nl": ("note", "nl"),
        "occurs": ("occurs",),
    },
    "codelists.csv": {
        "dimension": ("dimension",),
        "code": ("code",),
        "fr": ("label", "fr"),
        "nl": ("label", "nl"),
        "sensitive": ("sensitive",),
        "part_of_total": ("part_of_total",),
    },
}
"""The columns of each reference list and the field that each one fills; a file bears the name of its list."""

INDICATORS = "indicators"
"""The folder of the definitions, one TOML file each, in folders of any name."""
