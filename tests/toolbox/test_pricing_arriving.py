"""What was, held to what the model assumes: points in time to the queue, counted years to the trend."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core.population import Kind, Population
from helsevev.toolbox.pricing.actions.population import load, of_core
from helsevev.toolbox.pricing.models import CaseRevision, PriceCase
from helsevev.toolbox.pricing.queries import people

OWNER = "akershus-universitetssykehus"


@pytest.fixture
def economist(person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.PROJECT_MEMBER, OWNER))


def address(case: PriceCase) -> str:
    return reverse("pricing:arrivals", args=[case.key]).replace("/nb/", "/en/")


def file(lines: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("times.csv", "\n".join(["time", *lines]).encode(), content_type="text/csv")


def test_alarms_in_clusters_are_warned_of_and_nothing_of_the_file_is_kept(case: PriceCase, economist: Client) -> None:
    chance, lines = random.Random(1), []
    for at in range(30):
        day = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=at // 5 * 7 + at % 5)
        busy = 14 if at % 3 == 0 else 1  # whole wards measure on the same mornings
        lines += [f"{day.replace(hour=8, minute=chance.randrange(60)):%Y-%m-%d %H:%M},NAME-{at}" for _ in range(busy)]
        lines += [f"{day.replace(hour=hour):%Y-%m-%dT%H:%M},x" for hour in range(9, 16)]
    answer = economist.post(address(case), {"file": file(lines), "opens": "8"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "In these opening hours contacts clearly come in clusters: 1." in text
    assert "NAME-" not in text
    case.refresh_from_db()
    assert case.version == 1
    profile = text.split('name="profile" value="')[1].split('"')[0]
    assert economist.post(address(case), {"do": "take", "profile": profile}).status_code == 302
    held = CaseRevision.objects.get(case=case, number=2).content
    assert held["centre"]["hourly_contact_profile"] == [float(word) for word in profile.split()]
    assert sum(held["centre"]["hourly_contact_profile"]) == pytest.approx(1)
    assert held["notes"]["centre.hourly_contact_profile"]["source"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["in the morning", "later"], "is not a point in time"),
        (["2026-03-02 08:00"], "At least 10 are needed"),
        (["2026-03-02 23:00"], "No contact lies within"),
    ],
)
def test_a_file_that_says_nothing_is_told_why(case: PriceCase, economist: Client, lines: list[str], said: str) -> None:
    answer = economist.post(address(case), {"file": file(lines), "opens": "8"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("profile", ["", "0.5 0.6", "nan 1", "1 -1", "9e999"])
def test_a_day_that_cannot_be_changes_nothing(case: PriceCase, economist: Client, profile: str) -> None:
    assert economist.post(address(case), {"do": "take", "profile": profile}).status_code == 302
    case.refresh_from_db()
    assert case.version == 1


def test_a_trend_says_how_it_has_missed_or_that_nobody_knows(case: PriceCase, economist: Client) -> None:
    need = reverse("pricing:need", args=[case.key]).replace("/nb/", "/en/")
    assert "how far it may miss is not known" in economist.get(need).content.decode()
    whole = people.everything()
    assert whole is not None
    years = tuple(range(2014, 2027))
    counts = np.repeat(whole.people, len(years), axis=1)
    table = Population(whole.numbers, years, counts, (Kind.OBSERVED,) * len(years), "Test: the same each year")
    load(of_core(table), "system:test")
    text = economist.get(need).content.decode()
    assert "How trends have missed" in text
    assert "is not known" not in text
