"""What files say: every kind that pages offer; a file that is broken or lies says nothing."""

import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from helsevev.core import filewords, papers

SAID = "Sårbehandling & mer <enn> før"
FILES = Path(__file__).resolve().parents[2] / "data" / "knowledge" / "files"


def docx(path: Path) -> None:
    paper = Document()
    paper.add_table(1, 1).cell(0, 0).text = SAID
    paper.save(str(path))


def xlsx(path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["B2"] = SAID
    book.save(path)


def pptx(path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Tittel"
    slide.notes_slide.notes_text_frame.text = SAID
    show.save(str(path))


def pdf(path: Path) -> None:
    from datetime import UTC, datetime

    about = papers.About(language="nb", made_at=datetime(2026, 1, 1, tzinfo=UTC), issuer="Demo", say=str)
    path.write_bytes(papers.minutes(papers.Minutes(title="Tittel", facts=[], intro=SAID, items=[]), about))


@pytest.mark.parametrize("make", [docx, xlsx, pptx, pdf], ids=lambda make: make.__name__)
def test_what_each_kind_says(tmp_path: Path, make) -> None:
    path = tmp_path / "file"
    make(path)
    assert SAID in filewords.words(path, make.__name__).replace("\n", " ")
    path.write_bytes(path.read_bytes()[:200])
    assert filewords.words(path, make.__name__) == ""


def test_every_tool_s_file_says_something() -> None:
    for path in FILES.iterdir():
        assert len(filewords.words(path, path.suffix[1:]).split()) > 60, path.name


def test_no_more_is_taken_than_search_can_hold(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", "<w:p><w:t>ord</w:t></w:p>" * 700_000)
        packed.writestr("word/header1.xml", "<w:p><w:t>" + "x" * 30_000_000 + "</w:t></w:p>")
    assert len(filewords.words(path, "docx")) == filewords.MOST
    assert filewords.words(path, "txt") == ""
