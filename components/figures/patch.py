"""From one figure to the next: only what differs is sent."""

from __future__ import annotations

from typing import Any

from dash import Patch, no_update

from components.figures.graph import Figure


def figure_patch(before: Figure | None, after: Figure) -> Any:
    """What turns a drawn figure into the next one, for the ``figure`` of a ``dcc.Graph``.

    Traces are compared one by one, and layout key by key; what ``make_graph`` added (the template) stays.

    Args:
        before: the figure that the browser shows; None when it is not known: everything is sent.
        after: the one that it is to show.

    Returns:
        A ``Patch``; ``no_update`` where nothing differs.
    """
    patch = Patch()
    if before is None or len(before["data"]) != len(after["data"]):
        patch["data"] = after["data"]
        changed = True
    else:
        differing = [i for i, trace in enumerate(after["data"]) if trace != before["data"][i]]
        for i in differing:
            patch["data"][i] = after["data"][i]
        changed = bool(differing)
    old = before["layout"] if before else {}
    for key, value in after["layout"].items():
        if key not in old or old[key] != value:
            patch["layout"][key] = value
            changed = True
    for key in old.keys() - after["layout"].keys():
        del patch["layout"][key]
        changed = True
    return patch if changed else no_update
