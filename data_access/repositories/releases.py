"""Every release of one series: what was known of each period, from which version to which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Float, and_, case, cast, func, literal, null, or_, select, true

from data_access.db.reading import known_version
from data_access.db.tables import DIMENSIONS, SERIES_ORDER, batch, observation, suppressed
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.disclosure import is_hidden_observation, smallest_shown
from data_access.repositories.frame import read_frame

COLUMNS = {
    "time_period": "str",
    "first_batch": "int64",
    "last_batch": "int64",  # 0 while it is current
    "obs_value": "float64",
    "availability": "str",
}
REGION, TOTAL = "BRU", "_T"


def load_releases(
    connection: Connection,
    *,
    indicator: str,
    operator: str,
    freq: str,
    rule: SmallCellRule,
    persons: bool,
    counts: bool,
    sensitive: bool,
) -> pd.DataFrame:
    """The history of the Region's series of an indicator, until the version that the connection reads.

    A period that was ever hidden for the sake of others is hidden in all its releases: an older one may
    still be in force elsewhere.

    Args:
        connection: to read with.
        indicator: code; ``operator`` and ``freq`` of the series.
        rule: small-cell thresholds of the audience.
        persons, counts, sensitive: what its definition says, as in ``load_observations``.

    Returns:
        ``COLUMNS``, by period, then by version; ``obs_value`` is NaN unless available.
    """
    version = known_version(connection)
    small = smallest_shown(observation, rule, literal(sensitive), {})
    few = is_hidden_observation(observation, rule, small, persons=literal(persons), counts=literal(counts))
    same = and_(*(suppressed.c[name] == observation.c[name] for name in SERIES_ORDER))
    covered = select(suppressed.c.id).where(same).exists()
    hidden = or_(few, covered)
    missing = or_(observation.c.obs_status == "M", observation.c.obs_value.is_(None))
    last = func.coalesce(observation.c.last_batch, 0)
    query = (
        select(
            observation.c.time_period,
            observation.c.first_batch,
            (last if version is None else case((last > version, 0), else_=last)).label("last_batch"),
            case((or_(hidden, missing), cast(null(), Float)), else_=observation.c.obs_value),
            case(
                (hidden, Availability.HIDDEN.value),
                (missing, Availability.MISSING.value),
                else_=Availability.AVAILABLE.value,
            ),
        )
        .where(
            observation.c.indicator == indicator,
            observation.c.ref_area == REGION,
            observation.c.operator == operator,
            observation.c.freq == freq,
            *(observation.c[name] == TOTAL for name in DIMENSIONS if name != "operator"),
            true() if version is None else observation.c.first_batch <= version,
        )
        .order_by(observation.c.time_period, observation.c.first_batch)
    )
    return read_frame(connection, query, COLUMNS)


def load_days(connection: Connection, versions: Collection[int]) -> dict[int, date]:
    """The day on which each of some versions was published."""
    query = select(batch.c.id, batch.c.published_at).where(batch.c.id.in_(sorted(versions)))
    return {number: at.date() for number, at in connection.execute(query)}
