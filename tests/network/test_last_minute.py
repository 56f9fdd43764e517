"""Two hundred who send at once, a database that is busy, and two who decide in the same moment; on a real database."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from applying import complete
from assessing import closed_round, placed, screened, taken
from at_once import at_once
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from reading import read
from rounds import opened

from helsevev.commons.audit.queries import report
from helsevev.commons.forms.models import Answer, Sheet
from helsevev.commons.mail.models import Message
from helsevev.commons.people.actions import load_registers
from helsevev.commons.people.models import User
from helsevev.network.applications.actions import applying_sending as sending
from helsevev.network.applications.models import Application, Author, Partner, Round, Submission
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.rules.rounds_content import Outcome
from helsevev.network.assessment.models import BoardStep
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.rules.board import Step

MANY = 200
ORIGIN = "http://testserver"


@pytest.fixture
def round_(on_disk) -> Round:
    load_registers()
    return opened()


def copies(one: Application, leader: User, count: int) -> list[User]:
    """The same application of so many other people, written straight into the tables; who leads each."""
    users = User.objects.bulk_create(User(email=f"last.{n}@example.invalid", name=f"Test {n}") for n in range(count))
    answers = list(Answer.objects.filter(sheet=one.sheet).values("path", "value", "revision", "by"))
    partners = list(Partner.objects.filter(application=one).values("organisation", "confirmed_at", "confirmed_by"))
    same = {"version": one.sheet.version, "room": "applications", "language": "nb", "revision": one.sheet.revision}
    sheets = Sheet.objects.bulk_create(Sheet(subject=str(n), opened_by="x", **same) for n in range(count))
    plain = {"round": one.round, "owner": one.owner, "title": one.title, "step": one.step, "made_by": "x"}
    rows = Application.objects.bulk_create(
        Application(number=one.number + 1 + n, sheet=sheet, begun=uuid4(), **plain) for n, sheet in enumerate(sheets)
    )
    Answer.objects.bulk_create(Answer(sheet=sheet, **answer) for sheet in sheets for answer in answers)
    Author.objects.bulk_create(
        Author(application=row, user=user, organisation=one.owner, part="leader")
        for row, user in zip(rows, users, strict=True)
    )
    Partner.objects.bulk_create(
        Partner(
            application=row,
            organisation_id=partner["organisation"],
            confirmed_at=partner["confirmed_at"],
            confirmed_by=partner["confirmed_by"],
        )
        for row in rows
        for partner in partners
    )
    return users


def sender(application: Application) -> tuple[str, dict[str, object]]:
    """The page for sending, and what it would send."""
    sheet = Sheet.objects.get(application=application)
    wanted = {"revision": sheet.revision, "version": sheet.version_id, "sent": 0}
    return f"/en/applications/{application.key}/send/", wanted


def again(answer) -> dict[str, str]:
    """What stands on the page that asks to try once more."""
    fields = read(answer.content).one("form").all("input")
    return {one.attributes["name"]: one.attributes.get("value", "") for one in fields}


def sent_while_held(browser: Client, application: Application) -> int:
    """Somebody holds what is to be sent longer than anyone waits for it; what the sender is answered."""
    address, fields = sender(application)
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Application.objects.select_for_update().filter(pk=application.pk))
            held.set()
            assert go_on.wait(30)

    def send() -> int:
        assert held.wait(30)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else "SET lock_timeout = 50")
        try:
            return browser.post(address, fields, headers={"Origin": ORIGIN}).status_code
        finally:
            go_on.set()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 20000" if connection.vendor == "sqlite" else "RESET lock_timeout")

    return int(at_once(hold, send)[1])


def test_two_hundred_in_the_last_minute_all_get_a_receipt(round_, person, sign_in):
    first, leader = complete(round_, person)
    assert sent_while_held(sign_in(leader), first) == 503
    assert not Submission.objects.exists()
    users = [leader, *copies(first, leader, MANY - 1)]
    browsers = {user.pk: sign_in(user) for user in users}
    for browser in browsers.values():
        # What fails is answered as a server answers it.
        browser.raise_request_exception = False
    rows = {row.user_id: row.application for row in Author.objects.select_related("application")}
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() + timedelta(minutes=1), grace_minutes=0)

    pages = {user.pk: sender(rows[user.pk]) for user in users}

    def send(user: User) -> tuple[int, str]:
        address, fields = pages[user.pk]
        answer = browsers[user.pk].post(address, fields, headers={"Origin": ORIGIN})
        while answer.status_code == 503:
            # Said clearly, with nothing lost, and sent again as the page says.
            assert "Nothing of what you typed is lost" in answer.content.decode()
            answer = browsers[user.pk].post(address, again(answer), headers={"Origin": ORIGIN})
        return answer.status_code, answer.get("Location", "")

    found = []
    for start in range(0, MANY, 50):
        found += at_once(*(lambda user=user: send(user) for user in users[start : start + 50]))
    assert {status for status, _where in found} == {302}
    assert len({where for _status, where in found if "/receipt/1" in where}) == MANY
    assert Submission.objects.count() == Message.objects.filter(kind="receipt").count() == MANY
    assert Submission.objects.values("digest").distinct().count() == MANY
    assert not report().faults


def hindered(monkeypatch) -> None:
    """The database is too busy, as it says itself after it has waited."""

    def busy(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(sending, "submit", busy)


def test_a_busy_database_says_so_and_what_came_in_time_is_in_time(registers, person, sign_in, monkeypatch):
    round_ = opened()
    application, leader = complete(round_, person)
    browser = sign_in(leader)
    address, fields = sender(application)
    with monkeypatch.context() as patched:
        hindered(patched)
        busy = browser.post(address, fields, headers={"Origin": ORIGIN})
        assert busy.status_code == 503
        assert "Try once more" in busy.content.decode()
        assert busy["Retry-After"]
        twice = browser.post(address, again(busy), headers={"Origin": ORIGIN})
        assert twice.status_code == 503
    assert not Submission.objects.exists()
    # The deadline passes between the first time and the next.
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now(), grace_minutes=0)
    assert browser.post(address, fields, headers={"Origin": ORIGIN}).status_code == 409
    forged = again(twice) | {"revision": "999"}
    assert browser.post(address, forged, headers={"Origin": ORIGIN}).status_code == 409
    assert browser.post(address, again(twice), headers={"Origin": "https://elsewhere.invalid"}).status_code == 409
    assert browser.post(address, again(twice), headers={"Origin": ORIGIN}).status_code == 302
    made = Submission.objects.get()
    assert made.sent_at < Round.objects.get(pk=round_.pk).closes_at
    assert not made.by_grace


# --- Decisions in the same moment ------------------------------------------------------------------------------------
def two_place(year) -> None:
    """Two place one application: the first stands, the second sees it and what they had typed."""
    address, seen = f"/en/assessment/rounds/{year.round.code}/board/", year.version
    key = str(asking.one(year.applications[0].key).key)
    wanted = {
        "resource": {"application": key, "outcome": "tailored", "hours": 40, "reason": "Sterk sak.", "seen": seen},
        "secretariat": {"application": key, "outcome": "declined", "reason": "Svak sak.", "seen": seen},
    }
    answers = at_once(*(lambda who=who: year.browsers[who].post(address, wanted[who]) for who in wanted))
    assert sorted(one.status_code for one in answers) == [302, 409]
    lost = list(wanted)[[one.status_code for one in answers].index(409)]
    refused = next(one for one in answers if one.status_code == 409).content.decode()
    assert wanted[lost]["reason"] in refused
    assert "Somebody has changed the board" in refused
    assert BoardStep.objects.filter(step=Step.PLACE).count() == 1


def test_of_two_decisions_in_the_same_moment_one_wins_and_the_other_sees_what_stands(on_disk, person, sign_in):
    load_registers()
    year = closed_round(person, sign_in)
    screened(year)
    two_place(year)
    placed(year, Outcome.TAILORED, Outcome.DECLINED)
    taken(year, Step.RECOMMEND, "resource")
    steering, address = year.browsers["steering"], f"/en/assessment/rounds/{year.round.code}/board/"
    second = sign_in(year.people["steering"])
    seen = year.version
    # One decides while the other sends it all back with a reason; and two decide at once.
    for wanted in ({"step": "send_back", "reason": "Se på timene."}, {"step": "decide"}):
        answers = at_once(
            lambda seen=seen: steering.post(address, {"step": "decide", "seen": seen}),
            lambda wanted={**wanted, "seen": seen}: second.post(address, wanted),
        )
        assert sorted(one.status_code for one in answers) == [302, 409]
        refused = next(one for one in answers if one.status_code == 409).content.decode()
        assert "What was done meanwhile" in refused
        assert re.search(r"Test steering_group: (Decided|Sent back)", refused)
        board = desk.board(year.round)
        assert BoardStep.objects.filter(board=board, number__gt=seen).count() == 1
        if board.state == "decided":
            break
        taken(year, Step.RECOMMEND, "resource")
        seen = year.version
    numbers = list(BoardStep.objects.filter(board=board).values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert not report().faults
