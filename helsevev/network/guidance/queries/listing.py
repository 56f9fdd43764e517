"""The engagements that a person takes part in, with where their hours stand."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from helsevev.commons.people.rules import Person, Role
from helsevev.core.ledger import Balance, clock
from helsevev.network.guidance.models import Engagement, EngagementInitiative
from helsevev.network.guidance.queries import hours, rooms
from helsevev.network.guidance.rules.permissions import PARTIES


@dataclass(frozen=True)
class Row:
    """One working room in a list (rad)."""

    key: str
    title: str
    engagement: Engagement
    balance: Balance
    ended: bool

    @property
    def left(self) -> str:
        """What is left, in hours and minutes."""
        return clock(self.balance.left)

    @property
    def granted(self) -> str:
        """What is granted, in hours and minutes."""
        return clock(self.balance.granted)


def visible(person: Person) -> QuerySet[Engagement]:
    """The engagements whose rooms the person may enter."""
    if not person.is_known:
        return Engagement.objects.none()
    if Role.SECRETARIAT in person.roles:
        return Engagement.objects.all()
    today = timezone.localdate()
    asked = Q(places__initiative__parties__organisation__key__in=person.organisations(PARTIES))
    if Role.ADVISOR in person.roles:
        in_force = Q(advisors__until=None) | Q(advisors__until__gte=today)
        asked |= Q(advisors__user__key=person.key) & in_force
    return Engagement.objects.filter(asked).distinct()


def has_list(person: Person) -> bool:
    """Whether there is a list for somebody, be it empty: who guides, and who works where projects may be guided."""
    return bool(person.roles & {Role.SECRETARIAT, Role.ADVISOR} or person.organisations(PARTIES))


def rows(person: Person, language: str) -> list[Row]:
    """The rooms, open ones first, in a fixed number of statements."""
    every = list(visible(person))
    places = EngagementInitiative.objects.filter(engagement__in=every).select_related("initiative").order_by("pk")
    named = {one.engagement_id: one.initiative for one in places}
    balances = hours.balances([one.pk for one in every])
    found = [
        Row(
            named[one.pk].key,
            rooms.title(named[one.pk], language),
            one,
            balances.get(one.pk, Balance()),
            one.closed_at is not None,
        )
        for one in every
    ]
    return sorted(found, key=lambda row: (row.ended, row.title))
