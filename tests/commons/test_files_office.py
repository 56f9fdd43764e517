"""Office documents are looked into like everything else that is sent in."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from helsevev.core.inspection import Reason, inspect


def docx() -> bytes:
    made = Document()
    made.core_properties.author = "Kari Demo"
    made.add_paragraph("Intervjuguide")
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def with_part(content: bytes, name: str, inside: bytes) -> bytes:
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr(name, inside)
    return held.getvalue()


def looked_into(tmp_path: Path, content: bytes, kind: str = "docx"):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(content)
    return inspect(source, target, kind), target


def test_a_document_is_kept_without_the_names_of_those_who_made_it(tmp_path):
    answer, target = looked_into(tmp_path, docx())
    assert answer.reason is None
    assert [one.text for one in Document(str(target)).paragraphs] == ["Intervjuguide"]
    assert b"Kari Demo" not in b"".join(
        zipfile.ZipFile(target).read(name) for name in zipfile.ZipFile(target).namelist()
    )


def test_a_workbook_is_kept(tmp_path):
    held = io.BytesIO()
    Workbook().save(held)
    assert looked_into(tmp_path, held.getvalue(), "xlsx")[0].reason is None


@pytest.mark.parametrize(
    ("name", "inside", "reason"),
    [
        ("word/vbaProject.bin", b"x", Reason.ACTIVE),
        ("word/embeddings/oleObject1.bin", b"x", Reason.ACTIVE),
        ("../outside.xml", b"<a/>", Reason.UNREADABLE),
        ("word/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", Reason.UNREADABLE),
        ("word/bomb.xml", b"0" * 70_000_000, Reason.TOO_COMPLEX),
        (
            "word/_rels/x.rels",
            b'<Relationship Id="1" Type="x/attachedTemplate" Target="https://a.invalid/t" TargetMode="External"/>',
            Reason.ACTIVE,
        ),
        (
            "word/_rels/x.rels",
            b'<Relationship Id="1" Type="x/hyperlink" Target="file:///etc/passwd" TargetMode="External"/>',
            Reason.ACTIVE,
        ),
    ],
)
def test_what_runs_or_reaches_out_is_refused(tmp_path, name, inside, reason):
    answer, target = looked_into(tmp_path, with_part(docx(), name, inside))
    assert answer.reason is reason
    assert not target.exists()


def test_a_document_that_says_it_is_another_kind_is_refused(tmp_path):
    assert looked_into(tmp_path, docx(), "xlsx")[0].reason is Reason.WRONG_KIND


def test_what_is_no_package_at_all_is_refused(tmp_path):
    assert looked_into(tmp_path, b"PK\x03\x04 and nothing more")[0].reason is Reason.UNREADABLE
