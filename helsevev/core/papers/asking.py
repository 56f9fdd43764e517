"""A form on paper: empty, to read beforehand; or answered, with its receipt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from helsevev.core.papers.glyphs import on_one_line, paragraphs, shown
from helsevev.core.papers.setting import About
from helsevev.core.words import gettext_noop

UNANSWERED = gettext_noop("Not answered")
MUST = gettext_noop("Must be answered")
RECEIPT = gettext_noop("Receipt")
TOP_LEVEL = 2


class Line(Protocol):
    """One line of a form as it is read: `kind` is "heading", "text" or "question"."""

    @property
    def kind(self) -> str: ...  # noqa: D102 see above
    @property
    def level(self) -> int: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def lines(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def help(self) -> str: ...  # noqa: D102
    @property
    def must(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Form:
    """A form (skjema). `facts` stand on top, label and value: for a receipt its number, when, by whom, the digest."""

    title: str
    lines: Iterable[Line]
    intro: str = ""
    facts: Sequence[tuple[str, str]] = ()
    answered: bool = False


def data(form: Form, about: About) -> Mapping[str, Any]:
    """What the template reads."""
    return {
        "intro": paragraphs(form.intro),
        "facts": [[shown(label), shown(value)] for label, value in form.facts],
        "receipt": about.say(RECEIPT) if form.answered and form.facts else "",
        "answered": form.answered,
        "unanswered": about.say(UNANSWERED),
        "must": about.say(MUST),
        "lines": list(_lines(form.lines)),
    }


def _lines(lines: Iterable[Line]) -> Iterable[Mapping[str, Any]]:
    """Headings never skip a level: a reader who listens would look for what is missing."""
    above = TOP_LEVEL - 1
    for line in lines:
        label = on_one_line(line.label)
        kind = line.kind if label or line.kind != "heading" else "text"
        level = max(TOP_LEVEL, min(line.level, above + 1))
        above = level if kind == "heading" else above
        yield {
            "kind": kind,
            "level": level,
            "label": label,
            "language": line.language,
            "help": paragraphs(line.help),
            "must": line.must,
            "lines": [shown(one) for one in line.lines if one.strip()],
        }
