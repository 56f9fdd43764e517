"""Rounds for tests: one that is open now, made as the secretariat makes them."""

from datetime import datetime, timedelta

from django.utils import timezone

from helsevev.network.applications.actions import rounds as acting
from helsevev.network.applications.actions.preparing import prepare
from helsevev.network.applications.models import Round
from helsevev.network.applications.rules.rounds import Times

BY = "system:test"


def at_noon() -> datetime:
    """Now, without what a form for times can't say."""
    return timezone.now().replace(second=0, microsecond=0)


def made(year: int = 2026, number: int = 2, opens: int = -7, closes: int = 30, decides: int = 60) -> Round:
    """A round with everything in it, so many days before or after now."""
    prepare()
    now = at_noon()
    times = Times(*(now + timedelta(days=days) for days in (opens, closes, decides)))
    round_ = acting.make_next(BY, (year, number), times)
    Round.objects.filter(pk=round_.pk).update(
        hours=400, supports=["tailored"], focus_areas=[{"nb": "Digital hjemmeoppfølging", "en": "Home follow-up"}]
    )
    return Round.objects.get(pk=round_.pk)


def opened(year: int = 2026, number: int = 2) -> Round:
    """One whose call is open."""
    return acting.publish(made(year, number), BY)
