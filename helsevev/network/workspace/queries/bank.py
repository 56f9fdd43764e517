"""What the knowledge bank has for a phase: asked of what everyone can find, so it is empty where there is no bank."""

from dataclasses import dataclass

from helsevev.commons.finding import queries as finding
from helsevev.core.languages import Text, in_language
from helsevev.core.roadmap import Phase

PAGE, TOOLS, TOLD = "page", ("tool", "guide"), ("experience",)
MOST = 30


@dataclass(frozen=True)
class Reading:
    """A page of the knowledge bank (les mer)."""

    title: Text
    url: str


def tools(phase: Phase, language: str) -> list[Reading]:
    """Tools, templates and guides for a phase, by title."""
    return _pages(phase, TOOLS, language)


def experiences(phase: Phase, language: str) -> list[Reading]:
    """What projects have told of a phase, by title."""
    return _pages(phase, TOLD, language)


def _pages(phase: Phase, kinds: tuple[str, ...], language: str) -> list[Reading]:
    found = finding.selected(PAGE, "", {"phase": [phase.value], "kind": kinds}).prefetch_related("texts")
    every = []
    for one in found[:MOST]:
        title = in_language(language, {text.language: text.title for text in one.texts.all()})
        every.append(Reading(title, f"/{language}{one.address}"))
    return sorted(every, key=lambda one: one.title.text.casefold())
