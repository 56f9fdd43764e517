"""What a demonstration shows of meetings: invented ones by invented people, with a line, and one that has been."""

from datetime import date, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helsevev.core.sides import Side
from helsevev.network.events.actions import registering, writing
from helsevev.network.events.actions.programme import Line
from helsevev.network.events.actions.registering import Wish
from helsevev.network.events.actions.showing import show
from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.meetings import Kind, Mode

BY = "system:demo"
LEAD = "Oppdiktet møte for demonstrasjonen."
SERIES = "Oppdiktet: månedens webinar"
LINK = "https://example.invalid/"
SAID = "Oppdiktet tekst. Velkommen. I dag ser vi på hva som skal til for at kommuner og sykehus arbeider sammen."
SIDES = (Side.MUNICIPALITY, Side.HOSPITAL, Side.OTHER)


def demonstrate() -> int:
    """Make the invented meetings where there are none; how many. Only where accounts are invented."""
    if not settings.DEMO or Meeting.objects.filter(made_by=BY).exists():
        return 0
    today = timezone.localdate()
    with transaction.atomic():
        webinar = _made(Kind.WEBINAR, "Oppdiktet: Hva hjelper når to nivåer skal bli enige?", Mode.DIGITAL, today, 14)
        _made(Kind.NETWORK, "Oppdiktet: Nettverksmøte om gevinster", Mode.HYBRID, today, 30)
        _full(webinar)
        _been(_wednesday(today, -28))
    return 3


def _wednesday(today: date, days: int) -> date:
    """The first Wednesday after so many days."""
    return today + timedelta(days=days + (2 - today.weekday() - days) % 7)


def _made(kind: Kind, title: str, mode: Mode, today: date, days: int) -> Meeting:
    fields = {"kind": kind, "title": title, "lead": LEAD, "mode": mode, "day": _wednesday(today, days)}
    fields |= {"starts": time(10), "minutes": 90, "takes_registrations": True, "link": LINK, "most_digital": 6}
    if kind is Kind.WEBINAR:
        fields["series"] = writing.series_called(SERIES)
    if mode is Mode.HYBRID:
        fields |= {"place": "Oppdiktet møtesal, Oslo", "most_site": 40}
    programme = [
        Line(time(10), "Velkommen", "Demo Sekretariat"),
        Line(time(10, 15), "Erfaringer fra et oppdiktet prosjekt", "Demo Prosjektleder"),
        Line(time(11), "Samtale"),
    ]
    return writing.publish(writing.make(fields, programme, BY), BY)


def _full(meeting: Meeting) -> None:
    """Eight invented people ask for six places."""
    for number in range(8):
        wish = Wish(
            [(f"Demo Deltaker {number + 1}", f"demo.deltaker.{number + 1}@example.invalid")],
            Mode.DIGITAL,
            SIDES[number % 3],
            "Oppdiktet arbeidssted",
        )
        registering.confirm(registering.register(meeting, wish, "nb"))


def _been(day: date) -> None:
    """One that has been, with what remains of it; a seminar, so that no year's report counts it."""
    row = Meeting.objects.create(
        key=f"demo-seminar-{day.isoformat()}",
        kind=Kind.SEMINAR,
        title="Oppdiktet: Seminar om felles språk",
        lead=LEAD,
        mode=Mode.DIGITAL,
        state="published",
        day=day,
        starts=time(12),
        minutes=60,
        made_by=BY,
        kept_registered=48,
        kept_attended=37,
        watched=112,
        recording=LINK,
        has_captions=True,
        transcript=SAID,
        recording_published_at=timezone.now(),
    )
    show(row, BY)
