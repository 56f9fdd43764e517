"""Figures over several years: each year keeps its own value, and a chapter's figures stand together."""

from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.annual import lines

KEYS = ("projects.total", "meetings.webinars", "projects.new", "survey.a.high")
NUMBERS = st.none() | st.integers(0, 50)
YEARS = st.dictionaries(st.integers(2019, 2026), st.dictionaries(st.sampled_from(KEYS), st.tuples(NUMBERS, NUMBERS)))


def document(figures):
    return {
        "figures": [
            {"key": key, "label": f"label of {key}", "definition": "", "unit": "", "counted": counted, "stated": stated}
            for key, (counted, stated) in figures.items()
        ]
    }


def test_what_is_counted_goes_before_what_is_stated_and_unknown_stays_empty():
    years = {
        2022: document({"projects.total": (29, 30), "meetings.webinars": (None, 6)}),
        2023: document({"projects.total": (40, None), "meetings.webinars": (None, None)}),
    }
    total, webinars = lines(years)
    assert {year: (one.number, one.stated) for year, one in total.values.items()} == {
        2022: (29, False),
        2023: (40, False),
    }
    assert {year: (one.number, one.stated) for year, one in webinars.values.items()} == {2022: (6, True)}


@given(YEARS)
def test_every_known_value_is_on_one_line_and_nothing_else(years):
    found = lines({year: document(figures) for year, figures in years.items()})
    told = {(line.key, year): value.number for line in found for year, value in line.values.items()}
    known = {
        (key, year): stated if counted is None else counted
        for year, figures in years.items()
        for key, (counted, stated) in figures.items()
        if not key.startswith("survey.") and (counted, stated) != (None, None)
    }
    assert told == known
    chapters = [line.key.partition(".")[0] for line in found]
    assert len(found) == len({line.key for line in found})
    assert chapters == sorted(chapters, key=chapters.index), "a chapter is not broken up"
