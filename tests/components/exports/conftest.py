"""The slides and the workbook of the shipped data, made once for each language."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from PIL import Image

from components.exports.asked import Asked
from components.exports.exhibit import Drawing
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.data_state import get_data_state

LANGUAGES = ("fr", "nl")
Convert = Callable[[bytes, str], int]


def asked_in(language: str, rule: SmallCellRule = SmallCellRule()) -> Asked:
    """Everything, as the current version has it."""
    state = get_data_state()
    return Asked(language, {}, state.version, state.cutoff, rule)


def grey(drawing: Drawing, width: int, height: int) -> bytes:
    """A picture of the promised size, in the place of a browser's."""
    out = io.BytesIO()
    Image.new("RGB", (2 * width, 2 * height), "#888888").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module", params=LANGUAGES)
def asked(app: Dash, request: pytest.FixtureRequest) -> Asked:
    return asked_in(request.param)


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Opens an Office file in LibreOffice, prints it to PDF, and counts the pages."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(
            "!!! soffice is not installed (apt-get install libreoffice-impress-nogui "
            "libreoffice-calc-nogui): NOTHING was opened by LibreOffice"
        )

    def pages(content: bytes, name: str) -> int:
        folder: Path = tmp_path_factory.mktemp("office")
        (folder / name).write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command: list[Any] = [
            program,
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            folder / name,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        made = next(folder.glob("*.pdf")).read_bytes()
        return made.count(b"/Type/Page/")

    return pages
