"""What waits for assessors, on my page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.rules import Person, Role, Waiting
from helsevev.network.assessment.queries import desk

KIND = "application"


def waiting(person: Person) -> list[Waiting]:
    """Assessments that aren't given."""
    if Role.ASSESSOR not in person.roles:
        return []
    user = desk.people([person.key]).get(person.key)
    return [
        Waiting(
            _("Assess: %(title)s") % {"title": one.application.title},
            reverse("assessment:application", args=[one.application.key]),
            one.due,
            KIND,
        )
        for one in (desk.tasks(user) if user else [])
        if one.given_at is None
    ]
