"""Signing in by a link sent by e-mail: made, sent and used once."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.mail.actions import queue
from helsevev.commons.people import queries
from helsevev.commons.people.models import SignInLink, User
from helsevev.commons.people.rules.sessions import LINK_LIFE, LINK_PAUSE

LINK_MINUTES = int(LINK_LIFE.total_seconds() // 60)


def my_page(language: str) -> str:
    """The address of a person's own page, for letters."""
    with override(language):
        return settings.SITE_URL + resolve_url(settings.LOGIN_REDIRECT_URL)


def send_link(address: str, *, next_url: str, language: str, now: datetime | None = None) -> None:
    """Send a link to whoever owns the address; to an address without an account, a letter that says so.

    Both write one letter in one transaction, so that neither the answer nor the time it takes tells who has an account.
    """
    moment = now or timezone.now()
    found = queries.account_of(address)
    with transaction.atomic():
        if found is None:
            _send_stranger(address.strip().lower(), language, moment)
        elif not found[0].sign_in_links.filter(used_at=None, made_at__gt=moment - LINK_PAUSE).exists():
            _send_link(*found, next_url, language, moment)


def _send_link(user: User, address: str, next_url: str, language: str, now: datetime) -> None:
    """Make a link and write the letter that carries it; a second click within the minute finds it under way."""
    token = secrets.token_urlsafe(32)
    digest = queries.digest(token)
    SignInLink.objects.create(user=user, address=address, digest=digest, next=next_url[:500], made_at=now)
    url = settings.SITE_URL + reverse("account_use_link", args=[token])
    queue(
        key=f"link:{digest}",
        kind="sign_in",
        to=address,
        language=language,
        template="account/sign_in_link",
        context={"url": url, "minutes": LINK_MINUTES},
    )


def _send_stranger(address: str, language: str, now: datetime) -> None:
    """Tell the owner of an unknown address that nobody has an account with it."""
    queue(
        key=f"unknown:{queries.digest(address)}:{int(now.timestamp() // LINK_PAUSE.total_seconds())}",
        kind="sign_in",
        to=address,
        language=language,
        template="account/unknown_account",
        context={"signup_url": settings.SITE_URL + reverse("account_signup")},
    )


def use_link(token: str, now: datetime | None = None) -> SignInLink | None:
    """Use a link up; None when it can't be used (any more). Of two who come at once, one gets in."""
    moment = now or timezone.now()
    with transaction.atomic():
        link = queries.working_link(token, moment)
        if link is None or not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=moment):
            return None
        link.user.sign_in_links.filter(used_at=None).delete()
        _prove_address(link.user, link.address)
    return link


def _prove_address(user: User, address: str) -> None:
    """Who opens the letter owns the address, so it is proven.

    A password set before anyone had proven to own the address is thrown away: it may be a stranger's, who signed up
    with another's address and waits for the owner to come.
    """
    addresses = EmailAddress.objects.filter(user=user)
    row, _ = addresses.get_or_create(user=user, email=address, defaults={"primary": not addresses.exists()})
    if row.verified:
        return
    if user.has_usable_password() and not addresses.filter(verified=True).exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])
    row.verified = True
    row.save(update_fields=["verified"])
