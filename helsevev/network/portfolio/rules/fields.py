"""The fields of a project (felt), each once: its label, where it stands in the file, and what kind of value it has.

Inside the house a project is a flat mapping from field to value, called its fields. In the file, the API and the
Excel sheet it is a row in the shape of `docs/portfolio.schema.json`. Here the one is turned into the other.

Values, when settled: text and codes as text or None, names as `{"name": as written, "parties": [keys]}`, codes as
lists in the taxonomy's order, the longer lists as objects with every key present. None, [] and {} mean: not stated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from helsevev.core.words import gettext_noop

Fields = dict[str, Any]
LANGUAGES = ("nb", "nn", "en")
LINEAGE = ("continues", "spreads", "adapts", "same_model_as")
NAMES = ("owners", "partners")


class Kind(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CODE = "code"
    CODES = "codes"
    NAMES = "names"
    PROJECT = "project"
    STATUS = "status"
    PHASES = "phases"
    FIGURES = "figures"
    LOG = "log"
    MILESTONES = "milestones"
    DELIVERABLES = "deliverables"
    FLAG = "flag"


@dataclass(frozen=True)
class Field:
    """One field: its name inside the house, its label, its place in a row of the file (none: not in the file)."""

    name: str
    label: str
    kind: Kind
    path: tuple[str, ...] = ()
    vocabulary: str = ""

    @property
    def lang(self) -> str:
        """The language its text is written in; empty where it may be any."""
        of_title = "nb" if self.name == "title" else ""
        return self.name[-2:] if self.name.startswith(("title_", "summary_")) else of_title

    @property
    def empty(self) -> Any:  # noqa: ANN401 - a field's value is whatever JSON its kind has
        """The value that means: not stated."""
        if self.kind is Kind.FIGURES:
            return {}
        if self.kind is Kind.FLAG:
            return False
        lists = {Kind.CODES, Kind.NAMES, Kind.PHASES, Kind.LOG, Kind.MILESTONES, Kind.DELIVERABLES}
        return [] if self.kind in lists else None


_EVERY = (
    Field("listing", gettext_noop("List"), Kind.CODE),
    Field("title", gettext_noop("Title"), Kind.TEXT, ("title",)),
    Field("title_nn", gettext_noop("Title in Nynorsk"), Kind.TEXT, ("title_nn",)),
    Field("title_en", gettext_noop("Title in English"), Kind.TEXT, ("title_en",)),
    Field("summary_nb", gettext_noop("Summary in Bokmål"), Kind.LONG_TEXT, ("summary", "nb")),
    Field("summary_nn", gettext_noop("Summary in Nynorsk"), Kind.LONG_TEXT, ("summary", "nn")),
    Field("summary_en", gettext_noop("Summary in English"), Kind.LONG_TEXT, ("summary", "en")),
    Field("owners", gettext_noop("Owner"), Kind.NAMES, ("owner",)),
    Field("partners", gettext_noop("Partners"), Kind.NAMES, ("partners",)),
    Field("regions", gettext_noop("Health regions"), Kind.CODES, ("region",), "health_region"),
    Field("award_year", gettext_noop("Award year"), Kind.NUMBER, ("awarded", "year")),
    Field("award_round", gettext_noop("Award round"), Kind.NUMBER, ("awarded", "round")),
    Field("support", gettext_noop("Kind of support"), Kind.CODE, ("support",), "support"),
    Field("patient_groups", gettext_noop("Patient groups"), Kind.CODES, ("patient_groups",), "patient_group"),
    Field("themes", gettext_noop("Themes"), Kind.CODES, ("themes",), "theme"),
    Field("focus_area", gettext_noop("Focus area"), Kind.CODE, ("focus_area",), "focus_area"),
    Field("kind", gettext_noop("New or spread"), Kind.CODE, ("kind",), "kind"),
    Field("status", gettext_noop("Status"), Kind.STATUS, ("status",), "status"),
    Field("phases", gettext_noop("Phases"), Kind.PHASES, ("phases",), "phase"),
    Field("phase_note", gettext_noop("Where it stands"), Kind.TEXT, ("phase_note",)),
    Field("continues", gettext_noop("Continues"), Kind.PROJECT, ("continues",)),
    Field("spreads", gettext_noop("Spreads the model of"), Kind.PROJECT, ("spreads",)),
    Field("adapts", gettext_noop("Adapts the model of"), Kind.PROJECT, ("adapts",)),
    Field("same_model_as", gettext_noop("Has the same model as"), Kind.PROJECT, ("same_model_as",)),
    Field("figures", gettext_noop("Figures"), Kind.FIGURES, ("figures",)),
    Field("log", gettext_noop("Log"), Kind.LOG, ("log",)),
    Field("milestones", gettext_noop("Milestones"), Kind.MILESTONES, ("milestones",)),
    Field("deliverables", gettext_noop("Deliverables"), Kind.DELIVERABLES, ("deliverables",)),
    Field("contact_role", gettext_noop("Contact's role"), Kind.TEXT, ("contact_role",)),
    Field("source", gettext_noop("Source"), Kind.TEXT, ("source",)),
    Field("published", gettext_noop("Published"), Kind.FLAG),
)
FIELDS: Mapping[str, Field] = {field.name: field for field in _EVERY}
EMPTY: Mapping[str, Any] = {field.name: field.empty for field in _EVERY} | {"listing": "awarded"}
BY_PATH: Mapping[tuple[str, ...], str] = {field.path: field.name for field in _EVERY if field.path}

# The lists of the file, and what stands on each.
LISTS: Mapping[str, str] = {
    "projects": "awarded",
    "mentioned_projects": "mentioned",
    "home_follow_up_examples": "example",
}


def stated(name: str, value: object) -> bool:
    """Whether a value says anything: 0 and False do, None, "" and empty lists don't."""
    return name in ("published", "listing") or not (value is None or value in ("", [], {}))


def field_at(path: Iterable[object]) -> str:
    """The field that a place within a row belongs to: the deepest known one; empty when none does."""
    steps = tuple(step for step in path if isinstance(step, str))
    for length in (2, 1):
        if steps[:length] in BY_PATH:
            return BY_PATH[steps[:length]]
    return {"awarded": "award_year", "summary": "summary_nb"}.get(steps[0], "") if steps else ""


def row(key: str, fields: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A project's fields as a row of the file; `labels` gives themes the names by which people know them."""
    labels = labels or {}
    made: dict[str, Any] = {"id": key}
    for field in _EVERY:
        if field.path:
            _put(made, field.path, _outside(field, fields[field.name], labels))
    return made


def _put(made: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Set a value at a path, making the object it lies in."""
    for step in path[:-1]:
        made = made.setdefault(step, {})
    made[path[-1]] = value


def _outside(field: Field, value: Any, labels: Mapping[str, str]) -> object:  # noqa: ANN401
    """One field's value as the file has it."""
    if field.name == "owners":
        names = [one["name"] for one in value]
        return names[0] if len(names) == 1 else (names or None)
    if field.name == "partners":
        return [one["name"] for one in value]
    if field.name == "themes":
        return [labels.get(code, code) for code in value]
    if field.kind is Kind.FIGURES:
        return {what: _figure(about) for what, about in value.items()}
    if field.kind in (Kind.PHASES, Kind.LOG, Kind.MILESTONES, Kind.DELIVERABLES):
        return [_without_empty(entry) for entry in value]
    return value


def _figure(about: Mapping[str, Any]) -> object:
    """A figure bare where nothing but its value is stated."""
    value = about["value"]
    beside = _without_empty({key: text for key, text in about.items() if key != "value"})
    return {"value": value, **beside} if beside or (isinstance(value, dict) and "value" in value) else value


def _without_empty(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without the keys that say nothing; its texts and flags are never numbers."""
    return {key: value for key, value in entry.items() if value}
