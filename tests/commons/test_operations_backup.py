"""Backup and restore, drilled: rows and digests equal, everything verified first, all of it or nothing."""

import io
import json
import os
import resource
import signal
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from installations import POSTGRESQL, Installation, new_database
from pytest_django import Settings

from helsevev import VERSION
from helsevev.commons.audit import actions as trail
from helsevev.commons.audit import queries as trail_queries
from helsevev.commons.finding.models import Document
from helsevev.commons.initiatives.models import Term
from helsevev.commons.mail.models import Message
from helsevev.commons.operations.actions import backing_up, loading, opening, preparing, restoring
from helsevev.commons.operations.models import Beat
from helsevev.commons.operations.rules import backups
from helsevev.commons.people.models import User
from helsevev.core.words import Refused

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    (settings.DATA_DIR / "files" / "a").mkdir(parents=True)
    (settings.DATA_DIR / "files" / "a" / "blå bær.txt").write_bytes(b"hei\n")
    settings.TRAIL_HEAD_FILE = settings.DATA_DIR / "trail.head"
    return settings.DATA_DIR


def furnish() -> None:
    """Rows with everything that is hard to carry over."""
    User.objects.create_user("kari@example.no", name="Kari 'ærlig' \"quote\" \\ \t\n 🧵")
    Term.objects.create(vocabulary="theme", code="x", nb="æ", nn="ø", en="å", also=["a", {"b": [1, 1.5, None, True]}])
    Document.objects.create(kind="project", key="x")
    Message.objects.create(key="k", kind="x", to="kari@example.no", subject="s", body="b", sent_at=timezone.now())
    for number in range(5):
        trail.record("system:test", "published", "project", f"p{number}", {"n": number})


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar.getmembers()}


def pack(path: Path, found: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, data in found.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def resealed(found: dict[str, bytes], change: Callable[[dict[str, object]], None]) -> None:
    """Change the manifest as one can who has the key."""
    words = json.loads(found["manifest.json"])
    change(words)
    manifest = backups.Manifest(
        **{name: words[name] for name in ("version", "made_at", "migrations")},
        tables=tuple(backups.TablePart(**part) for part in words["tables"]),
        files=tuple(backups.FilePart(**part) for part in words["files"]),
        trail=backups.TrailHead(**words["trail"]),
    )
    found["manifest.json"] = backups.written(manifest, trail_queries.secret())


def refused(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        restoring.restore(path, replace=True, without_key=False, say=lambda _: None)
    return str(caught.value)


def test_everything_comes_back_digest_for_digest(db: None, own_folder: Path, tmp_path: Path) -> None:
    """The heart of the drill, quick and on whichever database the tests stand on."""
    furnish()
    first = backing_up.back_up(tmp_path / "first.tar").manifest
    assert first.rows > 10
    User.objects.all().delete()
    Term.objects.update(nb="changed")
    Beat.objects.create(name="new", at=timezone.now())
    with opening.open_archive(tmp_path / "first.tar") as archive:
        manifest = archive.manifest(trail_queries.secret())
        archive.verify(manifest)
        with transaction.atomic():
            loading._fill(archive, manifest)
    second = backing_up.back_up(tmp_path / "second.tar").manifest
    assert second.tables == first.tables
    assert second.files == first.files
    assert User.objects.create_user("ola@example.no").pk, "the next row gets a free number"


@given(text=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=60))
@settings(max_examples=30)
def test_any_text_goes_through_a_line_and_back(text: str) -> None:
    line = json.dumps([text], ensure_ascii=False).encode() + b"\n"
    assert line.count(b"\n") == 1
    field = Term._meta.get_field("nb")
    assert loading._stored(field, json.loads(line)[0]) == text


def test_the_keys_are_not_in_it_and_nobody_else_may_read_it(db: None, own_folder: Path, tmp_path: Path) -> None:
    (own_folder / "trail.key").write_text(trail_queries.secret().decode())
    (own_folder / "secret.key").write_text("the secret of sessions")
    made = backing_up.back_up(tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    assert trail_queries.secret() not in whole
    assert b"the secret of sessions" not in whole
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    assert made.key_file is not None
    assert made.key_file.stat().st_mode & 0o077 == 0


def test_in_production_no_key_is_written_at_all(db: None, own_folder: Path, tmp_path: Path, settings: Settings) -> None:
    settings.PRODUCTION = True
    (own_folder / "trail.key").write_text(trail_queries.secret().decode())
    assert backing_up.back_up(tmp_path / "b.tar").key_file is None
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.tar"]


@pytest.fixture
def backup(db: None, own_folder: Path, tmp_path: Path) -> Path:
    furnish()
    path = tmp_path / "b.tar"
    backing_up.back_up(path)
    return path


def drop(name: str) -> Change:
    return lambda found: found.pop(name) and None


def replace(name: str, data: bytes) -> Change:
    return lambda found: found.update({name: data})


TAMPERED: dict[str, Change] = {
    "a table changed": lambda found: found.update(
        {"tables/people_user.jsonl": found["tables/people_user.jsonl"].replace(b"kari", b"bari")}
    ),
    "a row taken away": lambda found: found.update(
        {"tables/audit_line.jsonl": b"\n".join(found["tables/audit_line.jsonl"].split(b"\n")[:-2]) + b"\n"}
    ),
    "a table missing": drop("tables/people_user.jsonl"),
    "a member too much": replace("tables/extra.jsonl", b"[]\n"),
    "a file changed": replace("files/a/blå bær.txt", b"ha\n"),
    "no manifest": drop("manifest.json"),
    "a manifest of nobody": replace("manifest.json", b"{}"),
    "a manifest that is no JSON": replace("manifest.json", b"\xff{"),
    "a manifest of another shape": lambda found: found.update(
        {"manifest.json": found["manifest.json"].replace(b'"tables"', b'"tabels"')}
    ),
    "a digest put right without the key": lambda found: found.update(
        {"manifest.json": found["manifest.json"].replace(b'"rows": 5', b'"rows": 6')}
    ),
    "a file outside the folder": lambda found: found.update({"files/../../evil": b"x"}),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_backup_is_refused_and_nothing_is_touched(backup: Path, own_folder: Path, name: str) -> None:
    found = members(backup)
    TAMPERED[name](found)
    before = sorted(str(path) for path in own_folder.rglob("*"))
    assert "not a Helsevev backup" in refused(pack(backup, found))
    assert User.objects.count() == 1
    assert [path for path in sorted(str(path) for path in own_folder.rglob("*")) if path not in before] in (
        [],
        [str(own_folder / "serve.lock")],
    )


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_backup_is_refused(backup: Path, share: float) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: int(len(data.rstrip(b"\0")) * share)])
    assert "not a Helsevev backup" in refused(backup)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x1f\x8b\x08\x00", os.urandom(4096)])
def test_a_foreign_file_is_refused(own_folder: Path, tmp_path: Path, data: bytes, db: None) -> None:
    (tmp_path / "x.tar").write_bytes(data)
    assert "not a Helsevev backup" in refused(tmp_path / "x.tar")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(backup: Path, kind: bytes) -> None:
    with tarfile.open(backup, "a") as tar:
        info = tarfile.TarInfo("files/link")
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    assert "is not a plain file" in refused(backup)


@pytest.mark.parametrize(
    ("path", "unsafe"),
    [
        ("a/b.txt", False),
        ("../x", True),
        ("a/../../x", True),
        ("/etc/passwd", True),
        ("a\\..\\x", True),
        ("a//b", True),
        ("./a", True),
        ("", True),
        ("a\0b", True),
    ],
)
def test_paths_that_lead_out_are_known(path: str, unsafe: bool) -> None:
    assert backups.unsafe_path(path) is unsafe


def test_a_sealed_backup_that_names_a_path_outside_is_still_refused(backup: Path) -> None:
    found = members(backup)
    found["files/../evil"] = found.pop("files/a/blå bær.txt")
    resealed(found, lambda words: words["files"][0].update(path="../evil"))
    assert "outside its folder" in refused(pack(backup, found))


def test_a_newer_versions_backup_is_refused(backup: Path) -> None:
    found = members(backup)
    resealed(found, lambda words: words.update(version="99.0.0"))
    sentence = refused(pack(backup, found))
    assert "99.0.0" in sentence
    assert VERSION in sentence


def test_a_backup_with_unknown_tables_is_refused(backup: Path) -> None:
    found = members(backup)
    resealed(found, lambda words: words["migrations"].update(tomorrow=["0001_tables"]))
    assert "tomorrow" in refused(pack(backup, found))


def test_another_key_is_asked_for(backup: Path, settings: Settings) -> None:
    settings.TRAIL_KEY = "another key than the one that sealed the trail"
    assert "HELSEVEV_TRAIL_KEY" in refused(backup)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_only_plain_files_are_taken_along(db: None, own_folder: Path, tmp_path: Path) -> None:
    (own_folder / "files" / "link").symlink_to("/etc/passwd")
    found = backing_up.back_up(tmp_path / "b.tar").manifest.files
    assert [part.path for part in found] == ["a/blå bær.txt"]


# --- Whole installations, by the command ---------------------------------------------------------------------------


# Rows that the database itself refuses to change or take away: one that corrects another, and an answer.
LEDGER = (
    "from datetime import date\n"
    "from helsevev.network.guidance.models import Engagement, HourAnswer, HourLine\n"
    "day = date(2026, 1, 5)\n"
    "one = Engagement.objects.create(support='tailored', starts=day, ends=day, opened_by='system:test')\n"
    "kept = dict(engagement=one, on=day, counting='all', by='system:test')\n"
    "HourLine.objects.create(number=1, kind='granted', minutes=600, **kept)\n"
    "used = HourLine.objects.create(number=2, kind='used', minutes=90, purpose='meeting', **kept)\n"
    "HourLine.objects.create(number=3, kind='used', minutes=-30, purpose='meeting', corrects=used, **kept)\n"
    "HourAnswer.objects.create(line=used, answer='disputed', comment='for mye', by='system:test')\n"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with registers, a trail and a file."""
    with new_database() as database:
        made = Installation(tmp_path_factory.mktemp("first"), database)
        made.prepare()
        made.python(
            "from helsevev.commons.audit.actions import record\n"
            "for n in range(20): record('system:test', 'published', 'project', f'p{n}', {'n': n})\n"
            "from helsevev.commons.mail.models import Message\n"
            "Message.objects.create(key='k', kind='x', to='kari@example.no', subject='s', body='b')\n"
        )
        made.python(LEDGER)
        (made.folder / "files").mkdir(exist_ok=True)
        (made.folder / "files" / "a.txt").write_text("hei")
        assert made.run("backup", str(made.folder / "b.tar")).code == 0
        yield made


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Installation]:
    with new_database() as database:
        yield Installation(tmp_path / "second", database)


ADDED_TO_MESSAGES = ("claimed_by", "calendar", "fill", "rank", "batch_id")
MADE_ANEW = "tables/finding_"  # the index, which a restore makes anew from what it tells of
# What moves on with a restore: the index's log, and the mark by which remembered pages are known to be old.
MOVES_ON = (
    "tables/finding_indexchange.jsonl",
    "tables/finding_indexstate.jsonl",
    "tables/pages_version.jsonl",
)


def contents(path: Path) -> dict[str, bytes | int]:
    """All that a backup holds, byte for byte; of the index how many rows each of its tables has."""
    kept = {name: data for name, data in members(path).items() if name not in ("manifest.json", *MOVES_ON)}
    return {name: data.count(b"\n") if name.startswith(MADE_ANEW) else data for name, data in kept.items()}


def test_the_drill(first: Installation, second: Installation) -> None:
    """A new machine with the backup and its key: the same rows, files and trail, and it goes on from there."""
    source = first.folder / "b.tar"
    done = second.run("restore", str(source))
    assert (done.code, "Restored" in done.out) == (0, True), done.err
    assert second.run("backup", str(second.folder / "again.tar")).code == 0
    assert contents(second.folder / "again.tar") == contents(source)
    assert (second.folder / "files" / "a.txt").read_text() == "hei"
    second.python("from helsevev.commons.audit.actions import record; record('a', 'b', 'c', 'd')")
    assert second.run("check", "trail").code == 0
    again = second.run("restore", str(source))
    assert again.code == 1
    assert "--replace" in again.err
    replaced = second.run("restore", str(source), "--replace")  # over a ledger that can't be emptied otherwise
    assert replaced.code == 0, replaced.err
    assert second.run("check", "guidance").code == 0, "the ledger is as shut as before"
    assert second.run("backup", str(second.folder / "third.tar")).code == 0
    assert contents(second.folder / "third.tar") == contents(source)


def test_an_older_backup_is_restored_and_brought_up_to_date(first: Installation, second: Installation) -> None:
    """Made before messages had a claimer, a calendar file and batches: all are added to the rows that came back."""
    found = members(first.folder / "b.tar")
    words = json.loads(found["manifest.json"])
    part = next(part for part in words["tables"] if part["name"] == "mail_message")
    kept = [place for place, name in enumerate(part["columns"]) if name not in ADDED_TO_MESSAGES]
    rows = [json.loads(line) for line in found["tables/mail_message.jsonl"].splitlines()]
    lines = [[row[place] for place in kept] for row in rows]
    older = b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)
    found["tables/mail_message.jsonl"] = older
    tally = opening.tables.Tally()
    for line in older.splitlines(keepends=True):
        tally.add(line)
    part["columns"] = [part["columns"][place] for place in kept]
    part["sha256"] = tally.sha256
    words["tables"] = [part for part in words["tables"] if part["name"] != "mail_batch"]
    del found["tables/mail_batch.jsonl"]
    words["migrations"]["mail"] = ["0001_tables"]
    key = (first.folder / "b.tar.key").read_bytes()
    words.pop("seal")
    manifest = backups.read(json.dumps({**words, "seal": ""}).encode(), None)
    found["manifest.json"] = backups.written(manifest, key)
    second.folder.mkdir()
    path = pack(second.folder.parent / "older.tar", found)
    (second.folder.parent / "older.tar.key").write_bytes(key)
    done = second.run("restore", str(path))
    assert done.code == 0, done.err
    assert "1 ''" in second.python(
        "from helsevev.commons.mail.models import Message as M\n"
        "print(M.objects.count(), repr(M.objects.get().claimed_by))"
    )
    assert second.run("check", "database").code == 0


@pytest.mark.skipif(bool(POSTGRESQL), reason="the key has nothing to do with the database")
def test_without_the_key_it_says_which_and_can_be_forced(first: Installation, second: Installation) -> None:
    alone = second.folder.parent / "alone.tar"
    alone.write_bytes((first.folder / "b.tar").read_bytes())
    done = second.run("restore", str(alone))
    assert done.code == 1
    assert "HELSEVEV_TRAIL_KEY" in done.err
    assert second.run("restore", str(alone), "--without-key").code == 0
    assert second.run("check", "trail").code == 1


def test_a_killed_restore_leaves_before_or_after_or_says_so(first: Installation, second: Installation) -> None:
    source = str(first.folder / "b.tar")
    assert second.run("restore", source).code == 0
    second.python("from helsevev.commons.mail.models import Message; Message.objects.all().delete()")
    restore = second.start("restore", source, "--replace")
    while "Restoring" not in (second.folder / "err.txt").read_text() and restore.poll() is None:
        pass
    restore.send_signal(signal.SIGKILL)
    restore.communicate()
    checked = second.run("check", "trail")
    if checked.code:
        assert "cut off" in checked.err
    else:
        messages = second.python("from helsevev.commons.mail.models import Message; print(Message.objects.count())")
        assert messages.strip() in ("0", "1")
    assert second.run("restore", source, "--replace").code == 0
    second.run("backup", str(second.folder / "again.tar"))
    assert contents(second.folder / "again.tar") == contents(first.folder / "b.tar")


def test_a_half_restored_installation_does_nothing_else(db: None, own_folder: Path, settings: Settings) -> None:
    preparing.marker().write_text("x")
    with pytest.raises(Refused, match="cut off"):
        preparing.refuse_half_restored()


def test_a_full_disk_leaves_no_half_backup(first: Installation) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    target = first.folder / "full.tar"
    done = first.run("backup", str(target), preexec_fn=small)
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1
    assert not target.exists()
    assert [path.name for path in first.folder.iterdir() if ".part" in path.name] == []


@pytest.mark.skipif(bool(POSTGRESQL), reason="the database is on a server of its own")
def test_a_full_disk_while_making_an_installation(tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    small_one = Installation(tmp_path / "small")
    done = small_one.run("prepare", preexec_fn=small)
    assert done.code == 1
    assert done.err.strip().splitlines()[-1].startswith("helsevev prepare: ")
    assert small_one.run("prepare").code == 0, "with room it goes on where it stopped"
    assert small_one.run("check", "database").code == 0


def test_connection_is_ours_again(db: None) -> None:
    """Nothing above may leave the tests' own database behind."""
    assert connection.is_usable()
