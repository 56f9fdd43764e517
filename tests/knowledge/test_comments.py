"""Comments: who may say what, when it is shown, what is kept out, and that what is deleted is gone."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import hostile_pdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from helsevev.commons.audit.models import Line
from helsevev.commons.files.models import StoredFile
from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.mail.models import Message
from helsevev.commons.operations.actions.purging import purge
from helsevev.commons.people.models import NotificationChoice, Organisation, User
from helsevev.commons.people.rules import Role
from helsevev.commons.shelf.models import Item
from helsevev.knowledge.comments import rules
from helsevev.knowledge.comments.models import Comment
from helsevev.knowledge.comments.rules import State, When
from helsevev.knowledge.comments.views import sealing
from helsevev.knowledge.pages.models import Shown, ToolPage

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
pytestmark = pytest.mark.usefixtures("bank")


def address(slug: str = "intervjuguide") -> str:
    family = Shown.objects.filter(slug=slug).values_list("family", flat=True)[0]
    return f"/nb/comments/page/{family}/"


def seal(where: str, seconds_ago: float = 60) -> str:
    on, key = where.strip("/").split("/")[2:]
    fresh = sealing.fresh(on, key)
    return sealing.Seal(fresh.key, on, key, fresh.drawn_at - seconds_ago).sign()


def send(client: Client, where: str, **said: object):
    sent = {"name": "Prøve Leser", "text": "Vi brukte den i går.", "consent": "on", "seal": seal(where)}
    return client.post(where, {name: value for name, value in {**sent, **said}.items() if value is not None})


def pdf(content: bytes, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def reads(client: Client, where: str | None = None) -> str:
    return client.get(where or "/nb/knowledge/intervjuguide/").content.decode()


@pytest.fixture
def moderator(person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.EDITOR))


@pytest.fixture
def project(db: None) -> Initiative:
    found = Initiative.objects.create(key="eksempel-2026", title="Et eksempel")
    body = {"titles": {"nb": "Et eksempel"}, "summary": {"nb": "Kort."}}
    Item.objects.create(
        type="project-published", key=found.key, version=1, initiative=found, title="Et eksempel", body=body, put_by="t"
    )
    return found


def decide(client: Client, row: Comment, choice: str, **more: str):
    sent = {"choice": choice, "seen": row.version, **more}
    return client.post(f"/nb/comments/queue/{row.key}/", sent)


# --- When it is shown ------------------------------------------------------------------------------------------------
def test_under_a_tool_words_are_shown_at_once_and_hostile_ones_are_words(client: Client) -> None:
    answer = send(client, address(), name=HOSTILE, text=HOSTILE)
    assert answer.status_code == 302
    page = reads(Client())
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "Vises for alle" in reads(client, answer["Location"]) or "Shown to everyone" in reads(
        client, answer["Location"]
    )


@pytest.mark.parametrize(
    ("on", "kind", "text", "has_file", "state"),
    [
        ("page", "tool", "Bra.", False, State.SHOWN),
        ("page", "tool", "Bra.", True, State.WAITING),
        ("page", "tool", "Se www.example.no", False, State.WAITING),
        ("page", "experience", "Bra.", False, State.WAITING),
        ("project", "", "Bra.", False, State.WAITING),
    ],
)
def test_which_comments_wait(on: str, kind: str, text: str, has_file: bool, state: State) -> None:
    assert rules.state_of_new(rules.moderation(on, kind), text, has_file=has_file) is state


def test_pages_about_the_network_and_unknown_ones_take_no_comments(client: Client) -> None:
    assert rules.moderation("page", "about") is When.CLOSED
    for where in (address("om-nettverket"), f"/nb/comments/page/{uuid4()}/", "/nb/comments/project/none/"):
        assert client.get(where).status_code == 404
    assert client.get("/nb/comments/elsewhere/x/").status_code == 404
    assert "id=comments" not in reads(client, "/nb/knowledge/om-nettverket/").replace('"', "")


def test_a_project_s_comment_waits_and_then_reaches_its_leader_alone(
    client: Client, moderator: Client, project: Initiative, person: Callable[..., User]
) -> None:
    leader, silent = person(Role.PROJECT_LEADER), person(Role.PROJECT_LEADER)
    User.objects.update(is_demo=False)
    NotificationChoice.objects.create(user=silent, kind="comment_about_project", by_mail=False)
    place = Organisation.objects.get(key="ullensaker-kommune")
    Party.objects.create(initiative=project, organisation=place, role="owner", stated_name=place.name)
    where = f"/nb/comments/project/{project.key}/"
    send(client, where, text="Hvem ser målingene?")
    assert "Hvem ser" not in reads(client, where)
    assert not Message.objects.filter(kind="comment_about_project").exists()
    assert decide(moderator, Comment.objects.get(), "show").status_code == 302
    assert "Hvem ser" in reads(client, where)
    letter = Message.objects.get(kind="comment_about_project")
    assert letter.to == leader.email
    assert "Hvem ser målingene?" in letter.body
    assert f"/comments/project/{project.key}/#c-" in letter.body


# --- What comes in wrong ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"text": ""},
        {"text": "x" * 3001},
        {"text": "http://a " * 6},
        {"consent": None},
        {"website": "http://cheap.example"},
        {"seal": ""},
        {"seal": "made-up"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, said: dict[str, str | None]) -> None:
    answer = send(client, address(), **{"text": "Det jeg skrev", **said})
    assert answer.status_code == 422
    typed = str(said.get("text", "Det jeg skrev"))
    assert typed.strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_too_fast_and_too_old_can_be_sent_once_more(client: Client) -> None:
    where = address()
    fast = seal(where, seconds_ago=0)
    assert send(client, where, seal=fast).status_code == 422
    old = send(client, where, seal=seal(where, seconds_ago=90_000))
    assert old.status_code == 422
    anew = re.search(r'name="seal" value="([^"]+)"', old.content.decode())
    assert anew
    assert sealing.opened(anew[1], *where.strip("/").split("/")[2:])


def test_a_double_press_is_one_comment_and_another_page_s_seal_none(client: Client, project: Initiative) -> None:
    where = address()
    once = seal(where)
    first, second = send(client, where, seal=once), send(client, where, seal=once)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1
    assert send(client, f"/nb/comments/project/{project.key}/", seal=once).status_code == 422


def test_one_caller_can_t_fill_the_page_and_isn_t_written_down(client: Client) -> None:
    answers = [send(client, address(), text=f"Nummer {n}").status_code for n in range(8)]
    assert answers == [302] * 6 + [422] * 2
    kept = [str(value) for row in Comment.objects.all() for value in vars(row).values()]
    assert not [value for value in kept if "127.0.0.1" in value]
    today = date(2026, 11, 22)
    assert rules.caller_key("k", today, "a") != rules.caller_key("k", today + timedelta(days=1), "a")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"GIF89a not a pdf", "plan.pdf"),
        (b"<script>alert(1)</script>", "plan.pdf"),
        (b"", "plan.pdf"),
        (hostile_pdf.plain()[:300], "plan.pdf"),
    ],
    ids=["another kind", "a page", "empty", "cut off"],
)
def test_a_file_that_lies_is_refused_and_nothing_is_kept(client: Client, content: bytes, name: str) -> None:
    answer = send(client, address(), file=pdf(content, name))
    assert answer.status_code == 422
    assert "Vi brukte den i går." in answer.content.decode()
    assert not Comment.objects.exists()
    assert not StoredFile.objects.filter(owner_kind="comment").exists()


def test_a_file_is_cleaned_waits_and_is_handed_out_so_that_nothing_runs(client: Client, moderator: Client) -> None:
    send(client, address(), file=pdf(hostile_pdf.rooted(OpenAction=hostile_pdf.script())))
    row = Comment.objects.get()
    kept = StoredFile.objects.get(owner_kind="comment", owner_key=str(row.key))
    assert row.state == State.WAITING
    assert kept.removed
    where = f"/nb/comments/file/{row.key}/"
    assert client.get(where).status_code == 404
    assert moderator.get(where).status_code == 200
    decide(moderator, row, "show")
    answer = client.get(where)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert hostile_pdf.SECRET.encode() not in b"".join(answer)


# --- One's own -------------------------------------------------------------------------------------------------------
def test_the_author_changes_it_for_a_while_and_deletes_it_at_any_time(client: Client) -> None:
    own = send(client, address(), file=None)["Location"]
    assert client.post(own, {"name": "Prøve Leser", "text": "Rettet."}).status_code == 302
    assert "Rettet." in reads(Client())
    Comment.objects.update(written_at=timezone.now() - rules.EDITED_FOR - timedelta(minutes=1))
    late = client.post(own, {"name": "Prøve Leser", "text": "For sent."})
    assert late.status_code == 422
    assert "For sent." in late.content.decode()
    assert client.get(own + "delete/").status_code == 200
    assert Comment.objects.get().state == State.SHOWN
    assert client.post(own + "delete/").status_code == 200
    row = Comment.objects.get()
    assert (row.state, row.name, row.text) == (State.DELETED, "", "")
    assert "Rettet." not in reads(Client())
    assert client.get(own).status_code == 404
    assert [line.verb for line in Line.objects.filter(kind="comment").order_by("number")] == [
        "commented", "changed", "deleted",
    ]  # fmt: skip


def test_an_answer_stands_when_what_it_answers_is_deleted_and_the_trace_goes_in_time(client: Client) -> None:
    own = send(client, address(), text="Først.")["Location"]
    first = Comment.objects.get()
    send(client, address(), text="Svaret.", answers=str(first.key))
    answer = Comment.objects.exclude(pk=first.pk).get()
    assert answer.thread == first.key
    client.post(own + "delete/")
    page = reads(Client())
    assert "Svaret." in page
    assert "Først." not in page
    Comment.objects.filter(pk=first.pk).update(ended_at=timezone.now() - timedelta(days=31))
    assert purge()["comments_comment"] == 1
    assert "Svaret." in reads(Client())


def test_a_file_goes_with_its_comment(client: Client) -> None:
    own = send(client, address(), file=pdf(hostile_pdf.plain()))["Location"]
    client.post(own + "delete/")
    assert not StoredFile.objects.filter(owner_kind="comment", state=StoredFile.State.KEPT).exists()


def test_comments_go_with_the_last_of_a_page_s_texts(client: Client) -> None:
    send(client, address())
    nb, en = ToolPage.objects.order_by("locale__language_code").reverse()
    en.delete()
    assert Comment.objects.exists()
    nb.delete()
    assert not Comment.objects.exists()


# --- Moderating ------------------------------------------------------------------------------------------------------
def test_who_may_moderate(client: Client, cast: dict[str, Client]) -> None:
    send(client, address())
    row = Comment.objects.get()
    for who, browser in cast.items():
        answer = browser.get("/nb/comments/queue/").status_code
        assert answer == (200 if who in {"editor", "secretariat", "administrator"} else 404), who
        if answer == 404:
            assert decide(browser, row, "refuse", reason="x").status_code == 404, who
    assert Comment.objects.get().state == State.SHOWN


def test_a_report_is_seen_and_settled_and_a_refusal_needs_its_reason(client: Client, moderator: Client) -> None:
    own = send(client, address())["Location"]
    row = Comment.objects.get()
    assert client.post(f"/nb/comments/report/{row.key}/", {"reason": ""}).status_code == 422
    assert client.post(f"/nb/comments/report/{row.key}/", {"reason": "Om en pasient"}).status_code == 200
    assert "Om en pasient" in reads(moderator, "/nb/comments/queue/")
    assert decide(moderator, row, "refuse").status_code == 422
    assert decide(moderator, row, "refuse", reason="Forteller om en pasient.").status_code == 302
    assert "Vi brukte den" not in reads(Client())
    assert "Forteller om en pasient." in reads(client, own)
    assert client.get(f"/nb/comments/report/{row.key}/").status_code == 404
    again = decide(moderator, row, "show", reason="kept typed")
    assert again.status_code == 422


def test_nobody_decides_on_words_they_haven_t_read(client: Client, moderator: Client) -> None:
    own = send(client, address(), text="Se www.example.no")["Location"]
    row = Comment.objects.get()
    client.post(own, {"name": "Prøve Leser", "text": "Se www.other.example"})
    assert decide(moderator, row, "show").status_code == 422
    assert Comment.objects.get().state == State.WAITING


def test_moderators_get_one_letter_a_day(client: Client, moderator: Client) -> None:
    User.objects.update(is_demo=False)
    for number in range(3):
        send(client, address(), text=f"www.example.no {number}")
    assert Message.objects.filter(kind="comments_waiting").count() == 1
