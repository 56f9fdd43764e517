"""Demo mode: one invented person for each role, one click, and no way there in production."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from installations import POSTGRESQL

from helsevev.commons.audit.models import Line
from helsevev.commons.demo.rules import CAST, EVERYONE, LAST_NAMES, ORGANISATIONS, WHAT_THEY_DO
from helsevev.commons.mail.models import Message
from helsevev.commons.people import queries
from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.rules import IN_ORGANISATION, Role

CHECKOUT = Path(__file__).resolve().parents[2]
IN = "/nb/demo/sign-in/"
elsewhere_alike = pytest.mark.skipif(bool(POSTGRESQL), reason="what is loaded has nothing to do with the database")


@pytest.fixture
def demo(registers: None) -> None:
    call_command("prepare_demo")


def test_there_is_one_invented_person_for_each_role() -> None:
    assert [person.role for person in CAST] == list(Role)
    assert set(LAST_NAMES) == set(WHAT_THEY_DO) == set(Role)
    assert all(person.name.startswith("Prøve ") for person in CAST)
    assert all(person.address.endswith("@example.invalid") for person in CAST)
    assert len({person.address for person in CAST}) == len(CAST)


@pytest.mark.django_db
def test_preparing_twice_does_nothing_the_second_time(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = (User.objects.count(), RoleGrant.objects.count(), Line.objects.count(), Message.objects.count())
    assert before[0] == len(EVERYONE)
    capsys.readouterr()
    call_command("prepare_demo")
    assert (User.objects.count(), RoleGrant.objects.count(), Line.objects.count(), Message.objects.count()) == before
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_one_click_signs_in_with_both_factors(demo: None, role: Role) -> None:
    client = Client()
    answer = client.post(IN, {"role": role.value})
    assert (answer.status_code, answer["Location"]) == (302, "/nb/me/")
    user = User.objects.get(pk=client.session["_auth_user_id"])
    person = queries.person_of(client.get("/nb/me/").wsgi_request)
    assert person.roles == {role}
    assert person.organisations(frozenset({role})) == (set(ORGANISATIONS) if role in IN_ORGANISATION else set())
    assert user.is_demo


@pytest.mark.django_db
def test_changing_person_leaves_nothing_of_the_one_before(demo: None) -> None:
    client = Client()
    client.post(IN, {"role": "administrator"})
    before = client.session.session_key
    assert client.get("/nb/people/").status_code == 200
    client.post(IN, {"role": "reader"})
    assert client.session.session_key != before
    assert client.get("/nb/people/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", "emperor", "administrator' or 1=1"])
def test_only_the_invented_can_be_chosen(demo: None, role: str) -> None:
    assert Client().post(IN, {"role": role}).status_code == 404
    assert Client().get(IN).status_code == 405
    assert Client(enforce_csrf_checks=True).post(IN, {"role": "reader"}).status_code == 403


@pytest.mark.django_db
def test_a_real_account_at_an_invented_address_cant_be_chosen(demo: None) -> None:
    User.objects.filter(email="administrator@example.invalid").update(is_demo=False)
    assert Client().post(IN, {"role": "administrator"}).status_code == 404


@pytest.mark.django_db
def test_where_one_was_going_and_nowhere_else(demo: None) -> None:
    assert Client().post(IN, {"role": "reader", "next": "/nb/people/"})["Location"] == "/nb/people/"
    assert Client().post(IN, {"role": "reader", "next": "https://evil.example/"})["Location"] == "/nb/me/"


@pytest.mark.django_db
def test_the_sign_in_page_offers_everyone_under_a_banner(demo: None) -> None:
    page = Client().get("/nb/account/sign-in/").content.decode()
    assert len(re.findall(r'name="role" value="\w+"', page)) == len(EVERYONE)
    assert "demo-banner" in page


@pytest.mark.django_db
def test_letters_are_shown_as_text(demo: None) -> None:
    Message.objects.create(
        key="k",
        kind="account",
        to="a@example.invalid",
        subject="<script>alert(1)</script>",
        body="http://x.example/ <b>",
    )
    page = Client().get("/nb/demo/mail/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page
    assert 'href="http://x.example/"' in page


PRODUCTION = {
    "HELSEVEV_MODE": "production",
    "HELSEVEV_SITE_URL": "https://helsevev.example.no",
    "HELSEVEV_SECRET_KEY": secrets.token_urlsafe(48),
    "HELSEVEV_TRAIL_KEY": secrets.token_urlsafe(48),
    "HELSEVEV_ALLOW_SQLITE": "yes",
    "HELSEVEV_MAIL_HOST": "mail.example.no",
    "HELSEVEV_MAIL_FROM": "Helsevev <post@helsevev.example.no>",
    "HELSEVEV_MAIL_TLS": "yes",
}
LOOK = """
import sys, django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.template import TemplateDoesNotExist, engines
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
assert settings.PRODUCTION and not settings.DEMO
assert not apps.is_installed("helsevev.commons.demo")
assert "prepare_demo" not in get_commands()
for path in ("/nb/demo/sign-in/", "/nb/demo/mail/", "/demo/sign-in/"):
    try:
        resolve(path)
    except Resolver404:
        continue
    raise SystemExit(f"{path} is there")
try:
    reverse("demo:sign_in")
    raise SystemExit("the name is there")
except NoReverseMatch:
    pass
try:
    engines["django"].get_template("demo/_accounts.html")
    raise SystemExit("the template is there")
except TemplateDoesNotExist:
    pass
resolve("/nb/account/sign-in/")
assert not [name for name in sys.modules if name.startswith("helsevev.commons.demo")]
print("nothing of it")
"""


def run(tmp_path: Path, code: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """A fresh process with an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HELSEVEV_")}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings", "HELSEVEV_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env={**environment, **extra}, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )


@elsewhere_alike
def test_in_production_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    ran = run(tmp_path, LOOK, **PRODUCTION)
    assert ran.stdout.strip() == "nothing of it", ran.stderr


@elsewhere_alike
@pytest.mark.parametrize("attempt", [{"HELSEVEV_DEMO": "yes"}, {"DEMO": "1"}, {"HELSEVEV_INSTALLED_APPS": "demo"}])
def test_no_other_variable_turns_it_on_in_production(tmp_path: Path, attempt: dict[str, str]) -> None:
    ran = run(tmp_path, LOOK, **PRODUCTION, **attempt)
    assert ran.stdout.strip() == "nothing of it", ran.stderr


@elsewhere_alike
@pytest.mark.parametrize("mode", ["demo,production", "Demo", "production demo"])
def test_two_modes_at_once_are_refused_with_a_sentence(tmp_path: Path, mode: str) -> None:
    ran = run(tmp_path, "import django; django.setup()", **{**PRODUCTION, "HELSEVEV_MODE": mode})
    assert ran.returncode != 0
    assert "Write one of: embedded, demo, production" in ran.stderr


@elsewhere_alike
def test_an_embedded_installation_has_nothing_of_it_either(tmp_path: Path) -> None:
    code = LOOK.replace("assert settings.PRODUCTION and not settings.DEMO", "assert not settings.DEMO")
    ran = run(tmp_path, code)
    assert ran.stdout.strip() == "nothing of it", ran.stderr
