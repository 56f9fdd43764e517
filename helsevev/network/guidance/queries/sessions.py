"""What is asked of sessions: whose they are, whose time they take, what came of them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.queries.telling import Told
from helsevev.commons.people.models import User
from helsevev.core.ledger_sharing import Sharing
from helsevev.core.ledger_sharing import shares as fall
from helsevev.network.guidance.models import Engagement, GuidanceGroup, Session, SessionPoint
from helsevev.network.guidance.rules.sessions import PointKind, State


def of_engagement(engagement: Engagement) -> QuerySet[Session]:
    """The sessions of an engagement: its own, and those of its groups while it was in them; the newest first."""
    asked = Q(engagement=engagement) | Q(group__members__engagement=engagement)
    return Session.objects.filter(asked).select_related("group").distinct().order_by("-day", "-starts", "-pk")


def one(key: UUID | str) -> Session | None:
    """A session by its key."""
    return Session.objects.filter(key=key).select_related("engagement", "group", "sheet").first()


def members(group: GuidanceGroup, day: date) -> list[Engagement]:
    """The engagements in a group on a day."""
    asked = Q(memberships__group=group, memberships__since__lte=day)
    asked &= Q(memberships__until=None) | Q(memberships__until__gte=day)
    return list(Engagement.objects.filter(asked).order_by("pk").distinct())


def engagements(session: Session) -> list[Engagement]:
    """Whose session it is: one engagement, or those in the group on its day."""
    if session.group is not None:
        return members(session.group, session.day)
    return [session.engagement] if session.engagement else []


def shares(session: Session, every: Iterable[Engagement]) -> dict[Engagement, int]:
    """What each engagement is charged of the session's length, by the group's rule.

    While a session lies ahead, nobody knows who will come, so everyone is counted as coming.
    """
    among = {engagement.pk: engagement for engagement in every}
    if session.group is None:
        return dict.fromkeys(among.values(), session.minutes)
    present = set(session.presences.values_list("engagement_id", flat=True))
    if not present and session.agreed.ends > timezone.now():
        present = set(among)
    found = fall(Sharing(session.group.sharing), session.minutes, list(among), present)
    return {among[pk]: minutes for pk, minutes in found.items()}


def decisions(session: Session) -> list[SessionPoint]:
    """What was decided."""
    return list(session.points.filter(kind=PointKind.DECISION))


def actions(session: Session) -> list[SessionPoint]:
    """Who does what by when, the soonest first."""
    return list(session.points.filter(kind=PointKind.ACTION).select_related("owner").order_by("due", "pk"))


def open_actions(user: User) -> QuerySet[SessionPoint]:
    """What a person has said to do and hasn't done."""
    rows = SessionPoint.objects.filter(kind=PointKind.ACTION, owner=user, done_at=None)
    return rows.exclude(session__state=State.CANCELLED).select_related("session__engagement", "session__group")


def notes(session: Session, language: str) -> list[Told]:
    """The notes as they stand, to read."""
    if session.sheet is None:
        return []
    questionnaire = forms.compiled(session.sheet.version)
    return forms.told(questionnaire, forms.answers(session.sheet), language)


def to_book(user: User) -> QuerySet[Session]:
    """Sessions that an advisor was at, that are over, and whose time isn't in the ledger."""
    today = timezone.localdate()
    rows = Session.objects.filter(state=State.PLANNED, day__lte=today, people__user=user, people__is_advisor=True)
    return rows.select_related("engagement", "group")
