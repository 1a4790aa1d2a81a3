"""The same SVG every time: without what plotly.js makes up anew at each drawing."""

from __future__ import annotations

import re

_ID = re.compile(r'\bid="([^"]+)"')
_CLASS = re.compile(r'\s(?:class|data-[a-z-]+)="[^"]*"|\sstyle=""')
_REFERENCE = re.compile(r"""(\bid="|#)([^"')&]+)(?=["')&])""")


def same_svg(svg: str) -> str:
    """The SVG with its ids counted instead of drawn by lot.

    Classes go, which nothing refers to, and so do empty styles, which are written here or there by chance.
    """
    svg = _CLASS.sub("", svg)
    names = {name: f"i{number}" for number, name in enumerate(dict.fromkeys(_ID.findall(svg)))}
    return _REFERENCE.sub(lambda found: found[1] + names.get(found[2], found[2]), svg)
