"""What this room shows elsewhere: comments under pages and projects, and on my page what waits."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import ngettext

from helsevev.commons.people.rules import Notice, Person, Waiting, may
from helsevev.core.frame import Block
from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.actions.telling import ABOUT, ANSWER, WAITING


def under(on: str, key: str, language: str) -> Iterable[Block]:
    """The comments of a page or a project, and the way to write one."""
    found = queries.subject(on, key, language)
    if found is None:
        return []
    threads = queries.shown(on, key)
    context = {"subject": found, "threads": threads, "total": queries.total(threads), "language": language}
    return [Block(50, "comments/under.html", context)]


def waiting(person: Person) -> list[Waiting]:
    """How many comments wait for somebody who moderates."""
    if not may(person, "moderate", rules.PERMISSIONS):
        return []
    number = queries.waiting().count() + queries.reported().count()
    if not number:
        return []
    title = ngettext("%(number)s comment to moderate", "%(number)s comments to moderate", number) % {"number": number}
    return [Waiting(title, reverse("comments:queue"), None, "comment")]


def notices() -> list[Notice]:
    """What a person may choose to hear of by e-mail."""
    return [ABOUT, ANSWER, WAITING]
