"""A JSON file that people write: what JSON lets pass and nobody means is a fault with its place."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core import strictjson
from helsevev.core.faults import Fault, Faulty, nearest, place, quoted, unique
from helsevev.core.words import Refusal

TEXT = st.text(st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_what_python_writes_is_read_as_it_was(value):
    assert strictjson.read(json.dumps(value, ensure_ascii=False).encode()) == (value, [])


@given(st.binary(max_size=200))
def test_no_bytes_whatever_give_anything_but_a_value_or_a_refusal(raw):
    with suppress(Faulty):
        strictjson.read(raw)


def refused(raw):
    with pytest.raises(Faulty) as faulty:
        strictjson.read(raw)
    return [str(fault) for fault in faulty.value.faults]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty"),
        (b"  \n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b'{"a": "\xe6"}', "The file isn't UTF-8: byte 8 (0xe6) can't be read. Save it as UTF-8"),
        (b'\xef\xbb\xbf{"a": "\xe6"}', "byte 11 (0xe6)"),
        ("{}".encode("utf-16"), "byte 1 (0xff)"),
        (b'{"a": 1,}', "The file isn't JSON: line 1, column"),
        (b'{"a":\n oops}', "line 2, column 2"),
        (b"{} {}", "line 1, column 4: Extra data"),
        (b"[" * 100_000, "Lists and objects lie more than 12 deep in one another"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_sentence(raw, sentence):
    (line,) = refused(raw)
    assert sentence in line


def test_a_file_that_is_too_big_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(strictjson, "LARGEST_BYTES", 10)
    assert refused(b"[" + b"1," * 20 + b"1]") == ["The file is larger than 0 MB"]


def test_a_byte_order_mark_is_let_pass():
    assert strictjson.read(b'\xef\xbb\xbf{"a": 1}') == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": [1, NaN]}', "a[1]: NaN is not a number that can be kept"),
        ('{"a": {"b": -Infinity}}', "a.b: -Infinity is not a number that can be kept"),
        ('{"a": 1e999}', "a: 1e999 is not a number that can be kept"),
        ('{"a": ' + "9" * 5000 + "}", "a: The number has more than 18 digits"),
        ('{"a": {"b": 1, "b": 1}}', "a: The key 'b' stands twice"),
        ('{"a": "x\\u0000y"}', "a: The text holds a character that can't be kept: U+0000"),
        ('{"a": "\\ud800"}', "a: The text holds a character that can't be kept: U+D800"),
        ('{"b c": {"\\u0001": 1}}', "['b c']: The text holds a character that can't be kept: U+0001"),
        ('{"a": ' + "[" * 20 + "]" * 20 + "}", f"a{'[0]' * 12}: Lists and objects lie more than 12 deep"),
    ],
)
def test_what_json_lets_pass_and_nobody_means_has_its_place(text, line):
    _value, faults = strictjson.read(text.encode())
    assert len(faults) == 1
    assert str(faults[0]).startswith(line)


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    _value, faults = strictjson.read(b'{"z": NaN, "a": [Infinity], "z": NaN}')
    assert [fault.place for fault in faults] == ["", "z", "a[0]"]


def test_places_and_values_are_written_for_a_reader():
    assert place(("projects", 5, "awarded", "year")) == "projects[5].awarded.year"
    assert place(("figures", "a b", 0)) == "figures['a b'][0]"
    assert quoted("x" * 100) == "'" + "x" * 59 + "…'"
    assert quoted("a\x1b[31m") == "'a\N{REPLACEMENT CHARACTER}[31m'"
    assert quoted({"a": None}) == '{"a": null}'


def test_nearest_words_come_nearest_first_and_each_fault_once():
    assert nearest("Projcts", ["projects", "podcast", "events"])[0] == "projects"
    assert nearest("zzz", ["projects"]) == []
    fault = Fault("a", Refusal("wrong"))
    assert unique([fault, fault]) == [fault]


def test_what_no_database_keeps_gets_a_mark_and_the_rest_stays():
    assert strictjson.keepable({"a\x00": ["b\x00c", 1, None, ("\ud800", True)]}) == {
        "a\ufffd": ["b\ufffdc", 1, None, ["\ufffd", True]]
    }


@given(VALUES)
def test_what_can_be_kept_is_left_as_it_is(value):
    assert strictjson.keepable(value) == value
