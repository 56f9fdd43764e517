"""What was typed in a case's form, laid into its content; what is no number is kept as it was typed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helsevev.core.pricing import fields as known
from helsevev.toolbox.pricing.forms.fields import Field, Steps, at, heard, rows_of
from helsevev.toolbox.pricing.forms.sections import boxes


def filled(section: str, content: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The content with what was typed in one part of the form."""
    after = _copied(content)
    for box in boxes(section, content):
        for one in box.every():
            if one.name in typed:
                _put(after, one.steps, _value(one, typed[one.name].strip()))
    _move_notes(after, rows_of(content, "patient_groups"), rows_of(after, "patient_groups"))
    return _tidied(after)


def _move_notes(after: dict[str, Any], before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> None:
    """A renamed group's notes follow its name."""
    names = {str(old.get("id")): str(new.get("id")) for old, new in zip(before, now, strict=False)}
    moved = {}
    for path, note in (after.get("notes") or {}).items():
        match = OF_A_ROW.match(path)
        is_group = match is not None and match["list"] == "patient_groups"
        row = names.get(match["row"], match["row"]) if match and is_group else ""
        moved[f"patient_groups[{row}]{path[match.end() :]}" if match and is_group else path] = note
    after["notes"] = moved


def _value(one: Field, text: str) -> object:
    if not one.is_number:
        return text
    if not text:
        return None
    found = heard(text)
    return text if found is None else found


def _copied(value: Any) -> Any:  # noqa: ANN401 a tree of anything that JSON holds
    if isinstance(value, Mapping):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list | tuple) else value


def _put(holder: Any, steps: Steps, value: object) -> None:  # noqa: ANN401 a tree of anything that JSON holds
    *way, last = steps
    for step in way:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    holder[last] = value


def _tidied(content: dict[str, Any]) -> dict[str, Any]:
    """Empty notes and laws go, and a renamed group keeps its patients."""
    notes = {}
    for path, note in (content.get("notes") or {}).items():
        kept = {key: value for key, value in note.items() if value not in (None, "")}
        if kept:
            notes[path] = kept
    content["notes"] = notes
    content["uncertainty"] = {
        name: _law(law) for name, law in (content.get("uncertainty") or {}).items() if law.get("law")
    }
    centre = content.get("centre") or {}
    for leaf in known.OPTIONAL:
        if leaf.key in centre and centre[leaf.key] is None:
            del centre[leaf.key]
    return content


def _law(law: Mapping[str, Any]) -> dict[str, Any]:
    """A law with the spread that was written."""
    return {key: value for key, value in law.items() if value is not None}


OF_A_ROW = re.compile(r"(?P<list>municipalities|patient_groups)\[(?P<row>[^\]]*)\]")


# --- Adding and taking away ------------------------------------------------------------------------------------------
def reshaped(content: Mapping[str, Any], asked: str) -> dict[str, Any]:
    """The content after a button that adds or takes away a row: `add:patient_groups`, `remove:municipalities:3`."""
    after = _copied(content)
    verb, name, *rest = asked.split(":")
    rows = at(after, tuple(name.split(".")))
    if not isinstance(rows, list):
        rows = []
        _put(after, tuple(name.split(".")), rows)
    if verb == "add" and name in NEW_ROWS:
        rows.append(_copied(NEW_ROWS[name]))
    elif verb == "remove" and rest and rest[0].isdecimal() and int(rest[0]) < len(rows):
        del rows[int(rest[0])]
    return with_all_groups(after)


NEW_ROWS: Mapping[str, object] = {
    "patient_groups": {"id": "", "review_minutes_per_workday": 0, "calls_per_month": 0, "contacts_per_workday": 0},
    "incentive.tiers": {"above_coverage": None, "discount": None},
    "centre.hourly_contact_profile": 0,
}


def with_all_groups(content: dict[str, Any]) -> dict[str, Any]:
    """Every municipality with a number for each group and for no other; a renamed group keeps its patients."""
    names = [str(row.get("id") or "") for row in rows_of(content, "patient_groups")]
    _without_lost_notes(content)
    for row in rows_of(content, "municipalities"):
        held = row.get("patients") or {}
        left = [value for key, value in held.items() if key not in names]
        missing = [name for name in names if name and name not in held]
        renamed = len(left) == len(missing)
        row["patients"] = {  # type: ignore[index]
            name: held.get(name, left[missing.index(name)] if renamed and name in missing else 0)
            for name in names
            if name
        }
    return with_all_reserved(content, names)


def _without_lost_notes(content: dict[str, Any]) -> None:
    """Notes of rows that are no longer there go with them; those that went by a row's place go by its key."""
    keys = {"municipalities": "number", "patient_groups": "id"}
    there = {name: [str(row.get(key)) for row in rows_of(content, name)] for name, key in keys.items()}
    kept = {}
    for path, note in (content.get("notes") or {}).items():
        match = OF_A_ROW.match(path)
        if match is None:
            kept[path] = note
            continue
        rows, row = there[match["list"]], match["row"]
        if row not in rows and row.isdecimal() and int(row) < len(rows):
            row = rows[int(row)]
        if row in rows:
            kept[f"{match['list']}[{row}]{path[match.end() :]}"] = note
    content["notes"] = kept


def with_all_reserved(content: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Under reserved places, a number for every municipality and group."""
    incentive = content.get("incentive") or {}
    if incentive.get("kind") == "take_or_pay":
        held = incentive.get("reserved") or {}
        incentive["reserved"] = {
            str(row.get("number")): {
                name: (held.get(str(row.get("number"))) or {}).get(name, row["patients"].get(name))
                for name in names
                if name
            }
            for row in rows_of(content, "municipalities")
        }
        incentive.setdefault("theta", 0.5)
        incentive.setdefault("sigma", 0.1)
    if incentive.get("kind") == "tiers" and not incentive.get("tiers"):
        incentive["tiers"] = [{"above_coverage": 0, "discount": 0}]
    if incentive.get("kind") == "readiness":
        incentive.setdefault("gamma", 1)
        incentive.setdefault("target_coverage", 0.5)
    return content
