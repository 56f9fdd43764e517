"""The pilot's pages: who may what, what is sent stale or twice or with malice, and what can be taken away."""

import io
import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone, translation
from paper_text import text as text_of
from piloting import HOSPITAL, TOWN, World, world

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.core.piloting.pacing import Week
from helsevev.network.piloting.actions import experience, papers, pilots
from helsevev.network.piloting.models import Paper, PaperSignature, Pilot, PilotResult, PilotReview, WeekCount
from helsevev.network.piloting.panels import personal_data, waiting
from helsevev.network.piloting.queries import papers as texts
from helsevev.network.workspace.models import WorkDraft

BASE = "/en/guidance/test-pilot/"
PILOT = f"{BASE}pilot/1/"
INSIDE = ("leader", "member", "town_signer", "hospital_signer", "advisor", "secretariat")
OUTSIDE = ("other_advisor", "elsewhere")
HOSTILE = "<script>alert(1)</script> %(x)s {{ 7|add:7 }} =1+1"


@pytest.fixture
def made(db: None) -> World:
    """The made-up project."""
    return world()


@pytest.fixture
def enter(made: World, sign_in: Callable[..., Client]) -> Callable[[str], Client]:
    """A browser for one of the people, or for a stranger."""
    return lambda name: Client() if name == "stranger" else sign_in(made.people[name])


def page(client: Client, address: str) -> str:
    """A page's text."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def formset(name: str, rows: list[dict[str, object]]) -> dict[str, object]:
    """A list of rows as a browser sends it."""
    sent: dict[str, object] = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
    return sent | {f"{name}-{at}-{key}": value for at, row in enumerate(rows) for key, value in row.items()}


def sent(made: World, revision: int, **changed: object) -> dict[str, object]:
    """The protocol's form as a browser sends it."""
    content = made.content()
    concept = str(made.concept.key)
    data: dict[str, object] = {"revision": revision}
    for name in ("question", "population", "reasoning", "first", "last", "planned", "least", "expected"):
        data[name] = content[name]
    rows = [
        {"sort": one["sort"], "text": one["text"], "concept": concept, "id": one["id"]} for one in content["criteria"]
    ]
    data |= formset("criteria", rows) | formset("measures", content["measures"]) | formset("rules", content["rules"])
    data |= formset("reviews", content["reviews"]) | formset("resources", content["resources"])
    data["deciders"] = [str(made.leader.key)]
    return data | changed


def counted(pilot: Pilot, until: date, included: int) -> None:
    """A week counted."""
    row = Week(until.fromordinal(until.toordinal() - until.weekday()), until, included, {})
    pilots.count(pilot, pilots.Counted(row, "", uuid4()), "system:test", date(2025, 9, 1))


# --- Who may what ---
def test_each_page_is_there_for_those_inside_and_for_nobody_else(made: World, enter: Callable[[str], Client]) -> None:
    pilot = made.signed()
    counted(pilot, date(2024, 11, 3), 1)
    experience.begin(made.initiative, "system:test")
    reads = ["pilot/1/", "pilot/1/protocol/", "pilot/1/protocol/1/", "pilot/1/weeks/", "pilot/1/weeks.csv"]
    reads += ["pilot/1/pace.svg", "pilot/1/pace.csv", "pilot/1/result/", "experience/"]
    writes = ["pilot/1/protocol/edit/", "experience/edit/"]
    for name in (*INSIDE, *OUTSIDE, "stranger"):
        client = enter(name)
        for address in reads:
            assert client.get(BASE + address).status_code == (200 if name in INSIDE else 404), (name, address)
        for address in writes:
            wanted = 200 if name in ("leader", "member", "advisor", "secretariat") else 404
            assert client.get(BASE + address).status_code == wanted, (name, address)
        review = client.get(f"{PILOT}review/2025-01-09/")
        assert review.status_code == (200 if name == "leader" else 404), name


def test_each_deed_is_for_those_who_may(made: World, enter: Callable[[str], Client]) -> None:
    made.signed()
    token = str(uuid4())
    deeds: list[tuple[str, dict[str, object], set[str]]] = [
        (f"{PILOT}weeks/", {"token": token, "until": "2024-11-03", "included": 1}, {"leader", "member"}),
        (f"{PILOT}result/", {"seen": 0}, {"leader"}),
        (f"{PILOT}review/2025-01-09/", {}, {"leader"}),
        (f"{PILOT}protocol/1/sign/", {"organisation": TOWN, "digest": "x"}, {"town_signer"}),
        (f"{PILOT}protocol/1/sign/", {"organisation": HOSPITAL, "digest": "x"}, {"hospital_signer"}),
        (f"{BASE}pilot/", {}, {"leader", "advisor", "secretariat"}),
        (f"{PILOT}protocol/edit/", {}, {"leader", "member", "advisor", "secretariat"}),
    ]
    for address, data, may in deeds:
        for name in (*INSIDE, *OUTSIDE, "stranger"):
            answer = enter(name).post(address, data)
            assert (answer.status_code != 404) == (name in may), (name, address, answer.status_code)
    assert PaperSignature.objects.count() == 2
    assert WeekCount.objects.count() == 1


NOT_THERE = (
    "pilot/2/",
    "pilot/99999999999/",
    "pilot/1/protocol/7/",
    "pilot/1/protocol/99999999999.pdf",
    "pilot/1/review/2025-02-30/",
    "pilot/1/review/2025-01-10/",
    "pilot/1/pace.gif",
    "experience/1/",
    "experience/edit/",
)


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_not_found(made: World, enter: Callable[[str], Client], address: str) -> None:
    made.signed()
    assert enter("leader").get(BASE + address).status_code == 404


def test_another_projects_pilot_is_not_reached_through_ones_own(made: World, enter: Callable[[str], Client]) -> None:
    made.signed()
    assert enter("elsewhere").get(PILOT).status_code == 404
    assert enter("leader").get("/en/guidance/no-such/pilot/1/").status_code == 404


# --- Writing and signing ---
def test_from_an_empty_protocol_to_one_that_both_have_signed(made: World, enter: Callable[[str], Client]) -> None:
    leader = enter("leader")
    answer = leader.post(f"{BASE}pilot/", follow=True)
    assert answer.status_code == 200
    assert "No word is signed by all parties yet" not in answer.content.decode()
    answer = leader.post(f"{PILOT}protocol/edit/", sent(made, 1, offer="1"), follow=True)
    shown = answer.content.decode()
    assert "laid before the parties" in shown
    assert "Home within 24 hours of birth." in shown
    assert 'class="agreed-word"' in shown
    town = enter("town_signer")
    shown = page(town, f"{PILOT}protocol/")
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert found
    assert shown.count(found[1]) == 2  # shown in words, and sent
    assert "Sign for Testvik kommune" in shown
    assert "Sign for Test hospital" not in shown
    town.post(f"{PILOT}protocol/1/sign/", {"organisation": TOWN, "digest": found[1]})
    assert "Test town_signer" in page(town, f"{PILOT}protocol/")
    enter("hospital_signer").post(f"{PILOT}protocol/1/sign/", {"organisation": HOSPITAL, "digest": found[1]})
    paper = Paper.objects.get()
    assert texts.laid(paper.versions.get()).is_agreed
    assert "Signed by all" in page(town, f"{PILOT}protocol/")


def test_a_signature_on_another_text_is_refused_with_the_text_that_stands(
    made: World, enter: Callable[[str], Client]
) -> None:
    made.offered(made.begun())
    answer = enter("town_signer").post(
        f"{PILOT}protocol/1/sign/", {"organisation": TOWN, "digest": "0" * 64}, follow=True
    )
    assert "Read it as it stands now" in answer.content.decode()
    assert not PaperSignature.objects.exists()


def test_what_is_typed_on_a_stale_page_is_kept_and_nothing_overwritten(
    made: World, enter: Callable[[str], Client]
) -> None:
    pilot = made.begun()
    answer = enter("member").post(f"{PILOT}protocol/edit/", sent(made, 1, question="My own question"))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "My own question" in shown
    assert "Is it safe?" in shown
    assert Paper.objects.get(pilot=pilot).content["question"] == "Is it safe?"
    revision = re.search(r'name="revision" value="(\d+)"', shown)
    assert revision
    enter("member").post(f"{PILOT}protocol/edit/", sent(made, int(revision[1]), question="My own question"))
    assert Paper.objects.get(pilot=pilot).content["question"] == "My own question"


def test_what_is_typed_keeps_itself_until_it_is_saved_or_thrown_away(
    made: World, enter: Callable[[str], Client]
) -> None:
    pilot, member, leader = made.begun(), enter("member"), enter("leader")
    paper = Paper.objects.get(pilot=pilot)
    edit, keep = f"{PILOT}protocol/edit/", f"{BASE}roadmap/draft/"
    assert 'hx-post="/en/guidance/test-pilot/roadmap/draft/"' in page(member, edit)
    typed = sent(made, paper.revision, question="Half a ques", first="2024-1", place="pilot-1-protocol")
    typed |= {"deciders": [str(made.leader.key), str(made.member.key)], "reasoning": "a\0b"}
    assert "Draft saved" in member.post(keep, typed).content.decode()
    shown = page(member, edit)
    assert "Half a ques" in shown
    assert 'value="2024-1"' in shown
    assert "can't be read" not in shown  # not sent yet, so not wrong yet
    assert len(re.findall(r'name="deciders"[^>]* checked', shown)) == 2
    assert "Half a ques" not in page(leader, edit)
    leader.post(edit, sent(made, paper.revision, question="The leader's"))
    shown = page(member, edit)
    assert "Half a ques" in shown
    assert "The leader&#x27;s" in shown  # beside it, before anything is overwritten
    member.post(edit, {"do": "throw"})
    assert "Half a ques" not in page(member, edit)
    member.post(keep, typed)
    paper.refresh_from_db()
    assert member.post(edit, sent(made, paper.revision, question="Whole")).status_code == 302
    assert not WorkDraft.objects.exists()
    paper.refresh_from_db()
    assert paper.content["question"] == "Whole"


@pytest.mark.parametrize(
    ("address", "place", "field"),
    [
        ("pilot/1/review/2025-01-09/", "pilot-1-review-2025-01-09", "why"),
        ("pilot/1/result/", "pilot-1-result", "learned"),
        ("experience/edit/", "experience", "goal"),
    ],
)
def test_review_result_and_experience_keep_what_is_typed(
    made: World, enter: Callable[[str], Client], address: str, place: str, field: str
) -> None:
    pilot, leader = made.signed(), enter("leader")
    counted(pilot, date(2024, 11, 3), 1)
    experience.begin(made.initiative, "system:test")
    assert f'value="{place}"' in page(leader, BASE + address)
    typed = {field: HOSTILE, "place": place, "seen": "1"}
    assert "Draft saved" in leader.post(f"{BASE}roadmap/draft/", typed).content.decode()
    shown = page(leader, BASE + address)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; %(x)s" in shown
    assert "can't be read" not in shown
    leader.post(BASE + address, {"do": "throw"})
    assert "alert(1)" not in page(leader, BASE + address)
    assert not WorkDraft.objects.exists()


def test_what_is_missing_is_said_and_the_draft_kept(made: World, enter: Callable[[str], Client]) -> None:
    pilots.begin(made.initiative, "system:test")
    answer = enter("leader").post(f"{PILOT}protocol/edit/", sent(made, 1, offer="1", least="", question=""))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Say how many are planned" in shown
    assert "The question to be answered" in shown
    assert Paper.objects.get().content["population"] == "Healthy mothers and children."
    assert not texts.history(Paper.objects.get())


def test_the_calculator_reckons_without_saving(made: World, enter: Callable[[str], Client]) -> None:
    pilots.begin(made.initiative, "system:test")
    answer = enter("member").post(f"{PILOT}protocol/edit/", sent(made, 1, calculate="1", least=28, expected=90))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "25 of 28: 72 to 98" in shown  # Clopper and Pearson
    assert "4 events" in shown
    assert Paper.objects.get().content == {}


@pytest.mark.parametrize(
    "wrong", [{"planned": "many"}, {"first": "2024-13-40"}, {"criteria-0-sort": "x"}, {"least": -4}]
)
def test_what_cannot_be_read_is_marked(made: World, enter: Callable[[str], Client], wrong: dict[str, object]) -> None:
    pilots.begin(made.initiative, "system:test")
    answer = enter("leader").post(f"{PILOT}protocol/edit/", sent(made, 1, **wrong))
    assert answer.status_code == 422
    assert Paper.objects.get().content == {}


@pytest.mark.parametrize(
    "data", [{}, {"criteria-TOTAL_FORMS": "x"}, {"criteria-TOTAL_FORMS": 10**9, "criteria-INITIAL_FORMS": -1}]
)
def test_a_form_made_by_hand_breaks_nothing(
    made: World, enter: Callable[[str], Client], data: dict[str, object]
) -> None:
    pilots.begin(made.initiative, "system:test")
    assert enter("leader").post(f"{PILOT}protocol/edit/", data).status_code == 422
    for address in ("weeks/", "result/"):
        assert enter("leader").post(PILOT + address, data).status_code in (302, 422)


def test_hostile_text_is_shown_and_never_run(made: World, enter: Callable[[str], Client]) -> None:
    pilots.begin(made.initiative, "system:test")
    leader = enter("leader")
    leader.post(f"{PILOT}protocol/edit/", sent(made, 1, offer="1", question=HOSTILE))
    shown = page(leader, f"{PILOT}protocol/")
    assert "<script>alert" not in shown
    assert "{{ 7|add:7 }}" in shown
    assert leader.get(f"{PILOT}protocol/1.pdf").status_code == 200


# --- Counting and looking ---
def test_weeks_are_counted_and_corrected_on_the_page(made: World, enter: Callable[[str], Client]) -> None:
    made.signed()
    member = enter("member")
    shown = page(member, f"{PILOT}weeks/")
    assert 'value="2024-11-03"' in shown  # the first week's Sunday
    assert "Excluded: Lives far away" in shown
    data = {"token": str(uuid4()), "until": "2024-11-03", "included": 2, "excluded-c2": 3, "excluded-other": ""}
    for _press in range(2):
        assert member.post(f"{PILOT}weeks/", data).status_code == 302
    assert WeekCount.objects.get().excluded == {"c2": 3}
    answer = member.post(f"{PILOT}weeks/", {**data, "token": str(uuid4()), "included": 1})
    assert answer.status_code == 422
    assert "Say why they change" in answer.content.decode()
    member.post(f"{PILOT}weeks/", {**data, "token": str(uuid4()), "included": 1, "why": "Counted twice"})
    shown = page(member, f"{PILOT}weeks/")
    assert "Counted twice" in shown
    assert "2 included by" in shown
    for wrong in ({"included": -1}, {"included": "x"}, {"until": ""}, {"token": "1"}, {"excluded-c2": 10**9}):
        assert member.post(f"{PILOT}weeks/", {**data, "token": str(uuid4()), **wrong}).status_code == 422


def test_the_page_warns_in_words_and_looks_back(made: World, enter: Callable[[str], Client]) -> None:
    pilot = made.signed()
    first = date(2024, 10, 28).toordinal()
    for week in range(13):
        until = date.fromordinal(first + 7 * week + 6) if week != 10 else date(2025, 1, 9)
        counted(pilot, until, 1 if week > 3 else 0)
    advisor = enter("advisor")
    then = page(advisor, f"{PILOT}?on=2025-01-09")
    assert "The pilot will most likely miss its least number, 60. 7 are included so far" in then
    assert "23 (12–39)" in then
    assert "31 (17–49)" in then
    assert "less than 1 in 100" in then
    assert "73 of 228" in then
    counted(pilot, date(2025, 2, 16), 1)
    now = page(advisor, PILOT)
    assert "These weeks aren" in now
    assert "Week 5, 2025; Week 6, 2025" in now
    assert "What could be foreseen, look by look" in now
    for strange in ("2025-99-99", "0001-01-01", "9999-12-31", "x", "' or 1=1"):
        assert advisor.get(PILOT, {"on": strange}).status_code == 200


def test_what_is_taken_away(made: World, enter: Callable[[str], Client]) -> None:
    pilot = made.signed()
    counted(pilot, date(2024, 11, 3), 2)
    sent_ = pilots.Counted(Week(date(2024, 10, 28), date(2024, 11, 3), 1, {"c2": 1}), "=cmd()", uuid4())
    pilots.count(pilot, sent_, "system:test", date(2025, 9, 1))
    client = enter("secretariat")
    rows = client.get(f"{PILOT}weeks.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert "'=cmd()" in rows[2]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PILOT}weeks.xlsx").content))
    assert [row[3].value for row in book.active.iter_rows(min_row=2)] == [2, 1]  # type: ignore[union-attr]
    assert client.get(f"{PILOT}pace.png").content.startswith(b"\x89PNG")
    first, second = (client.get(f"{PILOT}protocol/1.pdf").content for _time in range(2))
    assert first == second
    said = text_of(first)
    for wanted in ("Pilot protocol", "Test town_signer", texts.laid(pilot.protocol.versions.get()).row.digest[:20]):
        assert wanted in said


# --- Reviews, results, experience ---
def test_a_review_and_a_result_are_kept(made: World, enter: Callable[[str], Client]) -> None:
    made.signed()
    leader = enter("leader")
    data = {"token": str(uuid4()), "planned": "2025-01-09", "held": "2025-01-10", "choice": "adjust", "why": "Too few"}
    for _press in range(2):
        leader.post(f"{PILOT}review/2025-01-09/", data)
    assert PilotReview.objects.get().choice == "adjust"
    answer = leader.post(f"{PILOT}review/2025-01-09/", {**data, "token": str(uuid4())})
    assert answer.status_code == 422
    result = {"seen": 0, "learned": "A", "decision": "adapt", "reason": "B", "others": "C"}
    rows = [
        {"measure": "Safe", "people": 9, "events": 8},
        {"measure": "Minutes", "people": 12, "mean": 130, "spread": 20},
    ]
    assert leader.post(f"{PILOT}result/", result | formset("outcomes", rows)).status_code == 302
    outcomes = PilotResult.objects.get().outcomes
    assert [round(one["low"], 3) for one in outcomes] == [0.518, 117.293]
    shown = page(leader, f"{PILOT}result/")
    assert "8 of 9, 89 % (95 % interval 52 to 100 %)" in shown
    for wrong in (
        {"people": 3, "events": 4},
        {"events": 2},
        {"people": 1, "mean": 3, "spread": 1},
        {"people": 5, "events": 1, "mean": 2},
    ):
        bad = result | {"seen": 1, "why": "x"} | formset("outcomes", [{"measure": "M", **wrong}])
        assert leader.post(f"{PILOT}result/", bad).status_code == 422, wrong
    assert PilotResult.objects.count() == 1


def test_an_experience_is_told_consented_to_and_taken_back(made: World, enter: Callable[[str], Client]) -> None:
    made.signed()
    leader = enter("leader")
    leader.post(f"{BASE}experience/")
    paper = Paper.objects.get(kind="experience")
    parts = {name: f"About {name}." for name in ("title", "goal", "done", "benefits", "failed", "advice", "costs")}
    answer = leader.post(f"{BASE}experience/edit/", {**parts, "seen": paper.revision, "offer": "1", "failed": ""})
    assert answer.status_code == 422
    assert "What failed" in answer.content.decode()
    paper.refresh_from_db()
    answer = leader.post(f"{BASE}experience/edit/", {**parts, "seen": paper.revision - 1, "goal": "Stale goal"})
    assert answer.status_code == 409
    assert "Stale goal" in answer.content.decode()
    leader.post(f"{BASE}experience/edit/", {**parts, "seen": paper.revision, "offer": "1"})
    digest = texts.newest(paper).row.digest  # type: ignore[union-attr]
    for name, key in (("town_signer", TOWN), ("hospital_signer", HOSPITAL)):
        shown = page(enter(name), f"{BASE}experience/")
        assert f'value="{digest}"' in shown
        enter(name).post(f"{BASE}experience/1/sign/", {"organisation": key, "digest": digest})
    assert "offered to the knowledge bank" in page(leader, f"{BASE}experience/")
    town = enter("town_signer")
    assert "Take back the consent of Testvik kommune" in page(town, f"{BASE}experience/")
    assert town.post(f"{BASE}experience/1/withdraw/", {"organisation": HOSPITAL, "why": "x"}).status_code == 404
    town.post(f"{BASE}experience/1/withdraw/", {"organisation": TOWN, "why": "We changed our mind"})
    shown = page(leader, f"{BASE}experience/")
    assert "Withdrawn" in shown
    assert "We changed our mind" in shown
    assert "offered to the knowledge bank" not in shown


# --- What waits, and what is kept of a person ---
def titles(user: User) -> list[str]:
    """What waits for someone."""
    with translation.override("en"):
        return [one.title for one in waiting(people.person(user, second_factor=True, today=timezone.localdate()))]


def test_what_waits_for_whom(made: World) -> None:
    pilot = made.begun()
    assert titles(made.town_signer) == []
    version = made.offered(pilot)
    assert titles(made.town_signer) == ["Pilot protocol to sign: Trygg test"]
    papers.sign(version, made.town, made.town_signer, version.digest, {TOWN})
    assert titles(made.town_signer) == []
    assert titles(made.hospital_signer) == ["Pilot protocol to sign: Trygg test"]
    made.sign_all(version)
    counted(pilot, date(2024, 11, 24), 1)
    assert titles(made.leader) == ["Review of the pilot: Trygg test", "Weeks to count in the pilot: Trygg test"]
    for user in (made.member, made.advisor, made.elsewhere, made.other_advisor):
        assert titles(user) == []
    Initiative.objects.filter(pk=made.initiative.pk).update(status="closed")
    assert titles(made.leader)[-1] == "Tell the experience: Trygg test"
    assert titles(made.elsewhere) == []
    experience.begin(made.initiative, "system:test")
    assert "Tell the experience: Trygg test" in titles(made.leader)  # until it lies before the parties


def test_what_is_kept_of_a_person_is_told(made: World) -> None:
    made.signed()
    found = personal_data(made.town_signer)
    assert [row["organisation__key"] for row in found["piloting.signed"]] == [TOWN]  # type: ignore[attr-defined]
