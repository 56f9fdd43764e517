"""The second factor: set up, asked for, needed by staff, taken away."""

import re
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people import actions
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role

pytestmark = pytest.mark.django_db
PASSWORD = "en fin dag i november"
HTML = {"accept": "text/html"}
SIGN_IN, APP = "/nb/account/sign-in/", "/nb/account/second-factor/app/"


@pytest.fixture
def staff(person: Callable[..., User]) -> User:
    """An administrator with a password and a proven address, and no second factor yet."""
    user = person(Role.ADMINISTRATOR)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def enter(user: User) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code lasts for half a minute by the clock, and a test may begin at the end of one."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))


def code(secret: str, step: int = 0) -> str:
    """What the app would show."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(auth.time.time()) // 30 + step))


def set_up(client: Client) -> str:
    """Set the app up as a person does; the secret."""
    page = client.get(APP).content.decode()
    (secret,) = re.findall(r"<code>([A-Z2-7]{32})</code>", page)
    assert 'src="data:image/svg+xml;base64,' in page
    answer = client.post(APP, {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_staff_without_second_factor_are_sent_to_set_it_up(staff: User) -> None:
    client = enter(staff)
    assert client.get("/nb/people/", headers=HTML)["Location"] == "/nb/account/second-factor/"
    assert client.get("/nb/account/second-factor/", headers=HTML).status_code == 200
    assert client.get("/nb/me/", headers=HTML).status_code == 200
    assert b"second factor" in client.get("/en/me/", headers=HTML).content


def test_their_rights_dont_count_until_then(staff: User) -> None:
    client = enter(staff)
    assert client.get("/nb/people/").status_code == 404
    assert client.post(f"/nb/people/{staff.key}/give/").status_code == 404


def test_programs_and_parts_of_pages_arent_sent_away(staff: User) -> None:
    client = enter(staff)
    assert client.get("/nb/people/", headers={"accept": "application/json"}).status_code == 404
    assert client.get("/nb/people/", headers={**HTML, "hx-request": "true"}).status_code == 404


def test_setting_up_opens_the_door_at_once_with_a_new_key(staff: User) -> None:
    client = enter(staff)
    before = client.session.session_key
    set_up(client)
    assert client.session.session_key != before
    assert client.get("/nb/people/", headers=HTML).status_code == 200
    assert Line.objects.filter(verb="second factor added", key=str(staff.key)).count() == 1


def test_the_secret_isnt_readable_in_the_database(staff: User) -> None:
    secret = set_up(enter(staff))
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_signing_in_then_asks_for_a_code(staff: User) -> None:
    secret = set_up(enter(staff))
    client = Client()
    answer = client.post(SIGN_IN, {"login": staff.email, "password": PASSWORD, "next": "/nb/people/"})
    assert answer["Location"] == "/nb/account/sign-in/code/"
    assert client.get("/nb/people/").status_code == 404
    assert client.post("/nb/account/sign-in/code/", {"code": "000000"}).status_code == 200
    good = client.post("/nb/account/sign-in/code/", {"code": code(secret)})
    assert (good.status_code, good["Location"]) == (302, "/nb/people/")
    assert client.get("/nb/people/").status_code == 200


def test_a_code_works_once(staff: User) -> None:
    secret = set_up(enter(staff))
    first, second = Client(), Client()
    for client in (first, second):
        client.post(SIGN_IN, {"login": staff.email, "password": PASSWORD})
    now = code(secret)
    assert first.post("/nb/account/sign-in/code/", {"code": now}).status_code == 302
    assert second.post("/nb/account/sign-in/code/", {"code": now}).status_code == 200


def test_guessing_codes_ends_in_a_wait(staff: User) -> None:
    set_up(enter(staff))
    client = Client()
    client.post(SIGN_IN, {"login": staff.email, "password": PASSWORD})
    answers = [client.post("/nb/account/sign-in/code/", {"code": f"{n:06}"}).status_code for n in range(6)]
    assert answers[-1] == 429


def test_a_recovery_code_lets_in_once(staff: User) -> None:
    owner = enter(staff)
    set_up(owner)
    page = owner.get("/nb/account/second-factor/codes/").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    file = owner.get("/nb/account/second-factor/codes/file/")
    assert file["Content-Type"].startswith("text/plain")
    assert codes[0] in file.content.decode()
    for status in (302, 200):
        client = Client()
        client.post(SIGN_IN, {"login": staff.email, "password": PASSWORD})
        assert client.post("/nb/account/sign-in/code/", {"code": codes[0]}).status_code == status


def test_taking_the_app_away_takes_the_rights_away_everywhere(staff: User) -> None:
    here = enter(staff)
    secret = set_up(here)
    there = Client()
    there.post(SIGN_IN, {"login": staff.email, "password": PASSWORD})
    there.post("/nb/account/sign-in/code/", {"code": code(secret)})
    assert there.get("/nb/people/").status_code == 200
    assert here.post("/nb/account/second-factor/app/remove/").status_code == 302
    assert here.get("/nb/people/").status_code == 404
    assert there.get("/nb/me/").status_code == 302
    assert not Authenticator.objects.exists()
    assert Line.objects.filter(verb="second factor removed").count() == 1


def test_what_is_asked_for_long_after_signing_in_needs_a_new_proof(staff: User) -> None:
    client = enter(staff)
    age(client)
    answer = client.get(APP)
    assert answer["Location"].startswith("/nb/account/prove/password/?next=")
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == APP
    assert client.get(APP).status_code == 200


def test_who_has_only_links_proves_it_with_a_new_link(person: Callable[..., User]) -> None:
    user = person(Role.READER)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    actions.send_link(user.email, next_url="", language="nb")
    client.post(link_in(Message.objects.get()))
    assert client.get("/nb/account/delete/").status_code == 200
    age(client)
    answer = client.get("/nb/account/delete/")
    assert answer["Location"] == "/nb/account/prove/?next=%2Fnb%2Faccount%2Fdelete%2F"
    assert client.post("/nb/account/prove/", {"next": "/nb/account/delete/"}).status_code == 302
    before = client.session.session_key
    answer = client.post(link_in(Message.objects.latest("pk")))
    assert answer["Location"] == "/nb/account/delete/"
    assert client.session.session_key != before
    assert client.get("/nb/account/delete/").status_code == 200


def link_in(message: Any) -> str:
    return re.findall(r"^http://[^/]+(/\S+)$", message.body, re.MULTILINE)[0]


def age(client: Client) -> None:
    """Let ten minutes pass since whatever was proven."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 600
    session.save()
