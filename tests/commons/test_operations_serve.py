"""The one command that serves: both parts start, answer and stop together, whatever ends them."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from installations import Installation, kill_group, new_database
from pytest_django import Settings

from helsevev.commons.operations.actions import serving, working
from helsevev.commons.operations.models import Beat
from helsevev.commons.operations.queries import health
from helsevev.commons.operations.rules.health import SILENT_AFTER, worker_silent
from helsevev.core.words import Refused

DONE: list[str] = []


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_database() as database:
        made = Installation(tmp_path_factory.mktemp("serve"), database)
        made.prepare()
        yield made


@pytest.fixture
def served(ground: Installation) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    process = ground.start("serve", "--port", "0")
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Helsevev is at http://127.0.0.1:"), (ground.folder / "err.txt").read_text()
    yield process, line.split()[-1]
    kill_group(process)


def fetch(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def until(true: Callable[[], bool]) -> None:
    """Wait for something that must come; a test that waits in vain fails."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def below(process: int) -> list[int]:
    """Every process that descends from one."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found, left = [], [process]
    while left:
        parent = left.pop()
        children = [child for child, its in pairs if its == parent]
        found += children
        left += children
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system shows processes otherwise")


@needs_proc
def test_both_parts_serve_and_stop_when_asked(
    ground: Installation, served: tuple["subprocess.Popen[str]", str], tmp_path: Path
) -> None:
    process, address = served
    until(lambda: fetch(f"{address}healthz") == (200, b'{"status": "ok"}'))
    parts = below(process.pid)
    assert len(parts) >= 3, "a web server, its process, and a worker"
    port = address.rstrip("/").rpartition(":")[2]
    taken = ground.run("serve", "--port", port)
    assert taken.code == 1
    assert f"Port {port}" in taken.err
    assert "--port" in taken.err
    (ground.folder / "x.tar").write_bytes(b"")
    assert "Stop it, then restore" in ground.run("restore", str(ground.folder / "x.tar")).err
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    until(lambda: not any(map(alive, parts)))
    assert fetch_refused(address)


def fetch_refused(address: str) -> bool:
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)
    return True


@needs_proc
@pytest.mark.parametrize("victim", ["supervisor", "web server", "background worker"])
def test_nothing_lives_on_when_a_part_is_killed(
    ground: Installation, served: tuple["subprocess.Popen[str]", str], victim: str
) -> None:
    process, _ = served
    parts = below(process.pid)
    words = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in parts}
    prey = {
        "supervisor": process.pid,
        "web server": next(pid for pid in parts if b"granian" in words[pid]),
        "background worker": next(pid for pid in parts if b"--worker" in words[pid] and b"granian" not in words[pid]),
    }
    os.kill(prey[victim], signal.SIGKILL)
    until(lambda: not any(map(alive, parts)))
    code = process.wait(60)
    if victim == "supervisor":
        assert code == -signal.SIGKILL
    else:
        assert code == 1
        assert f"The {victim} stopped" in (ground.folder / "err.txt").read_text()


def test_the_worker_alone_stops_when_asked(ground: Installation) -> None:
    process = ground.start("serve", "--worker")
    until(lambda: "works" in (ground.folder / "err.txt").read_text() or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    kill_group(process)


def test_a_port_that_is_taken_gets_advice() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"--port {port + 1}"):
            serving.free_port("127.0.0.1", port)
    assert serving.free_port("127.0.0.1", 0) > 0


def test_a_host_that_is_not_ours_gets_a_sentence() -> None:
    with pytest.raises(Refused, match=r"192\.0\.2\.1"):
        serving.free_port("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("localhost", "http://localhost:8000/"),
    ],
)
def test_the_address_that_is_shown_can_be_opened(host: str, shown: str) -> None:
    assert serving.address(host, 8000) == shown


def test_production_wants_its_static_files_collected(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCTION, settings.STATIC_ROOT = True, tmp_path
    with pytest.raises(Refused, match="helsevev prepare"):
        serving.refuse_serving()
    (tmp_path / "staticfiles.json").write_text("{}")
    serving.refuse_serving()


# --- Health ----------------------------------------------------------------------------------------------------------


def test_healthz_says_what_fails(db: None, client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"status": "failing", "failing": ["the background worker has not been seen"]}
    Beat.objects.create(name=f"{health.WORKER}x", at=timezone.now())
    answer = client.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]
    Beat.objects.update(at=timezone.now() - 2 * SILENT_AFTER)
    assert client.get("/healthz").status_code == 503
    assert client.post("/healthz").status_code == 405


def test_healthz_tells_no_secret_when_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a test that asks for it, the database refuses every question."""
    from django.db import OperationalError

    def broken(*_: object, **__: object) -> None:
        raise OperationalError("password authentication failed for user secret")

    monkeypatch.setattr(Beat.objects, "filter", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"secret" not in answer.content


def test_a_worker_is_silent_after_a_while() -> None:
    now = timezone.now()
    assert worker_silent(now, now) is None
    assert worker_silent(now - SILENT_AFTER, now) is None
    assert worker_silent(now - SILENT_AFTER - timedelta(seconds=1), now)
    assert worker_silent(None, now)


# --- The worker ------------------------------------------------------------------------------------------------------


@task()
def note(word: str) -> None:
    if word == "fail":
        raise ValueError(word)
    DONE.append(word)


def test_jobs_are_done_and_a_failing_one_stops_nothing(transactional_db: None) -> None:
    DONE.clear()
    for word in ("one", "fail", "two"):
        note.enqueue(word)
    working.Working().job_round()
    assert DONE == ["one", "two"]
    assert DBTaskResult.objects.failed().count() == 1


def test_a_job_whose_worker_died_is_put_back_a_few_times(db: None) -> None:
    job = note.enqueue("again").db_result
    for number in range(1, working.MOST_STARTS + 1):
        DBTaskResult.objects.filter(pk=job.pk).first().claim(f"dead {number}")
        assert working.put_back_jobs() == 1
        job.refresh_from_db()
        assert job.status == (TaskResultStatus.READY if number < working.MOST_STARTS else TaskResultStatus.FAILED)
    assert working.put_back_jobs() == 0


def test_a_job_whose_worker_lives_is_left_alone(db: None) -> None:
    Beat.objects.create(name=f"{health.WORKER}living", at=timezone.now())
    note.enqueue("busy").db_result.claim("living")
    assert working.put_back_jobs() == 0


def test_a_rare_duty_is_done_once_by_all_workers_and_remembered(db: None) -> None:
    assert working.claim("duty x", 3600)
    assert not working.claim("duty x", 3600)
    Beat.objects.update(at=timezone.now() - timedelta(seconds=3601))
    assert working.claim("duty x", 3600)
    assert not working.claim("duty x", 3600)


def test_a_failing_duty_is_logged_and_the_others_are_done(
    transactional_db: None, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("broken")

    done: list[int] = []
    worker = working.Working()
    worker.duties = [working.Duty("bad", 1, fail), working.Duty("good", 1, lambda: done.append(1))]
    worker.round()
    worker.round()
    assert done == [1]
    assert "The duty bad failed" in caplog.text


def test_every_duty_of_the_rooms_can_be_found(transactional_db: None) -> None:
    worker = working.Working()
    assert {duty.name.rpartition(".")[2] for duty in worker.duties} >= {"beat", "send_due", "purge", "keep_head"}
    worker.round()
    assert health.failing() == []
