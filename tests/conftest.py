"""The fixed cast and the ground that all tests stand on."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

# Tests never touch the checkout's own data folder.
os.environ.setdefault("HELSEVEV_DATA_DIR", tempfile.mkdtemp(prefix="helsevev-test-"))
os.environ.setdefault("HELSEVEV_MODE", "demo")
# Whole installations are made once in a run, and shared by its processes (commons/installations.py).
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["HELSEVEV_TEST_MADE"] = tempfile.mkdtemp(prefix="helsevev-made-")
os.environ["DJANGO_SETTINGS_MODULE"] = "helsevev.config.settings"
Path(os.environ["HELSEVEV_DATA_DIR"]).mkdir(parents=True, exist_ok=True)

import django  # noqa: E402

django.setup()

import pytest  # noqa: E402
from django.conf import settings as django_settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from walks.scheduling import pytest_xdist_make_scheduler  # noqa: E402, F401 - heard only in the topmost conftest

from helsevev.commons.initiatives.actions import load_taxonomy  # noqa: E402
from helsevev.commons.people.actions import load_registers  # noqa: E402
from helsevev.commons.people.models import Organisation, RoleGrant, User  # noqa: E402
from helsevev.commons.people.rules import IN_ORGANISATION, Role  # noqa: E402
from helsevev.knowledge.pages.middleware import remembering  # noqa: E402
from helsevev.network.portfolio.actions import load  # noqa: E402
from helsevev.network.portfolio.forms import read_file  # noqa: E402

HOME = "ullensaker-kommune"
REAL = Path(__file__).resolve().parents[1] / "data" / "portfolio.json"

# A slow machine is no fault: nothing here asserts time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last process takes away what was shared."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["HELSEVEV_TEST_MADE"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_trail_head(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each test's trail begins empty in the database, so its head outside does too."""
    before = django_settings.TRAIL_HEAD_FILE
    django_settings.TRAIL_HEAD_FILE = tmp_path_factory.getbasetemp() / "trail.head"
    django_settings.TRAIL_HEAD_FILE.unlink(missing_ok=True)
    yield
    django_settings.TRAIL_HEAD_FILE = before


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing kept in memory by one test is seen by the next: rate limits, pictures, the language read last.

    And who changes a page and reads it at once sees the change, which readers may wait a fifth of a second for.
    """
    monkeypatch.setattr(remembering, "LOOK_AGAIN_SECONDS", 0)
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def registers(db: None) -> None:
    """All organisations of the repository's registers."""
    load_registers()


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes an invented person who holds a role (in `organisation`, where the role is held in one)."""

    def make(role: Role | None, organisation: str = HOME) -> User:
        name = role.value if role else "nobody"
        user = User.objects.create_user(f"{name}.{User.objects.count()}@example.invalid", name=f"Test {name}")
        if role:
            place = None
            if role in IN_ORGANISATION:
                place, _made = Organisation.objects.get_or_create(
                    key=organisation, defaults={"name": organisation, "kind": "municipality"}
                )
            RoleGrant.objects.create(
                user=user, role=role, organisation=place, starts=date(2020, 1, 1), granted_by="system:test"
            )
        return user

    return make


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """A browser in which an account has signed in, with a second factor unless said otherwise."""

    def enter(user: User, *, second_factor: bool = True) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa" if second_factor else "password"}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return enter


@pytest.fixture
def cast(person: Callable[..., User], sign_in: Callable[..., Client]) -> dict[str, Client]:
    """A signed-in browser for each role by its name, one for somebody without a role, and the stranger's."""
    browsers = {role.value: sign_in(person(role)) for role in Role}
    return browsers | {"nobody": sign_in(person(None)), "stranger": Client()}


@pytest.fixture(scope="module")
def real_portfolio(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """All of data/portfolio.json, loaded once for each module that asks for it; tests' own changes are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_registers()
        load_taxonomy()
        load(read_file(REAL))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def portfolio(real_portfolio: None, db: None) -> None:
    """The real portfolio, for one test."""
