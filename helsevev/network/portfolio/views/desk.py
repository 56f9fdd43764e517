"""Where someone edits (skrivepult): who, what, from which version, with which fields, and what was typed so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person
from helsevev.commons.ui.forms.saying import said as told
from helsevev.core.words import Refusal
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.actions import Window, keep
from helsevev.network.portfolio.forms import sending
from helsevev.network.portfolio.models import Draft
from helsevev.network.portfolio.queries import editing, history, standing
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.telling import Teller
from helsevev.network.portfolio.rules import typed
from helsevev.network.portfolio.views.sealing import Seal


@dataclass
class Desk:
    """Someone edits a project (skrivepult). `base` is the version that the page was made from."""

    user: User
    person: Person
    subject: editing.Subject
    names: tuple[str, ...]
    base: int
    over: str = ""
    language: str = field(default_factory=lambda: get_language() or "nb")

    @cached_property
    def words(self) -> typed.Words:
        """The words that the form shows."""
        return editing.words(self.language)

    @cached_property
    def base_fields(self) -> rules.Fields:
        """The project as it was in the version that the page was made from."""
        project = self.subject.project
        return history.fields_at(project, self.base) if project and self.base else self.subject.fields

    @cached_property
    def shown(self) -> typed.Typed:
        """What the form shows of that version."""
        every = typed.typed(self.base_fields, self.words)
        return {name: every.get(name, "") for name in self.names}

    @property
    def moves(self) -> list[str]:
        """The moves that stand, told."""
        teller = Teller(Naming(self.language))
        return [teller.move(entry) for entry in self.base_fields["phases"]]

    def seal(self, *, against: int = 0) -> str:
        """The seal of a page of this desk."""
        return Seal(str(self.user.key), self.subject.key, self.base, self.names, self.over, against).sign()

    def titles(self, filled: Mapping[str, Any]) -> dict[str, str]:
        """What the projects are called that the form names."""
        return editing.titles_of((str(filled.get(name, "")) for name in rules.LINEAGE), self.person)

    def changed(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """What of a filled form isn't as it was shown."""
        return {name: filled[name] for name in typed.changed(filled, self.shown)}

    def meeting(self, mine: Mapping[str, Any], now: editing.Subject) -> list[str]:
        """The fields that both this person and somebody since have changed, and not to the same."""
        if now.project is None:
            return []
        theirs = typed.typed(now.fields, self.words)
        both = queries.changed_since(now.project, self.base, mine)
        return [name for name in both if typed.content(mine[name]) != typed.content(theirs[name])]

    def keep(self, filled: Mapping[str, Any], token: str, *, force: bool = False) -> Draft | None:
        """Keep what was typed as a draft; refused where another window has saved it since, or it is too long."""
        window = Window(token, self.over, force)
        draft = keep(self.user, self.subject.project, self.changed(filled), self.base, window)
        self.over = draft.window if draft else ""
        return draft


def person_on(request: HttpRequest) -> Person:
    """Who asks."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return person


def desk_for(request: HttpRequest, subject: editing.Subject) -> Desk | None:
    """The desk of someone who comes to edit; None where they may not."""
    names = _names(editing.allowed(person_on(request), subject), subject)
    if not names or not isinstance(request.user, User):
        return None
    return Desk(request.user, person_on(request), subject, names, subject.version)


def _names(allowed: Iterable[str], subject: editing.Subject) -> tuple[str, ...]:
    """The form's fields; something new has an id to choose."""
    names = typed.fields_of(allowed)
    return tuple(names if subject.project or not names else ["id", *names])


def from_draft(desk: Desk, draft: Draft) -> tuple[typed.Typed, list[str]]:
    """The form as it was left, and what its reader should know.

    Where others have changed other fields meanwhile, the page takes theirs in. Where they have changed the same ones,
    it stays as it was left, and one chooses when one saves.
    """
    desk.over = draft.window
    mine = sending.fitting(draft.fields, desk.names)
    project = desk.subject.project
    notices = []
    if project and draft.base_version < project.version:
        desk.base = draft.base_version
        both = desk.meeting(mine, desk.subject)
        desk.base = draft.base_version if both else project.version
        notices.append(_meanwhile(desk, draft.base_version, both))
    return desk.shown | mine, notices


def _meanwhile(desk: Desk, version: int, both: Iterable[str]) -> str:
    """Who has changed what since a version."""
    assert desk.subject.project is not None
    since = standing.revisions_since(desk.subject.project, version)
    changed = {name for revision in since for name in revision.changes}
    words = {
        "who": ", ".join(dict.fromkeys(history.who([revision.actor for revision in since]).values())),
        "fields": history.field_labels(name for name in rules.FIELDS if name in changed),
        "both": history.field_labels(both),
    }
    if both:
        said = _("%(who)s has changed this since you began: %(both)s. You choose between the two when you save.")
    else:
        said = _("%(who)s has changed this since you began: %(fields)s. The page has taken it in.")
    return said % words


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language; fields by their labels."""
    values = dict(refusal.values)
    names = values.get("names")
    if isinstance(names, tuple):
        values["fields"] = history.field_labels(names)
    return told(Refusal(refusal.why, values), typed=True)
