"""What one file says about another: codes that must be unique, codes that must exist.

The checks read the data as it came from the files and pass over what has the wrong shape (the schema
reports that), so that one reading finds every problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, pairwise
from typing import Any

from data_access.contract.problem import Finding, Loc
from data_access.domain.season import Season

Data = Mapping[str, Any]

_KEYS: Mapping[str, tuple[str, ...]] = {
    "objectives": ("code",),
    "missions": ("code",),
    "publics": ("code",),
    "obligations": ("code",),
    "communes": ("nis",),
    "croissants": ("code",),
    "breaks": ("code",),
    "codelists": ("dimension", "code"),
    "funnels": ("code",),
    "indicators": ("code",),
}


def find_faults(data: Data) -> list[Finding]:
    """Every fault that the checks find, in the order of the checks."""
    checks: tuple[Callable[[Data], Iterable[Finding]], ...] = (
        check_unique_codes,
        check_commitments,
        check_indicator_commitments,
        check_dimensions,
        check_breaks,
        check_seasons,
        check_classes,
        check_assessment_versions,
        check_assessment_decisions,
        check_assessment_order,
        check_croissant_communes,
        check_default_croissant,
        check_antennes,
        check_funnel_commitments,
        check_funnel_stages,
        check_dates,
    )
    return list(chain.from_iterable(check(data) for check in checks))


def check_unique_codes(data: Data) -> Iterator[Finding]:
    """No code is given twice in a list; commitments are one list over all objectives."""
    for field, keys in _KEYS.items():
        yield from _duplicates(_items(data, field), keys)
    yield from _duplicates(_commitments(data))
    for loc, funnel in _items(data, "funnels"):
        yield from _duplicates(_items(funnel, "stages", loc))


def check_commitments(data: Data) -> Iterator[Finding]:
    """A commitment bears the code of its objective; a half follows a commitment of the same objective."""
    for at, objective in _items(data, "objectives"):
        code = objective.get("code")
        seen: set[object] = set()
        for loc, commitment in _items(objective, "commitments", at):
            name, parent = commitment.get("code"), commitment.get("parent")
            if isinstance(name, str) and isinstance(code, str) and not name.startswith(f"{code}-"):
                yield Finding((*loc, "code"), "wrong_objective", name, code)
            if isinstance(parent, str) and parent not in seen:
                yield Finding((*loc, "parent"), "unknown_commitment", parent)
            seen.add(name)


def check_indicator_commitments(data: Data) -> Iterator[Finding]:
    """An indicator serves leaf commitments, and at least one of its own objective."""
    commitments = [c for _, c in _commitments(data)]
    parents = {c["parent"] for c in commitments if "parent" in c}
    yield from _unknown(data, "indicators", "commitments", _commitment_codes(data), "unknown_commitment")
    for loc, indicator in _items(data, "indicators"):
        served = _texts(indicator, "commitments", loc)
        yield from (Finding(at, "compound_commitment", code) for at, code in served if code in parents)
        objective = str(indicator.get("code", ""))[:3]
        if objective.startswith("OS") and not any(code.startswith(f"{objective}-") for _, code in served):
            yield Finding((*loc, "commitments"), "no_commitment_of_objective", expected=objective)


def check_dimensions(data: Data) -> Iterator[Finding]:
    """A definition names dimensions that have a code list."""
    known = _codes(data, "codelists", "dimension")
    return _unknown(data, "indicators", "dimensions", known, "unknown_dimension")


def check_breaks(data: Data) -> Iterator[Finding]:
    """A definition names breaks that are described."""
    return _unknown(data, "indicators", "breaks", _codes(data, "breaks"), "unknown_break")


def check_seasons(data: Data) -> Iterator[Finding]:
    """The season is taken out in a way that the measure allows (``indicators/README.md``)."""
    for loc, indicator in _items(data, "indicators"):
        allowed = _seasons_allowed(indicator)
        season = indicator.get("season")
        if allowed and season in tuple(Season) and season not in allowed:
            yield Finding((*loc, "season"), "season_does_not_fit", str(season), ", ".join(allowed))


def _seasons_allowed(indicator: Mapping[str, Any]) -> tuple[Season, ...]:
    """Empty when the measure is not known.

    A year holds every season. Only flows add up; stocks and medians neither add up nor have a mean. What a
    series without season counts are things of the house (processes, controls), never people or posts.
    """
    if indicator.get("periodicity") == "A":
        return (Season.NONE,)
    of_rates: tuple[Season, ...] = (Season.MEAN_12_MONTHS, Season.YEAR_ON_YEAR)
    if indicator.get("persons", True) is False and indicator.get("measure") == "rate":
        of_rates += (Season.NONE,)
    return {
        "flow": (Season.SUM_12_MONTHS,),
        "stock": (Season.YEAR_ON_YEAR,),
        "median": (Season.YEAR_ON_YEAR,),
        "mean": of_rates,
        "gap": of_rates,
        "rate": of_rates,
    }.get(str(indicator.get("measure")), ())


# In the checks of days, `type(…) is date`: a day with an hour is a datetime, which the schema refuses and
# which Python does not compare with a day.
def check_assessment_versions(data: Data) -> Iterator[Finding]:
    """There are rules for every day, and no two versions begin on the same one."""
    if data.get("assessment") == []:
        yield Finding(("assessment",), "empty")
    seen: set[date] = set()
    for loc, rules in _items(data, "assessment"):
        day = rules.get("valid_from")
        if type(day) is date and day in seen:
            yield Finding((*loc, "valid_from"), "duplicate_code", day.isoformat())
        elif type(day) is date:
            seen.add(day)


def check_assessment_decisions(data: Data) -> Iterator[Finding]:
    """An adopted version names its decision; a proposed one has none yet."""
    for loc, rules in _items(data, "assessment"):
        for field in ("decided_on", "decision_ref"):
            if rules.get("state") == "adopted" and field not in rules:
                yield Finding((*loc, field), "missing_field")
            if rules.get("state") == "proposed" and field in rules:
                yield Finding((*loc, field), "decision_of_proposal", str(rules[field]))


def check_assessment_order(data: Data) -> Iterator[Finding]:
    """The second threshold lies beyond the first; no version judges days before its decision."""
    for loc, rules in _items(data, "assessment"):
        first, second = rules.get("on_track"), rules.get("to_watch")
        if isinstance(first, int | float) and isinstance(second, int | float) and second <= first:
            yield Finding((*loc, "to_watch"), "wrong_order", str(second), f"> {first}")
        start, decided = rules.get("valid_from"), rules.get("decided_on")
        if type(start) is date and type(decided) is date and start < decided:
            yield Finding((*loc, "valid_from"), "wrong_order", start.isoformat(), f">= {decided.isoformat()}")


def check_classes(data: Data) -> Iterator[Finding]:
    """Break points of a map rise, in equal steps: the classes of its differences are made of the step."""
    for loc, definition in _items(data, "indicators"):
        breaks = definition.get("classes", [])
        if not isinstance(breaks, list) or not all(isinstance(b, int | float) for b in breaks):
            continue  # the schema says so
        steps = [round(high - low, 6) for low, high in pairwise(breaks)]
        if len(breaks) == 1 or any(step <= 0 or step != steps[0] for step in steps):
            yield Finding((*loc, "classes"), "wrong_order", str(breaks), "40, 45, 50")


def check_croissant_communes(data: Data) -> Iterator[Finding]:
    """A definition of the croissant names communes of the Region."""
    return _unknown(data, "croissants", "communes", _codes(data, "communes", "nis"), "unknown_commune")


def check_default_croissant(data: Data) -> Iterator[Finding]:
    """Exactly one definition of the croissant is the default."""
    defaults = [str(c.get("code")) for _, c in _items(data, "croissants") if c.get("default") is True]
    if len(defaults) != 1:
        yield Finding(("croissants",), "one_default", ", ".join(defaults))


def check_antennes(data: Data) -> Iterator[Finding]:
    """An antenne closes after it opened; where there was none, none has dates."""
    for loc, antenne in _items(data, "antennes"):
        opened, closed = antenne.get("valid_from"), antenne.get("valid_to")
        if opened and closed and str(closed) < str(opened):  # days of a CSV file are text, year first
            yield Finding((*loc, "valid_to"), "wrong_order", str(closed), f">= {opened}")
        if antenne.get("present") == "0" and (opened or closed):
            yield Finding((*loc, "present"), "not_allowed", "0", "1")


def check_funnel_commitments(data: Data) -> Iterator[Finding]:
    """A funnel serves commitments that exist."""
    return _unknown(data, "funnels", "commitments", _commitment_codes(data), "unknown_commitment")


def check_funnel_stages(data: Data) -> Iterator[Finding]:
    """A stage that is not nested names the earlier stage that holds it; a nested one names none."""
    for at, funnel in _items(data, "funnels"):
        earlier: list[str] = []
        for loc, stage in _items(funnel, "stages", at):
            within = stage.get("within")
            if stage.get("nested", True) is True and within is not None:
                yield Finding((*loc, "within"), "within_of_nested_stage", str(within))
            if stage.get("nested", True) is False and within not in earlier:
                yield Finding((*loc, "within"), "unknown_stage", str(within or ""), ", ".join(earlier))
            earlier.append(str(stage.get("code")))
        yield from _paths(funnel, earlier, (*at, "paths"))


def _paths(funnel: dict[str, Any], stages: list[str], at: Loc) -> Iterator[Finding]:
    """The branch has a stage before it; support comes after the branch and has a stage after it."""
    paths = funnel.get("paths")
    if not isinstance(paths, dict):
        return
    for name, allowed in (("branch", stages[1:-1]), ("support", stages[2:-1])):
        if str(paths.get(name)) not in allowed:
            yield Finding((*at, name), "unknown_stage", str(paths.get(name)), ", ".join(allowed))


def check_dates(data: Data) -> Iterator[Finding]:
    """The contract ends after it starts."""
    start, end = data.get("start"), data.get("end")
    if type(start) is date and type(end) is date and end <= start:
        yield Finding(("end",), "wrong_order", end.isoformat(), f"> {start.isoformat()}")


def _items(data: Data, field: str, at: Loc = ()) -> list[tuple[Loc, dict[str, Any]]]:
    """The tables of a list with their place; what is no table is passed over."""
    values = data.get(field)
    listed = enumerate(values) if isinstance(values, list) else ()
    return [((*at, field, i), value) for i, value in listed if isinstance(value, dict)]


def _texts(data: Data, field: str, at: Loc) -> list[tuple[Loc, str]]:
    values = data.get(field)
    listed = enumerate(values) if isinstance(values, list) else ()
    return [((*at, field, i), value) for i, value in listed if isinstance(value, str)]


def _commitments(data: Data) -> Iterator[tuple[Loc, dict[str, Any]]]:
    for at, objective in _items(data, "objectives"):
        yield from _items(objective, "commitments", at)


def _commitment_codes(data: Data) -> set[object]:
    return {commitment.get("code") for _, commitment in _commitments(data)}


def _codes(data: Data, field: str, key: str = "code") -> set[object]:
    return {item.get(key) for _, item in _items(data, field)}


def _duplicates(
    items: Iterable[tuple[Loc, dict[str, Any]]], keys: tuple[str, ...] = ("code",)
) -> Iterator[Finding]:
    seen: set[str] = set()
    for loc, item in items:
        if all(isinstance(item.get(key), str) for key in keys):
            code = ".".join(item[key] for key in keys)
            if code in seen:
                yield Finding((*loc, keys[-1]), "duplicate_code", code)
            seen.add(code)


def _unknown(data: Data, field: str, key: str, known: set[object], reason: str) -> Iterator[Finding]:
    """Codes of a list field that nothing declares; none when the declaring file could not be read."""
    for loc, item in _items(data, field) if known else ():
        yield from (Finding(at, reason, code) for at, code in _texts(item, key, loc) if code not in known)
