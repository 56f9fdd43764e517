"""What waits for a person in applications, and what is kept about them where no table refers to the account."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Waiting
from helsevev.network.applications.models import Application, Invitation, Partner, Submission
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.rules.permissions import SIGNERS

KIND = "application"


def waiting(person: Person) -> list[Waiting]:
    """Applications that aren't sent and can be, and confirmations that are asked of one."""
    now = timezone.now()
    open_ = [one for one in asking.of_person(person) if asking.refuse_write(one, now) is None]
    signs = person.organisations(SIGNERS)
    found = []
    for one in open_:
        access = asking.access(one, person)
        due = timezone.localdate(one.round.closes_at) if one.round.closes_at else None
        url = reverse("applications:application", args=[one.key])
        if access.writes and one.sheet.state == "draft":
            found.append(Waiting(_("Application not sent: %(title)s") % {"title": one.title}, url, due, KIND))
        if access.signs_for and _waits(one, signs):
            found.append(Waiting(_("Confirm, or leave it: %(title)s") % {"title": one.title}, url, due, KIND))
    return found


def _waits(one: Application, signs: frozenset[str]) -> bool:
    return Partner.objects.filter(application=one, organisation__key__in=signs, confirmed_at=None).exists()


def personal_data(user: User) -> dict[str, object]:
    """What the person has sent in, confirmed and invited to, and invitations to the person's address."""
    key = str(user.key)
    sent = Submission.objects.filter(sent_by=key).values("application__key", "number", "title", "sent_at", "digest")
    confirmed = Partner.objects.filter(confirmed_by=key).values("application__key", "organisation__key", "confirmed_at")
    invited = Invitation.objects.filter(Q(sent_by=key) | Q(email=user.email)).values("email", "sent_at", "used_at")
    return {
        "applications.sent": [dict(row) for row in sent],
        "applications.confirmed": [dict(row) for row in confirmed],
        "applications.invitations": [dict(row) for row in invited],
    }
