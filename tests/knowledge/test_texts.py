"""A text file as a page: what is understood, and how what isn't is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge.banking import text

from helsevev.knowledge.pages.rules import texts
from helsevev.knowledge.pages.rules.drafting import read
from helsevev.knowledge.pages.rules.faults import Fault
from helsevev.knowledge.pages.rules.inline import inline
from helsevev.knowledge.pages.rules.videos import embedded

HEAD = '+++\ntitle = "Tittel"\nlead = "Ingress"\n+++\n'


def body(markup: str):
    return read("guide", "en-veileder.nb.md", HEAD + markup).body


def test_a_whole_text():
    draft = read("tool", "intervjuguide.nb.md", text("Intervjuguide"))
    assert (draft.slug, draft.language, draft.own["takes"]) == ("intervjuguide", "nb", "En time")
    assert [block["type"] for block in draft.body] == ["text", "callout", "table"]
    assert draft.body[0]["value"].startswith("<h2>Slik gjør du</h2><p>Snakk med <b>fem</b> pasienter.")


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("x.nb.md", "title = 1", 1, "+++"),
        ("x.nb.md", '+++\ntitle = T\nlead = "L"\n+++\n', 2, "TOML"),
        ("x.nb.md", '+++\ntitle = "T"\nlead = "L"\nfarge = "r"\n+++\n', 0, "farge"),
        ("x.nb.md", '+++\ntitle = 5\nlead = "L"\n+++\n', 0, "title"),
        ("x.nb.md", HEAD + "# For stor", 5, "Headings"),
        ("x.nb.md", HEAD + ":::callout\nIkke lukket", 5, ":::"),
        ("x.nb.md", HEAD + "| a | b |\n|---|---|\n| c |", 7, "cells"),
        ("x.nb.md", HEAD + ':::video address="javascript:x" title="y"\n:::', 5, "https"),
        ("x.sv.md", HEAD, 0, "nb, nn or en"),
    ],
)
def test_a_fault_is_told_with_its_line(name, content, line, said):
    with pytest.raises(Fault) as raised:
        read("guide", name, content)
    assert raised.value.line == line
    assert said in str(raised.value)


def test_phases_and_videos():
    phase, video = body(
        ':::phase insight title="Innsikt" takes="4 uker"\n1. Spør\n2. Lytt\n:::\n'
        ':::video address="https://www.youtube.com/watch?v=abcdefghijk" title="Film"\n:::'
    )
    assert phase["value"]["text"] == "<ol><li>Spør</li><li>Lytt</li></ol>"
    assert embedded(video["value"]["address"]) == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert embedded("https://example.invalid/film.mp4") == ""


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_no_text_becomes_markup_of_its_own(words):
    made = inline(words)
    for tag in ("<b>", "</b>", "<i>", "</i>", "</a>"):
        made = made.replace(tag, "")
    made = texts.LINK.sub("", made)
    assert "<" not in made.replace('">', "")


@given(st.lists(st.text(st.sampled_from("abc <>&#|:*-[]()\n\"'"), max_size=60), max_size=8))
@settings(max_examples=100)
def test_anything_is_read_or_refused(lines):
    try:
        blocks = body("\n".join(lines))
    except Fault:
        return
    assert texts.words(blocks) is not None


def test_anchors_are_never_alike():
    shown, outline = texts.anchored("<h2>Mål</h2><h2>Mål</h2><h3>Ærlig &amp; åpen</h3>")
    assert [one.anchor for one in outline] == ["s-mal", "s-mal-2", "s-aerlig-apen"]
    assert 'id="s-mal-2"' in shown


def test_a_hundred_thousand_words_are_read():
    long = "\n\n".join(["ord " * 100] * 1_000)
    assert texts.minutes(texts.words(body(long))) == 500
