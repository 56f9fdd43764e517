"""Everything that is kept about one person, found through the tables' own references to the account."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import CASCADE, ForeignObjectRel, Model, Q, QuerySet
from django.db.models.fields.related import RelatedField

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people.models import User

# What proves who one is must not lie in a downloads folder; the file says that it is there.
SECRETS = {
    "people.user": {"password"},
    "people.signinlink": {"digest"},
    "mfa.authenticator": {"data"},
    "usersessions.usersession": {"session_key", "data"},
    "socialaccount.socialaccount": {"uid"},
}


def rows_about(user: User) -> dict[str, list[dict[str, Any]]]:
    """Each table's rows about the person, in every room, by the table's name: new tables come by themselves."""
    found = {User._meta.label_lower: [_values(user)]}
    for relation, rows in _references(user):
        told = [_values(row) for row in rows]
        if told:
            found.setdefault(relation.related_model._meta.label_lower, []).extend(told)
    return found


def rows_that_go(user: User) -> Iterator[QuerySet[Model]]:
    """The rows that go with an account: those whose table says that they do."""
    for relation, rows in _references(user):
        if getattr(relation, "on_delete", None) is CASCADE:
            yield rows


def letters_to(user: User) -> list[dict[str, Any]]:
    """The letters that were sent to the person's addresses."""
    rows = Message.objects.filter(to__in=addresses(user)).order_by("written_at", "pk")
    columns = ("kind", "to", "language", "subject", "body", "state", "written_at", "sent_at")
    return [dict(row) for row in rows.values(*columns)]


def addresses(user: User) -> list[str]:
    """Every address of the person that we know."""
    return sorted({user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)})


def trail_of(user: User) -> list[dict[str, Any]]:
    """What the trail says the person did, and what was done to the account."""
    mine = Q(actor=str(user.key)) | Q(kind="account", key=str(user.key))
    rows = Line.objects.filter(mine).order_by("number").values("number", "at", "verb", "kind", "key", "detail")
    return [dict(row) for row in rows]


def _references(user: User) -> Iterator[tuple[ForeignObjectRel, QuerySet[Model]]]:
    """Every table that refers to accounts, with its rows that refer to this one."""
    for relation in User._meta.related_objects:
        manager = relation.related_model._default_manager
        yield relation, manager.filter(**{relation.field.name: user})


def _values(row: Model) -> dict[str, Any]:
    """A row by its fields' names; a reference is told by what it refers to, a secret only that it is there."""
    secrets = SECRETS.get(row._meta.label_lower, set())
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.name in secrets:
            told[field.name] = "(kept, not shown)" if value else ""
        elif isinstance(field, RelatedField):
            told[field.name] = None if value is None else str(value)
        else:
            told[field.name] = value
    return told
