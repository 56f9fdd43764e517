"""Who may edit what, both ways for every role and for a stranger, by looking and by sending."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from filling import AT, Filled, opened
from reading import read

from helsevev.commons.people.models import RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.network.portfolio import queries
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Draft, Project
from helsevev.network.portfolio.rules.permissions import PERMISSIONS
from helsevev.network.portfolio.views.sealing import Seal

EVERYONE = frozenset({*(role.value for role in Role), "nobody", "stranger"})
KEEPERS = frozenset({"secretariat", "administrator"})
EDITORS = KEEPERS | {"advisor", "project_leader"}
LOGGERS = EDITORS | {"project_member"}
STAFF = KEEPERS | {"assessor", "resource_group", "steering_group", "advisor", "editor"}
TEAM = frozenset({"project_leader", "project_member"})
OWN = "mila-2026"  # Ullensaker owns it, where the cast's leader and member are
OTHERS = "fonna-bu"

LOOKING = [
    ("mila-2026/edit/", LOGGERS),
    ("fonna-bu/edit/", KEEPERS | {"advisor"}),
    ("mila-2026/history/", STAFF | TEAM),
    ("fonna-bu/history/", STAFF),
    ("mila-2026/history/1/", STAFF | TEAM),
    ("mila-2026/history/compare/?from=1&to=1", STAFF | TEAM),
    ("mila-2026/publish/", KEEPERS),
    ("mila-2026/withdraw/", KEEPERS),
    ("staff/", STAFF | TEAM),
    ("new/", KEEPERS),
    ("import/", KEEPERS),
    ("import/template.xlsx", KEEPERS),
    ("import/portfolio.xlsx", KEEPERS),
    ("import/00000000-0000-0000-0000-000000000000/", frozenset()),
    ("lookup/organisations/?q=oslo", EDITORS),
    ("lookup/projects/?q=mila", EDITORS),
    ("no-such-project/edit/", frozenset()),
    ("no-such-project/history/", frozenset()),
    ("mila-2026/history/99/", frozenset()),
    ("mila-2026/history/99999999999999999999/", frozenset()),
    ("mila-2026/history/1/undo/", frozenset()),
]


@pytest.mark.parametrize(("path", "may"), LOOKING)
def test_who_may_look(portfolio, cast, path, may):
    assert {who for who, browser in cast.items() if browser.get(AT + path).status_code == 200} == may
    assert {browser.get(AT + path).status_code for who, browser in cast.items() if who not in may} <= {404}


def test_a_role_without_its_second_factor_opens_nothing(portfolio, person, sign_in):
    for role in (Role.SECRETARIAT, Role.ADMINISTRATOR, Role.ADVISOR):
        browser = sign_in(person(role), second_factor=False)
        for path in ("mila-2026/edit/", "mila-2026/history/", "staff/", "new/", "import/"):
            assert browser.get(AT + path).status_code in (302, 404), (role, path)


def test_who_may_send(portfolio, cast):
    """A seal of one's own, as if the page had been open: the role decides, not the page."""
    others = Project.objects.get(initiative__key=OTHERS)
    for who in EVERYONE - {"stranger"}:
        user = User.objects.get(pk=cast[who].session["_auth_user_id"])
        others.refresh_from_db()
        seal = Seal(str(user.key), OTHERS, others.version, ("title_en", "log")).sign()
        sent = {"seal": seal, "title_en": f"By {who}", "end": "yes", "do": "save"}
        answer = cast[who].post(f"{AT}{OTHERS}/edit/", sent)
        assert answer.status_code == (302 if who in KEEPERS | {"advisor"} else 404), who
    assert others.revisions.filter(via="edit").count() == 3


@pytest.mark.parametrize("path", ["mila-2026/publish/", "mila-2026/withdraw/"])
def test_who_may_publish_by_sending(portfolio, cast, path):
    for who, browser in cast.items():
        assert browser.post(AT + path).status_code == (302 if who in KEEPERS else 404), who


def test_a_member_writes_in_the_log_and_nowhere_else(portfolio, cast):
    browser = cast["project_member"]
    form = opened(browser)
    assert "title" not in form.fields
    form = form.pressed("add:log")
    last = sum(name.endswith("-on") for name in form.fields) - 1
    form[f"log-{last}-on"], form[f"log-{last}-nb"] = "2026-03", "Skrevet av et medlem."
    form["title"], form["owners-0-name"], form["published"], form["listing"] = "Taken over", "Oslo", "", "example"
    before = queries.fields(OWN)
    assert form.press("save").status_code == 302
    after = queries.fields(OWN)
    assert [entry["nb"] for entry in after["log"] if entry["on"] == "2026-03"] == ["Skrevet av et medlem."]
    assert {name for name in after if after[name] != before[name]} == {"log"}


def test_a_leader_edits_all_but_the_list_it_stands_on(portfolio, cast):
    form = opened(cast["project_leader"])
    assert "listing" not in form.fields
    form["listing"], form["title_en"] = "example", "By its leader"
    assert form.press("save").status_code == 302
    fields = queries.fields(OWN)
    assert (fields["listing"], fields["title_en"]) == ("awarded", "By its leader")


def test_a_draft_is_its_own_persons_alone(portfolio, cast):
    form = opened(cast["secretariat"])
    form["title_en"] = "Nobody else sees this"
    assert form.press("keep").status_code == 200
    draft = Draft.objects.get()
    for who, browser in cast.items():
        if who in EDITORS:
            seen = "Nobody else sees this" in browser.get(f"{AT}{OWN}/edit/").content.decode()
            assert seen == (who == "secretariat"), who
        if who != "secretariat":
            assert browser.post(f"{AT}drafts/{draft.pk}/throw/").status_code == 404
            assert browser.post(f"{AT}drafts/{draft.pk}/bring/").status_code == 404
    assert cast["secretariat"].post(f"{AT}drafts/99999999999999999999/bring/").status_code == 404


def test_a_page_of_another_person_or_project_or_a_forged_one_is_refused(portfolio, cast):
    staff, leader = cast["secretariat"], cast["project_leader"]
    form = opened(staff)
    form["title_en"] = "Carried over"
    sealed = form["seal"]
    assert leader.post(f"{AT}{OWN}/edit/", {**form.fields, "do": "save"}).status_code == 403
    assert staff.post(f"{AT}{OTHERS}/edit/", {**form.fields, "do": "save"}).status_code == 403
    for broken in ("", "x", sealed[:-3], sealed.replace(":", ";"), "\x00"):
        form["seal"] = broken
        assert form.press("save").status_code == 403
        assert staff.post(f"{AT}{OWN}/edit/draft/", form.fields).status_code == 403
    nobody = {**form.fields, "do": "save"}
    for who in ("stranger", "nobody", "reader"):
        assert cast[who].post(f"{AT}{OWN}/edit/", nobody).status_code == 404, who
        assert cast[who].post(f"{AT}{OWN}/edit/draft/", nobody).status_code == 404, who
    assert Project.objects.get(initiative__key=OWN).version == 1


def test_the_seal_stands_in_for_the_token_that_django_asks_elsewhere(portfolio, cast, person, sign_in):
    """Signing in anew makes Django's token stale; the page one typed on must still be good."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast["secretariat"].cookies
    form = opened(strict)
    strict.cookies["csrftoken"] = "x" * 32
    form["title_en"] = "Saved by the seal"
    assert form.press("save").status_code == 302
    assert strict.post(f"{AT}{OWN}/publish/").status_code == 403


# --- Roles that end while one types ----------------------------------------------------------------------------------
def test_a_role_that_ends_in_the_middle_saves_nothing_and_keeps_what_was_typed(portfolio, cast):
    browser = cast["project_leader"]
    form = opened(browser)
    form["summary_en"] = "Typed before the role ended"
    RoleGrant.objects.filter(role="project_leader").update(ends=timezone.localdate() - timedelta(days=1))
    answer = form.press("save")
    assert answer.status_code == 404
    page = read(answer.content).one("main").words
    assert "no longer edit" in page
    assert "Typed before the role ended" in page
    assert Project.objects.get(initiative__key=OWN).version == 1
    again = browser.get(f"{AT}{OWN}/edit/")
    assert again.status_code == 404
    assert "Typed before the role ended" in again.content.decode()
    assert "Typed before the role ended" not in cast["nobody"].get(f"{AT}{OWN}/edit/").content.decode()
    assert browser.get(f"{AT}staff/").status_code == 200
    assert "MILA" in read(browser.get(f"{AT}staff/").content).one("main").words


def test_an_organisation_that_no_longer_takes_part_takes_its_leader_along(portfolio, cast):
    browser = cast["project_leader"]
    form = opened(browser)
    project = Project.objects.get(initiative__key=OWN)
    change(project, {"owners": ["Oslo kommune"]}, "system:test")
    form["title_en"] = "Too late"
    answer = form.press("save")
    assert answer.status_code == 404
    assert "Too late" in answer.content.decode()


def test_a_session_that_ends_in_the_middle_keeps_what_was_typed_for_its_person_alone(portfolio, cast, person, sign_in):
    user = person(Role.SECRETARIAT)
    browser = sign_in(user)
    form = opened(browser)
    form["title_en"] = "Typed before lunch"
    browser.logout()
    answer = form.press("save")
    assert answer.status_code == 403
    page = read(answer.content)
    assert "Typed before lunch" not in page.words
    (link,) = [one for one in page.one("main").all("a") if "Sign in" in one.words]
    assert link.attributes["href"].endswith(f"next=%2Fen%2Fportfolio%2F{OWN}%2Fedit%2F")
    assert Project.objects.get(initiative__key=OWN).version == 1
    again = opened(sign_in(user))
    assert again["title_en"] == "Typed before lunch"
    assert again.press("save").status_code == 302
    assert queries.fields(OWN)["title_en"] == "Typed before lunch"
    assert not Draft.objects.exists()


def test_a_session_that_is_too_old_is_answered_the_same(portfolio, person, sign_in):
    browser = sign_in(person(Role.SECRETARIAT))
    form = opened(browser)
    form["title_en"] = "Typed before a long lunch"
    session = browser.session
    session["seen"] = session["begun"] = 1
    session.save()
    answer = browser.post(f"{AT}{OWN}/edit/", {**form.fields, "do": "save"}, headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "You have been signed out" in answer.content.decode()
    assert Draft.objects.get().fields == {"title_en": "Typed before a long lunch"}


def test_the_way_to_the_shelf_is_shown_to_those_who_may_take_it(portfolio, cast):
    for who, browser in cast.items():
        page = browser.get(f"{AT}staff/").content.decode()
        main = page[page.index("<main") :]
        leads = 'href="/en/shelf/"' in main
        assert leads is (browser.get("/en/shelf/").status_code == 200 and "<h1>Work with projects" in main), who


def test_every_action_of_the_table_is_asked_somewhere():
    asked = {"see", "see_drafts", "see_history", "create", "edit", "log", "publish", "withdraw", "import"}
    assert set(PERMISSIONS) == asked


def test_a_browser_that_signed_in_as_somebody_else_is_not_told_what_was_typed(portfolio, cast, person, sign_in):
    form = opened(cast["secretariat"])
    form["title_en"] = "The first person's"
    other = sign_in(person(Role.SECRETARIAT))
    answer = other.post(f"{AT}{OWN}/edit/", {**form.fields, "do": "save"})
    assert answer.status_code == 403
    assert not Draft.objects.exists()
    assert isinstance(Filled.on(other, other.get(f"{AT}{OWN}/edit/"))["title_en"], str)
