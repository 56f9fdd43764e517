"""Asks links of other sites now and then whether they still lead anywhere; the worker comes round for it."""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from helsevev.core import outward
from helsevev.core.outward import Answer
from helsevev.knowledge.pages.models import Visit
from helsevev.knowledge.pages.queries import links

# So few at a time that letters aren't held back, and one of each site.
AT_A_TIME = 3


def visit_due() -> None:
    """Ask a few, where the installation is allowed to ask other sites."""
    if settings.VISIT_LINKS:
        visit(AT_A_TIME)


def visit(most: int, *, inside: Collection[str] = ()) -> int:
    """Ask at most so many, one of each site; says how many were asked. `inside`: hosts of one's own that may be."""
    linked = links.outward()
    Visit.objects.exclude(address__in=list(linked)).delete()
    sites: set[str] = set()
    asked = 0
    for address in links.due(linked, timezone.now(), len(linked)):
        site = urlsplit(address).netloc
        if asked == most:
            break
        if site not in sites:
            sites.add(site)
            _ask(address, inside)
            asked += 1
    return asked


def _ask(address: str, inside: Collection[str]) -> None:
    heard = outward.ask(address, inside=inside)
    now = timezone.now()
    before = Visit.objects.filter(address=address).first()
    failing = (before and before.failing_since) or now
    said = {
        "answer": heard.answer.value,
        "status": heard.status,
        "asked_at": now,
        "failing_since": None if heard.answer is Answer.LEADS else failing,
    }
    Visit.objects.update_or_create(address=address, defaults=said)
