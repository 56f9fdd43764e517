"""Letters to those who follow a project: what has changed, gathered for a while, in one letter for each person."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.initiatives.actions import hear
from helsevev.commons.mail.actions import queue
from helsevev.commons.people.actions.links import my_page
from helsevev.commons.people.models import User
from helsevev.commons.people.queries import wants
from helsevev.commons.people.rules import Notice
from helsevev.core.languages import in_language
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.queries import following

PROJECT_NEWS = Notice("project_news", gettext_noop("A project that I follow is changed"))
# So long the first change waits for others, so that an hour of work becomes one letter.
GATHERED_FOR = timedelta(hours=1)


def tell_followers(gathered_for: timedelta | None = None) -> int:
    """Write to those for whom there is news (a duty of the worker); says how many letters. In a demonstration at once.

    What can't be written to one person must not keep the news from the others: each has a transaction of their own.
    """
    if gathered_for is None:
        gathered_for = timedelta(0) if settings.DEMO else GATHERED_FOR
    return sum(_tell(user) for user in following.to_be_told(timezone.now() - gathered_for))


@transaction.atomic
def _tell(user: User) -> bool:
    """Everything that this person hasn't heard, in one letter; who wants none has heard it all the same."""
    found = following.news_for(user)
    hear({one.follow.pk: one.until for one in found})
    news = [one for one in found if one.fields]
    if not news or not _may_write(user):
        return False
    queue(
        key=f"project_news:{user.key}:{max(one.last for one in news)}",
        kind=PROJECT_NEWS.kind,
        to=user.email,
        language=user.language,
        template="portfolio/project_news",
        context={"news": _told(news, user.language), "my_page": my_page(user.language)},
    )
    return True


def _may_write(user: User) -> bool:
    """Nobody without an account, no invented person outside a demonstration, nobody who wants no letter."""
    return user.is_active and (settings.DEMO or not user.is_demo) and wants(user, PROJECT_NEWS)


def _told(news: Sequence[following.News], language: str) -> list[dict[str, object]]:
    """The news as the letter's template shows it."""
    with override(language):
        return [
            {
                "title": in_language(language, one.follow.initiative.titles).text,
                "labels": [rules.FIELDS[name].label for name in one.fields],
                "url": settings.SITE_URL + reverse("portfolio:project", args=[one.follow.initiative.key]),
            }
            for one in news
        ]
