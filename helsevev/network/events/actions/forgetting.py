"""Participants' data goes on the day that was stated (a duty of the worker); the numbers stay."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import actions as forms
from helsevev.network.events.models import Meeting, Registration
from helsevev.network.events.queries import people

UNCONFIRMED_FOR = timedelta(days=2)


def forget_due(now: datetime | None = None) -> int:
    """Delete what is due; how many meetings were emptied."""
    moment = now or timezone.now()
    unconfirmed = Registration.objects.filter(state=Registration.State.UNCONFIRMED)
    unconfirmed.filter(asked_at__lt=moment - UNCONFIRMED_FOR).delete()
    over = Meeting.objects.filter(day__lt=timezone.localdate(moment), kept_registered=None)
    due = [one for one in over.filter(registrations__isnull=False).distinct() if one.data_ends <= moment]
    for one in due:
        _empty(one)
    return len(due)


@transaction.atomic
def _empty(meeting: Meeting) -> None:
    """Count once more, then let every participant go, their answers with them."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    counted = people.numbers(row)
    for one in row.registrations.exclude(sheet=None).select_related("sheet"):
        if one.sheet:
            forms.erase(one.sheet, "system:keeping")
    row.registrations.all().delete()
    row.kept_registered, row.kept_attended = counted.registered or 0, counted.attended
    row.save(update_fields=["kept_registered", "kept_attended"])
    record("system:keeping", "emptied", "meeting", row.key, {"registered": row.kept_registered})
