"""What a specimen is."""

import re
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.translation import gettext as _

LEADING_COMMENT = re.compile(r"\{#(.*?)#\}", re.DOTALL)


@dataclass(frozen=True)
class State:
    """One way in which a component can look."""

    title: str
    values: dict[str, Any]
    narrow: bool = False


@dataclass(frozen=True)
class Specimen:
    """A component and its states; `wide` when each of them needs the whole width."""

    template: str
    title: str
    states: tuple[State, ...]
    wide: bool = False

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return self.template.replace("_", "-")

    @property
    def about(self) -> str:
        """The comment that the template itself begins with, so that it is written once."""
        # Django's own template keeps its source; the stub of the backend's wrapper doesn't say so.
        source: str = get_template(f"ui/{self.template}.html").template.source  # type: ignore[attr-defined]
        found = LEADING_COMMENT.match(source)
        return found.group(1).strip() if found else ""


def long_text() -> str:
    """Words that try a component's width."""
    return _("A name so long that it must break over several lines wherever it stands, also on a small telephone")


def sample_title() -> str:
    """An invented project."""
    return _("Breath: home follow-up at Invented Fjord")


def sample_text() -> str:
    """What the invented project does."""
    return _("Nurses in hospital and municipality follow forty people with lung disease together, from one screen.")
