"""Settings: the defaults, every wrong value with its name, and what is never said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.i18n.translate import LANGUAGES, translator
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import SettingError
from data_access.settings import Settings

ROOT = Path(__file__).parents[2]


def example() -> dict[str, str]:
    """Names and defaults of ``.env.example``."""
    text = (ROOT / ".env.example").read_text("utf-8")
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def readme() -> dict[str, str]:
    """Names and defaults of the settings table of the README."""
    text = (ROOT / "README.md").read_text("utf-8")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)?", text, re.MULTILINE))


def wrong(**environment: str) -> SettingError:
    with pytest.raises(SettingError) as caught:
        Settings.from_env(environment)
    return caught.value


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_env({}) == Settings()


def test_the_readme_shows_the_settings_of_the_example_and_their_defaults() -> None:
    assert len(example()) > 10
    assert readme() == example()


def test_every_setting_of_the_example_is_explained_above_it() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    explained = False
    for line in lines:
        explained = line.startswith("# ") or (explained and "=" in line)
        assert explained or not line, line


def test_values_are_read(tmp_path: Path) -> None:
    settings = Settings.from_env(
        {
            "PORT": " 9000 ",
            "DATA_DIR": str(tmp_path / "new" / "folder"),
            "TABLES": "published",
            "REDIS_URL": "redis://cache:6379/3",
            "MIN_COUNT": "6",
        }
    )
    assert settings.port == 9000
    assert settings.database_url == f"sqlite:///{tmp_path}/new/folder/dashboard.sqlite3"
    assert settings.tables == "published"
    assert settings.redis_url == "redis://cache:6379/3"
    assert settings.small_cells == SmallCellRule(min_count=6, min_count_sensitive=10, min_denominator=30)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "0", "1 … 65535"),
        ("PORT", "65536", "1 … 65535"),
        ("PORT", "80a", "1 … 65535"),
        ("WORKERS", "-1", "1 … 64"),
        ("THREADS", "1.5", "1 … 64"),
        ("BEHIND_PROXY", "yes", "0 | 1"),
        ("TABLES", "none", "all | published"),
        ("LOG_LEVEL", "info", "DEBUG | INFO | WARNING | ERROR"),
        ("DATABASE_URL", "mysql://host/name", "sqlite:///… | postgresql://…/… | postgres://…/…"),
        ("DATABASE_URL", "postgresql://host", "sqlite:///… | postgresql://…/… | postgres://…/…"),
        ("DATABASE_URL", "postgresql://host:port/name", "sqlite:///… | postgresql://…/… | postgres://…/…"),
        ("DATABASE_URL", "sqlite://", "sqlite:///… | postgresql://…/… | postgres://…/…"),
        ("DATABASE_URL", "dashboard.sqlite3", "sqlite:///… | postgresql://…/… | postgres://…/…"),
        ("REDIS_URL", "127.0.0.1:6379", "redis://… | rediss://… | unix://…"),
        ("REDIS_URL", "redis://host:port", "redis://… | rediss://… | unix://…"),
        ("DATA_DIR", "/dev/null", "drwx"),
        ("DATA_DIR", "/dev/null/var", "drwx"),
        ("MIN_COUNT", "0", "1 … 1000"),
        ("MIN_COUNT_SENSITIVE", "3", "4 … 1000"),
        ("MIN_DENOMINATOR", "0", "1 … 10000"),
        ("MAX_FILE_MB", "0", "1 … 10000"),
        ("MAX_UNPACKED_MB", "many", "1 … 100000"),
        ("DEMONSTRATION_SEED", "2147483648", "0 … 2147483647"),
    ],
)
def test_a_wrong_value_names_itself_and_what_was_expected(name: str, value: str, expected: str) -> None:
    error = wrong(**{name: value})
    assert error.code == "wrong_setting"
    assert error.facts == {"name": name, "value": value, "expected": expected}


def test_all_wrong_values_are_said_at_once() -> None:
    error = wrong(PORT="0", TABLES="none", WORKERS="4")
    assert error.code == "wrong_settings"
    assert error.facts == {"problems": "PORT=0 (1 … 65535); TABLES=none (all | published)"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("environment", [{"PORT": "0"}, {"PORT": "0", "THREADS": "0"}, {"HOST": "0.0.0.0"}])
def test_what_is_wrong_has_a_sentence(language: str, environment: dict[str, str]) -> None:
    error = wrong(**environment)
    sentence = translator(language)(f"error.{error.code}", **error.facts)
    assert all(f"{name}" in sentence and value in sentence for name, value in environment.items())


def test_a_password_is_never_repeated() -> None:
    assert "se@cret" not in str(wrong(DATABASE_URL="mysql://someone:se@cret@host/name").facts)
    settings = Settings.from_env(
        {"DATABASE_URL": "postgresql://a:secret@host/name", "REDIS_URL": "redis://:secret@host/0"}
    )
    assert "secret" not in repr(settings)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "dashboard.example"])
def test_an_open_address_is_refused_without_a_proxy(host: str) -> None:
    error = wrong(HOST=host)
    assert error.code == "host_needs_proxy"
    assert error.facts["name"] == "HOST"
    assert Settings.from_env({"HOST": host, "BEHIND_PROXY": "1"}).behind_proxy


@pytest.mark.parametrize(
    ("host", "written"),
    [("127.0.0.1", "127.0.0.1"), ("127.0.0.9", "127.0.0.9"), ("localhost", "localhost"), ("::1", "[::1]")],
)
def test_a_loopback_address_needs_no_proxy(host: str, written: str) -> None:
    assert Settings.from_env({"HOST": host}).host == written
