"""Cells: nothing that leaves can be run, numbers and phone numbers stay as they are, and everything comes back."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helsevev.core.tables import neutralise, restore

HOSTILE = [
    "=1+1",
    '=HYPERLINK("https://evil.example","press")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "＋cmd",
    "－1+cmd",
    "＠SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    '"=1+1',
    "\u00a0=1+1",
    "+47 22 33 44 55;=1+1",
    "-5\n=1+1",
]
INTACT = [
    "-5",
    "+5",
    "-1,5",
    "-1.5e-3",
    "-12 %",
    "-1 234 567,89",
    "+47 22 33 44 55",
    "+4722334455",
    "+47 (22) 33-44-55",
    "22 33 44 55",
    "ola.oppdiktet@example.no",
    "Bokmål – nynorsk",
    "a+b=c",
    "24/7",
    "'sitat'",
    "",
]


def could_run(text: str) -> bool:
    """The slow and obvious way: cut where any spreadsheet might, strip what it might strip, look at the sign."""
    for piece in re.split("[,;\t\r\n]", text):
        bare = piece.strip().strip('"').strip()
        number = re.fullmatch(r"[+-]?[\d .,()%eE\u00a0\u202f+-]*", bare)
        if bare[:1] and bare[0] in "=+-@＝＋－＠" and not number:
            return True
    return False


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_can_no_longer_run(text: str) -> None:
    assert could_run(text)
    assert not could_run(neutralise(text))


@pytest.mark.parametrize("text", INTACT)
def test_numbers_phone_numbers_and_plain_text_are_left_alone(text: str) -> None:
    assert neutralise(text) == text
    assert restore(text) == text


@pytest.mark.parametrize("first", ["\t", "\r", "\n"])
def test_a_cell_that_begins_with_a_blank_sign_is_marked_at_its_start(first: str) -> None:
    assert neutralise(first + "text").startswith("'")


TRICKY = st.text(st.sampled_from("=+-@＝＋'\"; ,\t\r\n\x0b\u2028 \u00a0a1.%()")) | st.text()


@given(TRICKY)
@example("'=1")
@example("''=1")
@example("\t'=1")
@example("'\t")
@example("+4 5")
@example("-1,=1")
@example("=1;=1")
def test_restore_undoes_neutralise(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(TRICKY)
def test_nothing_neutralised_can_run(text: str) -> None:
    assert not could_run(neutralise(text))


@given(TRICKY)
def test_neutralising_only_adds_apostrophes(text: str) -> None:
    assert neutralise(text).replace("'", "") == text.replace("'", "")
