"""Giving and ending roles in the browser, by action and by command: who may, who may not, and what follows."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people import actions, queries
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.commons.people.rules import Grant, Role
from helsevev.core.words import Refused

pytestmark = pytest.mark.django_db
HOME = "ullensaker-kommune"
TODAY = timezone.localdate
WITHOUT_ROLE = ["nobody", "stranger"]
STAFF_PAGES = {role.value for role in (Role.SECRETARIAT, Role.ADMINISTRATOR)}


@pytest.fixture
def places(db: None) -> None:
    for key in (HOME, "oslo-kommune"):
        Organisation.objects.get_or_create(key=key, defaults={"name": key, "kind": "municipality"})


@pytest.fixture
def bo(person: Callable[..., User]) -> User:
    """Someone without roles."""
    user = person(None)
    user.name = "Bo Oppdiktet"
    user.save()
    return user


def wanted(role: str = Role.EDITOR, place: str = "", **more: Any) -> dict[str, Any]:
    """What the form sends."""
    form = {"role": str(role), "organisation": place, "starts": TODAY().isoformat(), "ends": "", "reason": "Needed"}
    return {**form, "confirmed": "yes", **more}


def who(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


# --- Each page for each role ------------------------------------------------------------------------------------------
def test_who_sees_people(cast: dict[str, Client], bo: User) -> None:
    for name, client in cast.items():
        expected = 200 if name in STAFF_PAGES else 404
        assert client.get("/nb/people/").status_code == expected, name
        assert client.get(f"/nb/people/{bo.key}/").status_code == expected, name


def test_who_gives_any_role(cast: dict[str, Client], bo: User) -> None:
    for name, client in cast.items():
        path = f"/nb/people/{bo.key}/give/"
        allowed = name == Role.ADMINISTRATOR
        assert client.get(path).status_code == (200 if allowed else 404), name
        assert client.post(path, wanted()).status_code == (302 if allowed else 404), name
    assert bo.grants.count() == 1


def test_who_gives_roles_in_an_organisation(cast: dict[str, Client], bo: User, places: None) -> None:
    EmailAddress.objects.create(user=bo, email=bo.email, verified=True, primary=True)
    for name, client in cast.items():
        allowed = name in {Role.ADMINISTRATOR, Role.ORGANISATION_SIGNER}
        for path in (f"/nb/people/in/{HOME}/", f"/nb/people/in/{HOME}/give/"):
            assert client.get(path).status_code == (200 if allowed else 404), name
        form = wanted(Role.PROJECT_MEMBER, HOME, address=bo.email)
        answer = client.post(f"/nb/people/in/{HOME}/give/", form)
        assert answer.status_code == (404 if not allowed else 302 if name == Role.ORGANISATION_SIGNER else 422), name
    assert bo.grants.count() == 1


def test_who_ends_a_role(cast: dict[str, Client], bo: User, places: None) -> None:
    for name, client in cast.items():
        row = given(bo, Role.PROJECT_MEMBER, HOME)
        path = f"/nb/people/role/{row.pk}/end/"
        allowed = name in {Role.ADMINISTRATOR, Role.ORGANISATION_SIGNER}
        assert client.get(path).status_code == (200 if allowed else 404), name
        assert client.post(path, {"reason": "Over"}).status_code == (302 if allowed else 404), name
        row.refresh_from_db()
        assert (row.withdrawn_at is not None) is allowed, name
        row.delete()


def given(user: User, role: Role, place: str = "", **dates: date) -> RoleGrant:
    organisation = Organisation.objects.get(key=place) if place else None
    return RoleGrant.objects.create(
        user=user,
        role=role,
        organisation=organisation,
        granted_by="system:test",
        **{"starts": date(2020, 1, 1), **dates},
    )


def test_a_signer_is_a_stranger_to_another_organisation(cast: dict[str, Client], bo: User, places: None) -> None:
    signer = cast[Role.ORGANISATION_SIGNER]
    row = given(bo, Role.PROJECT_MEMBER, "oslo-kommune")
    assert signer.get("/nb/people/in/oslo-kommune/").status_code == 404
    assert signer.post(f"/nb/people/role/{row.pk}/end/", {"reason": "Mine now"}).status_code == 404
    EmailAddress.objects.create(user=bo, email=bo.email, verified=True, primary=True)
    form = wanted(Role.PROJECT_LEADER, "oslo-kommune", address=bo.email)
    assert signer.post(f"/nb/people/in/{HOME}/give/", form).status_code == 422
    assert signer.post(f"/nb/people/in/{HOME}/give/", {**form, "role": "administrator"}).status_code == 422
    assert bo.grants.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/nb/people/00000000-0000-4000-8000-000000000000/",
        "/nb/people/not-a-key/",
        "/nb/people/role/999999999999/end/",
        "/nb/people/role/99999999999999999999999/end/",
        "/nb/people/in/no-such-place/",
    ],
)
def test_addresses_of_nothing(cast: dict[str, Client], path: str) -> None:
    assert cast[Role.ADMINISTRATOR].get(path).status_code == 404


# --- Giving -----------------------------------------------------------------------------------------------------------
def test_a_role_is_given_after_a_yes_with_a_line_and_a_letter(cast: dict[str, Client], bo: User) -> None:
    administrator = cast[Role.ADMINISTRATOR]
    form = wanted()
    del form["confirmed"]
    asked = administrator.post(f"/en/people/{bo.key}/give/", form)
    assert asked.status_code == 200
    assert b"Give Bo Oppdiktet the role Editor?" in asked.content
    assert b'name="reason" value="Needed"' in asked.content
    assert not bo.grants.exists()
    done = administrator.post(f"/en/people/{bo.key}/give/", wanted())
    assert done["Location"] == f"/en/people/{bo.key}/"
    line = Line.objects.get(verb="role given", key=str(bo.key))
    assert line.actor == str(who(administrator).key)
    assert json.loads(line.detail)["reason"] == "Needed"
    assert Message.objects.get(to=bo.email).kind == "role_changed"


def test_a_second_click_gives_one_role(cast: dict[str, Client], bo: User) -> None:
    answers = [cast[Role.ADMINISTRATOR].post(f"/nb/people/{bo.key}/give/", wanted()).status_code for _ in range(2)]
    assert answers == [302, 422]
    assert bo.grants.count() == 1
    assert Line.objects.filter(verb="role given").count() == 1


def test_nobody_gives_to_themselves(cast: dict[str, Client]) -> None:
    administrator = cast[Role.ADMINISTRATOR]
    me = who(administrator)
    assert administrator.post(f"/nb/people/{me.key}/give/", wanted()).status_code == 422
    assert me.grants.count() == 1
    assert b"Give a role" not in administrator.get(f"/en/people/{me.key}/").content


@pytest.mark.parametrize(
    "broken",
    [
        {"role": "emperor"},
        {"role": Role.PROJECT_LEADER.value},
        {"organisation": "no-such-place"},
        {"starts": "yesterday"},
        {"starts": "2020-01-01"},
        {"ends": "2020-01-01"},
        {"starts": "0000-00-00"},
        {"reason": ""},
        {"reason": "x" * 301},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(cast: dict[str, Client], bo: User, broken: dict[str, str]) -> None:
    answer = cast[Role.ADMINISTRATOR].post(f"/nb/people/{bo.key}/give/", wanted(**broken))
    assert answer.status_code == 422
    assert b"error-summary" in answer.content
    assert not bo.grants.exists()


def test_an_address_that_nobody_has_is_said_kindly(cast: dict[str, Client], places: None) -> None:
    form = wanted(Role.PROJECT_MEMBER, HOME, address="nobody@example.invalid")
    answer = cast[Role.ORGANISATION_SIGNER].post(f"/en/people/in/{HOME}/give/", form)
    assert answer.status_code == 422
    assert b"Ask the person to make one" in answer.content


def test_several_roles_in_several_organisations(bo: User, places: None) -> None:
    for role, place in ((Role.PROJECT_LEADER, HOME), (Role.PROJECT_MEMBER, "oslo-kommune"), (Role.ASSESSOR, None)):
        actions.grant_as_operator("system:test", bo, Grant(role, place, TODAY()), "Test")
    person = queries.person(bo, second_factor=True)
    assert person.roles == {Role.PROJECT_LEADER, Role.PROJECT_MEMBER, Role.ASSESSOR}
    assert person.organisations(frozenset({Role.PROJECT_LEADER})) == {HOME}
    assert queries.person(bo, second_factor=False).roles == {Role.PROJECT_LEADER, Role.PROJECT_MEMBER}


DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (DAY - timedelta(9), DAY - timedelta(1), False),
        (DAY - timedelta(9), DAY, True),
        (DAY + timedelta(1), None, False),
        (DAY, None, True),
    ],
)
def test_a_role_in_the_database_counts_on_its_days(bo: User, starts: date, ends: date | None, counts: bool) -> None:
    given(bo, Role.READER, starts=starts, **({"ends": ends} if ends else {}))
    assert bool(queries.person(bo, second_factor=False, today=DAY).roles) is counts


def test_the_day_turns_in_norway(bo: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """At half past eleven in the evening, world time, it is tomorrow in Oslo, and yesterday's role is over."""
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    given(bo, Role.READER, ends=date(2026, 11, 22))
    assert not queries.person(bo, second_factor=False).roles
    monkeypatch.setattr(timezone, "now", lambda: late - timedelta(hours=1))
    assert queries.person(bo, second_factor=False).roles == {Role.READER}


def test_the_database_refuses_a_role_that_ends_before_it_starts(bo: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        given(bo, Role.READER, starts=DAY, ends=DAY - timedelta(1))


# --- Ending -----------------------------------------------------------------------------------------------------------
def test_an_ended_role_is_gone_at_the_next_click(cast: dict[str, Client]) -> None:
    secretary = cast[Role.SECRETARIAT]
    assert secretary.get("/nb/people/").status_code == 200
    row = who(secretary).grants.get()
    assert cast[Role.ADMINISTRATOR].post(f"/nb/people/role/{row.pk}/end/", {"reason": "Over"}).status_code == 302
    assert secretary.get("/nb/people/").status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_by == str(who(cast[Role.ADMINISTRATOR]).key)
    assert row.ends == TODAY()
    assert json.loads(Line.objects.get(verb="role ended").detail)["reason"] == "Over"


def test_ending_needs_a_reason_and_happens_once(cast: dict[str, Client], bo: User) -> None:
    row = given(bo, Role.EDITOR)
    administrator, path = cast[Role.ADMINISTRATOR], f"/nb/people/role/{row.pk}/end/"
    assert administrator.post(path, {"reason": " "}).status_code == 422
    assert administrator.post(path, {"reason": "Over"}).status_code == 302
    assert administrator.post(path, {"reason": "Over"}).status_code == 422
    assert Line.objects.filter(verb="role ended").count() == 1


def test_the_last_administrator_cant_be_removed(cast: dict[str, Client]) -> None:
    administrator = cast[Role.ADMINISTRATOR]
    row = who(administrator).grants.get()
    assert administrator.post(f"/nb/people/role/{row.pk}/end/", {"reason": "Tired"}).status_code == 422
    assert administrator.get("/nb/people/").status_code == 200


def test_of_two_administrators_one_may_go(cast: dict[str, Client], person: Callable[..., User]) -> None:
    person(Role.ADMINISTRATOR)
    administrator = cast[Role.ADMINISTRATOR]
    row = who(administrator).grants.get()
    assert administrator.post(f"/nb/people/role/{row.pk}/end/", {"reason": "Tired"}).status_code == 302
    assert administrator.get("/nb/people/").status_code == 404


@pytest.mark.parametrize(
    "other", [{"ends": date(2020, 2, 1)}, {"starts": date(2999, 1, 1)}], ids=["was one", "will be one"]
)
def test_one_who_isnt_an_administrator_today_is_nobody_to_rely_on(
    person: Callable[..., User], bo: User, other: dict[str, date]
) -> None:
    last = person(Role.ADMINISTRATOR)
    given(bo, Role.ADMINISTRATOR, **other)
    assert not queries.administrators_left(without_user=last)
    with pytest.raises(Refused):
        actions.delete_account(last)


def test_a_role_that_begins_later_is_withdrawn_too(cast: dict[str, Client], bo: User) -> None:
    row = given(bo, Role.EDITOR, starts=TODAY() + timedelta(9))
    assert cast[Role.ADMINISTRATOR].post(f"/nb/people/role/{row.pk}/end/", {"reason": "Over"}).status_code == 302
    later = TODAY() + timedelta(10)
    assert not queries.person(bo, second_factor=True, today=later).roles


# --- Finding people ---------------------------------------------------------------------------------------------------
def test_people_are_found_by_part_of_name_or_address(cast: dict[str, Client]) -> None:
    User.objects.create_user("ase@example.invalid", name="Åse Oppdiktet")
    User.objects.create_user("gone@example.invalid", name="Åse Borte", deleted_at=timezone.now(), is_active=False)
    for text in ("åse", "ÅSE", "ase@", "oppd Ås"):
        page = cast[Role.SECRETARIAT].get("/nb/people/", {"q": text}).content.decode()
        assert "Åse Oppdiktet" in page, text
        assert "Borte" not in page
    nobody = cast[Role.SECRETARIAT].get("/en/people/", {"q": "%'--<script>"})
    assert b"Nobody found" in nobody.content
    assert b"<script>" not in nobody.content.replace(b"<script src", b"")


def test_a_long_list_comes_in_pages_with_few_questions(
    cast: dict[str, Client], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    User.objects.bulk_create(User(email=f"n{n}@example.invalid", name=f"Navn {n:03}") for n in range(120))
    with django_assert_max_num_queries(12):
        page = cast[Role.SECRETARIAT].get("/nb/people/", {"page": "2"}).content.decode()
    assert page.count("<tr>") == 51
    assert cast[Role.SECRETARIAT].get("/nb/people/", {"page": "zero"}).status_code == 200
    assert cast[Role.SECRETARIAT].get("/nb/people/", {"page": "9" * 40}).status_code == 200


def test_what_to_call_those_who_did_something(bo: User) -> None:
    gone = User.objects.create_user("gone@example.invalid", name="Borte", deleted_at=timezone.now())
    called = queries.actor_names([str(bo.key), str(gone.key), "system:load"])
    assert called[str(bo.key)] == "Bo Oppdiktet"
    assert called["system:load"] == "system:load"
    assert "Borte" not in called[str(gone.key)]


# --- By command -------------------------------------------------------------------------------------------------------
def test_the_first_administrator_is_made_by_command(bo: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("grant", bo.email, "administrator", "--until", (TODAY() + timedelta(9)).isoformat())
    assert bo.grants.get().role == Role.ADMINISTRATOR
    assert Line.objects.get(verb="role given").actor == "system:grant"
    assert "is administrator" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["nobody@example.invalid", "administrator"], Refused),
        (["bo", "project_leader", "--organisation", "no-such-place"], Refused),
        (["bo", "project_leader"], Refused),
        (["bo", "administrator", "--until", "someday"], CommandError),
        (["bo", "emperor"], CommandError),
    ],
)
def test_a_wrong_command_gives_nothing(bo: User, words: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        call_command("grant", *[bo.email if word == "bo" else word for word in words])
    assert not RoleGrant.objects.exists()
