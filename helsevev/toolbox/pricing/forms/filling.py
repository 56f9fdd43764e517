"""What was typed in a case's form, laid into its content; what is no number is kept as it was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from helsevev.core.pricing import fields as known
from helsevev.toolbox.pricing.forms.fields import Field, Steps, at, rows_of
from helsevev.toolbox.pricing.forms.sections import boxes
from helsevev.toolbox.pricing.rules.numbers import number


def filled(section: str, content: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The content with what was typed in one part of the form."""
    after = _copied(content)
    for box in boxes(section, content):
        for one in box.every():
            if one.name in typed:
                _put(after, one.steps, _value(one, typed[one.name].strip()))
    return _tidied(after)


def _value(one: Field, text: str) -> object:
    if not one.is_number:
        return text
    if not text:
        return None
    found = number(text)
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
