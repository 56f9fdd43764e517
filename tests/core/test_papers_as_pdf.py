"""Papers are tagged, say their language and title, are the same each time, and take every text as text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_text import opened, tags, text

from helsevev.core import papers
from helsevev.core.papers import glyphs, setting
from helsevev.core.papers.billing import number

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def about(language: str = "nb", say: Callable[[str], str] = str) -> papers.About:
    return papers.About(language, NOON, "Demo network", say)


@dataclass(frozen=True)
class Line:
    kind: str
    level: int
    label: str
    lines: tuple[str, ...] = ()
    help: str = ""
    must: bool = False
    language: str = "nb"


FORM = papers.Form(
    "Søknad om veiledning",
    [
        Line("heading", 2, "Om prosjektet", help="Fortell kort."),
        Line("question", 3, "Hva heter det?", ("Oppdiktet fjord",), must=True, help="Høyst 80 tegn."),
        Line("heading", 5, "Langt nede"),
        Line("text", 3, "En tekst mellom."),
        Line("question", 4, "Hva mangler?"),
    ],
    intro="Les dette først.\n\nOg dette.",
    facts=[("Nummer", "2026-3-0042"), ("Fingeravtrykk", "0123456789abcdef" * 4)],
    answered=True,
)
TABLE = papers.Table("Poeng", ["Kriterium", "Poeng"], [["Behov", "4,5"], ["Nytte", "3,0"]], frozenset({1}))
LETTER = papers.Letter(
    "Svar på søknad",
    ["Sekretariatet"],
    ["Oppdiktet kommune"],
    "Oslo, 22. november 2026",
    "Første avsnitt.\n\nAndre avsnitt.",
    reference="2026-3-0042",
    tables=[TABLE],
    after="Etter tabellen.",
    closing="Hilsen",
    signature=["Demo Leder"],
    enclosed=["Et vedlegg"],
)
MINUTES = papers.Minutes(
    "Referat",
    [("Tid", "i går")],
    [papers.Item("1. Sak", "Drøftet.", ["Vedtatt."], [TABLE]), papers.Item("2. Sak", decisions=["A", "B"])],
    signature=["Demo Referent"],
)
BILL = papers.Bill(
    "Regning 17",
    ["Oppdiktet helseforetak"],
    ["Oppdiktet kommune"],
    [("Forfall", "22. desember 2026")],
    [
        papers.BillLine("Liggedøgn", Decimal("312.5"), "døgn", Decimal("5310.25")),
        papers.BillLine("Rettelse", Decimal(1), "", Decimal("-0.005")),
    ],
    notes="Betal til konto.",
)
MAKERS = {
    "form": (papers.form, FORM),
    "empty": (papers.form, replace(FORM, answered=False, facts=())),
    "letter": (papers.letter, LETTER),
    "minutes": (papers.minutes, MINUTES),
    "bill": (papers.bill, BILL),
}


def made(name: str, language: str = "nb") -> bytes:
    make, paper = MAKERS[name]
    return make(paper, about(language))


def squeezed(paper: bytes) -> str:
    return re.sub(r"\s+|\u200b", "", text(paper))


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_paper_can_be_read_aloud(name: str, language: str) -> None:
    paper = made(name, language)
    with opened(paper) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert str(pdf.Root.Lang).split("-")[0] == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        with pdf.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert said["dc:title"]
            assert said["dc:creator"] == ["Demo network"]
    found = tags(paper)
    assert found[0] == "Document"
    assert found.count("H1") == 1
    assert "P" in found


def test_headings_skip_no_level() -> None:
    assert [tag for tag in tags(made("form")) if re.fullmatch(r"H\d", tag)] == ["H1", "H2", "H3"]


@pytest.mark.parametrize("name", ["letter", "minutes", "bill"])
def test_tables_have_heads(name: str) -> None:
    found = tags(made(name))
    assert found.count("TH") >= 2
    assert "Table" in found


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_data_gives_the_same_bytes(name: str) -> None:
    make, paper = MAKERS[name]
    elsewhere = papers.About("nb", NOON.astimezone(timezone(timedelta(hours=9))), "Demo network")
    assert make(paper, about()) == make(paper, about())
    assert make(paper, about()) == make(paper, elsewhere)
    later = papers.About("nb", NOON + timedelta(seconds=1), "Demo network")
    assert make(paper, about()) != make(paper, later)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("form", ["Søknad om veiledning", "2026-3-0042", "0123456789abcdef" * 4, "Receipt", "Oppdiktet fjord"]),
        ("form", ["Not answered", "Page 1 of 1", "En tekst mellom.", "Og dette."]),
        ("empty", ["Must be answered", "Høyst 80 tegn."]),
        ("letter", ["Svar på søknad", "Reference: 2026-3-0042", "Andre avsnitt.", "4,5", "Demo Leder", "Et vedlegg"]),
        ("minutes", ["Referat", "1. Sak", "Decision", "Vedtatt.", "Demo Referent"]),
        ("bill", ["Liggedøgn", "312,5 døgn", "5 310,25", "1 659 453,13", "−0,01", "1 659 453,12"]),
    ],
)
def test_every_word_is_there(name: str, words: list[str]) -> None:
    found = squeezed(made(name))
    assert [word for word in words if re.sub(r"\s", "", word) not in found] == []


def test_an_empty_form_neither_answers_nor_has_a_receipt() -> None:
    found = squeezed(made("empty"))
    assert "Notanswered" not in found
    assert "Receipt" not in found


def test_words_come_in_the_papers_language() -> None:
    found = squeezed(papers.letter(LETTER, about("nn", lambda sentence: sentence.replace("Reference", "Referanse"))))
    assert "Referanse:2026-3-0042" in found


HOSTILE = '#import "x": * *bold* $x$ `raw` <label> @ref = heading // no #sys.inputs /* no */ [#read("/etc/passwd")] \\'


@pytest.mark.parametrize("name", MAKERS)
def test_no_text_is_read_as_markup(name: str) -> None:
    make, paper = MAKERS[name]
    hostile = _all(paper, HOSTILE)
    found = squeezed(make(hostile, about()))
    assert re.sub(r"\s", "", HOSTILE) in found
    assert "root:" not in found


def _all(paper: object, words: str) -> object:
    """The paper with the words in the place of each text that it has."""
    if isinstance(paper, str):
        return words
    if isinstance(paper, (list, tuple)):
        return type(paper)(_all(part, words) for part in paper)
    if isinstance(paper, (papers.Form, papers.Letter, papers.Minutes, papers.Bill, papers.Table, papers.Item)):
        return replace(paper, **{name: _all(getattr(paper, name), words) for name in paper.__dataclass_fields__})
    if isinstance(paper, papers.BillLine):
        return replace(paper, description=words, unit=words)
    if isinstance(paper, Line):
        return replace(paper, label=words, help=words, lines=(words, words))
    return paper


ODD = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\u202e\u200d\ufe0f\u0301\u00ad\n\t#*_$`<@😀مש漢"), min_size=1
)


@settings(max_examples=60)
@given(st.sampled_from(sorted(MAKERS)), ODD)
def test_any_text_gives_a_paper(name: str, words: str) -> None:
    make, paper = MAKERS[name]
    titled = _all(paper, words)
    field = "subject" if name == "letter" else "title"
    assert make(replace(titled, **{field: f"T {words}"}), about())[:5] == b"%PDF-"


@pytest.mark.parametrize("words", ["", " ", "\u202e", "\u00ad", "\u200b \u200b", "\n\n", "\u00a0"])
@pytest.mark.parametrize("name", MAKERS)
def test_words_that_nobody_sees_break_no_paper(name: str, words: str) -> None:
    make, paper = MAKERS[name]
    field = "subject" if name == "letter" else "title"
    assert make(replace(_all(paper, words), **{field: "Title"}), about())[:5] == b"%PDF-"


def test_a_word_without_end_stays_on_the_page() -> None:
    paper = papers.letter(replace(LETTER, body="x" * 2_000), about())
    with opened(paper) as pdf:
        assert len(pdf.pages) < 3
    assert squeezed(paper).count("x" * 12) > 100


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("Čáhci đŋŧž Ελλάς Київ", "Čáhci đŋŧž Ελλάς Київ"),
        ("a\u0301", "á"),
        ("\u202eabc\x00\x07", "abc"),
        ("ｆｕｌｌ", "full"),
        ("ok 😀!", "ok [grinning face]!"),
        ("👩\u200d⚕\ufe0f", "[woman][staff of aesculapius]"),
        ("漢字", "□□"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("", ""),
    ],
)
def test_letters_that_no_font_has(given_text: str, printed: str) -> None:
    assert glyphs.shown(given_text) == printed


@given(st.text())
def test_what_is_printed_can_be_printed(words: str) -> None:
    printed = glyphs.shown(words)
    assert all(ord(letter) in glyphs.covered() or letter in glyphs.KEPT for letter in printed)
    assert glyphs.shown(printed) == printed


def test_a_paper_with_squares_explains_them() -> None:
    assert "□standsforaletter" in squeezed(papers.letter(replace(LETTER, body="漢字"), about()))
    assert "standsforaletter" not in squeezed(made("letter"))


def test_every_font_covers_the_words_of_the_papers() -> None:
    assert {ord(letter) for letter in "□•–—‘’“”«»… −→✓ÆØÅæøåéüčđŋšŧž"} <= glyphs.covered()


def test_a_table_with_a_short_row_is_no_table() -> None:
    with pytest.raises(ValueError, match="needs 2 cells"):
        papers.letter(replace(LETTER, tables=[replace(TABLE, rows=[["one"]])]), about())


def test_a_paper_needs_a_title_a_zone_and_a_language_we_speak() -> None:
    with pytest.raises(ValueError, match="title"):
        papers.letter(replace(LETTER, subject="\u200d \n"), about())
    with pytest.raises(ValueError, match="zone"):
        papers.About("nb", datetime(2026, 1, 1), "x")  # noqa: DTZ001
    with pytest.raises(ValueError, match="'sv'"):
        papers.About("sv", NOON, "x")


def test_the_bill_adds_up_what_it_shows() -> None:
    assert BILL.total == sum(line.amount for line in BILL.lines) == Decimal("1659453.12")


@pytest.mark.parametrize(
    ("amount", "language", "written"),
    [
        ("1234567.5", "nb", "1\u00a0234\u00a0567,50"),
        ("1234567.5", "en", "1,234,567.50"),
        ("-3", "nn", "−3,00"),
        ("-0.001", "nb", "0,00"),
    ],
)
def test_amounts_as_the_language_writes_them(amount: str, language: str, written: str) -> None:
    assert number(Decimal(amount), language) == written


def test_pages_as_pictures() -> None:
    pages = papers.pictures(replace(LETTER, body="Et avsnitt.\n\n" * 60), about(), ppi=20)
    assert len(pages) > 1
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_templates_read_nothing_from_outside() -> None:
    for template in Path(setting.TEMPLATES).glob("*.typ"):
        code = template.read_text(encoding="utf-8")
        assert not re.search(r"\b(read|eval|plugin|csv|yaml|toml|xml|cbor)\(|@preview|#include", code), template
