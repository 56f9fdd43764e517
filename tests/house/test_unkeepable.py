"""What no database keeps in its texts (NUL, halves of characters) is met at the door, the same for every room."""

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from house.test_doors import DOORS

from helsevev.commons.forms.actions import building
from helsevev.commons.forms.models import Form, FormDraft
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role

WITH_WORDS = sorted(
    name for name, (_may, filled) in DOORS.items() if any(isinstance(one, str) for one in filled.values())
)
ASKED = "&".join(
    f"{name}={quote('x' + chr(0))}" for name in ("q", "page", "kind", "organisation", "sort", "on", "round")
)


@pytest.mark.parametrize("name", WITH_WORDS)
def test_an_address_with_a_nul_leads_nowhere(name: str, db: None, cast: dict[str, Client]) -> None:
    filled = DOORS[name][1]
    for key, value in filled.items():
        if not isinstance(value, str):
            continue
        try:
            address = reverse(name, kwargs=filled | {key: f"{value}\x00"})
        except NoReverseMatch:
            continue
        for who in ("stranger", "administrator"):
            assert cast[who].get(address).status_code == 404, (address, who)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_question_with_a_nul_is_answered(name: str, cast: dict[str, Client]) -> None:
    for who in ("stranger", "administrator"):
        # What went wrong in the server would be raised here.
        cast[who].get(f"{reverse(name, kwargs=DOORS[name][1])}?{ASKED}")


def test_what_a_form_sends_arrives_with_a_mark_in_its_place(
    person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    secretary = sign_in(person(Role.SECRETARIAT))
    form = building.start("Trial", Form.Kind.OTHER, "system:test")
    added = {"do": "add", "add.kind": "string", "add.text": "Who\x00?", "add.where": "last"}
    question = secretary.post(reverse("forms:edit", args=[form.key]), added)["Location"]
    assert FormDraft.objects.get(form=form).questionnaire["item"][0]["text"] == "Who\ufffd?"
    # The page carries JSON of its own, which can name what no form can send.
    was = json.dumps({"text.nb": "Who\ud800?\x00", "text.nn": "\ud800"})
    secretary.post(question, {"do": "save", "was": was, "text.nb": "What?", "help.nb": "\x00", "s.required": ""})
    assert "\\u0000" not in json.dumps(FormDraft.objects.get(form=form).questionnaire)
    # Sent as bytes that are no text at all.
    raw = b"do=add&add.kind=string&add.where=last&add.text=%ED%A0%80\xed\xa0\x80%00"
    assert (
        secretary.post(
            reverse("forms:edit", args=[form.key]), raw, content_type="application/x-www-form-urlencoded"
        ).status_code
        == 302
    )
