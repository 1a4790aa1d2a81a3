"""The features of a GeoJSON file that are communes of the Region, found by their NIS code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_access.contract.borders import NIS
from data_access.domain.errors import UserError

# The names that UrbIS, Statbel, INSPIRE and the usual copies give to the NIS code, in lower case.
CODE_NAMES = (
    "nis", "nsi", "ins", "nis5", "niscode", "nis_code", "nsicode", "code_nis", "code_ins", "refnis",
    "cd_refnis", "cd_munty_refnis", "mu_nat_code", "munc", "nationalcode",
)  # fmt: skip
COLLECTION = "FeatureCollection"
LONGEST = 100  # characters of the file that a sentence repeats
Feature = Mapping[str, Any]


def find_communes(file: str, content: bytes) -> tuple[dict[str, Feature], tuple[str, ...]]:
    """The feature of each of the 19 communes by NIS code, and the codes or ranks of the other features.

    Raises:
        UserError: ``geometry_not_json``, ``geometry_broken_json``, ``geometry_no_type``,
            ``geometry_not_geojson``, ``geometry_no_features``, ``geometry_no_codes``,
            ``geometry_no_properties``, ``geometry_missing`` or ``geometry_twice``.
    """
    features = _features(file, content)
    found: dict[str, list[tuple[int, Feature]]] = {}
    others: list[str] = []
    for rank, feature in enumerate(features, start=1):
        codes = list(_codes(feature))
        nis = next((code for code in codes if code in NIS), None)
        if nis is None:
            others.append(one_line(codes[0]) if codes else f"n° {rank}")
        else:
            found.setdefault(nis, []).append((rank, feature))
    if not found:
        raise _no_codes(file, features)
    if absent := [nis for nis in NIS if nis not in found]:
        raise UserError("geometry_missing", file=file, value=", ".join(absent), expected=len(NIS))
    if twice := {nis: rows for nis, rows in found.items() if len(rows) > 1}:
        value = "; ".join(f"{nis} (n° {', '.join(str(r) for r, _ in rows)})" for nis, rows in twice.items())
        raise UserError("geometry_twice", file=file, value=value)
    return {nis: rows[0][1] for nis, rows in found.items()}, tuple(others)


def _no_codes(file: str, features: Sequence[Feature]) -> UserError:
    names = sorted({str(name) for feature in features for name in _properties(feature)})
    expected = ", ".join(CODE_NAMES)
    if not names:
        return UserError("geometry_no_properties", file=file, value=len(features), expected=expected)
    return UserError("geometry_no_codes", file=file, value=one_line(", ".join(names)), expected=expected)


def _features(file: str, content: bytes) -> Sequence[Feature]:
    document = _document(file, content)
    kind = document.get("type") if isinstance(document, dict) else None
    if not isinstance(kind, str):
        raise UserError("geometry_no_type", file=file, expected=COLLECTION)
    if kind != COLLECTION:
        raise UserError("geometry_not_geojson", file=file, value=one_line(kind), expected=COLLECTION)
    features = document.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise UserError("geometry_no_features", file=file)
    return features


def _document(file: str, content: bytes) -> Any:
    """What the JSON holds; of what is wrong only the place is said, since Python's words are English."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        value = f"{error.lineno}:{error.colno}"
        raise UserError("geometry_broken_json", file=file, value=value) from error
    except (ValueError, RecursionError) as error:
        raise UserError("geometry_not_json", file=file) from error


def _properties(feature: Feature) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _codes(feature: Feature) -> Iterator[str]:
    """What may be the NIS code of a feature: its properties by the order of the known names, then its id."""
    by_name = {str(name).lower(): value for name, value in _properties(feature).items()}
    candidates = [*(by_name[name] for name in CODE_NAMES if name in by_name), feature.get("id")]
    for value in candidates:
        if isinstance(value, str | int) or (isinstance(value, float) and value.is_integer()):
            yield str(int(value)) if isinstance(value, float) else str(value).strip()


def one_line(value: object) -> str:
    """What a file says, for a sentence: no line breaks, nothing unprintable, not too long."""
    clean = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"
