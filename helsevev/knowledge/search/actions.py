"""Counts what is searched for (telle)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from helsevev.knowledge.search.models import Asked
from helsevev.knowledge.search.rules import keepable


def count(text: str, *, found: bool) -> None:
    """One more search, and whether it found anything."""
    _add(text, times=1, empty=0 if found else 1)


def count_opened(text: str) -> None:
    """One hit of a search was opened."""
    _add(text, opened=1)


def _add(text: str, **more: int) -> None:
    kept = keepable(text)
    if not kept:
        return
    today = timezone.localdate()
    week = today - timedelta(days=today.weekday())
    with transaction.atomic():
        Asked.objects.bulk_create([Asked(week=week, text=kept)], ignore_conflicts=True)
        Asked.objects.filter(week=week, text=kept).update(**{name: F(name) + number for name, number in more.items()})
