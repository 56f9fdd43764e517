"""What the portfolio offers on my page: what waits for me, and what is kept about me."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice, Person, Waiting
from helsevev.network.portfolio.actions import PROJECT_NEWS
from helsevev.network.portfolio.queries import pages, staff

KIND = "project"


def waiting(person: Person) -> list[Waiting]:
    """Drafts that are probably forgotten, and milestones soon due in the projects of one's organisations."""
    unsaved = [
        Waiting(_("Unsaved draft: %(title)s") % {"title": one.title.text}, _address(one.key), None, KIND)
        for one in staff.forgotten(person)
    ]
    due = [
        Waiting(
            _("Milestone in %(project)s: %(title)s") % {"project": one.project, "title": one.title},
            _address(one.key),
            one.due,
            KIND,
        )
        for one in staff.milestones_due(person, timezone.localdate())
    ]
    return unsaved + due


def _address(key: str) -> str:
    """Where a draft is gone on with."""
    return reverse("portfolio:edit", args=[key]) if key else reverse("portfolio:create")


def notices() -> list[Notice]:
    """What a person may choose to hear of by e-mail."""
    return [PROJECT_NEWS]


def pages_of(keys: Collection[str], person: Person) -> dict[str, str]:
    """The project pages of these initiatives that the person may see."""
    return {key: reverse("portfolio:project", args=[key]) for key in pages.visible_among(keys, person)}


def personal_data(user: User) -> dict[str, object]:
    """Changes that the person has made. Drafts and sheets refer to the account, and are told by the people's room."""
    return staff.personal_data(user)
