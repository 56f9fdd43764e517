"""After a meeting: a recording that is kept here or linked, and the meeting's own survey of those who came."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from meetings import BY, asked, first, meeting, wish
from network import surveying

from helsevev.commons.forms.models import Form
from helsevev.commons.mail.models import Message
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused
from helsevev.network.events.actions import afterwards
from helsevev.network.events.actions.afterwards import Remains
from helsevev.network.events.models import Attendee, Meeting
from helsevev.network.surveys.actions import answering, following, moving
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.queries import counting
from helsevev.network.surveys.rules.states import Step

pytestmark = pytest.mark.django_db
SAID = "Alt som ble sagt"
CAPTIONS = b"WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:00.000 --> 00:02.000\nVelkommen\n"


def box(name: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content


FILM = box(b"ftyp", b"isom\0\0\2\0isomiso2") + box(b"moov", b"\0" * 40) + box(b"mdat", bytes(range(256)))


def been(**others: object) -> Meeting:
    """One that was held two days ago."""
    row = meeting(**others)
    Meeting.objects.filter(pk=row.pk).update(day=timezone.localdate() - timedelta(days=2))
    row.refresh_from_db()
    return row


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_kept_film_is_published_with_captions_and_text_and_played_in_stretches(client):
    row = been()
    kept = afterwards.add(row, "recording", upload("opptak.mp4", FILM), BY)
    address = f"/nb/meetings/{row.key}/play/{kept.key}/"
    bare = Remains("", False, SAID, None, 0, True)
    with pytest.raises(Refused):
        afterwards.keep(row, bare, BY)
    captions = afterwards.add(row, "captions", upload("opptak.vtt", CAPTIONS), BY)
    assert client.get(address).status_code == 404, "what isn't published is its keepers' alone"
    afterwards.keep(row, bare, BY)
    page = client.get(f"/nb/meetings/{row.key}/")
    text = page.content.decode()
    assert f'<source src="{address}" type="video/mp4">' in text
    assert 'preload="none"' in text
    assert "autoplay" not in text
    assert 'kind="captions"' in text
    assert "media-src 'self'" in page["Content-Security-Policy"]
    whole = client.get(address)
    assert (b"".join(whole), whole["Content-Type"]) == (FILM, "video/mp4")
    part = client.get(address, headers={"range": "bytes=8-11"})
    assert (part.status_code, b"".join(part), part["Content-Range"]) == (206, FILM[8:12], f"bytes 8-11/{len(FILM)}")
    last = client.get(address, headers={"range": "bytes=-4"})
    assert b"".join(last) == FILM[-4:]
    assert client.get(address, headers={"range": f"bytes={len(FILM)}-"}).status_code == 416
    shown = b"".join(client.get(f"/nb/meetings/{row.key}/play/{captions.key}/")).decode()
    assert "Velkommen" in shown
    assert "STYLE" not in shown
    afterwards.drop(row, captions, BY)
    assert client.get(address).status_code == 404, "without captions it isn't published any more"


@pytest.mark.parametrize(
    ("sort", "name", "content"),
    [
        ("recording", "a.mp4", FILM[:-1]),
        ("recording", "a.mp4", box(b"ftyp", b"isom") + box(b"free")),
        ("recording", "a.mp4", b"<html>"),
        ("captions", "a.vtt", b"WEBVTT\n\nno times"),
        ("captions", "a.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\n\xff\xfe"),
        ("slides", "a.pdf", FILM),
    ],
)
def test_what_is_no_recording_is_refused(sort: str, name: str, content: bytes):
    with pytest.raises(Refused):
        afterwards.add(been(), sort, upload(name, content), BY)


def test_sound_needs_its_text_alone_and_an_episode_is_a_kind_of_meeting(client, person, sign_in):
    row = been(kind="podcast", mode="digital", takes_registrations=False)
    browser = sign_in(person(Role.EDITOR))
    sound = io.BytesIO(b"ID3\x03\0\0\0\0\0\x04abcd\xff\xfb" + b"\0" * 50)
    sound.name = "episode.mp3"
    assert browser.post(f"/nb/meetings/desk/{row.key}/files/recording/", {"file": sound}).status_code == 302
    assert browser.post(f"/nb/meetings/desk/{row.key}/files/party/", {"file": sound}).status_code == 404
    afterwards.keep(row, Remains("", False, SAID, None, 0, True), BY)
    page = client.get(f"/nb/meetings/{row.key}/").content.decode()
    assert "<audio controls preload" in page
    assert row.key in client.get("/nb/meetings/?when=past&kind=podcast").content.decode()
    bank = "/nb/knowledge/list/?kind="
    assert f"/nb/meetings/{row.key}/" in client.get(bank + "podcast").content.decode(), "the page is a resource"
    assert f"/nb/meetings/{row.key}/" not in client.get(bank + "webinar").content.decode()


# --- The meeting's own survey ----------------------------------------------------------------------------------------
@pytest.fixture
def form(db: None) -> None:
    Form.objects.filter(key=following.FORM).delete()
    surveying.version(key=following.FORM)


def test_one_press_asks_those_who_came_and_the_page_shows_the_response(form, client, person, sign_in):
    row = meeting()
    rows = [asked(row, wish(number)) for number in range(8)]
    Attendee.objects.exclude(registration=rows[7]).update(attended_at=timezone.now())
    browser = sign_in(person(Role.SECRETARIAT))
    address, desk = f"/nb/surveys/after/{row.key}/", f"/nb/meetings/desk/{row.key}/"
    browser.post(address)
    assert not Survey.objects.exists(), "it isn't over yet"
    Meeting.objects.filter(pk=row.pk).update(day=timezone.localdate() - timedelta(days=1))
    assert address in browser.get(desk).content.decode()
    assert sign_in(person(Role.EDITOR)).post(address).status_code == 404
    assert [browser.post(address).status_code for _press in range(2)] == [302, 302]
    survey = Survey.objects.get()
    assert survey.meeting == row
    assert survey.invitations.count() == Message.objects.filter(kind="survey").count() == 7
    assert not survey.invitations.filter(email=first(rows[7]).email).exists()
    for one in list(survey.invitations.all())[:6]:
        answering.answer(survey, one, surveying.parts(), 0)
    assert f"/nb/surveys/{survey.key}/desk/" in browser.get(desk).content.decode()
    open_page = client.get(f"/nb/meetings/{row.key}/").content.decode()
    assert f"/nb/surveys/{survey.key}/" not in open_page
    for step in (Step.CLOSE, Step.COUNT, Step.PUBLISH):
        moving.move(survey, step, BY)
    page = client.get(f"/nb/meetings/{row.key}/").content.decode()
    assert f"/nb/surveys/{survey.key}/" in page
    assert "6 av 7" in page or "6 of 7" in page
    assert row.title in client.get(f"/nb/surveys/{survey.key}/").content.decode()


def test_who_was_asked_goes_on_the_day_that_the_meetings_page_states(form):
    row = been()
    Meeting.objects.filter(pk=row.pk).update(day=timezone.localdate() + timedelta(days=2))
    for number in range(5):
        asked(Meeting.objects.get(pk=row.pk), wish(number))
    Meeting.objects.filter(pk=row.pk).update(day=row.day)
    survey = following.follow(row, BY)
    for one in survey.invitations.all():
        answering.answer(survey, one, surveying.parts(), 0)
    assert following.forget_due(row.data_ends - timedelta(hours=1)) == 0
    assert following.forget_due(row.data_ends) == 1
    assert not Invitation.objects.exists()
    survey = moving.move(survey, Step.COUNT, BY)
    told = counting.rates(survey)
    assert (told.invited, told.completed, told.rate) == (5, 5, 100.0)


def test_where_nobody_registered_the_page_has_an_open_link(form, client):
    row = been(takes_registrations=False)
    survey = following.follow(row, BY)
    assert f"/nb/surveys/o/{survey.link}/" in client.get(f"/nb/meetings/{row.key}/").content.decode()
