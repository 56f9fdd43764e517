"""What editors see of searches, and of their own words (spørsmål)."""

from typing import Any

from django.db.models import QuerySet, Sum

from helsevev.commons.finding.models import WordGroup
from helsevev.knowledge.search.models import Asked
from helsevev.knowledge.search.rules import SHOWN_FROM

MOST = 50


def unanswered() -> list[dict[str, object]]:
    """What was searched for several times without a hit, the most often first."""
    rows = _asked().filter(nothing__gte=SHOWN_FROM).order_by("-nothing", "text")[:MOST]
    return [{"text": row["text"], "times": row["nothing"]} for row in rows]


def unopened() -> list[dict[str, object]]:
    """What was searched for several times and found, and nobody opened a hit."""
    rows = _asked().filter(nothing=0, clicks=0, searches__gte=SHOWN_FROM).order_by("-searches", "text")[:MOST]
    return [{"text": row["text"], "times": row["searches"]} for row in rows]


def _asked() -> "QuerySet[Any, Any]":
    """Sums over the weeks; typed loosely, since the names of sums are no fields."""
    grouped = Asked.objects.values("text")
    return grouped.annotate(searches=Sum("times"), nothing=Sum("empty"), clicks=Sum("opened"))


def groups() -> list[WordGroup]:
    """The editors' own words, the newest first."""
    return list(WordGroup.objects.order_by("-changed_at", "-pk"))
