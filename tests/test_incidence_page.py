"""The ways out by month on the page of the funnels, through the front door."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient


def page(client: FlaskClient, query: str, path: str = "/fr/chomage-longue-duree") -> str:
    response = client.get(path + query)
    assert response.status_code == 200
    return re.sub(r"\s*<[^>]*>\s*", " ", html.unescape(response.get_data(as_text=True)))


def test_the_switch_compares_all_cohorts_at_the_same_month(client: FlaskClient) -> None:
    """On 31/10/2026, three months of delay: at six months 2025-Q4 is the last, at twelve 2025-Q2."""
    six = page(client, "?funnel=F-PREV")
    assert "À 6 mois pour toutes les cohortes" in six
    assert "suivies 6 mois\u00a0: T1\u00a02026, T2\u00a02026, T3\u00a02026." in six
    twelve = page(client, "?funnel=F-PREV&months=12")
    assert "suivies 12 mois\u00a0: T3\u00a02025, T4\u00a02025, T1\u00a02026, T2\u00a02026" in twelve
    assert "À 6 mois pour toutes" in page(client, "?funnel=F-PREV&months=7"), "not among the choices"


def test_the_choice_of_months_keeps_what_was_asked(client: FlaskClient) -> None:
    found = client.get("/nl/langdurige-werkloosheid?funnel=F-PART&group=SEX.F").get_data(as_text=True)
    links = re.findall(r'href="([^"]*#equal-months)"', html.unescape(found))
    assert links[:3] == [
        f"/nl/langdurige-werkloosheid?funnel=F-PART&group=SEX.F&months={m}#equal-months" for m in (3, 6, 12)
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?funnel=F-SI.BF", "ne disent pas dans quel mois"),
        ("?funnel=F-PREV&group=AGE.Y_LT25", "ne disent pas dans quel mois"),
        ("?funnel=F-PREV&cohort=2026-Q3", "aucun mois ou groupe de mois n’a encore été suivi"),
        ("?funnel=F-PART&group=SEX.F&against=SEX.M", "Hommes, au même mois"),
    ],
)
def test_curves_or_the_reason_why_not(client: FlaskClient, query: str, said: str) -> None:
    assert said in page(client, query)
