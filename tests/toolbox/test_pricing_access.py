"""Every address of service prices by every role, both ways: who may, and who gets 404."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Permission, Role
from helsevev.toolbox.pricing.models import PriceCase
from helsevev.toolbox.pricing.rules import PERMISSIONS

OWNER, PARTNER, OTHER = "akershus-universitetssykehus", "nes-kommune", "bergen-kommune"
READERS = frozenset({"secretariat", "advisor", "administrator"})
TEAM = frozenset({"owner leader", "owner member"})
PARTNERS = frozenset({"partner leader", "partner signer", "owner signer"})
ALL = READERS | TEAM | PARTNERS
KEEPERS = frozenset({"secretariat", "administrator"})
EVERYBODY = ALL | {"other leader", "reader", "editor", "stranger"}

# Address name -> who may look. A key "" takes no case.
DOORS: dict[str, tuple[frozenset[str], tuple[object, ...]]] = {
    "list": (ALL | {"other leader"}, ()),
    "new": (TEAM | {"partner leader", "other leader"}, ()),
    "population": (ALL | {"other leader"}, ()),
    "series": (KEEPERS, ()),
    "comparison": (EVERYBODY, ()),
    "comparison_tool": (EVERYBODY, ("district",)),
    "case": (ALL, ("KEY",)),
    "answer": (ALL, ("KEY",)),
    "numbers": (ALL, ("KEY",)),
    "uncertainty": (ALL, ("KEY",)),
    "need": (ALL, ("KEY",)),
    "scenarios": (ALL, ("KEY",)),
    "agreement": (ALL, ("KEY",)),
    "export": (ALL, ("KEY", "json")),
    "picture": (ALL, ("KEY", "money", "csv")),
    "tornado": (ALL, ("KEY", "csv")),
    "need_picture": (ALL, ("KEY", "csv")),
    "edit": (TEAM, ("KEY",)),
    "edit_section": (TEAM, ("KEY", "partners")),
    "import": (TEAM, ("KEY",)),
    "arrivals": (TEAM, ("KEY",)),
    "undo": (TEAM, ("KEY", 1)),
    "actuals": (TEAM, ("KEY",)),
    "shelving": (TEAM, ("KEY",)),
    "history": (READERS | TEAM, ("KEY",)),
}


@pytest.fixture
def browsers(person: Callable[..., User], sign_in: Callable[..., Client]) -> dict[str, Client]:
    """A browser for each sort of person."""
    made = {
        "owner leader": person(Role.PROJECT_LEADER, OWNER),
        "owner member": person(Role.PROJECT_MEMBER, OWNER),
        "owner signer": person(Role.ORGANISATION_SIGNER, OWNER),
        "partner leader": person(Role.PROJECT_LEADER, PARTNER),
        "partner signer": person(Role.ORGANISATION_SIGNER, PARTNER),
        "other leader": person(Role.PROJECT_LEADER, OTHER),
        "reader": person(Role.READER),
        "editor": person(Role.EDITOR),
        "secretariat": person(Role.SECRETARIAT),
        "advisor": person(Role.ADVISOR),
        "administrator": person(Role.ADMINISTRATOR),
    }
    return {who: sign_in(user) for who, user in made.items()} | {"stranger": Client()}


@pytest.mark.parametrize("name", sorted(DOORS))
def test_who_may_look(name: str, case: PriceCase, browsers: dict[str, Client]) -> None:
    may, words = DOORS[name]
    address = reverse(f"pricing:{name}", args=[case.key if word == "KEY" else word for word in words])
    for who, browser in browsers.items():
        answer = browser.get(address)
        assert answer.status_code == (200 if who in may else 404), (name, who, answer.status_code)


POSTS: dict[str, tuple[frozenset[str], tuple[object, ...], dict[str, str]]] = {
    "keep": (TEAM, ("KEY", "staff"), {}),
    "agreement": (frozenset({"owner leader"}), ("KEY",), {}),
    "shelving": (frozenset({"owner leader"}), ("KEY",), {"do": "put"}),
}


@pytest.mark.parametrize("name", sorted(POSTS))
def test_who_may_change(name: str, case: PriceCase, browsers: dict[str, Client]) -> None:
    may, words, sent = POSTS[name]
    address = reverse(f"pricing:{name}", args=[case.key if word == "KEY" else word for word in words])
    for who, browser in browsers.items():
        status = browser.post(address, sent).status_code
        assert (status != 404) == (who in may), (name, who, status)


def test_every_permission_names_known_roles_and_denies_by_default():
    for action, permission in PERMISSIONS.items():
        assert isinstance(permission, Permission), action
        assert not permission.known, action
    assert {action for action, one in PERMISSIONS.items() if one.everyone} == {"compare"}


def test_the_list_shows_each_only_their_own(case: PriceCase, browsers: dict[str, Client]) -> None:
    address = reverse("pricing:list")
    assert case.title in browsers["partner leader"].get(address).content.decode()
    assert case.title not in browsers["other leader"].get(address).content.decode()
