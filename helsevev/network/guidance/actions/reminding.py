"""Reminders of actions and of tomorrow's sessions (a duty of the worker); each goes once."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.mail.actions import queue
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice
from helsevev.core.words import gettext_noop
from helsevev.network.guidance.actions.convening import address
from helsevev.network.guidance.models import Session, SessionPerson, SessionPoint
from helsevev.network.guidance.queries import sessions as asking
from helsevev.network.guidance.rules import sessions as rules

ACTIONS = Notice("guidance_actions", gettext_noop("Guidance: actions you have said to do, and tomorrow's sessions"))


def remind(today: date | None = None) -> int:
    """Letters about actions that are due, soon due or late, and about sessions of the day after; how many."""
    day = today or timezone.localdate()
    return _actions(day) + _sessions(day)


def _actions(day: date) -> int:
    rows = SessionPoint.objects.filter(
        kind=rules.PointKind.ACTION, done_at=None, owner__is_active=True, due__lte=day + timedelta(days=3)
    ).exclude(session__state=rules.State.CANCELLED)
    sent = 0
    for one in rows.select_related("owner", "session__engagement", "session__group"):
        step = rules.reminder(one.due, day) if one.due else ""
        if step and one.owner:
            late = one.due is not None and one.due < day
            values: dict[str, object] = {"text": one.text, "due": one.due, "late": late}
            sent += _send(one.owner, one.session, f"action:{one.pk}:{one.due}:{step}", "action", values)
    return sent


def _sessions(day: date) -> int:
    rows = SessionPerson.objects.filter(
        session__state=rules.State.PLANNED, session__day=day + timedelta(days=1), user__is_active=True
    )
    sent = 0
    for one in rows.select_related("user", "session__engagement", "session__group"):
        key = f"tomorrow:{one.session.key}:{one.session.sequence}"
        starts, ends = one.session.agreed.starts, one.session.agreed.ends
        sent += _send(one.user, one.session, key, "tomorrow", {"starts": starts, "ends": ends})
    return sent


def _send(user: User, session: Session, key: str, template: str, values: dict[str, object]) -> int:
    if not people.wants(user, ACTIONS) or not asking.engagements(session):
        return 0
    with override(user.language):
        url = settings.SITE_URL + address(session, user)
    queue(
        key=f"guidance:{key}:{user.pk}",
        kind=ACTIONS.kind,
        to=user.email,
        language=user.language,
        template=f"guidance/{template}",
        context={**values, "session": session, "url": url},
    )
    return 1
