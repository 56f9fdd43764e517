"""Questions that only a demonstration asks."""

from django.db.models import QuerySet

from helsevev.commons.demo.rules import EVERYONE, Invented
from helsevev.commons.mail.models import Message
from helsevev.commons.people.models import User


def cast() -> list[Invented]:
    """The invented people who have an account here."""
    there = set(User.objects.filter(is_demo=True, is_active=True).values_list("email", flat=True))
    return [person for person in EVERYONE if person.address in there]


def account(code: str) -> User | None:
    """The invented account with this word, such as a role; never anyone else's."""
    person = next((one for one in EVERYONE if one.code == code), None)
    return User.objects.filter(is_demo=True, is_active=True, email=person.address).first() if person else None


def letters() -> QuerySet[Message]:
    """The letters that would have been sent, the newest first."""
    return Message.objects.order_by("-written_at", "-pk")
