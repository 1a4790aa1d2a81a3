"""The choices of the funnel page through the callback endpoint: what an answer holds, and what it leaves."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.still_parts import opened

CONTROLS = ("funnel", "cohort", "group", "against", "figure")
START = {"funnel": "F-PREV", "cohort": "2024-Q2", "group": "0", "against": "0", "figure": "flow"}
OUTPUTS = {
    "funnel-flow.figure": "figure",
    "funnel-flow-frame.aria-label": "alt",
    "funnel-flow-frame.style": "style",
    "funnel-flow-part.hidden": "hidden",
    "funnel-key.children": "key",
    "funnel-text.children": "text",
    "funnel-shown.data": "shown",
    **{f"funnel-{name}.options": "options" for name in CONTROLS[1:]},
    **{f"funnel-{name}.value": "value" for name in CONTROLS[1:]},
}


def version(client: FlaskClient) -> int:
    return int(client.get("/readyz").get_json()["data_version"])


def choose(client: FlaskClient, language: str = "fr", **changed: str) -> dict[str, Any]:
    """The answer to a choice, by component."""
    client.get("/fr/")  # registers the router, as a first visit does
    outputs = [dict(zip(("id", "property"), name.split("."), strict=True)) for name in OUTPUTS]
    asked = START | changed
    shown = {"version": version(client), "query": {n: v for n, v in START.items() if v != "0"}}
    body = {
        "output": "..{}..".format("...".join(OUTPUTS)),
        "outputs": outputs,
        "inputs": [{"id": f"funnel-{n}", "property": "value", "value": asked[n]} for n in CONTROLS],
        "changedPropIds": [f"funnel-{n}.value" for n in changed],
        "state": [
            {"id": "funnel-shown", "property": "data", "value": shown},
            {"id": "funnel-text", "property": "lang", "value": language},
        ],
    }
    response = client.post("/_dash-update-component", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    answer: dict[str, Any] = opened(response.get_json()["response"])
    return answer


def rest(client: FlaskClient, language: str = "fr", **query: str) -> str:
    """What stands under the figure, as text."""
    client.get("/fr/")
    body = {
        "output": "funnel-rest.children",
        "outputs": {"id": "funnel-rest", "property": "children"},
        "inputs": [
            {
                "id": "funnel-shown",
                "property": "data",
                "value": {"version": version(client), "query": query},
            }
        ],
        "changedPropIds": ["funnel-shown.data"],
        "state": [{"id": "funnel-text", "property": "lang", "value": language}],
    }
    response = client.post("/_dash-update-component", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    return json.dumps(opened(response.get_json()["response"])["funnel-rest"]["children"], ensure_ascii=False)


def test_another_cohort_sends_its_traces_and_words_and_no_list(client: FlaskClient) -> None:
    found = choose(client, cohort="2024-Q1")
    assert found["funnel-flow"]["figure"]["__dash_patch_update"]
    assert "T1\u00a02024" in json.dumps(found["funnel-text"]["children"], ensure_ascii=False)
    assert "funnel-group" not in found, "the same groups can be chosen"
    assert found["funnel-shown"]["data"]["query"]["cohort"] == "2024-Q1"


def test_the_answer_is_small(client: FlaskClient) -> None:
    assert len(json.dumps(choose(client, cohort="2024-Q1"))) < 8000


def test_another_funnel_brings_its_own_choices_and_height(client: FlaskClient) -> None:
    found = choose(client, funnel="F-SI.BF")
    groups = {option["value"] for option in found["funnel-group"]["options"]}
    against = {option["value"] for option in found["funnel-against"]["options"]}
    assert "0" in groups
    assert "OPERATOR.VDAB" in against, "the other operator of the same funnel"
    assert "OPERATOR.BF" not in against
    assert found["funnel-flow-frame"]["style"]["height"] == f"{94 + 76 * 4}px", "four stages"


def test_operators_are_compared_and_never_summed(client: FlaskClient) -> None:
    found = rest(client, "nl", funnel="F-SI.BF", cohort="2024-Q2", against="OPERATOR.VDAB")
    assert "Bruxelles Formation en VDAB Brussel, in dezelfde trechter" in found
    assert "Elke operator registreert op zijn manier" in found
    assert "Bij gelijke leeftijd" not in found


def test_those_off_the_path_stand_beside_and_are_no_effect(client: FlaskClient) -> None:
    found = rest(client, funnel="F-PREV", cohort="2024-Q2")
    assert "La même issue pour les autres" in found
    assert "Comparaison non causale" in found
    assert "La même issue" not in rest(client, funnel="F-PREV", cohort="2026-Q1"), (
        "an open cohort tells no end"
    )
    assert "La même issue" not in rest(client, funnel="F-PART", cohort="2024-Q2")


@pytest.mark.parametrize("key", ["figure", "group", "against", "cohort", "funnel"])
def test_what_does_not_exist_falls_back(client: FlaskClient, key: str) -> None:
    found = choose(client, **{key: "<script>"})
    assert "<script>" not in json.dumps({k: v for k, v in found.items() if k != "funnel-shown"})


def test_the_flow_beside_has_its_own_file(client: FlaskClient) -> None:
    """Women beside men, and one operator beside the other: the file is of the second, and answers."""
    for query, subject in (
        ({"funnel": "F-PREV", "cohort": "2024-Q2", "group": "SEX.F", "against": "SEX.M"}, "group=SEX.M"),
        ({"funnel": "F-SI.BF", "cohort": "2024-Q2", "against": "OPERATOR.VDAB"}, "funnel=F-SI.VDAB"),
    ):
        links = re.findall(r'"(/export/funnel\.csv[^"]*)"', rest(client, **query))
        assert len(links) == 2, "one for each flow"
        assert subject in links[1]
        assert client.get(links[1]).status_code == 200
