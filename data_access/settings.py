"""The settings, read once from the environment; ``.env.example`` lists them all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import SettingError

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TABLES = ("all", "published")
DATABASES = {"sqlite": "sqlite:///…", "postgresql": "postgresql://…/…", "postgres": "postgres://…/…"}
CACHES = ("redis", "rediss", "unix")
COMMUNE, COMMUNES = re.compile(r"210(0[1-9]|1\d)"), 19
T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """What an operator may choose; the defaults run on one machine, for one reader, with no server beside it.

    Attributes:
        host: address to listen on, IPv6 in brackets; other than loopback only behind an authenticating proxy.
        data_dir: where the database, the cache and the generated tables live.
        database_url: SQLite in ``data_dir`` by default, or PostgreSQL.
        redis_url: shared cache for several machines; files in ``data_dir`` when None.
        tables: ``all`` the shipped tables, or only the ``published`` ones.
        small_cells: below what nothing is shown.
        own_croissant: NIS codes of the operator's own list of the « croissant pauvre »; empty for none.
        browser_path: Chromium, for exports; the first one on PATH when None.
        max_file_mb: a larger file is refused before it is read; ``max_unpacked_mb`` once unpacked.
        keep_reports: of how many finished packs of each kind the file stays.
        stewards: who may load, withdraw and freeze, as the proxy names them; without a proxy, the reader at
            this machine may.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    behind_proxy: bool = False
    data_dir: Path = Path("var")
    # The two addresses may hold a password: they are left out of what is printed.
    database_url: str = field(default="sqlite:///var/dashboard.sqlite3", repr=False)
    redis_url: str | None = field(default=None, repr=False)
    tables: str = "all"
    workers: int = 2
    threads: int = 4
    log_level: str = "INFO"
    small_cells: SmallCellRule = SmallCellRule()
    own_croissant: tuple[str, ...] = ()
    browser_path: str | None = None
    max_file_mb: int = 50
    max_unpacked_mb: int = 500
    demonstration_seed: int = 2027
    keep_reports: int = 20
    stewards: tuple[str, ...] = ()

    @property
    def inbox_dir(self) -> Path:
        """Where files wait that were sent and not published."""
        return self.data_dir / "inbox"

    @property
    def drafts_dir(self) -> Path:
        """Where forms wait that were refused."""
        return self.data_dir / "drafts"

    @property
    def reports_dir(self) -> Path:
        """Where the files of packs are; several machines share this folder."""
        return self.data_dir / "reports"

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Settings:
        """Read every setting.

        Raises:
            SettingError: ``wrong_setting`` names the setting, its value and what was expected,
                ``wrong_settings`` the same of several at once; ``host_needs_proxy`` when the address
                would be open to others without authentication.
        """
        read = _Reader(environment)
        data_dir = read("DATA_DIR", "var", _folder)
        database = f"sqlite:///{data_dir}/dashboard.sqlite3"
        settings = cls(
            host=read("HOST", "127.0.0.1", _host),
            port=read("PORT", "8050", _between(1, 65535)),
            behind_proxy=read("BEHIND_PROXY", "0", _one_of("0", "1")) == "1",
            data_dir=data_dir,
            database_url=read("DATABASE_URL", database, _database),
            redis_url=read("REDIS_URL", "", _redis),
            tables=read("TABLES", "all", _one_of(*TABLES)),
            workers=read("WORKERS", "2", _between(1, 64)),
            threads=read("THREADS", "4", _between(1, 64)),
            log_level=read("LOG_LEVEL", "INFO", _one_of(*LOG_LEVELS)),
            small_cells=_small_cells(read),
            own_croissant=read("OWN_CROISSANT", "", _communes),
            browser_path=read("BROWSER_PATH", "", _program),
            max_file_mb=read("MAX_FILE_MB", "50", _between(1, 10000)),
            max_unpacked_mb=read("MAX_UNPACKED_MB", "500", _between(1, 100000)),
            demonstration_seed=read("DEMONSTRATION_SEED", "2027", _between(0, 2**31 - 1)),
            keep_reports=read("KEEP_REPORTS", "20", _between(1, 10000)),
            stewards=read("STEWARDS", "", _names),
        )
        read.refuse_if_wrong()
        if not settings.behind_proxy and not _is_loopback(settings.host):
            raise SettingError("host_needs_proxy", name="HOST", value=settings.host)
        return settings


class _Wrong(ValueError):
    """A value that does not fit; its text says what was expected."""


class _Reader:
    """Reads names from the environment and collects what is wrong; an empty value counts as not set."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.wrong: list[dict[str, str]] = []

    def __call__(self, name: str, default: str, convert: Callable[[str], T]) -> T:
        text = self.environment.get(name, "").strip() or default
        try:
            return convert(text)
        except _Wrong as wrong:
            self.wrong.append({"name": name, "value": _without_password(text), "expected": str(wrong)})
            return convert(default)

    def refuse_if_wrong(self) -> None:
        """Raise what was collected: an operator mends everything at once."""
        if len(self.wrong) == 1:
            raise SettingError("wrong_setting", **self.wrong[0])
        if self.wrong:
            listed = "; ".join("{name}={value} ({expected})".format(**facts) for facts in self.wrong)
            raise SettingError("wrong_settings", problems=listed)


def _small_cells(read: _Reader) -> SmallCellRule:
    smallest = read("MIN_COUNT", "4", _between(1, 1000))
    return SmallCellRule(
        min_count=smallest,
        # Sensitive cells are never shown sooner than the others.
        min_count_sensitive=read("MIN_COUNT_SENSITIVE", str(max(10, smallest)), _between(smallest, 1000)),
        min_denominator=read("MIN_DENOMINATOR", "30", _between(1, 10000)),
        min_group=read("MIN_GROUP", "50", _between(1, 10000)),
    )


def _communes(text: str) -> tuple[str, ...]:
    """NIS codes between commas, some of the nineteen but not all: the rest is compared with them."""
    codes = tuple(sorted({code.strip() for code in text.split(",") if code.strip()}))
    if not all(COMMUNE.fullmatch(code) for code in codes) or len(codes) >= COMMUNES:
        raise _Wrong("21001,21012,21014")
    return codes


def _names(text: str) -> tuple[str, ...]:
    """Names between commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _host(text: str) -> str:
    return f"[{text}]" if ":" in text and not text.startswith("[") else text


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _without_password(text: str) -> str:
    return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", text)


def _between(low: int, high: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise _Wrong(f"{low} … {high}")
        return int(text)

    return convert


def _one_of(*allowed: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if text not in allowed:
            raise _Wrong(" | ".join(allowed))
        return text

    return convert


def _program(text: str) -> str | None:
    """A program that exists and may be run; none when nothing is said."""
    if text and shutil.which(text) is None:
        raise _Wrong("/usr/bin/chromium")
    return text or None


def _folder(text: str) -> Path:
    """A folder that exists and may be written to, or that can be made."""
    path = Path(text)
    existing = next(p for p in (path, *path.absolute().parents) if p.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise _Wrong("drwx")
    return path


def _database(text: str) -> str:
    """A database that several processes can open: a file of SQLite, or one on a PostgreSQL server."""
    expected = _Wrong(" | ".join(DATABASES.values()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise expected from None
    if url.get_backend_name() not in DATABASES or url.database in {None, "", ":memory:"}:
        raise expected
    return text


def _redis(text: str) -> str | None:
    if not text:
        return None
    try:
        scheme, _port = urlsplit(text).scheme, urlsplit(text).port
    except ValueError:
        scheme = ""
    if scheme not in CACHES:
        raise _Wrong(" | ".join(f"{name}://…" for name in CACHES))
    return text
