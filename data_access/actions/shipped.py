"""The tables that ship: the published ones, and the demonstration tables, generated where missing."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TypedDict

from data_access.contract.model import Contract
from data_access.tables.demonstration.generate import DATA, PUBLISHED, VERSION, write_demonstration

logger = logging.getLogger(__name__)
DEMONSTRATION = "demonstration"
_RECORD = "made_by.json"


class _Record(TypedDict):
    key: str
    files: list[str]


@dataclass(frozen=True)
class ShippedTable:
    """One file, what its values are, and its bytes in short (SHA-256)."""

    path: Path
    provenance: str
    sha256: str


def published_tables() -> list[ShippedTable]:
    """The real figures."""
    return _tables(sorted(PUBLISHED.glob("*.csv")), "published")


def demonstration_tables(data_dir: Path, contract: Contract, *, seed: int) -> list[ShippedTable]:
    """The fictitious figures, in ``data_dir/demonstration``.

    They are generated again when anything that they follow from has changed: the generator, its data files,
    the seed, the contract or the published figures (whose keys they leave free).
    """
    folder = data_dir / DEMONSTRATION
    key = _key(contract, seed)
    record = _read_record(folder)
    if record is None or record["key"] != key:
        _generate(folder, contract, seed, key)
        record = _read_record(folder)
    names: Sequence[str] = record["files"] if record else ()
    return _tables([folder / name for name in names], DEMONSTRATION)


def _tables(paths: Sequence[Path], provenance: str) -> list[ShippedTable]:
    return [ShippedTable(path, provenance, _digest(path)) for path in paths]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _key(contract: Contract, seed: int) -> str:
    published = [table.sha256 for table in published_tables()]
    data = [_digest(path) for path in sorted(DATA.glob("*.toml"))]
    made_of = json.dumps([VERSION, seed, contract.model_dump_json(), published, data])
    return hashlib.sha256(made_of.encode()).hexdigest()


def _read_record(folder: Path) -> _Record | None:
    """What the folder was made from; None when it is not there whole."""
    path = folder / _RECORD
    if not path.is_file():
        return None
    record: _Record = json.loads(path.read_text("utf-8"))
    return record if all((folder / name).is_file() for name in record["files"]) else None


def _generate(folder: Path, contract: Contract, seed: int, key: str) -> None:
    """Write beside and move into place, so that half a set is never found."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix="demonstration-", dir=folder.parent))
    written = write_demonstration(draft, contract, seed=seed)
    record: _Record = {"key": key, "files": [path.name for path in written]}
    (draft / _RECORD).write_text(json.dumps(record), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    logger.info("%s demonstration tables generated in %s", len(written), folder)
