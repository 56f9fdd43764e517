"""Every input of one case as a row (inndata), and a case with some of them changed.

A path is what a fault calls the place: `centre.handling_minutes`, `municipalities[0].patients.copd`. A municipality
may also be named by its number: `municipalities[5546].adults`.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helsevev.core.faults import Fault, Faulty, place, quoted
from helsevev.core.pricing import fields
from helsevev.core.pricing.case import Case, Note
from helsevev.core.pricing.fields import Bounds, Leaf
from helsevev.core.pricing.gathering import Steps
from helsevev.core.pricing.reading import read
from helsevev.core.pricing.why import Why
from helsevev.core.words import Refusal

# Parts that may be replaced whole.
WHOLE = ("title", "incentive", "uncertainty", "notes")
# Where the inputs stand that a law moves directly; the law's mean follows a change.
DIRECT = {
    "handling_minutes": "centre.handling_minutes",
    "absorption_share": "centre.absorption_share",
    "call_minutes": "activities.call_minutes",
    "coordination_minutes_per_patient_month": "activities.coordination_minutes_per_patient_month",
    "enrolment_minutes": "activities.enrolment_minutes",
    "discharge_minutes": "activities.discharge_minutes",
    "sick_share": "staff.sick_share",
    "indirect_share": "staff.indirect_share",
    "salary_nok": "staff.salary_nok",
    "overhead_nok": "staff.overhead_nok",
    "licence_nok_per_patient_month": "prices.licence_nok_per_patient_month",
    "equipment_nok_per_enrolment": "prices.equipment_nok_per_enrolment",
}


@dataclass(frozen=True)
class Input:
    """One number of a case (inndata): where it stands, what it is, what it may be, and where it comes from.

    `of` is the group or the municipality that it belongs to, empty for the rest.
    """

    path: str
    name: str
    label: str
    unit: str
    value: float
    bounds: Bounds
    of: str = ""
    note: Note | None = None
    steps: Steps = ()


def inputs(case: Case) -> tuple[Input, ...]:
    """All numbers of a case, in the order of the file."""
    whole = case.as_dict()
    return tuple(
        Input(
            path=place(steps),
            name=name(steps),
            label=leaf.label,
            unit=leaf.unit,
            value=_at(whole, steps),
            bounds=leaf.bounds,
            of=of,
            note=note_of(case, steps),
            steps=steps,
        )
        for steps, leaf, of in _leaves(case)
    )


def note_of(case: Case, steps: Steps) -> Note | None:
    """Where an input comes from: its own note, else that of its whole row or of the whole day."""
    return next((case.notes[path] for path in note_paths(case, steps) if path in case.notes), None)


def note_paths(case: Case, steps: Steps) -> tuple[str, ...]:
    """Where an input's note may stand, its own first. Rows go by number or id, which stay when rows move."""
    own = place(steps)
    first, at, *rest = (*steps, None)
    if first == "municipalities" and isinstance(at, int):
        return row_paths(f"municipalities[{case.municipalities[at].number}]", rest, own)
    if first == "patient_groups" and isinstance(at, int):
        return row_paths(f"patient_groups[{case.groups[at].id}]", rest, own)
    return (own, place(steps[:-1])) if at == fields.PROFILE.key else (own,)


def row_paths(row: str, rest: Sequence[object], own: str) -> tuple[str, ...]:
    """The note of one input of a row, and of the row."""
    return (".".join([row, *(str(step) for step in rest if step is not None)]), own, row)


def name(steps: Steps) -> str:
    """What formulas call an input: its key; the target's and the scheme's say so."""
    if "patients" in steps[:-1] or "reserved" in steps[:-1]:
        return "reserved" if "reserved" in steps[:-1] else "patients"
    key = str(steps[-2] if isinstance(steps[-1], int) else steps[-1])
    if "service_target" in steps:
        return f"target_{key}"
    return f"incentive_{key}" if steps[0] == "incentive" else key


def _leaves(case: Case) -> Iterator[tuple[Steps, Leaf, str]]:
    """Each number's place, its row of `fields`, and whose it is."""
    yield from _centre(case)
    parts = {"staff": fields.STAFF, "activities": fields.ACTIVITIES, "prices": fields.PRICES}
    for part, leaves in (parts | {"allocation": fields.ALLOCATION}).items():
        for leaf in leaves:
            yield (part, leaf.key), leaf, ""
    for at, group in enumerate(case.groups):
        for leaf in fields.GROUP:
            yield ("patient_groups", at, leaf.key), leaf, group.id
    yield from _scheme(case)
    for at, partner in enumerate(case.municipalities):
        for leaf in fields.MUNICIPALITY:
            yield ("municipalities", at, leaf.key), leaf, partner.number
        for group in case.groups:
            yield ("municipalities", at, "patients", group.id), fields.PATIENTS, partner.number


def _centre(case: Case) -> Iterator[tuple[Steps, Leaf, str]]:
    """The numbers of the centre, its target and its day."""
    most, patience = fields.OPTIONAL
    asked = [*fields.CENTRE, most, *([patience] if case.centre.patience_minutes is not None else [])]
    for leaf in asked:
        yield ("centre", leaf.key), leaf, ""
    for leaf in fields.TARGET:
        yield ("centre", "service_target", leaf.key), leaf, ""
    for hour in range(len(case.centre.hourly_contact_profile)):
        yield ("centre", fields.PROFILE.key, hour), fields.PROFILE, ""


def _scheme(case: Case) -> Iterator[tuple[Steps, Leaf, str]]:
    """The numbers of the incentive."""
    for leaf in fields.INCENTIVES[case.incentive.kind]:
        yield ("incentive", leaf.key), leaf, ""
    for at in range(len(case.incentive.tiers)):
        for leaf in fields.TIER:
            yield ("incentive", "tiers", at, leaf.key), leaf, ""
    for number, groups in case.incentive.reserved.items():
        for group in groups:
            yield ("incentive", "reserved", number, group), fields.PATIENTS, number


def _at(whole: Any, steps: Steps) -> float:  # noqa: ANN401 - a case as JSON
    """The number at a place."""
    for step in steps:
        whole = whole[step]
    return float(whole)


def change(case: Case, changes: Mapping[str, object]) -> Case:
    """A case with some inputs changed, read anew. Raises `Faulty` on paths that aren't there and values that can't be.

    The mean of an input's law follows its change, and its spread stays the same share of it.
    """
    known = _paths(case)
    whole = copy.deepcopy(case.as_dict())
    faults = []
    for path, value in changes.items():
        if path in WHOLE:
            whole[path] = value
        elif path in known:
            _put(whole, known[path], value)
        else:
            faults.append(Fault(path, Refusal(Why.NO_SUCH_INPUT, {"value": quoted(path)})))
    if faults:
        raise Faulty(faults)
    changed = read(whole)
    return changed if "uncertainty" in changes else _with_laws(case, changed)


def _paths(case: Case) -> dict[str, Steps]:
    """The steps of every path, municipalities also by number and groups of patients by id."""
    known = {}
    names = {"municipalities": [m.number for m in case.municipalities], "patient_groups": [g.id for g in case.groups]}
    for one in inputs(case):
        known[one.path] = one.steps
        rows, at = one.steps[0], one.steps[1] if len(one.steps) > 1 else None
        if rows in names and isinstance(at, int):
            known[f"{rows}[{names[str(rows)][at]}]{one.path.removeprefix(f'{rows}[{at}]')}"] = one.steps
    return known


def _put(whole: Any, steps: Steps, value: object) -> None:  # noqa: ANN401 - a case as JSON
    """Write a value at a place."""
    for step in steps[:-1]:
        whole = whole[step]
    whole[steps[-1]] = value


def _with_laws(before: Case, after: Case) -> Case:
    """The changed case with the means of its laws moved as its inputs were."""
    return read(laws_follow(before.as_dict(), after.as_dict())) if after.uncertainty else after


def laws_follow(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The content `after` with each law's mean moved as its input was; a law that was changed itself is left."""
    stood, laws = before.get("uncertainty") or {}, dict(after.get("uncertainty") or {})
    for name, law in laws.items():
        old, new = _middle(before, name), _middle(after, name)
        if law == stood.get(name) and old and new and old != new:
            laws[name] = _moved(law, old, new)
    return {**after, "uncertainty": laws} if laws else dict(after)


def _middle(content: Mapping[str, Any], name: str) -> float | None:
    """What the case itself says of an input that a law moves; None for multipliers."""
    if name == "fixed_nok_total":
        centre = content["centre"]
        each = centre["fixed_nok_per_municipality_per_year"] * len(content["municipalities"])
        return float(centre["fixed_nok_per_year"] + each)
    if name not in DIRECT:
        return None
    part, leaf = DIRECT[name].split(".")
    return float(content[part][leaf])


def _moved(law: Mapping[str, Any], old: float, new: float) -> dict[str, Any]:
    """A law of a value that has gone from `old` to `new`; its spread stays the same share of it."""
    mean = new if law["mean"] == old else law["mean"] * new / old
    return {**law, "mean": mean} | ({"sd": float(f"{law['sd'] * new / old:.6g}")} if "sd" in law else {})
