"""The releases of an indicator side by side (real-time data), and how first figures fared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.reading import reading
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.edition_change import RevisionRecord, summarise_revisions
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.repositories.releases import load_days, load_releases


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
    rows = tuple(
        Vintages(Period.parse(str(period)), tuple(_known(own, version) for version in versions))
        for period, own in frame.groupby("time_period", sort=True)
    )[::-1]
    numbers = {row.period: found for row in rows if (found := _numbers(row)) is not None}
    revised = sum(found[0] != found[-1] for found in numbers.values())
    releases = tuple(Release(version, days[version]) for version in versions)
    return Triangle(releases, rows, summarise_revisions(numbers), revised)


def _known(own: pd.DataFrame, version: int) -> Reading | None:
    """What a version knew of one period."""
    known = own[(own["first_batch"] <= version) & ((own["last_batch"] == 0) | (own["last_batch"] > version))]
    for row in known.itertuples():
        availability = Availability(str(row.availability))
        value = float(str(row.obs_value)) if availability is Availability.AVAILABLE else None
        return Reading(Period.parse(str(row.time_period)), value, availability)
    return None


def _numbers(row: Vintages) -> list[float] | None:
    """The values from the first release on; None where one of them is hidden, missing or taken back."""
    start = next((n for n, value in enumerate(row.known) if value is not None), len(row.known))
    found = [value.value for value in row.known[start:] if value is not None and value.value is not None]
    return found if found and len(found) == len(row.known) - start else None
