"""Forms in and out as files, and looked at before they are published."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_forms_building import Builder, fields

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.models import Answer, Form, FormDraft, Sheet
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core.questionnaire_building import texts, tree

pytestmark = pytest.mark.django_db
EHELSE = "http://ehelse.no/fhir/StructureDefinition/"
HELSENORGE = "http://helsenorge.no/fhir/StructureDefinition/"
CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"


def control(code: str) -> dict[str, Any]:
    system = "http://hl7.org/fhir/ValueSet/questionnaire-item-control"
    return {"url": CONTROL, "valueCodeableConcept": {"coding": [{"system": system, "code": code}]}}


def portal_form(
    language: str = "nb-NO", title: str = "Oppdiktet skjema", asked: str = "Hvor mange", yes: str = "Ja"
) -> dict[str, Any]:
    """An invented form, written as the portal's builder writes its own."""
    return {
        "resourceType": "Questionnaire",
        "language": language,
        "status": "draft",
        "publisher": "Oppdiktet utgiver",
        "title": title,
        "meta": {"tag": [{"system": "urn:ietf:bcp:47", "code": language}]},
        "extension": [
            {"url": f"{HELSENORGE}sdf-sidebar", "valueCoding": {"code": "1"}},
            {"url": f"{EHELSE}sdf-endpoint", "valueReference": {"reference": "Endpoint/oppdiktet"}},
        ],
        "contained": [
            {
                "resourceType": "ValueSet",
                "id": "svar",
                "status": "draft",
                "compose": {
                    "include": [
                        {
                            "system": "urn:uuid:oppdiktet",
                            "concept": [{"code": "1", "display": yes}, {"code": "2", "display": "Nei"}],
                        }
                    ]
                },
            }
        ],
        "item": [
            {
                "linkId": "1",
                "type": "group",
                "text": "Del",
                "repeats": False,
                "item": [
                    {"linkId": "1.1", "type": "choice", "text": "Deltar", "answerValueSet": "#svar", "required": True},
                    {
                        "linkId": "1.2",
                        "type": "integer",
                        "text": asked,
                        "required": False,
                        "enableWhen": [
                            {
                                "question": "1.1",
                                "operator": "=",
                                "answerCoding": {"code": "1", "system": "urn:uuid:oppdiktet"},
                            }
                        ],
                        "extension": [
                            {"url": f"{HELSENORGE}sdf-sublabel", "valueMarkdown": "Omtrent"},
                            {"url": f"{EHELSE}validationtext", "valueString": "Skriv et tall"},
                            {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 1},
                        ],
                        "item": [
                            {
                                "linkId": "1.2-hjelp",
                                "type": "text",
                                "text": "Hjelp til tallet",
                                "extension": [control("help")],
                            }
                        ],
                    },
                    {
                        "linkId": "1.3",
                        "type": "group",
                        "text": "Mottaker",
                        "extension": [control("receiver-component")],
                    },
                    {
                        "linkId": "1.4",
                        "type": "string",
                        "text": "Henter selv",
                        "extension": [{"url": f"{EHELSE}sdf-fhirpath", "valueString": "Patient.name"}],
                    },
                ],
            }
        ],
    }


def sent(value: Any) -> SimpleUploadedFile:
    raw = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return SimpleUploadedFile("skjema.json", raw, content_type="application/json")


@pytest.fixture
def builder(person: Callable[..., User], sign_in: Callable[..., Client]) -> Builder:
    user = person(Role.SECRETARIAT)
    return Builder(sign_in(user), acting.start("Prøveskjema", Form.Kind.OTHER, str(user.key)).key)


def bring(builder: Builder, value: Any) -> Any:
    return builder.browser.post("/en/forms/from-file/", {"kind": "other", "file": sent(value)})


def test_a_file_from_the_portals_builder_becomes_a_form_with_a_report(builder: Builder) -> None:
    answer = bring(builder, portal_form())
    assert answer.status_code == 302, answer.content
    report = builder.browser.get(answer["Location"]).content.decode()
    assert "Oppdiktet skjema" in report
    assert "skjema.json" in report
    assert "Mottaker" in report
    assert "receiver-component" in report
    assert "Henter selv" in report
    assert "sdf-fhirpath" in report
    assert "sdf-endpoint" in report
    assert "sdf-sublabel" not in report


def test_a_bundle_brings_its_languages_and_says_what_was_left_out(builder: Builder) -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [
            {"resource": portal_form()},
            {"resource": portal_form("en-GB", "Invented form", "How many", "Yes")},
            {"resource": portal_form("se-NO", "Skovvi", "Man galle", "Juo")},
        ],
    }
    answer = bring(builder, bundle)
    held = FormDraft.objects.get(form__key="invented-form").questionnaire
    assert texts.read(tree.require(held, "1.2").item, "text", "nb") == {"nb": "Hvor mange", "en": "How many"}
    assert "se-NO" in builder.browser.get(answer["Location"]).content.decode()
    page = builder.browser.get("/en/forms/invented-form/preview/page/").content.decode()
    assert "Yes" in page
    assert "How many" in page


def test_what_is_brought_goes_out_as_it_came(builder: Builder) -> None:
    bring(builder, portal_form())
    answer = builder.browser.get("/en/forms/oppdiktet-skjema/draft.json")
    assert answer["Content-Type"].startswith("application/fhir+json")
    assert json.loads(answer.content) == portal_form()
    again = bring(builder, answer.content)
    assert json.loads(builder.browser.get(again["Location"].replace("report/", "draft.json")).content) == portal_form()


EXTRA = st.dictionaries(
    st.sampled_from(["prefix", "definition", "designNote", "extension"]),
    st.one_of(
        st.text("abcæøå \n", max_size=8),
        st.integers(-5, 5),
        st.booleans(),
        st.just([{"url": "urn:x", "valueString": "y"}]),
    ),
    max_size=3,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EXTRA)
def test_what_we_do_not_know_goes_out_as_it_came(builder: Builder, extra: dict[str, Any]) -> None:
    held = portal_form(title="Rundtur")
    if not isinstance(extra.get("extension", []), list):
        del extra["extension"]
    held["item"][0]["item"].append({"linkId": "1.9", "type": "string", "text": "Ukjent", **extra})
    answer = bring(builder, held)
    if answer.status_code == 302:
        out = builder.browser.get(answer["Location"].replace("report/", "draft.json"))
        assert json.loads(out.content) == held


def test_what_is_brought_can_be_built_on(builder: Builder) -> None:
    bring(builder, portal_form())
    portal = Builder(builder.browser, "oppdiktet-skjema")
    assert portal.send("1.2", text__en="How many", most="9").status_code == 302
    item = portal.item("1.2")
    assert item["text"] == "Hvor mange"
    assert {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 9} in item["extension"]
    assert item["item"][0]["text"] == "Hjelp til tallet"
    portal.send("", do="undo")
    assert portal.held == portal_form()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b"{", "JSON"),
        (b'{"resourceType": "Questionnaire", "resourceType": "Questionnaire"}', "twice"),
        (b'{"resourceType": "Patient"}', "FHIR Questionnaire"),
        (b"[" * 3000 + b"]" * 3000, "deep"),
        (b"\xff\xfe\x00", "UTF-8"),
        (
            json.dumps({"resourceType": "Questionnaire", "item": [{"linkId": "1", "type": "nonsense"}]}).encode(),
            "item[0]",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(builder: Builder, raw: bytes, why: str) -> None:
    before = Form.objects.count()
    answer = bring(builder, raw)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Form.objects.count() == before


def test_a_file_that_is_too_large_is_refused_before_it_is_read(builder: Builder) -> None:
    answer = bring(builder, b'"' + b"x" * 5_000_001 + b'"')
    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.content.decode()


def test_a_file_put_into_a_draft_can_be_undone(builder: Builder) -> None:
    builder.add("string", "Var her")
    before = builder.held
    answer = builder.browser.post(f"/en/forms/{builder.key}/from-file/", {"file": sent(portal_form())})
    assert answer.status_code == 302
    assert builder.held == portal_form()
    builder.send("", do="undo")
    assert builder.held == before


# --- The preview ------------------------------------------------------------------------------------------------------
def test_the_preview_lies_in_a_frame_that_only_we_may_make(builder: Builder) -> None:
    around = builder.browser.get(f"/nb/forms/{builder.key}/preview/?language=nn&width=wide")
    assert f'src="/nn/forms/{builder.key}/preview/page/"' in around.content.decode()
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
    assert around["X-Frame-Options"] == "DENY"
    framed = builder.browser.get(f"/nn/forms/{builder.key}/preview/page/")
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"


def test_answers_work_in_the_preview_and_are_kept_nowhere(builder: Builder) -> None:
    asked = builder.add("boolean", "Har dere partnere?")
    then = builder.add("string", "Hvilke?")
    rows = builder.add("group", "Mål")
    builder.send(rows, repeats="on")
    inside = builder.add("string", "Mål", add__where="into", add__beside=rows)
    builder.send(then, do="condition", question=asked, operator="=", answer="true")
    address = f"/en/forms/{builder.key}/preview/page/"
    page = builder.browser.get(address)
    assert f'data-path="{then}" tabindex="-1" hidden' in page.content.decode()
    filled = {**fields(page), asked: "yes"}
    page = builder.browser.post(address, filled)
    assert f'data-path="{then}" tabindex="-1">' in page.content.decode()
    filled = {**fields(page), f"{rows}:1/{inside}": "Færre reinnleggelser", "!do": f"add:{rows}"}
    page = builder.browser.post(address, filled)
    assert "Færre reinnleggelser" in page.content.decode()
    assert page.content.decode().count(f'data-row="{rows}:') == 2
    assert not Sheet.objects.exists()
    assert not Answer.objects.exists()


def test_a_form_that_cannot_be_shown_says_why(builder: Builder) -> None:
    page = builder.browser.get(f"/en/forms/{builder.key}/preview/page/").content.decode()
    assert "can't be shown" in page.replace("&#x27;", "'")
