"""Newsletters for tests: a letter, those who get it, and its way out."""

import re

from django.utils import timezone

from helsevev.commons.mail.models import Message
from helsevev.core.newsletter.content import CHOSEN, Kind
from helsevev.network.newsletter.actions import sending
from helsevev.network.newsletter.models import Item, Letter, Subscriber
from helsevev.network.newsletter.rules.states import Standing, State

BY = "system:test"
ALL = [one.value for one in CHOSEN]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def subscribers(number: int, **others: object) -> list[Subscriber]:
    """So many who have confirmed."""
    plain = {"standing": Standing.ACTIVE, "kinds": ALL, "consent": "Ja", "confirmed_at": timezone.now()} | others
    start = Subscriber.objects.count()
    rows = [Subscriber(email=f"leser.{start + at}@example.invalid", **plain) for at in range(number)]
    return Subscriber.objects.bulk_create(rows)


def letter(**others: object) -> Letter:
    """A draft with our own words and two things to open."""
    key = f"2026-{Letter.objects.count() + 1:02}"
    plain: dict[str, object] = {"subject_nb": "Nytt i november", "subject_nn": "Nytt i november på nynorsk"}
    plain |= {"since": timezone.now(), "made_by": BY} | others
    made = Letter.objects.create(key=key, **plain)
    rows = [
        (Kind.OWN, "Kjære leser", ""),
        (Kind.PAGE, "En ny side", "/knowledge/ny-side/"),
        (Kind.MEETING, "Et møte", "/meetings/et-mote/"),
    ]
    for at, (kind, title, address) in enumerate(rows, 1):
        Item.objects.create(letter=made, position=at, kind=kind, title_nb=title, text_nb="Ord.", address=address)
    return made


def sent(made: Letter) -> Letter:
    """On its way: every copy is written."""
    Letter.objects.filter(pk=made.pk).update(state=State.PLANNED, send_at=timezone.now())
    assert sending.send_due() == 1
    return Letter.objects.get(pk=made.pk)


def links(message: Message) -> list[str]:
    """The paths of the links that count, in a copy as it would be handed over this moment."""
    from helsevev.commons.mail.actions.line import written

    return re.findall(r"https?://[^/]+(/\w\w/newsletter/c/\S+)", str(written(message).body))


def one_of(words: str, message: Message) -> str:
    """A path in the copy's foot."""
    found = re.search(rf"https?://[^/\s]+(/\w\w/newsletter/{words}/\S+)", message.text)
    assert found, words
    return found[1]
