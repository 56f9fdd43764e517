"""The plug is pulled while files come in, the disk fills, the same file comes twice at once: all of it, or nothing."""

import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import hostile_pdf
import pytest
from installations import ROOT, Installation, kill_group, new_database

TESTS = ROOT / "tests"
SITE = {
    "DJANGO_SETTINGS_MODULE": "commons.upload_site",
    "PYTHONPATH": str(TESTS),
    "HELSEVEV_WEB_PROCESSES": "1",
    "HELSEVEV_LOG": "ERROR",
}
# Pages bring files of their own.
WITHOUT_PAGES = {"HELSEVEV_MODE": "embedded", "HELSEVEV_LEAVE_OUT": "knowledge"}
PLAN = hostile_pdf.plain()
BOUNDARY = "a-boundary"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for all of this; each test looks at its own files only."""
    with new_database() as database:
        here = Installation(tmp_path_factory.mktemp("files"), database, dict(WITHOUT_PAGES))
        here.prepare()
        yield here


@pytest.fixture(scope="module")
def server(made: Installation) -> Iterator[tuple[str, subprocess.Popen]]:
    """The page that takes files, on the real web server; the last test that asks for it kills it."""
    here = made
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    here.variables |= {**SITE, "HELSEVEV_SITE_URL": address}
    running = here.start("serve", "--web", "--port", str(port))
    try:
        for _ in range(300):
            if running.poll() is not None:
                pytest.fail((here.folder / "err.txt").read_text())
            try:
                ask(address, "GET")
                break
            except OSError:
                time.sleep(0.2)
        yield address, running
    finally:
        kill_group(running)


def ask(address: str, method: str, body: bytes = b"", **headers: str) -> tuple[int, str, dict[str, str]]:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    line.request(method, "/en/files/", body=body, headers=headers)
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()
    return answer.status, said, {name.lower(): value for name, value in answer.getheaders()}


def seal(address: str) -> dict[str, str]:
    """What a browser brings along: the cookie, and where it comes from."""
    _status, page, headers = ask(address, "GET")
    cookie = re.search(r"csrftoken=(\w+)", headers["set-cookie"])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert cookie
    assert token
    return {
        "Cookie": f"csrftoken={cookie[1]}",
        "X-CSRFToken": token[1],
        "Origin": address,
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }


def body(content: bytes) -> bytes:
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    return (
        f'{part}"title"\r\n\r\nKept words\r\n{part}"file"; filename="plan.pdf"\r\n\r\n'.encode()
        + content
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )


def on_disk(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def checked(here: Installation) -> str:
    """What the check of files says, without the rest of the house being made ready for it."""
    return here.python("from django.core.management import call_command as c; c('check_files')")


def kept(here: Installation) -> set[Path]:
    """What lies where files are kept, and that nothing is left where they come in."""
    assert on_disk(here.folder / "incoming") == []
    return set(on_disk(here.folder / "files"))


def test_the_real_server_takes_a_file_once_however_often_it_comes(made: Installation, server: tuple) -> None:
    address, _running = server
    headers, content = seal(address), body(PLAN)
    with ThreadPoolExecutor(4) as senders:
        answers = list(senders.map(lambda _n: ask(address, "POST", content, **headers)[0], range(4)))
    assert answers == [302] * 4
    _status, page, _headers = ask(address, "GET")
    assert page.count("<li>plan.pdf</li>") == 1
    assert len(kept(made)) == 1


def peak(running: subprocess.Popen) -> int:
    """The most memory that any process of the server has held, in bytes."""
    found = []
    for one in Path("/proc").glob("[0-9]*/status"):
        try:
            words, group = one.read_text(), os.getpgid(int(one.parent.name))
        except (OSError, ProcessLookupError):
            continue
        if group == running.pid and (high := re.search(r"VmHWM:\s+(\d+) kB", words)):
            found.append(int(high[1]) * 1024)
    return max(found)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_large_file_never_lies_in_memory(made: Installation, server: tuple) -> None:
    address, running = server
    headers, standing = seal(address), kept(made)
    assert ask(address, "POST", body(hostile_pdf.plain("a small one")), **headers)[0] == 302
    before = peak(running)
    large = hostile_pdf.streamed(os.urandom(40_000_000), None, Subtype=hostile_pdf.Name.Image, Width=1, Height=1)
    assert ask(address, "POST", body(large), **headers)[0] == 302
    assert peak(running) - before < 20_000_000
    status, page, _headers = ask(address, "POST", body(bytes(60_000_000)), **headers)
    assert (status, "larger than 50 MB" in page, "Kept words" in page) == (422, True, True)
    assert peak(running) - before < 20_000_000
    assert len(kept(made) - standing) == 2


def test_a_server_that_is_killed_while_a_file_comes_in_has_none_of_it(made: Installation, server: tuple) -> None:
    address, running = server
    standing = kept(made)
    headers, content = seal(address), body(hostile_pdf.streamed(os.urandom(3_000_000), None))
    with socket.create_connection(("127.0.0.1", urlsplit(address).port)) as line:
        lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": str(len(content))}.items()]
        line.sendall("\r\n".join(["POST /en/files/ HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode())
        line.sendall(content[: len(content) // 2])
        for _ in range(100):
            if any(one.stat().st_size for one in on_disk(made.folder / "incoming")):
                break
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGKILL)
    assert set(on_disk(made.folder / "files")) == standing
    for half in on_disk(made.folder / "incoming"):
        half.unlink()
    assert checked(made) == f"files: {len(standing)} kept, 0 faults\n"


RECEIVER = """
import django; django.setup()
import sys
sys.path.insert(0, {tests!r})
import hostile_pdf
from django.core.files.uploadedfile import SimpleUploadedFile
from helsevev.commons.files import actions
print("ready", flush=True)
for number in range(1000):
    content = hostile_pdf.plain(f"{turn} {{number}}")
    file = actions.receive(SimpleUploadedFile("a.pdf", content), owner_kind="drill", owner_key="k", by="system:test")
    print(file.key, flush=True)
"""


def test_a_process_that_is_killed_at_any_moment_has_kept_what_it_said(made: Installation) -> None:
    random.seed(7)
    said: list[str] = []
    for turn in range(3):
        code = RECEIVER.format(tests=str(TESTS), turn=turn)
        running = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**made.environment, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings"},
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
        said.append(running.stdout.readline().strip())
        time.sleep(random.uniform(0, 0.5))
        os.killpg(running.pid, signal.SIGKILL)
        said += [line.strip() for line in running.stdout if len(line) == 37]
        kill_group(running)
    listed = """from django.core.management import call_command as c; c('check_files')
from helsevev.commons.files.models import StoredFile as S
print(*S.objects.filter(owner_kind='drill').values_list('key', flat=True))"""
    checking, rows = made.python(listed).splitlines()
    assert checking.endswith(" 0 faults")
    assert set(said) <= set(rows.split())
    assert len(rows.split()) <= len(said) + 3
    strays = len(on_disk(made.folder / "files")) - int(checking.split()[1])
    assert 0 <= strays <= 3
    for half in on_disk(made.folder / "incoming"):
        half.unlink()


FULL = """
import resource
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from helsevev.commons.files import actions
from helsevev.core.words import Refused
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000_000, 30_000_000))
try:
    actions.receive(SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(31_000_000)), owner_kind="d", owner_key="k", by="x")
except Refused as refused:
    print(refused)
"""


def test_a_disk_without_room_is_a_sentence(made: Installation) -> None:
    standing = kept(made)
    assert "no room on the server" in made.python(FULL)
    assert kept(made) == standing


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of its own, where this machine lets us have one."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("this machine doesn't let tests mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


CROWDED = """
import sys
sys.path.insert(0, {tests!r})
import os, hostile_pdf
from django.core.files.uploadedfile import SimpleUploadedFile
from helsevev.commons.files import actions, queries
from helsevev.core.words import Refused
for number in range({most}):
    content = hostile_pdf.streamed(os.urandom(400_000), None)
    try:
        actions.receive(SimpleUploadedFile("a.pdf", content), owner_kind="d", owner_key=str(number), by="x")
    except Refused as refused:
        print(number, refused)
        break
from django.core.management import call_command
call_command("check_files")
"""


def test_files_that_fill_the_disk_are_kept_until_it_is_full(made: Installation, tmp_path: Path) -> None:
    if made.database:
        pytest.skip("the database lies on another disk")
    with small_disk(tmp_path / "disk", "24m"):
        here = Installation(tmp_path / "disk" / "data", "", dict(WITHOUT_PAGES))
        here.folder.mkdir()
        for name in ("helsevev.sqlite3", "secret.key", "trail.key", "trail.head"):
            shutil.copy(made.folder / name, here.folder)
        here.python("from helsevev.commons.files.models import StoredFile as S; S.objects.all().delete()")
        said, checking = here.python(CROWDED.format(tests=str(TESTS), most=60)).splitlines()
        assert "no room on the server" in said
        assert len(kept(here)) == int(said.split()[0]) > 3
        assert checking == f"files: {len(kept(here))} kept, 0 faults"


BACKUP = (
    "from pathlib import Path; from helsevev.commons.operations.actions.backing_up import back_up; back_up(Path({!r}))"
)


def test_a_backup_brings_files_back(made: Installation, tmp_path: Path) -> None:
    half = made.folder / "incoming" / "half.part"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"%PDF-")
    backup = tmp_path / "backup.tar"
    made.python(CROWDED.format(tests=str(TESTS), most=2) + BACKUP.format(str(backup)))
    half.unlink()
    before = {one.relative_to(made.folder): one.read_bytes() for one in kept(made)}
    assert len(before) >= 2
    with new_database() as database:
        elsewhere = Installation(tmp_path / "elsewhere", database, dict(WITHOUT_PAGES))
        done = elsewhere.run("restore", str(backup))
        assert done.code == 0, done.err
        assert checked(elsewhere).endswith(" 0 faults\n")
    after = {one.relative_to(elsewhere.folder): one.read_bytes() for one in kept(elsewhere)}
    assert after == before
    assert not (elsewhere.folder / "incoming").exists()
