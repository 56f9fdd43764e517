"""Letters about hours: to the project's leaders on both sides, the advisors and the secretariat."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.mail.actions import queue
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice
from helsevev.core import ledger
from helsevev.core.ledger import Balance
from helsevev.core.words import gettext_noop
from helsevev.network.guidance.models import Engagement, HourLine, HourRequest
from helsevev.network.guidance.queries import rooms

HOURS = Notice("guidance_hours", gettext_noop("Hours of guidance: when little is left, and lines to confirm"))


def both_sides(engagement: Engagement) -> list[User]:
    """Everyone who is told how the hours stand: leaders on both levels, advisors, and the secretariat."""
    every = [*rooms.leaders(rooms.main_initiative(engagement)), *rooms.advisors(engagement), *rooms.secretariat()]
    return list({user.pk: user for user in every}.values())


def tell_marks(engagement: Engagement, before: Balance, after: Balance) -> None:
    """Tell both sides when a point is passed; once for each amount granted, so that an extension arms it anew."""
    for mark in ledger.reached(before, after):
        key = f"hours:{engagement.key}:{mark}:{after.granted}"
        values = {"what": ledger.MARK_NAMES[mark], "balance": _told(after)}
        send(both_sides(engagement), engagement, "hours", key, values)


def tell_disputed(line: HourLine, comment: str) -> None:
    """Tell advisors and secretariat that the project doesn't agree."""
    users = [*rooms.advisors(line.engagement), *rooms.secretariat()]
    values = {"number": line.number, "minutes": ledger.clock(line.minutes), "comment": comment}
    send(users, line.engagement, "disputed", f"dispute:{line.pk}:{line.answers.count()}", values)


def tell_asked(request: HourRequest) -> None:
    """Tell both sides that a booking would overrun; the secretariat answers."""
    values = {"over": ledger.clock(request.over), "why": request.why}
    send(both_sides(request.engagement), request.engagement, "overrun", f"overrun:{request.pk}", values)


def _told(balance: Balance) -> dict[str, str]:
    names = ("granted", "used", "planned", "left")
    return {name: ledger.clock(getattr(balance, name)) for name in names}


def send(users: Iterable[User], engagement: Engagement, template: str, key: str, values: Mapping[str, object]) -> None:
    """A letter to each who wants such letters, with the way to the working room."""
    initiative = rooms.main_initiative(engagement)
    for user in {one.pk: one for one in users}.values():
        if not people.wants(user, HOURS):
            continue
        with override(user.language):
            url = settings.SITE_URL + reverse("guidance:hours", args=[initiative.key])
            what = {"what": _(str(values["what"]))} if "what" in values else {}
            title = rooms.title(initiative, user.language)
        queue(
            key=f"guidance:{key}:{user.pk}"[:200],
            kind=HOURS.kind,
            to=user.email,
            language=user.language,
            template=f"guidance/{template}",
            context={**values, **what, "title": title, "url": url},
        )
