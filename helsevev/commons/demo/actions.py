"""Makes the invented people by the same actions as real ones."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from helsevev.commons.demo.rules import EVERYONE, ORGANISATIONS, Invented
from helsevev.commons.people import actions, queries
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Grant

ACTOR = "system:demo"
REASON = "Invented person for the demonstration"


def prepare() -> int:
    """See to it that there is an account for each role; how many roles had to be given."""
    if any(queries.organisation(key) is None for key in ORGANISATIONS):
        actions.load_registers()
    with transaction.atomic():
        return sum(_prepare(person) for person in EVERYONE)


def _prepare(person: Invented) -> int:
    """One person with their roles; what is there already is left."""
    user = User.objects.filter(email=person.address).first()
    if user is None:
        user = User.objects.create_user(person.address, name=person.name, is_demo=True)
    EmailAddress.objects.get_or_create(user=user, email=person.address, defaults={"verified": True, "primary": True})
    today = timezone.localdate()
    held = {(grant.role, grant.organisation) for grant in queries.grants(user) if grant.holds(today)}
    there = [place for place in person.places if place is None or queries.organisation(place)]
    missing = [place for place in there if (person.role, place) not in held]
    for place in missing:
        actions.grant_as_operator(ACTOR, user, Grant(person.role, place, today), REASON)
    return len(missing)
