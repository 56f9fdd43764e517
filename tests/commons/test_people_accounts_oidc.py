"""Signing in through OIDC: the good way, and every broken answer refused with a kind page and a line on the trail."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from django.test import Client
from fake_oidc import KEY, OTHER_KEY, Provider, running, well_signed

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people import queries
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role

pytestmark = pytest.mark.django_db
OUT, BACK = "/oidc/login/", "/oidc/callback/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider that this installation trusts."""
    with running() as provider:
        settings.OIDC = {
            "issuer": provider.issuer,
            "client_id": "helsevev",
            "client_secret": "a secret",
            "name": "Prøve-ID",
            "acr_staff": "high",
            "acr_others": "substantial",
        }
        yield provider


def go_out(client: Client, provider: Provider, **form: str) -> dict[str, str]:
    """Press the button and say yes at the provider; what the browser brings back."""
    answer = client.post(OUT, {"language": "en", **form})
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith(f"{provider.issuer}/authorize?")
    return provider.authorize(answer["Location"])


def walk(client: Client, provider: Provider, **form: str) -> Any:
    """Out and back; again where a higher level is asked for."""
    answer = client.get(BACK, go_out(client, provider, **form))
    if answer.status_code == 302 and answer["Location"].startswith(provider.issuer):
        answer = client.get(BACK, provider.authorize(answer["Location"]))
    return answer


def known(user: User, provider: Provider) -> User:
    """An account whose identity is connected, with a proven address."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session["account_authentication_methods_user"] = str(user.pk)
    level, provider.acr = provider.acr, "high"
    session["account_authentication_methods"] = [{"method": "link", "at": time.time()}]
    session.save()
    walk(browser, provider, process="connect")
    assert SocialAccount.objects.filter(user=user).exists()
    provider.acr = level
    provider.asked.clear()
    return user


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def refusals() -> list[str]:
    """The words of the refusals on the trail."""
    return [json.loads(line.detail)["why"] for line in Line.objects.filter(verb="sign-in refused").order_by("number")]


# --- The good way -----------------------------------------------------------------------------------------------------
def test_what_is_asked_of_the_provider(provider: Provider) -> None:
    go_out(Client(), provider)
    (asked,) = provider.asked
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 32
    assert len(asked["state"]) >= 16
    assert asked["acr_values"] == "substantial"
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/oidc/callback/"
    assert asked["ui_locales"] == "en"


def test_nothing_of_that_can_be_changed_by_the_one_who_asks(provider: Provider) -> None:
    answer = Client().post(f"{OUT}?auth_params=acr_values%3Dlow%26prompt%3Dnone&scope=email", {"scope": "email"})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
    assert (asked["scope"], asked["acr_values"]) == ("openid", "substantial")
    assert "prompt" not in asked


def test_each_attempt_has_its_own_state_nonce_and_challenge(provider: Provider) -> None:
    client = Client()
    for _ in range(3):
        go_out(client, provider)
    for name in ("state", "nonce", "code_challenge"):
        assert len({asked[name] for asked in provider.asked}) == 3


def test_who_is_known_is_in_with_a_new_session_key(provider: Provider, person: Callable[..., User]) -> None:
    user = known(person(Role.READER), provider)
    client = Client()
    back = go_out(client, provider, next="/en/people/")
    before = client.session.session_key
    answer = client.get(BACK, back)
    assert (answer.status_code, answer["Location"]) == (302, "/en/people/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.session_key != before


def test_who_is_new_gives_an_address_that_we_confirm(provider: Provider) -> None:
    """The provider calls the address verified; it still counts only when our own letter has been opened."""
    client = Client()
    answer = walk(client, provider)
    assert answer["Location"] == "/en/account/identity/new/"
    page = client.get(answer["Location"]).content.decode()
    assert 'value="someone@example.invalid"' in page
    assert not User.objects.exists()
    answer = client.post("/en/account/identity/new/", {"email": "new@example.invalid", "name": "Ny"})
    assert answer["Location"] == "/en/account/address/confirm/"
    assert not signed_in(client)
    user = User.objects.get()
    assert (user.email, user.name) == ("new@example.invalid", "Ny")
    assert not EmailAddress.objects.get().verified
    body = Message.objects.get(to="new@example.invalid").body
    path = body[body.index("/en/account/address/confirm/") :].split()[0]
    client.post(path)
    assert signed_in(client)


def test_the_providers_word_for_an_address_never_opens_an_account(
    provider: Provider, person: Callable[..., User]
) -> None:
    owner = person(Role.READER)
    owner.email = "someone@example.invalid"
    owner.save()
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    client = Client()
    walk(client, provider)
    client.post("/en/account/identity/new/", {"email": owner.email, "name": ""})
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()
    assert "connect the ID on your page" in Message.objects.get(to=owner.email).body


def test_no_number_of_a_person_is_kept(provider: Provider, person: Callable[..., User]) -> None:
    provider.subject = "01010112345"
    known(person(Role.READER), provider)
    walk(Client(), provider)
    account = SocialAccount.objects.get()
    assert len(account.uid) == 64
    assert account.extra_data == {"acr": "substantial"}
    told = json.dumps([list(Line.objects.values()), list(SocialAccount.objects.values())], default=str)
    assert "01010112345" not in told


# --- Levels -----------------------------------------------------------------------------------------------------------
def test_staff_are_sent_back_for_the_level_their_role_needs(provider: Provider, person: Callable[..., User]) -> None:
    user = known(person(Role.ADMINISTRATOR), provider)
    client = Client()
    again = client.get(BACK, go_out(client, provider))
    assert again["Location"].startswith(f"{provider.issuer}/authorize?")
    assert not signed_in(client)
    provider.acr = "high"
    answer = client.get(BACK, provider.authorize(again["Location"]))
    assert [asked["acr_values"] for asked in provider.asked] == ["substantial", "high"]
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/nb/people/").status_code == 200  # the level counts as the second factor


@pytest.mark.parametrize("acr", ["substantial", "low", "", "High", "high high"])
def test_staff_at_a_lower_level_are_refused_kindly_after_one_more_try(
    provider: Provider, person: Callable[..., User], acr: str
) -> None:
    user = known(person(Role.ADMINISTRATOR), provider)
    provider.acr = acr
    client = Client()
    answer = walk(client, provider)
    assert answer.status_code == 403
    assert b"safer way to sign in" in answer.content
    assert len(provider.asked) == 2
    assert not signed_in(client)
    assert Line.objects.get(verb="sign-in refused").actor == str(user.key)


@pytest.mark.parametrize("acr", ["low", "", "Substantial"])
def test_others_need_the_lower_level(provider: Provider, person: Callable[..., User], acr: str) -> None:
    known(person(Role.READER), provider)
    provider.acr = acr
    client = Client()
    assert walk(client, provider).status_code == 403
    assert refusals() == ["level too low"]
    assert not signed_in(client)


def test_a_token_without_a_level_is_too_low(provider: Provider, person: Callable[..., User]) -> None:
    known(person(Role.READER), provider)
    provider.without = ("acr",)
    assert walk(Client(), provider).status_code == 403


def test_a_member_at_the_higher_level_has_a_second_factor(provider: Provider, person: Callable[..., User]) -> None:
    known(person(Role.READER), provider)
    for acr, strong in (("substantial", False), ("high", True)):
        provider.acr = acr
        client = Client()
        walk(client, provider)
        request = client.get("/en/me/").wsgi_request
        assert queries.person_of(request).second_factor is strong


def test_a_role_given_since_needs_its_level_at_the_next_sign_in(
    provider: Provider, person: Callable[..., User]
) -> None:
    user = known(person(Role.READER), provider)
    client = Client()
    walk(client, provider)
    user.grants.update(role=Role.EDITOR)
    assert queries.person_of(client.get("/en/me/").wsgi_request).roles == set()
    provider.acr = "high"
    answer = walk(client, provider, level="staff")
    assert answer.status_code == 302
    assert queries.person_of(client.get("/en/me/").wsgi_request).roles == {Role.EDITOR}


# --- Twenty broken answers --------------------------------------------------------------------------------------------
def none_signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})


def secret_signed(claims: dict[str, Any]) -> str:
    """HS256, with the text of the public key as the shared secret."""
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": "HS256", "typ": "JWT", "kid": "one"}, claims)
    )
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(head.encode(), pem)
    return f"{head}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def client_secret_signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "a secret" * 8, algorithm="HS256", headers={"kid": "one"})


def stranger_signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, OTHER_KEY, algorithm="RS256", headers={"kid": "one"})


def unknown_key(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, OTHER_KEY, algorithm="RS256", headers={"kid": "two"})


def changed_after_signing(claims: dict[str, Any]) -> str:
    head, _, signature = well_signed(claims).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**claims, "acr": "high"}).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("another issuer", {"claims": {"iss": "https://evil.example"}}, "wrong issuer"),
    ("no issuer", {"without": ("iss",)}, "wrong issuer"),
    ("another audience", {"claims": {"aud": "another"}}, "wrong audience"),
    ("more audiences", {"claims": {"aud": ["helsevev", "another"]}}, "wrong audience"),
    ("another authorised party", {"claims": {"azp": "another"}}, "wrong authorised party"),
    ("another nonce", {"claims": {"nonce": "another"}}, "wrong nonce"),
    ("no nonce", {"without": ("nonce",)}, "wrong nonce"),
    ("expired", {"claims": {"exp": 1_000_000_000}}, "expired"),
    ("no end", {"without": ("exp",)}, "missing claim"),
    ("issued in the future", {"claims": {"iat": 9_000_000_000}}, "not valid yet"),
    ("issued long ago", {"claims": {"iat": 1_000_000_000}}, "issued too long ago"),
    ("no subject", {"without": ("sub",)}, "no subject"),
    ("alg none", {"sign": none_signed}, "algorithm not allowed"),
    ("HS256 with the public key", {"sign": secret_signed}, "algorithm not allowed"),
    ("HS256 with the client's secret", {"sign": client_secret_signed}, "algorithm not allowed"),
    ("another's key", {"sign": stranger_signed}, "wrong signature"),
    ("a key that isn't published", {"sign": unknown_key}, "no such key"),
    ("changed after signing", {"sign": changed_after_signing}, "wrong signature"),
    ("no ID token", {"token_answer": {"access_token": "x"}}, "no ID token"),
    ("an ID token that isn't one", {"token_answer": {"access_token": "x", "id_token": "x"}}, "malformed token"),
    ("an ID token that isn't text", {"token_answer": {"access_token": "x", "id_token": {"a": 1}}}, "no ID token"),
    ("an answer that isn't JSON", {"token_answer": b"{{{"}, ""),
    ("an empty answer", {"token_answer": {}}, ""),
    ("a list", {"token_answer": ["access_token"]}, ""),
    ("a life that isn't a number", {"token_answer": {"access_token": "x", "expires_in": "long"}}, "no ID token"),
    ("an error", {"token_answer": {"error": "server_error"}, "token_status": 500}, ""),
]


@pytest.mark.parametrize(("broken", "word"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_answer_is_refused(
    provider: Provider, person: Callable[..., User], broken: dict[str, Any], word: str
) -> None:
    known(person(Role.READER), provider)
    for name, value in broken.items():
        setattr(provider, name, value)
    client = Client()
    answer = walk(client, provider, next="/en/people/")
    kindly_refused(client, answer, word)


def kindly_refused(client: Client, answer: Any, word: str) -> None:
    """A page that says what to do, a line with the fault's word, and nobody signed in."""
    assert answer.status_code == 401
    assert b"could not be signed in" in answer.content
    assert b"Traceback" not in answer.content
    assert not signed_in(client)
    (why,) = refusals()
    assert word in why
    line = Line.objects.get(verb="sign-in refused")
    assert (line.actor, line.kind, line.key) == ("system:oidc", "identity", "oidc")


def test_a_replayed_code_is_refused(provider: Provider, person: Callable[..., User]) -> None:
    known(person(Role.READER), provider)
    first, thief = Client(), Client()
    back = go_out(first, provider)
    assert first.get(BACK, back).status_code == 302
    stolen = go_out(thief, provider)
    kindly_refused(thief, thief.get(BACK, {**stolen, "code": back["code"]}), "")


def test_anothers_code_with_my_state_is_refused(provider: Provider, person: Callable[..., User]) -> None:
    """Code injection: the code is good, but was given for another challenge and nonce."""
    known(person(Role.READER), provider)
    victim, thief = Client(), Client()
    stolen = go_out(victim, provider)
    mine = go_out(thief, provider)
    kindly_refused(thief, thief.get(BACK, {"code": stolen["code"], "state": mine["state"]}), "")


STATES = [{"state": "guessed"}, {"state": ""}, {}]


@pytest.mark.parametrize("state", STATES, ids=["another", "empty", "none"])
def test_without_the_state_of_this_browser_nothing_goes_on(provider: Provider, state: dict[str, str]) -> None:
    client = Client()
    back = go_out(client, provider)
    kindly_refused(client, client.get(BACK, {"code": back["code"], **state}, headers={"accept-language": "en"}), "")
    assert back["code"] in provider.codes  # the code wasn't even shown to the provider


def test_a_state_works_once(provider: Provider, person: Callable[..., User]) -> None:
    known(person(Role.READER), provider)
    client = Client()
    back = go_out(client, provider)
    assert client.get(BACK, back).status_code == 302
    client.post("/en/account/logout/")
    answer = client.get(BACK, back, headers={"accept-language": "en"})
    assert answer.status_code == 401
    assert not signed_in(client)


def test_a_link_to_the_end_signs_nobody_in_as_the_sender(provider: Provider, person: Callable[..., User]) -> None:
    """Login forgery: a stranger's answer, opened in my browser, is without my state."""
    known(person(Role.READER), provider)
    back = go_out(Client(), provider)
    victim = Client()
    assert victim.get(BACK, back).status_code == 401
    assert not signed_in(victim)


@pytest.mark.parametrize("said", ["https://evil.example", "", "http://127.0.0.1"])
def test_an_answer_with_anothers_name_is_refused_before_the_code_is_spent(provider: Provider, said: str) -> None:
    client = Client()
    back = go_out(client, provider)
    kindly_refused(client, client.get(BACK, {**back, "iss": said}), "another provider")
    assert back["code"] in provider.codes


def test_a_provider_that_promises_its_name_must_give_it(provider: Provider, person: Callable[..., User]) -> None:
    known(person(Role.READER), provider)
    provider.description = {"authorization_response_iss_parameter_supported": True}
    client = Client()
    good = go_out(client, provider)
    assert client.get(BACK, {**good, "iss": provider.issuer}).status_code == 302
    other = Client()
    kindly_refused(other, other.get(BACK, go_out(other, provider)), "another provider")


DESCRIPTIONS = [
    {"issuer": "https://evil.example"},
    {"issuer": None},
    {"token_endpoint": None},
    {"authorization_endpoint": "javascript:alert(1)"},
    {"jwks_uri": 7},
]


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=str)
def test_a_description_of_something_else_leads_nowhere(provider: Provider, description: dict[str, Any]) -> None:
    provider.description = description
    answer = Client().post(OUT, {"language": "en"})
    assert answer.status_code == 503
    assert b"answer" in answer.content


def test_a_provider_that_is_away_is_told_kindly(provider: Provider, settings: Any) -> None:
    settings.OIDC = {**settings.OIDC, "issuer": "http://127.0.0.1:9"}
    answer = Client().post(OUT, {"language": "en"})
    assert answer.status_code == 503
    assert "Prøve-ID doesn't answer" in answer.content.decode()


def test_a_redirect_from_the_provider_isnt_followed(provider: Provider, person: Callable[..., User]) -> None:
    known(person(Role.READER), provider)
    provider.description = {"jwks_uri": f"{provider.issuer}/nowhere"}
    client = Client()
    kindly_refused(client, walk(client, provider), "")


EVIL = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]


@pytest.mark.parametrize("target", EVIL)
def test_nobody_is_sent_elsewhere_after(provider: Provider, person: Callable[..., User], target: str) -> None:
    known(person(Role.READER), provider)
    client = Client()
    assert walk(client, provider, next=target)["Location"] == "/en/me/"


def test_saying_no_at_the_provider_is_no_fault(provider: Provider) -> None:
    client = Client()
    state = go_out(client, provider)["state"]
    answer = client.get(BACK, {"error": "access_denied", "state": state})
    assert answer["Location"] == "/en/account/identity/cancelled/"
    assert refusals() == []


def test_an_error_from_the_provider_is_refused(provider: Provider) -> None:
    client = Client()
    state = go_out(client, provider)["state"]
    kindly_refused(client, client.get(BACK, {"error": "<script>alert(1)</script>", "state": state}), "unknown")


def test_going_out_needs_a_form_of_ours(provider: Provider) -> None:
    assert Client().get(OUT).status_code == 405
    assert Client(enforce_csrf_checks=True).post(OUT).status_code == 403


def test_where_no_provider_is_set_up_there_is_nothing(settings: Any) -> None:
    settings.OIDC = None
    assert Client().post(OUT).status_code == 404
    assert Client().get(BACK, {"code": "x", "state": "y"}).status_code == 404
    assert b"oidc" not in Client().get("/nb/account/sign-in/").content


def test_broken_answers_come_to_an_end(provider: Provider) -> None:
    """The trail can't be filled by whoever likes: there is a limit, and what is over it leaves no line."""
    client = Client()
    answers = [client.get(BACK, {"code": "x", "state": "y"}) for _ in range(125)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "300"
    assert len(refusals()) <= 120


# --- Connecting -------------------------------------------------------------------------------------------------------
def test_connecting_needs_a_fresh_proof_and_leaves_a_line(provider: Provider, person: Callable[..., User]) -> None:
    user = known(person(Role.READER), provider)
    line = Line.objects.get(verb="identity connected")
    assert (line.actor, line.key) == (str(user.key), str(user.key))


def test_a_stranger_connects_nothing(provider: Provider) -> None:
    client = Client()
    walk(client, provider, process="connect")
    assert not SocialAccount.objects.exists()
    assert not signed_in(client)


def test_anothers_identity_isnt_taken_over(
    provider: Provider, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    owner = known(person(Role.READER), provider)
    other = sign_in(person(Role.READER))
    session = other.session
    session["account_authentication_methods"] = [{"method": "link", "at": time.time()}]
    session.save()
    walk(other, provider, process="connect")
    assert SocialAccount.objects.get().user == owner


def test_disconnecting(provider: Provider, person: Callable[..., User], sign_in: Callable[..., Client]) -> None:
    user = person(Role.READER)
    user.set_password("en fin dag i november")
    user.save()
    known(user, provider)
    client = Client()
    client.post("/en/account/sign-in/", {"login": user.email, "password": "en fin dag i november"})
    page = client.get("/en/account/identity/").content.decode()
    assert "Prøve-ID is connected" in page
    answer = client.post("/en/account/identity/", {"account": SocialAccount.objects.get().pk})
    assert answer.status_code == 302
    assert not SocialAccount.objects.exists()
    assert Line.objects.filter(verb="identity disconnected", key=str(user.key)).count() == 1
