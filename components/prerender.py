"""The first page as plain HTML, so that it is painted before the first script runs.

Dash builds its page in the browser after loading React; a reader would look at nothing for half a
second. The same component tree is written here as HTML into the index; ``assets/page.js`` swaps it for
the live page in one frame. The page also reads and prints where scripts are off.
"""

from __future__ import annotations

from html import escape
from typing import Any

from dash.development.base_component import Component

VOID = {"img", "input", "br", "hr", "col", "source", "wbr"}
STILL = "data-still"  # holds the HTML of a part that never changes (``components/still.py``)
_SKIPPED = {STILL, "children", "id", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"}
_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "tabIndex": "tabindex",
}
_BOOLEAN = {"hidden", "open", "disabled", "checked"}


def to_plain(node: Any) -> Any:
    """A component tree as the plain values that Dash sends to the browser (and that a cache can keep)."""
    if isinstance(node, Component):
        plain = node.to_plotly_json()  # type: ignore[no-untyped-call]
        return {**plain, "props": {name: to_plain(value) for name, value in plain["props"].items()}}
    if isinstance(node, (list, tuple)):
        return [to_plain(item) for item in node]
    return node


def to_html(node: Any) -> str:
    """HTML of a component tree given as plain values (``to_plain``)."""
    if node is None:
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(map(to_html, node))
    if not isinstance(node, dict):
        return escape(str(node), quote=False)
    return _element(node["type"], node.get("props", {}), node.get("namespace", ""))


def _element(kind: str, props: dict[str, Any], namespace: str) -> str:
    if namespace != "dash_html_components":
        return _control(kind, props)
    tag = kind.lower()
    opening = f"<{tag}{_attributes(props)}>"
    inside = props.get(STILL) or to_html(props.get("children"))
    return opening if tag in VOID else f"{opening}{inside}</{tag}>"


def _control(kind: str, props: dict[str, Any]) -> str:
    """The controls of dash-bootstrap-components that a page shows at once.

    Of a ``dcc.Graph`` nothing is painted: its frame is (``components/figures/graph.py``).
    """
    if kind == "Select":
        chosen = props.get("value")
        options = "".join(
            f'<option value="{escape(str(o["value"]))}"{" selected" if o["value"] == chosen else ""}>'
            f"{escape(o['label'])}</option>"
            for o in props.get("options", [])
        )
        return f'<select class="form-select"{_attributes(props, only=("name",))}>{options}</select>'
    if kind == "Textarea":
        named = _attributes(props, only=("name", "rows"))
        return f'<textarea class="form-control"{named}>{escape(str(props.get("value") or ""))}</textarea>'
    if kind == "Input":
        return (
            f'<input class="form-control"{_attributes(props, only=("type", "name", "value", "placeholder"))}>'
        )
    return to_html(props.get("children"))


def _attributes(props: dict[str, Any], only: tuple[str, ...] | None = None) -> str:
    return "".join(
        _attribute(name, value)
        for name, value in sorted(props.items())
        if name not in _SKIPPED and value is not None and (only is None or name in only)
    )


def _attribute(name: str, value: Any) -> str:
    if name in _BOOLEAN:
        return f" {name}" if value else ""
    if name == "style":
        value = ";".join(f"{_kebab(key)}:{item}" for key, item in value.items())
    return f' {_NAMES.get(name, name)}="{escape(str(value))}"'


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
