"""Every change that a person makes to their own account."""

from collections.abc import Mapping

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.mail.actions import forget, queue
from helsevev.commons.people import queries, rules
from helsevev.commons.people.models import NotificationChoice, RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused


def choose_language(user: User, language: str) -> None:
    """The language in which the person gets letters and sees pages without an own address."""
    user.language = language
    user.save(update_fields=["language"])


def choose_notices(user: User, wanted: Mapping[str, bool]) -> None:
    """Which kinds of notice the person wants by e-mail."""
    with transaction.atomic():
        for kind, by_mail in wanted.items():
            NotificationChoice.objects.update_or_create(user=user, kind=kind, defaults={"by_mail": by_mail})


def rename(user: User, name: str) -> None:
    """What the person is called."""
    user.name = name
    user.save(update_fields=["name"])


def end_session(user: User, pk: int) -> bool:
    """End one of the person's own sessions; whether there was such a one."""
    return bool(_end(UserSession.objects.filter(user=user, pk=pk)))


def end_other_sessions(user: User, current: str | None) -> int:
    """End all of the person's sessions but the one they ask from; how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=current or ""))


def _end(sessions: "QuerySet[UserSession]") -> int:
    """End sessions: whoever holds one is a stranger at the next click."""
    found = list(sessions)
    for session in found:
        session.end()
    return len(found)


def delete_account(user: User) -> None:
    """Delete an account (slett konto): what is about the person goes; the row stays as a pseudonym for the trail."""
    with transaction.atomic():
        list(RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).values_list("pk", flat=True))
        account = User.objects.select_for_update().get(pk=user.pk)
        left = queries.administrators_left(without_user=account)
        refusal = rules.refuse_delete(queries.grants(account), timezone.localdate(), administrators_left=left)
        if refusal is not None:
            raise Refused(refusal)
        if account.deleted_at is not None:
            return
        for address in queries.addresses(account):
            forget(address)
        _say_goodbye(account)
        _end(UserSession.objects.filter(user=account))
        for rows in queries.rows_that_go(account):
            rows.delete()
        _make_pseudonym(account)
        record(str(account.key), "account deleted", "account", str(account.key))


def _say_goodbye(user: User) -> None:
    """The last letter, to the address as it was."""
    queue(
        key=f"account_deleted:{user.key}",
        kind="account",
        to=user.email,
        language=user.language,
        template="account/account_deleted",
        context={},
    )


def _make_pseudonym(user: User) -> None:
    """Leave nothing but the key that the trail knows."""
    user.email = f"{user.key}@deleted.invalid"
    user.name, user.language, user.last_login = "", "nb", None
    user.is_active, user.deleted_at = False, timezone.now()
    user.set_unusable_password()
    user.save()
