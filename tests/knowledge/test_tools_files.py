"""The tools' files come from the texts beside them, and can be listened to: title, language, headings, table heads."""

import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "data" / "knowledge" / "files"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def parts(content: bytes) -> dict[str, bytes]:
    """What is in it, however well it was packed."""
    with ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_files_are_what_their_texts_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.chdir(ROOT)
    tools_files = __import__("tools_files")
    made = {name: parts(content) for name, content in tools_files.made("*")}
    for name in [one for one in sys.modules if one.startswith("tools_")]:
        monkeypatch.delitem(sys.modules, name)
    assert set(made) == {path.name for path in FILES.iterdir()}
    assert len(made) == 36
    assert [name for name, told in made.items() if told != parts((FILES / name).read_bytes())] == []


@pytest.mark.parametrize("path", sorted(FILES.glob("*.docx")), ids=lambda path: path.name)
def test_a_document_can_be_listened_to(path: Path) -> None:
    paper = Document(str(path))
    language = LANGUAGES[path.name.split(".")[1]]
    assert paper.core_properties.title
    assert paper.core_properties.language == language
    spoken = {one.get(qn("w:val")) for one in paper.styles.element.iter(qn("w:lang"))}
    assert spoken == {language}
    names = [one.style.name for one in paper.paragraphs if one.style is not None]
    assert names.count("Title") == 1
    levels = [int(name[-1]) for name in names if name.startswith("Heading")]
    assert levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in paper.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None, "a table without a head"
    for drawing in paper.element.body.iter(qn("wp:docPr")):
        assert drawing.get("descr")


@pytest.mark.parametrize("path", sorted(FILES.glob("*.xlsx")), ids=lambda path: path.name)
def test_a_workbook_can_be_listened_to(path: Path) -> None:
    book = load_workbook(path)
    assert book.properties.title
    assert book.properties.language == LANGUAGES[path.name.split(".")[1]]
    for sheet in book.worksheets:
        assert sheet["A1"].value, "a sheet begins with what it is"
        assert not sheet.title.startswith("Sheet")
        assert not sheet._images
    assert book.worksheets[0].print_title_rows, "the head isn't repeated on paper"
    assert book.worksheets[0].freeze_panes
