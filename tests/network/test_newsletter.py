"""The newsletter: asked for and confirmed, written and sent once to each, counted without names, and left."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from newsletters import BROWSER, BY, letter, links, one_of, sent, subscribers

from helsevev.commons.audit.models import Line
from helsevev.commons.mail import rules as mail
from helsevev.commons.mail.actions.line import written
from helsevev.commons.mail.models import Batch, Message
from helsevev.core.words import Refused
from helsevev.network.newsletter.actions import bouncing, keeping, sending, settling, subscribing, writing
from helsevev.network.newsletter.models import Bounce, Click, Letter, Subscriber
from helsevev.network.newsletter.queries import numbers
from helsevev.network.newsletter.rules.states import Standing, State, slot

pytestmark = pytest.mark.django_db
ADDRESS = "kari@example.invalid"
WISH = {"email": ADDRESS, "language": "nn", "kinds": ["page"], "agrees": "on"}


# --- Subscribing -----------------------------------------------------------------------------------------------------
def asked(client: Client, **others: object) -> str:
    answer = client.post("/nn/newsletter/subscribe/", WISH | others)
    assert answer.status_code == 302
    return answer["Location"]


def test_only_the_owners_press_on_the_button_subscribes_and_the_consent_is_kept(client):
    assert client.post("/nb/newsletter/subscribe/", {**WISH, "agrees": ""}).status_code == 422
    asked(client)
    own = re.search(r"http\S+?(/nn/newsletter/mine/\S+)", Message.objects.get().body)[1]
    for look in (client.get, client.head):
        assert look(own).status_code == 200
    row = Subscriber.objects.get()
    assert row.standing == Standing.ASKED, "whoever opens links beforehand confirms nothing"
    assert client.get(own.replace("nn/newsletter/mine/", "nn/newsletter/mine/x")).status_code == 404
    client.post(own, {"act": "confirm"})
    row.refresh_from_db()
    assert (row.standing, row.language, row.kinds) == (Standing.ACTIVE, "nn", ["page"])
    assert row.confirmed_at
    assert "@" not in row.consent
    assert len(row.consent) > 40
    client.post(own, {"act": "change", "language": "nb", "kinds": ["call", "page"]})
    row.refresh_from_db()
    assert (row.language, row.kinds) == ("nb", ["page", "call"])


def test_nobody_learns_whether_an_address_subscribes(client):
    first = client.get(asked(client)).content
    subscribing.confirm(Subscriber.objects.get().key)
    Subscriber.objects.update(written_at=timezone.now() - timedelta(days=1))
    again = client.get(asked(client, email="KARI@example.invalid")).content
    other = client.get(asked(client, email="ola@example.invalid")).content
    strip = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub(b"", first) == strip.sub(b"", again) == strip.sub(b"", other)
    assert Message.objects.filter(to=ADDRESS).count() == 2, "the owner of the address is told how it stands"
    assert Subscriber.objects.filter(email=ADDRESS).get().language == "nn", "and nobody else can change it"
    asked(client)
    assert Message.objects.filter(to=ADDRESS).count() == 2, "but isn't written to again and again"


@pytest.mark.parametrize("name", ["stop", "mine"])
def test_one_press_unsubscribes_and_deletes_it_all(client, name):
    subscribers(1)
    gone = sent(letter())
    message = Message.objects.get()
    if name == "stop":
        headers = written(message).extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.fullmatch(r"<https?://[^/]+(/\S+)>", headers["List-Unsubscribe"])[1]
        body = {"List-Unsubscribe": "One-Click"}
        strict = Client(enforce_csrf_checks=True)
    else:
        path, body, strict = one_of(name, message), {"act": "leave"}, client
    assert client.get(path).status_code == client.head(path).status_code == 200
    assert Subscriber.objects.count() == 1, "looking changes nothing"
    assert strict.post(path, body).status_code == 200
    assert (Subscriber.objects.count(), Message.objects.count()) == (0, 0), "nor does what waits to be sent go"
    gone.refresh_from_db()
    assert gone.left == 1
    assert strict.post(path, body).status_code == 200 if name == "stop" else client.get(path).status_code == 404
    assert Letter.objects.get().left == 1
    assert client.post("/nb/newsletter/stop/forged-0:x/").status_code == 404


def test_what_isnt_confirmed_or_rests_too_long_goes():
    now = timezone.now()
    subscribers(1)
    subscribers(1, standing=Standing.ASKED, asked_at=now - timedelta(days=3))
    subscribers(1, standing=Standing.RESTING, rested_at=now - timedelta(days=400))
    keeping.keep()
    assert [one.standing for one in Subscriber.objects.all()] == [Standing.ACTIVE]


# --- Sending ---------------------------------------------------------------------------------------------------------
def test_each_gets_one_copy_of_what_they_chose_and_one_text_serves_many():
    subscribers(3)
    subscribers(2, kinds=["page"], language="nn")
    subscribers(1, standing=Standing.ASKED)
    made = sent(letter())
    assert (Message.objects.count(), Batch.objects.count()) == (5, 2)
    assert sending.begin(made) is False
    assert Message.objects.count() == 5
    nn = Message.objects.filter(language="nn").first()
    assert "Et møte" not in nn.text
    assert "En ny side" in nn.text
    assert "på nynorsk" in nn.subject
    mailed = written(nn)
    html = mailed.alternatives[0].content
    assert "@@" not in mailed.body + html + "".join(mailed.extra_headers.values())
    assert "<img" not in html, "nothing in a letter tells that it was opened"
    assert len(links(nn)) == 1
    assert links(nn)[0].split("/")[5] == "1", "a link has the same number in every copy"


def test_copies_are_spread_over_minutes_and_let_others_pass(settings):
    settings.NEWSLETTER_PER_MINUTE = 2
    subscribers(5)
    made = sent(letter())
    times = sorted(Message.objects.values_list("not_before", flat=True))
    assert [(at - made.began_at).total_seconds() for at in times] == [0, 0, 60, 60, 120]
    assert slot(made.began_at, 599, 600) == made.began_at
    assert set(Message.objects.values_list("rank", flat=True)) == {1}


def test_a_letter_is_sent_when_it_is_whole_and_can_be_called_back_until_then():
    made = letter()
    with pytest.raises(Refused):
        sending.plan(made, timezone.now(), BY)
    subscribers(1)
    with pytest.raises(Refused):
        sending.plan(made, timezone.now() - timedelta(hours=1), BY)
    sending.plan(made, timezone.now() + timedelta(hours=1), BY)
    assert sending.send_due() == 0
    assert sending.recall(made, BY).state == State.DRAFT
    made = sent(made)
    with pytest.raises(Refused):
        sending.recall(made, BY)
    with pytest.raises(Refused):
        writing.add_own(made, BY)
    Message.objects.update(state=Message.State.SENT)
    assert settling.settle() == 1
    assert Letter.objects.get().state == State.SENT
    assert [*Line.objects.filter(kind="newsletter").order_by("pk").values_list("verb", flat=True)][-1] == "sent"


# --- What comes back -------------------------------------------------------------------------------------------------
def test_an_address_rests_after_two_letters_refused_for_good_and_one_that_arrives_begins_anew():
    one, other = subscribers(2)
    for turn in range(2):
        made = sent(letter())
        rows = numbers.mail.of_batches(numbers.prefix(made))
        error = "SMTPRecipientsRefused: {'x@example.invalid': (550, b'no such person')}"
        rows.filter(to=one.email).update(state=Message.State.FAILED, error=error)
        spam = "SMTPDataError: (554, b'spam')"
        rows.filter(to=other.email).update(state=Message.State.FAILED, error=spam)
        for _again in range(2):
            settling.settle()
        one.refresh_from_db()
        assert (one.hard, one.standing) == (turn + 1, Standing.RESTING if turn else Standing.ACTIVE)
    other.refresh_from_db()
    assert (other.hard, other.standing) == (0, Standing.ACTIVE), "a refused text isn't the address's fault"
    assert numbers.live(made).refused == 2
    Subscriber.objects.filter(pk=other.pk).update(hard=1)
    settling.close_clicks(sent(letter()))
    other.refresh_from_db()
    assert other.hard == 0


def dsn(address: str, message_id: str) -> bytes:
    return f"""Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.invalid

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
--B--
""".encode()


def test_reports_are_read_from_files_and_nobody_can_forge_one(tmp_path, settings):
    (one,) = subscribers(1)
    made = sent(letter())
    message = Message.objects.get()
    Message.objects.update(state=Message.State.SENT, fill={})
    true = mail.message_id(message.key, settings.SITE_HOST)
    (tmp_path / "a.eml").write_bytes(dsn(one.email, true))
    (tmp_path / "b.eml").write_bytes(dsn(one.email, "<guessed@127.0.0.1>"))
    box = b"".join(
        b"From MAILER-DAEMON Mon Nov  2 08:00:00 2026\n" + dsn(one.email, name) + b"\n" for name in (true, "<x@y>")
    )
    (tmp_path / "box").write_bytes(box)
    assert bouncing.take_in(bouncing.reports(tmp_path)) == (1, 2)
    assert (Bounce.objects.get().came_back, numbers.live(made).returned, numbers.live(made).delivered) == (True, 1, 0)


# --- Clicks ----------------------------------------------------------------------------------------------------------
def test_the_click_rate_counts_people_once_and_leads_only_where_the_letter_does(client):
    subscribers(4)
    made = sent(letter())
    copies = [links(one) for one in Message.objects.order_by("pk")]
    Message.objects.update(state=Message.State.SENT, fill={})
    early = {"headers": {"User-Agent": BROWSER}}
    assert client.get(copies[0][0], **early)["Location"].endswith("/nb/knowledge/ny-side/")
    assert numbers.live(made).people == 0, "five seconds after it was handed over it is a scanner"
    late = [[re.sub(r"\.\w+/$", ".1/", path) for path in paths] for paths in copies]
    for _twice in range(2):
        client.get(late[1][0], **early)
    for path in late[2]:
        client.get(path, **early)
    client.head(late[3][0], **early)
    client.get(late[3][1], headers={"User-Agent": BROWSER, "Sec-Purpose": "prefetch"})
    found = numbers.live(made)
    assert (found.delivered, found.people, found.every) == (4, 1, 4)
    assert (found.rate, found.rate_with_machines) == (25.0, 100.0)
    assert found.links == ((4, 1), (2, 0))
    before = Click.objects.count()
    forged = re.sub(r"/[^/]+/$", "/aaaaaaaaaaaaaaaaaaaaaa.1/", late[0][0])
    assert client.get(forged, **early).status_code == 302
    assert Click.objects.count() == before, "a word that isn't ours counts for nothing"
    assert client.get(late[0][0].replace(f"/{made.key}/1/", f"/{made.key}/9/")).status_code == 404


def test_after_14_days_only_counts_are_left_and_links_still_lead_on(client):
    subscribers(2)
    made = sent(letter())
    paths = [re.sub(r"\.\w+/$", ".1/", links(one)[0]) for one in Message.objects.all()]
    Message.objects.update(state=Message.State.SENT, fill={})
    client.get(paths[0], headers={"User-Agent": BROWSER})
    assert keeping.keep() == 0
    Letter.objects.update(began_at=timezone.now() - timedelta(days=15))
    assert keeping.keep() == 1
    made.refresh_from_db()
    assert (made.click_key, Click.objects.count()) == ("", 0)
    assert client.get(paths[1], headers={"User-Agent": BROWSER}).status_code == 302
    Message.objects.all().delete()
    assert (numbers.of(made).people, numbers.of(made).delivered, numbers.of(made).rate) == (1, 2, 50.0)
    assert [when.rate for _one, when in numbers.of_year(made.began_at.year, timezone.localdate())] == [50.0]


def test_nothing_in_the_database_leads_from_a_click_to_a_person(client):
    subscribers(3)
    made = sent(letter())
    copy = Message.objects.order_by("pk").first()
    word = copy.fill["click"]
    path = re.sub(r"\.\w+/$", ".1/", links(copy)[0])
    Message.objects.update(state=Message.State.SENT, fill={})
    client.get(path, headers={"User-Agent": BROWSER}, REMOTE_ADDR="192.0.2.77")
    kept = repr(
        [*Click.objects.values(), *Message.objects.values(), *Subscriber.objects.values(), *Letter.objects.values()]
    )
    assert word not in kept
    assert "192.0.2.77" not in kept
    (mark,) = Click.objects.values_list("mark", flat=True)
    assert kept.count(mark) == 1
    assert made.click_key


def test_a_letter_may_leave_clicks_uncounted(client):
    subscribers(1)
    made = sent(letter(counts_clicks=False))
    assert made.click_key == ""
    assert links(Message.objects.get()) == []
    assert "/nb/knowledge/ny-side/" in Message.objects.get().text
    assert "click" not in Message.objects.get().fill
