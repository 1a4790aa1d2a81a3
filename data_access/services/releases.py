"""The releases of an indicator side by side (real-time data), and how first figures fared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import isnan

import pandas as pd

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.reading import reading
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.edition_change import RevisionRecord, summarise_revisions
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.repositories.releases import COLUMNS, load_days, load_releases


@dataclass(frozen=True)
class Release:
    """A version in which the series was published anew or revised."""

    version: int
    day: date


@dataclass(frozen=True)
class Vintages:
    """What each release said of a period; None before its first one, and where it was taken back."""

    period: Period
    known: tuple[Reading | None, ...]

    @property
    def first(self) -> Reading | None:
        """What was published first."""
        return next((value for value in self.known if value is not None), None)

    @property
    def last(self) -> Reading | None:
        """What holds now."""
        return self.known[-1]


@dataclass(frozen=True)
class Triangle:
    """The revision triangle of the Region's series of an indicator.

    Attributes:
        releases: the oldest first.
        rows: by period, the newest first; as many values as there are releases.
        record: mean and mean absolute revision from the first release to the last; None where no period
            has two.
        revised: how many periods have another value now than first.
    """

    releases: tuple[Release, ...]
    rows: tuple[Vintages, ...]
    record: RevisionRecord | None
    revised: int


@cached
def get_triangle(version: int, code: str, operator: str, rule: SmallCellRule) -> Triangle:
    """Every release of the whole series, as known at a version.

    A period counts for the mean revision when a later release of the series could have changed it, whether
    or not it did (OECD and Eurostat, revisions analysis).

    Args:
        version: data version (key of the cache).
        code: of the indicator.
        operator: whose series.
        rule: small-cell thresholds of the audience.

    Raises:
        UnknownIndicator: no definition bears the code.
    """
    del version  # part of the key only
    definition = contract().indicator(code)
    with reading() as connection:
        frame = load_releases(
            connection,
            indicator=code,
            operator=operator,
            freq=definition.periodicity,
            rule=rule,
            persons=definition.persons,
            counts=definition.unit is Unit.COUNT,
            sensitive=definition.sensitive,
        )
        days = load_days(connection, set(frame["first_batch"].tolist()))
    return make_triangle(frame, days)


def make_triangle(frame: pd.DataFrame, days: Mapping[int, date]) -> Triangle:
    """The triangle of the rows of ``load_releases``; pure."""
    versions = sorted(set(frame["first_batch"].tolist()))
    spans = [
        (
            Reading(Period.parse(period), None if isnan(value) else value, Availability(availability)),
            first,
            last,
        )
        for period, first, last, value, availability in zip(
            *(frame[c].tolist() for c in COLUMNS), strict=True
        )
    ]
    rows = tuple(
        Vintages(period, tuple(_known(own, version) for version in versions))
        for period, own in ((p, list(found)) for p, found in groupby(spans, lambda span: span[0].period))
    )[::-1]
    numbers = {row.period: found for row in rows if (found := _numbers(row)) is not None}
    revised = sum(found[0] != found[-1] for found in numbers.values())
    releases = tuple(Release(version, days[version]) for version in versions)
    return Triangle(releases, rows, summarise_revisions(numbers), revised)


def _known(spans: Sequence[tuple[Reading, int, int]], version: int) -> Reading | None:
    """What a version knew of one period, of what stood from a version on until another (0: until now)."""
    known = (reading for reading, first, last in spans if first <= version and (last == 0 or last > version))
    return next(known, None)


def _numbers(row: Vintages) -> list[float] | None:
    """The values from the first release on; None where one of them is hidden, missing or taken back."""
    start = next((n for n, value in enumerate(row.known) if value is not None), len(row.known))
    found = [value.value for value in row.known[start:] if value is not None and value.value is not None]
    return found if found and len(found) == len(row.known) - start else None
