"""Letters about pilots and papers, each once, in the reader's language."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.mail.actions import queue
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice
from helsevev.core.words import gettext_noop
from helsevev.network.guidance.queries import rooms

NOTICE = Notice("pilot", gettext_noop("Pilots: signatures, reviews and warnings"))


def address(user: User, name: str, *args: object) -> str:
    """A page's address in someone's language."""
    with override(user.language):
        return settings.SITE_URL + reverse(name, args=args)


def tell(
    users: Iterable[User], key: str, template: str, place: tuple[object, ...], context: Mapping[str, object]
) -> int:
    """A letter to each who wants such; `place` is a URL's name and arguments. Says how many."""
    sent = 0
    for user in {one.pk: one for one in users if one.is_active}.values():
        if not people.wants(user, NOTICE):
            continue
        name, *args = place
        queue(
            key=f"{key}:{user.key}",
            kind=NOTICE.kind,
            to=user.email,
            language=user.language,
            template=f"piloting/{template}",
            context={**context, "url": address(user, str(name), *args)},
        )
        sent += 1
    return sent


def of_parties(initiative: Initiative) -> list[User]:
    """Leaders, and those who may sign for a party."""
    found = list(rooms.leaders(initiative))
    for party in rooms.parties(initiative):
        found += rooms.signers(initiative, party.key)
    return found


def by_keys(keys: Iterable[str]) -> list[User]:
    """Accounts by their keys; those that are gone are left out."""
    return [user for key in keys if (user := people.account(key)) and user.is_active]


def advisors(initiative: Initiative) -> list[User]:
    """Who guides the project."""
    engagement = rooms.engagement_of(initiative)
    return rooms.advisors(engagement) if engagement else []
