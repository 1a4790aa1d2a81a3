"""Comments written in the browser: checked as a file is, versioned, and never over somebody else's words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.actions.write_comment import Comment, Part, write_comment
from data_access.contract.load import contract
from data_access.domain.errors import ImportRejected, UserError
from data_access.repositories.batches import Batch, load_batches, load_data_version
from data_access.repositories.remarks import load_remarks
from tests.data_access.builders import NOON, observation, publish, remark

DAY = date(2026, 11, 27)
FINDING = Part("finding", None, "", "Le taux monte.", "")
ACTION = Part("action", None, "2027-03-31", "Vérifier.", "Nakijken.")
COMMENT = Comment("OS1.01", "_T", DAY, "direction", "directie", (FINDING, ACTION))


def write(
    engine: Engine, comment: Comment = COMMENT, *, by: str = "Anna", seen: int | None = None
) -> Batch | None:
    with engine.connect() as connection:
        version = load_data_version(connection) if seen is None else seen
    return write_comment(engine, contract(), comment, by=by, now=NOON, seen=version)


def said(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        found = load_remarks(connection, ["OS1.01"])
    return list(found[["kind", "rank", "text_fr", "text_nl"]].itertuples(index=False, name=None))


def test_a_comment_is_a_batch_with_its_author_and_each_part_a_row(engine: Engine) -> None:
    batch = write(engine)
    assert batch is not None
    assert (batch.by, batch.provenance, batch.file_name) == (
        "Anna",
        "official",
        "remark-OS1.01-2026-11-27.csv",
    )
    assert batch.counts["remark"]["new"] == 2
    assert said(engine) == [("finding", 1, "Le taux monte.", ""), ("action", 1, "Vérifier.", "Nakijken.")]


def test_two_who_comment_at_once_both_have_their_say(engine: Engine) -> None:
    """Neither saw the other: both pages were of the same version."""
    write(engine, replace(COMMENT, parts=(FINDING,)), seen=0)
    other = replace(COMMENT, parts=(replace(FINDING, fr="Autre chose."),))
    write(engine, other, by="Bert", seen=0)
    assert said(engine) == [("finding", 1, "Le taux monte.", ""), ("finding", 2, "Autre chose.", "")]


def test_four_who_publish_in_the_same_moment_lose_nothing(engine: Engine) -> None:
    """Each attempt that fails is one that another won: four of them need four tries at most."""
    texts = [f"Texte {n}." for n in range(4)]

    def comment(text: str) -> None:
        write(engine, replace(COMMENT, parts=(replace(FINDING, fr=text),)), by=text, seen=0)

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(comment, texts))
    assert sorted(text for _, _, text, _ in said(engine)) == texts
    assert sorted(rank for _, rank, _, _ in said(engine)) == [1, 2, 3, 4]


def test_what_is_sent_twice_is_published_once(engine: Engine) -> None:
    write(engine)
    assert write(engine) is None
    with engine.connect() as connection:
        assert len(load_batches(connection)) == 1


def test_a_translation_follows_and_only_what_changed_is_a_row(engine: Engine) -> None:
    write(engine)
    translated = replace(FINDING, rank=1, nl="Het percentage stijgt.")
    batch = write(engine, replace(COMMENT, parts=(translated, replace(ACTION, rank=1))))
    assert batch is not None
    assert batch.counts["remark"] == {"read": 1, "new": 0, "revised": 1, "unchanged": 0, "removed": 0}
    assert said(engine)[0] == ("finding", 1, "Le taux monte.", "Het percentage stijgt.")


def test_nobody_replaces_words_that_they_have_not_seen(engine: Engine) -> None:
    first = write(engine)
    assert first is not None
    hers = replace(COMMENT, parts=(replace(FINDING, rank=1, fr="Elle."),))
    mine = replace(COMMENT, parts=(replace(FINDING, rank=1, fr="Moi."),))
    write(engine, hers, seen=first.id)
    with pytest.raises(UserError, match="row_moved"):
        write(engine, mine, seen=first.id)
    assert said(engine)[0][2] == "Elle."
    write(engine, mine)  # who has seen hers may
    assert said(engine)[0][2] == "Moi."


def test_a_load_of_something_else_is_in_nobodys_way(engine: Engine) -> None:
    first = write(engine)
    assert first is not None
    publish(engine, observation())
    assert write(engine, replace(COMMENT, parts=(replace(FINDING, rank=1, fr="Après."),)), seen=first.id)
    assert said(engine)[0][2] == "Après."


def test_a_part_that_was_taken_back_meanwhile_is_not_written_again_unseen(engine: Engine) -> None:
    with pytest.raises(UserError, match="row_moved"):
        write(engine, replace(COMMENT, parts=(replace(FINDING, rank=1),)))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((), "comment_empty"),
        ((replace(FINDING, fr=""),), "comment_empty"),
        ((replace(FINDING, rank=1, fr=""), ACTION), "comment_part_erased"),
    ],
)
def test_a_comment_says_something_and_nothing_is_erased(
    engine: Engine, parts: tuple[Part, ...], code: str
) -> None:
    publish(engine, remarks=(remark(day=DAY),))
    with pytest.raises(UserError, match=code):
        write(engine, replace(COMMENT, parts=parts))
    assert len(said(engine)) == 1


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        (replace(COMMENT, role_nl=""), "empty_cell"),
        (replace(COMMENT, parts=(replace(FINDING, fr="x" * 1001),)), "text_too_long"),
        (replace(COMMENT, parts=(replace(ACTION, due="demain"),)), "unreadable_date"),
        (replace(COMMENT, parts=(replace(FINDING, due="2027-03-31"),)), "due_without_action"),
        (replace(COMMENT, operator="ACME"), "unknown_item"),
    ],
)
def test_the_checks_are_those_of_a_file(engine: Engine, comment: Comment, problem: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        write(engine, comment)
    assert problem in {each.code for each in refused.value.report.problems}
    with engine.connect() as connection:
        assert load_data_version(connection) == 0
