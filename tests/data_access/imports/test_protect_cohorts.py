"""What publishing hides of cohorts for the sake of others, and that pages show exactly what was judged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select

from data_access.contract.funnel_shapes import make_shape
from data_access.contract.load import contract
from data_access.db.reading import at_version
from data_access.db.tables import protection, suppressed_cohort
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.confidentiality.cells import ConfStatus
from data_access.domain.confidentiality.cohort_vintages import EXITS, STAGES, make_cohort_vintages
from data_access.domain.errors import UserError
from data_access.imports.cohort_suppression import find_cohorts, load_histories
from data_access.imports.commit import protect_again, withdraw_batch
from data_access.repositories.cohort_exits import load_exits
from data_access.repositories.cohort_obstacles import load_obstacles
from data_access.repositories.cohorts import REGION, Place, load_pooled_cohorts
from data_access.services.secrecy import attack_tables
from tests.data_access.builders import NOON, cohort, erase, publish

RULE = SmallCellRule()  # counts from 4, sensitive from 10
FUNNEL = "F-SI"  # S1, S2 of whom it passed on, S3 within S1, S4 of whom that passed on
OUTCOMES = ("next", "employment", "training", "other_exit", "pending")
SIDES = contract().sides
LEAVES = [(sex, side) for sex in ("F", "M") for side in SIDES]
GROUPS: dict[str, tuple[Place, dict[str, str]]] = {
    "everybody": (REGION, {}),
    "F": (REGION, {"sex": "F"}),
    "M": (REGION, {"sex": "M"}),
    **{side: (Place(side, communes), {}) for side, communes in SIDES.items()},
}

Chain = list[list[int]]  # the outcomes of each of the four stages, of one sex on one side


FEW = st.integers(0, 9)
WAYS = st.tuples(FEW, FEW, FEW, st.integers(0, 40))  # employment, training, other exits, still there


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """From the last stage back: so many were passed on as are there."""
    ways = [list(draw(WAYS)) for _ in range(4)]
    last = [0, *ways[3]]
    third = [sum(last), *ways[2]]
    second = [draw(FEW), *ways[1]]
    first = [sum(second), *ways[0]]
    first[-1] += sum(third)  # whoever asks was invited
    return [first, second, third, last]


PEOPLE = st.fixed_dictionaries(dict.fromkeys(LEAVES, chains()))


def rows(people: dict[tuple[str, str], Chain], **more: Any) -> list[dict[str, Any]]:
    """Everybody, both sexes, and the communes: one on each side holds all who live there."""
    found = []
    for stage, code in enumerate(("S1", "S2", "S3", "S4")):
        for way, outcome in enumerate(OUTCOMES):
            count = {leaf: chain[stage][way] for leaf, chain in people.items()}
            about = {"funnel": FUNNEL, "operator": "BF", "stage": code, "outcome": outcome, **more}
            found.append(cohort(count=sum(count.values()), **about))
            of = {item: sum(n for leaf, n in count.items() if item in leaf) for item in ("F", "M", *SIDES)}
            found += [cohort(sex=sex, count=of[sex], **about) for sex in ("F", "M")]
            for side, (first, *others) in SIDES.items():
                found.append(cohort(ref_area=first, count=of[side], **about))
                found += [cohort(ref_area=nis, count=0, **about) for nis in others]
    return found


def truth(people: dict[tuple[str, str], Chain], group: str) -> dict[tuple[str, str | None], int]:
    """Every count of a group, by hand."""
    own = [chain for leaf, chain in people.items() if group == "everybody" or group in leaf]
    found: dict[tuple[str, str | None], int] = {}
    for stage, code in enumerate(("S1", "S2", "S3", "S4")):
        for way, outcome in enumerate(OUTCOMES):
            found[code, outcome] = sum(chain[stage][way] for chain in own)
        found[code, None] = sum(sum(chain[stage]) for chain in own)
    return found


def read(engine: Engine, group: str, version: int | None = None) -> dict[tuple[str, str | None], int | None]:
    """What a page may show of a group; None for what is hidden."""
    place, items = GROUPS[group]
    with engine.connect() as connection:
        found = load_pooled_cohorts(
            at_version(connection, version),
            FUNNEL,
            rule=RULE,
            place=place,
            dimensions={"operator": "BF", **items},
        )
    assert {row.availability for row in found} <= {Availability.AVAILABLE, Availability.HIDDEN}
    return {(row.stage, row.outcome): row.count for row in found}


def judged(engine: Engine, group: str) -> dict[tuple[str, str | None], int | None]:
    """The same from the table that was judged, covers included."""
    place, items = GROUPS[group]
    population = (place.code, items.get("sex", "_T"), *["_T"] * 5)
    with engine.connect() as connection:
        (history,) = load_histories(connection, find_cohorts(connection, None))
    shape = make_shape(next(f for f in contract().funnels if f.code == FUNNEL), contract())
    vintages = make_cohort_vintages(STAGES, history.rows, history.covers, shape, RULE, anew=False)
    return {
        (key[1], None if key[2] == "_T" else key[2]): cell.count if cell.status is ConfStatus.FREE else None
        for key, cell in vintages[-1].table.cells.items()
        if key[4:] == population and cell.status is not ConfStatus.MISSING
    }


def exposed(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [one.cell for one in attack_tables(connection, RULE).exposed]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_pages_show_what_was_judged_and_nothing_can_be_worked_out(
    engine: Engine, people: dict[tuple[str, str], Chain]
) -> None:
    erase(engine)
    publish(engine, cohorts=tuple(rows(people)))
    for group in GROUPS:
        shown, true = read(engine, group), truth(people, group)
        assert shown == judged(engine, group)
        assert shown.keys() == true.keys()
        assert all(count in {None, true[where]} for where, count in shown.items())
        assert not any(0 < (count or 0) < 4 for count in shown.values())
        assert all(shown[where] == 0 for where, count in true.items() if count == 0)
    assert exposed(engine) == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=PEOPLE, changes=st.dictionaries(st.sampled_from(LEAVES), chains(), max_size=2))
def test_a_revision_gives_nothing_away_and_taking_it_back_restores_what_was_read(
    engine: Engine, first: dict[tuple[str, str], Chain], changes: dict[tuple[str, str], Chain]
) -> None:
    erase(engine)
    one = publish(engine, cohorts=tuple(rows(first))).id
    before = {group: read(engine, group) for group in GROUPS}
    try:
        two = publish(engine, cohorts=tuple(rows(first | changes))).id
    except UserError as refused:
        assert refused.code == "discloses"  # noqa: PT017  no cover helps against what was shown before
        assert {group: read(engine, group) for group in GROUPS} == before
        return
    assert exposed(engine) == []
    now = {group: read(engine, group) for group in GROUPS}
    three = withdraw_batch(engine, two, by="tester", reason="", at=NOON).id
    for version, expected in ((one, before), (two, now)):
        assert {group: read(engine, group, version) for group in GROUPS} == expected
    assert {group: read(engine, group, three) for group in GROUPS} == {
        group: read(engine, group) for group in GROUPS
    }


MANY: Chain = [[40, 20, 20, 20, 60], [10, 10, 5, 5, 10], [20, 5, 5, 5, 5], [0, 5, 5, 5, 5]]
SMALL: Chain = [[40, 2, 20, 20, 60], [10, 10, 5, 5, 10], [20, 5, 5, 5, 5], [0, 5, 5, 5, 5]]
NOBODY: Chain = [[0] * 5] * 4
PLANTED = {("F", "IN"): SMALL, ("F", "OUT"): NOBODY, ("M", "IN"): MANY, ("M", "OUT"): MANY}


def test_a_small_count_of_women_takes_another_count_with_it(engine: Engine) -> None:
    """Two women found a job at once: so the same of the men is hidden, and one more in each of their sums."""
    publish(engine, cohorts=tuple(rows(PLANTED)))
    assert truth(PLANTED, "F")["S1", "employment"] == 2
    assert read(engine, "F")["S1", "employment"] is None
    assert read(engine, "everybody") == truth(PLANTED, "everybody")
    assert read(engine, "M")["S1", "employment"] is None
    for group in ("F", "M"):
        assert sum(count is None for (stage, _), count in read(engine, group).items() if stage == "S1") >= 2
    with engine.begin() as connection:
        assert connection.scalar(select(protection.c.secondary)) == connection.scalar(
            select(func.count()).select_from(suppressed_cohort)
        )
        connection.execute(delete(suppressed_cohort))
    assert "STAGE S1 · OUTCOME employment · BRU · SEX F" in exposed(engine)


def test_another_rule_judges_the_cohorts_anew(engine: Engine) -> None:
    publish(engine, cohorts=tuple(rows(PLANTED)))
    again = protect_again(engine, by="tester", at=NOON, rule=SmallCellRule(min_count=6))
    assert again is not None
    assert protect_again(engine, by="tester", at=NOON, rule=SmallCellRule(min_count=6)) is None
    with engine.connect() as connection:
        found = connection.execute(select(protection.c.judged, protection.c.rule)).all()
    assert [judged for judged, _ in found] == [1, 1]  # the stages; nobody told the months
    assert found[0].rule != found[1].rule


def test_a_funnel_that_no_page_knows_is_left_alone(engine: Engine) -> None:
    publish(engine, cohorts=(cohort(count=2), cohort(outcome="pending", count=50)))
    with engine.connect() as connection:
        assert connection.execute(select(suppressed_cohort.c.id)).all() == []


def obstacle(count: int, name: str = "CARE", **more: Any) -> list[dict[str, Any]]:
    """Cases at the stage that records obstacles, all still there."""
    about = {"funnel": "F-ABS-E", "stage": "A3", "obstacle": name, **more}
    return [cohort(outcome=way, count=count if way == "pending" else 0, **about) for way in OUTCOMES]


def test_obstacles_are_judged_with_the_stage_that_records_them(engine: Engine) -> None:
    """All with a care obstacle less the men with one are two women."""
    groups = {"_T": (90, 42), "F": (40, 2), "M": (50, 40)}
    loaded = [
        *(row for sex, (cases, _) in groups.items() for row in obstacle(cases, "_T", sex=sex)),
        *(row for sex, (_, count) in groups.items() for row in obstacle(count, sex=sex)),
    ]
    publish(engine, cohorts=tuple(loaded))
    with engine.connect() as connection:
        found = load_obstacles(
            connection, "F-ABS-E", "A3", rule=RULE, sensitive_obstacles=(), dimension="sex"
        )
    counts = {(row.item, row.obstacle): row.count for row in found}
    assert counts == {
        ("_T", "_T"): 90, ("F", "_T"): 40, ("M", "_T"): 50,
        ("_T", "CARE"): 42, ("F", "CARE"): None, ("M", "CARE"): None,
    }  # fmt: skip
    assert exposed(engine) == []


def test_a_curve_is_hidden_where_everybody_less_it_would_draw_another(engine: Engine) -> None:
    """Of the women two leave in a year: too few even for a step of twelve months."""
    year = {"F": [1, *[0] * 10, 1], "M": [9] * 12, "_T": [10, *[9] * 10, 10]}
    loaded = [
        cohort(funnel="F-PREV", stage="P1", outcome=way, month=f"{month:02}", sex=sex,
               count=count if way == "employment" else 0)
        for sex, counts in year.items()
        for month, count in enumerate(counts, start=1)
        for way in ("employment", "training", "other_exit")
    ]  # fmt: skip
    publish(engine, cohorts=tuple(loaded))
    steps = {}
    with engine.connect() as connection:
        for sex in ("_T", "F", "M"):
            asked: dict[str, Any] = {} if sex == "_T" else {"dimension": "sex", "item": sex}
            (found,) = load_exits(connection, "F-PREV", rule=RULE, **asked)
            steps[sex] = (found.step, len(found.counts))
    assert steps == {"_T": (1, 12), "F": (0, 0), "M": (0, 0)}
    assert exposed(engine) == []


YEAR = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=14)  # jobs, trainings, others


def by_month(curves: dict[str, list[tuple[int, ...]]]) -> list[dict[str, Any]]:
    """Exits by month of both sexes, and of everybody while both are known."""
    known = {
        **curves,
        "_T": [tuple(map(sum, zip(*pair, strict=True))) for pair in zip(*curves.values(), strict=False)],
    }
    about = {"funnel": "F-PREV", "stage": "P1"}
    return [
        cohort(outcome=way, month=f"{month:02}", sex=sex, count=count, **about)
        for sex, months in known.items()
        for month, counts in enumerate(months, start=1)
        for way, count in zip(("employment", "training", "other_exit"), counts, strict=True)
    ]


def read_curve(engine: Engine, sex: str) -> dict[tuple[str, int], int]:
    """What a page may draw of a group: by exit and last month of each step."""
    asked: dict[str, Any] = {} if sex == "_T" else {"dimension": "sex", "item": sex}
    with engine.connect() as connection:
        (found,) = load_exits(connection, "F-PREV", rule=RULE, **asked)
    return {(way.value, last): n for last, counts in found.counts for way, n in counts.items()}


def judged_curve(engine: Engine, sex: str) -> dict[tuple[str, int], int | None]:
    """The same from the table that was judged: the narrowest windows that it publishes."""
    with engine.connect() as connection:
        (history,) = load_histories(connection, find_cohorts(connection, None))
    shape = make_shape(next(f for f in contract().funnels if f.code == "F-PREV"), contract())
    vintages = make_cohort_vintages(EXITS, history.rows, history.covers, shape, RULE, anew=False)
    free = {
        key: cell.count
        for key, cell in vintages[-1].table.cells.items()
        if key[4:6] == ("BRU", sex) and cell.status is ConfStatus.FREE
    }
    narrowest = min((key[2] for key in free), default="")
    return {(key[1], int(key[3])): count for key, count in free.items() if key[2] == narrowest}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(women=YEAR, men=YEAR)
def test_pages_draw_the_curves_that_were_judged_and_nothing_can_be_worked_out(
    engine: Engine, women: list[tuple[int, ...]], men: list[tuple[int, ...]]
) -> None:
    erase(engine)
    rows = by_month({"F": women, "M": men})
    publish(engine, cohorts=tuple(rows))
    true = {(r["sex"], r["outcome"], int(r["month"])): r["count"] for r in rows}
    for sex in ("_T", "F", "M"):
        drawn = read_curve(engine, sex)
        assert drawn == judged_curve(engine, sex)
        assert not any(0 < count < 4 for count in drawn.values())
        lasts = sorted({last for _, last in drawn})
        for (way, last), count in drawn.items():
            months = range(last - (lasts[0] if lasts else 0) + 1, last + 1)
            assert count == sum(true[sex, way, month] for month in months)
    assert exposed(engine) == []


def test_a_cohort_that_would_give_a_count_away_is_refused(engine: Engine) -> None:
    """Everybody and the men were shown; now the women come, two of whom found a job."""
    about: dict[str, Any] = {"funnel": FUNNEL, "operator": "BF", "stage": "S1", "outcome": "employment"}
    publish(engine, cohorts=(cohort(count=42, **about), cohort(count=40, sex="M", **about)))
    with pytest.raises(UserError) as refused:
        publish(engine, cohorts=(cohort(count=2, sex="F", observed_through=date(2026, 1, 31), **about),))
    assert refused.value.code == "discloses"
    assert refused.value.facts["indicator"] == FUNNEL
    assert refused.value.facts["period"] == "2024-Q1"
    women = {"STAGE S1 · BRU · SEX F", "STAGE S1 · OUTCOME employment · BRU · SEX F"}
    assert refused.value.facts["cell"] in women
    with engine.connect() as connection:
        assert connection.execute(select(suppressed_cohort.c.id)).all() == []
