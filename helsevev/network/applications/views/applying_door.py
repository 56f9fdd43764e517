"""Who is let in to an application: only those behind it; everyone else is told that there is no such page."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.network.applications.models import Application
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries.applying import Access
from helsevev.network.applications.views.door import person_on


@dataclass(frozen=True)
class Inside:
    """Someone inside an application: who, which, what they may, and when the request reached us."""

    user: User
    application: Application
    access: Access
    now: datetime

    @property
    def by(self) -> str:
        """What the trail calls the person."""
        return str(self.user.key)

    @property
    def url(self) -> str:
        """The application's own page."""
        return reverse("applications:application", args=[self.application.key])


def let_in(request: HttpRequest, key: object, needs: str = "sees") -> Inside:
    """The application, for those who may; `needs` names what of `Access` is asked for."""
    now = timezone.now()
    application = asking.one(str(key))
    if application is None or not isinstance(request.user, User):
        raise Http404
    access = asking.access(application, person_on(request))
    if not getattr(access, needs):
        raise Http404
    return Inside(request.user, application, access, now)


def crumbs(inside: Inside, *further: str) -> list[dict[str, str]]:
    """Where a page of an application lies."""
    every = [(_("My applications"), reverse("applications:mine")), (inside.application.title, inside.url)]
    every += [(label, "") for label in further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


def back(inside: Inside, place: str = "") -> HttpResponse:
    """To the application's own page."""
    return HttpResponseRedirect(inside.url + (f"#{place}" if place else ""))
