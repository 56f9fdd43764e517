"""Signing in by link and password, signing up, and what those who guess, hurry or forge get for an answer."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people import actions, queries
from helsevev.commons.people.models import SignInLink, User

pytestmark = pytest.mark.django_db
SIGN_IN, ASK, SENT = "/nb/account/sign-in/", "/nb/account/sign-in/link/", "/nb/account/sign-in/link/sent/"
PASSWORD = "en fin dag i november"
HTML = {"accept": "text/html"}


@pytest.fixture
def anna() -> User:
    """Someone with a proven address and a password."""
    user = User.objects.create_user("anna@example.invalid", PASSWORD, name="Anna Oppdiktet")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def letter(to: str = "anna@example.invalid") -> Message:
    return Message.objects.filter(to=to).latest("pk")


def path_in(message: Message) -> str:
    """The path of the one link in a letter."""
    (url,) = re.findall(r"^http\S+$", message.body, re.MULTILINE)
    assert url.startswith(django_settings.SITE_URL)
    return urlsplit(url).path


def signed_in(client: Client) -> str:
    """Who the browser is signed in as, by address; empty for a stranger."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).email if key else ""


# --- By link ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_comes_by_the_address_of_the_form_is_shown_the_form(client: Client, method: str) -> None:
    answer = getattr(client, method)(ASK)
    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)


def test_a_link_signs_in_once_and_goes_where_one_was_going(client: Client, anna: User) -> None:
    asked = client.post(ASK, {"address": "Anna@Example.invalid", "next": "/nb/people/"})
    assert (asked.status_code, asked["Location"]) == (302, SENT)
    path = path_in(letter())
    assert client.get(path).status_code == 200
    used = client.post(path)
    assert (used.status_code, used["Location"], signed_in(client)) == (302, "/nb/people/", anna.email)
    assert Client().post(path).status_code == 410


def test_looking_at_a_link_as_mail_scanners_do_doesnt_use_it_up(client: Client, anna: User) -> None:
    client.post(ASK, {"address": anna.email})
    path = path_in(letter())
    for _ in range(3):
        scanner = Client()
        assert scanner.get(path).status_code == scanner.head(path).status_code == 200
        assert not signed_in(scanner)
    assert client.post(path).status_code == 302


def test_a_link_works_in_another_browser_than_the_one_that_asked(client: Client, anna: User) -> None:
    client.post(ASK, {"address": anna.email})
    other = Client()
    other.post(path_in(letter()))
    assert signed_in(other) == anna.email


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (15, 410), (60, 410)])
def test_a_link_works_for_fifteen_minutes(client: Client, anna: User, minutes: int, status: int) -> None:
    now = timezone.now()
    actions.send_link(anna.email, next_url="", language="nb", now=now - timedelta(minutes=minutes))
    path = path_in(letter())
    assert client.get(path).status_code == status
    assert (client.post(path).status_code == 302) == (status == 200)


def test_of_two_who_use_a_link_at_once_one_gets_in(anna: User) -> None:
    actions.send_link(anna.email, next_url="", language="nb")
    token = path_in(letter()).rstrip("/").rpartition("/")[2]
    assert actions.use_link(token) is not None
    assert actions.use_link(token) is None


def test_a_second_click_on_the_button_is_told_kindly(client: Client, anna: User) -> None:
    client.post(ASK, {"address": anna.email})
    path = path_in(letter())
    client.post(path)
    again = client.post(path)
    assert again.status_code == 410
    assert signed_in(client) == anna.email
    assert b"signed in already" in client.post(path.replace("/nb/", "/en/")).content


def test_using_one_link_takes_the_others_away(client: Client, anna: User) -> None:
    now = timezone.now()
    for minutes in (5, 3):
        actions.send_link(anna.email, next_url="", language="nb", now=now - timedelta(minutes=minutes))
    first, second = (path_in(message) for message in Message.objects.order_by("pk"))
    client.post(second)
    assert client.post(first).status_code == 410
    assert SignInLink.objects.filter(used_at=None).count() == 0


def test_asking_twice_within_a_minute_sends_one_letter(client: Client, anna: User) -> None:
    for _ in range(2):
        assert client.post(ASK, {"address": anna.email}).status_code == 302
        assert client.post(ASK, {"address": "nobody@example.invalid"}).status_code == 302
    assert Message.objects.filter(to=anna.email).count() == 1
    assert Message.objects.filter(to="nobody@example.invalid").count() == 1


@pytest.mark.parametrize(("language", "word"), [("nb", "/nb/"), ("nn", "/nn/"), ("en", "/en/")])
def test_a_link_keeps_the_language(client: Client, anna: User, language: str, word: str) -> None:
    client.post(f"/{language}/account/sign-in/link/", {"address": anna.email})
    path = path_in(letter())
    assert path.startswith(word)
    assert letter().language == language
    assert client.post(path)["Location"] == f"/{language}/me/"


def test_the_token_isnt_kept(anna: User) -> None:
    actions.send_link(anna.email, next_url="", language="nb")
    token = path_in(letter()).rstrip("/").rpartition("/")[2]
    row = SignInLink.objects.get()
    assert token not in {row.digest, row.next, row.address}
    assert row.digest == queries.digest(token)


def test_a_link_proves_the_address_and_throws_a_strangers_password_away(client: Client) -> None:
    """Someone signed up with another's address; the owner comes by link, and the one who waited is out."""
    user = User.objects.create_user("anna@example.invalid", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    client.post(ASK, {"address": user.email})
    client.post(path_in(letter()))
    user.refresh_from_db()
    assert signed_in(client) == user.email
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


def test_a_proven_owner_keeps_the_password(client: Client, anna: User) -> None:
    client.post(ASK, {"address": anna.email})
    client.post(path_in(letter()))
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_a_closed_account_gets_no_link(client: Client, anna: User) -> None:
    actions.send_link(anna.email, next_url="", language="nb")
    path = path_in(letter())
    User.objects.update(is_active=False)
    assert client.post(path).status_code == 410
    client.post(ASK, {"address": anna.email})
    assert SignInLink.objects.count() == 1


def test_one_who_is_signed_in_as_another_becomes_the_one_of_the_link(client: Client, anna: User) -> None:
    other = User.objects.create_user("bo@example.invalid")
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    actions.send_link(anna.email, next_url="", language="nb")
    before = client.session.session_key
    client.post(path_in(letter()))
    assert signed_in(client) == anna.email
    assert client.session.session_key != before


def test_a_broken_address_is_answered_beside_the_field(client: Client) -> None:
    answer = client.post(ASK, {"address": "anna"})
    assert answer.status_code == 422
    assert b"error-summary" in answer.content
    assert Message.objects.count() == 0


# --- Nobody learns who has an account ---------------------------------------------------------------------------------
def same(known: Any, unknown: Any, address: str, other: str) -> None:
    """Two answers that can't be told apart, but for the address one has typed oneself."""
    assert known.status_code == unknown.status_code
    assert known.headers.get("Location") == unknown.headers.get("Location")
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    bodies = [
        strip.sub(b"", one.content).replace(who.encode(), b"X") for one, who in ((known, address), (unknown, other))
    ]
    assert bodies[0] == bodies[1]


def test_link_answers_alike(anna: User) -> None:
    known, unknown = Client(), Client()
    same(known.post(ASK, {"address": anna.email}), unknown.post(ASK, {"address": "nobo@example.invalid"}), "", "")
    same(known.get(SENT), unknown.get(SENT), anna.email, "nobo@example.invalid")


def test_link_does_alike(anna: User) -> None:
    """Either way one letter is written in one transaction."""
    counts = []
    for address in (anna.email, "nobo@example.invalid"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            actions.send_link(address, next_url="", language="nb")
        writes = [query["sql"].split()[0] for query in seen if query["sql"].startswith(("INSERT", "UPDATE"))]
        counts.append(len(writes))
    assert abs(counts[0] - counts[1]) <= 1
    assert Message.objects.count() == 2


@pytest.mark.parametrize("password", [PASSWORD + "!", "wrong"])
def test_password_answers_alike(anna: User, password: str) -> None:
    addresses = (anna.email, "nobo@example.invalid")
    known, unknown = (Client().post(SIGN_IN, {"login": one, "password": password}) for one in addresses)
    same(known, unknown, *addresses)


class Counting(PBKDF2PasswordHasher):
    """Counts how often a password is digested, which is what takes time."""

    digests = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        type(self).digests += 1
        return super().encode(*args, **kwargs)


def test_reset_and_sign_up_answer_and_work_alike(anna: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    addresses = (anna.email, "nobo@example.invalid")
    known, unknown = (Client().post("/nb/account/password/forgotten/", {"email": one}) for one in addresses)
    same(known, unknown, *addresses)
    answers, work = [], []
    for address in addresses:
        before = Counting.digests
        form = {"email": address, "password1": "et passord som holder", "name": ""}
        answers.append(Client().post("/nb/account/sign-up/", form))
        work.append(Counting.digests - before)
    same(*answers, *addresses)
    assert work[0] == work[1] == 1
    assert "account/sign-in" in letter(anna.email).body


# --- By password ------------------------------------------------------------------------------------------------------
def test_a_password_signs_in_and_the_session_key_is_new(client: Client, anna: User) -> None:
    client.get(SIGN_IN)
    client.get(SENT)
    session = client.session
    session["seen_before"] = "yes"
    session.save()
    before = session.session_key
    answer = client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/nb/me/")
    assert client.session.session_key != before
    assert signed_in(client) == anna.email


EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "///e.x",
]


@pytest.mark.parametrize("target", EVIL)
def test_nobody_is_sent_elsewhere_after_signing_in(anna: User, target: str) -> None:
    by_password = Client().post(f"{SIGN_IN}?next={target}", {"login": anna.email, "password": PASSWORD, "next": target})
    assert by_password["Location"] == "/nb/me/"
    Client().post(ASK, {"address": anna.email, "next": target})
    assert Client().post(path_in(letter()))["Location"] == "/nb/me/"


def test_signing_out_kills_the_session_also_for_who_kept_its_cookie(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    stolen = Client()
    stolen.cookies = client.cookies.copy()
    assert stolen.get("/nb/me/").status_code == 200
    assert client.post("/nb/account/logout/").status_code == 302
    assert stolen.get("/nb/me/").status_code == 302
    assert not signed_in(client)


def test_looking_at_the_sign_out_page_signs_nobody_out(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    assert client.get("/nb/account/logout/").status_code == 200
    assert signed_in(client) == anna.email


@pytest.mark.parametrize(
    "path",
    [SIGN_IN, ASK, "/nb/account/sign-up/", "/nb/account/logout/", "/nb/account/password/forgotten/", "/oidc/login/"],
)
def test_a_form_from_elsewhere_is_refused(anna: User, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post(path, {"address": anna.email}).status_code == 403
    assert signed_in(strict) == anna.email
    assert Message.objects.count() == 0


def test_a_changed_password_ends_the_other_sessions(anna: User) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": "en helt ny dag i desember"}
    assert here.post("/nb/account/password/", form).status_code == 302
    assert here.get("/nb/me/").status_code == 200
    assert there.get("/nb/me/").status_code == 302
    assert Line.objects.filter(verb="password changed", key=str(anna.key)).count() == 1
    assert Message.objects.filter(to=anna.email, kind="account").count() == 1


def test_a_forgotten_password_is_replaced_once(anna: User) -> None:
    Client().post("/nb/account/password/forgotten/", {"email": anna.email})
    path = path_in(letter())
    browser = Client()
    form_at = browser.get(path)["Location"]
    assert browser.get(form_at).status_code == 200
    answer = browser.post(form_at, {"password1": "en helt ny dag i desember"})
    assert answer.status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("en helt ny dag i desember")
    late = Client()
    assert late.get(path).status_code == 200
    assert "set-password" not in late.get(path).headers.get("Location", "")


WEAK = [
    ("kort", "Use at least 12"),
    ("anna@example.invalid", "too like your name"),
    ("annaexampleinvalid", "too like your name"),
    ("1234567890123", "Many people use"),
]


@pytest.mark.parametrize(("password", "words"), WEAK)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(password: str, words: str) -> None:
    form = {"email": "anna@example.invalid", "password1": password, "name": ""}
    answer = Client().post("/en/account/sign-up/", form)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not User.objects.exists()


# --- Signing up -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("password", ["", "en fin dag i november"])
def test_signing_up_confirming_and_being_in(client: Client, password: str) -> None:
    form = {"email": "Ny@Example.invalid", "password1": password, "name": "Ny Oppdiktet"}
    answer = client.post("/nn/account/sign-up/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/nn/account/address/confirm/")
    user = User.objects.get()
    assert (user.email, user.name, user.language) == ("ny@example.invalid", "Ny Oppdiktet", "nn")
    assert user.has_usable_password() is bool(password)
    assert not signed_in(client)
    path = path_in(letter("ny@example.invalid"))
    assert client.get(path).status_code == 200
    assert not EmailAddress.objects.get().verified
    assert client.post(path).status_code == 302
    assert EmailAddress.objects.get().verified
    assert signed_in(client) == "ny@example.invalid"
    assert Line.objects.filter(verb="account made", key=str(user.key)).exists()


def test_a_second_click_on_sign_up_makes_one_account(client: Client) -> None:
    form = {"email": "ny@example.invalid", "password1": "", "name": ""}
    for _ in range(2):
        assert client.post("/nb/account/sign-up/", form).status_code == 302
    assert User.objects.count() == 1


def test_an_unproven_address_doesnt_sign_in_by_password(client: Client) -> None:
    user = User.objects.create_user("anna@example.invalid", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    answer = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == "/nb/account/address/confirm/"
    assert not signed_in(client)


HOSTILE = "<script>alert(1)</script>{{7*7}}\r\nBcc: all@example.invalid"


def test_hostile_text_in_a_name_is_shown_as_text(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    assert client.post("/nb/account/name/", {"name": HOSTILE}).status_code == 302
    page = client.get("/nb/me/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "49" not in page.partition("alert(1)")[2][:30]


@pytest.mark.parametrize("length", [151, 100_000])
def test_a_name_that_is_too_long_is_refused_and_kept_as_it_was(client: Client, anna: User, length: int) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    assert client.post("/nb/account/name/", {"name": "x" * length}).status_code == 302
    anna.refresh_from_db()
    assert anna.name == "Anna Oppdiktet"


# --- Limits -----------------------------------------------------------------------------------------------------------
def tries(path: str, form: Callable[[int], dict[str, str]], most: int, **extra: Any) -> Any:
    """Post until refused; the refusal, or the last answer."""
    for number in range(most):
        answer = Client().post(path, form(number), **extra)
        if answer.status_code == 429:
            break
    return answer


LIMITED = [
    (SIGN_IN, lambda _: {"login": "anna@example.invalid", "password": "wrong"}, 7),
    (SIGN_IN, lambda n: {"login": f"a{n}@example.invalid", "password": "wrong"}, 70),
    (ASK, lambda n: {"address": f"a{n}@example.invalid"}, 70),
    ("/nb/account/password/forgotten/", lambda n: {"email": f"a{n}@example.invalid"}, 70),
    ("/nb/account/sign-up/", lambda n: {"email": f"a{n}@example.invalid"}, 70),
]


@pytest.mark.parametrize(("path", "form", "most"), LIMITED)
def test_too_many_attempts_are_told_to_wait(anna: User, path: str, form: Any, most: int, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    answer = tries(path, form, most)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert b'class="problem' in answer.content


def test_a_forged_address_in_a_header_doesnt_help(anna: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    form = {"login": anna.email, "password": "wrong"}
    for number in range(6):
        answer = Client().post(SIGN_IN, form, headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert answer.status_code == 429


def test_behind_a_proxy_the_last_address_counts(anna: User, settings: Any) -> None:
    """The proxy writes the last one; what stands before it, anyone may have written."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    form = {"login": anna.email, "password": "wrong"}
    for number in range(6):
        answer = Client().post(SIGN_IN, form, headers={"x-forwarded-for": f"10.0.0.{number}, 192.0.2.1"})
    assert answer.status_code == 429
    other = Client().post(SIGN_IN, form, headers={"x-forwarded-for": "192.0.2.1, 192.0.2.2"})
    assert other.status_code == 200


def test_nobody_is_locked_out_by_another(anna: User, settings: Any) -> None:
    for _ in range(6):
        answer = Client(REMOTE_ADDR="192.0.2.66").post(SIGN_IN, {"login": anna.email, "password": "wrong"})
    assert answer.status_code == 429
    owner = Client(REMOTE_ADDR="192.0.2.7")
    assert owner.post(SIGN_IN, {"login": anna.email, "password": PASSWORD}).status_code == 302


# --- Sessions end -----------------------------------------------------------------------------------------------------
def away(client: Client, seconds: int) -> None:
    """Let time pass by setting the session's clocks back."""
    session = client.session
    session["begun"] -= seconds
    session["seen"] -= seconds
    session.save()


def test_two_hours_away_and_one_signs_in_again_where_one_was(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    away(client, 2 * 3600 + 1)
    answer = client.get("/nb/me/?x=1", headers=HTML)
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fnb%2Fme%2F%3Fx%3D1"
    assert not signed_in(client)


def test_an_hour_away_is_fine_and_is_written_down(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    away(client, 3600)
    assert client.get("/nb/me/", headers=HTML).status_code == 200
    assert client.session["seen"] - client.session["begun"] >= 3600


def test_nobody_stays_longer_than_a_day_at_work(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    session = client.session
    session["begun"] -= 12 * 3600 + 1
    session.save()
    assert client.get("/nb/me/", headers=HTML).status_code == 302
    assert not signed_in(client)


def test_a_form_sent_too_late_leads_back_to_its_page(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    away(client, 3 * 3600)
    referer = {**HTML, "referer": "http://testserver/nb/people/"}
    assert client.post("/nb/account/name/", {"name": "B"}, headers=referer)["Location"].endswith(
        "next=%2Fnb%2Fpeople%2F"
    )
    anna.refresh_from_db()
    assert anna.name == "Anna Oppdiktet"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client, anna: User) -> None:
    client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_who_has_no_cookie_gets_what_caches_may_share(client: Client) -> None:
    assert "Cookie" not in client.get("/healthz").headers.get("Vary", "")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "sign-in/",
        "sign-up/",
        "sign-in/link/sent/",
        "closed/",
        "address/confirm/",
        "address/confirm/nothing/",
        "password/forgotten/",
        "password/forgotten/sent/",
        "password/new/1-nothing/",
        "password/new/done/",
        "identity/cancelled/",
        "identity/refused/",
    ],
)
def test_every_page_before_the_door_is_ours(client: Client, path: str, language: str) -> None:
    page = client.get(f"/{language}/account/{path}").content.decode()
    assert page.count("<h1>") == 1
    assert f'<html lang="{language}"' in page
    assert "site-header" in page
    assert "style=" not in page
