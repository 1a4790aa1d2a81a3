"""The Region's monthly values of long-term unemployment by table and duration, covered and merged."""

from __future__ import annotations

from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.reading import reading
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Freq, Period
from data_access.repositories.observations import load_observations
from data_access.services.indicator_rows import TOTAL, by_indicator, sensitive_items
from data_access.services.long_term_change import Origin, Point
from data_access.services.series import Record

BANDS = ("M_GE60", "M24T59", "M12T23")  # as they are stacked, the longest at the bottom
TWO_YEARS = "M_GE24"  # the threshold of the press releases, not of the contract
STOCK, SHARE, REGISTER, STRUCTURE = "OS2.01", "OS2.02", "CTX.DEI", "CTX.DUR_SHARE"
ENTRIES, EXITS = "CTX.INFLOW", "CTX.OUTFLOW"
CODES = (STOCK, SHARE, REGISTER, STRUCTURE, ENTRIES, EXITS)
Series = dict[tuple[str, str], dict[Period, Point]]  # by indicator and duration


def load_series(rule: SmallCellRule) -> Series:
    """Every monthly value, none that may not be shown, nor one that gives such a value away; one query.

    Args:
        rule: small-cell thresholds of the audience.
    """
    return _covered(_load(rule))


def _load(rule: SmallCellRule) -> Series:
    """The Region's monthly values by indicator and duration."""
    definitions = [contract().indicator(code) for code in CODES]
    with reading() as connection:
        rows = load_observations(
            connection,
            indicators=CODES,
            dimensions={"duration": None},
            rule=rule,
            persons={d.code for d in definitions if d.persons},
            counts={d.code for d in definitions if d.unit is Unit.COUNT},
            sensitive={d.code for d in definitions if d.sensitive},
            sensitive_items=sensitive_items(),
        )
    found: Series = {}
    for code, records in by_indicator(rows).items():
        for record in records:
            if record["freq"] == Freq.MONTH:
                point = _point(record)
                found.setdefault((code, record["duration"]), {})[point.period] = point
    return found


def _point(record: Record) -> Point:
    availability = Availability(record["availability"])
    value = float(record["obs_value"]) if availability is Availability.AVAILABLE else None
    origin, derived = Origin(record["provenance"]), record["obs_status"] == "E"
    return Point(Period.parse(record["time_period"]), value, availability, origin, derived)


def _covered(series: Series) -> Series:
    """With every band and the threshold of two years hidden in a month of which one cell is.

    Otherwise the total, or the next longer threshold, gives the hidden one away by subtraction. A hidden
    total is the sum of its bands and hides its own share.
    """
    parts = [key for key in series if key[1] in {*BANDS, TWO_YEARS}]
    wholes = [key for key in ((STOCK, TOTAL), (SHARE, TOTAL)) if key in series]
    for keys, causes in ((wholes, wholes), (parts, [*parts, *wholes])):
        months = {
            m for key in causes for m, p in series[key].items() if p.availability is Availability.HIDDEN
        }
        for key in keys:
            series[key] |= {
                m: Point(m, None, Availability.HIDDEN, p.origin)
                for m, p in series[key].items()
                if m in months
            }
    return series


def merge(series: Series, *keys: tuple[str, str]) -> tuple[Point, ...]:
    """One value a month: official before published, published before fictitious, shown or not."""
    order = list(Origin)
    found: dict[Period, Point] = {}
    for key in keys:
        for month, point in series.get(key, {}).items():
            if month not in found or order.index(point.origin) < order.index(found[month].origin):
                found[month] = point
    return tuple(found[month] for month in sorted(found))
