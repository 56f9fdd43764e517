"""The newsletter's pages: who may write, send and see the figures, a draft that keeps itself, the archive and files."""

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from newsletters import letter, sent, subscribers

from helsevev.commons.mail.models import Message
from helsevev.core import news
from helsevev.core.news import News
from helsevev.network.annual_report import queries as annual_report
from helsevev.network.newsletter.models import Item, Letter, Subscriber
from helsevev.network.newsletter.queries.candidates import candidates
from helsevev.network.newsletter.rules.states import State

pytestmark = pytest.mark.django_db
DESK = "/nb/newsletter/desk/"
WRITERS, SENDERS, READERS = {"secretariat", "editor"}, {"secretariat"}, {"secretariat", "editor", "administrator"}


def who(cast: dict[str, Client], path: str, method: str = "get") -> set[str]:
    """Those for whom the page is there."""
    answers = {name: getattr(browser, method)(path).status_code for name, browser in cast.items()}
    assert set(answers.values()) <= {200, 302, 404, 422}
    return {name for name, code in answers.items() if code != 404}


def test_who_may_do_what(cast):
    subscribers(2)
    draft = letter()
    for page in ("", "preview/", "preview/mail/", "progress/"):
        assert who(cast, f"{DESK}{draft.key}/{page}") == WRITERS, page
    assert who(cast, f"{DESK}{draft.key}/send/") == SENDERS
    for page in ("recall/", "send/"):
        assert who(cast, f"{DESK}{draft.key}/{page}", "post") == SENDERS, page
    for page in ("keep/", "test/", ""):
        assert who(cast, f"{DESK}{draft.key}/{page}", "post") == WRITERS, page
    assert who(cast, f"{DESK}new/", "post") == WRITERS
    for page in ("", "letters.csv", "letters.xlsx"):
        assert who(cast, f"/nb/newsletter/figures/{page}") == READERS, page
    assert who(cast, f"/nb/newsletter/{draft.key}/") == set(), "a draft is nobody's to read"
    assert "2026" not in cast["stranger"].get("/nb/newsletter/").content.decode().split("<main")[1].split("</main")[0]


def fields(made: Letter, **others: object) -> dict[str, object]:
    """What the page sends."""
    found: dict[str, object] = {"seal": made.version, "subject_nb": made.subject_nb, "subject_nn": made.subject_nn}
    for one in made.items.all():
        plain = {"position": one.position, "title_nb": one.title_nb, "text_nb": one.text_nb}
        found |= {f"i{one.pk}-{name}": value for name, value in plain.items()}
    return found | others


def test_a_draft_keeps_itself_and_two_writers_lose_nothing(cast):
    made = letter()
    first, second = made.items.all()[:2]
    address = f"{DESK}{made.key}/"
    typed = fields(made, **{f"i{first.pk}-text_nb": "Endret"})
    answer = cast["secretariat"].post(f"{address}keep/", typed)
    made.refresh_from_db()
    assert f'value="{made.version}"'.encode() in answer.content
    assert made.items.first().text_nb == "Endret"
    late = fields(made, subject_nb="Redaktørens emne", seal=1)
    said = cast["editor"].post(f"{address}keep/", late).content.decode()
    assert "keep:force" in said
    page = cast["editor"].post(address, late)
    assert (page.status_code, Letter.objects.get().subject_nb) == (422, "Nytt i november")
    assert "Redaktørens emne" in page.content.decode(), "what was written stands on the page"
    assert cast["editor"].post(f"{address}keep/", late | {"do": "keep:force"}).status_code == 200
    made.refresh_from_db()
    assert made.subject_nb == "Redaktørens emne"
    too_long = fields(made, **{f"i{first.pk}-title_nb": "x" * 301})
    assert cast["editor"].post(f"{address}keep/", too_long).status_code == 200
    assert cast["editor"].post(address, too_long).status_code == 422
    for do, order in (
        (f"down:{first.pk}", [second.pk, first.pk]),
        (f"up:{first.pk}", [first.pk, second.pk]),
        (f"drop:{first.pk}", [second.pk]),
    ):
        made.refresh_from_db()
        cast["secretariat"].post(address, fields(made, do=do))
        assert list(made.items.values_list("pk", flat=True))[: len(order)] == order
    made.refresh_from_db()
    last = made.items.last()
    cast["secretariat"].post(address, fields(made, **{f"i{last.pk}-position": 0}))
    assert cast["secretariat"].post(address, fields(made, **{f"i{last.pk}-position": "x"})).status_code == 422
    swapped = {f"i{one.pk}-position": 9 - one.position for one in made.items.all()}
    cast["secretariat"].post(address, fields(made, **swapped))
    assert made.items.first().pk == last.pk
    cast["secretariat"].post(address, fields(Letter.objects.get(), do="own"))
    assert made.items.last().kind == "own"
    cast["secretariat"].post(address, fields(Letter.objects.get(), do="throw"))
    assert not Letter.objects.exists()


def test_what_other_rooms_published_can_be_chosen_once(cast, monkeypatch):
    now = timezone.now()
    page = News("page:1", {"nb": "En side", "en": "A page"}, {"nb": "Ingress"}, "/knowledge/en-side/", now)
    monkeypatch.setattr(news, "_every", [lambda since: [page] if since < now else []])
    made = letter(since=now - timedelta(days=1))
    found = {one.source: one for one in candidates(made.since)}
    assert found["page:1"].titles["nn"] == "En side"
    address = f"{DESK}{made.key}/"
    for _twice in range(2):
        cast["secretariat"].post(address, fields(Letter.objects.get(), do="choose", source=["page:1", "page:none"]))
    assert made.items.filter(source="page:1").count() == 1
    assert 'value="page:1"' not in cast["secretariat"].get(address).content.decode()


def test_the_preview_runs_nothing_and_a_copy_comes_to_oneself(cast):
    made = letter()
    Item.objects.filter(letter=made).update(title_nb='<script>alert(1)</script>"', text_nb="<b>x</b> @@own@@")
    framed = cast["editor"].get(f"{DESK}{made.key}/preview/mail/?language=nn")
    policy = framed["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "<script" not in framed.content.decode()
    assert "sandbox" in cast["editor"].get(f"{DESK}{made.key}/preview/").content.decode()
    cast["editor"].post(f"{DESK}{made.key}/test/")
    assert list(Message.objects.values_list("language", "kind")) == [
        ("nn", "newsletter_test"),
        ("nb", "newsletter_test"),
    ]
    assert all(one.subject.startswith("[TEST]") for one in Message.objects.all())
    assert Letter.objects.get().state == State.DRAFT


def test_from_sending_to_figures_archive_and_the_years_report(cast, client):
    subscribers(4)
    made = letter()
    page = cast["secretariat"].post(f"{DESK}{made.key}/send/", {"when": "later", "day": "", "time": ""})
    assert page.status_code == 422
    at = timezone.localtime() + timedelta(days=2)
    later = {"when": "later", "day": at.date().isoformat(), "time": "08:00"}
    assert cast["secretariat"].post(f"{DESK}{made.key}/send/", later).status_code == 302
    cast["secretariat"].post(f"{DESK}{made.key}/recall/")
    made.refresh_from_db()
    assert made.state == State.DRAFT
    sent(made)
    Message.objects.update(state=Message.State.SENT, fill={})
    assert cast["editor"].get(f"{DESK}{made.key}/").status_code == 200
    archive = client.get("/nn/newsletter/").content.decode()
    assert "Nytt i november på nynorsk" in archive
    shown = client.get(f"/en/newsletter/{made.key}/").content.decode()
    assert 'lang="nb"' in shown
    assert "/en/knowledge/ny-side/" in shown
    feed = json.loads(client.get("/nb/newsletter/feed.json").content)
    assert [one["title"] for one in feed["items"]] == ["Nytt i november"]
    assert b"<rss" in client.get("/nn/newsletter/feed.rss").content
    rows = list(
        csv.reader(io.StringIO(cast["editor"].get("/en/newsletter/figures/letters.csv").content.decode("utf-8-sig")))
    )
    assert (rows[1][0], rows[1][2:5]) == ("Nytt i november", ["4", "4", "0"])
    book = openpyxl.load_workbook(io.BytesIO(cast["editor"].get("/nb/newsletter/figures/letters.xlsx").content))
    assert book.active.cell(2, 3).value == 4
    assert cast["editor"].get("/nb/newsletter/figures/").status_code == 200
    assert cast["editor"].get("/nb/newsletter/figures/rates.svg").status_code == 200
    year = timezone.localdate().year
    told = {one["key"]: one for one in annual_report.report(year, "nb").document["figures"]}
    assert told["newsletter.letters"]["counted"] == 1
    assert told["newsletter.subscribers"]["counted"] == 4
    assert (told["newsletter.click_rate_pct"]["counted"], told["newsletter.click_rate_pct"]["n"]) == (0, 4)
    assert "newsletter.click_rate_all_pct" in told
    mine = Subscriber.objects.first()
    assert client.get(f"/nb/newsletter/mine/{mine.token()}/").status_code == 200
