"""What is kept no longer (a duty of the worker): marks of clicks, addresses nobody confirmed, and those that rest."""

from django.utils import timezone

from helsevev.network.newsletter.actions.settling import close_due
from helsevev.network.newsletter.models import Subscriber
from helsevev.network.newsletter.rules.states import RESTS_FOR, UNCONFIRMED_FOR, Standing


def keep() -> int:
    """Let go of what is over time; how much."""
    now = timezone.now()
    asked = Subscriber.objects.filter(standing=Standing.ASKED, asked_at__lt=now - UNCONFIRMED_FOR)
    rested = Subscriber.objects.filter(standing=Standing.RESTING, rested_at__lt=now - RESTS_FOR)
    return close_due() + asked.delete()[0] + rested.delete()[0]
