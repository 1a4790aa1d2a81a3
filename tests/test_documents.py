"""What is written about the project agrees with it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from data_access.domain.confidentiality import SmallCellRule
from data_access.settings import Settings

ROOT = Path(__file__).parents[1]


def names_in_env_example() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), flags=re.M))


def names_in_settings() -> set[str]:
    own = {f.name.upper() for f in dataclasses.fields(Settings)} - {"SMALL_CELLS"}
    return own | {f.name.upper() for f in dataclasses.fields(SmallCellRule)}


def test_the_example_environment_lists_every_setting() -> None:
    assert names_in_env_example() == names_in_settings()


def test_the_example_environment_is_the_default_one() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    environment = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, flags=re.M))
    assert Settings.from_env(environment) == Settings.from_env({}) == Settings()


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {name for name in names_in_settings() if f"`{name}`" not in readme} == set()


def test_every_link_of_the_readme_leads_somewhere() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", readme) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
