"""What this room offers on my page: what waits for me, what I may be told of, and what is kept about me."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people import queries
from helsevev.commons.people.actions import ROLE_CHANGED
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import ROLE_NAMES, Grant, Notice, Person, Waiting
from helsevev.core.browser import Kept, Place
from helsevev.core.words import gettext_noop

# How long before its last day a role is worth a word.
ENDS_SOON = timedelta(days=30)


def waiting(person: Person) -> list[Waiting]:
    """A second factor to set up, and roles that soon end."""
    found = []
    if person.lacks_second_factor:
        title = _("Set up a second factor, so that your role counts")
        found.append(Waiting(title, reverse("account_second_factor"), None, "account"))
    soon = timezone.localdate() + ENDS_SOON
    ending = (grant for grant in person.grants if grant.ends is not None and grant.ends <= soon)
    return found + [_ending(grant) for grant in sorted(ending, key=lambda grant: (str(grant.ends), grant.role))]


def _ending(grant: Grant) -> Waiting:
    """A word about a role that soon ends."""
    title = _("Your role ends: %(role)s") % {"role": _(ROLE_NAMES[grant.role])}
    return Waiting(title, f"{resolve_url(settings.LOGIN_REDIRECT_URL)}#roles", grant.ends, "role")


def kept_in_browser() -> Iterable[Kept]:
    """The session of those who sign in, and the language they chose."""
    signed_in = gettext_noop("Those who sign in")
    session = gettext_noop("Until the browser is closed, at most 12 hours")
    return (
        Kept(settings.SESSION_COOKIE_NAME, Place.COOKIE, gettext_noop("Keeps you signed in."), session, signed_in),
        Kept(
            settings.LANGUAGE_COOKIE_NAME,
            Place.COOKIE,
            gettext_noop("Remembers the language you chose."),
            gettext_noop("One year"),
            signed_in,
        ),
    )


def notices() -> Iterable[Notice]:
    """What a person may choose to hear of by e-mail."""
    return (ROLE_CHANGED,)


def personal_data(user: User) -> dict[str, Any]:
    """Every table's rows about the person, in every room, with the letters and the trail's lines."""
    return {**queries.rows_about(user), "letters": queries.letters_to(user), "trail": queries.trail_of(user)}
