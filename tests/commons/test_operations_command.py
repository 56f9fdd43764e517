"""The command: what it finds, how it answers, and that no failure ends in a traceback."""

import errno
import json
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils import timezone
from installations import POSTGRESQL, ROOT, Installation, new_database
from pytest_django import Settings

from helsevev import VERSION
from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.operations.actions import faults, purging
from helsevev.commons.operations.models import Beat
from helsevev.commons.operations.queries import health, rooms, tables
from helsevev.commons.operations.rules.health import DURABLE_POSTGRESQL, DURABLE_SQLITE, undurable
from helsevev.commons.operations.rules.keeping import Kept, keeping_for
from helsevev.config import command
from helsevev.core.faults import Fault, Faulty
from helsevev.core.keeping import Keeping
from helsevev.core.verdict import Found
from helsevev.core.words import Refusal, Refused


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_database() as database:
        yield Installation(tmp_path_factory.mktemp("command"), database)


@pytest.mark.parametrize(
    ("words", "known", "found"),
    [
        (["load", "portfolio", "x.json"], ["load_portfolio"], ("load_portfolio", ["x.json"])),
        (["set-password"], ["set_password"], ("set_password", [])),
        (["check"], ["check_trail"], None),
        (["check", "trail", "--format", "json"], ["check_trail", "check"], ("check_trail", ["--format", "json"])),
        ([""], ["load_portfolio"], None),
        (["backup", "load", "x"], ["backup", "backup_load"], ("backup_load", ["x"])),
    ],
)
def test_words_name_a_command(words: list[str], known: list[str], found: object) -> None:
    assert command.find(words, known) == found


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0
    page = capsys.readouterr().out
    assert "helsevev backup /backups/monday.tar" in page
    assert "check trail" in page
    assert command.main(["--version"]) == 0
    assert capsys.readouterr().out == f"{VERSION}\n"
    assert command.main(["check", "--help"]) == 0
    assert "trail" in capsys.readouterr().out
    assert command.main(["backup", "--help"]) == 0
    assert "monday.tar" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["load"],
        ["check", "nonsense"],
        ["--nonsense"],
        ["backup"],
        ["backup", "a", "b"],
        ["serve", "--port", "x"],
        ["check", "trail", "--format", "xml"],
    ],
)
def test_wrong_usage_is_said_on_stderr(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("helsevev")


def test_what_the_manual_and_the_units_say_can_be_said() -> None:
    """Every command that operators are told to give is one, with options that it takes."""
    papers = [ROOT / "docs/manual/operations.md", *(ROOT / "deploy").rglob("*")]
    told = re.compile(r"(?:^|[`/ ])helsevev ((?:[a-z]+ )*[a-z]+)((?: --[a-z-]+)*)", re.MULTILINE)
    said = [words for path in papers if path.is_file() for words in told.findall(path.read_text(encoding="utf-8"))]
    names = command.ours()
    assert len(said) > 15
    for words, options in said:
        found = command.find(words.split(), names)
        assert found or words == "check", words
        if found:
            page = command.command_help(found[0])
            assert all(option in page for option in options.split()), (words, options)


@pytest.mark.skipif(bool(POSTGRESQL), reason="every other test of a whole installation begins so there")
def test_a_new_folder_is_made_ready_and_every_check_is_run(installation: Installation) -> None:
    done = installation.run("check", "trail", "--format", "json")
    told = json.loads(done.out)
    assert (done.code, list(told), told["table"], told["faults"]) == (
        0,
        ["table", "lines", "head", "faults"],
        "audit_line",
        [],
    )
    assert told["lines"] > 0, "what each room prepares stands on the trail"
    assert "Making the database." in done.err
    again = installation.run("check")
    assert again.out.splitlines()[-1].endswith(" faults")
    assert "Making" not in again.err
    for name in ("database:", "mail:", "retention:", "settings:", "trail:"):
        assert any(line.startswith(name) for line in again.out.splitlines())
    assert installation.run("backup", "/nowhere/at/all.tar").code == 2
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            done = installation.run("check", "trail", capture_output=False, stdout=full, stderr=-1)
        assert done.code == 1
        assert "disk is full" in done.err


@pytest.mark.skipif(bool(POSTGRESQL), reason="the database is on a server of its own")
def test_what_is_no_database_gets_a_sentence(tmp_path: Path) -> None:
    broken = Installation(tmp_path)
    (tmp_path / "helsevev.sqlite3").write_bytes(b"this is a text, and no database at all" * 100)
    done = broken.run("check", "trail")
    assert done.code == 1
    assert "holds something else" in done.err


def test_a_server_that_is_away_gets_a_sentence(tmp_path: Path) -> None:
    away = Installation(tmp_path, "postgresql://app@127.0.0.1:1/app")
    done = away.run("check", "trail")
    assert done.code == 1
    assert "HELSEVEV_DATABASE_URL" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_someone_else_gets_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = Installation(tmp_path / "x").run("check", "trail")
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Refused(Refusal("No %(what)s.", {"what": "x"}), Refusal("Nor y.")), 1, ["No x.", "Nor y."]),
        (Faulty([Fault("rows[3].year", Refusal("'x' is not a year"))]), 1, ["rows[3].year: 'x' is not a year"]),
        (CommandError("no such file"), 2, ["helsevev load: no such file"]),
        (Found(3), 1, []),
        (Found(0), 0, []),
        (SystemExit(1), 1, []),
        (SystemExit("gone"), 1, ["gone"]),
        (SystemExit(None), 0, []),
        (KeyboardInterrupt(), 1, ["Stopped."]),
        (OperationalError("database is locked"), 1, ["helsevev load: Another program holds the database."]),
        (OperationalError("database or disk is full"), 1, ["helsevev load: The disk is full."]),
        (OperationalError("attempt to write a readonly database"), 1, ["helsevev load: The database can't be written"]),
        (OperationalError("strange\nthings"), 1, ["helsevev load: The database said: strange things"]),
        (OSError(errno.ENOSPC, "No space left on device"), 1, ["helsevev load: The disk is full."]),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 1, ["helsevev load: /x can't be written or read"]),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/x"), 1, ["helsevev load: /x: No such file"]),
        (IntegrityError("strange"), 1, ["helsevev load: Something happened that it isn't made for (IntegrityError"]),
        (ValueError("strange"), 1, ["helsevev load: Something happened that it isn't made for (ValueError: strange)"]),
    ],
)
def test_every_failure_is_a_sentence_and_a_code(
    error: BaseException,
    code: int,
    said: list[str],
    capsys: pytest.CaptureFixture[str],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.DATA_DIR = tmp_path
    with faults.told("load") as outcome:
        raise error
    assert outcome.code == code
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(start) for line, start in zip(lines, said, strict=True))


def test_what_nobody_thought_of_is_written_down(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert str(tmp_path) in faults.sentence(ValueError("strange"))
    assert "ValueError: strange" in (tmp_path / "faults.log").read_text()
    settings.DATA_DIR = tmp_path / "nowhere"
    assert "details" not in faults.sentence(DatabaseError("strange"))


# --- Rooms and retention ---------------------------------------------------------------------------------------------


def test_rooms_are_made_ready_from_the_ground_up() -> None:
    names = rooms.commands("prepare")
    assert names.index("prepare_people") < names.index("prepare_initiatives")


def test_every_table_has_a_promise(db: None) -> None:
    assert [fault for table in tables.kept() for fault in table.faults] == []


def test_a_table_that_nobody_declared_is_a_fault() -> None:
    assert Kept("new_table", None, 0, 0).faults
    assert Kept("old", Keeping(until="x"), 0, 0).faults == []
    assert Kept("old", Keeping(until="x"), 0, 0, ("gone",)).faults
    promises = {"finding_index*": Keeping(until="x")}
    assert keeping_for("finding_index_data", promises)
    assert keeping_for("finding_document", promises) is None


def test_what_is_over_time_is_counted_and_purged_with_a_line(db: None) -> None:
    now = timezone.now()
    for number, days in enumerate((0, 89, 91, 400)):
        written = now - timedelta(days=days)
        Message.objects.create(key=str(number), kind="x", to="a@example.no", subject="", body="", written_at=written)
    Beat.objects.create(name="old", at=now - timedelta(days=30))
    kept = {table.table: table.over_time for table in tables.kept()}
    assert (kept["mail_message"], kept["operations_beat"]) == (2, 1)
    assert purging.purge(dry_run=True) == {"mail_message": 2, "operations_beat": 1}
    assert Message.objects.count() == 4
    assert purging.purge() == {"mail_message": 2, "operations_beat": 1}
    assert sorted(Message.objects.values_list("key", flat=True)) == ["0", "1"]
    line = Line.objects.get()
    assert (line.actor, line.verb, line.key) == ("system:purge", "purged", "mail_message")
    assert purging.purge() == {}


def test_the_last_day_of_a_role_counts_from_its_end(db: None) -> None:
    """A date, not a moment, is what a role is counted from."""
    assert tables.count_over_time("people_rolegrant", rooms.promises()["people_rolegrant"]) == 0


# --- Durability ------------------------------------------------------------------------------------------------------


def test_this_database_is_durable_or_its_fault_is_named(db: None) -> None:
    found = health.durability()
    assert set(found) == set(health.wanted())
    if not POSTGRESQL:
        assert undurable({**found, "journal_mode": "wal"}, health.wanted()) == []


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("fsync", "off", 1),
        ("fsync", "on", 0),
        ("full_page_writes", "off", 1),
        ("synchronous_commit", "off", 1),
        ("synchronous_commit", "remote_apply", 0),
    ],
)
def test_postgresql_must_keep_what_it_answered_for(name: str, value: str, count: int) -> None:
    good = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    assert len(undurable({**good, name: value}, DURABLE_POSTGRESQL)) == count
    assert len(undurable({}, DURABLE_POSTGRESQL)) == 3


@pytest.mark.parametrize(("value", "count"), [("0", 1), ("1", 1), ("2", 0), ("3", 0)])
def test_sqlite_must_write_through(value: str, count: int) -> None:
    assert len(undurable({"synchronous": value, "journal_mode": "wal"}, DURABLE_SQLITE)) == count
