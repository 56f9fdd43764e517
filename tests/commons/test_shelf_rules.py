"""What may lie on the shelf, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.shelf import rules
from helsevev.commons.shelf.rules import JSON, Entry, Field, ItemType, Kind, Line, refuse_put
from helsevev.commons.shelf.rules.bodies import fits, is_address

EVERYTHING = ItemType(
    "test-everything",
    "tests",
    "Everything",
    {
        "name": Field(Kind.TEXT, "Name"),
        "count": Field(Kind.WHOLE, "Count", required=False),
        "share": Field(Kind.NUMBER, "Share", required=False),
        "done": Field(Kind.YES_NO, "Done", required=False),
        "on": Field(Kind.DATE, "Date", required=False),
        "tags": Field(Kind.TEXTS, "Tags", required=False),
        "summary": Field(Kind.BY_LANGUAGE, "Summary", required=False),
        "figures": Field(Kind.FACTS, "Figures", required=False),
        "page": Field(Kind.ADDRESS, "Page", required=False),
    },
)
GOOD: dict[str, JSON] = {
    "name": "Felles inntak",
    "count": 7,
    "share": 0.4,
    "done": False,
    "on": "2023-01",
    "tags": ["dho", "kols"],
    "summary": {"nb": "Kort", "nn": "", "en": "Short"},
    "figures": [{"what": "patients", "value": 12, "unit": None}],
    "page": "/portfolio/mila/",
}


KEY = "The key must be between 1 and 120 readable characters, without a slash."
TITLE = "The title must be between 1 and 300 readable characters."


def faults(key: str = "a", title: str = "A", **changed: JSON) -> list[str]:
    return [str(refusal) for refusal in refuse_put(EVERYTHING, key, title, GOOD | changed)]


def test_a_good_body_is_taken() -> None:
    assert faults() == []
    assert refuse_put(EVERYTHING, "a", "A", {"name": "Alone"}) == []


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        ("name", None, "name: is missing."),
        ("name", 7, "name: should be a text."),
        ("name", "a\x00b", "name: should be a text."),
        ("name", "\ud800", "name: should be a text."),
        ("count", 1.5, "count: should be a whole number."),
        ("count", True, "count: should be a whole number."),
        ("share", "0.4", "share: should be a number."),
        ("share", float("nan"), "share: should be a number."),
        ("share", float("inf"), "share: should be a number."),
        ("done", "yes", "done: should be yes or no."),
        ("on", "15.01.2023", "on: should be a date, such as 2023-01-15, or its month or year."),
        ("on", "2023-13", "on: should be a date, such as 2023-01-15, or its month or year."),
        ("tags", "dho", "tags: should be a list of texts."),
        ("tags", ["dho", 1], "tags: should be a list of texts."),
        ("summary", {"sv": "Kort"}, "summary: should be texts by language."),
        ("figures", [{"what": ["nested"]}], "figures: should be a list of facts."),
        ("page", "javascript:alert(1)", "page: should be a path in the product or an https address."),
        ("unknown", "x", "unknown: a test-everything has no such field."),
    ],
)
def test_each_fault_is_named_with_its_place(place: str, value: JSON, why: str) -> None:
    assert faults(**{place: value}) == [why]


@pytest.mark.parametrize(
    ("key", "title", "why"),
    [
        ("", "A", KEY),
        ("x" * 121, "A", KEY),
        ("a/b", "A", KEY),
        ("a\x00", "A", KEY),
        ("a", "  ", TITLE),
        ("a", "x" * 301, TITLE),
        ("a", "a\x00b", TITLE),
        ("a", "\ud800", TITLE),
    ],
)
def test_key_and_title_are_held_to_their_lengths(key: str, title: str, why: str) -> None:
    assert faults(key, title) == [why]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("Skriv til kari@example.invalid i dag", "e-mail"),
        ("kari.nordmann+test@sykehus.example", "e-mail"),
        ("født 01019012345", "identity"),
        ("010190 12345", "identity"),
        ("010190-12345", "identity"),
        ("ring 91234567", "phone"),
        ("tlf. 912 34 567", "phone"),
        ("22 33 44 55", "phone"),
        ("22.33.44.55", "phone"),
        ("+47 912 34 567", "phone"),
        ("004791234567", "phone"),
        ("+46 8 123 456 78", "phone"),
    ],
)
def test_what_tells_of_a_person_is_refused_wherever_it_stands(value: str, what: str) -> None:
    bodies: list[dict[str, JSON]] = [
        {"name": value},
        {"tags": ["fine", value]},
        {"summary": {"nb": value}},
        {"figures": [{"what": value}]},
        {"figures": [{value: 1}]},
    ]
    for changed in bodies:
        said = faults(**changed)
        assert said
        assert all(what in one for one in said), said
    assert any(what in one for one in faults(title=value))


def test_the_place_of_a_trace_is_named() -> None:
    said = faults(figures=[{"what": "fine"}, {"what": "kari@example.invalid"}])
    assert said == ["figures[1].what: looks like an e-mail address. Nothing about a person may lie on the shelf."]


def test_an_identity_number_is_refused_as_a_number_too() -> None:
    assert faults(count=12345678901) == [
        "count: looks like a national identity number. Nothing about a person may lie on the shelf."
    ]


@pytest.mark.parametrize(
    "value",
    [
        "35 000 000 kroner",
        "1 234 567 pasienter i 2023",
        "i 2022, 2023 og 2024",
        "20230115",
        "2023-01-15",
        "15.01.2023",
        "organisasjonsnummer 974 749 025",
        "974749025",
        "fra 40 til 65 år, 12 uker",
        "@helsevev",
        "mila-2026",
        "2026-11-22T02:37:00+01:00",
        "https://example.invalid/sider/2023/01/",
        "NOK 12345678901234567890",
    ],
)
def test_what_tells_of_nobody_is_taken(value: str) -> None:
    assert faults(name=value) == []


def test_large_numbers_are_no_phone_numbers() -> None:
    assert faults(count=91234567) == []


ADDRESSES = {
    "/portfolio/mila/": True,
    "https://example.invalid/a?b=c#d": True,
    "http://example.invalid/": False,
    "//example.invalid/": False,
    "https://someone@example.invalid/": False,
    "javascript:alert(1)": False,
    "/a b": False,
    "/\\example.invalid": False,
    "/a\n": False,
    "https://[": False,
    "": False,
    "/" + "x" * 500: False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses(address: str) -> None:
    assert is_address(address) is ADDRESSES[address]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*EVERYTHING.fields, "unknown"]), json_values), st.text(st.characters()))
def test_any_body_has_an_answer(body: dict[str, JSON], title: str) -> None:
    refusals = refuse_put(EVERYTHING, title, title, body)
    assert all(str(refusal) for refusal in refusals)
    if not refusals:
        assert all(value is None or fits(EVERYTHING.fields[name].kind, value) for name, value in body.items())
        assert rules.entries(EVERYTHING, body)


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.text())
def test_a_digest_tells_contents_apart_whatever_their_order(body: dict[str, JSON], title: str) -> None:
    turned = dict(reversed(body.items()))
    assert rules.digest(title, body) == rules.digest(title, turned)
    assert rules.digest(title, body) != rules.digest(title + "x", body)
    assert rules.digest(title, body) != rules.digest(title, {**body, "new": 1, "": "y"})


def test_a_body_is_shown_field_by_field() -> None:
    shown = {entry.label: entry.lines for entry in rules.entries(EVERYTHING, GOOD | {"count": None})}
    assert shown == {
        "Name": (Line("Felles inntak"),),
        "Count": (),
        "Share": (Line("0.4"),),
        "Done": (Line("No", is_ours=True),),
        "Date": (Line("2023-01"),),
        "Tags": (Line("dho"), Line("kols")),
        "Summary": (Line("Kort", "nb"), Line("Short", "en")),
        "Figures": (Line("what: patients, value: 12"),),
        "Page": (Line("/portfolio/mila/", is_address=True),),
    }


def test_a_type_that_nobody_knows_here_is_shown_as_written() -> None:
    assert rules.entries(None, {"a": [1, "å"]}) == [Entry("a", (Line('[1, "å"]'),))]


def test_two_rooms_cannot_register_one_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_registry", {})
    rules.register(EVERYTHING)
    rules.register(EVERYTHING)
    assert rules.item_types() == [EVERYTHING]
    with pytest.raises(ValueError, match="two rooms"):
        rules.register(ItemType("test-everything", "elsewhere", "Other", {}))
