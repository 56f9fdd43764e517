"""Import from Excel in the browser: fetch, change, send back, look, and take in; everything or nothing, and once."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from filling import AT, Filled
from reading import read

from helsevev.network.portfolio import queries
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Import, Project

IMPORT = f"{AT}import/"
KEY = "mila-2026"


@pytest.fixture
def staff(portfolio, cast):
    return cast["secretariat"]


def project(key=KEY):
    return Project.objects.get(initiative__key=key)


def fetched(browser, what="portfolio", language="en"):
    answer = browser.get(f"/{language}/portfolio/import/{what}.xlsx")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def bytes_of(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return bytes_of(book)


def sent(browser, content, name="portfolio.xlsx"):
    return browser.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def looked(browser, content):
    """The preview of a sheet that has no faults."""
    answer = sent(browser, content)
    assert answer.status_code == 302, read(answer.content).one("main").words
    return answer["Location"], browser.get(answer["Location"])


def stats(answer):
    """How many would be made, changed and left."""
    page = read(answer.content)
    return [int(one.words) for one in page.all("p", class_="stat-value")]


def take_in(browser, address, preview):
    form = Filled.on(browser, preview, action=f"{address}take-in/")
    return browser.post(form.address, form.fields)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_portfolio_as_it_stands_differs_in_nothing_when_it_comes_back(staff, language):
    _address, preview = looked(staff, bytes_of(fetched(staff, language=language)))
    assert stats(preview) == [0, 0, 85]
    assert "says what stands already" in read(preview.content).words


def test_the_template_explains_every_column_and_offers_what_can_be_chosen(staff):
    book = fetched(staff, "template")
    projects, choices, about = book.worksheets[0], book["choices"], book.worksheets[-1]
    assert projects.max_row == 1
    headings = [cell.value for cell in projects[1]]
    assert headings[:3] == ["Key", "Title", "Title in Nynorsk"]
    explained = {row[0].value for row in about.iter_rows(min_row=2)}
    assert set(headings) <= explained
    lists = projects.data_validations.dataValidation
    offered = {str(one.sqref).split("2:", maxsplit=1)[0]: one.formula1 for one in lists}
    assert len(offered) == 5
    column = next(cell.column_letter for cell in projects[1] if cell.value == "Kind of support")
    place = offered[column].removeprefix("='choices'!").removeprefix("'choices'!").replace("$", "")
    assert [row[0].value for row in choices[place]][-1] == "\N{EN DASH}"
    assert {"figures", "phases", "log", "milestones", "deliverables"} <= set(book.sheetnames)


def test_what_a_sheet_would_do_is_shown_field_by_field_and_nothing_has_changed(staff):
    content = sheet(
        ["id", "title", "title_en", "award_year"], [KEY, "", "A better title", 2027], ["brand-new", "Ny", "New", ""]
    )
    _address, preview = looked(staff, content)
    assert stats(preview) == [1, 1, 0]
    page = read(preview.content).one("main")
    changed = next(one for one in page.all("section") if KEY in one.words)
    assert [one.words for one in changed.all("dt")] == ["Title in English", "Award year"]
    assert "2026" in changed.all("del")[-1].words
    assert "2027" in changed.all("ins")[-1].words
    assert project().version == 1
    assert not Project.objects.filter(initiative__key="brand-new").exists()


def test_taking_in_does_what_was_shown_once_and_leads_to_the_history(staff):
    address, preview = looked(
        staff, sheet(["id", "title", "title_en"], [KEY, "", "A better title"], ["brand-new", "Ny", "New"])
    )
    form = Filled.on(staff, preview, action=f"{address}take-in/")
    answers = [staff.post(form.address, form.fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    result = staff.get(answers[0]["Location"])
    assert stats(result) == [1, 1, 0]
    links = [one.attributes["href"] for one in read(result.content).one("main").all("a")]
    assert f"{AT}{KEY}/history/" in links
    assert f"{AT}brand-new/" in links
    assert queries.fields(KEY)["title_en"] == "A better title"
    revision = project().revisions.first()
    assert (revision.via, revision.number) == ("excel", 2)
    assert "Taken in from Excel" in staff.get(f"{AT}{KEY}/history/").content.decode()
    assert Import.objects.get().rows == []


def test_what_others_change_while_one_looks_is_shown_before_it_is_taken_in(staff):
    address, preview = looked(staff, sheet(["id", "title_en"], [KEY, "From the sheet"]))
    change(project(), {"title_en": "Meanwhile"}, "system:test")
    answer = take_in(staff, address, preview)
    assert answer.status_code == 409
    page = read(answer.content).one("main")
    assert "Something has changed since you looked" in page.words
    assert "Meanwhile" in page.words
    assert queries.fields(KEY)["title_en"] == "Meanwhile"
    assert take_in(staff, address, answer).status_code == 302
    assert queries.fields(KEY)["title_en"] == "From the sheet"


def test_every_fault_is_told_with_its_row_and_column_and_nothing_is_held(staff):
    content = sheet(
        ["id", "Title", "Award year", "Owner", "Continues"],
        [KEY, "", "twenty", "", ""],
        ["mila-2025", "", "", "Nowhere kommune", ""],
        ["fonna-bu", "", "", "", "no-such"],
        [KEY, "x", "", "", ""],
        ["NOT AN ID", "x", "", "", ""],
    )
    answer = sent(staff, content)
    assert answer.status_code == 422
    lines = [one.words for one in read(answer.content).one("div", class_="ds-error-summary").all("li")]
    assert any(line.startswith("Row 2, Award year:") and "is not a year" in line for line in lines), lines
    assert any(line.startswith("Row 3, Owner:") and "Nobody is known" in line for line in lines)
    assert any(line.startswith("Row 4, Continues:") for line in lines)
    assert any("already used" in line for line in lines)
    assert any("is not an id" in line for line in lines)
    assert not Import.objects.exists()
    assert project().version == 1


REFUSED = [
    (b"", "empty"),
    (b"\x00\x01\x02", "neither a workbook nor text"),
    (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old .xls format"),
    (b"PK\x03\x04 broken", "can't be read"),
    (b"name;other\nx;y\n", "no column for the id"),
    (b"id,id\na,b\n", "Two columns"),
    (b'id,title\n"open,quote\n', "quotation mark"),
]


@pytest.mark.parametrize(("content", "why"), REFUSED)
def test_what_is_no_table_is_refused_with_a_sentence(staff, content, why):
    answer = sent(staff, content)
    assert answer.status_code == 422
    assert why in read(answer.content).one("main").words
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_or_missing_is_refused(staff):
    answer = sent(staff, b"id,title\n" + b"x" * 10_000_001)
    assert answer.status_code == 422
    assert "larger than 10 MB" in read(answer.content).words
    assert staff.post(IMPORT).status_code == 422


def test_csv_as_a_norwegian_spreadsheet_writes_it_is_taken_too(staff):
    address, preview = looked(staff, "id;title_en\r\nmila-2026;Ærlig talt\r\n".encode("cp1252"))
    assert take_in(staff, address, preview).status_code == 302
    assert queries.fields(KEY)["title_en"] == "Ærlig talt"


def test_hostile_cells_are_shown_literally_and_kept_as_they_are(staff):
    hostile = "=cmd|'/c calc'!A1<script>alert(1)</script>{{ 7*7 }}"
    address, preview = looked(staff, sheet(["id", "title_en"], [KEY, hostile]))
    assert "<script>alert(1)" not in preview.content.decode()
    assert hostile in read(preview.content).words
    take_in(staff, address, preview)
    assert queries.fields(KEY)["title_en"] == hostile
    book = fetched(staff)
    cell = next(row[3] for row in book.worksheets[0].iter_rows() if row[0].value == KEY)
    assert (cell.value, cell.data_type) == (hostile, "s")


def test_a_sheet_is_its_own_persons_alone(staff, cast):
    address, preview = looked(staff, sheet(["id", "title_en"], [KEY, "Mine"]))
    for who, browser in cast.items():
        if who != "secretariat":
            assert browser.get(address).status_code == 404, who
            assert browser.post(f"{address}take-in/", {"agreed": "x"}).status_code == 404, who
    assert staff.get(f"{IMPORT}{uuid4()}/").status_code == 404
    assert staff.post(f"{address}take-in/", {"agreed": "something else"}).status_code == 409
    assert project().version == 1
    assert preview.status_code == 200


def test_entries_of_one_project_are_replaced_and_others_left(staff):
    book = fetched(staff)
    log = book["log"]
    rows = [[cell.value for cell in row] for row in log.iter_rows(min_row=2)]
    log.delete_rows(2, log.max_row)
    for row in [*[row for row in rows if row[0] == KEY][:1], [KEY, "2026-04", "Fra arket", None, None, None]]:
        log.append(row)
    address, preview = looked(staff, bytes_of(book))
    assert stats(preview) == [0, 1, 84]
    take_in(staff, address, preview)
    assert [entry["nb"] for entry in queries.fields(KEY)["log"]][-1] == "Fra arket"
    assert len(queries.fields(KEY)["log"]) == 2
