"""``python -m components.figures.bundle.build``: make the small plotly.js, where Node and npm are there.

Without them the stock bundle of the Python package serves, three times as large; nothing else changes.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from components.figures.bundle.serve import SUFFIXES, built_file

HERE = Path(__file__).parent
SOURCES = ("package.json", "package-lock.json", "entry.js")
# No script of any package runs: esbuild's program is in its package.
INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
ESBUILD = [
    "entry.js",
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=Plotly",
    "--target=es2020",
    "--define:global=window",
    "--loader:.css=empty",
    "--legal-comments=inline",
    "--banner:js=/* plotly.js, with the traces that are used; (c) Plotly, Inc., MIT licence */",
    "--log-level=error",
    "--outfile=plotly.min.js",
]


class BuildError(Exception):
    """Why there is no bundle of our own, in words for whoever installs."""


def main() -> int:
    """Build, or say in one line why the stock bundle serves; never a failure of the set-up."""
    try:
        body = build()
    except (BuildError, OSError, subprocess.TimeoutExpired) as error:
        built_file().unlink(missing_ok=True)
        print(f"plotly.js: the stock bundle serves, a larger one ({error}); `make plotly` tries again")  # noqa: T201
        return 0
    write(body)
    print(f"plotly.js: {len(body) / 1e6:.1f} MB with the traces that are used")  # noqa: T201
    return 0


def build() -> bytes:
    """The bundle's text, made in a folder that is thrown away.

    Raises:
        BuildError: Node or npm is missing, or one of them failed.
    """
    missing = [program for program in ("node", "npm") if shutil.which(program) is None]
    if missing:
        raise BuildError(f"{' and '.join(missing)} not on the PATH; Debian: apt-get install nodejs npm")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in SOURCES:
            shutil.copy(HERE / source, folder)
        _run(["npm", *INSTALL], folder)
        _run([str(folder / "node_modules/.bin/esbuild"), *ESBUILD], folder)
        return (folder / "plotly.min.js").read_bytes()


def write(body: bytes) -> None:
    """Keep the bundle and its compressed forms; the plain one last, for it says that all are there."""
    target = built_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    compressed = {"br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, 9, mtime=0)}
    for encoding, content in compressed.items():
        target.with_name(target.name + SUFFIXES[encoding]).write_bytes(content)
    target.write_bytes(body)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603  the commands of this file
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise BuildError(f"{Path(command[0]).name} failed: {lines[0]}")


if __name__ == "__main__":
    sys.exit(main())
