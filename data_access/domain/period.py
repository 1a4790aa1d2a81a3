"""Calendar periods as SDMX writes them: 2024, 2024-S1, 2024-Q3, 2024-03."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache, total_ordering

from data_access.domain.errors import UserError


class Freq(StrEnum):
    """SDMX frequency codes (code list CL_FREQ)."""

    ANNUAL = "A"
    SEMESTER = "S"
    QUARTER = "Q"
    MONTH = "M"


PERIODS_PER_YEAR = {Freq.ANNUAL: 1, Freq.SEMESTER: 2, Freq.QUARTER: 4, Freq.MONTH: 12}
_FORMS = {
    Freq.ANNUAL: re.compile(r"(\d{4})"),
    Freq.SEMESTER: re.compile(r"(\d{4})-S([12])"),
    Freq.QUARTER: re.compile(r"(\d{4})-Q([1-4])"),
    Freq.MONTH: re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
}


@total_ordering
@dataclass(frozen=True)
class Period:
    """One calendar period; orders by its first day, then by its length.

    Attributes:
        freq: its frequency.
        year: calendar year.
        number: 1 for a year, 1-2, 1-4 or 1-12 within the year otherwise.
    """

    freq: Freq
    year: int
    number: int = 1

    @classmethod
    @lru_cache(maxsize=4096)  # a series names the same few periods again and again
    def parse(cls, text: str) -> Period:
        """Read an SDMX time period.

        Raises:
            UserError: ``impossible_period`` when no form fits.
        """
        for freq, form in _FORMS.items():
            if match := form.fullmatch(text.strip()):
                year, *number = map(int, match.groups())
                if 1900 <= year <= 2100:
                    return cls(freq, year, *number)
        raise UserError("impossible_period", value=text, expected="2024, 2024-S1, 2024-Q3, 2024-03")

    @classmethod
    def containing(cls, day: date, freq: Freq) -> Period:
        """The period of a frequency that holds a day."""
        return cls(freq, day.year, (day.month - 1) // cls._months(freq) + 1)

    @staticmethod
    def _months(freq: Freq) -> int:
        return 12 // PERIODS_PER_YEAR[freq]

    @cached_property
    def start(self) -> date:
        """First day."""
        return date(self.year, (self.number - 1) * self._months(self.freq) + 1, 1)

    @cached_property
    def end(self) -> date:
        """Last day."""
        return self.shift(1).start - timedelta(days=1)

    def shift(self, steps: int) -> Period:
        """The period that many steps later (earlier when negative)."""
        per_year = PERIODS_PER_YEAR[self.freq]
        year, index = divmod(self.year * per_year + self.number - 1 + steps, per_year)
        return Period(self.freq, year, index + 1)

    @property
    def year_before(self) -> Period:
        """The same period one year earlier."""
        return Period(self.freq, self.year - 1, self.number)

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __str__(self) -> str:
        if self.freq is Freq.ANNUAL:
            return f"{self.year}"
        mark = "" if self.freq is Freq.MONTH else self.freq.value
        return f"{self.year}-{mark}{self.number:0{2 if self.freq is Freq.MONTH else 1}d}"
