"""typst in a process of its own: ``python -m components.exports.pack.compiler FOLDER``.

The compiler keeps half a gigabyte of what it has laid out for as long as its process lives; here it goes
when the pages are done, and two language versions are measured at the same time.

The folder holds ``main.typ`` and what it reads, and ``task.json``: ``fonts``, and of a document its
``standard`` and ``timestamp``. Written into it: ``marks.json`` (what the pages say of themselves, by label)
and, where a standard is asked for, ``out.pdf``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

LABELS = ("start", "size")


def compile_folder(folder: Path) -> None:
    """Compile the document of a folder; an error of the compiler is a defect of a template."""
    task = json.loads((folder / "task.json").read_text("utf-8"))
    compiler = typst.Compiler(
        str(folder / "main.typ"), root=str(folder), font_paths=[task["fonts"]], ignore_system_fonts=True
    )
    if task["standard"] is not None:
        pdf = compiler.compile(format="pdf", pdf_standards=[task["standard"]], timestamp=task["timestamp"])
        assert isinstance(pdf, bytes), "one document"
        (folder / "out.pdf").write_bytes(pdf)
    marks = {label: json.loads(compiler.query(f"<{label}>", field="value")) for label in LABELS}
    (folder / "marks.json").write_text(json.dumps(marks), "utf-8")


if __name__ == "__main__":
    compile_folder(Path(sys.argv[1]))
