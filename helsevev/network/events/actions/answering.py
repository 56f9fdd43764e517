"""The sheet on which whoever registered answers the meeting's form."""

from django.db import transaction

from helsevev.commons.forms import actions as forms
from helsevev.commons.forms.models import Sheet
from helsevev.network.events.models import Registration

ROOM = "events"


@transaction.atomic
def sheet_of(registration: Registration, language: str, by: str) -> Sheet:
    """The registration's sheet, opened the first time that it is asked for."""
    row = Registration.objects.select_for_update().select_related("meeting").get(pk=registration.pk)
    if row.sheet is not None:
        return row.sheet
    assert row.meeting.form is not None  # nobody is shown questions that aren't there
    made = forms.open_sheet(row.meeting.form, room=ROOM, subject=str(row.pk), language=language, by=by)
    row.sheet = made
    row.save(update_fields=["sheet"])
    return made
