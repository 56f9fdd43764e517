"""The newsletter's arithmetic: who clicked without names, what a scanner is, what came back, and what each is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.newsletter import clicks, content
from helsevev.core.newsletter.bounces import Standing, returned
from helsevev.core.newsletter.clicks import Asked, Click
from helsevev.core.newsletter.content import Block, Kind

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


# --- Clicks ----------------------------------------------------------------------------------------------------------
def test_a_word_is_the_letters_own_and_its_mark_tells_nothing_without_the_key():
    key, other = clicks.new_key(), clicks.new_key()
    word = clicks.new_word(key)
    assert clicks.mark(key, word) == clicks.mark(key, word) != ""
    assert clicks.mark(other, word) == "", "a word of another letter counts for nothing"
    assert clicks.mark("", word) == "", "nor does any once the key is destroyed"
    assert clicks.mark(key, word[:-1] + ("0" if word[-1] != "0" else "1")) == ""
    assert clicks.mark(key, "") == clicks.mark(key, "æ" * 22) == ""
    assert word[: clicks.WORD] not in clicks.mark(key, word)


@pytest.mark.parametrize(
    ("asked", "machine"),
    [
        (Asked("GET", BROWSER), False),
        (Asked("GET", BROWSER, "", at(-6)), False),
        (Asked("GET", BROWSER, "", at(-4)), True),
        (Asked("HEAD", BROWSER), True),
        (Asked("GET", BROWSER, "prefetch;prerender"), True),
        (Asked("GET", ""), True),
        (Asked("GET", "Mozilla/5.0 (compatible; bingbot/2.0)"), True),
        (Asked("GET", "python-requests/2.32"), True),
        (Asked("GET", "Barracuda Sentinel (EE)"), True),
    ],
)
def test_which_requests_are_a_programs(asked, machine):
    assert clicks.is_machine(asked, NOW) is machine


def test_a_burst_over_all_links_counts_for_everyone_and_for_nobody():
    people = [Click("a", 1, at(0)), Click("a", 1, at(1)), Click("a", 2, at(30)), Click("b", 2, at(0))]
    scanner = [Click("s", link, at(link / 4)) for link in range(1, 6)]
    found = clicks.counted([*people, *scanner])
    assert (found.every, found.people) == (3, 2)
    assert found.links[1] == (2, 1)
    assert found.links[5] == (1, 0)
    later = clicks.counted([*scanner, Click("s", 3, at(600))])
    assert (later.every, later.people) == (1, 1), "who comes after the scanner of their own mail is a person"


CLICKS = st.lists(
    st.builds(Click, st.sampled_from("abc"), st.integers(1, 3), st.integers(0, 40).map(at), st.booleans()), max_size=25
)


@settings(max_examples=60)
@given(CLICKS, st.randoms())
def test_counts_are_the_same_in_any_order_and_a_scanner_adds_no_person(found, dice):
    counted = clicks.counted(found)
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert clicks.counted(shuffled).people == counted.people <= counted.every == len({one.mark for one in found})
    assert all(people <= every <= counted.every for every, people in counted.links.values())
    with_scanner = clicks.counted([*found, *(Click("scanner", link, at(link)) for link in (1, 2, 3))])
    assert (with_scanner.people, with_scanner.every) == (counted.people, counted.every + 1)


def test_a_rate_rests_on_what_arrived():
    assert (clicks.rate(1, 3), clicks.rate(0, 5), clicks.rate(0, 0)) == (33.3, 0.0, None)


# --- What is told ----------------------------------------------------------------------------------------------------
def block(kind: Kind, title: str, nn: str = "", address: str = "") -> Block:
    return Block(kind, {"nb": title, "nn": nn}, {"nb": "En.\n\nTo."}, address)


LETTER = [
    block(Kind.OWN, "Hei", "Hei der"),
    block(Kind.MEETING, "Møte", address="/meetings/x/"),
    block(Kind.PAGE, "Side", address="/knowledge/y/"),
]


def test_each_hears_of_what_they_chose_in_their_language_and_links_keep_their_number():
    told = content.told(LETTER, "nn", ["page"])
    assert [(one.title, one.link) for one in told] == [("Hei der", 0), ("Side", 2)]
    assert told[1].paragraphs == ("En.", "To.")
    assert content.links(LETTER) == ["/meetings/x/", "/knowledge/y/"]


def test_what_is_missing_is_said():
    assert len(content.refuse_send({"nb": ""}, [])) == 2
    assert content.refuse_send({"nb": "Nytt"}, LETTER) == []
    empty = Block(Kind.OWN, {}, {"nn": "berre her"})
    assert content.refuse_send({"nb": "Nytt"}, [*LETTER, empty])[0].values == {"number": 4}
    assert content.untranslated({"nb": "Nytt"}, LETTER) == 6


@given(st.lists(st.integers(), unique=True), st.integers(-2, 9), st.sampled_from([-1, 1]))
@settings(max_examples=60)
def test_moving_loses_nothing_and_can_be_undone(rows, place, by):
    found = content.moved(rows, place, by)
    assert sorted(found) == sorted(rows)
    if found != rows:
        assert content.moved(found, place + by, -by) == rows


# --- What came back --------------------------------------------------------------------------------------------------
def report(action: str = "failed", status: str = "5.1.1", original: str = "<abc@helsevev.example>") -> bytes:
    return f"""From: MAILER-DAEMON@mail.example.invalid
To: helsevev@example.invalid
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.invalid

Final-Recipient: rfc822; Leser@example.invalid
Action: {action}
Status: {status}

--B
Content-Type: text/rfc822-headers

Message-ID: {original}
Subject: Nytt
--B--
""".encode()


def test_a_report_says_whom_why_and_which():
    (found,) = returned(report())
    assert (found.address, found.is_hard, found.code) == ("leser@example.invalid", True, "5.1.1")
    assert found.message_id == "<abc@helsevev.example>"
    assert not returned(report(status="4.2.2"))[0].is_hard
    assert returned(report(action="delayed")) == []
    assert returned(b"Subject: hei\n\nJeg er paa ferie") == returned(b"\xff\x00") == []
    assert returned(report().replace(b"Message-ID", b"X-Other")) == [], "it must say which message of ours it was"


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_no_letter_breaks_the_reader(raw):
    assert returned(raw) == []


def test_two_hard_or_four_in_a_row_rest():
    hard = Standing().after(is_hard=True)
    assert not hard.rests
    assert hard.after(is_hard=True).rests
    soft = Standing().after(is_hard=False).after(is_hard=False).after(is_hard=False)
    assert not soft.rests
    assert soft.after(is_hard=False).rests
