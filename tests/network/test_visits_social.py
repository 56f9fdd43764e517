"""Followers entered by the month: by whom, with a trace, and nothing lost when two write at once."""

import pytest
from django.urls import reverse

from helsevev.commons.audit.models import Line
from helsevev.network.visits.actions.social import make_first
from helsevev.network.visits.models import Channel, Month

ADDRESS = "/en/visits/social/2026-10/"
ENTERED = {"facebook-followers": "616", "facebook-new": "350", "facebook-reach": "300", "seen": ""}


@pytest.fixture(autouse=True)
def _channels(db):
    make_first()
    assert make_first() == 0


def test_a_month_is_entered_corrected_and_traced(cast):
    keeper = cast["secretariat"]
    assert keeper.post(ADDRESS, ENTERED).status_code == 302
    row = Month.objects.get()
    assert (row.channel.key, row.followers, row.new, row.reach, row.version) == ("facebook", 616, 350, 300, 1)
    assert "131.6" in cast["stranger"].get("/en/visits/social/").content.decode()
    keeper.post(ADDRESS, {**ENTERED, "facebook-reach": "310", "seen": "facebook:1"})
    assert Line.objects.filter(kind="social-month", key="2026-10", verb="entered").count() == 2
    page = keeper.get(ADDRESS).content.decode()
    assert "300 → 310" in page
    assert "Test secretariat" in page
    assert "Test secretariat" not in cast["stranger"].get("/en/visits/social/").content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("followers", "many"), ("followers", "-1"), ("new", "999"), ("reach", "1" * 30), ("followers", "6,5")],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(cast, name, typed):
    answer = cast["secretariat"].post(ADDRESS, {**ENTERED, f"facebook-{name}": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{typed}"' in page
    assert 'value="300"' in page or name == "reach"
    assert not Month.objects.exists()


def test_who_was_second_sees_what_stands_and_loses_nothing(cast):
    cast["secretariat"].post(ADDRESS, ENTERED)
    late = cast["editor"].post(ADDRESS, {**ENTERED, "facebook-followers": "620"})
    assert late.status_code == 422
    page = late.content.decode()
    assert 'value="620"' in page
    assert "616 followers, 350 new, 300 reached" in page
    again = cast["editor"].post(ADDRESS, {**ENTERED, "facebook-followers": "620", "seen": "facebook:1"})
    assert again.status_code == 302
    assert Month.objects.get().followers == 620


def test_only_those_who_keep_figures_may_enter(cast):
    keepers = {"secretariat", "administrator", "editor"}
    for address in (ADDRESS, reverse("visits:channels")):
        for who, browser in cast.items():
            status = browser.post(address, ENTERED).status_code
            assert (status in (302, 422)) if who in keepers else (status in (401, 404)), (who, address, status)
    assert Month.objects.count() == 1


def test_channels_are_renamed_ordered_retired_and_added(cast):
    keeper, address = cast["secretariat"], reverse("visits:channels")
    sent = {}
    for place, one in enumerate(Channel.objects.all(), start=1):
        sent |= {f"{one.key}-name": one.name, f"{one.key}-place": str(4 - place), f"{one.key}-in_use": "on"}
    del sent["instagram-in_use"]
    assert keeper.post(address, {**sent, "facebook-name": "Meta", "added": "Bluesky"}).status_code == 302
    assert [(one.key, one.in_use) for one in Channel.objects.all()] == [
        ("instagram", False),
        ("linkedin", True),
        ("facebook", True),
        ("bluesky", True),
    ]
    page = keeper.get(ADDRESS).content.decode()
    assert "Bluesky" in page
    assert "instagram-followers" not in page
    for wrong in ({"added": "bluesky"}, {"added": "!!"}, {"linkedin-name": "Meta", "facebook-name": "Meta"}):
        answer = keeper.post(address, {**sent, **wrong})
        assert answer.status_code == 422, wrong
        assert Channel.objects.count() == 4
