"""Decisions and versions of remarks: now, at earlier versions, taken back, and in an edition's digest."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data_access.actions.create_edition import create_edition, verify_edition
from data_access.db.reading import at_version
from data_access.domain.edition import Draft
from data_access.imports.commit import withdraw_batch
from data_access.repositories.decisions import COLUMNS, load_codes, load_decisions
from data_access.repositories.remark_versions import COLUMNS as VERSIONS
from data_access.repositories.remark_versions import load_remark_versions
from tests.data_access.builders import NOON, decision, publish, remark


def codes(engine: Engine, as_of: int | None = None, indicator: str | None = None) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        found = load_decisions(at_version(connection, as_of), indicator)
    return list(found[["decision", "state"]].itertuples(index=False, name=None))


def test_a_decision_comes_back_with_its_types_also_when_there_is_none(engine: Engine) -> None:
    with engine.connect() as connection:
        assert load_decisions(connection).dtypes.astype(str).to_dict() == dict(COLUMNS)
        assert load_remark_versions(connection, "OS1.01", "_T").dtypes.astype(str).to_dict() == dict(VERSIONS)
    batch = publish(engine, decisions=(decision(due=None),), provenance="demonstration")
    with engine.connect() as connection:
        found = load_decisions(connection)
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)
    (row,) = found.to_dict("records")
    assert (row["due"], row["closed_on"], row["meeting"]) == (None, None, date(2026, 3, 26))
    assert (row["provenance"], row["first_batch"]) == ("demonstration", batch.id)


def test_a_decision_that_is_closed_still_reads_as_open_at_the_version_before(engine: Engine) -> None:
    first = publish(engine, decisions=(decision(), decision(decision="D-2026-03-02", indicator="")))
    closed = decision(state="done", closed_on=date(2026, 9, 1))
    second = publish(engine, decisions=(closed,))
    assert second.counts["decision"] == {"read": 1, "new": 0, "revised": 1, "unchanged": 0, "removed": 0}
    assert codes(engine) == [("D-2026-03-01", "done"), ("D-2026-03-02", "open")]
    assert codes(engine, first.id) == [("D-2026-03-01", "open"), ("D-2026-03-02", "open")]
    assert codes(engine, indicator="OS1.01") == [("D-2026-03-01", "done")]
    withdraw_batch(engine, second.id, by="tester", reason="", at=NOON)
    assert codes(engine) == [("D-2026-03-01", "open"), ("D-2026-03-02", "open")]


def test_a_code_is_known_for_good(engine: Engine) -> None:
    batch = publish(engine, decisions=(decision(),))
    withdraw_batch(engine, batch.id, by="tester", reason="", at=NOON)
    with engine.connect() as connection:
        assert load_codes(connection) == {"D-2026-03-01"}


def test_the_digest_of_an_edition_is_over_its_decisions(engine: Engine) -> None:
    first = publish(engine, decisions=(decision(),))
    second = publish(engine, decisions=(decision(text_fr="autre"),))

    def freeze(meeting: date, version: int) -> str:
        draft = Draft(meeting, version, "{}", "method", ())
        return create_edition(engine, draft, by="tester", now=NOON).sha256

    digests = {freeze(date(2026, 3, 26), first.id), freeze(date(2026, 4, 30), second.id)}
    assert len(digests) == 2
    publish(engine, decisions=(decision(state="dropped", closed_on=date(2026, 5, 1)),))
    assert verify_edition(engine, "2026-03")
    assert verify_edition(engine, "2026-04")


def test_every_version_of_a_remark_is_kept_with_who_published_it(engine: Engine) -> None:
    first = publish(engine, remarks=(remark(text_fr="un"),), by="Anna")
    publish(engine, remarks=(remark(text_fr="deux"), remark(operator="BF")), by="Bert")
    with engine.connect() as connection:
        now = load_remark_versions(connection, "OS1.01", "_T")
        then = load_remark_versions(at_version(connection, first.id), "OS1.01", "_T")
    assert list(now[["text_fr", "by"]].itertuples(index=False, name=None)) == [
        ("deux", "Bert"),
        ("un", "Anna"),
    ]
    assert then["text_fr"].tolist() == ["un"]
    assert then["published_at"].tolist() == [NOON]
