"""Who sees and changes an application, both ways: every role, those behind it, other organisations, strangers."""

import io
from datetime import timedelta

import pikepdf
import pytest
from applying import HOSPITAL, MUNICIPALITY, complete, confirmed, place, sent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rounds import BY, opened

from helsevev.commons.files.models import StoredFile
from helsevev.commons.people.rules import Role
from helsevev.network.applications.actions import applying_people as people
from helsevev.network.applications.actions import applying_sending as sending
from helsevev.network.applications.models import Application, Author, Partner, Round
from helsevev.network.applications.queries import applying as asking

AT, ASSESSMENT = "/en/applications/", "/en/assessment/"
CANARY = "kanarifugl i kladden"
LOOKING = {
    "": {"leader", "author", "owner leader", "owner signer", "partner signer"},
    "form/": {"leader", "author", "owner leader", "owner signer", "partner signer"},
    "send/": {"leader"},
    "withdraw/": {"leader"},
    "receipt/1/": {"leader", "author", "owner leader", "owner signer", "partner signer"},
    "receipt/1.pdf": {"leader", "author", "owner leader", "owner signer", "partner signer"},
}
SENDING = {
    "invite/": {"leader"},
    "partners/": {"leader"},
    "origin/drop/": {"leader", "author"},
    "files/": {"leader", "author"},
    "send/": {"leader"},
    "reopen/": {"leader"},
    "take-up/": {"leader"},
    "withdraw/": {"leader"},
    f"partners/{MUNICIPALITY}/confirm/": {"owner signer"},
    f"partners/{HOSPITAL}/confirm/": {"partner signer"},
    f"partners/{HOSPITAL}/remove/": {"leader"},
    "take-over/": {"owner leader"},
}


@pytest.fixture
def everyone(registers, cast, person, sign_in):
    """One application that was sent, and everybody who may come: those behind it, and every role elsewhere."""
    round_ = opened()
    application, leader = complete(round_, person)
    author = person(None)
    Author.objects.create(application=application, user=author, organisation=place(HOSPITAL), part="co_author")
    sent(application, leader)
    browsers = {
        "leader": sign_in(leader),
        "author": sign_in(author),
        "owner leader": sign_in(person(Role.PROJECT_LEADER, MUNICIPALITY)),
        "owner signer": sign_in(person(Role.ORGANISATION_SIGNER, MUNICIPALITY)),
        "partner signer": sign_in(person(Role.ORGANISATION_SIGNER, HOSPITAL)),
        "other leader": sign_in(person(Role.PROJECT_LEADER, "oslo-kommune")),
        "other signer": sign_in(person(Role.ORGANISATION_SIGNER, "oslo-kommune")),
        "owner member": sign_in(person(Role.PROJECT_MEMBER, MUNICIPALITY)),
        "unproven secretariat": sign_in(person(Role.SECRETARIAT), second_factor=False),
    }
    elsewhere = {"project_leader", "organisation_signer", "project_member"}
    return application, {who: browser for who, browser in cast.items() if who not in elsewhere} | browsers


def test_who_may_look(everyone):
    application, browsers = everyone
    for path, may in LOOKING.items():
        answers = {who: browser.get(f"{AT}{application.key}/{path}").status_code for who, browser in browsers.items()}
        assert {who for who, status in answers.items() if status == 200} == may, path
        assert {status for who, status in answers.items() if who not in may} <= {404}, (path, answers)


def test_who_may_send_anything(everyone):
    application, browsers = everyone
    for path, may in SENDING.items():
        for who in sorted(set(browsers) - may):
            answer = browsers[who].post(f"{AT}{application.key}/{path}", {"reason": "x"})
            assert answer.status_code == 404, (path, who, answer.status_code)
    assert Partner.objects.filter(confirmed_at__isnull=False).count() == 2
    assert application.submissions.count() == 1
    for path, may in SENDING.items():
        for who in sorted(may):
            answer = browsers[who].post(f"{AT}{application.key}/{path}", {})
            assert answer.status_code in (302, 409, 422), (path, who, answer.status_code)


def test_a_draft_is_nobody_elses(registers, cast, person, sign_in):
    round_ = opened()
    application, leader = complete(round_, person)
    Application.objects.filter(pk=application.pk).update(title=CANARY)
    paths = [f"{AT}{application.key}/", f"{AT}{application.key}/form/", AT, "/en/rounds/2026-2/"]
    paths += [f"{ASSESSMENT}applications/{application.key}/", f"{ASSESSMENT}rounds/2026-2/", ASSESSMENT]
    paths += ["/en/calls/2026-2/", "/en/", "/en/me/", "/en/portfolio/?q=kanarifugl"]
    for who, browser in cast.items():
        if who in ("project_leader", "organisation_signer"):
            continue
        for path in paths:
            assert CANARY not in browser.get(path).content.decode(), (who, path)
    assert CANARY in sign_in(leader).get(AT).content.decode()
    assert CANARY in sign_in(leader).get("/en/me/").content.decode()


def closes(round_: Round, minutes: int) -> None:
    """The deadline is so many minutes from now."""
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() + timedelta(minutes=minutes))


def test_a_withdrawn_application_leaves_the_secretariats_list(everyone):
    application, browsers = everyone
    other = f"{ASSESSMENT}rounds/2026-2/"
    sending.withdraw(application, BY, "Changed our minds", timezone.now())
    closes(application.round, -1)
    assert application.title not in browsers["secretariat"].get(other).content.decode()
    assert browsers["secretariat"].get(f"{ASSESSMENT}applications/{application.key}/").status_code == 404


def test_what_is_sent_is_its_writers_own_until_the_deadline(everyone):
    application, browsers = everyone
    found = f"{ASSESSMENT}rounds/2026-2/"
    assert found not in browsers["secretariat"].get("/en/rounds/2026-2/").content.decode()
    assert browsers["secretariat"].get(found).status_code == 404
    closes(application.round, -1)
    assert found in browsers["secretariat"].get("/en/rounds/2026-2/").content.decode()
    assert found not in browsers["administrator"].get("/en/rounds/2026-2/").content.decode()
    assert application.title in browsers["secretariat"].get(found).content.decode()


def test_another_applications_files_and_receipts_open_nothing(everyone, person, sign_in):
    application, browsers = everyone
    other, leader = complete(Round.objects.get(), person)
    sent(other, leader)
    leader.grants.update(withdrawn_at=timezone.now(), withdrawn_by="x", ends=timezone.localdate())
    thief = sign_in(leader)
    for path in ("receipt/1/", "receipt/1.pdf", "form/"):
        assert thief.get(f"{AT}{other.key}/{path}").status_code == 200
        assert thief.get(f"{AT}{application.key}/{path}").status_code == 404
    assert browsers["leader"].get(f"{AT}{application.key}/files/{application.key}/").status_code == 404
    assert browsers["leader"].get(f"{AT}{application.key}/receipt/99/").status_code == 404
    assert browsers["leader"].get(f"{AT}00000000-0000-4000-8000-000000000000/").status_code == 404


def _pdf() -> bytes:
    made = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(made)
    return made.getvalue()


def test_files_go_with_what_was_sent_until_it_is_sent_anew(registers, person, sign_in):
    round_ = opened()
    application, leader = complete(round_, person)
    browser = sign_in(leader)
    url = f"{AT}{application.key}/"
    hostile = browser.post(f"{url}files/", {"file": SimpleUploadedFile("x.pdf", b"<script>", "application/pdf")})
    assert hostile.status_code == 422
    good = SimpleUploadedFile("plan.pdf", _pdf(), "application/pdf")
    assert browser.post(f"{url}files/", {"file": good}).status_code == 302
    file = StoredFile.objects.get(state="kept")
    assert browser.get(f"{url}files/{file.key}/").status_code == 200
    first = sent(asking.one(application.key), leader)
    assert [one["name"] for one in first.attachments] == ["plan.pdf"]
    secretary = sign_in(person(Role.SECRETARIAT))
    handled = f"{ASSESSMENT}applications/{application.key}/files/{file.key}/"
    assert {secretary.get(one).status_code for one in (handled, f"{url}files/{file.key}/")} == {404}
    browser.post(f"{url}reopen/")
    assert browser.post(f"{url}files/{file.key}/detach/").status_code == 302
    closes(round_, -1)
    assert secretary.get(handled).status_code == 200
    closes(round_, 60)
    assert "plan.pdf" not in browser.get(f"{url}send/").content.decode()
    assert sent(asking.one(application.key), leader).attachments == []
    closes(round_, -1)
    assert secretary.get(handled).status_code == 404
    file.refresh_from_db()
    assert file.state == "withdrawn"


def test_an_organisation_that_is_taken_out_sees_no_more(registers, person, sign_in):
    application, leader = complete(opened(), person)
    signer = sign_in(person(Role.ORGANISATION_SIGNER, "oslo-kommune"))
    confirmed(application, "oslo-kommune")
    assert signer.get(f"{AT}{application.key}/").status_code == 200
    people.remove_partner(application, place("oslo-kommune"), str(leader.key), timezone.now())
    assert signer.get(f"{AT}{application.key}/").status_code == 404
