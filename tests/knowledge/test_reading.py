"""What readers see of the knowledge bank, and what they never see."""

import json
import re

import pytest
from django.test import Client
from knowledge.banking import text, write

from helsevev.commons.finding import queries as finding
from helsevev.knowledge.pages.actions.planting import plant
from helsevev.knowledge.pages.models import Shown, ToolPage


@pytest.fixture
def reader(bank):
    return Client()


def test_the_front_tells_what_there_is(reader):
    shown = reader.get("/nb/knowledge/").content.decode()
    assert "Intervjuguide" in shown
    assert "/nb/knowledge/list/?kind=tool" in shown
    assert "/nb/knowledge/om-nettverket/" in shown


def test_a_page_in_the_readers_language_or_the_next_best(reader):
    own = reader.get("/en/knowledge/intervjuguide/")
    assert "Interview guide" in own.content.decode()
    instead = reader.get("/nn/knowledge/intervjuguide/")
    assert instead["Content-Language"] == "nb"
    assert '<h1 lang="nb">Intervjuguide' in instead.content.decode()


def test_a_page_sets_no_cookie_and_may_be_shared(reader):
    answer = reader.get("/nb/knowledge/intervjuguide/")
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_headings_can_be_jumped_to_and_links_lead_to_the_readers_language(reader):
    shown = reader.get("/nb/knowledge/intervjuguide/").content.decode()
    assert '<h2 id="s-slik-gjor-du">' in shown
    assert 'href="/nb/knowledge/barn-og-unge/"' in shown


def test_data_for_machines_can_not_be_broken_out_of(bank, texts):
    write(texts, "tool/farlig.nb.md", text("</script><script>alert(1)</script>"))
    plant(texts, lambda _said: None)
    (texts / "tool/farlig.nb.md").unlink()
    shown = Client().get("/nb/knowledge/farlig/").content.decode()
    assert "<script>alert" not in shown
    data = json.loads(re.search(r'application/ld\+json">(.*?)</script>', shown)[1])
    assert data["name"].startswith("</script>")


def test_the_list_is_narrowed_and_searched(reader):
    assert "Intervjuguide" in reader.get("/nb/knowledge/list/?phase=insight&q=pasienter").content.decode()
    nothing = reader.get("/nb/knowledge/list/?phase=piloting").content.decode()
    assert "/knowledge/intervjuguide/" not in nothing
    assert reader.get("/nb/knowledge/list/?kind=%00&phase=x&page=99999999999&q=" + "æ" * 999).status_code == 200


def test_one_statement_for_the_cards_whatever_their_number(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        reader.get("/nb/knowledge/list/")


@pytest.mark.parametrize("form", ["rss", "json"])
def test_feeds(reader, form):
    answer = reader.get(f"/nb/knowledge/feed.{form}?theme=barsel")
    assert "Intervjuguide" in answer.content.decode()
    assert (
        reader.get(f"/nb/knowledge/feed.{form}?theme=barsel", headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )


def test_a_page_on_paper(reader):
    answer = reader.get("/nb/knowledge/intervjuguide/page.pdf")
    assert answer.content.startswith(b"%PDF-")


def test_a_file_is_given_by_the_page_that_offers_it_alone(reader):
    offered = ToolPage.objects.get(title="Intervjuguide").knowledge_files.get().attachment
    answer = reader.get(f"/nb/knowledge/intervjuguide/files/{offered.file}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert reader.get(f"/nb/knowledge/om-nettverket/files/{offered.file}/").status_code == 404


def test_what_a_file_says_is_found_by_the_page_that_offers_it(reader):
    found = reader.get("/nb/search/?q=kvernsteinsordet").content.decode().split("<main")[1]
    assert "Intervjuguide" in found
    assert "<mark>Kvernsteinsordet</mark>" in found


def test_what_is_taken_down_is_gone_everywhere(bank):
    page = ToolPage.objects.get(title="Intervjuguide")
    page.unpublish()
    ToolPage.objects.get(title="Interview guide").unpublish()
    assert Client().get("/nb/knowledge/intervjuguide/").status_code == 404
    assert finding.number("page", "intervjuguide") == 0
    assert "Intervjuguide" not in Client().get("/nb/knowledge/feed.json").content.decode()


def test_a_draft_is_shown_to_nobody_and_a_published_change_is_findable_at_once(bank):
    page = ToolPage.objects.get(title="Intervjuguide")
    page.title = "Spørreguide"
    revision = page.save_revision()
    assert finding.number("page", "spørreguide") == 0
    assert "Spørreguide" not in Client().get("/nb/knowledge/intervjuguide/").content.decode()
    revision.publish()
    assert finding.number("page", "spørreguide") == 1
    assert "Spørreguide" in Client().get("/nb/knowledge/intervjuguide/").content.decode()


def test_an_address_that_a_page_had_leads_to_it_for_ever(bank):
    page = ToolPage.objects.get(title="Intervjuguide")
    page.slug = "sporreguide"
    page.save_revision().publish()
    answer = Client().get("/nb/knowledge/intervjuguide/")
    # The English text still has the old address, so the family is found by it.
    assert answer["Location"] == "/nb/knowledge/sporreguide/"
    assert (
        Client().get("/en/knowledge/sporreguide/", follow=True).redirect_chain[-1][0] == "/en/knowledge/intervjuguide/"
    )


def test_a_translation_says_when_its_source_is_newer(bank):
    row = Shown.objects.get(language="en")
    assert "is older" not in Client().get("/en/knowledge/intervjuguide/").content.decode()
    page = ToolPage.objects.get(title="Intervjuguide")
    page.save_revision().publish()
    row.refresh_from_db()
    assert "is older" in Client().get("/en/knowledge/intervjuguide/").content.decode()


def test_a_text_is_loaded_once_and_never_over_an_editors_work(bank, texts):
    said: list[str] = []
    assert plant(texts, said.append) == 0
    page = ToolPage.objects.get(title="Intervjuguide")
    page.lead = "En redaktør har skrevet dette."
    page.save_revision().publish()
    write(texts, "tool/intervjuguide.nb.md", text("Intervjuguide", lead="Nytt i filen."))
    write(texts, "tool/intervjuguide.en.md", text("Interview guide", lead="New in the file."))
    plant(texts, said.append)
    assert ToolPage.objects.get(pk=page.pk).lead == "En redaktør har skrevet dette."
    assert Shown.objects.get(language="en").lead == "New in the file."
