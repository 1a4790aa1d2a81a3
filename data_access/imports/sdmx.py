"""SDMX-CSV as Eurostat, Statbel or the National Bank export it, into observation rows of ours.

A mapping (``imports.mapping``) says which rows feed which indicator; everything else is reported and left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from data_access.imports.mapping import STATUSES, SdmxMapping, Series, read_mapping, shipped_mappings
from data_access.imports.numbers import read_numbers
from data_access.imports.raw import RawTable
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Mask

FLOWS = ("DATAFLOW", "STRUCTURE_ID")
_UPDATED = "LAST UPDATE"
_POWER = "UNIT_MULT"  # SDMX: the values are in units of ten to this power
_CONFIDENTIAL = "CONF_STATUS"
# Columns that say what the file is; they feed nothing and nobody misses them.
_ABOUT = {*FLOWS, _UPDATED, _POWER, _CONFIDENTIAL, "STRUCTURE", "STRUCTURE_NAME", "ACTION", "FREQ"}
_COMMUNE = re.compile(r"210(0[1-9]|1\d)")


def is_sdmx(raw: RawTable, mapping: Path | None) -> bool:
    """Whether a table is SDMX-CSV of somebody else: it names a dataflow, or comes with a mapping."""
    names = {name.partition(":")[0].strip() for name in raw.frame.columns}
    return mapping is not None or (bool(names & set(FLOWS)) and "INDICATOR" not in names)


def map_sdmx(raw: RawTable, path: Path | None = None) -> tuple[RawTable | None, list[Problem]]:
    """The rows that a mapping wants, in our columns; and what it leaves out, counted by reason.

    Args:
        raw: a table for which ``is_sdmx`` holds.
        path: the mapping; found by the dataflow among the shipped ones when None.

    Returns:
        None instead of a table when no mapping reads it, or when it holds no row that one wants.

    Raises:
        DefinitionError: ``mapping_invalid``.
    """
    raw = _without_labels(raw)
    mapping = read_mapping(path) if path is not None else _find(raw)
    if mapping is None:
        known = ", ".join(shipped_mappings())
        value = ", ".join(sorted(set(_flows(raw)))[:5])
        return None, [
            Problem(Severity.ERROR, "unknown_dataflow", raw.file, raw.sheet, value=value, expected=known)
        ]
    if absent := list(_absent(raw, mapping)):
        return None, absent
    wanted = [_wanted(raw, mapping, series) for series in mapping.series]
    kept = np.logical_or.reduce([np.logical_and.reduce(list(masks.values())) for masks in wanted])
    problems = [*_idle_columns(raw, mapping), *_left_out(raw, wanted, kept)]
    if not kept.any():
        nothing = Problem(Severity.ERROR, "nothing_mapped", raw.file, raw.sheet, value=mapping.dataflow)
        return None, [nothing, *problems]
    parts = [
        _rows(raw.frame[np.logical_and.reduce(list(masks.values()))], mapping, series)
        for series, masks in zip(mapping.series, wanted, strict=True)
    ]
    labels = {ours: raw.labels[theirs] for ours, theirs in _sources(mapping).items() if theirs in raw.labels}
    return raw.with_frame(pd.concat(parts).sort_index(), labels, "."), problems


def _without_labels(raw: RawTable) -> RawTable:
    """Exports «with labels» write ``FREQ: Frequency`` and ``A: Annual``; the codes alone matter."""
    frame = raw.frame
    labelled = [name for name in frame.columns if ":" in name]
    if not labelled:
        return raw
    bare = {
        name: frame[name].map(lambda c: c.partition(": ")[0] if isinstance(c, str) else c)
        for name in labelled
    }
    names = {name: name.partition(":")[0].strip() for name in labelled}
    labels = {names.get(name, name): label for name, label in raw.labels.items()}
    return raw.with_frame(frame.assign(**bare).rename(columns=names).astype(object), labels, raw.decimal)


def _flows(raw: RawTable) -> Iterator[str]:
    """The dataflows of the rows, without their version: ``ESTAT:LFST_R_LFE2EMPRT(1.0)``."""
    column = next((name for name in FLOWS if name in raw.frame), None)
    if column is not None:
        for flow in raw.frame[column].dropna().unique():
            yield str(flow).partition("(")[0].strip()


def _find(raw: RawTable) -> SdmxMapping | None:
    return next((m for flow in _flows(raw) if (m := shipped_mappings().get(flow.upper()))), None)


def _sources(mapping: SdmxMapping) -> Mapping[str, str]:
    """The foreign column behind each of our columns."""
    return {
        **mapping.columns,
        "TIME_PERIOD": mapping.period.upper(),
        "OBS_VALUE": mapping.value.upper(),
        "OBS_STATUS": mapping.flag.upper(),
    }


def _absent(raw: RawTable, mapping: SdmxMapping) -> Iterator[Problem]:
    """Columns that the mapping reads and the file does not have; the flag may be missing."""
    asked = {name.upper() for series in mapping.series for name in series.where}
    needed = {*asked, *_sources(mapping).values()} - {mapping.flag.upper()}
    for name in sorted(needed - set(raw.frame.columns)):
        yield Problem(Severity.ERROR, "missing_column", raw.file, raw.sheet, column=name, expected=name)


def _idle_columns(raw: RawTable, mapping: SdmxMapping) -> Iterator[Problem]:
    asked = {name.upper() for series in mapping.series for name in series.where}
    used = {*asked, *_sources(mapping).values(), *_ABOUT}
    for name, label in raw.labels.items():
        if name not in used:
            yield Problem(Severity.LEFT_OUT, "unknown_column", raw.file, raw.sheet, column=label)


def _texts(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    return frame[column].map(lambda cell: "" if cell is None else str(cell))


def _wanted(raw: RawTable, mapping: SdmxMapping, series: Series) -> dict[str, Mask]:
    """Per foreign column, the rows whose code the series reads."""
    masks = {}
    for column in FLOWS:
        if column in raw.frame:
            flows = _texts(raw.frame, column).str.partition("(")[0].str.strip().str.upper()
            masks[column] = (flows == mapping.dataflow.upper()).to_numpy()
    for name, items in series.where.items():
        masks[name.upper()] = _texts(raw.frame, name.upper()).isin(items).to_numpy()
    for ours, column in mapping.columns.items():
        meant = _meanings(_texts(raw.frame, column), ours, mapping)
        masks[column] = masks.get(column, True) & meant.notna().to_numpy()
    return masks


def _meanings(codes: pd.Series[str], ours: str, mapping: SdmxMapping) -> pd.Series[str]:
    """Our code of each foreign one, None where it has none; a commune is the same everywhere."""
    known = mapping.accepted[ours]
    own = {
        code: known.get(code, code if ours == "REF_AREA" and _COMMUNE.fullmatch(code) else None)
        for code in codes.unique()
    }
    return codes.map(own).astype(object)


def _left_out(raw: RawTable, wanted: list[dict[str, Mask]], kept: Mask) -> Iterator[Problem]:
    """One problem per column and code that keeps rows out, on the first of them, with how many there are.

    The reason of a row is its first column whose code no series reads; else the first that the first
    series does not read.
    """
    left = ~kept
    first = wanted[0]
    refused = {c: np.logical_and.reduce([~masks[c] for masks in wanted if c in masks]) for c in first}
    for masks in (refused, {c: ~mask for c, mask in first.items()}):
        for column, mask in masks.items():
            rows = _texts(raw.frame, column)[left & mask]
            left = left & ~mask
            for code, group in rows.groupby(rows, sort=False):
                yield Problem(
                    Severity.LEFT_OUT,
                    "row_not_mapped",
                    raw.file,
                    raw.sheet,
                    row=int(group.index[0]),
                    column=raw.labels[column],
                    value=str(code),
                    facts={"count": len(group)},
                )


def _rows(frame: pd.DataFrame, mapping: SdmxMapping, series: Series) -> pd.DataFrame:
    """The rows of one series in our columns."""
    value = frame[mapping.value.upper()]
    missing = value.isna() | _texts(frame, mapping.value.upper()).isin(mapping.missing)
    flag = mapping.flag.upper()
    flags = _texts(frame, flag) if flag in frame else pd.Series("", index=frame.index, dtype=object)
    status = flags.map(lambda text: status_of(text, mapping.flags))
    ours = {
        "INDICATOR": series.indicator,
        "TIME_PERIOD": frame[mapping.period.upper()],
        **{name: _meanings(_texts(frame, column), name, mapping) for name, column in mapping.columns.items()},
        "OBS_VALUE": _scaled(frame, value.where(~missing, None), series.factor),
        "OBS_STATUS": status.where(~missing, "M"),
        "CONF_STATUS": _confidentiality(frame, flags),
        "SOURCE": _source(frame, mapping),
        "COMMENT": flags.map(lambda text: f"{flag}: {text}" if _says_more(text, mapping.flags) else None),
    }
    return pd.DataFrame(ours, index=frame.index, dtype=object)


def status_of(flag: str, own: Mapping[str, str]) -> str:
    """Our status of a flag: the mapping's own word, else the first letter that ours can say, else normal."""
    if flag in own:
        return own[flag]
    return next((status for letter, status in STATUSES.items() if letter in flag.lower()), "A")


def _says_more(flag: str, own: Mapping[str, str]) -> bool:
    """Whether a flag holds something that our status does not say (low reliability, several at once)."""
    return bool(flag) and flag not in own and flag.lower() not in {*STATUSES, "a", "c"}


def _confidentiality(frame: pd.DataFrame, flags: pd.Series[str]) -> pd.Series[str]:
    """Free unless the flag or SDMX's CONF_STATUS says otherwise (D and S are secondary)."""
    given = (
        _texts(frame, _CONFIDENTIAL)
        if _CONFIDENTIAL in frame
        else pd.Series("", index=frame.index, dtype=object)
    )
    own = given.map(lambda code: {"": "F", "F": "F", "D": "D", "S": "D"}.get(code, "C"))
    return own.where(~flags.str.lower().str.contains("c"), "C").astype(object)


def _scaled(frame: pd.DataFrame, value: pd.Series[str], factor: float) -> pd.Series[str]:
    """The values in the unit of the indicator; what is no number stays as it is, and is reported."""
    power = (
        frame[_POWER].to_numpy(dtype=object) if _POWER in frame else np.full(len(frame), None, dtype=object)
    )
    read = read_numbers({"value": value.to_numpy(dtype=object), "power": power}, decimal=".")
    scale = factor * 10.0 ** np.nan_to_num(read["power"][0])
    if (scale == 1).all():
        return value
    numbers = read["value"][0]
    return value.where(np.isnan(numbers), pd.Series(numbers * scale, index=value.index, dtype=object))


def _source(frame: pd.DataFrame, mapping: SdmxMapping) -> pd.Series[str] | str:
    if _UPDATED not in frame:
        return mapping.source
    return _texts(frame, _UPDATED).map(lambda day: f"{mapping.source}, {day}" if day else mapping.source)
