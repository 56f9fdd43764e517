"""What guidance offers on my page: lines to confirm, requests to answer, actions to do, sessions to book."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice, Person, Role, Waiting
from helsevev.network.guidance.actions.convening import address
from helsevev.network.guidance.actions.reminding import ACTIONS
from helsevev.network.guidance.actions.telling import HOURS
from helsevev.network.guidance.models import Engagement, EngagementInitiative, HourAnswer, HourLine, HourRequest
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.queries import sessions as sessions_asking
from helsevev.network.guidance.rules.engagements import RequestState
from helsevev.network.guidance.rules.permissions import LEADERS

KIND = "project"


def waiting(person: Person) -> list[Waiting]:
    """What waits for a person in their working rooms."""
    user = User.objects.filter(key=person.key).first() if person.is_known else None
    if user is None:
        return []
    return [*_actions(user), *_to_confirm(person), *_requests(person), *_to_book(user)]


def _actions(user: User) -> Iterable[Waiting]:
    for one in sessions_asking.open_actions(user):
        yield Waiting(_("Action: %(text)s") % {"text": one.text}, address(one.session, user), one.due, KIND)


def _to_confirm(person: Person) -> Iterable[Waiting]:
    keys = person.organisations(LEADERS)
    if not keys:
        return
    asked = HourLine.objects.filter(kind__in=["used", "returned", "transferred"], answers=None)
    engagements = asked.filter(
        engagement__places__initiative__parties__organisation__key__in=keys
    ).values_list("engagement_id", flat=True)  # fmt: skip
    for title, url in _titled(set(engagements)):
        yield Waiting(_("Hours to confirm: %(title)s") % {"title": title}, url, None, KIND)


def _requests(person: Person) -> Iterable[Waiting]:
    if Role.SECRETARIAT not in person.roles:
        return
    open_ = HourRequest.objects.filter(state=RequestState.ASKED).values_list("engagement_id", flat=True)
    for title, url in _titled(set(open_)):
        yield Waiting(_("Asked for past the balance: %(title)s") % {"title": title}, url, None, KIND)


def _to_book(user: User) -> Iterable[Waiting]:
    now = timezone.now()
    for one in sessions_asking.to_book(user):
        if one.agreed.ends <= now and sessions_asking.engagements(one):
            what = _("Write the time of %(title)s in the ledger") % {"title": one.title}
            yield Waiting(what, address(one, user), one.day, KIND)


def _titled(engagements: set[int]) -> list[tuple[str, str]]:
    """Title and address of each of these working rooms."""
    rows = (
        EngagementInitiative.objects.filter(engagement_id__in=engagements).select_related("initiative").order_by("pk")
    )
    named = {row.engagement_id: row.initiative for row in rows}
    language = get_language() or "nb"
    return sorted((rooms.title(one, language), reverse("guidance:hours", args=[one.key])) for one in named.values())


def notices() -> list[Notice]:
    """What a person may choose to hear of by e-mail; invitations always come, as they are the invitation."""
    return [HOURS, ACTIONS]


def personal_data(user: User) -> dict[str, object]:
    """What ledgers and stories say of a person by key; tables that refer to the account are told by people."""
    key = str(user.key)
    lines = HourLine.objects.filter(advisor=key) | HourLine.objects.filter(by=key)
    columns = ("kind", "minutes", "purpose", "on", "worked_on", "what", "at")
    return {
        "hour_lines": list(lines.order_by("pk").values(*columns)),
        "hour_answers": list(HourAnswer.objects.filter(by=key).order_by("pk").values("answer", "comment", "at")),
        "hour_requests": list(
            HourRequest.objects.filter(asked_by=key).order_by("pk").values("why", "over", "asked_at")
        ),
        "engagements_opened": list(Engagement.objects.filter(opened_by=key).values("starts", "ends", "opened_at")),
    }
