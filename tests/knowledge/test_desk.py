"""The editors' desk: who may enter, who may do what there, and that readers see what was done, or don't."""

import json
import zlib
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from helsevev.commons.finding.models import Document, Facet
from helsevev.commons.finding.queries import faults
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.commons.shelf import actions as shelf
from helsevev.knowledge.pages.actions.scheduling import publish_due
from helsevev.knowledge.pages.models import Bank, ExperiencePage, NewsPage, Picture, ToolPage
from helsevev.knowledge.pages.queries.desk import behind

DESK = "/nb/knowledge/desk/"
DOORS = (
    "",
    "pages/",
    "images/",
    "attachments/",
    "take/",
    "review/",
    "reports/locked/",
    "jsi18n/",
    "sprite/",
    "nothing/",
)
WRITERS = {"editor", "secretariat", "administrator"}


def fields(page: Page | None = None, **changed: str) -> dict[str, str]:
    """What the page's form sends."""
    sent = {
        "title": "Nyhet fra nettverket",
        "lead": "Det viktigste først.",
        "slug": "nyhet",
        "body-count": "0",
        "review_on": "2027-01-01",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return {**sent, **changed}


@pytest.fixture
def editor(bank, person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.EDITOR))


@pytest.fixture
def publisher(bank, person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.SECRETARIAT))


def written(browser: Client, **changed: str) -> NewsPage:
    """A draft of news."""
    parent = Bank.objects.get(locale__language_code="nb")
    answer = browser.post(f"{DESK}pages/add/pages/newspage/{parent.pk}/", fields(**changed))
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return NewsPage.objects.latest("pk")


def test_who_may_enter(bank, cast: dict[str, Client]):
    for who, browser in cast.items():
        for door in DOORS:
            answer = browser.get(DESK + door)
            if who in WRITERS:
                assert (answer.status_code == 404) == (door == "nothing/"), (who, door, answer.status_code)
            else:
                assert answer.status_code == 404, (who, door, answer.status_code)
                assert b"agtail" not in answer.content


def test_without_a_second_factor_or_after_the_role_has_ended_nobody_enters(bank, person, sign_in):
    assert sign_in(person(Role.EDITOR), second_factor=False).get(DESK).status_code in (302, 404)
    user = person(Role.SECRETARIAT)
    browser = sign_in(user)
    assert browser.get(DESK).status_code == 200
    RoleGrant.objects.filter(user=user).update(ends=timezone.localdate() - timedelta(days=1))
    assert browser.get(DESK).status_code == 404


def test_the_doors_to_accounts_lead_out_of_the_desk(publisher):
    for door in ("account/", "login/", "logout/", "password_reset/"):
        assert publisher.get(DESK + door).status_code == 302
    for door in ("users/", "groups/", "sites/", "workflows/list/", "collections/"):
        assert publisher.get(DESK + door).status_code in (302, 404), door


def test_the_policy_is_loose_at_the_desk_alone(editor):
    assert "'unsafe-inline'" in editor.get(DESK)["Content-Security-Policy"]
    assert "'unsafe-inline'" not in editor.get("/nb/knowledge/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "nb", "nn"),
    [
        ("reports/site-history/", "Nettstedets historikk", "Historikken til nettstaden"),
        ("reports/aging-pages/", "Eldre sider", "Eldre sider"),
        ("jsi18n/", "piksler", "pikslar"),
    ],
)
def test_the_desk_speaks_both_kinds_of_norwegian(publisher, path: str, nb: str, nn: str) -> None:
    """What Wagtail lacks lies in locale/desk, also what its scripts say; `make check` sees that it is whole."""
    for language, said in (("nb", nb), ("nn", nn)):
        assert said in publisher.get(f"/{language}/knowledge/desk/{path}").content.decode()


def test_an_editor_writes_and_a_publisher_publishes(editor, publisher):
    page = written(editor)
    assert Client().get("/nb/knowledge/nyhet/").status_code == 404
    # A publish that isn't hers to do is a draft.
    editor.post(f"{DESK}pages/{page.pk}/edit/", fields(**{"action-publish": "1"}))
    assert Client().get("/nb/knowledge/nyhet/").status_code == 404
    editor.post(f"{DESK}pages/{page.pk}/edit/", fields(**{"action-submit": "1"}))
    assert page.workflow_states.count() == 1
    publisher.post(f"{DESK}pages/{page.pk}/edit/", fields(**{"action-publish": "1"}))
    assert Client().get("/nb/knowledge/nyhet/").status_code == 200


def test_a_preview_is_the_readers_page_and_stands_in_the_desks_frame(editor):
    page = written(editor, lead="Bare for redaktøren.")
    url = f"{DESK}pages/{page.pk}/edit/preview/"
    assert editor.post(url, fields(lead="Bare for redaktøren.")).json()["is_valid"]
    answer = editor.get(f"{url}?mode=")
    assert "Bare for redaktøren." in answer.content.decode()
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert Client().get(f"{url}?mode=").status_code == 404


def test_a_page_is_published_at_its_hour_and_taken_down_at_its_hour(publisher):
    soon = timezone.localtime(timezone.now() + timedelta(minutes=5))
    page = written(publisher)
    page.go_live_at = soon
    revision = page.save_revision()
    revision.publish()
    publish_due()
    assert Client().get("/nb/knowledge/nyhet/").status_code == 404
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    publish_due()
    assert Client().get("/nb/knowledge/nyhet/").status_code == 200
    NewsPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_due()
    assert Client().get("/nb/knowledge/nyhet/").status_code == 404


def test_a_page_is_translated_and_the_texts_know_each_other(publisher):
    page = ToolPage.objects.get(title="Intervjuguide")
    nynorsk = Locale.objects.get(language_code="nn")
    url = f"{DESK}translation/submit/page/{page.pk}/"
    answer = publisher.post(url, {"locales": [str(nynorsk.pk)]})
    assert answer.status_code == 302
    made = ToolPage.objects.get(locale=nynorsk)
    assert made.translation_key == page.translation_key
    assert not made.live
    made.title = "Intervjurettleiing"
    made.save_revision().publish()
    assert "Intervjurettleiing" in Client().get("/nn/knowledge/intervjuguide/").content.decode()
    assert made.pk not in [row.page_id for row, _source in behind()]
    page.save_revision().publish()  # a minute later is later
    assert made.pk in [row.page_id for row, _source in behind()]


def test_versions_are_compared_and_an_old_one_is_brought_back(publisher):
    page = ToolPage.objects.get(title="Intervjuguide")
    first = page.latest_revision
    page.lead = "Noe annet."
    second = page.save_revision()
    compared = publisher.get(f"{DESK}pages/{page.pk}/revisions/compare/{first.pk}...{second.pk}/")
    assert "Noe" in compared.content.decode()
    assert publisher.get(f"{DESK}pages/{page.pk}/revisions/{first.pk}/revert/").status_code == 200


def test_an_experience_begins_from_the_shelf_and_its_figures_follow_the_project(editor, publisher, bank):
    initiative = Initiative.objects.create(key="demo-prosjekt", title="Demoprosjektet")
    told = {name: f"Om {name}." for name in ("goal", "done", "benefits", "failed", "advice", "costs")}
    told |= {"parties": ["Demo kommune"], "language": "nb", "consented": "2026-11-01", "version": 1}
    body = told | {"outcomes": [{"measure": "Fornøyd", "people": 40, "events": 31}]}
    item = shelf.put("experience", "demo-prosjekt", initiative, "Demoprosjektet", body, "system:test")
    assert "Demoprosjektet" in editor.get(f"{DESK}take/").content.decode()
    answer = editor.post(f"{DESK}take/", {"item": item.pk, "language": "nb"})
    page = ExperiencePage.objects.get(initiative="demo-prosjekt")
    assert answer["Location"].endswith(f"/pages/{page.pk}/edit/")
    assert not page.live
    page.latest_revision.publish()
    shown = Client().get(f"/nb/knowledge/{page.slug}/").content.decode()
    assert "Om failed." in shown
    assert "31 av 40" in shown or "31 of 40" in shown
    assert item.takings.get().url == f"/knowledge/{page.slug}/"
    body["outcomes"] = [{"measure": "Fornøyd", "people": 50, "events": 44}]
    shelf.put("experience", "demo-prosjekt", initiative, "Demoprosjektet", body, "system:test")
    changed = Client().get(f"/nb/knowledge/{page.slug}/").content.decode()
    assert "44" in changed
    assert "31" in changed


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 40, "1"])
def test_taking_what_is_not_there_says_so(editor, sent):
    assert editor.post(f"{DESK}take/", {"item": sent}, follow=True).status_code == 200
    assert ExperiencePage.objects.count() == 0


def test_a_page_that_is_still_right_comes_back_in_a_year(editor):
    page = ToolPage.objects.get(title="Intervjuguide")
    ToolPage.objects.filter(pk=page.pk).update(review_on=timezone.localdate())
    assert "Intervjuguide" in editor.get(f"{DESK}review/").content.decode()
    assert "/knowledge/barn-og-unge/" in editor.get(f"{DESK}review/").content.decode()
    editor.post(f"{DESK}review/", {"page": f"tool/{page.pk}"})
    page.refresh_from_db()
    assert page.review_on > timezone.localdate() + timedelta(days=300)
    assert editor.post(f"{DESK}review/", {"page": "tool/999999"}).status_code == 404


def test_markup_from_elsewhere_is_taken_out_when_it_is_saved(editor):
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    spot = {"offset": 0, "length": 3, "key": 0}
    line = {"key": "a", "text": "Hei", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [spot]}
    value = json.dumps({"blocks": [line | {"data": {}}], "entityMap": {"0": link}})
    sent = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text", "body-0-id": ""}
    page = written(editor, **sent, **{"body-0-value": value})
    assert "javascript:" not in str(page.body)
    assert "Hei" in str(page.body)


def test_a_picture_needs_words(bank):
    from django.core.exceptions import ValidationError

    page = NewsPage(title="Nyhet", slug="nyhet", lead="x", picture_id=1)
    with pytest.raises(ValidationError) as raised:
        page.clean()
    assert "picture_alt" in raised.value.message_dict


def png(width: int, height: int) -> bytes:
    """A picture that is small to send and large to open."""
    rows = zlib.compress(b"\x00" * ((width // 8 + 1 + 1) * height), 9)

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes((1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("fin.png", png(40, 30), 1),
        ("stor.png", png(12_000, 9_000), 0),
        ("lyver.png", b"<html><script>alert(1)</script>", 0),
        ("lyver.jpg", png(40, 30), 0),
    ],
)
def test_a_picture_of_a_hundred_megapixels_or_that_lies_is_refused(editor, name, content, kept):
    sent = {"title": "Bilde", "file": SimpleUploadedFile(name, content, "image/png"), "collection": "1"}
    answer = editor.post(f"{DESK}images/add/", sent)
    assert answer.status_code == (302 if kept else 200)
    assert Picture.objects.count() == kept


def test_which_projects_use_a_page_is_said_by_its_editor(editor, publisher):
    Initiative.objects.create(key="demo-prosjekt", title="Demoprosjektet")
    page = written(editor, used_by="demo-prosjekt, demo-prosjekt")
    assert page.get_latest_revision_as_object().used_by == ["demo-prosjekt"]
    answer = editor.post(f"{DESK}pages/{page.pk}/edit/", fields(used_by="finnes-ikke"))
    assert "finnes-ikke" in str(answer.context["form"].errors)


def test_a_page_of_a_hundred_thousand_words_is_shown_and_found(bank):
    page = ToolPage.objects.get(slug="intervjuguide", locale__language_code="nb")
    many = " ".join(f"ord{number % 500}" for number in range(100_000))
    page.body = json.dumps([{"type": "text", "value": f"<p>{many}</p><p>Sluttsteinen står sist.</p>"}])
    page.save_revision().publish()
    answer = Client().get("/nb/knowledge/intervjuguide/")
    assert "Sluttsteinen står sist." in answer.content.decode()
    assert "Intervjuguide" in Client().get("/nb/search/?q=sluttstein").content.decode().split("<main")[1]


def test_a_lost_index_is_made_again_by_one_command(publisher):
    Document.objects.all().delete()
    Facet.objects.all().delete()
    assert "Intervjuguide" not in Client().get("/nb/search/?q=intervjuguide").content.decode().split("<main")[1]
    call_command("rebuild_index", verbosity=0, stdout=StringIO())
    assert "Intervjuguide" in Client().get("/nb/search/?q=intervjuguide").content.decode().split("<main")[1]
    assert list(faults()) == []


def test_two_editors_on_one_page_are_told_of_each_other(editor, publisher):
    page = ToolPage.objects.get(title="Intervjuguide")
    shown = editor.get(f"{DESK}pages/{page.pk}/edit/").content.decode()
    assert "editing-sessions" in shown
