"""Office files that are the same bytes whenever they are made: no clock in the archive, none in the text."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def same_bytes(content: bytes, day: date) -> bytes:
    """The same archive with every date of its making replaced, in the workbooks that it embeds as well.

    Args:
        content: of a PPTX or XLSX file.
        day: that the file shall name as the one of its making: the last that its data cover.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, _timeless(name, source.read(name), day))
    return out.getvalue()


def _timeless(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return same_bytes(content, day)
    if name == "docProps/core.xml":
        stamp = f"{day.isoformat()}T00:00:00Z".encode()
        return _STAMP.sub(lambda found: found.group(1) + stamp + found.group(2), content)
    return content
