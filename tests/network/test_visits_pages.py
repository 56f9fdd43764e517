"""Counting visits from the request to the page: what is counted, what is kept, and what is destroyed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone
from network.at_once import at_once

from helsevev.commons.operations.queries import tables
from helsevev.core.visits import Batch, Device, Look, arrival
from helsevev.network.visits.actions import closing, counting
from helsevev.network.visits.actions.social import make_first
from helsevev.network.visits.middleware import counted_pages
from helsevev.network.visits.models import Channel, Day, Month, Tally
from helsevev.network.visits.queries import counts
from helsevev.network.visits.queries.yearly import figures

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SEARCH = "https://www.google.no/"


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    counting.counter.take()
    yield
    counting.counter.take()


def open_page(path: str = "/nb/about/", agent: str = DESK, **headers: str) -> None:
    headers = {"HTTP_USER_AGENT": agent, "HTTP_ACCEPT_LANGUAGE": "nb-NO,nb;q=0.9", **headers}
    assert Client().get(path, **headers).status_code == 200


def counted() -> counts.Totals:
    counting.write()
    today = timezone.localdate()
    return counts.totals(today, today)


def test_visits_pages_ways_and_devices_add_up(db):
    open_page(HTTP_REFERER=SEARCH)
    open_page("/nn/privacy/", HTTP_REFERER="http://testserver/nb/about/")
    open_page("/nb/privacy/", agent=PHONE)
    open_page("/nb/about/?utm_medium=email", agent=PHONE, REMOTE_ADDR="192.0.2.9")
    found = counted()
    assert (found.visits, found["views"], found["visitors"]) == (3, 4, 3)
    assert {name: many for name, many in found.channels.items() if many} == {"search": 1, "direct": 1, "newsletter": 1}
    assert sum(found.devices.values()) == found.visits
    told = dict(Tally.objects.filter(kind="page").values_list("value", "count"))
    assert told == {"/about/": 2, "/privacy/": 2}
    assert list(Tally.objects.filter(kind="host").values_list("value", flat=True)) == ["google.no"]


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_SEC_FETCH_DEST": "iframe"},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=someone"},
    ],
)
def test_what_nobody_opened_and_who_is_signed_in_count_nothing(db, headers):
    open_page(**headers)
    counting.write()
    assert not Day.objects.exists()


def test_other_answers_than_open_pages_count_nothing(db, cast):
    stranger = Client(headers={"user-agent": DESK})
    stranger.head("/nb/about/")
    stranger.post("/nb/about/")
    for path in ("/nb/nothing/", "/nb/people/", "/robots.txt", "/nb/account/sign-in/", "/nb/surveys/o/a-token/"):
        stranger.get(path)
    cast["secretariat"].get("/nb/about/", headers={"user-agent": DESK})
    counting.write()
    assert not Day.objects.exists()


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ({"agent": "Googlebot/2.1"}, "robots"),
        ({"HTTP_SEC_GPC": "1"}, "declined"),
        ({"HTTP_DNT": "1"}, "declined"),
    ],
)
def test_programs_and_those_who_ask_not_to_be_counted_are_a_number_alone(db, headers, name):
    open_page(HTTP_REFERER=SEARCH, **headers)
    found = counted()
    assert {key: many for key, many in found.numbers.items() if many} == {name: 1}
    assert not Tally.objects.exists()


def test_a_page_that_is_remembered_counts_each_time(db):
    for _again in range(3):
        open_page("/nb/knowledge/")
    assert counted()["views"] == 3


def patterns(found: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, one.namespace or space)
        else:
            yield f"{space}:{one.name}", one


def test_every_counted_page_exists_and_holds_no_secret_in_its_address():
    """Only plain words may stand in a counted address: keys, years and codes of what is open to all."""
    every = dict(patterns(get_resolver().url_patterns))
    assert not counted_pages() - set(every)
    for name in counted_pages():
        words = every[name].pattern.converters
        assert set(words) <= {"key", "year", "slug", "code"}, name
        assert not any(isinstance(one, UUIDConverter) for one in words.values()), name


def test_nothing_of_a_visitor_outlives_the_day(db):
    open_page(REMOTE_ADDR="192.0.2.77")
    open_page(REMOTE_ADDR="192.0.2.78")
    counting.write()
    today = timezone.localdate()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), datetime.min.time()))
    closing.close_due(midnight + timedelta(minutes=5))
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM visits_seen")
        assert cursor.fetchone()[0] == 2, "the last that were counted have a few minutes to come"
    closing.close_due(midnight + timedelta(minutes=15))
    closing.close_due(midnight + timedelta(minutes=25))
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT COUNT(*) FROM visits_seen) + (SELECT COUNT(*) FROM visits_secret)")
        assert cursor.fetchone()[0] == 0
    assert Day.objects.get().visitors == 2
    everything = str(list(Day.objects.values())) + str(list(Tally.objects.values()))
    assert "192.0.2" not in everything
    assert "Firefox" not in everything


def test_a_late_count_of_a_closed_day_is_added_and_destroyed_too(db):
    yesterday = timezone.localdate() - timedelta(days=1)
    for address in ("192.0.2.1", "192.0.2.2"):
        counting.counter.add(yesterday, Look("/", arrival("", (), {}), Device.PHONE, "nb", ""), address, PHONE)
        counting.write()
        closing.close_due(timezone.now() + timedelta(minutes=20))
    assert Day.objects.get(day=yesterday).visitors == 2


def test_neither_key_nor_visitors_are_ever_in_a_backup():
    stored = {model._meta.db_table for model in tables.stored_models()}
    assert "visits_day" in stored
    assert not {"visits_seen", "visits_secret"} & stored


def test_small_counts_of_a_month_are_folded_for_good_when_it_is_over(db):
    month = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    for value, count in (("/a/", 9), ("/b/", 4), ("/c/", 3)):
        Tally.objects.create(month=month, kind="page", value=value, count=count)
    closing.close_due()
    closing.close_due()
    assert dict(Tally.objects.values_list("value", "count")) == {"/a/": 9, "*": 7}


def test_a_database_that_is_away_gets_the_counts_later(db, monkeypatch):
    open_page()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE visits_seen RENAME TO visits_elsewhere")
        counting.write()
        assert not Day.objects.exists()
        cursor.execute("ALTER TABLE visits_elsewhere RENAME TO visits_seen")
    found = counted()
    assert (found.visits, found["visitors"]) == (1, 1)


def test_processes_that_write_at_once_add_up(on_disk):
    """Each thread has a batch and a connection of its own, as processes have."""
    today, looked = timezone.localdate(), Look("/", arrival(SEARCH, (), {}), Device.PHONE, "nb", "NO")

    def one(process: int) -> Callable[[], None]:
        def work() -> None:
            for _turn in range(4):
                batch = Batch()
                for visitor in range(5):
                    batch.add(today, looked, f"192.0.2.{visitor + (process % 2)}", PHONE)
                    batch.add(today, looked, "192.0.2.0", PHONE)
                with transaction.atomic():
                    counting._write(batch)

        return work

    at_once(*(one(process) for process in range(4)))
    found = counts.totals(today, today)
    assert (found["views"], found.visits, found["visitors"]) == (160, 160, 6)
    assert Tally.objects.get(kind="page").count == 160


def test_the_page_shows_a_period_beside_the_year_before_and_hides_sites_from_strangers(db, cast):
    browser = cast["stranger"]
    empty = browser.get(reverse("visits:visits")).content.decode()
    assert "2025" not in empty
    Day.objects.create(day="2024-06-30")
    for year, visits in ((2024, 1000), (2025, 1100)):
        Day.objects.create(day=f"{year}-08-09", views=2000, search=visits, computer=visits, visitors=900)
    apart = (("page", "/about/", 1200), ("page", "/rare/", 2), ("host", "intranet.example.no", 40))
    for kind, value, count in apart:
        Tally.objects.create(month="2025-08-01", kind=kind, value=value, count=count)
    page = browser.get("/en/visits/?period=2025-Q3").content.decode()
    assert "3rd quarter 2025: 1,100 visits, 10% more than the year before" in page
    assert "/about/" in page
    assert "/rare/" not in page
    assert "intranet.example.no" not in page
    assert "intranet.example.no" in cast["secretariat"].get("/en/visits/?period=2025-Q3").content.decode()
    for form in ("csv", "xlsx", "json"):
        answer = browser.get(f"/en/visits/visits.{form}?period=2025-08")
        assert answer.status_code == 200
        assert b"intranet" not in answer.content
    told = browser.get("/en/visits/visits.json?period=2025-08").json()
    assert told["quarters"]["2025-Q3"]["visits"] == told["months"]["2025-08"]["visits"] == 1100
    assert told["2025-08"]["page"] == {"/about/": 1200, "*": 2}
    assert browser.get("/en/visits/pictures/channels.svg?period=2025-Q3").status_code == 200
    assert [browser.get(f"/en/visits/?period={odd}").status_code for odd in ("2025-Q9", "x", "9999-01")] == [404] * 3


def test_the_annual_report_counts_its_year_up_to_the_cutoff(db):
    make_first()
    Day.objects.create(day="2025-02-10", views=9, search=6, direct=2, computer=7, mobile=1, visitors=7)
    Day.objects.create(day="2025-03-01", views=3, newsletter=2, computer=2, visitors=2)
    Day.objects.create(day="2025-06-30", views=3, link=90, computer=90, visitors=80)
    Month.objects.create(channel_id=Channel.objects.get(key="linkedin").pk, month="2025-03-01", followers=514, new=295)
    found = {one.key: one for one in figures(2025, date(2025, 6, 29))}
    assert (found["web.visits.Q1"].counted, found["web.unique.Q1"].counted) == (10, 9)
    assert [(row.key, row.amount) for row in found["web.visits.Q1"].rows] == [("2025-02", 8), ("2025-03", 2)]
    assert "web.visits.Q2" not in found, "its only day comes after the cut-off"
    assert (found["web.channels.newsletter"].value, found["web.channels.search"].n) == (20, 10)
    assert found["web.pc_pct"].value == 90
    assert found["social.linkedin.growth_pct"].value == 134.7
    assert "LinkedIn" in found["social.linkedin.followers"].said.label
    assert not list(figures(2022, date(2022, 12, 31))), "what sources state of 2022 stands alone"
