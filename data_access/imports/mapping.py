"""Mapping files: how the SDMX-CSV files of one dataflow feed indicators of ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data_access.domain.errors import DefinitionError

FOLDER = Path(__file__).parent / "mappings"
# The Region as Eurostat (NUTS) and Statbel (REFNIS) write it, and a total as most write it.
AREAS = {"BE1": "BRU", "BE10": "BRU", "BE100": "BRU", "04000": "BRU", "4000": "BRU"}
TOTALS = {"T": "_T", "TOTAL": "_T", "_T": "_T"}
# Eurostat's flags and SDMX's CL_OBS_STATUS, as far as ours say the same: break, provisional, estimated (also
# forecast and imputed), missing. Where several stand together («bp») the first one here is kept.
STATUSES = {"b": "B", "p": "P", "e": "E", "s": "E", "f": "E", "i": "E", "m": "M"}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Dimension(_Strict):
    """A foreign column that feeds one of our columns, and what its codes mean."""

    column: str
    codes: Mapping[str, str] = {}


class Series(_Strict):
    """The rows that feed one indicator."""

    indicator: str
    where: Mapping[str, tuple[str, ...]] = {}
    factor: Annotated[float, Field(gt=0)] = 1.0


class SdmxMapping(_Strict):
    """One mapping file; the fields are explained in ``mappings/README.md``."""

    dataflow: str
    source: str
    area: Dimension
    dimensions: Mapping[str, Dimension] = {}
    period: str = "TIME_PERIOD"
    value: str = "OBS_VALUE"
    flag: str = "OBS_FLAG"
    flags: Mapping[str, str] = {}
    missing: tuple[str, ...] = (":", "NaN")
    series: Annotated[tuple[Series, ...], Field(min_length=1)]

    @property
    def accepted(self) -> Mapping[str, Mapping[str, str]]:
        """What the codes of each foreign column mean in ours, by our column."""
        return {
            "REF_AREA": {**AREAS, **self.area.codes},
            **{name: {**TOTALS, **dimension.codes} for name, dimension in self.dimensions.items()},
        }

    @property
    def columns(self) -> Mapping[str, str]:
        """The foreign column (upper case) that feeds each of our columns."""
        feeding = {"REF_AREA": self.area, **self.dimensions}
        return {name: dimension.column.upper() for name, dimension in feeding.items()}


def read_mapping(path: Path) -> SdmxMapping:
    """Read one mapping file.

    Raises:
        DefinitionError: ``mapping_invalid`` names file, field and reason.
    """
    try:
        return SdmxMapping.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise DefinitionError("mapping_invalid", file=path.name, field=field, reason=first["msg"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DefinitionError("mapping_invalid", file=path.name, field="", reason=str(error)) from error


@cache
def shipped_mappings() -> Mapping[str, SdmxMapping]:
    """The mappings of ``mappings/`` by dataflow (upper case, without its version)."""
    found = [read_mapping(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {mapping.dataflow.upper(): mapping for mapping in found}
