"""Every question asked of accounts, roles and choices."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import STRANGER, Grant, Person, Role

# Ways of signing in that allauth records on the session and that count as a second factor.
SECOND_FACTORS = {"mfa", "demo"}


def person_of(request: HttpRequest) -> Person:
    """The person behind a request, with the roles in force today."""
    user = request.user
    if isinstance(user, AnonymousUser) or not user.is_active:
        return STRANGER
    methods = request.session.get("account_authentication_methods", [])
    return person(user, second_factor=any(m.get("method") in SECOND_FACTORS for m in methods))


def person(user: User, *, second_factor: bool) -> Person:
    """The value that rules understand, made from an account."""
    today = timezone.localdate()
    grants = (
        Grant(Role(row.role), row.organisation.key if row.organisation else None, row.starts, row.ends)
        for row in user.grants.select_related("organisation")
    )
    held = frozenset(grant for grant in grants if grant.holds(today))
    return Person(str(user.key), str(user), held, second_factor)
