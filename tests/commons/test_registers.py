"""Registers of organisations, and what written names mean."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.people import actions, queries
from helsevev.commons.people.models import Organisation, Register
from helsevev.commons.people.rules import Directory, Resolved, organisation_number, records
from helsevev.config.command import main
from helsevev.core.slugs import slug
from helsevev.core.words import Refused


@pytest.fixture
def loaded(registers: None) -> None:
    """The registers of the repository."""


def test_the_registers_hold_what_they_promise(loaded):
    # Statistics Norway, table 07459: 357 municipalities on 1 January 2026; Oslo has 728,714 inhabitants.
    assert Organisation.objects.filter(kind="municipality").count() == 357
    assert Organisation.objects.filter(kind="hospital_trust").count() == 20
    assert Organisation.objects.filter(kind="health_community").count() == 19
    assert Organisation.objects.filter(kind="regional_health_authority").count() == 4
    oslo = Organisation.objects.get(municipality_number="0301")
    assert (oslo.population, oslo.county, oslo.health_region) == (728714, "Oslo", "HSO")
    assert Register.objects.get(key="municipalities").as_of == date(2026, 1, 1)


def test_every_municipality_has_county_region_and_population(loaded):
    for row in Organisation.objects.filter(kind="municipality"):
        assert row.county, row
        assert row.health_region in {"HN", "HM", "HV", "HSO"}, row
        assert row.population, row


def test_no_organisation_number_is_written_from_memory(loaded):
    assert not Organisation.objects.exclude(organisation_number="").exists()


def test_a_second_load_changes_nothing(loaded):
    again = actions.load_registers()
    assert (again.made, again.changed) == ([], {})
    assert again.left == Organisation.objects.count()


def test_a_name_that_a_person_added_stays(loaded):
    Organisation.objects.get(key="helse-fonna").other_names.create(name="Fonna")
    actions.load_registers()
    assert queries.resolve("Fonna") == Resolved(("helse-fonna",))


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("UNN", Resolved(("universitetssykehuset-nord-norge",))),
        ("Tønsberg", Resolved(("tonsberg-kommune",))),
        ("tønsberg  KOMMUNE", Resolved(("tonsberg-kommune",))),
        ("Oslo kommune", Resolved(("oslo-kommune",))),
        ("UNN og Narvik kommune", Resolved(("universitetssykehuset-nord-norge", "narvik-kommune"))),
        ("Os", Resolved(("os-kommune",))),
        ("fastleger", Resolved(generic="gp")),
        ("politi", Resolved(generic="police")),
        ("Våler", None),  # two municipalities share the name
        ("Atlantis kommune", None),
    ],
)
def test_names_resolve(loaded, written, means):
    assert queries.resolve(written) == means


def test_an_unknown_name_offers_the_nearest(loaded):
    assert "Helse Fonna" in queries.nearest("helse fona")
    assert "UNN" in queries.nearest("unm")


@given(st.text(max_size=60))
def test_no_text_makes_the_directory_fall(text):
    directory = Directory({"helse fonna": frozenset({"helse-fonna"})}, {})
    resolved = directory.resolve(text)
    assert resolved is None or resolved.organisations == ("helse-fonna",)
    assert len(directory.nearest(text)) <= 3


@given(st.text(max_size=60))
def test_a_slug_is_always_an_address(text):
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug(text))
    assert slug(slug(text)) == slug(text)


def mod11(digits: str) -> str | None:
    """The check digit as the Brønnøysund registers describe it: weights 3 2 7 6 5 4 3 2, modulus 11; 10 isn't used."""
    rest = 11 - sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return None if rest == 10 else str(rest % 11)


@given(st.integers(80_000_000, 99_999_999), st.integers(0, 9))
def test_check_digits_agree_with_the_published_rule(number, last):
    written = f"{number}{last}"
    if mod11(str(number)) == str(last):
        assert organisation_number(written, 2) == written
    else:
        with pytest.raises(Refused):
            organisation_number(written, 2)


def test_every_fault_of_a_list_is_named_at_once():
    rows = [
        {"number": "0301", "name": "Oslo"},
        {"number": "12345", "name": "Long"},
        {"number": "1101", "name": ""},
        {"number": "0301", "name": "Oslo"},
        {"number": "1103", "name": "Stavanger", "population": "many"},
        {"number": "1106", "name": "Haugesund", "organisation_number": "123456789"},
    ]
    with pytest.raises(Refused) as caught:
        records("municipalities", rows)
    assert [refusal.values["row"] for refusal in caught.value.refusals] == [3, 4, 5, 6, 7]


def test_bindal_keeps_its_region_when_a_list_is_renewed_by_county_alone():
    (bindal,) = records("municipalities", [{"number": "1811", "name": "Bindal"}])
    assert bindal.columns["health_region"] == "HM"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A publisher's list with its own column names, semicolons, a byte order mark and spaces in numbers."""
    path = tmp_path / "kommuner.csv"
    path.write_text("\ufeffKommunenummer;Kommunenavn;Folketall\n0301;Oslo;730 000\n9999;Nyby;12\n", encoding="utf-8")
    return path


def renew(path: Path, *more: str) -> int:
    mapped = ["--map", "number=Kommunenummer", "--map", "name=Kommunenavn", "--map", "population=Folketall"]
    return main(["load", "register", str(path), "--register", "municipalities", *mapped, *more])


def test_a_publishers_list_renews_the_register(loaded, published, capsys):
    assert renew(published, "--as-of", "2027-01-01") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "1 made, 1 changed, 0 left"
    assert "bergen-kommune: not in the new list" in err
    assert Organisation.objects.get(key="oslo-kommune").population == 730000
    assert Organisation.objects.filter(key="bergen-kommune").exists()
    assert Register.objects.get(key="municipalities").as_of == date(2027, 1, 1)


def test_a_dry_run_says_the_same_and_changes_nothing(loaded, published, capsys):
    assert renew(published, "--dry-run") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 made, 1 changed, 0 left"
    assert not Organisation.objects.filter(municipality_number="9999").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.csv", "--register", "municipalities"], 1),
        (["nowhere.csv", "--register", "moons"], 2),
        (["nowhere.csv"], 2),
    ],
)
def test_wrong_words_are_answered_without_a_traceback(db, arguments, code, capsys):
    assert main(["load", "register", *arguments]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_wrong_column_is_named(loaded, published, capsys):
    assert main(["load", "register", str(published), "--register", "municipalities", "--map", "number=Nummer"]) == 2
    assert "Its columns are: Kommunenummer, Kommunenavn, Folketall" in capsys.readouterr().err
