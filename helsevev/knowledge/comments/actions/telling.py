"""Letters about comments (varsler): to those it is about, to whom it answers, and to those who moderate."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.mail.actions import queue
from helsevev.commons.people.actions.links import my_page
from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.queries import wants
from helsevev.commons.people.rules import Notice
from helsevev.core.words import gettext_noop
from helsevev.knowledge.comments import queries, rules
from helsevev.knowledge.comments.models import Comment

ABOUT = Notice("comment_about_project", gettext_noop("Somebody comments on a project that I lead or advise"))
ANSWER = Notice("comment_answered", gettext_noop("Somebody answers my comment"))
WAITING = Notice("comments_waiting", gettext_noop("Comments wait to be moderated (at most one letter a day)"))


def tell_shown(row: Comment) -> None:
    """Write to the project's leader and advisor, and to whom it answers; never to its own author."""
    found = queries.subject(row.on, row.subject, row.language)
    if found is None:
        return
    if found.initiative:
        _write(initiatives.hearers(found.initiative), ABOUT, row)
    if row.is_answer:
        begun = Comment.objects.filter(key=row.thread, account__isnull=False).select_related("account").first()
        _write([begun.account] if begun and begun.account else [], ANSWER, row)


def _write(users: Iterable[User], notice: Notice, row: Comment) -> None:
    for user in users:
        if user.pk == row.account_id or not _may_write(user, notice):
            continue
        found = queries.subject(row.on, row.subject, user.language)
        if found is None:
            continue
        with override(user.language):
            address = f"{settings.SITE_URL}{found.address}#c-{row.key}"
        context = {"comment": row, "title": found.title, "address": address, "my_page": my_page(user.language)}
        queue(
            key=f"{notice.kind}:{row.key}:{user.key}",
            kind=notice.kind,
            to=user.email,
            language=user.language,
            template=f"comments/{notice.kind}",
            context=context,
        )


def tell_waiting() -> None:
    """One letter a day to each who moderates, however much comes."""
    today = timezone.localdate()
    for user in _moderators():
        if not _may_write(user, WAITING):
            continue
        with override(user.language):
            address = settings.SITE_URL + reverse("comments:queue")
        queue(
            key=f"{WAITING.kind}:{user.key}:{today}",
            kind=WAITING.kind,
            to=user.email,
            language=user.language,
            template=f"comments/{WAITING.kind}",
            context={"address": address, "my_page": my_page(user.language)},
        )


def _moderators() -> list[User]:
    """Everyone who may moderate today, each once."""
    today = timezone.localdate()
    held = RoleGrant.objects.filter(
        Q(ends=None) | Q(ends__gte=today),
        role__in=[role.value for role in rules.MODERATORS],
        starts__lte=today,
        withdrawn_at=None,
        user__is_active=True,
    ).select_related("user")
    return list({grant.user_id: grant.user for grant in held.order_by("user_id")}.values())


def _may_write(user: User, notice: Notice) -> bool:
    return user.is_active and (settings.DEMO or not user.is_demo) and wants(user, notice)
