"""Every question asked of the messages."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from helsevev.commons.mail import rules
from helsevev.commons.mail.models import Batch, Message

PAGE = 50
OVERDUE = timedelta(hours=1)


def due(now: datetime) -> QuerySet[Message]:
    """What should be sent now: what one person waits for before what goes to many, and then the oldest first."""
    return Message.objects.filter(state=Message.State.QUEUED, not_before__lte=now).order_by("rank", "not_before", "id")


def sending() -> QuerySet[Message]:
    """What someone has claimed."""
    return Message.objects.filter(state=Message.State.SENDING)


def latest(limit: int = PAGE) -> QuerySet[Message]:
    """The newest messages whole, for the page of demo mode."""
    return Message.objects.order_by("-written_at", "-id")[:limit]


def counts() -> dict[str, int]:
    """How many messages are in each state."""
    found = Message.objects.order_by().values_list("state").annotate(Count("id"))
    return {state: number for state, number in found if number}


def overdue() -> int:
    """How many should have been tried an hour ago: no worker seems to run."""
    return due(timezone.now() - OVERDUE).count()


def page(*, state: str = "", before: int | None = None) -> QuerySet[Message]:
    """Messages for staff, newest first, one more than a page; without their text, which may hold a way to sign in."""
    found = Message.objects.defer("body").order_by("-id")
    if state:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(id__lt=before)
    return found[: PAGE + 1]


def of_batches(prefix: str) -> QuerySet[Message]:
    """The messages of the batches whose key begins so."""
    return Message.objects.filter(batch__in=Batch.objects.filter(key__startswith=prefix))


def to_with_id(address: str, message_id: str, kind: str) -> Message | None:
    """The message to an address that went out under this name, if it is one of ours."""
    rows = Message.objects.filter(to=address, kind=kind).select_related("batch")
    return next((one for one in rows if rules.message_id(one.key, settings.SITE_HOST) == message_id), None)
