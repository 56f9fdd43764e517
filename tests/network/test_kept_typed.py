"""What was typed on a long page outlives the session that it was typed in, and only pages of our own can say so."""

import pytest
from django.test import Client
from reading import read
from rounds import made

from helsevev.commons.people.rules import Role
from helsevev.commons.people.views.keeping_typed import SEAL

ADDRESS = "/en/assessment/ties/"
ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def secretary(registers, person):
    return person(Role.SECRETARIAT)


def fields(answer) -> dict[str, str]:
    """What stands on the page, to be sent again."""
    found = read(answer.content).one("form", method="post").all("input")
    return {one.attributes["name"]: one.attributes.get("value", "") for one in found if "name" in one.attributes}


def test_after_signing_in_anew_it_is_sent_with_one_press(secretary, sign_in):
    stranger = Client(enforce_csrf_checks=True)
    kept = stranger.post(ADDRESS, {"organisations": "oslo-kommune"}, headers=ORIGIN)
    assert kept.status_code == 401
    page = kept.content.decode()
    assert "You have been signed out" in page
    assert "oslo-kommune" in page
    again = fields(kept)
    assert SEAL in again
    browser = sign_in(secretary)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(ADDRESS, again, headers=ORIGIN).status_code == 302
    assert secretary.stated_ties.get().organisation.key == "oslo-kommune"


@pytest.mark.parametrize(
    ("change", "headers"),
    [
        ({"organisations": "bergen-kommune"}, ORIGIN),
        ({}, {"Origin": "https://elsewhere.invalid"}),
        ({}, {}),
        ({SEAL: "x"}, ORIGIN),
    ],
)
def test_nothing_else_gets_past_the_guard_against_forged_forms(secretary, sign_in, change, headers):
    kept = Client().post(ADDRESS, {"organisations": "oslo-kommune"}, headers=ORIGIN)
    browser = sign_in(secretary)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(ADDRESS, fields(kept) | change, headers=headers).status_code == 403
    assert not secretary.stated_ties.exists()


def test_a_stranger_from_elsewhere_finds_nothing(registers):
    answer = Client().post(ADDRESS, {"organisations": "oslo-kommune"}, headers={"Origin": "https://elsewhere.invalid"})
    assert answer.status_code == 404
    assert Client().get(ADDRESS).status_code == 404


def test_a_session_that_ran_out_keeps_a_rounds_texts(registers, person, sign_in):
    round_ = made()
    browser = sign_in(person(Role.SECRETARIAT))
    address = f"/en/rounds/{round_.code}/texts/"
    session = browser.session
    session["seen"] = session["begun"] = 0
    session.save()
    wanted = {"who-nb": "Lang tekst om hvem\r\nsom kan søke.", "seen": "x"}
    answer = browser.post(address, wanted, headers={**ORIGIN, "Accept": "text/html"})
    assert answer.status_code == 401
    assert "Lang tekst om hvem" in answer.content.decode()
