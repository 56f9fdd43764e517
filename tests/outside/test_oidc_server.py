"""Signing in through a real OIDC provider that the test starts: PKCE, state, nonce and levels, as it judges them."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from helsevev.commons.audit.models import Line
from helsevev.commons.people import queries
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role

SERVER = Path(__file__).parent / "oidc-server"
CALLBACK = "http://127.0.0.1:8000/oidc/callback/"
OUT, BACK = "/oidc/login/", "/oidc/callback/"

pytestmark = pytest.mark.django_db


def missing() -> str:
    """What the server can't run without, if it isn't there."""
    if not shutil.which("node"):
        return "Node isn't installed, so the real OIDC provider can't be tried."
    if not (SERVER / "node_modules" / "oidc-provider").is_dir():
        return f"The real OIDC provider isn't installed: cd {SERVER.name} && npm ci"
    return ""


@contextmanager
def server(algorithm: str = "RS256") -> Iterator[str]:
    """The provider on a port of its own; its issuer."""
    if why := missing():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    command = ["node", "server.mjs", CALLBACK, algorithm]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=SERVER, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with server() as started:
        yield started


@pytest.fixture
def trusted(settings: Any) -> Callable[[str], None]:
    """Trust a provider, and ask of it what ID-porten is asked for."""

    def trust(issuer: str) -> None:
        settings.OIDC = {
            "issuer": issuer,
            "client_id": "helsevev",
            "client_secret": "a secret",
            "name": "Test provider",
            "acr_staff": "high",
            "acr_others": "substantial",
        }

    return trust


class Browser:
    """One person's browser: cookies here and at the provider, and what they answer there."""

    def __init__(self, account: str = "someone", acr: str = "substantial") -> None:
        self.here, self.there = Client(), requests.Session()
        self.account, self.acr, self.asked = account, acr, 0

    def sign_in(self, **form: str) -> Any:
        """Press the button here, do what the provider asks, come back; again while a higher level is asked for."""
        answer = self.here.post(OUT, {"language": "en", **form})
        while answer.status_code == 302 and answer["Location"].startswith("http"):
            answer = self.here.get(BACK, self.visit(answer["Location"]))
        return answer

    def visit(self, url: str) -> dict[str, str]:
        """Follow the provider's own steps until it sends the person back; what it sends along."""
        for _ in range(12):
            if url.startswith(CALLBACK):
                return dict(parse_qsl(urlsplit(url).query))
            page = self.there.get(url, allow_redirects=False, timeout=20)
            if page.status_code == 200 and "/interaction/" in url:
                self.asked += 1
                form = {"account": self.account, "acr": self.acr}
                page = self.there.post(url, form, allow_redirects=False, timeout=20)
            assert page.is_redirect, f"{page.status_code} {page.text[:300]}"
            url = urljoin(url, page.headers["Location"])
        raise AssertionError("the provider never came to an end")

    @property
    def is_in(self) -> bool:
        return "_auth_user_id" in self.here.session

    def connect(self, user: User) -> None:
        """Sign in here by other means and connect the identity."""
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        self.here.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = self.here.session
        session["account_authentication_methods"] = [{"method": "link", "at": timezone.now().timestamp()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        answer = self.sign_in(process="connect")
        assert answer.status_code == 302, answer.content


def test_someone_new_comes_in_and_comes_back(issuer: str, trusted: Callable[[str], None]) -> None:
    trusted(issuer)
    browser = Browser("someone-new")
    answer = browser.sign_in()
    assert answer["Location"] == "/en/account/identity/new/"
    browser.here.post(answer["Location"], {"email": "new@example.invalid", "name": "Ny Oppdiktet"})
    EmailAddress.objects.update(verified=True)
    again = Browser("someone-new")
    assert again.sign_in(next="/en/me/")["Location"] == "/en/me/"
    assert again.is_in
    account = SocialAccount.objects.get()
    assert "someone-new" not in account.uid
    assert account.extra_data == {"acr": "substantial"}


@pytest.mark.parametrize("algorithm", ["PS256", "ES256"])
def test_other_good_signatures_are_believed(algorithm: str, trusted: Callable[[str], None]) -> None:
    with server(algorithm) as issuer:
        trusted(issuer)
        assert Browser().sign_in()["Location"] == "/en/account/identity/new/"


def test_staff_sign_in_at_the_level_they_need(
    issuer: str, trusted: Callable[[str], None], person: Callable[..., User]
) -> None:
    trusted(issuer)
    user = person(Role.ADMINISTRATOR)
    Browser("boss", "high").connect(user)
    browser = Browser("boss", "high")
    assert browser.sign_in()["Location"] == "/en/me/"
    assert queries.person_of(browser.here.get("/en/me/").wsgi_request).roles == {Role.ADMINISTRATOR}
    assert browser.here.get("/en/people/").status_code == 200


def test_staff_at_a_lower_level_are_asked_once_more_and_may_then_come_in(
    issuer: str, trusted: Callable[[str], None], person: Callable[..., User]
) -> None:
    trusted(issuer)
    Browser("chief", "high").connect(person(Role.ADMINISTRATOR))
    browser = Browser("chief", "substantial")
    first = browser.here.post(OUT, {"language": "en"})
    back = browser.here.get(BACK, browser.visit(first["Location"]))
    assert back["Location"].startswith(f"{issuer}/auth?")
    assert "acr_values=high" in back["Location"]
    assert not browser.is_in
    browser.acr = "high"
    assert browser.here.get(BACK, browser.visit(back["Location"]))["Location"] == "/en/me/"
    assert browser.asked == 2
    assert browser.is_in


def test_staff_who_stay_at_the_lower_level_are_refused_kindly(
    issuer: str, trusted: Callable[[str], None], person: Callable[..., User]
) -> None:
    trusted(issuer)
    Browser("clerk", "high").connect(person(Role.ADMINISTRATOR))
    browser = Browser("clerk", "substantial")
    answer = browser.sign_in()
    assert answer.status_code == 403
    assert b"safer way to sign in" in answer.content
    assert not browser.is_in
    assert Line.objects.filter(verb="sign-in refused").count() == 1


def test_the_provider_itself_refuses_a_stolen_code(issuer: str, trusted: Callable[[str], None]) -> None:
    """Another's code with one's own state: the verifier doesn't fit the challenge, so no token is handed out."""
    trusted(issuer)
    victim, thief = Browser("victim"), Browser("thief")
    stolen = victim.visit(victim.here.post(OUT, {"language": "en"})["Location"])
    mine = thief.visit(thief.here.post(OUT, {"language": "en"})["Location"])
    answer = thief.here.get(BACK, {**mine, "code": stolen["code"]})
    assert answer.status_code == 401
    assert not thief.is_in


def test_a_code_is_good_once(issuer: str, trusted: Callable[[str], None]) -> None:
    trusted(issuer)
    first, second = Browser("one"), Browser("two")
    sent = first.visit(first.here.post(OUT, {"language": "en"})["Location"])
    assert first.here.get(BACK, sent).status_code == 302
    other = second.visit(second.here.post(OUT, {"language": "en"})["Location"])
    assert second.here.get(BACK, {**other, "code": sent["code"]}).status_code == 401


def test_saying_no_there_is_no_fault_here(issuer: str, trusted: Callable[[str], None]) -> None:
    trusted(issuer)
    browser = Browser(account="")
    assert browser.sign_in()["Location"] == "/en/account/identity/cancelled/"
    assert not Line.objects.filter(verb="sign-in refused").exists()


def test_its_name_is_on_the_answer_and_checked(issuer: str, trusted: Callable[[str], None]) -> None:
    trusted(issuer)
    browser = Browser()
    sent = browser.visit(browser.here.post(OUT, {"language": "en"})["Location"])
    assert sent["iss"] == issuer
    assert browser.here.get(BACK, {**sent, "iss": "https://evil.example"}).status_code == 401
