"""The arrows between the layers: the contracts of pyproject.toml hold, and would notice if they did not."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("pages", "components", "data_access")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the layers in a folder."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )


def test_every_layer_imports_only_what_it_may() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "forbidden", "contract"),
    [
        ("data_access/domain/status.py", "sqlalchemy", "The domain is pure"),
        ("data_access/domain/status.py", "data_access.db.tables", "Within data_access"),
        ("data_access/repositories/batches.py", "data_access.services.scorecard", "Within data_access"),
        ("data_access/services/overview.py", "components.values", "arrows point one way"),
        ("components/values.py", "pages.overview", "arrows point one way"),
        ("components/values.py", "data_access.repositories.batches", "Components never query"),
        ("data_access/contract/load.py", "dash", "Nothing below the screen knows Dash"),
    ],
)
def test_a_planted_import_is_noticed(tmp_path: Path, module: str, forbidden: str, contract: str) -> None:
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, tmp_path / layer, ignore=shutil.ignore_patterns("__pycache__", "*.csv"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as source:
        source.write(f"\nimport {forbidden}\n")
    result = lint(tmp_path)
    assert result.returncode != 0
    # Long names are wrapped, so blanks do not count.
    assert contract in " ".join(result.stdout.split("Broken contracts")[1].split()), result.stdout


def test_whoever_publishes_says_under_which_thresholds() -> None:
    """The defaults are for tests; a deployment's own thresholds reach every publication."""
    publishing = {"load_file", "commit_import", "withdraw_batch", "prepare_database", "publish_submission"}
    publishing |= {"publish_checked", "write_rows", "write_comment", "write_decision"}
    calls = [
        (path.name, call)
        for path in [ROOT / "app.py", *(p for layer in LAYERS for p in (ROOT / layer).rglob("*.py"))]
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in publishing
    ]
    assert len(calls) > 7
    assert [
        (name, call.lineno)
        for name, call in calls
        if "rule" not in {keyword.arg for keyword in call.keywords}
    ] == []
