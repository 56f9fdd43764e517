"""Two roles of the database: the owner makes the tables, and the application can't change a line of the ledger."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from guiding import NOW, book, used, world

from helsevev.commons.operations.actions.rights import grant
from helsevev.core.verdict import Found
from helsevev.network.guidance.actions import booking
from helsevev.network.guidance.models import HourLine
from helsevev.network.guidance.queries import hours

APP = "helsevev_application"
POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")


@pytest.fixture
def application(db: None) -> None:
    """A role that owns nothing, and is given its rights by the owner."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {APP}")
    grant(APP)


def as_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")


@POSTGRESQL
def test_the_application_works_and_can_only_add_lines(application: None):
    found = world()
    as_application()
    book(found, used(60))
    booking.correct(HourLine.objects.get(kind="used"), 30, "Feil", str(found.advisor.key), NOW)
    assert hours.balance(found.engagement).used == 30
    for statement in (
        "UPDATE guidance_hourline SET minutes = 1",
        "DELETE FROM guidance_hourline",
        "TRUNCATE guidance_hourline CASCADE",
        "ALTER TABLE guidance_hourline DISABLE TRIGGER ALL",
        "DROP TRIGGER guidance_hourline_stands ON guidance_hourline",
        "ALTER TABLE guidance_houranswer OWNER TO CURRENT_USER",
        "UPDATE guidance_houranswer SET comment = 'x'",
    ):
        refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert hours.balance(found.engagement).used == 30


@POSTGRESQL
def test_the_check_says_when_the_role_could_do_more(application: None):
    with override_settings(DATABASE_APP_ROLE=APP):
        as_application()
        call_command("check_guidance")
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute(f"GRANT UPDATE ON guidance_hourline TO {APP}")
        as_application()
        with pytest.raises(Found):
            call_command("check_guidance")


@pytest.mark.django_db
def test_the_check_says_when_a_trigger_is_gone(capsys: pytest.CaptureFixture[str]):
    call_command("check_guidance")
    assert "only grow" in capsys.readouterr().out
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE guidance_hourline DISABLE TRIGGER guidance_hourline_stands")
        else:
            cursor.execute("DROP TRIGGER guidance_hourline_stands_delete")
    with pytest.raises(Found):
        call_command("check_guidance")
    assert "guidance_hourline" in capsys.readouterr().out
