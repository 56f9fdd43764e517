"""What follows when allauth has changed an account: a line on the trail, and sessions that may do more or less."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from helsevev.commons.audit.actions import record
from helsevev.commons.people import actions
from helsevev.commons.people.models import User

VERBS = {
    account.user_signed_up: "account made",
    account.password_changed: "password changed",
    account.password_set: "password set",
    account.password_reset: "password reset",
    account.email_changed: "address changed",
}


def connect() -> None:
    """Listen to allauth; told once, when the product starts."""
    for signal, verb in VERBS.items():
        signal.connect(_witness(verb), weak=False, dispatch_uid=f"people {verb}")
    account.password_reset.connect(_leave_everywhere, dispatch_uid="people reset")
    mfa.authenticator_removed.connect(_app_removed, dispatch_uid="people app removed")
    social.social_account_added.connect(_identity_added, dispatch_uid="people identity added")
    social.social_account_removed.connect(_identity_removed, dispatch_uid="people identity removed")


def rotate_session(request: HttpRequest) -> None:
    """A new key for the session when it may do more than before, so that one known from before is worth nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    rotate_token(request)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _line(user: User, verb: str) -> None:
    """Who did it and to whom is the same: one's own account."""
    record(str(user.key), verb, "account", str(user.key))


def _witness(verb: str) -> Any:
    """A listener that writes one line."""

    def write(user: User, **_: object) -> None:
        _line(user, verb)

    return write


def _leave_everywhere(request: HttpRequest, user: User, **_: object) -> None:
    """Whoever knew the old password is out."""
    actions.end_other_sessions(user, request.session.session_key)


def app_added(request: HttpRequest, user: User) -> None:
    """A code from the new app has just been written, so this session has its second factor.

    Our page says so in the transaction that keeps the app; allauth would say it only after.
    """
    record_authentication(request, user, "mfa", type=Authenticator.Type.TOTP)
    rotate_session(request)
    _line(user, "second factor added")


def _app_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Without the app no session has a second factor by it any more."""
    if authenticator.type == Authenticator.Type.TOTP:
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        kept = [one for one in records if one.get("method") != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
        actions.end_other_sessions(user, request.session.session_key)
        _line(user, "second factor removed")


def _identity_added(sociallogin: Any, **_: object) -> None:
    """An identity from outside now signs in."""
    _line(sociallogin.user, "identity connected")


def _identity_removed(socialaccount: Any, **_: object) -> None:
    """It no longer does."""
    _line(socialaccount.user, "identity disconnected")
