"""What followers haven't heard of yet (nytt for følgere): changes of published projects, gathered for each person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from helsevev.commons.initiatives.models import Follow
from helsevev.commons.people.models import User
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.models import Revision


@dataclass(frozen=True)
class News:
    """What has changed in a project since its follower last heard of it (nytt); the names of the fields."""

    follow: Follow
    fields: list[str]
    until: datetime
    last: int


def _untold() -> QuerySet[Revision]:
    """Changes of the project of a row of followers, since that person last heard."""
    return Revision.objects.filter(
        project_id=OuterRef("initiative_id"), project__published=True, at__gt=OuterRef("heard_until")
    )


def to_be_told(before: datetime) -> list[User]:
    """Those for whom some change has waited since before that moment. One statement."""
    waiting = Follow.objects.filter(Exists(_untold().filter(at__lte=before)))
    return list(User.objects.filter(pk__in=waiting.values("user_id")).order_by("pk"))


def news_for(user: User) -> list[News]:
    """What a person hasn't heard, project by project in the order of their titles; locked until the transaction ends.

    Their own changes are no news to them, and neither is what was changed and changed back.
    """
    follows = Follow.objects.select_for_update(of=("self",)).filter(Exists(_untold()), user=user)
    found = {row.initiative_id: row for row in follows.select_related("initiative")}
    revisions: defaultdict[int, list[Revision]] = defaultdict(list)
    rows = Revision.objects.filter(project_id__in=found, project__initiative__followers__user=user)
    for row in rows.filter(at__gt=F("project__initiative__followers__heard_until")).order_by("number"):
        revisions[row.project_id].append(row)
    news = [_news(row, revisions[pk], str(user.key)) for pk, row in found.items() if revisions[pk]]
    return sorted(news, key=lambda one: (one.follow.initiative.title, one.follow.initiative.key))


def _news(follow: Follow, revisions: list[Revision], actor: str) -> News:
    fields = _changed(row.changes for row in revisions if row.actor != actor)
    return News(follow, fields, max(row.at for row in revisions), max(row.pk for row in revisions))


def _changed(every: Iterable[dict[str, Any]]) -> list[str]:
    """The fields that differ in the end, in their order; whether it is shown at all is no news of the project."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for changes in every:
        for name, change in changes.items():
            before.setdefault(name, change["before"])
            after[name] = change["after"]
    differs = rules.differs(before, after)
    return [name for name in rules.FIELDS if name in differs and name != "published"]
