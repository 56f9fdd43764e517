"""The way of an application through a round (arbeidsflyt), as data: steps, and what follows what. Pure.

A round keeps the version that it was published with. What code must understand of a step is its kind; which steps
there are, what they are called and what follows what is the secretariat's to change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from helsevev.core.words import Refusal, Refused, gettext_noop

LANGUAGES = ("nb", "nn", "en")
LONGEST_NAME, LONGEST_ABOUT, MOST_STEPS = 60, 300, 20


class Kind(StrEnum):
    """What a step means to the house; several steps may be of one kind."""

    WRITING = "writing"
    RECEIVED = "received"
    SCREENING = "screening"
    ASSESSING = "assessing"
    RECOMMENDING = "recommending"
    DECIDING = "deciding"
    DECIDED = "decided"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.WRITING: gettext_noop("The applicants write"),
    Kind.RECEIVED: gettext_noop("Sent in"),
    Kind.SCREENING: gettext_noop("Screening"),
    Kind.ASSESSING: gettext_noop("Assessment"),
    Kind.RECOMMENDING: gettext_noop("Recommendation"),
    Kind.DECIDING: gettext_noop("Decision"),
    Kind.DECIDED: gettext_noop("Decided"),
    Kind.STOPPED: gettext_noop("Stopped"),
    Kind.WITHDRAWN: gettext_noop("Withdrawn"),
}
# Exactly one of each must be there: an application begins, is sent in, and is decided or withdrawn.
NEEDED = (Kind.WRITING, Kind.RECEIVED, Kind.DECIDED, Kind.WITHDRAWN)
ENDS = frozenset({Kind.DECIDED, Kind.STOPPED, Kind.WITHDRAWN})
# Steps off the road: an application leaves the round by them.
ASIDE = frozenset({Kind.STOPPED, Kind.WITHDRAWN})
OPTIONAL = frozenset(Kind) - frozenset(NEEDED)


class Why(StrEnum):
    """Why a workflow, or a move in it, is refused."""

    NO_SUCH_STEP = gettext_noop("There is no step '%(step)s' in this workflow.")
    NO_SUCH_MOVE = gettext_noop("An application can't go from “%(now)s” to “%(next)s”.")
    TWO_OF_A_CODE = gettext_noop("Two steps have the code '%(code)s'.")
    KIND_MISSING = gettext_noop("A step of the kind “%(kind)s” is missing, or there is more than one.")
    NO_NAME = gettext_noop("The step '%(code)s' has no name in bokmål.")
    UNREACHABLE = gettext_noop("No way leads to the step “%(step)s”.")
    DEAD_END = gettext_noop("No way leads from the step “%(step)s” to an end.")
    NOT_A_WORKFLOW = gettext_noop("This is no list of steps.")
    TOO_LONG = gettext_noop("A name or explanation is too long.")


@dataclass(frozen=True)
class Step:
    """One step (steg). `next`: codes of the steps that may follow. `names` and `about` go by language."""

    code: str
    kind: Kind
    names: Mapping[str, str]
    about: Mapping[str, str]
    next: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """What it is called for a reader of `language`; bokmål where it isn't said."""
        return self.names.get(language) or self.names.get("nb", self.code)

    def told(self, language: str) -> str:
        """What applicants are told of it."""
        return self.about.get(language) or self.about.get("nb", "")


@dataclass(frozen=True)
class Workflow:
    """All steps in their order. The road (hovedvei) is those that an applicant waits through."""

    steps: tuple[Step, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Step]:
        """Steps by code."""
        return {step.code: step for step in self.steps}

    @property
    def road(self) -> tuple[Step, ...]:
        """The steps from writing to decided; stopping isn't a step on the way."""
        return tuple(step for step in self.steps if step.kind not in ASIDE)

    def first(self, kind: Kind) -> Step:
        """The first step of a kind; `refuse_workflow` sees to those that code relies on."""
        return next(step for step in self.steps if step.kind is kind)

    def has(self, kind: Kind) -> bool:
        """Whether there is a step of this kind."""
        return any(step.kind is kind for step in self.steps)

    def step(self, code: str) -> Step:
        """The step with this code."""
        if code not in self.by_code:
            raise Refused(Refusal(Why.NO_SUCH_STEP, {"step": code}))
        return self.by_code[code]


def refuse_move(workflow: Workflow, now: str, wanted: str) -> Refusal | None:
    """Why an application in step `now` can't go to `wanted`; None when it can."""
    for code in (now, wanted):
        if code not in workflow.by_code:
            return Refusal(Why.NO_SUCH_STEP, {"step": code})
    step = workflow.by_code[now]
    if wanted in step.next:
        return None
    return Refusal(Why.NO_SUCH_MOVE, {"now": step.name("nb"), "next": workflow.by_code[wanted].name("nb")})


def refuse_workflow(workflow: Workflow) -> list[Refusal]:
    """Everything that is wrong with a workflow; an empty list when it can be used."""
    codes = [step.code for step in workflow.steps]
    found = [Refusal(Why.TWO_OF_A_CODE, {"code": code}) for code in sorted({c for c in codes if codes.count(c) > 1})]
    found += [
        Refusal(Why.KIND_MISSING, {"kind": KIND_NAMES[kind]})
        for kind in NEEDED
        if sum(step.kind is kind for step in workflow.steps) != 1
    ]
    found += [Refusal(Why.NO_NAME, {"code": step.code}) for step in workflow.steps if not step.names.get("nb")]
    found += [
        Refusal(Why.NO_SUCH_STEP, {"step": code})
        for step in workflow.steps
        for code in step.next
        if code not in workflow.by_code
    ]
    return found or _refuse_ways(workflow)


def _refuse_ways(workflow: Workflow) -> list[Refusal]:
    """Steps that can't be reached, and those from which there is no end."""
    found = []
    reached = _closure(workflow, [workflow.first(Kind.WRITING).code])
    for step in workflow.steps:
        if step.code not in reached:
            found.append(Refusal(Why.UNREACHABLE, {"step": step.name("nb")}))
        ends = {workflow.by_code[code].kind for code in _closure(workflow, [step.code])}
        if not ends & ENDS:
            found.append(Refusal(Why.DEAD_END, {"step": step.name("nb")}))
    return found


def _closure(workflow: Workflow, start: Iterable[str]) -> set[str]:
    """Every code that can be reached, the start itself included."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += workflow.by_code[code].next
    return found


def without(workflow: Workflow, codes: Iterable[str]) -> Workflow:
    """The workflow without some optional steps: whatever led to one leads to what followed it.

    Where applications are stopped goes too, when nothing stops them there any more.
    """
    steps = workflow.steps
    for code in codes:
        gone = next((step for step in steps if step.code == code), None)
        if gone is None or gone.kind not in OPTIONAL:
            continue
        stops = {step.code for step in steps if step.kind is Kind.STOPPED}
        onwards = tuple(following for following in gone.next if following not in {code, *stops})
        steps = tuple(_bridged(step, code, onwards) for step in steps if step.code != code)
    left = Workflow(steps)
    reached = _closure(left, [left.first(Kind.WRITING).code])
    return Workflow(tuple(step for step in steps if step.kind is not Kind.STOPPED or step.code in reached))


def _bridged(step: Step, gone: str, onwards: Sequence[str]) -> Step:
    if gone not in step.next:
        return step
    ways = [way for one in step.next for way in (onwards if one == gone else (one,)) if way != step.code]
    return Step(step.code, step.kind, step.names, step.about, tuple(dict.fromkeys(ways)))


def read(data: object) -> Workflow:
    """The workflow that a JSON list says; refused when it isn't one."""
    if not isinstance(data, list) or len(data) > MOST_STEPS:
        raise Refused(Refusal(Why.NOT_A_WORKFLOW))
    try:
        workflow = Workflow(tuple(_step(one) for one in data))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(Refusal(Why.NOT_A_WORKFLOW)) from error
    if refusals := refuse_workflow(workflow):
        raise Refused(*refusals)
    return workflow


def _step(one: Mapping[str, Any]) -> Step:
    names, about = _texts(one["names"], LONGEST_NAME), _texts(one.get("about", {}), LONGEST_ABOUT)
    if not all(isinstance(code, str) and code.isidentifier() for code in (one["code"], *one.get("next", ()))):
        raise ValueError("a step's code is a plain word")
    return Step(one["code"], Kind(one["kind"]), names, about, tuple(one.get("next", ())))


def _texts(texts: Mapping[str, str], longest: int) -> Mapping[str, str]:
    found = {language: str(texts.get(language, "")).strip() for language in LANGUAGES}
    if any(len(text) > longest for text in found.values()):
        raise Refused(Refusal(Why.TOO_LONG))
    return found


def written(workflow: Workflow) -> list[dict[str, object]]:
    """The workflow as JSON, the reverse of `read`."""
    return [
        {
            "code": step.code,
            "kind": step.kind.value,
            "names": dict(step.names),
            "about": dict(step.about),
            "next": list(step.next),
        }
        for step in workflow.steps
    ]


def table(workflow: Workflow) -> list[tuple[Step, list[Step]]]:
    """Each step with those that may follow: what the page and the papers draw."""
    return [(step, [workflow.by_code[code] for code in step.next]) for step in workflow.steps]
