"""Every address of ours on the page of an edition names it, and no other does."""

from __future__ import annotations

import dash_bootstrap_components as dbc
import pytest
from dash import html

from components.edition_links import edition_of, keep_edition, with_edition
from components.prerender import to_html, to_plain


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/fr/", "/fr/?edition=2026-11"),
        ("/nl/gemeenten?view=map", "/nl/gemeenten?view=map&edition=2026-11"),
        ("/fr/methode#definition-OS2.03", "/fr/methode?edition=2026-11#definition-OS2.03"),
        ("/export/map.csv?lang=fr", "/export/map.csv?lang=fr&edition=2026-11"),
        ("/fr/?edition=2026-09", "/fr/?edition=2026-09"),
        ("#content", "#content"),
        ("https://www.actiris.brussels/fr/", "https://www.actiris.brussels/fr/"),
        ("/frites", "/frites"),
        ("/assets/favicon.svg", "/assets/favicon.svg"),
    ],
)
def test_an_address_gets_the_edition_once_and_before_its_anchor(address: str, expected: str) -> None:
    assert with_edition(address, "2026-11") == expected


def test_links_and_forms_keep_it_and_what_leads_out_does_not() -> None:
    tree = html.Div(
        [
            html.P(html.A("a", href="/fr/attention")),
            html.Form(dbc.Input(name="q", value="x"), method="get", action="/fr/recherche"),
            html.A("now", href="/fr/", **{"data-now": ""}),
            "text",
            None,
        ]
    )
    painted = to_html(keep_edition(to_plain(tree), "2026-11"))
    assert 'href="/fr/attention?edition=2026-11"' in painted
    assert '<input class="form-control" name="edition" type="hidden" value="2026-11">' in painted
    assert 'href="/fr/"' in painted


def test_without_an_edition_nothing_changes() -> None:
    plain = to_plain(html.A("a", href="/fr/"))
    assert keep_edition(plain, "") is plain


def test_the_edition_of_a_query_string() -> None:
    assert edition_of("?view=map&edition=2026-11") == "2026-11"
    assert edition_of("") == edition_of(None) == ""
