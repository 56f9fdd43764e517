"""What a demonstration shows of the newsletter: a letter that went out last month, a draft, and invented readers."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.demo import queries as demo
from helsevev.commons.mail.models import Batch
from helsevev.commons.people.rules import Role
from helsevev.core.newsletter.content import CHOSEN, Kind
from helsevev.network.newsletter.actions import sending, writing
from helsevev.network.newsletter.models import Item, Letter, Subscriber
from helsevev.network.newsletter.queries.candidates import Candidate, candidates
from helsevev.network.newsletter.queries.numbers import Numbers, prefix
from helsevev.network.newsletter.rules.consent import CONSENT
from helsevev.network.newsletter.rules.states import Standing, State

READERS, NYNORSK_EVERY = 48, 4
# How long ago, and so many in a hundred who clicked; both invented.
EARLIER = ((61, 22), (30, 27))
HELLO = "Dette brevet er oppdiktet til demonstrasjonen. Ingen har fått det."


def demonstrate() -> int:
    """Make what is missing; how many letters."""
    by = demo.account(Role.SECRETARIAT) if settings.DEMO else None
    if by is None or Letter.objects.exists():
        return 0
    with transaction.atomic(), override("nb"):
        now = timezone.now()
        _readers(now)
        for days, percent in EARLIER:
            _earlier(now - timedelta(days=days), percent, str(by.key))
        draft = writing.begin(str(by.key))
        Letter.objects.filter(pk=draft.pk).update(subject_nb="Nytt fra nettverket", subject_nn="Nytt frå nettverket")
        _fill(draft, _some(candidates(draft.since), 1))
    return Letter.objects.count()


def _readers(now: datetime) -> None:
    dice = random.Random(6)  # noqa: S311 - made up, not secret
    rows = [
        Subscriber(
            email=f"demo.leser.{at}@example.invalid",
            language="nn" if at % NYNORSK_EVERY == 0 else "nb",
            kinds=[one.value for one in CHOSEN if dice.random() > 0.2] or [Kind.PAGE.value],
            standing=Standing.RESTING if at == READERS else Standing.ACTIVE,
            rested_at=now if at == READERS else None,
            consent=_(CONSENT),
            asked_at=now - timedelta(days=100),
            confirmed_at=now - timedelta(days=100),
        )
        for at in range(1, READERS + 1)
    ]
    Subscriber.objects.bulk_create(rows)


def _some(every: Iterable[Candidate], of_each: int) -> list[Candidate]:
    """The first of each kind."""
    found: dict[Kind, list[Candidate]] = {}
    for one in every:
        found.setdefault(one.kind, []).append(one)
    return [one for rows in found.values() for one in rows[:of_each]]


def _fill(letter: Letter, chosen: Iterable[Candidate]) -> None:
    Item.objects.create(
        letter=letter,
        position=1,
        kind=Kind.OWN,
        title_nb="Kjære leser",
        title_nn="Kjære lesar",
        text_nb=HELLO,
        text_nn=HELLO.replace("oppdiktet", "oppdikta"),
    )
    for at, one in enumerate(chosen, start=2):
        titles = {f"title_{code}": text[:300] for code, text in one.titles.items()}
        texts = {f"text_{code}": text for code, text in one.texts.items()}
        Item.objects.create(
            letter=letter, position=at, kind=one.kind, source=one.source, address=one.address, **titles, **texts
        )


def _earlier(at: datetime, percent: int, by: str) -> None:
    """A letter as if it had gone out then, and been counted since; its copies are nobody's."""
    letter = writing.begin(by, at)
    month = f"{timezone.localtime(at):%Y-%m}"
    _fill(letter, _some(candidates(at - timedelta(days=700)), 2))
    Letter.objects.filter(pk=letter.pk).update(
        subject_nb=f"Nytt fra nettverket, {month}", subject_nn=f"Nytt frå nettverket, {month}",
        state=State.PLANNED, send_at=at,
    )  # fmt: skip
    sending.begin(letter)
    Batch.objects.filter(key__startswith=prefix(letter)).delete()
    letter.refresh_from_db()
    people = round((READERS - 2) * percent / 100)
    links = tuple((max(people - 2 * n, 0) + 3, max(people - 2 * n, 0)) for n in range(len(letter.links)))
    counted = Numbers(READERS - 1, 0, READERS - 2, 1, 0, 0, people + 3, people, links)
    Letter.objects.filter(pk=letter.pk).update(
        began_at=at,
        sent_at=at + timedelta(minutes=4),
        state=State.SENT,
        click_key="",
        numbers=counted.as_json(),
        left=1,
    )
