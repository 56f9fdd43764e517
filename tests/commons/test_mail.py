"""Mail: written with its cause, sent after it, never twice; a refusing, silent or vanishing server changes nothing."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from mail_sink import Sink
from pytest_django import Settings

from helsevev.commons.mail import actions, queries, rules
from helsevev.commons.mail.actions import sending
from helsevev.commons.mail.models import Batch, Message
from helsevev.core.words import Refused

State = Message.State


@pytest.fixture(autouse=True)
def templates(settings: Settings, tmp_path: Path) -> None:
    """A template of our own; rooms above have theirs."""
    folder = tmp_path / "templates" / "mail"
    folder.mkdir(parents=True)
    (folder / "test.txt").write_text("Hei {{ name }}\n\nSe {{ site_url }}/{{ path }}\n", encoding="utf-8")
    (folder / "dates.txt").write_text("Date\n\n{{ day|date:'F' }}\n", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(folder.parent)]}]


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    server = Sink()
    settings.EMAIL_BACKEND = "helsevev.commons.mail.actions.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.close()


def write(key: str = "welcome:1", **changes: object) -> Message:
    words: dict[str, object] = {
        "key": key,
        "kind": "welcome",
        "to": "kari@example.no",
        "language": "nb",
        "template": "test",
        "context": {"name": "Kari", "path": "nb/"},
    }
    return actions.queue(**{**words, **changes})


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def make_due() -> None:
    Message.objects.update(not_before=timezone.now() - timedelta(seconds=1))


def test_a_message_is_rendered_kept_and_sent(db: None, sink: Sink, settings: Settings) -> None:
    message = write()
    assert (message.subject, message.body) == ("Hei Kari", f"Se {settings.SITE_URL}/nb/\n")
    assert actions.send_due() == 1
    assert states() == [State.SENT]
    letter = sink.letters[0]
    assert letter["To"] == "kari@example.no"
    assert letter["Subject"] == "Hei Kari"
    assert letter["Message-ID"] == rules.message_id("welcome:1", settings.SITE_HOST)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert actions.send_due() == 0
    assert len(sink.letters) == 1


def test_the_same_key_is_one_message(db: None, sink: Sink) -> None:
    assert write().pk == write(to="ola@example.no").pk
    actions.send_due()
    write()
    actions.send_due()
    assert len(sink.letters) == 1


def test_a_message_goes_with_its_transaction(db: None, sink: Sink) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert actions.send_due() == 0
    assert sink.letters == []


def test_text_is_not_escaped_and_headers_can_not_be_added(db: None, sink: Sink) -> None:
    write(context={"name": "Kari <b>&</b>\r\nBcc: all@example.no", "path": "?a=1&b=2"})
    actions.send_due()
    letter = sink.letters[0]
    assert "?a=1&b=2" in str(letter.get_payload())
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hei Kari <b>&</b>"


@pytest.mark.parametrize("address", ["", "kari", "kari@example.no\nBcc: x@example.no", "a@b@c.no", "kari@" + "e" * 300])
def test_what_is_no_address_is_refused(db: None, address: str) -> None:
    with pytest.raises(Refused):
        write(to=address)
    assert states() == []


@pytest.mark.parametrize(("language", "month"), [("nb", "mai"), ("nn", "mai"), ("en", "May"), ("xx", "mai")])
def test_it_is_written_in_the_readers_language(db: None, language: str, month: str) -> None:
    message = write(template="dates", language=language, context={"day": timezone.now().replace(month=5, day=2)})
    assert message.body == f"{month}\n"


REFUSALS = [
    ("connect", "421 too busy", State.QUEUED),
    ("mail", "451 later", State.QUEUED),
    ("mail", "550 not you", State.QUEUED),
    ("rcpt", "450 greylisted", State.QUEUED),
    ("rcpt", "550 no such person", State.FAILED),
    ("data", "451 later", State.QUEUED),
    ("text", "452 no room", State.QUEUED),
    ("text", "554 spam", State.FAILED),
    ("connect", None, State.QUEUED),
    ("mail", None, State.QUEUED),
    ("rcpt", None, State.QUEUED),
    ("taken", None, State.UNKNOWN),
    ("taken", "silence", State.UNKNOWN),
]


@pytest.mark.parametrize(("phase", "reply", "state"), REFUSALS)
def test_what_a_refusal_comes_to(
    db: None, sink: Sink, settings: Settings, phase: str, reply: str | None, state: str
) -> None:
    settings.EMAIL_TIMEOUT = 1
    sink.answer = lambda now: reply if now == phase else ""
    message = write()
    actions.send_due()
    message.refresh_from_db()
    assert message.state == state
    assert message.attempts == 1
    assert message.error
    if state == State.QUEUED:
        assert message.not_before > timezone.now()
        assert actions.send_due() == 0, "it waits before it is tried again"
    sink.answer = lambda _: ""
    make_due()
    actions.send_due()
    assert len(sink.letters) <= 1
    assert states() == [State.SENT if state == State.QUEUED else state]


def test_no_server_at_all_is_tried_again_and_then_given_up(db: None, sink: Sink, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    write()
    for _ in range(rules.MOST_ATTEMPTS):
        assert states() == [State.QUEUED]
        make_due()
        actions.send_due()
    assert states() == [State.FAILED]
    make_due()
    assert actions.send_due() == 0


def test_without_a_mail_server_it_is_kept_and_never_sent_later(db: None, sink: Sink, settings: Settings) -> None:
    sending_backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    write()
    actions.send_due()
    assert states() == [State.KEPT]
    settings.EMAIL_BACKEND = sending_backend
    assert actions.send_due() == 0


@given(attempts=st.integers(1, 1000))
def test_waiting_grows_and_ends(attempts: int) -> None:
    assert rules.FIRST_WAIT <= rules.wait(attempts) <= rules.wait(attempts + 1) <= rules.LONGEST_WAIT


@pytest.mark.parametrize("claimer", ["host", "process", "old", "restarted"])
def test_a_message_whose_claimer_is_gone_is_unknown(db: None, sink: Sink, claimer: str) -> None:
    write()
    message = sending.claim()
    assert message is not None
    host, process, _ = sending.CLAIMER.split(" ")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    changes = {
        "host": {"claimed_by": "elsewhere 1 x"},
        "process": {"claimed_by": f"{host} {dead.pid} x"},
        "old": {"claimed_at": timezone.now() - rules.LOST_AFTER - timedelta(seconds=1)},
        "restarted": {"claimed_by": f"{host} {process} anotherword"},
    }[claimer]
    Message.objects.update(**changes)
    actions.send_due()
    assert states() == [State.SENDING if claimer == "host" else State.UNKNOWN]
    assert sink.letters == []


def test_forgetting_an_address_deletes_its_messages(db: None) -> None:
    write()
    write("other", to="ola@example.no")
    assert actions.forget("Kari@Example.no") == 1
    assert [message.to for message in queries.latest()] == ["ola@example.no"]


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Other processes can't see a database in memory, so this test stands on a copy of it in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    copy = sqlite3.connect(tmp_path / "shared.sqlite3")
    memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, tmp_path / "shared.sqlite3"
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


WORKER = """
import django, time
django.setup()
from helsevev.commons.mail import actions
print("on", flush=True)
while True:
    actions.send_due()
    time.sleep(0.05)
"""


def start(environment: dict[str, str]) -> "subprocess.Popen[str]":
    child = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "on\n"
    return child


def on_this_database(sink: Sink) -> dict[str, str]:
    """Settings with which another process stands on this test's database and mail server."""
    name = str(connection.settings_dict["NAME"])
    settings_file = "from helsevev.config.settings import *\nfrom helsevev.config.settings import DATABASES\n"
    folder = Path(os.environ["HELSEVEV_DATA_DIR"])
    (folder / "mail_test_settings.py").write_text(f"{settings_file}DATABASES['default']['NAME'] = {name!r}\n")
    return {
        **os.environ,
        "PYTHONPATH": f"{folder}:{Path(__file__).parents[2]}",
        "DJANGO_SETTINGS_MODULE": "mail_test_settings",
        "HELSEVEV_MAIL_HOST": "127.0.0.1",
        "HELSEVEV_MAIL_PORT": str(sink.port),
        "HELSEVEV_MAIL_TLS": "no",
    }


def test_a_killed_worker_never_makes_a_message_go_twice(
    transactional_db: None, shared_database: None, sink: Sink
) -> None:
    """Workers are killed at random moments of sending; whatever came of each message, none came twice."""
    dice = random.Random(7)
    sink.answer = lambda _: time.sleep(dice.random() / 50) or ""
    for number in range(60):
        write(f"letter:{number}")
    environment = on_this_database(sink)
    for _ in range(4):
        worker = start(environment)
        begun, stop_at = len(sink.letters), dice.randint(2, 12)
        while len(sink.letters) < begun + stop_at and queries.due(timezone.now()).exists():
            time.sleep(0.002)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    actions.send_due()
    while queries.due(timezone.now()).exists():
        actions.send_due()
    counts = queries.counts()
    assert max(sink.by_id.values()) == 1
    assert set(counts) <= {State.SENT, State.UNKNOWN}
    assert sum(counts.values()) == 60
    assert counts[State.SENT] <= len(sink.by_id) <= 60


def test_two_workers_share_without_doubling(transactional_db: None, shared_database: None, sink: Sink) -> None:
    for number in range(40):
        write(f"letter:{number}")
    environment = on_this_database(sink)
    workers = [start(environment) for _ in range(2)]
    end = time.monotonic() + 60
    while set(states()) != {State.SENT} and time.monotonic() < end:
        time.sleep(0.05)
    for worker in workers:
        worker.kill()
        worker.wait()
    assert set(states()) == {State.SENT}
    assert len(sink.letters) == len(sink.by_id) == 40


def test_only_an_administrator_sees_the_page(cast: dict[str, Client]) -> None:
    seen = {name for name, browser in cast.items() if browser.get("/en/mail/").status_code == 200}
    assert seen == {"administrator"}
    assert {browser.get("/en/mail/").status_code for browser in cast.values()} == {200, 404}


def test_the_page_shows_what_was_not_sent_and_no_text(cast: dict[str, Client]) -> None:
    write(context={"name": "<script>alert(1)</script>", "path": "secret-link"})
    Message.objects.update(state=State.UNKNOWN, error="The program stopped")
    write("other", to="ola@example.no")
    page = cast["administrator"].get("/en/mail/?state=unknown").content.decode()
    assert "kari@example.no" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "ola@example.no" not in page
    assert "secret-link" not in page


@pytest.mark.parametrize(
    "query", ["state=nonsense", "before=0", "before=x", "before=99999999999999999999", "state=%00"]
)
def test_the_page_answers_odd_addresses(cast: dict[str, Client], query: str) -> None:
    assert cast["administrator"].get(f"/en/mail/?{query}").status_code == 200


def test_two_thousand_copies_survive_killed_workers_and_let_others_pass(
    transactional_db: None, shared_database: None, sink: Sink
) -> None:
    """What a worker was handing over when it died is unknown, never sent again; everything else arrives once."""
    now, dice = timezone.now(), random.Random(11)
    batch = Batch.objects.create(key="letter:nb", text="Hei @@name@@\n", html="<p>@@name@@</p>")
    copies = [actions.Copy(f"copy:{n}", f"{n}@example.no", {"name": f"nr. {n}"}, now) for n in range(2000)]
    assert actions.queue_copies(batch, "letter", "nb", "Nytt", copies) == 2000
    environment, killed = on_this_database(sink), 3
    for _ in range(killed):
        worker = start(environment)
        begun, stop_at = len(sink.letters), dice.randint(20, 120)
        while len(sink.letters) < begun + stop_at and worker.poll() is None:
            time.sleep(0.001)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    write("sign-in:1")
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")  # nobody pulls the plug from here on
    while actions.send_due():
        pass
    counts = queries.counts()
    assert max(sink.by_id.values()) == 1
    assert counts[State.SENT] + counts.get(State.UNKNOWN, 0) == 2001
    assert counts.get(State.UNKNOWN, 0) <= killed
    assert counts[State.SENT] <= len(sink.by_id) <= 2001
    texts = {str(letter.get_payload()[0].get_payload()) for letter in sink.letters if letter.is_multipart()}
    assert len(texts) >= 2000 - killed, "each says its own words"
    last = [str(letter["Subject"]) for letter in sink.letters].index("Hei Kari")
    assert last < len(sink.letters) - 1000, "a letter to one doesn't wait for those to many"
    assert not Message.objects.filter(state=State.SENT).exclude(fill={}).exists()
