"""`helsevev search` as it is called: what goes in, what comes out, and what is refused."""

import json
from pathlib import Path

import pytest

from helsevev.core.search.command import main

CORPUS = [
    {"id": "a", "title": "Sårbehandling på video", "body": "Sykepleier og poliklinikk", "tags": ["sår"], "year": 2024},
    {"id": "b", "title": "Digital hjemmeoppfølging", "body": "For kols", "language": "nb"},
    {"id": "c", "title": "Digital heimeoppfølging", "body": "For kols og hjartesvikt", "lang": "nn"},
    {"id": 7, "title": "", "body": "", "tags": None, "language": None},
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in CORPUS), encoding="utf-8")
    return corpus, tmp_path / "queries.jsonl"


def run(files: tuple[Path, Path], *more: str) -> int:
    return main(["--corpus", str(files[0]), "--queries", str(files[1]), *more])


def answers(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_one_line_for_each_query_in_order(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[1].write_bytes(
        '\ufeff{"qid":"1","query":"hjemmeoppfølging","kind":"x"}\r\n\n{"qid":2,"query":""}\n'
        '{"qid":"1","query":"behandling av sår"}'.encode()
    )
    assert run(files) == 0
    said = capsys.readouterr()
    found = answers(said.out)
    assert [one["qid"] for one in found] == ["1", 2, "1"]
    assert set(found[0]["docs"]) == {"b", "c"}  # type: ignore[call-overload]
    assert found[1] == {"qid": 2, "docs": []}
    assert found[2]["docs"] == ["a"]
    assert "4 documents" in said.err
    assert run(files) == 0
    assert capsys.readouterr().out == said.out


def test_at_most_so_many(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[1].write_text('{"qid":"1","query":"kols"}\n', encoding="utf-8")
    assert run(files, "--top", "1") == 0
    assert len(answers(capsys.readouterr().out)[0]["docs"]) == 1  # type: ignore[arg-type]


def test_a_document_is_never_like_itself(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[1].write_text(
        '{"qid":"1","doc":"b"}\n{"qid":"2","doc":7}\n{"qid":"3","query":"Oppfølging heime av dei med kols"}\n',
        encoding="utf-8",
    )
    assert run(files, "--similar") == 0
    first, empty, text = answers(capsys.readouterr().out)
    assert first["docs"] == ["c"]
    assert empty["docs"] == []
    assert set(text["docs"]) == {"b", "c"}  # type: ignore[call-overload]


BAD = [
    (b'{"qid":"1","query":"x"}\n{"qid":"2"}\n', "queries.jsonl:2: query is missing"),
    (b'{"qid":"1","query":7}\n', "queries.jsonl:1: query must be a text, not 7"),
    (b"[1]\n", "queries.jsonl:1: A line must be a JSON object, not [1]"),
    (b'{"qid":"1",\n', "queries.jsonl:1: This isn't JSON: "),
    (b'{"qid":"1","query":"\xff"}\n', "queries.jsonl:1: Byte 21 isn't UTF-8"),
    (b'{"qid":null,"query":"x"}\n', "queries.jsonl:1: qid must be a text, not null"),
    (b'{"qid":"\\ud800","query":"x"}\n', "queries.jsonl:1: qid holds a character that can't be kept: U+D800"),
    (b"[" * 100_000 + b"\n", "queries.jsonl:1: This can't be read as JSON"),
]


@pytest.mark.parametrize(("raw", "why"), BAD)
def test_a_bad_line_is_named_and_nothing_is_answered(
    files: tuple[Path, Path], raw: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files[1].write_bytes(raw)
    assert run(files) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert why in said.err


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id":"a","title":"","body":""}', "corpus.jsonl:5: An earlier line has the id 'a' too"),
        ('{"id":"d","title":"x"}', "corpus.jsonl:5: body is missing"),
        ('{"id":"d","title":"x","body":"","tags":"x"}', "corpus.jsonl:5: tags must be a list of texts, not 'x'"),
        ('{"id":true,"title":"x","body":""}', "corpus.jsonl:5: id must be a text, not true"),
    ],
)
def test_a_bad_document_is_named(
    files: tuple[Path, Path], line: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files[0].write_text(files[0].read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    files[1].write_text('{"qid":"1","query":"x"}\n', encoding="utf-8")
    assert run(files) == 1
    said = capsys.readouterr()
    assert (said.out, why in said.err) == ("", True)


def test_a_document_that_is_not_there_is_named(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[1].write_text('{"qid":"1","doc":"z"}\n{"qid":"2"}\n', encoding="utf-8")
    assert run(files, "--similar") == 1
    assert "queries.jsonl:1: The corpus has no document 'z'" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--top", "0"], ["--top", "x"], ["--unknown"]])
def test_wrong_usage(files: tuple[Path, Path], more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, *more) == 2
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files) == 1
    assert "queries.jsonl" in capsys.readouterr().err
