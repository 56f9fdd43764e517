"""What an opened page tells: way here, device, language, months; and counting that stays bounded."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.visits import (
    CHANNELS,
    OTHER,
    Batch,
    Channel,
    Device,
    Look,
    Period,
    arrival,
    folded,
    kind_of,
    month_of,
    named,
    preferred,
    quarter_of,
)
from helsevev.core.visits.arriving import host_of
from helsevev.core.visits.counting import MOST_VALUES
from helsevev.core.visits.followers import Entered, growth, year_of

OWN = "helsevev.example.no"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, Device.COMPUTER),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", Device.COMPUTER),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Mobile/15E148 Safari/604.1",
            Device.PHONE,
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; CUBOT X30) Chrome/120.0 Mobile Safari/537.36",
            Device.PHONE,
        ),
        ("Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) Version/16.5 Mobile/15E148 Safari/604.1", Device.TABLET),
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/124.0 Safari/537.36", Device.TABLET),
        ("Mozilla/5.0 (PlayStation 5 3.11) AppleWebKit/605.1.15", Device.OTHER),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Device.ROBOT),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140 Safari/537.36", Device.ROBOT),
        ("facebookexternalhit/1.1", Device.ROBOT),
        ("curl/8.5.0", Device.ROBOT),
        ("python-requests/2.32", Device.ROBOT),
        ("", Device.ROBOT),
    ],
)
def test_a_browser_says_what_it_runs_on(agent, device):
    assert kind_of(agent) is device


@pytest.mark.parametrize(
    ("referrer", "marks", "fetched", "channel"),
    [
        ("", {}, "", Channel.DIRECT),
        ("", {}, "none", Channel.DIRECT),
        ("", {}, "same-origin", Channel.INTERNAL),
        (f"https://{OWN}/nb/", {}, "same-origin", Channel.INTERNAL),
        ("https://www.google.no/", {}, "cross-site", Channel.SEARCH),
        ("https://duckduckgo.com/", {}, "", Channel.SEARCH),
        ("https://notgoogle.example.com/", {}, "", Channel.LINK),
        ("https://google.evil.example.com/", {}, "", Channel.LINK),
        ("https://l.facebook.com/l.php?u=x", {}, "", Channel.SOCIAL),
        ("https://t.co/abc", {}, "", Channel.SOCIAL),
        ("android-app://com.linkedin.android/", {}, "", Channel.SOCIAL),
        ("https://scratch.co/", {}, "", Channel.LINK),
        ("https://www.helse-bergen.no/a/b?name=Kari", {}, "", Channel.LINK),
        ("https://www.google.no/", {"utm_medium": "email"}, "", Channel.NEWSLETTER),
        (f"https://{OWN}/nb/newsletter/", {"utm_source": "newsletter"}, "same-origin", Channel.NEWSLETTER),
        ("", {"utm_medium": "social"}, "", Channel.SOCIAL),
        ("http://[bad", {}, "", Channel.DIRECT),
    ],
)
def test_the_way_here(referrer, marks, fetched, channel):
    assert arrival(referrer, [OWN], marks, fetched).channel is channel


def test_of_another_site_its_name_alone_is_kept():
    assert host_of("https://WWW.Helse-Bergen.no:8443/pasient/Kari?x=1#y") == "helse-bergen.no"
    assert host_of("https://192.0.2.7/") == host_of("https://a b/") == host_of("https://" + "a" * 300 + ".no") == ""


@given(st.text(max_size=300))
def test_nothing_that_a_browser_says_breaks_the_counting(said):
    assert arrival(said, [OWN], {"utm_source": said}, said).channel in {*CHANNELS, Channel.INTERNAL}
    language, country = preferred(said)
    assert len(language) <= 3
    assert len(country) in (0, 2)
    assert kind_of(said) in Device


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("nb-NO,nb;q=0.9,en;q=0.8", ("nb", "NO")),
        ("no", ("nb", "")),
        ("en-gb", ("en", "GB")),
        ("zh-Hans-CN,zh", ("zh", "CN")),
        ("es-419,es", ("es", "")),
        ("*", ("", "")),
        ("", ("", "")),
        ("kari.nordmann@example.no", ("", "")),
    ],
)
def test_language_and_country_are_what_is_asked_for(header, found):
    assert preferred(header) == found


def test_periods():
    assert quarter_of(DAY) == named("2026-Q4") == Period(2026, 10, 3)
    assert (quarter_of(DAY).first, quarter_of(DAY).last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert month_of(date(2028, 2, 9)).last == date(2028, 2, 29)
    assert named("2026-Q3").year_before.name == "2025-Q3"
    assert [named(name) for name in ("2026-Q5", "2026-13", "1999-Q1", "x", "", "2026")] == [None] * 6


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 20), max_size=8))
def test_folding_loses_nothing_and_shows_no_small_count(counts):
    told = folded(counts)
    assert sum(told.values()) == sum(counts.values())
    assert all(count >= 5 for value, count in told.items() if value != OTHER)


def look(page: str = "/", channel: str = "https://www.google.no/") -> Look:
    return Look(page, arrival(channel, [OWN], {}), Device.PHONE, "nb", "NO")


def test_a_visit_begins_where_one_comes_from_outside():
    batch = Batch()
    batch.add(DAY, look(), "192.0.2.1", FIREFOX)
    batch.add(DAY, look("/about/", f"https://{OWN}/"), "192.0.2.1", FIREFOX)
    assert batch.days[DAY] == {"views": 2, "search": 1, "mobile": 1}
    assert len(batch.seen) == 1
    assert batch.tallies[DAY.replace(day=1), "host", "google.no"] == 1


def test_whoever_makes_up_pages_before_fills_no_memory():
    batch = Batch()
    for number in range(MOST_VALUES + 50):
        batch.add(DAY, look(f"/{number}/", f"https://a{number}.example.com/"), "192.0.2.1", FIREFOX)
    assert len(batch.tallies) <= MOST_VALUES + 4
    assert sum(count for (_m, kind, _v), count in batch.tallies.items() if kind == "page") == MOST_VALUES + 50


def test_what_could_not_be_written_is_added_to_what_came_since():
    old, new = Batch(), Batch()
    old.add(DAY, look(), "192.0.2.1", FIREFOX)
    new.add(DAY, look(), "192.0.2.2", FIREFOX)
    new.put_back(old)
    assert new.days[DAY]["views"] == new.days[DAY]["search"] == len(new.seen) == 2


def test_a_year_of_followers_says_no_more_than_was_entered():
    months = [Entered(date(2026, 2, 1), 120, 20, None), Entered(date(2026, 1, 1), 100, None, 50)]
    assert vars(year_of(months)) == {"followers": 120, "new": 20, "growth_pct": 20.0, "reach": 50, "months": 2}
    assert growth(616, 350) == 131.6
    assert growth(5, 5) is growth(None, 3) is None
