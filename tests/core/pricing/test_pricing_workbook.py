"""The workbook: recalculated by LibreOffice it comes to what the model comes to, also after its inputs are changed."""

import io
import os
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pricing_cases import READINESS, TIERS, small, take_or_pay

from helsevev.core.faults import Faulty
from helsevev.core.pricing import formulas, price, read
from helsevev.core.pricing.book import BILLS, INPUTS, MODEL, PARTNERS, QUEUE
from helsevev.core.pricing.fields import UNITS
from helsevev.core.pricing.importing import mapped, read_workbook
from helsevev.core.pricing.inputs import change, inputs
from helsevev.core.pricing.workbook import workbook

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CHANGES = {
    "centre.handling_minutes": 21.0,
    "staff.salary_nok": 612_345.0,
    "centre.hourly_contact_profile[0]": 0.3,
    "centre.hourly_contact_profile[1]": 0.4,
    "patient_groups[1].contacts_per_workday": 0.55,
    "municipalities[9003].patients.lungs": 17.0,
    "municipalities[9001].adults": 12_000.0,
}


def test_a_workbook_says_nothing_of_when_it_was_written() -> None:
    """The same case gives the same bytes, on any day."""
    with zipfile.ZipFile(io.BytesIO(workbook(read(small())))) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def schemes() -> dict[str, dict[str, Any]]:
    """One case of each kind of scheme."""
    places = take_or_pay(0.6, 0.5, small())
    places["reserved"]["9001"] = {"lungs": 50, "heart": 10}
    many = {"kind": "tiers", "tiers": [*TIERS["tiers"], {"above_coverage": 0.5, "discount": 0.45}]}
    return {
        "none": small(),
        "tiers": small(incentive=many),
        "readiness": small(incentive=READINESS),
        "take_or_pay": small(incentive=places),
    }


def write_changes(raw: bytes, file: Path) -> None:
    """Change inputs as a person would, and save without any reckoned value."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    pages = book.worksheets
    for row in pages[INPUTS].iter_rows(min_row=2):
        if row[0].value in CHANGES:
            row[2].value = CHANGES[row[0].value]
    pages[QUEUE]["B2"], pages[QUEUE]["C2"] = 0.3, 0.4
    pages[1]["D3"] = 0.55
    pages[PARTNERS]["G4"], pages[PARTNERS]["C2"] = 17, 12_000
    book.save(file)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each case's workbook with changed inputs, reckoned by LibreOffice."""
    if not SOFFICE:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice Calc is needed here: install libreoffice-calc-nogui")
        warnings.warn("LibreOffice isn't here, so no spreadsheet has checked the workbook's formulas", stacklevel=1)
        pytest.skip("LIBREOFFICE IS MISSING: install libreoffice-calc-nogui to check the workbook's formulas")
    folder = tmp_path_factory.mktemp("workbooks")
    files = []
    for kind, source in schemes().items():
        files.append(folder / f"{kind}.xlsx")
        write_changes(workbook(read(source)), files[-1])
    words = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    done = subprocess.run(
        [*words, "--outdir", str(folder / "out"), *map(str, files)], capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return {file.stem: openpyxl.load_workbook(folder / "out" / file.name, data_only=True).worksheets for file in files}


@pytest.mark.parametrize("kind", ["none", "tiers", "readiness", "take_or_pay"])
def test_a_spreadsheet_reckons_what_the_model_reckons(recalculated: dict[str, Any], kind: str) -> None:
    case = change(read(schemes()[kind]), CHANGES)
    answer, pages = price(case), recalculated[kind]
    said = answer.as_dict()
    for row, one in enumerate(formulas.MODEL, start=2):
        value: Any = said
        for step in one.place.split(".") if one.place else ():
            value = value[step]
        if one.place:
            assert pages[MODEL].cell(row, 2).value == pytest.approx(value, rel=1e-9), one.name
    assert pages[MODEL].cell(len(formulas.MODEL) + 2, 2).value == pytest.approx(answer.rates.kappa, rel=1e-12)
    for column, hour in enumerate(answer.staffing.hours, start=2):
        cells = [pages[QUEUE].cell(row, column).value for row in (3, 4, 5, 7, 8)]
        wanted = [hour.offered_erlang, hour.agents, hour.occupancy, hour.probability_of_wait, hour.service_level]
        assert cells == pytest.approx(wanted, rel=1e-9)
    for row, bill in enumerate(answer.bills, start=2):
        cells = [cell.value for cell in pages[BILLS][row]]
        assert cells[:2] == [bill.number, bill.name]
        assert cells[5:8] == pytest.approx([bill.parts.fixed, bill.parts.municipal, bill.parts.readiness], abs=0.001)
        assert cells[9:11] == pytest.approx([bill.parts.volume, bill.total_nok], abs=0.001)
        assert cells[13] == pytest.approx(bill.bill_ore / 100, abs=1e-6)
        assert cells[14:16] == pytest.approx(list(bill.marginal_patient_year_nok.values()), abs=0.001)
    total = sum(pages[BILLS].cell(row, 14).value for row in range(2, 5))
    assert total == pytest.approx(round(answer.cost.total_nok - answer.residual_nok, 2), abs=1e-6)


@pytest.mark.parametrize("kind", ["none", "tiers", "readiness", "take_or_pay"])
def test_every_formula_holds_the_value_it_had(kind: str) -> None:
    """Programs that don't reckon when they open show the same: held to the formulas by the test above."""
    case = read(schemes()[kind])
    raw = workbook(case)
    pages = openpyxl.load_workbook(io.BytesIO(raw), data_only=True).worksheets
    plain = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    answer = price(case)
    assert pages[BILLS].cell(5, 11).value == pytest.approx(sum(bill.total_nok for bill in answer.bills))
    for page, formula_page in zip(pages, plain, strict=True):
        for row in formula_page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert page[cell.coordinate].value is not None, (page.title, cell.coordinate)
    assert not any("vba" in part.lower() for part in zipfile.ZipFile(io.BytesIO(raw)).namelist())


@pytest.mark.parametrize("kind", ["none", "tiers", "readiness", "take_or_pay"])
def test_a_workbook_reads_back_as_its_case(kind: str) -> None:
    source = schemes()[kind] | {
        "notes": {"staff.salary_nok": {"low": 1.0, "source": "Invented", "owner": "Test", "date": "2026-01-01"}}
    }
    case = read(source)
    back = read(read_workbook(workbook(case)) | {"title": case.title})
    assert back == case


HOSTILE = '=HYPERLINK("http://example.invalid","x")'


def test_names_are_never_formulas() -> None:
    source = small(title=HOSTILE)
    source["municipalities"][0] |= {"name": HOSTILE}
    source["municipalities"][1] |= {"number": "=1+1", "name": "@SUM(A1)"}
    source["patient_groups"][0]["id"] = "-2+3"
    for partner in source["municipalities"]:
        partner["patients"]["-2+3"] = partner["patients"].pop("lungs")
    case = read(source)
    raw = workbook(case)
    for page in openpyxl.load_workbook(io.BytesIO(raw)).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and any(sign in cell.value for sign in ("HYPERLINK", "@SUM", "-2+3")):
                    assert cell.data_type == "s", cell.coordinate
    assert read(read_workbook(raw) | {"title": HOSTILE}) == case


def test_labels_and_sheets_are_in_the_readers_language() -> None:
    raw = workbook(read(small()), words=lambda text: f"æ {text}")
    assert openpyxl.load_workbook(io.BytesIO(raw)).sheetnames[0] == "æ Inputs"
    assert read(read_workbook(raw)).municipalities == read(small()).municipalities


def test_anothers_workbook_is_read_by_a_map_of_cells() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Ark 1"
    page["B3"], page["C4"] = 17.5, "no number"
    file = io.BytesIO()
    book.save(file)
    found = mapped(file.getvalue(), {"centre.handling_minutes": "'Ark 1'!$B$3"})
    assert change(read(small()), found).centre.handling_minutes == 17.5
    with pytest.raises(Faulty) as refused:
        mapped(file.getvalue(), {"a": "Ark 1!B9", "b": "Ark 2!B3", "c": "B3"})
    assert [str(fault) for fault in refused.value.faults] == [
        "a: the cell 'Ark 1!B9' is empty",
        "b: The workbook has no sheet 'Ark 2'. It has: Ark 1",
        "c: 'B3' isn't a cell such as Sheet1!B3",
    ]
    with pytest.raises(Faulty, match="must be a number"):
        change(read(small()), mapped(file.getvalue(), {"centre.handling_minutes": "Ark 1!C4"}))


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 broken", b"number,name\n1,2\n"])
def test_what_is_no_workbook_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(Faulty, match="can't be read as an Excel workbook"):
        read_workbook(raw)


def test_every_unit_has_a_name_that_the_catalogues_know() -> None:
    units = {one.unit for one in inputs(read(small(incentive=TIERS)))} | {one.unit for one in formulas.MODEL}
    assert units <= set(UNITS)


def test_every_name_in_a_formula_is_an_input_or_another_formula() -> None:
    known = {one.name for one in inputs(read(small()))} | {one.name for one in (*formulas.MODEL, *formulas.ROWS)}
    columns = {
        "group_patients",
        "group_contacts",
        "hour_agents",
        "months_nok",
        "weight",
        "kappa",
        "blocked",
        "patients",
    }
    columns |= {
        name for one in (*formulas.MODEL, *formulas.ROWS) for name in one.needs if name.startswith("municipality_")
    }
    for one in (*formulas.MODEL, *formulas.ROWS):
        assert set(one.needs) <= known | columns, one.name
        assert formulas.formula(one.name) == one
    assert formulas.formula("cost.total_nok") == formulas.formula("total_nok")
    assert formulas.formula("handling_minutes") is None
