"""A workbook is read as the file is read: a sheet that was fetched can be changed and sent back."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.commons.initiatives.queries import taxonomy
from helsevev.commons.people.models import Organisation
from helsevev.core.faults import Faulty
from helsevev.core.words import Refused
from helsevev.network.portfolio import forms, queries
from helsevev.network.portfolio.actions import change, load, preview
from helsevev.network.portfolio.models import Project


@pytest.fixture
def ground(db):
    load_taxonomy()
    Organisation.objects.create(key="lillevik-kommune", name="Lillevik", kind="municipality")
    Organisation.objects.create(key="storvik-kommune", name="Storvik", kind="municipality")
    row = {"id": "one", "title": "Prosjekt", "owner": "Lillevik", "themes": ["KOLS"], "figures": {"a": 1}}
    load(forms.read(json.dumps({"projects": [row]}).encode()))


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(content):
    return forms.read_workbook(content, taxonomy())


def taken(**sheets):
    return load(read(workbook(**sheets)).incoming, via="excel", actor="person-a")


def test_each_column_is_known_by_field_key_or_label_in_any_language(ground):
    rows = [
        [
            "Key",
            "title",
            "Title in English",
            "owner",
            "Partners",
            "award_year",
            "Award round",
            "status",
            "Status as of",
        ],
        ["one", "Nytt navn", "New name", "Storvik", "Lillevik; politi", 2025.0, 3, "Closed", 2025],
    ]
    report = taken(portfolio=rows)
    assert report.changed == {"one": ["title", "title_en", "owners", "partners", "award_year", "award_round", "status"]}
    found = queries.document("one")
    assert found["owner"] == "Storvik"
    assert found["partners"] == ["Lillevik", "politi"]
    assert found["awarded"] == {"year": 2025, "round": 3}
    assert found["status"] == "closed-2025"


def test_an_empty_cell_leaves_what_stands_and_a_dash_says_not_stated(ground):
    taken(portfolio=[["id", "owner", "themes"], ["one", "", "–"]])
    found = queries.document("one")
    assert (found["owner"], found["themes"]) == ("Lillevik", [])


def test_what_a_person_states_in_a_sheet_counts_as_entered_by_a_person(ground):
    change(Project.objects.get(), {"phase_note": "edited", "kind": "spread"}, "person-b")
    told = preview(read(workbook(portfolio=[["id", "phase_note", "kind"], ["one", "from the sheet", "-"]])).incoming)
    assert told.rows[0].changes["phase_note"] == {"before": "edited", "after": "from the sheet"}
    assert told.rows[0].kept == ["kind"]
    taken(portfolio=[["id", "phase_note", "kind"], ["one", "from the sheet", "-"]])
    report = load(forms.read(b'{"projects": [{"id": "one", "phase_note": "from the file"}]}'))
    assert report.kept == {"one": ["phase_note"]}


def test_sheets_of_entries_become_whole_fields_and_projects_without_rows_are_left(ground):
    taken(
        portfolio=[["id", "title"], ["one", ""], ["two", "Nytt"]],
        figures=[
            ["id", "what", "value", "unit", "as_of"],
            ["two", "visits", 12, "per uke", "2025-06"],
            ["two", "ages", "[13, 25]", None, None],
        ],
        phases=[["id", "phase", "on", "how", "as_of"], ["two", "piloting", 2025, "actual", "yes"]],
        log=[["id", "on", "nb"], ["two", "2024-02", "Startet"], ["two", "2023", "Søkt"]],
    )
    two = queries.document("two")
    assert two["figures"] == {"visits": {"value": 12, "unit": "per uke", "as_of": "2025-06"}, "ages": [13, 25]}
    assert two["phases"] == [{"phase": "piloting", "on": "2025", "how": "actual", "as_of": True}]
    assert [entry["nb"] for entry in two["log"]] == ["Søkt", "Startet"]
    assert queries.document("one")["figures"] == {"a": 1}


def test_faults_name_the_row_of_the_sheet_and_all_come_at_once(ground):
    told = preview(
        read(
            workbook(
                portfolio=[
                    ["id", "owner", "award_year", "listing"],
                    ["one", "Qxz", "soon", ""],
                    ["one", "Lillevik", 2025, ""],
                    ["", "Lillevik", 2025, "Nowhere"],
                ],
                figures=[["id", "what", "value"], ["missing", "a", 1], ["one", "b", "[NaN]"]],
            )
        ).incoming
    )
    assert [str(fault) for fault in told.faults] == [
        "figures[3]: NaN is not a number that can be kept",
        "row[2].awarded.year: 'soon' is not a year",
        "row[3].id: The id 'one' is already used by row[2]",
        "row[4].id: 'id' is missing",
        "row[4].listing: There is no list 'Nowhere'",
        "figures: The first sheet has no row with the id 'missing'",
    ]


def test_headings_that_mean_nothing_are_told_and_not_read(ground):
    book = read(workbook(portfolio=[["id", "Last changed", "tittel?"], ["one", "2025-01-01", "x"]]))
    assert book.ignored == ["Last changed", "tittel?"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["title"], ["x"]], "The sheet has no column for the id"),
        ([["id", "Key"], ["a", "b"]], "Two columns are called 'id'"),
    ],
)
def test_a_sheet_without_one_id_column_is_refused(ground, rows, sentence):
    with pytest.raises(Faulty, match=sentence):
        read(workbook(portfolio=rows))


def test_a_csv_file_does_as_well(ground):
    book = read(b"id;title\none;Fra tekst\n")
    load(book.incoming, via="excel", actor="person-a")
    assert queries.document("one")["title"] == "Fra tekst"


def test_a_package_that_swells_is_refused_before_it_is_unpacked(ground):
    swelling = io.BytesIO(workbook(portfolio=[["id"], ["one"]]))
    with zipfile.ZipFile(swelling, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b" " * 80_000_000)
    with pytest.raises(Refused, match="unpacks to more than"):
        read(swelling.getvalue())
