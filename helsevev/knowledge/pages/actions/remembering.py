"""Pages that are remembered as they were drawn are forgotten, in every process, when something on them changes."""

from django.db.models import F

from helsevev.knowledge.pages.models import Version

ONLY = 1


def forget_pages() -> None:
    """Something that readers see has changed; counts in the transaction that changes it."""
    if not Version.objects.filter(pk=ONLY).update(number=F("number") + 1):
        Version.objects.get_or_create(pk=ONLY, defaults={"number": 1})
