"""Errors in words, for every code that the program raises."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from components.i18n.errors import error_lines
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import DEFAULT, load_contract
from data_access.domain.errors import DefinitionError
from tests.components.i18n.test_catalogues import SOURCES, sentences

RAISED = re.compile(r'(?:UserError|SettingError|DefinitionError|UnknownIndicator|ImportRejected)\(\s*"(\w+)"')


def test_every_code_that_the_program_raises_has_its_sentence() -> None:
    raised = {code for path in SOURCES for code in RAISED.findall(path.read_text("utf-8"))}
    assert len(raised) > 10
    assert {code for code in raised if f"error.{code}" not in sentences("fr")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_the_contract_is_said_with_file_field_and_reason(
    tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "contract"
    shutil.copytree(DEFAULT, folder)
    first, second = folder / "indicators/os1/OS1.01.toml", folder / "indicators/os2/OS2.03.toml"
    first.write_text(first.read_text("utf-8").replace('polarity = "higher"', 'polarity = "up"'), "utf-8")
    second.write_text(second.read_text("utf-8") + "colour = 1\n", "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_contract(folder)
    lines = list(error_lines(caught.value, translator(language)))
    assert lines[0].startswith("2 ")
    assert any("OS1.01.toml" in line and "polarity" in line and "up" in line for line in lines[1:])
    assert any("OS2.03.toml" in line and "colour" in line for line in lines[1:])
