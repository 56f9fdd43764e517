"""What the list is asked for: any address is understood, and each meaning has one address."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.asked import clean
from helsevev.network.portfolio.queries.choices import FACETS, LISTINGS, MOST_VALUES, SORTS, Choices, read


def ask(query: str) -> Choices:
    return read(parse_qs(query, keep_blank_values=True))


NAMES = st.sampled_from(["q", "listing", "sort", "page", "theme_has", "nonsense", *FACETS])
VALUES = st.text(max_size=12) | st.sampled_from(["HV", "not-stated", "", "title", "2", "mentioned", "\x00", "æ"])
PARAMS = st.dictionaries(NAMES, st.lists(VALUES, max_size=4), max_size=8)


@given(PARAMS)
def test_any_address_is_understood_and_its_clean_form_means_the_same(params: dict[str, list[str]]) -> None:
    choices = read(params)
    assert choices.listing in LISTINGS
    assert choices.sort in SORTS
    assert choices.page >= 1
    again = ask(choices.query.removeprefix("?"))
    assert again == choices
    assert again.query == choices.query


@given(PARAMS, st.sampled_from(FACETS), VALUES.map(clean).filter(bool))
def test_choosing_twice_is_to_take_back(params: dict[str, list[str]], name: str, value: str) -> None:
    choices = read(params).on_page(1)
    assert choices.toggled(name, value).having(name, value) is not choices.having(name, value)
    assert choices.toggled(name, value).toggled(name, value) == choices


@given(st.permutations(["region=HV", "region=HN", "q=hjem", "year=2025", "theme=sar", "region=HV"]))
def test_the_order_of_parameters_means_nothing(parts: list[str]) -> None:
    assert ask("&".join(parts)).query == "?q=hjem&region=HN&region=HV&theme=sar&year=2025"


@pytest.mark.parametrize(
    ("query", "clean_query"),
    [
        ("", ""),
        ("q=&region=&sort=newest&page=1&listing=awarded", ""),
        ("q=++hjem%00me++", "?q=hjem+me"),
        ("q=hjem&sort=relevance", "?q=hjem"),
        ("q=hjem&sort=newest", "?q=hjem&sort=newest"),
        ("sort=relevance", ""),
        ("sort=sideways&listing=secret&utm_source=mail", ""),
        ("phase=not-stated", "?phase=not-stated"),
        ("page=0", ""),
        ("page=-3", ""),
        ("page=two", ""),
        ("page=%EF%BC%92", ""),
        ("page=3&page=4", "?page=4"),
        ("q=first&q=second", "?q=second"),
        ("region=" + "x" * 500, "?region=" + "x" * 120),
        ("theme_has=+s%C3%A5r&theme=&kind_has=x", "?theme_has=s%C3%A5r"),
        ("q=%ff%fe", "?q=%EF%BF%BD%EF%BF%BD"),
    ],
)
def test_addresses_are_made_clean(query: str, clean_query: str) -> None:
    assert ask(query).query == clean_query


def test_a_page_too_high_to_be_one_is_bounded() -> None:
    assert ask("page=" + "9" * 400).page == 1_000_000


def test_what_is_cut_is_said() -> None:
    long = ask("q=" + "a" * 201)
    assert len(long.text) == 200
    assert [str(notice) for notice in long.notices] == [
        "The search was longer than 200 characters. What came after them was left out."
    ]
    many = ask("&".join(f"theme=t{number}" for number in range(MOST_VALUES + 1)))
    assert len(many.facets["theme"]) == MOST_VALUES
    assert len(many.notices) == 1


def test_a_new_search_is_sorted_by_match_unless_the_reader_chose_an_order() -> None:
    assert ask("").searching("hjem").sort == "relevance"
    assert ask("sort=title").searching("hjem").sort == "title"
    assert ask("q=hjem").searching("").sort == "newest"
    assert ask("page=7").searching("hjem").page == 1


def test_files_and_feeds_carry_the_selection_and_no_page_of_it() -> None:
    assert ask("q=hjem&page=3&theme_has=s").selection_query == "?q=hjem"
