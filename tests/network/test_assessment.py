"""From the deadline to the award: pages, permissions both ways, recusal everywhere, and faults."""

import hashlib
import re
from datetime import date, timedelta

import pytest
from assessing import AT, closed_round, decided, judged, placed, scored, screened, shared, taken
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.audit.models import Line
from helsevev.commons.files import queries as files
from helsevev.commons.files.models import StoredFile
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms.models import BoundResponse
from helsevev.commons.initiatives.models import Initiative, Lineage
from helsevev.commons.mail.models import Message
from helsevev.commons.people.models import Organisation
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying_people as people
from helsevev.network.applications.models import (
    Application,
    Author,
    Criterion,
    Origin,
    Partner,
    Round,
    WorkflowVersion,
)
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries import calls
from helsevev.network.applications.rules import workflow
from helsevev.network.applications.rules.rounds_content import CriterionKind, Outcome
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.applications.urls import urlpatterns as applications_urlpatterns
from helsevev.network.assessment.actions import boards, letters, publishing, reminding, screening
from helsevev.network.assessment.actions import judging as acting
from helsevev.network.assessment.models import (
    Assessment,
    Award,
    BoardStep,
    Declaration,
    Letter,
    Score,
    Screening,
    ScreeningAnswer,
    StatedTie,
)
from helsevev.network.assessment.queries import closed, desk
from helsevev.network.assessment.rules import board as board_rules
from helsevev.network.assessment.rules import letters as letter_rules
from helsevev.network.assessment.rules.board import Placed, State, Step
from helsevev.network.assessment.rules.screening import Verdict
from helsevev.network.assessment.rules.screening import Why as ScreeningWhy
from helsevev.network.assessment.urls import urlpatterns
from helsevev.network.guidance.queries import rooms
from helsevev.network.portfolio.models import Project


@pytest.fixture
def year(portfolio, person, sign_in):
    """On the real portfolio's ground, which is laid once for the whole file."""
    return closed_round(person, sign_in)


def whys(refused) -> set[str]:
    return {one.why for one in refused.value.refusals}


def at(name: str, *words: object) -> str:
    with override("en"):
        return reverse(f"assessment:{name}", args=words)


def read(browser, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


# --- Screening -------------------------------------------------------------------------------------------------------
def sheet_page(browser, address: str) -> dict[str, str]:
    """What a page of a sheet sends when nothing is typed on it: its hidden fields, and what is chosen."""
    text = read(browser, address)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    chosen = dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)"[^>]* checked', text))
    return {**hidden, **chosen, "!do": "go:overview"}


def codes(year) -> list[str]:
    return [one.code for one in desk.criteria(year.round, CriterionKind.ELIGIBILITY)]


def test_each_condition_is_judged_with_who_when_and_why(year):
    secretary, address, first = year.browsers["secretariat"], at("screening", year.one().key), codes(year)[0]
    answer = secretary.post(address, sheet_page(secretary, address) | {f"verdict-{first}": "not_met"})
    assert answer.url == "?step=overview"
    overview = read(secretary, f"{address}?step=overview")
    assert f"#at-why-{first}" in overview  # a reason is missing
    assert at("screening_finish", year.one().key) not in overview
    secretary.post(address, sheet_page(secretary, address) | {f"why-{first}": "Ingen kommune."})
    # The draft survives, and each record tells who, when and why before the screening is finished.
    assert "Ingen kommune." in read(secretary, address)
    row = ScreeningAnswer.objects.get(application=year.one())
    assert (row.criterion.code, row.verdict, row.reason, row.by) == (first, "not_met", "Ingen kommune.", year.by)
    page = read(secretary, at("application", year.one().key))
    assert "Ingen kommune." in page
    assert "Test secretariat" in page
    line = Line.objects.get(verb="screened")
    assert "not_met" in line.detail
    # The trail is kept for good, what was written about an application isn't.
    assert "Ingen kommune." not in line.detail
    # A judgement taken away is no record any more.
    secretary.post(address, sheet_page(secretary, address) | {f"verdict-{first}": ""})
    assert not ScreeningAnswer.objects.exists()


def test_two_who_screen_at_once_keep_both_judgements_until_one_is_chosen(year, person, sign_in):
    here, there = year.browsers["secretariat"], sign_in(person(Role.SECRETARIAT))
    address, (first, second, *_rest) = at("screening", year.one().key), codes(year)
    stale = sheet_page(there, address)
    here.post(address, sheet_page(here, address) | {f"verdict-{first}": "met"})
    there.post(address, stale | {f"verdict-{first}": "unclear", f"verdict-{second}": "met"})
    found = {one.criterion.code: one for one in ScreeningAnswer.objects.select_related("criterion")}
    assert {code: one.verdict for code, one in found.items()} == {first: "met", second: "met"}
    assert found[first].by == year.by != found[second].by
    sheet = Screening.objects.get().sheet
    answers = {f"verdict-{code}": "met" for code in codes(year)}
    forms.save(sheet, [forms.Change(path, value, 10_000) for path, value in answers.items()], year.by)
    with pytest.raises(Refused) as refused:
        screening.finish(year.one(), year.by, stop=False)
    assert {"two have written here" in one for one in whys(refused)} == {True}
    page = there.post(at("screening_finish", year.one().key), {"do": "go_on"})
    assert page.status_code == 409
    assert "Choose between the texts" in page.content.decode()
    button = re.search(r'value="(theirs:[^"]+)"', read(there, address))
    assert there.post(address, sheet_page(there, address) | {"!do": button.group(1)}).status_code == 302
    assert there.post(at("screening_finish", year.one().key), {"do": "go_on"}).status_code == 302
    assert asking.kind(year.one()) is Kind.ASSESSING


def test_an_ended_session_keeps_what_was_typed_of_a_screening(year):
    secretary, address, first = year.browsers["secretariat"], at("screening", year.one().key), codes(year)[0]
    sent = sheet_page(secretary, address) | {f"verdict-{first}": "unclear", f"why-{first}": "Skrevet før lunsj."}
    secretary.logout()
    answer = secretary.post(address, sent)
    assert answer.status_code == 401
    assert "Skrevet før lunsj." in answer.content.decode()
    assert not ScreeningAnswer.objects.exists()


def test_what_was_bound_of_a_screening_stays_whatever_becomes_of_the_criteria(year):
    judged(year, 0, (Verdict.UNCLEAR, "Uklart hvem."))
    sheet = Screening.objects.get().sheet
    # A condition that came later is asked of who still screens.
    last = Criterion.objects.create(
        round=year.round, kind="eligibility", code="later", position=99, names={"nb": "Senere krav"}, about={}
    )
    judged(year, 0)
    sheet.refresh_from_db()
    assert sheet.version.number == 2
    screening.finish(year.one(), year.by, stop=False)
    screening.finish(year.one(), year.by, stop=False)
    bound = BoundResponse.objects.get(sheet=sheet)
    ScreeningAnswer.objects.filter(criterion=last).delete()
    last.delete()
    judged(year, 1)
    assert Screening.objects.get(application=year.one(1)).sheet.version.number == 3
    secretary, address = year.browsers["secretariat"], at("screening", year.one().key)
    assert "Senere krav" in read(secretary, address)
    assert secretary.get(at("screening_finish", year.one().key)).status_code == 302
    assert BoundResponse.objects.get(sheet=sheet).digest == bound.digest
    assert bound.version.number == 2
    # Nothing is written on it any more.
    with pytest.raises(Refused):
        forms.save(sheet, [forms.Change("verdict-later", "not_met", 10_000)], year.by)
    with pytest.raises(Refused) as refused:
        screening.finish(year.one(), year.by, stop=True, why="Likevel.")
    assert whys(refused) == {ScreeningWhy.NOT_NOW}


def test_judgements_from_before_there_were_sheets_are_on_the_sheet(year):
    first = desk.criteria(year.round, CriterionKind.ELIGIBILITY)[0]
    ScreeningAnswer.objects.create(application=year.one(), criterion=first, verdict="unclear", reason="Før.", by="x")
    secretary, address = year.browsers["secretariat"], at("screening", year.one().key)
    assert "Før." in read(secretary, address)
    screening.keep(year.one())
    assert ScreeningAnswer.objects.get().by == "x"


def test_only_what_meets_every_condition_goes_on_and_only_what_fails_one_is_stopped(year):
    with pytest.raises(Refused) as refused:
        screening.finish(year.one(), year.by, stop=False)
    assert whys(refused) == {ScreeningWhy.NOT_SCREENED}
    assert not Screening.objects.exists()
    judged(year, 0)
    with pytest.raises(Refused) as refused:
        screening.finish(year.one(), year.by, stop=True, why="Nei.")
    assert whys(refused) == {ScreeningWhy.ALL_MET}
    screening.finish(year.one(), year.by, stop=False)
    assert asking.kind(year.one()) is Kind.ASSESSING
    judged(year, 1, (Verdict.NOT_MET, "Nei."))
    address = at("screening_finish", year.one(1).key)
    secretary = year.browsers["secretariat"]
    assert "Nei." in read(secretary, address)
    assert "Say why" in secretary.post(address, {"do": "stop", "reason": " "}).content.decode()
    assert secretary.post(address, {"do": "stop", "reason": "Kravet er ikke oppfylt."}).status_code == 302
    assert asking.kind(year.one(1)) is Kind.STOPPED


# --- Conflicts -------------------------------------------------------------------------------------------------------
def addresses(application: Application, room: str = "assessment", named: str = "<uuid:key>") -> list[str]:
    """Every address of a room that names an application, or a round."""
    words = {"key": application.key, "person": application.key, "file_key": application.key, "pk": 1, "number": 1}
    words |= {"organisation": application.owner.key, "code": application.round.code, "name": "dates"}
    patterns = {"assessment": urlpatterns, "applications": applications_urlpatterns}[room]
    with override("en"):
        return [
            reverse(f"{room}:{one.name}", kwargs={word: words[word] for word in one.pattern.converters})
            for one in patterns
            if named in str(one.pattern)
        ]


def tie(kind: str, year, user) -> None:
    """Tie somebody to the first application in one of the ways there are."""
    application = year.one()
    match kind:
        case "declared":
            Declaration.objects.create(application=application, user=user, conflict=True, reason="Min bror leder det.")
        case "stated":
            StatedTie.objects.create(user=user, organisation=application.owner)
        case "roof":
            hospital = Organisation.objects.get(key="akershus-universitetssykehus")
            unit = Organisation.objects.create(key="avdeling", name="Avdeling", kind="hospital_unit", parent=hospital)
            StatedTie.objects.create(user=user, organisation=unit)
        case "author":
            Author.objects.create(application=application, user=user, organisation=application.owner, part="co_author")


@pytest.mark.parametrize(
    ("kind", "who"),
    [("declared", "kari"), ("roof", "kari"), ("stated", "resource"), ("author", "steering"), ("stated", "secretariat")],
)
def test_a_recused_person_meets_nothing_of_the_application_anywhere(year, kind, who):
    screened(year)
    shared(year)
    Declaration.objects.filter(user=year.people[who]).delete()
    tie(kind, year, year.people[who])
    browser, application = year.browsers[who], year.one()
    # Those who write the application read its decision as applicants; nothing else is theirs.
    for address in addresses(application):
        for answer in (browser.get(address), browser.post(address, {"text": "x", "reason": "x"})):
            # 405: the address takes no such method, whoever asks.
            assert answer.status_code in (404, 405), (address, answer.status_code)
    for name in ("desk", "ties"):
        assert application.title not in read(browser, at(name))
    for name in ("round", "sharing", "order", "board", "minutes", "letters", "publishing"):
        answer = browser.get(at(name, year.round.code))
        assert answer.status_code in (200, 404)
        if kind != "author" or name != "minutes":
            assert application.title not in answer.content.decode(), name


@pytest.mark.parametrize("who", ["kari", "resource", "secretariat"])
def test_a_recused_person_meets_nothing_of_it_in_the_room_where_it_was_written(year, who):
    tie("stated", year, year.people[who])
    browser, application = year.browsers[who], year.one()
    for address in addresses(application, "applications", "applications/<uuid:key>/"):
        assert browser.get(address).status_code in (404, 405), address
    for address in addresses(application, "applications", "<slug:code>"):
        assert application.title.encode() not in browser.get(address).content, address


def test_who_has_no_ties_meets_what_they_should(year):
    screened(year)
    shared(year)
    for who in ("kari", "resource", "steering", "secretariat"):
        for one in (0, 1):
            acting.declare(year.one(one), year.people[who], conflict=False, reason="")
        assert year.one().title in read(year.browsers[who], at("application", year.one().key))


def test_nobody_reads_an_application_before_declaring(year):
    screened(year)
    acting.share_out(year.round, 2, None, year.by)
    kari, one = year.browsers["kari"], year.one()
    assert kari.get(at("application", one.key)).url == at("declare", one.key)
    assert kari.get(at("score", one.key)).status_code == 404
    assert "Mange innleggelser" not in read(kari, at("declare", one.key))
    assert kari.post(at("declare", one.key), {"conflict": "no"}).status_code == 302
    assert "Mange innleggelser" in read(kari, at("application", one.key))
    other = year.one(1)
    assert "Say why" in kari.post(at("declare", other.key), {"conflict": "yes"}).content.decode()
    assert kari.post(at("declare", other.key), {"conflict": "yes", "reason": "Min søster"}).status_code == 302
    assert kari.get(at("declare", other.key)).status_code == 404
    assert "took no part in" in read(year.browsers["secretariat"], at("minutes", year.round.code))


def test_the_secretariat_lifts_a_match_with_a_reason_but_never_what_was_declared(year):
    screened(year)
    shared(year)
    kari, secretary, one = year.people["kari"], year.browsers["secretariat"], year.one()
    tie("stated", year, kari)
    assert closed.is_closed(one, str(kari.key))
    address = at("lift", one.key, kari.key)
    assert secretary.post(address, {"reason": " ", "do": "lift"}).status_code == 422
    assert secretary.post(address, {"reason": "Vikar i 2019.", "do": "lift"}).status_code == 302
    assert not closed.is_closed(one, str(kari.key))
    assert "Vikar i 2019." not in Line.objects.get(verb="conflict lifted").detail
    assert one.lifts.get().reason == "Vikar i 2019."
    Declaration.objects.filter(application=one, user=kari).update(conflict=True)
    assert closed.is_closed(one, str(kari.key))
    assert secretary.post(address, {"reason": "Likevel.", "do": "lift"}).status_code == 422
    assert secretary.post(address, {"reason": "Feil knapp.", "do": "ask_anew"}).status_code == 302
    assert not Declaration.objects.filter(application=one, user=kari).exists()


def test_a_tie_keeps_an_application_from_being_given_out(year):
    screened(year)
    tie("stated", year, year.people["kari"])
    assert acting.share_out(year.round, 2, None, year.by) == 2
    assert set(Assessment.objects.values_list("user__key", flat=True)) == {year.people["ola"].key}
    page = read(year.browsers["secretariat"], at("sharing", year.round.code))
    assert "lacks 1" in page


# --- Scoring ---------------------------------------------------------------------------------------------------------
def test_others_scores_are_hidden_until_ones_own_is_given(year):
    screened(year)
    shared(year)
    scored(year, "ola", 0, 4)
    kari, address = year.browsers["kari"], at("application", year.one().key)
    assert "Fordi need" not in read(kari, address)
    scored(year, "kari", 0, 2)
    page = read(kari, address)
    assert "Fordi need" in page
    assert "Another assessor" in page
    assert Score.objects.filter(assessment__application=year.one()).count() == 2 * len(desk.weighed(year.round))


def test_an_assessment_is_given_on_its_page_and_only_when_whole(year):
    screened(year)
    shared(year)
    kari, one = year.browsers["kari"], year.one()
    assert "Which level fits best?" in read(kari, at("score", one.key))
    assert kari.post(at("give", one.key)).url.endswith("score/?step=overview")
    scored(year, "kari", 0)
    assert kari.post(at("give", one.key)).status_code == 302
    row = Assessment.objects.get(user=year.people["kari"], application=one)
    assert row.given_at is not None
    assert row.advice == "support"
    before = list(row.scores.values_list("pk", flat=True))
    acting.give(row, str(year.people["kari"].key))
    assert list(row.scores.values_list("pk", flat=True)) == before


def test_nobody_gives_anothers_assessment_and_nobody_after_the_recommendation(year):
    screened(year)
    shared(year)
    row = acting.begin(Assessment.objects.get(user=year.people["kari"], application=year.one()), "x", "nb")
    with pytest.raises(Refused) as refused:
        acting.give(row, str(year.people["ola"].key))
    assert whys(refused) == {acting.Why.NOT_ASSIGNED}
    placed(year, Outcome.TAILORED, Outcome.DECLINED)
    taken(year, Step.RECOMMEND, "resource")
    with pytest.raises(Refused) as refused:
        scored(year, "kari", 0)
    assert whys(refused) == {acting.Why.DECIDED}


def test_the_order_shows_scores_agreement_and_what_hangs_on_weights(year):
    screened(year)
    shared(year)
    for number, (first, second) in enumerate(((4, 4), (1, 3))):
        scored(year, "kari", number, first)
        scored(year, "ola", number, second)
    page = read(year.browsers["secretariat"], at("order", year.round.code))
    assert "100.0" in page
    assert "Disagree" in page
    assert "Krippendorff" in page


# --- The board -------------------------------------------------------------------------------------------------------
def test_the_board_works_by_plain_forms_and_keeps_every_change_of_mind(year):
    screened(year)
    resource, address = year.browsers["resource"], at("board", year.round.code)
    page = resource.get(address)
    seen = page.context["found"].board.version
    wanted = {"application": year.one().key, "outcome": "tailored", "hours": 60, "reason": "Sterkt.", "seen": seen}
    assert resource.post(address, wanted).status_code == 302
    assert resource.post(address, wanted | {"seen": year.version}).status_code == 302
    moved = wanted | {"outcome": "reserve", "hours": "", "reserve": 1, "seen": year.version}
    assert resource.post(address, moved).status_code == 302
    steps = BoardStep.objects.filter(application=year.one())
    assert [one.after["outcome"] for one in steps] == ["tailored", "reserve"]
    assert "Tailored guidance, 60 hours → Reserve list, place 1" in read(resource, address)


def test_what_nobody_has_screened_is_not_placed_and_the_board_says_why(year):
    resource, address = year.browsers["resource"], at("board", year.round.code)
    page = read(resource, address)
    assert page.count("Nobody has finished screening it") == 2
    assert f"Place {year.one().code}" not in page
    wanted = {"application": year.one().key, "outcome": "tailored", "hours": 60, "reason": "Sterkt.", "seen": 1}
    refused = resource.post(address, wanted)
    assert refused.status_code == 409
    assert f"Nobody has finished screening {year.one().code}" in refused.content.decode()
    assert not BoardStep.objects.exists()
    with pytest.raises(Refused) as told:
        taken(year, Step.RECOMMEND, "resource")
    assert board_rules.Why.UNSCREENED in whys(told)
    # A round without conditions and without that step has nothing to screen.
    Criterion.objects.filter(round=year.round, kind=CriterionKind.ELIGIBILITY).delete()
    steps = workflow.written(workflow.without(workflow.read(year.round.workflow.steps), ["screening"]))
    Round.objects.filter(pk=year.round.pk).update(
        workflow=WorkflowVersion.objects.create(number=77, steps=steps, made_by="x")
    )
    assert resource.post(address, wanted).status_code == 302


def test_a_place_given_up_goes_to_the_next_on_the_reserve_list_and_to_nobody_else(portfolio, person, sign_in):
    year = closed_round(person, sign_in, 4)
    screened(year)
    by = str(year.people["resource"].key)
    for number, (outcome, hours, reserve) in enumerate(
        [(Outcome.TAILORED, 200, 0), (Outcome.RESERVE, 0, 2), (Outcome.RESERVE, 0, 1), (Outcome.DECLINED, 0, 0)]
    ):
        wanted = Placed(outcome, hours, reserve, f"Begrunnelse {number}.")
        boards.place(year.one(number), wanted, by, frozenset({Role.RESOURCE_GROUP}), year.version)
    taken(year, Step.RECOMMEND, "resource")
    taken(year, Step.DECIDE, "steering")
    letters.make_all(year.round, year.by)
    read_all(year)
    assert letters.send_all(year.round, year.by) == 4
    secretary, leader = year.browsers["secretariat"], year.browsers["leader"]
    address, code = at("board", year.round.code), year.round.code
    publishing.publish(year.round, year.by, frozenset({Role.SECRETARIAT}))
    assert "A place is free" not in read(secretary, address)
    # The applicants give it up themselves; then nobody finds the project in the open any more.
    project = Award.objects.get().initiative.project
    assert leader.post(at("give_up", year.one().key), {"reason": " "}).status_code == 422
    assert leader.post(at("give_up", year.one().key), {"reason": "Vi har ikke folk."}).status_code == 302
    assert leader.get(at("give_up", year.one().key)).status_code == 404
    assert "You gave the place up" in read(leader, at("decision", year.one().key))
    project.refresh_from_db()
    assert not project.published
    assert rooms.engagement_of(project.initiative).closed_at
    page = read(secretary, address)
    assert f"Next on the reserve list is {year.one(2).code}" in page
    assert "Given up by the applicants" in page
    offered = {"do": "offer", "outcome": "tailored", "hours": 150, "seen": year.version}
    skipped = secretary.post(address, {**offered, "application": year.one(1).key})
    assert skipped.status_code == 409
    assert "stands before it on the reserve list" in skipped.content.decode()
    too_much = secretary.post(address, {**offered, "application": year.one(2).key, "hours": 201})
    assert "Only 200 hours are left" in too_much.content.decode()
    wanted = {**offered, "application": year.one(2).key}
    assert year.browsers["resource"].post(address, wanted).status_code == 409
    assert secretary.post(address, wanted).status_code == 302
    assert "Tailored guidance" in read(leader, at("decision", year.one(2).key))
    assert Project.objects.filter(published=True, award_year=2026, award_round=2).count() == 1
    # Another letter tells of it, in a batch of its own, and none is sent twice.
    assert letters.make_all(year.round, year.by) == 1
    for one in Letter.objects.filter(sent_at=None):
        letters.change(one, one.subject, one.body, year.by, one.revision)
    assert letters.send_all(year.round, year.by) == 1
    assert letters.send_all(year.round, year.by) == 0
    assert sorted(Letter.objects.filter(application=year.one(2)).values_list("number", "outcome")) == [
        (1, "reserve"),
        (2, "tailored"),
    ]
    assert Message.objects.filter(kind="decision").count() == 5
    assert [one.step for one in BoardStep.objects.order_by("-number")[:2]] == [Step.OFFER, Step.GIVE_UP]
    assert f"{year.one(2).code}" in read(secretary, at("minutes", code))


def test_a_confirmation_taken_back_is_seen_by_who_screens(portfolio, person, sign_in):
    year = closed_round(person, sign_in, 1)
    hospital = Organisation.objects.get(key="akershus-universitetssykehus")
    closes = timezone.now() + timedelta(hours=1)
    Round.objects.filter(pk=year.round.pk).update(closes_at=closes)
    people.unconfirm(year.one(), hospital, "signer", timezone.now())
    Round.objects.filter(pk=year.round.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    secretary, one = year.browsers["secretariat"], year.one()
    for address in (at("screening", one.key), at("application", one.key)):
        page = read(secretary, address)
        assert f"{hospital.name} took its confirmation back" in page
        assert "Nobody on this side stands behind it now: Hospital side" in page
    assert "Confirmation taken back" in read(secretary, at("round", year.round.code))
    Partner.objects.filter(application=one).update(taken_back_at=None)
    assert "took its confirmation back" not in read(secretary, at("screening", one.key))


def test_a_stopped_application_gets_a_letter_with_the_reason(year):
    judged(year, 0, (Verdict.NOT_MET, "Bare ett nivå står bak."))
    screening.finish(year.one(), year.by, stop=True, why="Vilkåret om to nivåer er ikke oppfylt.")
    judged(year, 1)
    screening.finish(year.one(1), year.by, stop=False)
    by = str(year.people["resource"].key)
    wanted = Placed(Outcome.TAILORED, 40, 0, "God sak.")
    boards.place(year.one(1), wanted, by, frozenset({Role.RESOURCE_GROUP}), year.version)
    taken(year, Step.RECOMMEND, "resource")
    taken(year, Step.DECIDE, "steering")
    assert letters.make_all(year.round, year.by) == 2
    read_all(year)
    letters.send_all(year.round, year.by)
    publishing.publish(year.round, year.by, frozenset({Role.SECRETARIAT}))
    page = read(year.browsers["leader"], at("decision", year.one().key))
    assert "Stopped at screening" in page
    assert "Vilkåret om to nivåer" in page
    assert "Bare ett nivå står bak." in page


def test_a_stale_board_is_refused_with_what_changed_and_what_was_typed(year):
    screened(year)
    address, seen = at("board", year.round.code), year.version
    wanted = {"application": year.one().key, "outcome": "tailored", "hours": 60, "reason": "Sterkt.", "seen": seen}
    assert year.browsers["resource"].post(address, wanted).status_code == 302
    late = year.browsers["secretariat"].post(address, wanted | {"outcome": "declined", "reason": "Svakt."})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody has changed the board" in page
    assert "Test resource_group: Placed" in page
    assert "Svakt." in page


def test_two_decisions_at_once_are_one(year):
    screened(year)
    placed(year, Outcome.TAILORED, Outcome.DECLINED)
    taken(year, Step.RECOMMEND, "resource")
    steering, address = year.browsers["steering"], at("board", year.round.code)
    seen = year.version
    assert steering.post(address, {"step": "decide", "seen": seen}).status_code == 302
    again = steering.post(address, {"step": "decide", "seen": seen})
    assert again.status_code == 409
    assert BoardStep.objects.filter(step=Step.DECIDE).count() == 1
    assert desk.board(year.round).state == State.DECIDED


def test_it_is_somebodys_turn_in_each_state(year):
    screened(year)
    placed(year, Outcome.TAILORED, Outcome.DECLINED)
    for name, step in (("steering", Step.DECIDE), ("steering", Step.RECOMMEND)):
        with pytest.raises(Refused) as refused:
            taken(year, step, name)
        assert whys(refused) == {board_rules.Why.NOT_NOW}
    taken(year, Step.RECOMMEND, "resource")
    with pytest.raises(Refused):
        placed(year, Outcome.DECLINED)
    with pytest.raises(Refused) as refused:
        taken(year, Step.SEND_BACK, "steering")
    assert whys(refused) == {board_rules.Why.NEEDS_REASON}
    placed(year, Outcome.NEXT_ROUND, name="steering")
    taken(year, Step.DECIDE, "steering")
    with pytest.raises(Refused):
        placed(year, Outcome.DECLINED, name="steering")


def test_more_hours_than_the_round_has_are_shown_and_stop_the_recommendation(year):
    screened(year)
    Round.objects.filter(pk=year.round.pk).update(hours=80)
    placed(year, Outcome.TAILORED, Outcome.GROUP)
    assert "20 hours more are given" in read(year.browsers["resource"], at("board", year.round.code))
    with pytest.raises(Refused) as refused:
        taken(year, Step.RECOMMEND, "resource")
    assert whys(refused) == {board_rules.Why.OVER}


def test_minutes_are_made_and_come_as_pdf(year):
    decided(year)
    page = read(year.browsers["steering"], at("minutes", year.round.code))
    assert "Begrunnelse 1." in page
    answer = year.browsers["steering"].get(at("minutes", year.round.code) + "?form=pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


# --- Letters ---------------------------------------------------------------------------------------------------------
def read_all(year) -> None:
    for one in Letter.objects.all():
        letters.change(one, one.subject, one.body, year.by, one.revision)


def test_letters_carry_the_reason_are_read_sent_once_and_kept_as_sent(year):
    decided(year)
    secretary, code = year.browsers["secretariat"], year.round.code
    assert letters.make_all(year.round, year.by) == 2
    assert letters.make_all(year.round, year.by) == 0
    with pytest.raises(Refused) as refused:
        letters.send_all(year.round, year.by)
    assert whys(refused) == {letter_rules.Why.UNREAD}
    assert not Message.objects.filter(kind="decision").exists()
    read_all(year)
    assert secretary.post(at("letters_send", code)).status_code == 302
    assert letters.send_all(year.round, year.by) == 0
    sent = Message.objects.filter(kind="decision")
    assert sent.count() == 2
    for one in Letter.objects.select_related("application__placement"):
        assert one.application.placement.reason in one.body
        assert "Fordi need." in one.body
        assert one.digest == letter_rules.seal(one.subject, one.body)
        message = sent.get(key=one.copies.get().message)
        assert (message.subject, message.body.strip()) == (one.subject, one.body)
        with pytest.raises(Refused):
            letters.change(one, "Nytt", "Nytt", year.by, one.revision)
    assert "Waits to be sent" in read(secretary, at("letters", code))
    one = Letter.objects.first()
    # The PDF is kept as it was made when the letter was sent, and is no part of what applicants may attach.
    kept = b"".join(secretary.get(at("letter_pdf", code, one.pk)).streaming_content)
    assert hashlib.sha256(kept).hexdigest() == StoredFile.objects.get(key=one.paper).digest
    assert files.used("application", str(one.application.key)) == 0
    Message.objects.update(state="sent")
    assert letters.note_delivery() == 2
    Message.objects.all().delete()
    assert "Test project_leader: Sent" in read(secretary, at("letters", code))


def test_one_letter_that_lacks_something_keeps_all_of_them(year):
    decided(year)
    letters.make_all(year.round, year.by)
    read_all(year)
    one = Letter.objects.first()
    letters.change(one, one.subject, one.body + "\n\nHilsen {contact}", year.by, one.revision)
    with pytest.raises(Refused) as refused:
        letters.send_all(year.round, year.by)
    assert whys(refused) == {letter_rules.Why.UNFILLED}
    assert not Message.objects.filter(kind="decision").exists()
    assert not Letter.objects.filter(sent_at__isnull=False).exists()


def test_two_who_change_a_letter_at_once_lose_nothing(year):
    decided(year)
    letters.make_all(year.round, year.by)
    one = Letter.objects.first()
    address = at("letter", year.round.code, one.pk)
    secretary = year.browsers["secretariat"]
    first = {"subject": "A", "body": f"Den ene. {one.reason}", "seen": one.revision}
    assert secretary.post(address, first).status_code == 302
    late = secretary.post(address, first | {"body": "Den andre."})
    page = late.content.decode()
    assert late.status_code == 422
    assert "Den ene." in page
    assert "Den andre." in page


# --- Publishing ------------------------------------------------------------------------------------------------------
def test_awarded_applications_become_projects_and_only_then_do_applicants_see_it(year):
    decided(year)
    letters.make_all(year.round, year.by)
    read_all(year)
    letters.send_all(year.round, year.by)
    leader, address = year.browsers["leader"], at("decision", year.one(1).key)
    own = f"/en/applications/{year.one(1).key}/"
    assert leader.get(address).status_code == 404
    assert address not in read(leader, own)
    assert publishing.publish(year.round, year.by, frozenset({Role.SECRETARIAT})) == 1
    award = Award.objects.get()
    project = Project.objects.get(initiative=award.initiative)
    assert (project.award_year, project.award_round, project.support) == (2026, 2, "tailored")
    assert project.published
    assert set(award.initiative.parties.values_list("organisation__key", flat=True)) == {
        "ullensaker-kommune", "akershus-universitetssykehus",
    }  # fmt: skip
    assert asking.kind(year.one()) is Kind.DECIDED
    assert address in read(leader, own)
    assert "Begrunnelse 2." in read(leader, address)
    assert leader.post(address, {"text": "Hva manglet?"}).status_code == 302
    question = year.one(1).questions.get()
    assert "Hva manglet?" in read(year.browsers["secretariat"], at("letters", year.round.code))
    answered = year.browsers["secretariat"].post(at("answer", year.round.code, question.pk), {"text": "Tall."})
    assert answered.status_code == 302
    assert "Tall." in read(leader, address)
    paper = b"".join(leader.get(at("decision_pdf", year.one(1).key, 1)).streaming_content)
    assert paper.startswith(b"%PDF")
    assert hashlib.sha256(paper).hexdigest() in read(leader, address)
    assert Round.objects.get(pk=year.round.pk).state == "decided"
    with pytest.raises(Refused):
        publishing.publish(year.round, year.by, frozenset({Role.SECRETARIAT}))
    assert Award.objects.count() == 1


def test_a_renewed_and_a_spread_application_keep_where_they_come_from(year):
    by = year.by
    earlier = list(Initiative.objects.filter(project__published=True).order_by("key")[:2])
    for number, kind in enumerate((Lineage.Kind.CONTINUES, Lineage.Kind.SPREADS)):
        Origin.objects.create(application=year.one(number), initiative=earlier[number], kind=kind)
    decided(year, Outcome.TAILORED, Outcome.GROUP)
    letters.make_all(year.round, by)
    read_all(year)
    letters.send_all(year.round, by)
    assert publishing.publish(year.round, by, frozenset({Role.SECRETARIAT})) == 2
    for number, kind, named in ((0, "continues", "innovation"), (1, "spreads", "spread")):
        made = Award.objects.get(application=year.one(number)).initiative
        assert [(one.kind, one.parent) for one in made.parents.all()] == [(kind, earlier[number])]
        assert made.kind == named
    renewed = Award.objects.get(application=year.one()).initiative.key
    assert calls.awards(Round.objects.get(pk=year.round.pk), "en").renewed == {renewed}


def test_nothing_can_be_decided_anew_when_letters_are_sent(year):
    decided(year)
    letters.make_all(year.round, year.by)
    read_all(year)
    letters.send_all(year.round, year.by)
    with pytest.raises(Refused) as refused:
        taken(year, Step.REOPEN, "steering", "Feil.")
    assert whys(refused) == {board_rules.Why.LETTERS_SENT}
    by = str(year.people["steering"].key)
    with pytest.raises(Refused) as refused:
        boards.place(year.one(), Placed(Outcome.DECLINED, reason="Nei."), by, frozenset({Role.STEERING_GROUP}), 99)
    assert whys(refused) == {board_rules.Why.NOT_NOW}


# --- Who may ---------------------------------------------------------------------------------------------------------
PAGES = {
    "desk": {"secretariat", "kari", "ola", "resource", "steering"},
    "ties": {"secretariat", "kari", "ola", "resource", "steering"},
    "round": {"secretariat"},
    "sharing": {"secretariat"},
    "order": {"secretariat", "resource", "steering"},
    "board": {"secretariat", "resource", "steering"},
    "minutes": {"secretariat", "resource", "steering"},
    "letters": {"secretariat"},
    "publishing": {"secretariat"},
    "retention": {"secretariat"},
    "figures": {"secretariat", "resource", "steering"},
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_may_open_each_page(year, cast, name):
    words = [] if name in ("desk", "ties", "retention") else [year.round.code]
    everyone = {**{f"other {who}": browser for who, browser in cast.items()}, **year.browsers}
    for who, browser in everyone.items():
        own = who.removeprefix("other ")
        # Of those with a role but without a seat on the panel, only the secretariat comes in to a round.
        seatless = {"secretariat", "assessor", "resource_group", "steering_group"}
        seatless = seatless if name in ("desk", "ties") else {"secretariat"}
        may = own in (PAGES[name] & seatless | (seatless if not words else set())) if own != who else who in PAGES[name]
        assert browser.get(at(name, *words)).status_code == (200 if may else 404), who


def test_an_open_round_is_nobodys_to_assess(year):
    Round.objects.filter(pk=year.round.pk).update(closes_at=timezone.now() + timedelta(days=1))
    assert year.browsers["secretariat"].get(at("round", year.round.code)).status_code == 404
    assert year.browsers["secretariat"].get(at("application", year.one().key)).status_code == 404
    assert year.round.code not in read(year.browsers["secretariat"], AT)


def test_assessors_are_reminded_once_for_each_reminder_and_not_when_done(year):
    due = date(2026, 12, 10)
    screened(year)
    acting.share_out(year.round, 2, due, year.by)
    for one in Assessment.objects.select_related("user", "application"):
        acting.declare(one.application, one.user, conflict=False, reason="")
    for number in (0, 1):
        scored(year, "ola", number)
    for left in (9, 7, 6, 2, 2):
        reminding.remind(due - timedelta(days=left))
    letters_ = Message.objects.filter(kind="assessment")
    assert {one.to for one in letters_} == {year.people["kari"].email}
    assert letters_.count() == 2
