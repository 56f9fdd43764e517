"""What strangers put into files is taken out, or the file is refused; here without the process around it."""

import re
import subprocess
import sys
import warnings
from io import BytesIO
from pathlib import Path

import hostile_pdf
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from helsevev.core.inspection import Answer, Reason, Removed, inspect
from helsevev.core.inspection.__main__ import look
from helsevev.core.inspection.active import NEVER


def looked(content: bytes, folder: Path, kind: str = "pdf") -> tuple[Answer, Path]:
    source, target = folder / "source", folder / "target"
    source.write_bytes(content)
    target.unlink(missing_ok=True)
    return look(kind, source, target), target


def everything_in(file: Path) -> bytes:
    """All that the file holds, unpacked."""
    with pikepdf.open(file) as pdf, warnings.catch_warnings(action="ignore"):
        out = BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
        return out.getvalue()


@pytest.mark.parametrize("name", hostile_pdf.ACTIVE)
def test_what_acts_is_taken_out(name: str, tmp_path: Path) -> None:
    answer, target = looked(hostile_pdf.ACTIVE[name](), tmp_path)
    kept = everything_in(target)
    assert hostile_pdf.SECRET.encode() not in kept
    assert b"A plan 0" in kept
    assert b"Helvetica" in kept
    assert answer.reason is None
    assert answer.removed


CHEAP = {name: one for name, one in hostile_pdf.REFUSED.items() if name not in hostile_pdf.HEAVY}


@pytest.mark.parametrize("name", CHEAP)
def test_what_cannot_be_shown_safely_is_refused(name: str, tmp_path: Path) -> None:
    make, why = CHEAP[name]
    answer, target = looked(make(), tmp_path)
    assert answer == Answer(Reason[why])
    assert not target.exists()


def test_the_title_stays_for_those_who_listen(tmp_path: Path) -> None:
    _answer, target = looked(hostile_pdf.with_maker(), tmp_path)
    with pikepdf.open(target) as pdf:
        assert dict(pdf.docinfo) == {"/Title": "Plan"}


def test_the_same_file_gives_the_same_copy(tmp_path: Path) -> None:
    first = looked(hostile_pdf.plain(pages=3), tmp_path)[1].read_bytes()
    assert looked(hostile_pdf.plain(pages=3), tmp_path)[1].read_bytes() == first


def test_links_inside_the_file_stay(tmp_path: Path) -> None:
    inside = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([]))
    answer, target = looked(hostile_pdf.annotated(A=inside), tmp_path)
    assert answer == Answer(pages=1)
    assert b"GoTo" in everything_in(target)


def test_an_answer_comes_back_as_it_was_said() -> None:
    said = Answer(None, 3, (Removed.SCRIPTS, Removed.LINKS))
    assert Answer.read(said.written()) == said
    assert Answer.read(Answer(Reason.ENCRYPTED).written()).reason is Reason.ENCRYPTED


def program(folder: Path, does: str) -> str:
    """Something else in the place of the process that looks into files."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize(
    ("does", "reason"),
    [("kill -9 $$", Reason.TOO_COMPLEX), ("exec sleep 60", Reason.TOO_COMPLEX), ("echo '[]'", Reason.UNREADABLE)],
)
def test_a_process_that_dies_hangs_or_babbles(does: str, reason: Reason, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("helsevev.core.inspection.sys.executable", program(tmp_path, does))
    monkeypatch.setattr("helsevev.core.inspection.WALL_SECONDS", 0.3)
    assert inspect(tmp_path / "a", tmp_path / "b", "pdf") == Answer(reason)


def test_every_active_key_is_written_as_a_name() -> None:
    assert all(re.fullmatch(r"/\w+", key) for key in NEVER)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_is_drawn_anew_without_its_notes(kind: str, tmp_path: Path) -> None:
    out, notes = BytesIO(), Image.Exif()
    notes[0x010E], notes[0x0112] = hostile_pdf.SECRET, 6
    Image.new("RGB", (40, 20), "teal").save(out, format=kind, exif=notes)
    answer, target = looked(out.getvalue() + b"<script>" + hostile_pdf.SECRET.encode(), tmp_path, kind)
    assert answer == Answer(removed=(Removed.METADATA,))
    assert hostile_pdf.SECRET.encode() not in target.read_bytes()
    with Image.open(target) as drawn:
        assert drawn.size == (20, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_sort(mode: str, tmp_path: Path) -> None:
    out = BytesIO()
    Image.new(mode, (3, 3)).save(out, format="png")
    assert looked(out.getvalue(), tmp_path, "png")[0] == Answer()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff" + bytes(50), b""])
@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_broken_picture_is_refused(content: bytes, kind: str, tmp_path: Path) -> None:
    assert looked(content, tmp_path, kind)[0].reason is Reason.UNREADABLE


def test_a_picture_that_is_a_wall_is_refused(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, format="png")
    assert looked(out.getvalue(), tmp_path, "png")[0] == Answer(Reason.TOO_COMPLEX)


ACTIVE = hostile_pdf.ACTIVE["counts in its form"]()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(8, len(ACTIVE) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_file_is_cleaned_or_refused(tmp_path: Path, damage: list[tuple[int, int]]) -> None:
    """Whatever happens to a file on its way, what is kept of it does nothing."""
    content = bytearray(ACTIVE)
    for place, value in damage:
        content[place] = value
    answer, target = looked(bytes(content), tmp_path)
    if answer.reason is None:
        assert b"app.alert" not in everything_in(target)


def test_a_process_isnt_charged_with_what_the_one_that_started_it_holds():
    """Linux hands `ru_maxrss` on: a damaged file sent to a server that holds much was called too complex."""
    held = bytearray(400_000_000)
    held[::4096] = bytes(len(held[::4096])).replace(b"\0", b"1")
    ask = "from helsevev.core.inspection.bounds import peak_memory; print(peak_memory())"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert int(told) < len(held) // 4
