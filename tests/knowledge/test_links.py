"""Links of other sites are asked, nothing on the inside ever is, and what is dead is shown with its date."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone

from helsevev.commons.people.rules import Role
from helsevev.core.outward import Answer, ask, is_open
from helsevev.knowledge.pages.actions import visiting
from helsevev.knowledge.pages.models import ToolPage, Visit


class Elsewhere(BaseHTTPRequestHandler):
    """/here answers, /moved leads on, /shy answers GET alone, /ill has a fault, all else is gone."""

    asked: ClassVar[list[str]] = []

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        known = {"/here": 200, "/moved": 302, "/ill": 502, "/shy": 405 if self.command == "HEAD" else 200}
        status = known.get(self.path, 404)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/secret")
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815 - named by the library

    def log_message(self, *_said: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A site on this machine, with its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answer"),
    [("here", Answer.LEADS), ("moved", Answer.LEADS), ("shy", Answer.LEADS), ("ill", Answer.FAILS), ("x", Answer.GONE)],
)
def test_what_an_address_answers(site: str, path: str, answer: Answer) -> None:
    assert ask(f"http://{site}/{path}#part", inside=[site]).answer is answer
    assert not any("secret" in one for one in Elsewhere.asked)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fd00::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "::127.0.0.1", "", "x"],
)  # fmt: skip
def test_nothing_on_the_inside_is_open(address: str) -> None:
    assert not is_open(address)
    assert is_open("93.184.215.14")
    assert is_open("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize(
    "address",
    ["http://{}/here", "http://2130706433/", "http://localhost/", "http://[::1]/", "http://a@example.invalid/",
     "ftp://example.invalid/", "http://example.invalid:22/", "http://", "http://[", "file:///etc/passwd"],
)  # fmt: skip
def test_what_lies_inside_is_refused_before_anything_is_asked(site: str, address: str) -> None:
    before = len(Elsewhere.asked)
    assert ask(address.format(site)).answer is Answer.REFUSED
    assert len(Elsewhere.asked) == before


def test_a_name_that_leads_inside_among_others_is_refused() -> None:
    heard = ask("https://example.invalid/", look=lambda _host, _port: ["93.184.215.14", "10.0.0.1"])
    assert heard.answer is Answer.REFUSED


def test_a_dead_link_is_shown_with_its_date_until_it_answers(bank, person, sign_in, site: str) -> None:
    page = ToolPage.objects.get(title="Intervjuguide")
    rich = f'<p><a href="http://{site}/gone">x</a></p>'
    page.body = [{"type": "text", "value": rich}]
    page.save_revision().publish()
    assert visiting.visit(9, inside=[site]) == 1
    assert visiting.visit(9, inside=[site]) == 0, "asked again at once"
    editor: Client = sign_in(person(Role.EDITOR))
    shown = editor.get("/en/knowledge/desk/review/").content.decode()
    assert f"http://{site}/gone" in shown
    assert "The page is gone (404)" in shown
    first = Visit.objects.get()
    Visit.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert visiting.visit(9) == 1
    again = Visit.objects.get()
    assert (again.answer, again.failing_since) == (Answer.REFUSED, first.failing_since)
    page.body = [{"type": "text", "value": "<p>x</p>"}]
    page.save_revision().publish()
    visiting.visit(9)
    assert not Visit.objects.exists()
