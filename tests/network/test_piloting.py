"""Protocols signed as exactly that text, weeks only added to, a warning told once, and an experience offered."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from piloting import FIRST, HOSPITAL, LAST, TOWN, World, agree, world

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people.models import NotificationChoice
from helsevev.commons.shelf import queries as shelf
from helsevev.core.piloting.pacing import Week, monday
from helsevev.core.roadmap import Phase
from helsevev.core.words import Refused
from helsevev.network.piloting.actions import experience, papers, pilots, warning
from helsevev.network.piloting.models import Paper, PaperSignature, PaperStep, Pilot, WarningChange, WeekCount
from helsevev.network.piloting.queries import hurdles
from helsevev.network.piloting.queries import papers as texts
from helsevev.network.piloting.queries import pilots as asking
from helsevev.network.piloting.rules import counting, protocol, reviewing, signing
from helsevev.network.piloting.rules.forecasting import Level
from helsevev.network.piloting.rules.reviewing import Choice, Decision
from helsevev.network.piloting.rules.signing import Standing, Why
from helsevev.network.workspace.rules import hurdles as workspace_hurdles

TODAY = date(2025, 9, 1)


@pytest.fixture
def made(db: None) -> World:
    """The made-up project."""
    return world()


def counted(pilot: Pilot, until: date, included: int, why: str = "", today: date = TODAY, **excluded: int) -> WeekCount:
    """A week counted."""
    row = Week(monday(until), until, included, excluded)
    return pilots.count(pilot, pilots.Counted(row, why, uuid4()), "system:test", today)


def verbs(kind: str) -> list[str]:
    """What the trail says was done."""
    return list(Line.objects.filter(kind=kind).order_by("number").values_list("verb", flat=True))


# --- Signing ---
def test_a_protocol_counts_when_every_party_has_signed_exactly_that_text(made: World) -> None:
    pilot = made.begun()
    version = made.offered(pilot)
    assert version.digest == signing.digest(version.content)
    assert [one["key"] for one in version.content["parties"]] == [HOSPITAL, TOWN]
    assert not papers.sign(version, made.town, made.town_signer, version.digest, {TOWN})
    assert texts.laid(version).standing is Standing.OPEN
    assert papers.sign(version, made.hospital, made.hospital_signer, version.digest, {HOSPITAL})
    found = texts.laid(version)
    assert found.standing is Standing.AGREED
    assert {one.name for one in found.signatures.values()} == {"Test town_signer", "Test hospital_signer"}
    assert all(one.digest == version.digest for one in found.signatures.values())
    assert verbs("protocol") == ["saved", "offered", "signed", "signed", "agreed"]


def test_a_second_press_signs_once(made: World) -> None:
    version = made.offered(made.begun())
    for _press in range(2):
        papers.sign(version, made.town, made.town_signer, version.digest, {TOWN})
    made.sign_all(version)
    made.sign_all(version)
    assert PaperSignature.objects.filter(version=version).count() == 2
    assert PaperStep.objects.filter(version=version).count() == 1


def test_an_edit_before_all_have_signed_voids_the_signatures_and_tells_everyone(made: World) -> None:
    pilot = made.begun()
    version = made.offered(pilot)
    papers.sign(version, made.town, made.town_signer, version.digest, {TOWN})
    paper = Paper.objects.get(pilot=pilot)
    papers.save(paper, made.content(least=61), paper.revision, str(made.member.key))
    assert texts.laid(version).standing is Standing.VOID
    told = set(Message.objects.filter(key__startswith="paper-void:").values_list("to", flat=True))
    people = (made.leader, made.town_signer, made.hospital_signer, made.advisor)
    assert told == {one.email for one in people}
    with pytest.raises(Refused) as refused:
        papers.sign(version, made.hospital, made.hospital_signer, version.digest, {HOSPITAL})
    assert refused.value.refusals[0].why == Why.STALE
    again = made.offered(pilot)
    assert again.number == 2
    assert not texts.laid(again).signatures


def test_saving_the_same_text_voids_nothing(made: World) -> None:
    pilot = made.begun()
    version = made.offered(pilot)
    paper = Paper.objects.get(pilot=pilot)
    papers.save(paper, made.content(), 0, str(made.leader.key))
    assert texts.laid(version).is_open


def test_nobody_signs_for_others_or_what_they_were_not_shown(made: World) -> None:
    version = made.offered(made.begun())
    refusals = [
        (made.hospital, made.town_signer, version.digest, {TOWN}, Why.NOT_YOURS),
        (made.town, made.town_signer, "0" * 64, {TOWN}, Why.STALE),
        (made.town, made.town_signer, "", {TOWN}, Why.STALE),
    ]
    for organisation, user, shown, signs_for, why in refusals:
        with pytest.raises(Refused) as refused:
            papers.sign(version, organisation, user, shown, signs_for)
        assert refused.value.refusals[0].why == why
    assert not PaperSignature.objects.exists()


def test_a_stale_form_overwrites_nothing(made: World) -> None:
    pilot = made.begun()
    paper = Paper.objects.get(pilot=pilot)
    with pytest.raises(Refused) as refused:
        papers.save(paper, made.content(question="Mine"), 1, str(made.member.key))
    assert refused.value.refusals[0].why == Why.CHANGED
    assert Paper.objects.get(pilot=pilot).content["question"] == "Is it safe?"
    with pytest.raises(Refused):
        papers.offer(paper, 1, str(made.leader.key))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"question": " "}, protocol.Why.MISSING),
        ({"criteria": []}, protocol.Why.CRITERION),
        ({"criteria": [{"id": "c1", "sort": "inclusion", "text": "x", "term": None}]}, protocol.Why.TERM),
        ({"planned": None}, protocol.Why.NUMBERS),
        ({"least": 109}, protocol.Why.LEAST_ABOVE),
        ({"last": FIRST.isoformat()}, protocol.Why.PERIOD),
        ({"measures": []}, protocol.Why.MEASURE),
        ({"measures": [{"name": "Safe", "indicator": ""}]}, protocol.Why.INDICATOR),
        ({"resources": []}, protocol.Why.RESOURCES),
        ({"rules": [{"sort": "stop", "when": "Harm"}]}, protocol.Why.ADJUST),
        ({"rules": [{"sort": "adjust", "when": "Few"}]}, protocol.Why.STOP),
        ({"reviews": []}, protocol.Why.REVIEW),
        ({"reviews": [{"on": "2026-01-01", "what": ""}]}, protocol.Why.REVIEW_OUTSIDE),
        ({"deciders": []}, protocol.Why.DECIDER),
    ],
)
def test_a_protocol_that_lacks_something_is_not_laid_forward(made: World, changed: dict[str, object], why: str) -> None:
    pilot = pilots.begin(made.initiative, str(made.leader.key))
    papers.save(pilot.protocol, made.content(**changed), 1, str(made.leader.key))
    with pytest.raises(Refused) as refused:
        made.offered(pilot)
    assert why in {one.why for one in refused.value.refusals}


def test_a_criterion_rests_on_the_word_as_it_stands(made: World) -> None:
    pilot = made.begun()
    agree(made, "Home on the first day after birth.")
    with pytest.raises(Refused) as refused:
        made.offered(pilot)
    assert {one.why for one in refused.value.refusals} == {protocol.Why.TERM_OLD}
    assert hurdles.in_use(made.concept.key) is not None
    assert hurdles.in_use(uuid4()) is None


def test_the_database_itself_keeps_what_is_signed_and_counted(made: World) -> None:
    pilot = made.signed()
    counted(pilot, date(2024, 11, 3), 2)
    for table, column in (("piloting_paperversion", "number"), ("piloting_weekcount", "included")):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 9")


# --- The gate ---
def test_the_piloting_gate_stays_shut_until_every_party_has_signed(made: World) -> None:
    key = made.initiative.key

    def whys() -> list[str]:
        return [one.why for one in hurdles.refuse_gate(key, Phase.SERVICE_DEVELOPMENT, Phase.PILOTING)]

    assert whys() == [hurdles.NO_PILOT]
    pilot = made.begun()
    assert whys() == [hurdles.NOT_OFFERED]
    version = made.offered(pilot)
    papers.sign(version, made.town, made.town_signer, version.digest, {TOWN})
    found = list(hurdles.refuse_gate(key, Phase.SERVICE_DEVELOPMENT, Phase.PILOTING))
    assert [dict(one.values) for one in found] == [{"names": "Test hospital"}]
    made.sign_all(version)
    assert whys() == []
    assert list(hurdles.refuse_gate(key, Phase.ANCHORING, Phase.INSIGHT)) == []
    assert hurdles.UNSIGNED not in {
        one.why for one in workspace_hurdles.refusals(key, Phase.SERVICE_DEVELOPMENT, Phase.PILOTING)
    }


# --- Amendments ---
def test_an_amendment_has_its_date_and_overwrites_nothing(made: World) -> None:
    pilot = made.signed()
    counted(pilot, date(2025, 1, 5), 7)
    paper = Paper.objects.get(pilot=pilot)
    new = made.content(least=40, counts_from="2025-01-27", why="More may join", anew=True)
    papers.save(paper, new, paper.revision, str(made.leader.key))
    version = made.offered(pilot)
    story = asking.story(pilot, TODAY)
    assert story.plan is not None
    assert story.plan.least == 60
    made.sign_all(version)
    story = asking.story(pilot, TODAY)
    early, late = story.pace_on(date(2025, 1, 20)), story.pace_on(date(2025, 2, 1))
    assert early is not None
    assert late is not None
    assert (early.plan.least, late.plan.least) == (60, 40)
    assert (early.rate_from, late.rate_from) == (None, date(2025, 1, 27))
    assert [one.row.number for one in story.agreed] == [1, 2]
    with pytest.raises(Refused) as refused:
        made.offered(pilot)
    assert refused.value.refusals[0].why == Why.SAME


def test_an_amendment_says_why_and_from_when(made: World) -> None:
    pilot = made.signed()
    paper = Paper.objects.get(pilot=pilot)
    papers.save(paper, made.content(least=40), paper.revision, str(made.leader.key))
    with pytest.raises(Refused) as refused:
        made.offered(pilot)
    assert {one.why for one in refused.value.refusals} == {protocol.Why.AMEND_FROM, protocol.Why.AMEND_WHY}


# --- Counting ---
def test_nothing_is_counted_before_all_have_signed(made: World) -> None:
    with pytest.raises(Refused) as refused:
        counted(made.begun(), date(2024, 11, 3), 1)
    assert refused.value.refusals[0].why == counting.Why.NOT_SIGNED


def test_a_correction_is_a_new_row_with_its_reason(made: World) -> None:
    pilot = made.signed()
    counted(pilot, date(2024, 11, 3), 2, c2=4)
    with pytest.raises(Refused) as refused:
        counted(pilot, date(2024, 11, 3), 1, c2=4)
    assert refused.value.refusals[0].why == counting.Why.WHY
    counted(pilot, date(2024, 11, 3), 1, "One was counted twice", c2=4)
    assert [row.included for row in asking.story(pilot).rows] == [2, 1]
    assert asking.story(pilot).pace is not None
    assert asking.story(pilot).pace.included == 1  # type: ignore[union-attr]
    with pytest.raises(Refused) as refused:
        counted(pilot, date(2024, 11, 3), 1, c2=4)
    assert refused.value.refusals[0].why == counting.Why.SAME
    assert verbs("pilot")[:3] == ["began", "counted", "corrected"]


def test_counting_on_through_a_week_needs_no_reason_and_looking_back_finds_what_stood(made: World) -> None:
    pilot = made.signed()
    counted(pilot, date(2025, 1, 9), 1)
    counted(pilot, date(2025, 1, 12), 2)
    story = asking.story(pilot)
    then = story.pace_on(date(2025, 1, 9))
    assert then is not None
    assert then.included == 1
    assert story.pace is not None
    assert story.pace.included == 2


def test_two_presses_count_a_week_once(made: World) -> None:
    pilot = made.signed()
    sent = pilots.Counted(Week(FIRST, FIRST + timedelta(days=6), 3, {}), "", uuid4())
    first, second = (pilots.count(pilot, sent, "system:test", TODAY) for _press in range(2))
    assert first.pk == second.pk
    assert WeekCount.objects.count() == 1


@pytest.mark.parametrize(
    ("until", "today", "why"),
    [
        (date(2024, 10, 27), TODAY, counting.Why.OUTSIDE),
        (date(2025, 6, 16), TODAY, counting.Why.OUTSIDE),
        (date(2025, 3, 2), date(2025, 2, 1), counting.Why.FUTURE),
        (date(2025, 3, 2), date(2025, 2, 28), counting.Why.BAD_UNTIL),
        (date(2025, 6, 14), TODAY, counting.Why.BAD_UNTIL),
    ],
)
def test_a_week_outside_the_pilot_or_in_the_future_is_refused(made: World, until: date, today: date, why: str) -> None:
    with pytest.raises(Refused) as refused:
        counted(made.signed(), until, 1, "", today)
    assert refused.value.refusals[0].why == why


def test_an_unknown_reason_is_refused(made: World) -> None:
    with pytest.raises(Refused) as refused:
        counted(made.signed(), date(2024, 11, 3), 1, nonsense=3)
    assert refused.value.refusals[0].why == counting.Why.NO_REASON


PLAN = protocol.plan({"first": FIRST.isoformat(), "last": LAST.isoformat(), "planned": 108, "least": 60})


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 32), st.integers(0, 6), st.integers(0, 20), st.booleans()), max_size=25))
def test_whatever_is_sent_what_stands_is_the_last_word_of_each_week(sent: list[tuple[int, int, int, bool]]) -> None:
    """The rules against a plain dictionary: nothing is lost, and numbers fall only with a reason."""
    assert PLAN is not None
    stands: dict[date, Week] = {}
    for number, weekday, included, says_why in sent:
        week = FIRST + timedelta(weeks=number)
        row = Week(week, week + timedelta(days=weekday), included, {})
        before = stands.get(week)
        faults = counting.refuse_count(row, before, PLAN, TODAY, "because" if says_why else "")
        if not faults:
            assert before is None or says_why or (included >= before.included and row.until > before.until)
            stands[week] = row
    assert all(PLAN.first <= row.until <= PLAN.last for row in stands.values())


# --- The warning ---
def test_the_case_is_warned_of_by_its_first_look_and_told_once(made: World) -> None:
    pilot = made.signed()
    for number in range(11):
        until = min(FIRST + timedelta(weeks=number, days=6), date(2025, 1, 9))
        counted(pilot, until, 1 if number > 3 else 0, today=date(2025, 1, 9))
    story = asking.story(pilot, date(2025, 1, 9))
    found = story.outlook
    assert found is not None
    assert found.pace.included == 7
    assert found.level is Level.WARN
    assert (round(found.vague.mean), found.vague.low, found.vague.high) == (23, 12, 39)
    assert max(found.vague.chance, found.plan.chance) < 0.20
    changes = list(WarningChange.objects.filter(pilot=pilot))
    assert changes[-1].level == Level.WARN
    assert changes[-1].on < date(2025, 1, 9)
    letters = Message.objects.filter(key__startswith=f"pilot-warning:{changes[-1].pk}:")
    assert set(letters.values_list("to", flat=True)) == {made.leader.email, made.advisor.email}
    before = Message.objects.count()
    warning.judge(pilot, date(2025, 1, 9))
    warning.look_again(date(2025, 1, 8))
    assert Message.objects.count() == before


def test_a_warning_that_is_lifted_is_told_too(made: World) -> None:
    pilot = made.signed()
    counted(pilot, date(2025, 1, 5), 0)
    counted(pilot, date(2025, 1, 12), 50)
    counted(pilot, date(2025, 1, 19), 10)
    levels = [one.level for one in WarningChange.objects.filter(pilot=pilot)]
    assert levels[0] in (Level.WARN, Level.WATCH)
    assert levels[-1] == Level.REACHED


def test_who_wants_no_letters_gets_none(made: World) -> None:
    NotificationChoice.objects.create(user=made.leader, kind="pilot", by_mail=False)
    made.offered(made.begun())
    assert not Message.objects.filter(to=made.leader.email).exists()
    assert Message.objects.filter(to=made.town_signer.email).exists()


def test_a_review_that_is_due_is_told_once_and_held_once(made: World) -> None:
    pilot = made.signed()
    day = date(2025, 1, 10)
    assert warning.look_again(day) == 1
    warning.look_again(day)
    assert Message.objects.filter(key__startswith="pilot-review:").count() == 1
    sent = pilots.Reviewed(date(2025, 1, 9), date(2025, 1, 9), Choice.ADJUST, "Too few", uuid4())
    assert pilots.review(pilot, sent, made.leader, day).pk == pilots.review(pilot, sent, made.leader, day).pk
    again = pilots.Reviewed(date(2025, 1, 9), date(2025, 1, 9), Choice.STOP, "No", uuid4())
    for user, other, why in (
        (made.leader, again, reviewing.Why.DONE),
        (made.advisor, again, reviewing.Why.NOT_DECIDER),
        (made.leader, pilots.Reviewed(date(2025, 3, 27), day, Choice.STOP, " ", uuid4()), reviewing.Why.REASON),
        (made.leader, pilots.Reviewed(date(2025, 2, 2), day, Choice.STOP, "x", uuid4()), reviewing.Why.NOT_PLANNED),
        (made.leader, pilots.Reviewed(date(2025, 3, 27), LAST, Choice.STOP, "x", uuid4()), reviewing.Why.HELD_EARLY),
    ):
        with pytest.raises(Refused) as refused:
            pilots.review(pilot, other, user, day)
        assert refused.value.refusals[0].why == why


# --- Result and experience ---
OUTCOME = {"measure": "Says yes", "people": 9, "events": 8, "low": 0.5175, "high": 0.9972}


def given_result(made: World, pilot: Pilot, why: str = "", seen: int = 0, learned: str = "Words matter") -> None:
    """The pilot's result."""
    sent = pilots.Given(learned, Decision.ADAPT, "Too few", "Agree on words first", [OUTCOME], why, seen)
    pilots.give_result(pilot, sent, made.leader)


def test_a_result_is_told_anew_beside_the_old_one(made: World) -> None:
    pilot = made.signed()
    given_result(made, pilot)
    given_result(made, pilot)
    assert pilot.results.count() == 1
    for why, seen, refusal in (("", 1, reviewing.Why.RESULT_REASON), ("Better", 0, reviewing.Why.STALE)):
        with pytest.raises(Refused) as refused:
            given_result(made, pilot, why, seen, "More")
        assert refused.value.refusals[0].why == refusal
    given_result(made, pilot, "We know more", 1, "More")
    assert [one.learned for one in pilot.results.all()] == ["More", "Words matter"]
    with pytest.raises(Refused):
        counted(pilot, date(2024, 11, 3), 1)


def test_the_next_pilot_waits_for_the_last_ones_result(made: World) -> None:
    pilot = made.signed()
    with pytest.raises(Refused):
        pilots.begin(made.initiative, "system:test")
    given_result(made, pilot)
    again = pilots.begin(made.initiative, "system:test")
    assert again.number == 2
    assert Paper.objects.get(pilot=again).content["question"] == "Is it safe?"
    assert asking.story(again).now is None


def consented(made: World) -> Paper:
    """An experience that both have consented to."""
    paper = told(made)
    made.sign_all(papers.offer(paper, paper.revision, str(made.leader.key)))
    return paper


def told(made: World) -> Paper:
    """An experience with every part written."""
    with override("en"):
        paper = experience.begin(made.initiative, str(made.leader.key))
    filled = {
        name: paper.content.get(name) or "Something." for name in ("title", "goal", "benefits", "failed", "advice")
    }
    return papers.save(paper, {**paper.content, **filled}, paper.revision, str(made.leader.key))


def test_the_draft_tells_what_is_known(made: World) -> None:
    pilot = made.signed()
    counted(pilot, date(2025, 6, 13), 28, c2=30)
    given_result(made, pilot)
    with override("en"):
        content = experience.begin(made.initiative, str(made.leader.key)).content
    assert "8 of 9, 89 % (95 % interval 52 to 100 %)" in content["benefits"]
    assert "28 included, 108 planned, at least 60 needed" in content["done"]
    assert "Lives far away: 30" in content["failed"]
    assert content["advice"] == "Agree on words first"
    assert "Test hospital: A midwife, 120 hours" in content["costs"]
    assert content["words"] == [{"name": "tidlig hjemreise", "text": "Home within 24 hours of birth."}]
    assert experience.begin(made.initiative, "system:test").pk == Paper.objects.get(kind="experience").pk


def test_an_experience_lies_on_the_shelf_while_all_consent(made: World) -> None:
    given_result(made, made.signed())
    paper = consented(made)
    item = shelf.current("experience").get()
    assert item.key == made.initiative.key
    assert item.body["outcomes"] == [OUTCOME]
    assert item.body["parties"] == ["Test hospital", "Testvik kommune"]
    assert item.body["version"] == 1
    version = texts.newest(paper)
    assert version is not None
    with pytest.raises(Refused):
        papers.withdraw(version.row, made.town, made.town_signer, " ", {TOWN})
    with pytest.raises(Refused):
        papers.withdraw(version.row, made.town, made.hospital_signer, "x", {HOSPITAL})
    papers.withdraw(version.row, made.town, made.town_signer, "We see it otherwise", {TOWN})
    assert not shelf.current("experience").exists()
    assert texts.laid(version.row).standing is Standing.WITHDRAWN
    with pytest.raises(Refused):
        papers.withdraw(version.row, made.town, made.town_signer, "again", {TOWN})


def test_a_changed_experience_replaces_the_old_one_when_all_consent_anew(made: World) -> None:
    given_result(made, made.signed())
    paper = consented(made)
    paper = papers.save(paper, {**paper.content, "title": "Better told"}, paper.revision, str(made.leader.key))
    version = papers.offer(paper, paper.revision, str(made.leader.key))
    assert shelf.current("experience").get().title == "Trygg test"
    made.sign_all(version)
    item = shelf.current("experience").get()
    assert (item.title, item.version) == ("Better told", 2)


@pytest.mark.parametrize("text", ["Ring 912 34 567", "skriv til kari@sykehus.example.no", "010190 12345"])
def test_nothing_of_a_person_is_offered(made: World, text: str) -> None:
    paper = told(made)
    paper = papers.save(paper, {**paper.content, "advice": text}, paper.revision, str(made.leader.key))
    with pytest.raises(Refused):
        papers.offer(paper, paper.revision, str(made.leader.key))


def test_an_empty_part_is_named(made: World) -> None:
    paper = told(made)
    paper = papers.save(paper, {**paper.content, "costs": ""}, paper.revision, str(made.leader.key))
    with pytest.raises(Refused) as refused:
        papers.offer(paper, paper.revision, str(made.leader.key))
    assert [dict(one.values) for one in refused.value.refusals] == [{"part": "What it cost"}]
