"""Applications from the first page to the receipt: the rule of both sides, people, sending, changing, withdrawing."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from applying import ANSWERS, HOSPITAL, MUNICIPALITY, begun, complete, confirmed, filled, place, seen, sent
from django.db import IntegrityError, transaction
from django.utils import timezone
from rounds import BY, opened

from helsevev.commons.audit.models import Line
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as form_queries
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.mail.models import Message
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying as acting
from helsevev.network.applications.actions import applying_moving as moving
from helsevev.network.applications.actions import applying_people as people
from helsevev.network.applications.actions import applying_sending as sending
from helsevev.network.applications.actions import rounds as round_acting
from helsevev.network.applications.models import Application, Author, Partner, Round, StepMove, Submission
from helsevev.network.applications.queries import alike, papers, submitted
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.rules.applying import Why
from helsevev.network.applications.rules.workflow import Kind

AT = "/en/applications/"


def whys(refused) -> set[str]:
    return {one.why for one in refused.value.refusals}


@pytest.fixture
def round_(registers) -> Round:
    return opened()


# --- From the first page to the receipt ------------------------------------------------------------------------------
def test_a_whole_application_in_the_browser(round_, person, sign_in):
    leader, signer = person(Role.PROJECT_LEADER, MUNICIPALITY), person(Role.ORGANISATION_SIGNER, MUNICIPALITY)
    doctor, other_signer = person(None), person(Role.ORGANISATION_SIGNER, HOSPITAL)
    browser = sign_in(leader)
    page = browser.get("/en/calls/2026-2/apply/")
    assert "Both sides must stand behind it" in page.content.decode()
    token = page.context["form"].initial["token"]
    begin = {"owner": MUNICIPALITY, "title": "Kols hjemme", "continues": "", "token": token}
    first = browser.post("/en/calls/2026-2/apply/", begin)
    assert first.status_code == 302
    assert browser.post("/en/calls/2026-2/apply/", begin).url == first.url
    application = Application.objects.get()
    assert Message.objects.filter(key__startswith="confirm:", to=signer.email).count() == 1
    # A co-author of the hospital is invited, and with that the hospital takes part and is asked.
    invite = {"invite-email": doctor.email, "invite-organisation": HOSPITAL}
    assert browser.post(f"{first.url}invite/", invite).status_code == 302
    link = re.search(r"/applications/join/[\w-]+/", Message.objects.get(to=doctor.email).body).group()
    assert sign_in(doctor).post(f"/en{link}").url == first.url
    assert Message.objects.filter(key__startswith="confirm:", to=other_signer.email).count() == 1
    # Not yet: nothing is filled in and nobody has confirmed.
    early = browser.post(f"{first.url}send/", _hidden(browser, first.url))
    assert early.status_code == 409
    assert "hospital side must confirm" in early.content.decode()
    for who, key in ((signer, MUNICIPALITY), (other_signer, HOSPITAL)):
        assert sign_in(who).post(f"{first.url}partners/{key}/confirm/").status_code == 302
    filled(application)
    answer = browser.post(f"{first.url}send/", _hidden(browser, first.url))
    assert answer.status_code == 302, answer.context["why"]
    receipt = browser.get(answer.url).content.decode()
    made = Submission.objects.get()
    assert made.digest in receipt
    assert asking.kind(asking.one(application.key)) is Kind.RECEIVED
    assert {letter.to for letter in Message.objects.filter(kind="receipt")} == {leader.email, doctor.email}
    with pikepdf.open(_file(browser.get(answer.url[:-1] + ".pdf"))) as pdf:
        assert len(pdf.pages) >= 1
        assert pdf.Root.MarkInfo.Marked


def _file(response):
    return BytesIO(response.content)


def _hidden(browser, url: str) -> dict[str, object]:
    form = browser.get(f"{url}send/").context["form"]
    return {name: form.initial[name] for name in ("revision", "version", "sent")}


def test_who_may_begin_is_told_and_who_is_not_signed_in_signs_in(round_, person, sign_in, client):
    assert "/account/sign-in/" in client.get("/en/calls/2026-2/apply/").url
    page = sign_in(person(Role.PROJECT_MEMBER)).get("/en/calls/2026-2/apply/").content.decode()
    assert "role of project leader" in page
    leader = sign_in(person(Role.PROJECT_LEADER, MUNICIPALITY))
    begin = {"owner": HOSPITAL, "title": "Another's", "continues": "", "token": str(uuid4())}
    assert leader.post("/en/calls/2026-2/apply/", begin).status_code == 422
    assert not Application.objects.exists()


def test_nobody_begins_outside_the_time(round_, person):
    leader = person(Role.PROJECT_LEADER)
    for now in (round_.opens_at - timedelta(seconds=1), round_.closes_at):
        wanted = acting.Beginning(round_, place(MUNICIPALITY), "Too late", "nb", uuid4())
        with pytest.raises(Refused):
            acting.begin(leader, wanted, now)
    assert not Application.objects.exists()


# --- Sending ---------------------------------------------------------------------------------------------------------
def test_the_server_decides_to_the_second_and_by_grace(round_, person):
    Round.objects.update(grace_minutes=5)
    application, leader = complete(round_, person)
    last = round_.closes_at + timedelta(minutes=5)
    with pytest.raises(Refused) as refused:
        sending.submit(application, str(leader.key), seen(application), last)
    assert whys(refused) == {Why.CLOSED}
    assert form_queries.answers(application.sheet)["plan"] == ANSWERS["plan"]
    made = sending.submit(application, str(leader.key), seen(application), last - timedelta(microseconds=1))
    assert made.by_grace


def test_a_deadline_that_passes_between_page_and_click_loses_nothing(round_, person, sign_in):
    application, leader = complete(round_, person)
    browser = sign_in(leader)
    page = _hidden(browser, f"{AT}{application.key}/")
    now = timezone.now()
    Round.objects.update(closes_at=now - timedelta(seconds=1))
    answer = browser.post(f"{AT}{application.key}/send/", page)
    assert answer.status_code == 409
    assert "What you have written is kept" in answer.content.decode()
    assert ANSWERS["plan"] in answer.content.decode()
    written = browser.get(f"{AT}{application.key}/form/").content.decode()
    assert ANSWERS["plan"] in written
    assert not Submission.objects.exists()


def test_a_double_click_sends_once(round_, person, sign_in):
    application, leader = complete(round_, person)
    browser = sign_in(leader)
    page = _hidden(browser, f"{AT}{application.key}/")
    first, second = (browser.post(f"{AT}{application.key}/send/", page) for _ in range(2))
    assert first.url == second.url
    assert Submission.objects.count() == 1
    assert Message.objects.filter(kind="receipt").count() == 1
    assert Line.objects.filter(verb="sent in").count() == 1


def test_what_somebody_changed_since_it_was_read_is_read_again(round_, person):
    application, leader = complete(round_, person)
    page = seen(application)
    forms.save(asking.one(application.key).sheet, [forms.Change("plan", "Another plan", 10_000)], "other")
    with pytest.raises(Refused) as refused:
        sending.submit(application, str(leader.key), page, timezone.now())
    assert whys(refused) == {Why.CHANGED}


def test_a_form_that_changed_keeps_every_answer_and_is_read_again(round_, person):
    application, leader = complete(round_, person)
    page = seen(application)
    changed = {**round_.form.questionnaire, "item": [*round_.form.questionnaire["item"]]}
    changed["item"][0] = {**changed["item"][0], "text": "About the project"}
    version = forms.publish(round_.form.form, changed, BY)
    with pytest.raises(Refused):
        acting.replace_form(round_, version, BY, " ")
    assert acting.replace_form(round_, version, BY, "A question was unclear") == 1
    with pytest.raises(Refused) as refused:
        sending.submit(application, str(leader.key), page, timezone.now())
    assert whys(refused) == {Why.OLD_FORM}
    by, now = str(leader.key), timezone.now()
    with pytest.raises(Refused) as refused:
        acting.go_over(application, round_.form_id, by, now)
    assert whys(refused) == {Why.FORM_CHANGED}
    acting.go_over(application, version.pk, by, now)
    with pytest.raises(Refused) as refused:
        sending.submit(application, str(leader.key), page, timezone.now())
    assert whys(refused) == {Why.FORM_CHANGED}
    made = sent(application, leader)
    assert made.response.version == version
    assert form_queries.response_answers(made.response)["plan"] == ANSWERS["plan"]


def test_going_over_to_a_newer_form_is_told_before_it_is_done(round_, person, sign_in):
    application, leader = complete(round_, person)
    browser, secretary = sign_in(leader), sign_in(person(Role.SECRETARIAT))
    pages = [dict(one) for one in round_.form.questionnaire["item"]]
    # The plan is asked no more, something is asked anew, and one question is asked otherwise.
    for one in pages:
        one["item"] = [item for item in one["item"] if item["linkId"] != "plan"]
        one["item"] = [{**item, "text": "Sum it up"} if item["linkId"] == "summary" else item for item in one["item"]]
    pages[0]["item"] = [*pages[0]["item"], {"linkId": "fresh", "type": "string", "text": "Something fresh?"}]
    version = forms.publish(round_.form.form, {**round_.form.questionnaire, "item": pages}, BY)
    address = f"/en/rounds/{round_.code}/replace-form/"
    assert "Give the call a newer form" in secretary.get(f"/en/rounds/{round_.code}/").content.decode()
    assert browser.get(address).status_code == 404
    assert secretary.post(address, {"version": version.pk, "reason": ""}).status_code == 422
    assert secretary.post(address, {"version": version.pk, "reason": "It was unclear"}).status_code == 302
    assert Message.objects.filter(key__startswith=f"form:{application.key}").count() == 1
    own = f"/en/applications/{application.key}/"
    assert "See what changes" in browser.get(own).content.decode()
    page = browser.get(f"/nb{own[3:]}newer-form/").content.decode()
    for said in ("Something fresh?", "Sum it up", ANSWERS["plan"]):
        assert said in page, said
    assert browser.post(f"{own}newer-form/", {"version": round_.form_id}).status_code == 200
    assert browser.post(f"{own}newer-form/", {"version": version.pk}).status_code == 302
    row = asking.one(application.key)
    assert row.sheet.version_id == version.pk
    assert form_queries.answers(row.sheet)["plan"] == ANSWERS["plan"]
    assert "See what changes" not in browser.get(own).content.decode()
    assert browser.get(f"{own}newer-form/").status_code == 302


@pytest.mark.parametrize(
    ("behind", "missing"),
    [
        ((), {Why.SIDE_MISSING, Why.HOSPITAL_MISSING}),
        ((MUNICIPALITY,), {Why.HOSPITAL_MISSING}),
        ((HOSPITAL,), {Why.SIDE_MISSING}),
        ((MUNICIPALITY, "oslo-kommune"), {Why.HOSPITAL_MISSING}),
    ],
)
def test_both_sides_must_have_confirmed(round_, person, behind, missing):
    leader = person(Role.PROJECT_LEADER, MUNICIPALITY)
    application = begun(round_, leader)
    filled(application)
    if behind:
        confirmed(application, *behind)
    with pytest.raises(Refused) as refused:
        sent(application, leader)
    assert whys(refused) == missing


def test_what_was_sent_stands_until_it_is_sent_anew(round_, person):
    application, leader = complete(round_, person)
    first = sent(application, leader)
    with pytest.raises(Refused):
        forms.save(asking.one(application.key).sheet, [forms.Change("plan", "Sneaked in", 10_000)], "x")
    sending.reopen(application, str(leader.key), timezone.now())
    row = asking.one(application.key)
    forms.save(row.sheet, [forms.Change("plan", "A better plan", 10_000)], "x")
    assert submitted.newest(row) == first
    assert asking.kind(row) is Kind.RECEIVED
    assert form_queries.response_answers(submitted.newest(row).response)["plan"] == ANSWERS["plan"]
    second = sent(application, leader)
    assert (second.number, Submission.objects.count()) == (2, 2)
    assert form_queries.response_answers(submitted.newest(row).response)["plan"] == "A better plan"
    assert form_queries.response_answers(first.response)["plan"] == ANSWERS["plan"]
    with pytest.raises(Refused):
        sending.reopen(application, str(leader.key), round_.closes_at)


def test_withdrawing_and_taking_up_again(round_, person):
    application, leader = complete(round_, person)
    sent(application, leader)
    by, now = str(leader.key), timezone.now()
    with pytest.raises(Refused):
        sending.withdraw(application, by, "  ", now)
    sending.withdraw(application, by, "The hospital left", now)
    assert not submitted.listing(round_).exists()
    with pytest.raises(Refused):
        sent(application, leader)
    sending.take_up(application, by, now)
    assert sent(application, leader).number == 2
    assert [move.after for move in StepMove.objects.all()] == ["draft", "received", "withdrawn", "draft", "received"]
    assert StepMove.objects.get(after="withdrawn").why == "The hospital left"


def test_a_seal_is_of_what_was_sent_and_a_submission_once(round_, person):
    application, leader = complete(round_, person)
    made = sent(application, leader)
    assert made.response.sheet_id == application.sheet_id
    assert len(made.digest) == 64
    assert papers.receipt(asking.one(application.key), made, "nb") == papers.receipt(
        asking.one(application.key), made, "nb"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(
            application=application, number=1, response=made.response, digest="x", sent_at=timezone.now(), sent_by="x"
        )


def test_moves_follow_the_workflow(round_, person):
    application, leader = complete(round_, person)
    sent(application, leader)
    with pytest.raises(Refused):
        moving.move(application, "decided", BY)
    assert moving.move_all(round_, Kind.RECEIVED, Kind.SCREENING, BY) == 1
    with pytest.raises(Refused) as refused:
        sending.reopen(application, str(leader.key), timezone.now())
    assert whys(refused) == {Why.ALREADY_ASSESSED}
    round_acting.close(round_, BY, "Done")
    round_acting.move_on(round_, "screening", BY)


# --- People ----------------------------------------------------------------------------------------------------------
def test_an_invitation_works_once_for_a_fortnight_and_until_it_is_withdrawn(round_, person):
    leader, guest, thief = person(Role.PROJECT_LEADER), person(None), person(None)
    application = begun(round_, leader)
    now = timezone.now()

    def token(email):
        people.invite(application, email, place(HOSPITAL), leader, now)
        body = Message.objects.filter(to=email).latest("pk").body
        return re.search(r"/join/([\w-]+)/", body).group(1)

    used = token("guest@example.invalid")
    people.join(used, guest, now)
    with pytest.raises(Refused):
        people.join(used, thief, now)
    old = token("late@example.invalid")
    with pytest.raises(Refused):
        people.join(old, thief, now + timedelta(days=15))
    first, second = token("twice@example.invalid"), token("twice@example.invalid")
    with pytest.raises(Refused):
        people.join(first, thief, now)
    people.withdraw_invitation(asking.invitation(second, now), str(leader.key))
    with pytest.raises(Refused):
        people.join(second, thief, now)
    assert set(application.authors.values_list("user", flat=True)) == {leader.pk, guest.pk}


def test_another_of_the_organisation_takes_over_and_the_one_who_left_sees_nothing(round_, person, sign_in):
    leader, successor = person(Role.PROJECT_LEADER, MUNICIPALITY), person(Role.PROJECT_LEADER, MUNICIPALITY)
    stranger = person(Role.PROJECT_LEADER, HOSPITAL)
    application = begun(round_, leader)
    url = f"{AT}{application.key}/"
    with pytest.raises(Refused) as refused:
        people.leave(application, application.authors.get(), str(leader.key), timezone.now())
    assert whys(refused) == {Why.LAST_LEADER}
    assert sign_in(stranger).post(f"{url}take-over/").status_code == 404
    assert sign_in(successor).post(f"{url}take-over/").status_code == 302
    assert application.authors.get(user=successor).part == Author.Part.LEADER
    old = application.authors.get(user=leader)
    assert old.part == Author.Part.CO_AUTHOR
    leader.grants.update(withdrawn_at=timezone.now(), withdrawn_by="x", ends=timezone.localdate())
    people.leave(application, old, str(successor.key), timezone.now())
    assert sign_in(leader).get(url).status_code == 404
    assert sign_in(successor).get(f"{url}send/").status_code == 200


def test_only_who_signs_confirms_and_only_for_their_own(round_, person, sign_in):
    leader, signer = person(Role.PROJECT_LEADER, MUNICIPALITY), person(Role.ORGANISATION_SIGNER, HOSPITAL)
    application = begun(round_, leader)
    people.add_partner(application, place(HOSPITAL), BY, timezone.now())
    url = f"{AT}{application.key}/partners/"
    assert sign_in(leader).post(f"{url}{MUNICIPALITY}/confirm/").status_code == 404
    assert sign_in(signer).post(f"{url}{MUNICIPALITY}/confirm/").status_code == 404
    assert sign_in(signer).post(f"{url}{HOSPITAL}/confirm/").status_code == 302
    partner = Partner.objects.get(organisation__key=HOSPITAL)
    assert partner.confirmed_by == str(signer.key)
    assert sign_in(signer).post(f"{url}{HOSPITAL}/unconfirm/").status_code == 302
    partner.refresh_from_db()
    assert partner.confirmed_at is None
    with pytest.raises(Refused):
        people.remove_partner(application, application.owner, BY, timezone.now())


# --- What it builds on -----------------------------------------------------------------------------------------------
def test_the_nearest_projects_come_with_their_reasons_and_bring_their_data(portfolio, person):
    round_ = opened()
    leader = person(Role.PROJECT_LEADER, MUNICIPALITY)
    application = begun(round_, leader, "Barn og unges helsetjeneste: samhandlingsforløp")
    forms.save(application.sheet, [forms.Change("patient_groups", ["BU"])], "x")
    found = alike.five(asking.one(application.key), "en")
    assert len(found) == 5
    assert all(one.why for one in found)
    assert "fonna-bu" in {one.key for one in found[:5]}
    project = Initiative.objects.get(key="fonna-bu")
    acting.choose_origin(application, project, "spreads", str(leader.key), timezone.now())
    answers = form_queries.answers(application.sheet)
    assert "Barn og unges helsetjeneste" in answers["before"]
    assert answers["title"] == "Barn og unges helsetjeneste: samhandlingsforløp"
    assert answers["patient_groups"] == ["BU"]
    acting.drop_origin(application, "spreads", str(leader.key), timezone.now())
    assert not application.origins.exists()


def test_a_renewal_is_filled_in_from_its_project_and_counted_apart(portfolio, person):
    round_ = opened()
    leader = person(Role.PROJECT_LEADER, MUNICIPALITY)
    project = Initiative.objects.get(key="mila-2026")
    wanted = acting.Beginning(round_, place(MUNICIPALITY), "MILA videre", "nb", uuid4(), project)
    application = acting.begin(leader, wanted, timezone.now())
    answers = form_queries.answers(application.sheet)
    assert answers["title"] == "MILA videre"
    assert answers["summary"] == project.project.summary_nb
    assert answers["patient_groups"] == ["KR"]
    filled(application)
    confirmed(application)
    sent(application, leader)
    row = submitted.listing(round_).get()
    assert row.renewed
    assert row.code == "2026-2-001"
