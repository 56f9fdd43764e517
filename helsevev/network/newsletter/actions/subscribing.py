"""Subscribing: asked for, confirmed by the address's owner, changed, and ended, which deletes it all."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.mail.actions import part_with, queue
from helsevev.network.newsletter.models import Letter, Subscriber
from helsevev.network.newsletter.queries.numbers import BATCH
from helsevev.network.newsletter.rules.states import WRITES_EVERY, Standing

NOTICE = "newsletter_consent"


def own_page(row: Subscriber, letter: int = 0) -> str:
    """Where somebody confirms, changes what they get, and ends it."""
    with override(row.language):
        return settings.SITE_URL + reverse("newsletter:own", args=[row.token(letter)])


@transaction.atomic
def ask(address: str, language: str, kinds: Sequence[str], consent: str, now: datetime | None = None) -> None:
    """Write to the owner of an address, and ask. Whoever asks learns nothing of who subscribes."""
    moment, email = now or timezone.now(), address.strip().lower()
    plain = {"language": language, "kinds": list(kinds), "consent": consent, "asked_at": moment}
    row, is_new = Subscriber.objects.select_for_update().get_or_create(email=email, defaults=plain)
    if not is_new and row.written_at and moment - row.written_at < WRITES_EVERY:
        return
    if row.standing != Standing.ACTIVE:
        for name, value in plain.items():
            setattr(row, name, value)
    row.written_at = moment
    row.save()
    template = "already" if row.standing == Standing.ACTIVE else "confirm"
    queue(
        key=f"{NOTICE}:{row.key.hex}:{moment:%Y%m%d%H%M%S%f}",
        kind=NOTICE,
        to=email,
        language=row.language,
        template=f"newsletter/{template}",
        context={"url": own_page(row)},
    )


@transaction.atomic
def confirm(key: UUID, now: datetime | None = None) -> None:
    """The owner says yes."""
    row = Subscriber.objects.select_for_update().filter(key=key).exclude(standing=Standing.ACTIVE).first()
    if row is None:
        return
    row.standing, row.confirmed_at, row.rested_at, row.hard, row.soft = (
        Standing.ACTIVE, now or timezone.now(), None, 0, 0,
    )  # fmt: skip
    row.save()


def change(key: UUID, language: str, kinds: Sequence[str]) -> None:
    """Get the letter in another language, or about other things."""
    Subscriber.objects.filter(key=key).update(language=language, kinds=list(kinds))


@transaction.atomic
def leave(key: UUID, letter: int = 0) -> None:
    """End it: address, choices and consent are deleted, and no copy says whose it was. Twice is the same as once."""
    row = Subscriber.objects.select_for_update().filter(key=key).first()
    if row is None:
        return
    for kind in (BATCH, NOTICE):
        part_with(row.email, kind)
    row.delete()
    if letter:
        Letter.objects.filter(pk=letter).update(left=F("left") + 1)
