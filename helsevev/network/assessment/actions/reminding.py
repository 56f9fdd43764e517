"""Reminders to assessors whose assessments aren't given (a duty of the worker)."""

from datetime import date

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.mail.actions import queue
from helsevev.network.assessment.models import Assessment
from helsevev.network.assessment.rules import reminders

NOTICE = "assessment"


def remind(today: date | None = None) -> int:
    """A letter to each who has something left, so many days before the date; each once."""
    day = today or timezone.localdate()
    rows = Assessment.objects.filter(
        given_at=None, user__is_active=True, application__round__board__assess_by__isnull=False
    )
    due_on = "application__round__board__assess_by"
    fields = ("user_id", "user__email", "user__language", "user__is_demo", "application__round_id", due_on)
    sent = 0
    for user, email, language, is_demo, round_, due, left in rows.values_list(*fields).annotate(left=Count("pk")):
        step = reminders.step(due, day)
        if step is None or is_demo:
            continue
        with override(language):
            url = settings.SITE_URL + reverse("assessment:desk")
        queue(
            key=f"assess:{round_}:{user}:{due.isoformat()}:{step}",
            kind=NOTICE,
            to=email,
            language=language,
            template="assessment/reminder",
            context={"left": left, "due": due, "url": url},
        )
        sent += 1
    return sent
