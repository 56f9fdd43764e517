"""My page, my sessions, my choices, my data, and the end of my account."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.utils import timezone

from helsevev.commons.audit.models import Line
from helsevev.commons.initiatives.models import Follow, Initiative
from helsevev.commons.mail.models import Message
from helsevev.commons.people import actions, panels, queries
from helsevev.commons.people.models import NotificationChoice, RoleGrant, SignInLink, User
from helsevev.commons.people.queries.personal import SECRETS
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused

pytestmark = pytest.mark.django_db
ME = "/nb/me/"
PASSWORD = "en fin dag i november"


@pytest.fixture
def anna(db: None) -> User:
    user = User.objects.create_user("anna@example.invalid", PASSWORD, name="Anna Oppdiktet")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def enter(user: User, **extra: Any) -> Client:
    client = Client(**extra)
    client.post("/nb/account/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


def test_everyone_signed_in_has_a_page_and_a_stranger_is_asked_to_sign_in(cast: dict[str, Client]) -> None:
    for name, client in cast.items():
        answer = client.get(ME)
        if name == "stranger":
            assert answer["Location"] == "/nb/account/sign-in/?next=/nb/me/"
        else:
            assert answer.status_code == 200, name


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_has_one_heading_and_its_parts(anna: User, language: str) -> None:
    page = enter(anna).get(f"/{language}/me/").content.decode()
    assert page.count("<h1>") == 1
    for part in ("waiting", "follows", "roles", "account", "language", "notices", "sessions", "data"):
        assert page.count(f'id="{part}"') == 1, part


def test_what_waits_is_there_with_its_date(person: Callable[..., User]) -> None:
    user = person(None)
    soon, later = timezone.localdate() + timedelta(days=9), timezone.localdate() + timedelta(days=99)
    for role, ends in ((Role.READER, soon), (Role.EDITOR, later)):
        RoleGrant.objects.create(user=user, role=role, starts=date(2020, 1, 1), ends=ends, granted_by="system:test")
    found = panels.waiting(queries.person(user, second_factor=True))
    assert [(one.due, one.kind) for one in found] == [(soon, "role")]
    assert [one.kind for one in panels.waiting(queries.person(user, second_factor=False))] == ["account", "role"]


def test_what_i_follow_is_there(anna: User) -> None:
    initiative = Initiative.objects.create(key="oppdiktet", title="Et oppdiktet tiltak")
    Follow.objects.create(user=anna, initiative=initiative)
    assert "Et oppdiktet tiltak" in enter(anna).get(ME).content.decode()


# --- Choices ----------------------------------------------------------------------------------------------------------
def test_notices_are_chosen_and_obeyed(anna: User) -> None:
    client = enter(anna)
    assert b'value="role_changed" id="notice-role_changed" checked' in client.get(ME).content
    assert client.post("/nb/account/notices/", {"shown": ["role_changed"]}).status_code == 302
    assert NotificationChoice.objects.get(user=anna).by_mail is False
    assert not queries.wants(anna, actions.ROLE_CHANGED)
    client.post("/nb/account/notices/", {"shown": ["role_changed"], "by_mail": ["role_changed", "x"]})
    assert queries.wants(anna, actions.ROLE_CHANGED)
    assert NotificationChoice.objects.count() == 1


def test_odd_notices_change_nothing(anna: User) -> None:
    client = enter(anna)
    client.post("/nb/account/notices/", {"shown": ["", "x" * 41]})
    assert not NotificationChoice.objects.exists()


def test_language_is_chosen_for_pages_and_letters(anna: User) -> None:
    client = enter(anna)
    answer = client.post("/nb/account/language/", {"language": "nn"})
    assert answer["Location"] == "/nn/me/#language"
    assert client.cookies["language"].value == "nn"
    anna.refresh_from_db()
    assert anna.language == "nn"
    assert client.post("/nb/account/language/", {"language": "xx"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["name/", "language/", "notices/", "sessions/end/", "sessions/1/end/", "sign-in/link/", "delete/"]
)
def test_nothing_changes_by_looking_and_nothing_for_strangers(anna: User, path: str) -> None:
    stranger = Client().post(f"/nb/account/{path}", {"name": "X", "language": "nn", "shown": "role_changed"})
    assert stranger.status_code in (302, 422)
    looked = enter(anna).get(f"/nb/account/{path}")
    assert looked.status_code == {"delete/": 200, "sign-in/link/": 302}.get(path, 405)
    anna.refresh_from_db()
    assert (anna.name, anna.language, anna.is_active) == ("Anna Oppdiktet", "nb", True)


# --- Sessions ---------------------------------------------------------------------------------------------------------
def test_one_session_or_all_others_are_ended(anna: User) -> None:
    here, there, phone = (enter(anna, HTTP_USER_AGENT=f"Firefox {n}") for n in range(3))
    assert len(queries.sessions(anna)) == 3
    row = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/nb/account/sessions/{row.pk}/end/").status_code == 302
    assert there.get(ME).status_code == 302
    assert phone.get(ME).status_code == 200
    assert here.post("/nb/account/sessions/end/").status_code == 302
    assert phone.get(ME).status_code == 302
    assert here.get(ME).status_code == 200
    assert len(queries.sessions(anna)) == 1


def test_anothers_session_isnt_mine_to_end(anna: User, cast: dict[str, Client]) -> None:
    client = enter(anna)
    row = UserSession.objects.get(session_key=client.session.session_key)
    for name, other in cast.items():
        answer = other.post(f"/nb/account/sessions/{row.pk}/end/")
        assert answer.status_code == (302 if name == "stranger" else 404), name
    assert client.get(ME).status_code == 200


# --- Data and the end -------------------------------------------------------------------------------------------------
@pytest.fixture
def full(anna: User) -> User:
    """Someone with a row in every table of this room, and in some of others."""
    initiative = Initiative.objects.create(key="oppdiktet", title="Et oppdiktet tiltak")
    Follow.objects.create(user=anna, initiative=initiative)
    RoleGrant.objects.create(user=anna, role=Role.EDITOR, starts=date(2020, 1, 1), granted_by="system:test")
    NotificationChoice.objects.create(user=anna, kind="role_changed", by_mail=False)
    Authenticator.objects.create(user=anna, type="totp", data={"secret": "VERYSECRETSEED"})
    SocialAccount.objects.create(user=anna, provider="oidc", uid="verysecretuid", extra_data={"acr": "high"})
    actions.send_link(anna.email, next_url="", language="nb")
    return anna


def test_my_data_holds_every_table_that_refers_to_me_and_no_secret(full: User, sign_in: Callable[..., Client]) -> None:
    client = sign_in(full)
    answer = client.get("/nb/me/data.json")
    assert answer["Content-Disposition"] == 'attachment; filename="helsevev-my-data.json"'
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    told = json.loads(answer.content)
    assert told["account"] == str(full.key)
    rooms = told["rooms"]["commons.people"]
    assert {
        "people.user",
        "people.rolegrant",
        "people.notificationchoice",
        "people.signinlink",
        "account.emailaddress",
        "mfa.authenticator",
        "socialaccount.socialaccount",
        "initiatives.follow",
        "letters",
        "trail",
    } <= set(rooms)
    text = answer.content.decode()
    link = SignInLink.objects.get()
    for secret in ("VERYSECRETSEED", "verysecretuid", full.password, link.digest):
        assert secret not in text
    assert rooms["people.user"][0]["email"] == full.email
    assert Message.objects.get().body in rooms["letters"][0]["body"]


def test_the_secrets_are_named_as_the_tables_name_them() -> None:
    for label, names in SECRETS.items():
        assert names <= {field.name for field in apps.get_model(label)._meta.get_fields()}, label


def test_strangers_and_others_get_their_own_data_or_none(full: User, cast: dict[str, Client]) -> None:
    assert cast["stranger"].get("/nb/me/data.json").status_code == 302
    assert full.email not in cast[Role.ADMINISTRATOR].get("/nb/me/data.json").content.decode()


def test_deleting_explains_asks_and_leaves_a_pseudonym(full: User, sign_in: Callable[..., Client]) -> None:
    client = enter_fresh(full, sign_in)
    other = sign_in(full)
    key = str(full.key)
    actions.rename(full, "Anna Oppdiktet")
    page = client.get("/en/account/delete/")
    assert b"can&#x27;t be undone" in page.content
    assert client.post("/en/account/delete/", {}).status_code == 422
    assert User.objects.get(pk=full.pk).is_active
    done = client.post("/en/account/delete/", {"understood": "on"})
    assert (done.status_code, done["Location"]) == (302, "/en/")
    gone = User.objects.get(pk=full.pk)
    assert (gone.email, gone.name, gone.is_active) == (f"{key}@deleted.invalid", "", False)
    assert not gone.has_usable_password()
    for table in (
        RoleGrant,
        NotificationChoice,
        SignInLink,
        EmailAddress,
        Authenticator,
        SocialAccount,
        Follow,
        UserSession,
    ):
        assert not table.objects.filter(user=full).exists(), table
    assert client.get(ME).status_code == other.get(ME).status_code == 302
    line = Line.objects.get(verb="account deleted")
    assert (line.actor, line.key) == (key, key)
    assert "anna" not in line.detail.lower()
    assert [letter.kind for letter in Message.objects.all()] == ["account"]


def enter_fresh(user: User, sign_in: Callable[..., Client]) -> Client:
    """A browser that signed in a moment ago."""
    client = sign_in(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session.save()
    return client


def test_a_deleted_account_signs_in_no_more_and_its_address_is_free(full: User) -> None:
    actions.delete_account(full)
    actions.delete_account(full)
    assert Line.objects.filter(verb="account deleted").count() == 1
    client = Client()
    client.post("/nb/account/sign-in/", {"login": "anna@example.invalid", "password": PASSWORD})
    client.post("/nb/account/sign-in/", {"login": f"{full.key}@deleted.invalid", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    answer = client.post("/nb/account/sign-up/", {"email": "anna@example.invalid", "password1": "", "name": ""})
    assert answer.status_code == 302
    assert User.objects.filter(email="anna@example.invalid", is_active=True).count() == 1


def test_the_last_administrator_is_told_why_not(person: Callable[..., User], sign_in: Callable[..., Client]) -> None:
    last = person(Role.ADMINISTRATOR)
    client = enter_fresh(last, sign_in)
    assert b"Give another person the role first" in client.get("/en/account/delete/").content
    assert client.post("/en/account/delete/", {"understood": "on"}).status_code == 422
    with pytest.raises(Refused):
        actions.delete_account(last)
    last.refresh_from_db()
    assert last.is_active


def test_what_a_room_protects_stays_with_the_pseudonym(anna: User) -> None:
    """Only what a table says goes with the account goes."""
    goes = {rows.model._meta.label_lower for rows in queries.rows_that_go(anna)}
    stays = {
        relation.related_model._meta.label_lower
        for relation in User._meta.related_objects
        if getattr(relation, "on_delete", None) is not None
    } - goes
    assert "people.rolegrant" in goes
    assert not stays & {"account.emailaddress", "mfa.authenticator", "usersessions.usersession"}


# --- The address ------------------------------------------------------------------------------------------------------
def test_a_new_address_counts_when_it_is_confirmed(anna: User) -> None:
    client = enter(anna)
    assert client.post("/nb/account/address/", {"email": "ny@example.invalid", "action_add": ""}).status_code == 302
    anna.refresh_from_db()
    assert anna.email == "anna@example.invalid"
    body = Message.objects.get(to="ny@example.invalid").body
    path = body[body.index("/nb/account/address/confirm/") :].split()[0]
    assert client.post(path).status_code == 302
    anna.refresh_from_db()
    assert anna.email == "ny@example.invalid"
    assert Line.objects.filter(verb="address changed", key=str(anna.key)).count() == 1
    assert Message.objects.filter(to="anna@example.invalid").exists()
    assert EmailAddress.objects.filter(user=anna).count() == 1


def test_anothers_address_isnt_given_away_nor_taken(anna: User, person: Callable[..., User]) -> None:
    other = person(None)
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    client = enter(anna)
    client.post("/nb/account/address/", {"email": other.email, "action_add": ""})
    letter = Message.objects.filter(to=other.email).first()
    if letter and "/address/confirm/" in letter.body:
        path = letter.body[letter.body.index("/nb/account/address/confirm/") :].split()[0]
        client.post(path)
    anna.refresh_from_db()
    assert anna.email == "anna@example.invalid"
    assert EmailAddress.objects.get(email=other.email, verified=True).user == other
