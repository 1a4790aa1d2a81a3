"""An edition stays chosen from page to page: every address of ours on its pages names it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from components.prerender import to_plain
from components.still import to_still

PARAMETER = "edition"
NOW = "now"  # in a choice of editions: none, the data of this moment
_OURS = re.compile(r"/(fr|nl|export|reports)(/|$)")
_NOW = "data-now"  # marks an address that leads out of the edition


def edition_of(search: str | None) -> str:
    """The code of the edition that the query string of a page names, empty for none."""
    return parse_qs((search or "").removeprefix("?")).get(PARAMETER, [""])[0]


def keep_edition(node: Any, code: str) -> Any:
    """A tree of plain values with the edition in each link to a page or a file, and in each form.

    Args:
        node: of ``prerender.to_plain``.
        code: of the edition; nothing changes when it is empty.
    """
    if not code or node is None:
        return node
    if isinstance(node, list):
        return [keep_edition(item, code) for item in node]
    if not isinstance(node, dict) or "props" not in node:
        return node
    props = {name: keep_edition(value, code) for name, value in node["props"].items()}
    if _NOW in props:
        return {**node, "props": props}
    if isinstance(props.get("href"), str):
        props["href"] = with_edition(props["href"], code)
    if node["type"] == "Form" and _OURS.match(props.get("action") or "/fr/"):
        props["children"] = [*_as_list(props.get("children")), _hidden(code)]
    return {**node, "props": props}


def sent(node: Any, code: str) -> Any:
    """What a callback on a page of an edition answers with: its still parts as HTML, its addresses in it."""
    return to_still(keep_edition(to_plain(node), code))


def with_edition(address: str, code: str) -> str:
    """An address with the edition in its query, when it is one of ours and names none."""
    if not code or not _OURS.match(address) or f"{PARAMETER}=" in address:
        return address
    path, mark, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={code}{mark}{anchor}"


def _hidden(code: str) -> dict[str, Any]:
    field = {"type": "hidden", "name": PARAMETER, "value": code}
    return {"props": field, "type": "Input", "namespace": "dash_bootstrap_components"}


def _as_list(children: Any) -> list[Any]:
    return children if isinstance(children, list) else [] if children is None else [children]
