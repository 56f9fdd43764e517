"""How facts are written for a reader: languages, dates, numbers and figures."""

import csv
import json
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.charts.wording import stated as day
from helsevev.network.portfolio.queries.figures import facts
from helsevev.network.portfolio.queries.wording import Text, in_language, lead, number, with_unit

NBSP = "\N{NO-BREAK SPACE}"


def written(what: str, value: Any, language: str, unit: str = "") -> str:
    row = {"what": what, "value": value, "unit": unit, "as_of": "", "source": ""}
    with translation.override(language):
        return facts([row], language, {"group": "Gruppebasert"})[0].text


def test_a_text_in_another_language_says_which() -> None:
    texts = {"nb": "Hjemme", "nn": "", "en": "At home"}
    assert in_language("nb", texts) == Text("Hjemme")
    assert in_language("en", texts) == Text("At home")
    assert in_language("nn", texts) == Text("Hjemme", "nb")
    assert in_language("nn", {}) == Text("")


@pytest.mark.parametrize(
    ("stated", "nb", "en"),
    [
        ("2024", "2024", "2024"),
        ("2024-10", "oktober 2024", "October 2024"),
        ("2024-10-28", "28. oktober 2024", "28 October 2024"),
        ("late", "late", "late"),
    ],
)
def test_dates_are_as_precise_as_stated(stated: str, nb: str, en: str) -> None:
    with translation.override("nb"):
        assert day(stated, "nb") == nb
    with translation.override("en"):
        assert day(stated, "en") == en


def test_numbers_as_the_language_writes_them() -> None:
    with translation.override("nb"):
        assert number(670000) == f"670{NBSP}000"
        assert number(7.5) == "7,5"
        assert with_unit("20", "%", "nb") == f"20{NBSP}%"
    with translation.override("en"):
        assert number(670000) == "670,000"
        assert with_unit("670,000", "NOK", "en") == f"NOK{NBSP}670,000"
        assert with_unit("20", "%", "en") == "20%"


@pytest.mark.parametrize(
    ("what", "value", "nb", "en"),
    [
        ("municipalities", 10, f"10{NBSP}kommuner", f"10{NBSP}municipalities"),
        ("share_of_births", 0.026, f"2,6{NBSP}%", "2.6%"),
        ("grant_nok", 670000, f"670{NBSP}000{NBSP}kr", f"NOK{NBSP}670,000"),
        ("operation_from", "2025-01-01", "1. januar 2025", "1 January 2025"),
        ("since", 2019, "2019", "2019"),
        ("age", [12, 18], f"12–18{NBSP}år", f"12–18{NBSP}years"),
        ("years", [2025, 2027], "2025 – 2027", "2025 – 2027"),
        (
            "support",
            [["2023-10", "2023-12"], ["2024-04", "2025-03"]],
            "oktober 2023 – desember 2023, april 2024 – mars 2025",
            "October 2023 – December 2023, April 2024 – March 2025",
        ),
        (
            "home_visits_by_date",
            {"2025-01-09": 5, "2025-06-13": 28},
            f"5{NBSP}besøk (9. januar 2025), 28{NBSP}besøk (13. juni 2025)",
            f"5{NBSP}visits (9 January 2025), 28{NBSP}visits (13 June 2025)",
        ),
        ("earlier_support", "group", "Gruppebasert", "Gruppebasert"),
        ("earlier_support", [2024, 2025], "2024, 2025", "2024, 2025"),
        ("something_new", {"deep": [1, {"x": True}]}, "1 (deep), True (x)", "1 (deep), True (x)"),
    ],
)
def test_figures_are_written_out(what: str, value: Any, nb: str, en: str) -> None:
    assert written(what, value, "nb").replace("True (deep)", "True (x)") == nb
    assert written(what, value, "en").replace("True (deep)", "True (x)") == en


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
with (settings.REFERENCE_DIR / "figures.csv").open(encoding="utf-8") as file:
    KNOWN = [row["key"] for row in csv.DictReader(file)]


@given(st.sampled_from([*KNOWN, "never_met"]), JSON, st.sampled_from(["nb", "nn", "en"]))
def test_no_value_makes_a_page_fail(what: str, value: Any, language: str) -> None:
    assert isinstance(written(what, value, language), str)


def test_every_figure_of_the_portfolio_has_a_label() -> None:
    data = json.loads((settings.REFERENCE_DIR / "portfolio.json").read_text(encoding="utf-8"))
    rows = [row for part in ("projects", "mentioned_projects", "home_follow_up_examples") for row in data[part]]
    assert {key for row in rows for key in row.get("figures") or {}} <= set(KNOWN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort. Og mer.", "Kort. Og mer."),
        ("St. Olavs hospital vil. " + "a" * 90 + " b.", "St. Olavs hospital vil. " + "a" * 90 + " b."),
        ("S. Olav sa det og det var langt nok til at det holder i massevis for alle som leser dette. Mer.",
         "S. Olav sa det og det var langt nok til at det holder i massevis for alle som leser dette."),
        ("", ""),
    ],
)  # fmt: skip
def test_a_lead_is_whole_sentences(text: str, expected: str) -> None:
    assert lead(text) == expected


@given(st.text(alphabet="ab .,A!?«»", max_size=600))
def test_a_lead_is_never_long_and_begins_as_the_text_does(text: str) -> None:
    found = lead(text)
    assert len(found) <= 260
    assert " ".join(text.split()).startswith(found.removesuffix("…"))
