"""Which sums a table's keys tell of, and which they do not."""

from __future__ import annotations

from data_access.domain.confidentiality.cells import Cell, ConfStatus, Relation
from data_access.domain.confidentiality.relations import Key, Partition, derive_relations, make_table

COMMUNES, INSIDE, OUTSIDE = ("c1", "c2", "c3"), ("c1", "c2"), ("c3",)
AREAS = [
    Partition(1, "BRU", COMMUNES),
    Partition(1, "IN", INSIDE),
    Partition(1, "OUT", OUTSIDE),
    Partition(1, "BRU", ("IN", "OUT")),
]
SEX = Partition(2, "_T", ("F", "M", "X"), optional=frozenset({"X"}))
AGE = Partition(3, "Y25T49", ("Y25T29", "Y30T49"))


def keys(*items: str) -> list[Key]:
    return [("count", *item.split()) for item in items]


def sums(found: tuple[Relation[Key], ...]) -> set[tuple[str, str, bool]]:
    return {
        (" ".join(r.whole[1:]), " + ".join(" ".join(part[1:]) for part in r.parts), r.rest) for r in found
    }


def test_the_region_its_communes_and_both_sides_of_the_croissant() -> None:
    found = derive_relations(keys("BRU", "IN", "OUT", "c1", "c2", "c3"), AREAS)
    assert sums(found) == {
        ("BRU", "c1 + c2 + c3", False),
        ("IN", "c1 + c2", False),
        ("OUT", "c3", False),
        ("BRU", "IN + OUT", False),
    }


def test_every_line_of_two_dimensions() -> None:
    areas = [Partition(1, "BRU", ("c1", "c2"))]
    every = [f"{area} {sex}" for area in ("BRU", "c1", "c2") for sex in ("_T", "F", "M")]
    found = derive_relations(keys(*every), [*areas, SEX])
    assert len(found) == 6
    assert ("c1 _T", "c1 F + c1 M", False) in sums(found)
    assert ("BRU F", "c1 F + c2 F", False) in sums(found)


def test_an_optional_item_that_never_occurs_does_not_exist_and_another_leaves_a_rest() -> None:
    found = derive_relations(keys("BRU _T", "BRU F"), [SEX])
    assert sums(found) == {("BRU _T", "BRU F", True)}  # nobody named the men: the women are a part
    found = derive_relations(keys("BRU _T", "BRU F", "BRU M"), [SEX])
    assert sums(found) == {("BRU _T", "BRU F + BRU M", False)}


def test_an_item_absent_from_one_line_is_an_unknown_count_there() -> None:
    every = keys("BRU _T", "BRU F", "BRU M", "BRU X", "c1 _T", "c1 F", "c1 M")
    table = make_table({key: Cell(9) for key in every}, [SEX])
    assert ("c1 _T", "c1 F + c1 M + c1 X", False) in sums(table.relations)
    assert table.cells[("count", "c1", "X")] == Cell(None, ConfStatus.MISSING)


def test_an_absent_whole_binds_only_through_another_relation() -> None:
    assert derive_relations(keys("c1", "c2"), [Partition(1, "IN", INSIDE)]) == ()
    found = derive_relations(keys("BRU", "OUT", "c1", "c2"), AREAS[1:])
    assert sums(found) == {("BRU", "OUT", True)}
    crossed = keys("BRU _T", "BRU M", "c1 F", "c2 F", "c1 _T", "c2 _T")
    found = derive_relations(crossed, [Partition(1, "BRU", ("c1", "c2")), SEX])
    assert ("BRU F", "c1 F + c2 F", False) in sums(found)  # it is what the Region has without its men


def test_a_line_without_any_part_says_nothing() -> None:
    """One margin by commune and one by sex: what a commune has by sex is bound by neither."""
    every = keys("BRU _T", "BRU F", "BRU M", "c1 _T", "c2 _T")
    found = derive_relations(every, [Partition(1, "BRU", ("c1", "c2")), SEX])
    assert sums(found) == {("BRU _T", "BRU F + BRU M", False), ("BRU _T", "c1 _T + c2 _T", False)}
    assert derive_relations(keys("BRU _T"), [SEX]) == ()


def test_groups_of_groups() -> None:
    every = keys("BRU _T Y25T49", "BRU _T Y25T29", "BRU _T Y30T49")
    assert sums(derive_relations(every, [AGE])) == {("BRU _T Y25T49", "BRU _T Y25T29 + BRU _T Y30T49", False)}


def test_the_order_of_keys_does_not_matter() -> None:
    every = keys("BRU", "IN", "OUT", "c1", "c2", "c3")
    assert derive_relations(every, AREAS) == derive_relations(reversed(every), AREAS)
