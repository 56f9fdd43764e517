"""A case: its versions, drafts and faults, what its sliders answer, its files, its population, and the shelf."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.commons.shelf.models import Item, Taking
from helsevev.commons.shelf.queries import faults as shelf_faults
from helsevev.core import charts, pricing
from helsevev.core.pricing import formulas
from helsevev.core.pricing.inputs import inputs
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import cases as actions
from helsevev.toolbox.pricing.actions import shelving
from helsevev.toolbox.pricing.forms import sliding
from helsevev.toolbox.pricing.forms.partners import NewPartners
from helsevev.toolbox.pricing.models import CaseDraft, CaseRevision, PopulationTable, PriceCase
from helsevev.toolbox.pricing.queries import agreements, people
from helsevev.toolbox.pricing.queries.explained import Seen
from helsevev.toolbox.pricing.queries.explained_rows import explained_row
from helsevev.toolbox.pricing.rules.keyed import changed, differences, taken_back
from helsevev.toolbox.pricing.rules.numbers import linked, number, written

OWNER = "akershus-universitetssykehus"


def content(case: PriceCase) -> dict[str, Any]:
    found: dict[str, Any] = CaseRevision.objects.get(case=case, number=case.version).content
    return found


def with_salary(case: PriceCase, nok: object) -> dict[str, Any]:
    held = content(case)
    return held | {"staff": held["staff"] | {"salary_nok": nok}}


def page(name: str, *words: object) -> str:
    return reverse(f"pricing:{name}", args=words).replace("/nb/", "/en/")


@pytest.fixture
def economist(person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.PROJECT_MEMBER, OWNER))


@pytest.fixture
def initiative(case: PriceCase) -> Initiative:
    made = Initiative.objects.create(key="a-project", title="A project")
    actions.link(case, made, "system:test")
    return made


# --- Versions --------------------------------------------------------------------------------------------------------
def test_a_change_is_a_version_and_its_undoing_another(case: PriceCase) -> None:
    first = content(case)
    made = actions.save(case, with_salary(case, 700_000), 1, "system:test")
    assert made.number == 2
    # The law of the salary had its mean there, and follows.
    assert [change.place for change in differences(first, made.content)] == [
        "staff.salary_nok",
        "uncertainty.salary_nok.mean",
        "uncertainty.salary_nok.sd",
    ]
    undone = actions.undo(made, "system:test")
    assert undone.number == 3
    assert undone.content == first


def test_a_law_follows_its_input_unless_it_was_written_itself(case: PriceCase, economist: Client) -> None:
    moved = sliding.with_changes(content(case), {"centre.handling_minutes": 18.0})
    assert moved["uncertainty"]["handling_minutes"] == {"law": "lognormal", "mean": 18.0, "cv": 0.15}
    held = with_salary(case, 700_000)
    own = {**held["uncertainty"], "salary_nok": {"law": "normal", "mean": 640_000, "sd": 15_000}}
    actions.save(case, held | {"uncertainty": own}, 1, "system:test")
    assert content(case)["uncertainty"]["salary_nok"]["mean"] == 640_000
    told = economist.get(page("case", case.key)).content.decode()
    assert "Salary: the spread lies around 640" in told


def test_two_who_change_different_inputs_both_keep_theirs(case: PriceCase) -> None:
    base = content(case)
    actions.save(case, with_salary(case, 700_000), 1, "system:one")
    mine = base | {"activities": base["activities"] | {"call_minutes": 25}}
    made = actions.save(case, mine, 1, "system:two")
    assert made.content["staff"]["salary_nok"] == 700_000
    assert made.content["activities"]["call_minutes"] == 25


def test_two_who_change_the_same_input_are_told(case: PriceCase) -> None:
    other = with_salary(case, 800_000)
    actions.save(case, with_salary(case, 700_000), 1, "system:one")
    with pytest.raises(Refused, match=r"staff\.salary_nok"):
        actions.save(case, other, 1, "system:two")
    with pytest.raises(Refused, match="first version"):
        actions.undo(CaseRevision.objects.get(case=case, number=1), "system:two")


def test_undoing_what_was_changed_since_is_refused(case: PriceCase) -> None:
    made = actions.save(case, with_salary(case, 700_000), 1, "system:one")
    actions.save(case, with_salary(case, 710_000), 2, "system:one")
    with pytest.raises(Refused, match="changed since"):
        actions.undo(made, "system:one")


TREES = st.fixed_dictionaries(
    {
        "title": st.text(max_size=5),
        "staff": st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)),
        "municipalities": st.lists(
            st.fixed_dictionaries({"number": st.sampled_from(["1", "2", "3"]), "adults": st.integers(0, 3)}),
            unique_by=lambda row: row["number"],
            max_size=3,
        ),
        "patient_groups": st.just([{"id": "a", "calls": 1}]),
    }
)


@given(TREES, TREES)
def test_changes_lead_from_one_version_to_the_other_and_back(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = differences(before, after)

    def rows(tree: dict[str, Any]) -> dict[str, Any]:
        return tree | {"municipalities": sorted(tree["municipalities"], key=lambda row: row["number"])}

    assert rows(changed(before, changes)) == rows(after)
    assert rows(changed(changed(before, changes), taken_back(changes))) == rows(before)


# --- The form --------------------------------------------------------------------------------------------------------
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(case: PriceCase, economist: Client) -> None:
    address = page("edit_section", case.key, "staff")
    answer = economist.post(address, {"staff.salary_nok": "mye", "staff.sick_share": "1,4", "do": "save"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mye"' in text
    assert "must be at least 0 and below 1, is 1.4" in text
    case.refresh_from_db()
    assert case.version == 1
    again = economist.get(address).content.decode()
    assert 'value="mye"' in again
    right = {"staff.salary_nok": "700 000", "staff.sick_share": "8 %", "do": "save"}
    assert economist.post(address, right).status_code == 302
    case.refresh_from_db()
    assert content(case)["staff"]["sick_share"] == 0.08
    assert not CaseDraft.objects.exists()


def test_a_draft_saves_itself_and_is_thrown_away(case: PriceCase, economist: Client) -> None:
    kept = economist.post(page("keep", case.key, "staff"), {"staff.salary_nok": "123456"})
    assert "Draft saved at" in kept.content.decode()
    assert 'value="123456"' in economist.get(page("edit_section", case.key, "staff")).content.decode()
    economist.post(page("edit_section", case.key, "staff"), {"do": "throw"})
    assert not CaseDraft.objects.exists()


@pytest.mark.parametrize("address", ["keep", "edit_section"])
def test_a_draft_with_what_no_database_keeps_is_kept_with_a_mark(
    case: PriceCase, economist: Client, address: str
) -> None:
    typed = {"title": "a\x00b", "price_year": "20\x0026", "do": "add:"}
    assert economist.post(page(address, case.key, "centre"), typed).status_code < 400
    assert CaseDraft.objects.get().fields["title"] == "a\ufffdb"


def test_rows_are_added_and_taken_away(case: PriceCase, economist: Client) -> None:
    groups = page("edit_section", case.key, "groups")
    economist.post(groups, {"do": "add:patient_groups"})
    sent = {f"patient_groups[2].{name}": "1" for name in ("review_minutes_per_workday", "calls_per_month")}
    sent |= {"patient_groups[2].id": "diabetes", "patient_groups[2].contacts_per_workday": "0,05", "do": "save"}
    assert economist.post(groups, sent).status_code == 302
    partners = page("edit_section", case.key, "partners")
    economist.post(partners, {"do": "partners", "new_partners": "Lørenskog\n3205"})
    economist.post(partners, {"do": "remove:municipalities:0"})
    assert economist.post(partners, {"do": "save"}).status_code == 302
    case.refresh_from_db()
    held = content(case)
    assert held["municipalities"][-1]["name"] in ("Lørenskog", "Lillestrøm")
    assert all("diabetes" in row["patients"] for row in held["municipalities"])
    assert "3209" not in {row["number"] for row in held["municipalities"]}
    assert "ullensaker-kommune" not in set(case.partners.values_list("key", flat=True))


def test_two_hundred_partners_can_be_edited_some_at_a_time(case: PriceCase, economist: Client) -> None:
    whole = people.everything()
    assert whole is not None
    partners = page("edit_section", case.key, "partners")
    economist.post(partners, {"do": "partners", "new_partners": "\n".join(whole.numbers[:200])})
    assert economist.post(partners, {"do": "save"}).status_code == 302
    text = economist.get(partners + "?from=150").content.decode()
    assert text.count('name="municipalities[') < 900
    assert 'name="municipalities[150].adults"' in text
    assert (
        economist.post(partners + "?from=150", {"municipalities[150].enrolments": "3", "do": "save"}).status_code == 302
    )
    case.refresh_from_db()
    assert content(case)["municipalities"][150]["enrolments"] == 3


def test_an_unknown_municipality_is_named(case: PriceCase) -> None:
    form = NewPartners({"new_partners": "Nes\nAtlantis"}, content=content(case))
    assert not form.is_valid()
    assert "Atlantis" in str(form.errors)


def test_a_new_case_can_be_reckoned_at_once(case: PriceCase, economist: Client) -> None:
    sent = {"title": "Ny", "owner": OWNER, "groups": "kols, diabetes", "partners": "Frogn\nNesodden\n3212"}
    assert economist.post(page("new"), sent).status_code == 302
    made = PriceCase.objects.get(title="Ny")
    assert pricing.price(pricing.read(content(made))).cost.total_nok > 0
    assert economist.get(page("case", made.key)).status_code == 200
    # Every number says that it is made up, but for the inhabitants, whose source is Statistics Norway.
    sources = {one.path: one.note.source if one.note else "" for one in inputs(pricing.read(content(made)))}
    counted = [path for path, said in sources.items() if said.startswith("Table 07459")]
    assert all(path.endswith(".adults") for path in counted)
    assert {path: said for path, said in sources.items() if said != "Illustrative" and path not in counted} == {
        "centre.max_agents": ""
    }
    # With nobody enrolled, a coverage still says how many patients to expect, and nothing of what they would cost.
    foreseen = economist.get(page("need", made.key), {"bands": "0+: 1 %", "coverage": "0.5"}).context["rows"]
    row, _kind = foreseen[0]
    assert row.patients == pytest.approx(0.5 * row.eligible)
    assert row.eligible > 0
    assert row.total_nok is None
    assert economist.post(page("new"), sent | {"owner": "nes-kommune"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("12 %", 0.12),
        ("\u22123", -3),
        ("x", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 4)), st.sampled_from([",", "."]))
def test_a_number_shown_or_linked_is_read_back_by_every_reader(value: float, sign: str) -> None:
    assert number(written(value)) == pytest.approx(value, rel=1e-9, abs=1e-9)
    assert number(linked(value), sign) == pytest.approx(value, rel=1e-9, abs=1e-9)
    assert number(written(value, sign), sign) == pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("650,000", ".", 650_000),
        ("1,125", ".", 1125),
        ("1,5", ".", 1.5),
        ("0,125", ".", 0.125),
        ("1,125", ",", 1.125),
        ("650.000", ",", None),
        ("1.125", ",", None),
        ("1.1250", ",", 1.125),
        ("0.8", ",", 0.8),
        ("1.234.567", ",", 1_234_567),
    ],
)
def test_a_thousand_is_never_read_as_one(text: str, sign: str, value: float | None) -> None:
    """English readers write 650,000 for what Norwegians write 650 000; what may be both is asked about."""
    assert number(text, sign) == value


def test_a_norwegian_sees_commas_and_both_signs_are_taken(case: PriceCase, economist: Client) -> None:
    address = page("edit_section", case.key, "staff").replace("/en/", "/nb/")
    text = economist.get(address).content.decode()
    assert 'name="staff.sick_share" value="0,09"' in text
    for typed in ("0,11", "0.12"):
        assert economist.post(address, {"staff.sick_share": typed, "do": "save"}).status_code == 302
    case.refresh_from_db()
    assert content(case)["staff"]["sick_share"] == 0.12
    refused = economist.post(address, {"staff.salary_nok": "650.000", "do": "save"})
    assert refused.status_code == 422
    assert "650.000" in refused.content.decode()
    sliders = economist.get(
        page("case", case.key).replace("/en/", "/nb/"), {"staff.sick_share": "0.125"}
    ).content.decode()
    assert 'name="staff.sick_share" value="0,125"' in sliders
    assert "staff.sick_share=0.1250" in sliders
    bands = economist.get(page("need", case.key).replace("/en/", "/nb/")).content.decode()
    assert "1,7 %" in bands


def test_an_address_written_with_another_sign_means_the_same(db: None) -> None:
    sent = {"option-0-name": "A", "option-0-each": "1,125", "option-1-name": "B", "option-1-fixed": "1", "sign": ","}
    assert 'value="1.125"' in Client().get(page("comparison_tool", "break-even"), sent).content.decode()


# --- Every number ----------------------------------------------------------------------------------------------------
def test_every_number_of_the_result_opens_its_formula_with_what_was_moved(case: PriceCase, economist: Client) -> None:
    asked = {"staff.sick_share": "0.12"}
    answer = economist.get(page("answer", case.key), asked).content.decode()
    wanted = pricing.price(pricing.read(sliding.with_changes(content(case), {"staff.sick_share": 0.12})))
    for link in re.findall(r'href="([^"]*/numbers/[^"]*)"', answer):
        text = economist.get(unescape(link)).content.decode()
        assert re.search(r"<details[^>]* open>", text), link
        assert "Moved by a slider" in text or "of=" in link
    first = wanted.bills[0]
    text = economist.get(page("numbers", case.key), asked | {"of": first.number, "open": "bill"}).content.decode()
    assert f"{first.total_nok:,.0f}" in text
    assert f"{first.parts.readiness:,.0f}" in text
    assert "bill = fixed+municipal+readiness+volume" in text
    assert economist.get(page("numbers", case.key), {"of": "9999"}).status_code == 404


@pytest.mark.parametrize("kind", ["none", "tiers", "readiness", "take_or_pay"])
def test_every_name_in_a_rows_formula_is_shown_with_its_value(case: PriceCase, kind: str) -> None:
    held = content(case)
    scheme: dict[str, Any] = {
        "none": {},
        "tiers": {"tiers": [{"above_coverage": 0.1, "discount": 0.2}]},
        "readiness": {"gamma": 1, "target_coverage": 0.5},
        "take_or_pay": {
            "theta": 0.5,
            "sigma": 0.1,
            "reserved": {row["number"]: row["patients"] for row in held["municipalities"]},
        },
    }[kind]
    answer = pricing.price(pricing.read(held | {"incentive": {"kind": kind, **scheme}}))
    seen = Seen(answer, "en")
    for of in ("3209", "kols", "hour-1"):
        row = explained_row(seen, of)
        assert row is not None
        for one in row[1]:
            named = {part.name for part in one.parts}
            lacking = set(formulas.NAME.findall(one.expression)) - named
            assert lacking <= {"discounted_places", "billed_places", "total_nok"}, (of, one.name, lacking)
    bill = {one.name: one.value for one in explained_row(seen, "3209")[1]}  # type: ignore[index]
    assert bill["bill"] == seen.text(answer.bills[0].total_nok)


def test_each_input_of_a_row_has_a_source_of_its_own_else_its_rows(case: PriceCase, economist: Client) -> None:
    address = page("edit_section", case.key, "partners")
    text = economist.get(address).content.decode()
    assert re.search(r'name="notes\.municipalities\[3209\]\.adults\.source" value="[^"]*07459, CC BY 4\.0"', text)
    sent = {
        "notes.municipalities[3209].enrolments.source": "Counted",
        "notes.municipalities[3209].enrolments.low": "40",
    }
    assert economist.post(address, sent | {"do": "save"}).status_code == 302
    case.refresh_from_db()
    read = pricing.read(content(case))
    by_path = {one.path: one.note for one in inputs(read)}
    own, other = by_path["municipalities[0].enrolments"], by_path["municipalities[0].discharges"]
    assert own is not None
    assert (own.source, own.low) == ("Counted", 40)
    assert other is not None
    with override("nb"):
        assert other.source == gettext("Illustrative")
    economist.post(address, {"do": "remove:municipalities:0"})
    economist.post(page("edit_section", case.key, "groups"), {"patient_groups[0].id": "lunge", "do": "save"})
    case.refresh_from_db()
    notes = content(case)["notes"]
    assert not [path for path in notes if path.startswith("municipalities[3209]")]
    assert notes["patient_groups[lunge].contacts_per_workday"]["high"] == 0.2
    assert "patient_groups[kols]" not in notes


def test_a_change_shows_its_numbers_as_the_reader_writes_them(case: PriceCase, economist: Client) -> None:
    actions.save(case, with_salary(case, 700_000.5), 1, "system:test")
    text = economist.get(page("history", case.key).replace("/en/", "/nb/")).content.decode()
    assert "<td>650000</td><td>700000,5</td>" in text


def test_histories_say_the_system_in_words(case: PriceCase, economist: Client) -> None:
    text = economist.get(page("history", case.key)).content.decode()
    assert "system:" not in text
    assert "The system" in text


# --- Sliders and pictures --------------------------------------------------------------------------------------------
def test_sliders_answer_with_the_cores_own_numbers(case: PriceCase, economist: Client) -> None:
    asked = {"centre.handling_minutes": "18", "patients_percent": "150"}
    held = sliding.with_changes(content(case), {"centre.handling_minutes": 18, "patients_percent": 150})
    wanted = pricing.price(pricing.read(held))
    said = economist.get(page("answer", case.key), asked).content.decode()
    assert f"{round(wanted.cost.total_nok):,}" in said
    assert "<html" not in said
    table = economist.get(page("picture", case.key, "bills", "csv"), asked).content.decode()
    first = max(wanted.bills, key=lambda bill: bill.total_nok)
    assert f'"{first.name}",{round(first.total_nok)}' in table
    case.refresh_from_db()
    assert case.version == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"centre.handling_minutes": "-3"}, "must be above 0"),
        ({"centre.max_occupancy": "1.4"}, "must be above 0 and at most 1"),
        ({"staff.sick_share": "mange"}, "Write a number."),
        ({"patients_percent": "90000"}, "more than all"),
    ],
)
def test_a_slider_that_asks_the_impossible_says_why(
    case: PriceCase, economist: Client, asked: dict[str, str], said: str
) -> None:
    answer = economist.get(page("case", case.key), asked)
    assert said in answer.content.decode()
    assert next(iter(asked.values())) in answer.content.decode()


def test_scenarios_stand_side_by_side(case: PriceCase, economist: Client) -> None:
    address = page("scenarios", case.key) + "?staff.salary_nok=800000"
    assert economist.post(address, {"name": "Dyrere"}).status_code == 302
    assert "Dyrere" in economist.get(page("scenarios", case.key)).content.decode()
    assert "already" in economist.post(address, {"name": "Dyrere"}).content.decode()
    assert "Move a slider first" in economist.post(page("scenarios", case.key), {"name": "Lik"}).content.decode()


PAIRS = charts.Pairs(
    name="p",
    title="t",
    heads=("a", "b", "c"),
    rows=(charts.Pair("<b>", 3, 1), charts.Pair("x", 0, 2)),
    sides=("b", "c"),
)
RANGES = charts.Ranges(
    name="r", title="t", heads=("a", "b", "c"), rows=(charts.Range("<b>", -3, 5), charts.Range("x", 1, 1)), middle=0
)
FAN = charts.Fan(
    name="f", title="t", heads=("a",) * 4, years=(charts.Year("<b>", 1, 2, 3, True), charts.Year("x", 1, 3, 6))
)


@pytest.mark.parametrize("chart", [PAIRS, RANGES, FAN], ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_a_picture_in_the_page_stays_on_its_sheet_and_escapes_its_words(chart: charts.Drawable, width: float) -> None:
    drawing = charts.lay(chart, width)
    text = charts.inline(chart, width)
    assert "<b>" not in text
    assert "&lt;b&gt;" in text
    for mark in drawing.marks:
        assert -1 <= getattr(mark, "x", 0) <= width + 1, mark
        assert -1 <= getattr(mark, "y", 0) <= drawing.height + 1, mark
    assert text == charts.inline(chart, width)


def test_what_cannot_be_drawn_is_refused() -> None:
    for wrong in (lambda: charts.Pair("x", -1, 0), lambda: charts.Range("x", 2, 1), lambda: charts.Year("x", 3, 2, 4)):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()
    with pytest.raises(ValueError, match="year"):
        charts.Fan(name="f", title="t", heads=(), years=())


# --- Files -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_case_goes_out_and_comes_back_the_same(case: PriceCase, economist: Client, form: str) -> None:
    raw = economist.get(page("export", case.key, form)).content
    answer = economist.post(page("import", case.key), {"file": SimpleUploadedFile(f"c.{form}", raw), "do": "look"})
    assert "The file says the same as the case." in answer.content.decode()


def test_an_import_is_shown_before_it_is_taken_in(case: PriceCase, economist: Client) -> None:
    raw = json.dumps(with_salary(case, 700_000)).encode()
    shown = economist.post(page("import", case.key), {"file": SimpleUploadedFile("c.json", raw), "do": "look"})
    assert "staff.salary_nok" in shown.content.decode()
    case.refresh_from_db()
    assert case.version == 1
    assert economist.post(page("import", case.key), {"content": raw.decode(), "do": "take"}).status_code == 302
    case.refresh_from_db()
    assert content(case)["staff"]["salary_nok"] == 700_000


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"PK\x03\x04broken", b'{"title": 1}', b'{"a": NaN}'])
def test_a_bad_file_changes_nothing_and_says_why(case: PriceCase, economist: Client, raw: bytes) -> None:
    answer = economist.post(page("import", case.key), {"file": SimpleUploadedFile("c.json", raw), "do": "look"})
    assert answer.status_code in (200, 422)
    assert "What the file changes" not in answer.content.decode()
    case.refresh_from_db()
    assert case.version == 1


# --- Population ------------------------------------------------------------------------------------------------------
def test_the_shipped_population_is_whole(case: PriceCase) -> None:
    whole = people.everything()
    assert whole is not None
    assert len(whole.numbers) == 357
    assert whole.people.shape == (357, 1, 106)
    oslo = whole.numbers.index("0301")
    assert float(whole.people[oslo].sum()) == 728_714
    assert people.adults_of(["0301"])["0301"] == 728_714 - 131_594


def test_the_need_to_2036_is_marked_as_a_trend(case: PriceCase, economist: Client) -> None:
    text = economist.get(page("need", case.key)).content.decode()
    assert "2036" in text
    assert "A trend, not Statistics Norway" in text
    gap = economist.get(page("need", case.key), {"bands": "40-69: 1 %"})
    assert gap.status_code == 422
    assert "have no prevalence" in gap.content.decode()


def test_what_is_drawn_and_shared_says_how_and_from_what(case: PriceCase, economist: Client) -> None:
    page_of = economist.get(page("uncertainty", case.key))
    laws = {one.label: one for one in page_of.context["laws"]}
    salary = laws["Salary"]
    assert (salary.law, salary.mean, salary.source) == ("Normal law", "650,000", "Illustrasjon")
    assert salary.owner == "Demoøkonom"
    text = page_of.content.decode()
    assert "shapley(i) = " in text
    assert "EVPI = " in text
    assert "saves 21,454 kroner a year" in text
    assert "patients(year) = patients" in economist.get(page("need", case.key)).content.decode()


def test_a_table_is_looked_at_and_taken_in(
    case: PriceCase, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    keeper = sign_in(person(Role.SECRETARIAT))
    rows = "".join(f"3209,{age},2025,{10 + age}\n" for age in range(106))
    raw = ("number,age,year,population\n" + rows).encode()

    def sent(do: str) -> dict[str, object]:
        return {"file": SimpleUploadedFile("t.csv", raw), "source": "Test table", "do": do}

    before = PopulationTable.objects.count()
    looked = keeper.post(page("population"), sent("look"))
    assert "1 municipalities" in looked.content.decode()
    assert PopulationTable.objects.count() == before
    assert keeper.post(page("population"), sent("take")).status_code == 302
    again = keeper.post(page("population"), sent("take"))
    assert "loaded already" in again.content.decode()
    made = PopulationTable.objects.get(source="Test table")
    assert np.array_equal(people.population(made).people[0, 0], np.arange(10, 116))


@pytest.mark.parametrize("raw", [b"", b"x", b'{"class": "dataset"}', b"number,age\n3209,1\n"])
def test_a_bad_table_says_why(
    case: PriceCase, person: Callable[..., User], sign_in: Callable[..., Client], raw: bytes
) -> None:
    keeper = sign_in(person(Role.SECRETARIAT))
    sent = {"file": SimpleUploadedFile("t.csv", raw), "source": "Bad", "do": "take"}
    assert keeper.post(page("population"), sent).status_code == 422
    assert not PopulationTable.objects.filter(source="Bad").exists()


# --- The shelf -------------------------------------------------------------------------------------------------------
def test_the_result_lies_on_the_shelf_dated_and_whole(case: PriceCase, initiative: Initiative) -> None:
    item = shelving.put_result(case, "/nb/toolbox/prices/x/", "system:test")
    answer = pricing.price(pricing.read(content(case)))
    assert item.body["total_nok"] == round(answer.cost.total_nok, 2)
    assert len(item.body["municipalities"]) == 10
    assert not list(shelf_faults())
    case.initiative = None
    with pytest.raises(Refused, match="belongs to no project"):
        shelving.put_result(case, "/nb/", "system:test")


def test_staff_put_a_series_there_and_the_case_takes_it(
    case: PriceCase,
    initiative: Initiative,
    economist: Client,
    person: Callable[..., User],
    sign_in: Callable[..., Client],
) -> None:
    keeper = sign_in(person(Role.SECRETARIAT))
    about = {"initiative": initiative.key, "as_of": "2026-04-01", "source": "Counted by hand"}
    rows = "number;month;group;patients;enrolments;discharges\n3209;2026-01;kols;12,5;2;1\n3209;2026-01;hjertesvikt;4;;"
    keeper.post(page("series"), about | {"type": "volume-series", "title": "Use", "rows": rows})
    minutes = "steg;minutter;lav;høy\nactivities.call_minutes;23;15;30"
    keeper.post(page("series"), about | {"type": "step-minutes", "title": "Minutes", "rows": minutes})
    strange = about | {"type": "volume-series", "title": "Strange", "rows": "number;month;kols\n3209;2026-01;4"}
    assert "It says: number, month, kols" in keeper.post(page("series"), strange).content.decode()
    for item in Item.objects.filter(type__in=["volume-series", "step-minutes"]):
        assert economist.post(page("take_series", case.key, item.pk)).status_code == 302
    assert agreements.used(case)["3209", "2026-01"].patients == {"kols": 12.5, "hjertesvikt": 4.0}
    case.refresh_from_db()
    held = content(case)
    assert held["activities"]["call_minutes"] == 23
    assert held["notes"]["activities.call_minutes"]["source"] == "Minutes"
    assert Taking.objects.filter(room="toolbox.pricing").count() == 2


def test_a_step_that_no_case_has_is_refused(case: PriceCase, initiative: Initiative) -> None:
    body = {"as_of": "2026-04-01", "source": "x", "rows": [{"step": "staff.salary_nok", "minutes": 3}]}
    item = shelving.put_series(shelving_type("step-minutes"), initiative, "Wrong", body, "system:test")
    with pytest.raises(Refused, match="no step of the case"):
        shelving.take_minutes(case, item, "/nb/", "system:test")


def shelving_type(name: str) -> Any:
    from helsevev.commons.shelf.rules import item_type

    return item_type(name)


# --- Comparison ------------------------------------------------------------------------------------------------------
def test_break_even_is_where_the_two_cost_the_same(db: None) -> None:
    sent = {
        "option-0-name": "A", "option-0-fixed": "0", "option-0-each": "100",
        "option-1-name": "B", "option-1-fixed": "1000", "option-1-each": "60", "one-0-cases": "30",
    }  # fmt: skip
    text = Client().get(page("comparison_tool", "break-even"), sent).content.decode()
    assert "at 25 cases" in text
    assert "From 26 cases, B is cheaper." in text


@pytest.mark.parametrize("tool", ["break-even", "use", "budget", "national", "district"])
def test_each_tool_begins_with_an_example_that_can_be_reckoned(tool: str, db: None) -> None:
    answer = Client().get(page("comparison_tool", tool))
    assert answer.status_code == 200
    assert "illustrative example" in answer.content.decode()


def test_an_effect_on_admissions_needs_evidence(db: None) -> None:
    row = {"use-0-name": "Adm", "use-0-payer": "H", "use-0-unit": "10", "use-0-without": "5", "use-0-with": "4"}
    address = page("comparison_tool", "use")
    refused = Client().get(address, row | {"use-0-admission": "x", "one-0-cases": "1"})
    assert refused.status_code == 422
    assert "Row 1" in refused.content.decode()
    with_study = Client().get(address, row | {"use-0-admission": "x", "use-0-evidence": "A study", "one-0-cases": "1"})
    assert with_study.status_code == 200


def test_what_is_no_number_is_told_in_its_cell(db: None) -> None:
    answer = Client().get(page("comparison_tool", "district"), {"service-0-name": "A", "service-0-nok": "mye"})
    assert answer.status_code == 422
    assert 'value="mye"' in answer.content.decode()
    assert "Write a number." in answer.content.decode()
