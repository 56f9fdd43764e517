"""Pages of other sites become drafts, and whoever imports is told what was left out."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from helsevev.core.words import Refused
from helsevev.knowledge.pages.forms import pages
from helsevev.knowledge.pages.models import NewsPage
from helsevev.knowledge.pages.rules.importing import Page, understand

WORD = """<h2 class=MsoNormal style='mso-list:l0'>Fra Word<o:p></o:p></h2><!--[if gte mso 9]><xml>x</xml><![endif]-->
<p class=MsoNormal><span style='color:red'>Et <b>viktig</b> avsnitt</span> med <a href="javascript:alert(1)">lenke</a>
og <a href="https://example.invalid/">en til</a>.</p><script>alert(1)</script><img src=x onerror=alert(1)>
<ul><li>ett</li><li>to</li></ul><table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>
<iframe src="https://www.youtube.com/embed/abcdefghijk" title="Film"></iframe>
<iframe src="https://example.invalid/"></iframe>"""
WORDPRESS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><language>nb-NO</language><item><title>Gammel nyhet</title>
<link>https://old.example.invalid/2020/gammel-nyhet/</link><content:encoded><![CDATA[Første.

Andre.]]></content:encoded><wp:post_name>gammel-nyhet</wp:post_name><wp:post_type>post</wp:post_type></item>
<item><title>Vedlegg</title><wp:post_type>attachment</wp:post_type></item></channel></rss>"""
BODY = {"processed": "<p>Hei.</p>", "summary": ""}
PATH = {"alias": "/prosjekt/fra-drupal"}
NODE = {"type": "node", "attributes": {"title": "Fra Drupal", "langcode": "nn", "path": PATH, "body": BODY}}


def test_markup_from_word_keeps_what_it_says_alone():
    made = understand(Page("Tittel", WORD))
    assert [block["type"] for block in made.blocks] == ["text", "table", "video"]
    said = made.blocks[0]["value"]
    assert said.startswith("<h2>Fra Word</h2><p>Et <b>viktig</b> avsnitt med lenke og")
    assert '<a href="https://example.invalid/">en til</a>' in said
    assert not [word for word in ("mso", "javascript", "alert") if word in said]
    assert made.left_out == {"script": 1, "picture": 1, "iframe": 1} | {
        name: number for name, number in made.left_out.items() if name.startswith("o:")
    }


def test_a_page_nested_without_end_is_taken_as_far_as_it_goes():
    made = understand(Page("Dyp", "<div>" * 300 + "bunn" + "</div>" * 300))
    assert made.left_out["nested too deeply"] == 1


@pytest.mark.parametrize(("name", "content"), [("a.xml", WORDPRESS), ("b.json", json.dumps({"data": [NODE]}))])
def test_exports_become_drafts_once(bank, tmp_path, capsys, name, content):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    call_command("load_pages", str(file))
    assert "1 drafts made, 0 left" in capsys.readouterr().out
    page = NewsPage.objects.get()
    assert not page.live
    assert Client().get(f"/nb/knowledge/{page.slug}/").status_code == 404
    call_command("load_pages", str(file))
    assert "0 drafts made, 1 left" in capsys.readouterr().out


def test_an_old_address_leads_to_the_new_page(bank, tmp_path, capsys):
    (tmp_path / "a.xml").write_text(WORDPRESS, encoding="utf-8")
    call_command("load_pages", str(tmp_path / "a.xml"))
    NewsPage.objects.get().latest_revision.publish()
    answer = Client().get("/2020/gammel-nyhet/", follow=True)
    assert answer.redirect_chain[-1][0] == "/nb/knowledge/gammel-nyhet/"
    assert "Andre." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", "<rss><!DOCTYPE x></rss>"),
        ("a.xml", '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss>&e;</rss>'),
        ("a.json", "{"),
        ("a.json", '{"data": 5}'),
        ("a.txt", "hei"),
    ],
)
def test_what_is_none_of_these_is_refused(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(Refused):
        pages(tmp_path / name)
