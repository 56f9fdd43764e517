"""`helsevev price`: what it prints where, its exit codes, and that it starts without Django."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from pricing_cases import small

from helsevev.core.pricing import price, read
from helsevev.core.pricing.command import main

EXAMPLE = Path(__file__).parent / "example.json"


def run(*words: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """The command as people run it, in a process of its own, without a data folder."""
    code = (
        "import sys; from helsevev.config.command import main; code = main(sys.argv[1:]);"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'django'], 'Django was loaded';"
        "sys.stdout.flush(); sys.exit(code)"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("HELSEVEV", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-c", code, *words], input=stdin, capture_output=True, env=environment, check=False
    )


def test_the_answer_is_json_alone_on_standard_output_without_django() -> None:
    done = run("price", str(EXAMPLE), "--draws", "300", "--seed", "4", "--fairness")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    said = json.loads(done.stdout)
    case = read(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    assert said["cost"]["total_nok"] == price(case).cost.total_nok
    assert [row["number"] for row in said["fairness"]] == [m.number for m in case.municipalities]
    assert said["uncertainty"]["draws"] == 300
    assert set(said["uncertainty"]["positions"]) == {"mean", "sd", "p2_5", "p50", "p97_5"}
    assert [row["place"] for row in said["warnings"]] == ["centre"]
    assert said["warnings"][0]["text"].startswith("One more agent in one opening hour costs 91 183 kroner a year")
    assert run("price", str(EXAMPLE), "--draws", "300", "--seed", "4", "--fairness").stdout == done.stdout


def test_faults_go_to_standard_error_one_a_line_and_nothing_to_standard_output(tmp_path: Path) -> None:
    source = small()
    source["centre"] |= {"max_occupancy": 1.4, "handling_minutes": -2}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(source), encoding="utf-8")
    done = run("price", str(file), "--format", "xlsx")
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        "centre.handling_minutes: must be above 0, is -2",
        "centre.max_occupancy: must be above 0 and at most 1, is 1.4",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "the following arguments are required: CASE.json"),
        (["case.json", "--format", "pdf"], 2, "invalid choice"),
        (["/nowhere/case.json"], 1, "/nowhere/case.json: No such file or directory"),
        ([str(EXAMPLE), "--draws", "1"], 1, "draws: at least 2 and at most 1,000,000 draws"),
        ([str(EXAMPLE), "--draws", "5", "--seed", "-1"], 1, "seed: must be at least 0, is -1"),
        ([str(EXAMPLE), "--output", "/nowhere/out.json"], 1, "/nowhere/out.json: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_a_code(
    words: list[str], code: int, said: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(words) == code
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert said in captured.err.decode()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "The file is empty"),
        (b"{", "The file isn't JSON: line 1"),
        (b'{"centre": 1, "centre": 2}', "The key 'centre' stands twice"),
        (b"[]", "must be an object with named fields, is []"),
        (b'{"title": NaN}', "title: NaN is not a number that can be kept"),
    ],
)
def test_a_file_that_is_no_case_is_refused(raw: bytes, said: str) -> None:
    done = run("price", "-", stdin=raw)
    assert done.returncode == 1
    assert done.stdout == b""
    assert said in done.stderr.decode()


def test_help_names_the_command_and_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "helsevev price case.json --draws 10000" in capsys.readouterr().out


def test_the_table_shows_bills_fairness_and_spread_and_nothing_that_a_terminal_obeys(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    source = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    source["municipalities"][0]["name"] = "Test\u009b31mvik"
    file = tmp_path / "case.json"
    file.write_text(json.dumps(source), encoding="utf-8")
    assert main([str(file), "--format", "table", "--draws", "50", "--fairness"]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert "221795.80" in shown
    assert "No group that was looked at pays more" in shown
    assert "50 draws, seed 1" in shown
    assert "\u009b" not in shown


def test_a_workbook_goes_to_a_file_or_to_standard_output(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "case.xlsx"
    assert main([str(EXAMPLE), "--format", "xlsx", "--output", str(file)]) == 0
    assert openpyxl.load_workbook(file).sheetnames[-1] == "Bills"
    assert main([str(EXAMPLE), "--format", "xlsx"]) == 0
    assert openpyxl.load_workbook(io.BytesIO(capsysbinary.readouterr().out)).sheetnames[-1] == "Bills"
    assert main([str(EXAMPLE), "--format", "xlsx", "--fairness", "--draws", "20", "--output", str(file)]) == 0
    pages = openpyxl.load_workbook(file)
    assert pages.sheetnames[-2:] == ["Fairness", "Uncertainty"]
    assert pages["Fairness"]["A2"].value == "5546"
    assert pages["Uncertainty"]["A2"].value == "total_nok"
