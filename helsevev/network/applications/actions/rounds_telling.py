"""Letters about calls, to those who asked for them and have confirmed that the address is theirs."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.mail.actions import queue
from helsevev.network.applications.models import CallFollower, Round
from helsevev.network.applications.rules import following

NOTICE = "call"


def follow(address: str, language: str, now: datetime | None = None) -> None:
    """Ask the owner of an address whether they want letters. The answer tells nobody who follows already."""
    moment = now or timezone.now()
    email, token = address.strip().lower(), secrets.token_urlsafe(32)
    with transaction.atomic():
        row, is_new = CallFollower.objects.select_for_update().get_or_create(
            email=email,
            defaults={"language": language, "digest": following.digest(token), "key": uuid4(), "asked_at": moment},
        )
        if row.confirmed_at is not None or (not is_new and following.is_too_soon(row.asked_at, moment)):
            return
        row.language, row.digest, row.asked_at = language, following.digest(token), moment
        row.save(update_fields=["language", "digest", "asked_at"])
        queue(
            key=f"follow:{row.digest}",
            kind=NOTICE,
            to=email,
            language=language,
            template="applications/follow",
            context={"url": _address(language, "follow_confirm", token), "days": following.LINK_LIFE.days},
        )


def confirm(token: str, now: datetime | None = None) -> CallFollower | None:
    """The owner says yes; None when the link can't be used."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = CallFollower.objects.select_for_update().filter(digest=following.digest(token)).first()
        if row is None or (row.confirmed_at is None and following.is_over(row.asked_at, moment)):
            return None
        if row.confirmed_at is None:
            row.confirmed_at = moment
            row.save(update_fields=["confirmed_at"])
    return row


def unfollow(key: UUID) -> None:
    """No more letters; asking twice is the same as once."""
    CallFollower.objects.filter(key=key).delete()


def forget_unconfirmed() -> int:
    """Addresses that nobody confirmed (a duty of the worker)."""
    oldest = timezone.now() - following.LINK_LIFE
    return CallFollower.objects.filter(confirmed_at=None, asked_at__lt=oldest).delete()[0]


def tell_followers(round_: Round) -> None:
    """A letter to each who follows, in the transaction that publishes the call."""
    for row in CallFollower.objects.filter(confirmed_at__isnull=False).iterator(chunk_size=500):
        queue(
            key=f"call:{round_.pk}:{row.pk}",
            kind=NOTICE,
            to=row.email,
            language=row.language,
            template="applications/call",
            context={
                "round": round_,
                "url": _address(row.language, "call", round_.code),
                "stop_url": _address(row.language, "unfollow", row.key),
            },
        )


def _address(language: str, name: str, *words: object) -> str:
    with override(language):
        return settings.SITE_URL + reverse(f"applications:{name}", args=words)
