"""The settings: an unsafe or missing one stops the start with a sentence, and every one is in the manual."""

import os
import re
import runpy
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from installations import ROOT, Installation

from helsevev.config.settings import database

SAFE = {
    "HELSEVEV_MODE": "production",
    "HELSEVEV_SITE_URL": "https://helsevev.example.no",
    "HELSEVEV_SECRET_KEY": "s" * 60,
    "HELSEVEV_TRAIL_KEY": "t" * 60,
    "HELSEVEV_DATABASE_URL": "postgresql://app:secret@db.example.no:5432/helsevev",
    "HELSEVEV_MAIL_HOST": "mail.example.no",
    "HELSEVEV_MAIL_FROM": "Helsevev <post@helsevev.example.no>",
}
OIDC = {
    "HELSEVEV_OIDC_ISSUER": "https://id.example.no",
    "HELSEVEV_OIDC_CLIENT_ID": "x",
    "HELSEVEV_OIDC_CLIENT_SECRET": "y",
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs the settings file anew with the given variables alone."""

    def run(**variables: str) -> dict[str, Any]:
        for name in list(os.environ):
            if name.startswith("HELSEVEV_"):
                monkeypatch.delenv(name)
        for name, value in {"HELSEVEV_DATA_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "helsevev" / "config" / "settings.py"))

    return run


def test_safe_production_settings_start(read: Any) -> None:
    found = read(**SAFE)
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["helsevev.example.no"]
    assert "helsevev.commons.demo" not in found["INSTALLED_APPS"]
    assert found["EMAIL_USE_TLS"]


@pytest.mark.django_db
def test_the_embedded_database_stays_open_between_requests_for_a_minute(tmp_path: Path) -> None:
    """Opening the file takes longer than answering with a remembered page."""
    embedded = database("")
    file = DatabaseWrapper({**connections.configure_settings({"default": embedded})["default"], "NAME": tmp_path / "a"})
    file.ensure_connection()
    opened = file.connection
    file.close_if_unusable_or_obsolete()  # what Django does before and after each request
    assert file.connection is opened
    file.close_at = time.monotonic()
    file.close_if_unusable_or_obsolete()
    assert file.connection is None


UNSAFE = [
    ("HELSEVEV_SITE_URL", "", "HELSEVEV_SITE_URL is not set"),
    ("HELSEVEV_SITE_URL", "http://helsevev.example.no", "must begin with https://"),
    ("HELSEVEV_SECRET_KEY", "", "HELSEVEV_SECRET_KEY is not set"),
    ("HELSEVEV_SECRET_KEY", "short", "shorter than 50"),
    ("HELSEVEV_TRAIL_KEY", "", "HELSEVEV_TRAIL_KEY is not set"),
    ("HELSEVEV_TRAIL_KEY", "s" * 60, "two different secrets"),
    ("HELSEVEV_TRAIL_KEY", "short", "shorter than 32"),
    ("HELSEVEV_DATABASE_URL", "", "HELSEVEV_ALLOW_SQLITE"),
    ("HELSEVEV_DATABASE_URL", "mysql://x/y", "postgresql://"),
    ("HELSEVEV_DATABASE_URL", "postgresql://db.example.no", "postgresql://"),
    ("HELSEVEV_MAIL_HOST", "", "HELSEVEV_MAIL_HOST is not set"),
    ("HELSEVEV_MAIL_FROM", "", "HELSEVEV_MAIL_FROM is not set"),
    ("HELSEVEV_MAIL_TLS", "no", "in the clear"),
    ("HELSEVEV_MAIL_TLS", "perhaps", "yes or no"),
    ("HELSEVEV_MAIL_PORT", "many", "whole number"),
    ("HELSEVEV_MODE", "prod", "embedded, demo, production"),
    ("HELSEVEV_LEAVE_OUT", "kitchen", "kitchen"),
    ("HELSEVEV_LOG", "LOUD", "DEBUG"),
    ("HELSEVEV_WEB_PROCESSES", "0", "1 or more"),
    ("HELSEVEV_OIDC_ISSUER", "https://id.example.no", "HELSEVEV_OIDC_CLIENT_ID"),
    ("HELSEVEV_SECRET_KEY_FILE", "/nowhere", "can't be read"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), UNSAFE)
def test_each_unsafe_setting_stops_the_start(read: Any, name: str, value: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        read(**{**SAFE, name: value})


def test_a_provider_in_the_clear_is_refused(read: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="https://"):
        read(**SAFE, **{**OIDC, "HELSEVEV_OIDC_ISSUER": "http://id.example.no"})


def test_demo_is_not_even_loaded_elsewhere(read: Any) -> None:
    assert "helsevev.commons.demo" in read(HELSEVEV_MODE="demo")["INSTALLED_APPS"]
    assert "helsevev.commons.demo" not in read()["INSTALLED_APPS"]


def test_secrets_can_come_from_files(read: Any, tmp_path: Path) -> None:
    (tmp_path / "s").write_text("f" * 60 + "\n")
    assert read(**SAFE, HELSEVEV_SECRET_KEY_FILE=str(tmp_path / "s"))["SECRET_KEY"] == "f" * 60


def test_keys_of_one_machine_are_made_once_for_the_owner_alone(read: Any, tmp_path: Path) -> None:
    first = read()
    assert (first["SECRET_KEY"], first["TRAIL_KEY"]) == (read()["SECRET_KEY"], read()["TRAIL_KEY"])
    assert first["SECRET_KEY"] != first["TRAIL_KEY"]
    assert (tmp_path / "trail.key").stat().st_mode & 0o077 == 0


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    done = Installation(tmp_path, "", {"HELSEVEV_MODE": "production"}).run("check")
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("helsevev: HELSEVEV_SITE_URL is not set.")
    assert len(done.err.splitlines()) == 1


def test_every_variable_is_in_the_manual() -> None:
    named = re.compile(r"HELSEVEV_[A-Z_]+[A-Z]")
    used: set[str] = set()
    for path in (ROOT / "helsevev").rglob("*.py"):
        used |= set(named.findall(path.read_text(encoding="utf-8")))
    manual = (ROOT / "docs" / "manual" / "settings.md").read_text(encoding="utf-8")
    assert used - set(named.findall(manual)) == set()
