"""An implementation guide (implementeringsguide) as a project works by it: the template, and what is different here.

The template is a document with phases, steps, activities, tips and links, each with an id. What a project changes is
kept apart from it, by those ids, so that the difference can always be shown and a newer template taken up:

    {"texts": {id: text}, "dropped": [id], "added": [{"id", "under", "kind", "text", "to"}], "done": {id: day}}
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from helsevev.core.languages import in_language
from helsevev.core.words import Refusal, gettext_noop

PARTS = ("activities", "tips", "links")
MOST_ADDED = 200


class Why(StrEnum):
    """Why a guide can't be changed or published like this."""

    TAKEN = gettext_noop("The project works by a guide already.")
    NO_SUCH_PLACE = gettext_noop("That step or activity isn't in this guide.")
    TOO_MANY = gettext_noop("A project adds %(most)s activities and tips at most.")
    EMPTY = gettext_noop("Write a text, or take the line out instead.")
    SHAPE = gettext_noop("%(place)s: a guide needs an id, and a text in Bokmål, Nynorsk and English.")
    TWICE = gettext_noop("%(place)s: the id %(id)s stands twice.")


class Sort(StrEnum):
    """How a line of the project's edition stands to the template."""

    SAME = "same"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"


SORT_NAMES: Mapping[Sort, str] = {
    Sort.SAME: gettext_noop("As in the guide"),
    Sort.CHANGED: gettext_noop("Changed here"),
    Sort.DROPPED: gettext_noop("Taken out here"),
    Sort.ADDED: gettext_noop("Added here"),
}
KIND_NAMES: Mapping[str, str] = {
    "activities": gettext_noop("Activity"),
    "tips": gettext_noop("Tip"),
    "links": gettext_noop("Link"),
}


@dataclass(frozen=True)
class Entry:
    """An activity, a tip or a link in a project's edition (guidelinje)."""

    id: str
    kind: str
    text: str
    template: str
    sort: Sort
    to: str = ""
    done: str = ""


@dataclass(frozen=True)
class Step:
    """A step with what belongs to it (steg)."""

    id: str
    title: str
    entries: Sequence[Entry]

    def of(self, kind: str) -> list[Entry]:
        """Those of one kind."""
        return [one for one in self.entries if one.kind == kind]

    @property
    def activities(self) -> list[Entry]:
        """What to do."""
        return self.of("activities")

    @property
    def tips(self) -> list[Entry]:
        """What others have learnt."""
        return self.of("tips")

    @property
    def links(self) -> list[Entry]:
        """Where to go on."""
        return self.of("links")


@dataclass(frozen=True)
class Part:
    """A phase of the guide (guidefase)."""

    id: str
    title: str
    purpose: str
    steps: Sequence[Step]

    @property
    def counted(self) -> tuple[int, int]:
        """How many of its activities are done, of how many."""
        standing = [one for step in self.steps for one in step.activities if one.sort is not Sort.DROPPED]
        return sum(bool(one.done) for one in standing), len(standing)


@dataclass(frozen=True)
class Local:
    """What is different in one project (lokal tilpasning)."""

    texts: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    added: tuple[Mapping[str, str], ...] = ()
    done: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Local":
        """From how it is kept."""
        return cls(
            dict(kept.get("texts", {})),
            tuple(kept.get("dropped", ())),
            tuple(kept.get("added", ())),
            dict(kept.get("done", {})),
        )

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        added = [dict(one) for one in self.added]
        return {"texts": dict(self.texts), "dropped": list(self.dropped), "added": added, "done": dict(self.done)}


def edition(content: Mapping[str, Any], local: Local, language: str) -> list[Part]:
    """The guide as the project works by it, with what is different marked in its place."""
    return [
        Part(
            phase["id"],
            str(in_language(language, phase["title"])),
            str(in_language(language, phase["purpose"])),
            [_step(step, local, language) for step in phase["steps"]],
        )
        for phase in content["phases"]
    ]


def _step(step: Mapping[str, Any], local: Local, language: str) -> Step:
    own = [
        Entry(one["id"], one["kind"], one["text"], "", Sort.ADDED, one.get("to", ""), local.done.get(one["id"], ""))
        for one in local.added
        if one["under"] == step["id"]
    ]
    taken = [_entry(one, kind, local, language) for kind in PARTS for one in step.get(kind, ())]
    return Step(step["id"], str(in_language(language, step["title"])), [*taken, *own])


def _entry(one: Mapping[str, Any], kind: str, local: Local, language: str) -> Entry:
    template = str(in_language(language, one["text"]))
    text = local.texts.get(one["id"], template)
    sort = Sort.DROPPED if one["id"] in local.dropped else Sort.CHANGED if one["id"] in local.texts else Sort.SAME
    return Entry(one["id"], kind, text, template, sort, one.get("to", ""), local.done.get(one["id"], ""))


def differing(parts: Iterable[Part]) -> list[Entry]:
    """The lines in which the project's edition is another than the template."""
    return [one for part in parts for step in part.steps for one in step.entries if one.sort is not Sort.SAME]


def ids(content: Mapping[str, Any]) -> dict[str, str]:
    """Every id of a guide, with what it is of: "phase", "step", or the kind of a line."""
    found: dict[str, str] = {}
    for phase in content["phases"]:
        found[phase["id"]] = "phase"
        for step in phase["steps"]:
            found[step["id"]] = "step"
            found |= {one["id"]: kind for kind in PARTS for one in step.get(kind, ())}
    return found


def refuse_content(content: Mapping[str, Any]) -> list[Refusal]:
    """What is wrong in a guide that is to be published: each line needs an id of its own and all three languages."""
    found: list[Refusal] = []
    seen: set[str] = set()
    for place, one, texts in _lines(content):
        if any(not (one.get(name) or {}).get(code) for name in texts for code in ("nb", "nn", "en")):
            found.append(Refusal(Why.SHAPE, {"place": place}))
        identity = str(one.get("id") or one.get("key") or "")
        if not identity:
            found.append(Refusal(Why.SHAPE, {"place": place}))
        elif identity in seen:
            found.append(Refusal(Why.TWICE, {"place": place, "id": identity}))
        seen.add(identity)
    return found


def _lines(content: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any], tuple[str, ...]]]:
    """Everything in a guide that has an id, with its place and the texts that it needs."""
    yield "guide", content, ("title", "about")
    for at, phase in enumerate(content.get("phases", ())):
        yield f"phases[{at}]", phase, ("title", "purpose")
        for to, step in enumerate(phase.get("steps", ())):
            yield f"phases[{at}].steps[{to}]", step, ("title",)
            for kind in PARTS:
                for number, one in enumerate(step.get(kind, ())):
                    yield f"phases[{at}].steps[{to}].{kind}[{number}]", one, ("text",)


def stale(old: Mapping[str, Any], new: Mapping[str, Any], local: Local) -> list[str]:
    """The lines changed here whose template text is another in a newer version, or isn't there any more."""
    before, after = _texts(old), _texts(new)
    return [one for one in local.texts if before.get(one) != after.get(one)]


def kept(new: Mapping[str, Any], local: Local) -> Local:
    """What is different here, for a newer version: what was done to lines that are gone goes, what is added stays."""
    there = ids(new)
    steps = [one for one, kind in there.items() if kind == "step"]
    added = tuple(one if one["under"] in there else {**one, "under": steps[0]} for one in local.added)
    own = {one["id"] for one in added}
    return Local(
        {one: text for one, text in local.texts.items() if one in there},
        tuple(one for one in local.dropped if one in there),
        added,
        {one: day for one, day in local.done.items() if one in there or one in own},
    )


def _texts(content: Mapping[str, Any]) -> dict[str, Any]:
    steps = (step for phase in content["phases"] for step in phase["steps"])
    return {one["id"]: one["text"] for step in steps for kind in PARTS for one in step.get(kind, ())}
