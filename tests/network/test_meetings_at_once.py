"""Two hundred who confirm in the same minute for the last ten places; on a real database."""

from at_once import at_once
from django.test import Client
from meetings import meeting

from helsevev.commons.audit.queries import report
from helsevev.commons.mail.models import Message
from helsevev.network.events.models import Attendee, Registration
from helsevev.network.events.queries import people

MANY, PLACES, TOGETHER = 200, 10, 50


def test_two_hundred_at_once_for_the_last_ten_places_never_overbook(on_disk):
    row = meeting(most_digital=PLACES)
    rows = Registration.objects.bulk_create(
        Registration(meeting=row, mode="digital", side="other", language="nb") for _number in range(MANY)
    )
    asked = Attendee.objects.bulk_create(
        Attendee(registration=one, name=f"Oppdiktet {n}", email=f"last.{n}@example.invalid")
        for n, one in enumerate(rows)
    )

    def confirm(one: Attendee) -> int:
        return Client().post(f"/nb/meetings/mine/{one.token}/", {"act": "confirm"}).status_code

    found = []
    for start in range(0, MANY, TOGETHER):
        found += at_once(*(lambda one=one: confirm(one) for one in asked[start : start + TOGETHER]))
    assert set(found) == {302}
    assert sum(one.seats for one in people.parties(row, "registered")) == PLACES
    waiting = people.parties(row, "waiting")
    assert len(waiting) == MANY - PLACES
    # Each has one letter that says which.
    assert Message.objects.filter(key__contains=":registered:").count() == PLACES
    assert Message.objects.filter(key__contains=":waiting").count() == MANY - PLACES
    # One leaves, and exactly the one who stands first moves up.
    leaver = Attendee.objects.filter(registration__state="registered").first()
    assert leaver is not None
    assert Client().post(f"/nb/meetings/mine/{leaver.token}/", {"act": "cancel"}).status_code == 302
    assert Registration.objects.get(pk=waiting[0].key).state == "registered"
    assert sum(one.seats for one in people.parties(row, "registered")) == PLACES
    assert not report().faults
