"""A municipality's own workbook: its named cells are looked at and taken in; a wrong name changes nothing."""

import io
import json
import re
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.toolbox.pricing.models import CaseRevision, PriceCase

CELLS = """centre.handling_minutes = Vårt ark!B3
staff.salary_nok = 'Vårt ark'!$B$4
municipalities[3228].patients.kols = Vårt ark!B5
"""


@pytest.fixture
def economist(person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.PROJECT_MEMBER, "akershus-universitetssykehus"))


def own_workbook() -> SimpleUploadedFile:
    """Inputs where nobody but its owner would look for them, one of them a formula with its value kept by the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vårt ark"
    for place, value in {"A3": "Minutter pr. henvendelse", "B3": 13.5, "B4": 701_000, "B5": 21, "B6": "ukjent"}.items():
        sheet[place] = value
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("vårt ark.xlsx", file.getvalue())


def test_cells_that_are_named_are_previewed_and_then_become_a_version(case: PriceCase, economist: Client) -> None:
    address = reverse("pricing:import", args=[case.key]).replace("/nb/", "/en/")
    seen = economist.post(address, {"file": own_workbook(), "cells": CELLS, "do": "look"}).content.decode()
    assert CaseRevision.objects.filter(case=case).count() == 1
    held = re.search(r'name="content" value="([^"]*)"', seen)
    assert held is not None
    assert economist.post(address, {"content": unescape(held[1]), "do": "take"}).status_code == 302
    made = CaseRevision.objects.get(case=case, number=2).content
    before = CaseRevision.objects.get(case=case, number=1).content
    nes = next(one for one in made["municipalities"] if one["number"] == "3228")
    assert (made["centre"]["handling_minutes"], made["staff"]["salary_nok"]) == (13.5, 701_000)
    assert nes["patients"]["kols"] == 21
    # What wasn't named stands as it stood.
    made["centre"]["handling_minutes"] = before["centre"]["handling_minutes"]
    made["staff"]["salary_nok"] = before["staff"]["salary_nok"]
    nes["patients"]["kols"] = next(one for one in before["municipalities"] if one["number"] == "3228")["patients"][
        "kols"
    ]
    assert {name: made[name] for name in made if name != "uncertainty"} == {
        name: before[name] for name in before if name != "uncertainty"
    }
    assert json.loads(unescape(held[1]))["title"] == before["title"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("centre.handling_minutes = Ark 9!B3", "The workbook has no sheet 'Ark 9'. It has: Vårt ark"),
        ("centre.handling_minutes = Vårt ark!B6", "must be a number"),
        ("centre.handling_minutes = Vårt ark!Z9", "is empty"),
        ("centre.no_such_input = Vårt ark!B3", "centre.no_such_input"),
        ("anything at all", "is no line such as"),
    ],
)
def test_a_name_that_leads_nowhere_is_said_and_changes_nothing(
    case: PriceCase, economist: Client, cells: str, said: str
) -> None:
    answer = economist.post(
        reverse("pricing:import", args=[case.key]).replace("/nb/", "/en/"),
        {"file": own_workbook(), "cells": cells, "do": "look"},
    )
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert CaseRevision.objects.filter(case=case).count() == 1
