"""Every page of a workspace by everyone, both ways; what is typed wrongly is said; what is stale is refused."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from workspaces import HOSPITAL, KEY, ROOM, TOWN, World, world

from helsevev.commons.finding import actions as finding
from helsevev.commons.finding.rules import Doc
from helsevev.commons.people.models import User
from helsevev.core.roadmap import Phase
from helsevev.network.guidance.models import AgreedItem
from helsevev.network.portfolio import actions as portfolio
from helsevev.network.workspace.actions import gates, guides, rows, words
from helsevev.network.workspace.models import (
    Concept,
    ConceptExample,
    ConceptSignature,
    Gate,
    GuideVersion,
    PlanEntry,
    Risk,
    WorkDraft,
)
from helsevev.network.workspace.rules import PERMISSIONS
from helsevev.network.workspace.urls import urlpatterns

SEEING = {"leader", "member", "town_signer", "hospital_signer", "advisor", "secretariat"}
WRITING = {"leader", "member", "advisor", "secretariat"}
RUNNING = {"leader", "secretariat"}
GUIDE = {
    "key": "test",
    "title": {"nb": "T", "nn": "T", "en": "T"},
    "about": {"nb": "O", "nn": "O", "en": "O"},
    "phases": [],
}


@pytest.fixture
def made(db: None) -> World:
    """The made-up project."""
    return world()


@pytest.fixture
def enter(made: World, sign_in: Callable[..., Client]) -> dict[str, Client]:
    """A browser for everyone, and the stranger's."""
    return {name: sign_in(user) for name, user in made.people.items()} | {"stranger": Client()}


def furnished(made: World) -> dict[str, dict[str, object]]:
    """Something of everything, and what fills the addresses."""
    guides.adopt(made.initiative, guides.publish(GUIDE, "system:test"), made.by)
    concept = made.agreed()
    example = rows.make(ConceptExample, made.initiative, {"text": "Født 02:00"}, made.by, concept=concept)
    gate = made.laid(Phase.ANCHORING)
    plan = {"title": "Møte", "kind": "task", "phase": "insight", "owner": "", "starts": date(2026, 1, 1)}
    risk = {"title": "For få", "likelihood": 5, "consequence": 4, "owner": "", "measure": ""}
    word = {"key": KEY, "concept": concept.key}
    return {
        "gate": {"key": KEY, "gate": gate.key},
        "word": word,
        "party": word | {"organisation": TOWN},
        "text": word | {"number": 1},
        "example": word | {"example": example.key},
        "plan": {"key": KEY, "row": rows.make(PlanEntry, made.initiative, plan, made.by).key},
        "risks": {"key": KEY, "row": rows.make(Risk, made.initiative, risk, made.by).key},
        "room": {"key": KEY},
        "phase": {"key": KEY, "code": "anchoring"},
        "missing": {"key": KEY, "gate": uuid4()},
    }


# Address, what fills it, and who may look.
LOOKS: tuple[tuple[str, str, set[str]], ...] = (
    *((name, "room", SEEING) for name in ("roadmap", "plan", "stakeholders", "risks", "guide", "history", "words")),
    ("all_words", "room", SEEING),
    ("phase", "phase", SEEING),
    ("gate", "gate", SEEING),
    ("checklist", "gate", SEEING),
    ("withdraw", "gate", RUNNING),
    ("word", "word", SEEING),
    ("text", "text", SEEING),
    ("word_pdf", "word", SEEING),
    ("word_edit", "word", WRITING),
    ("propose", "word", WRITING),
    ("define", "party", {"member", "town_signer"}),
    ("answers", "party", {"member", "town_signer"}),
    ("sign", "party", {"town_signer"}),
    *((name, "room", WRITING) for name in ("plan_new", "stakeholders_new", "risks_new", "word_new")),
    ("plan_edit", "plan", WRITING),
    ("risks_edit", "risks", WRITING),
    ("gate", "missing", set()),
)


def test_who_may_look(made: World, enter: dict[str, Client]) -> None:
    filled = furnished(made)
    for name, place, may in LOOKS:
        address = reverse(f"workspace:{name}", kwargs=filled[place])
        for who, browser in enter.items():
            answer = browser.get(address)
            assert answer.status_code == (200 if who in may else 404), (name, who, answer.status_code)
            if who in may:
                assert "no-store" in answer["Cache-Control"], name


# What only a POST reaches, and who may; a GET is never answered with a page.
SENDS: tuple[tuple[str, str, dict[str, str], set[str]], ...] = (
    ("plan_delete", "plan", {}, WRITING),
    ("plan_restore", "plan", {}, WRITING),
    ("delete_example", "example", {}, WRITING),
    ("restore_example", "example", {}, WRITING),
    ("add_example", "word", {"text": "Født 10:00"}, WRITING),
    ("open_gate", "phase", {}, RUNNING),
    ("reenter", "phase", {"reason": "Derfor"}, RUNNING),
    ("name_approver", "gate", {"who": ""}, RUNNING),
    ("submit", "gate", {}, RUNNING),
    ("take_back", "gate", {}, RUNNING),
    ("keep", "room", {"place": "x", "text": "y"}, SEEING),
)


def test_who_may_do(made: World, enter: dict[str, Client]) -> None:
    filled = furnished(made)
    for name, place, sent, may in SENDS:
        address = reverse(f"workspace:{name}", kwargs=filled[place])
        for who in ("stranger", "elsewhere", "other_advisor", "editor", *sorted(SEEING - may), *sorted(may)[:1]):
            answer = enter[who].post(address, sent)
            assert answer.status_code in ({200, 302} if who in may else {404}), (name, who, answer.status_code)
        assert enter["leader"].get(address).status_code in (404, 405), name


def test_every_address_is_walked_somewhere_and_every_action_has_its_row() -> None:
    names = {pattern.name for pattern in urlpatterns}
    walked = {one[0] for one in (*LOOKS, *SENDS)}
    elsewhere = {
        # Here below, in test_workspace.py or in the browser walk.
        *("decide", "meet", "unmeet", "unname", "add_address", "add_file", "remove_evidence", "file", "undo"),
        *("guide_adopt", "guide_take_up", "guide_add", "guide_entry", "guide_change"),
        *("word_delete", "word_restore", "stakeholders_edit", "stakeholders_delete", "stakeholders_restore"),
        *("risks_delete", "risks_restore"),
    }
    assert names == walked | elsewhere
    assert set(PERMISSIONS) == {"see", "write", "run_gate", "propose_words", "define", "approve", "sign"}


def test_signing_posts_the_digest_that_was_shown_and_a_stale_one_shows_the_new_text(
    made: World, enter: dict[str, Client]
) -> None:
    concept = made.word()
    old = words.propose(concept, "Hjem innen 24 timer.", {}, made.by)
    address = reverse("workspace:sign", kwargs={"key": KEY, "concept": concept.key, "organisation": TOWN})
    page = enter["town_signer"].get(address).content.decode()
    assert old.digest in page
    new = words.propose(concept, "Hjem innen 36 timer.", {}, made.by)
    sent = {"organisation": TOWN, "digest": old.digest, "read": "on"}
    answer = enter["town_signer"].post(address, sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert new.digest in shown
    assert old.digest not in shown
    assert "36" in shown
    assert "<del>" in shown
    for wrong in ({"digest": "x"}, {"read": ""}, {"organisation": HOSPITAL}):
        assert enter["town_signer"].post(address, sent | {"digest": new.digest} | wrong).status_code == 422
    assert ConceptSignature.objects.count() == 0
    assert enter["town_signer"].post(address, sent | {"digest": new.digest}).status_code == 302
    assert ConceptSignature.objects.get().digest == new.digest


def test_what_is_typed_wrongly_is_said_and_stays(made: World, enter: dict[str, Client]) -> None:
    leader = enter["leader"]
    wrong = {"title": "", "likelihood": "9", "consequence": "x", "review_on": "i morgen", "measure": "Ring <b>dem</b>"}
    answer = leader.post(f"{ROOM}roadmap/risks/new/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ring &lt;b&gt;dem&lt;/b&gt;" in page
    assert Risk.objects.count() == 0
    backwards = {"title": "x", "kind": "task", "phase": "insight", "starts": "2026-02-01", "ends": "2026-01-01"}
    assert leader.post(f"{ROOM}roadmap/plan/new/", backwards).status_code == 422
    assert leader.post(f"{ROOM}roadmap/plan/new/", backwards | {"ends": "20266-01-01"}).status_code == 422
    assert leader.post(f"{ROOM}words/new/", {"name": "x"}).status_code == 422
    assert leader.get(f"{ROOM}roadmap/phases/nowhere/").status_code == 404


def test_two_windows_meet_and_both_texts_are_shown(made: World, enter: dict[str, Client]) -> None:
    risk = {"title": "For få", "likelihood": 5, "consequence": 4, "owner": "", "measure": "Ring"}
    row = rows.make(Risk, made.initiative, risk, made.by)
    address = f"{ROOM}roadmap/risks/{row.key}/"
    sent = {"title": "For få", "likelihood": "5", "consequence": "4", "version": "1"}
    assert enter["leader"].post(address, sent | {"measure": "Skriv"}).status_code == 302
    answer = enter["member"].post(address, sent | {"measure": "Møt dem"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv" in page
    assert "Møt dem" in page
    assert 'name="version" value="2"' in page
    assert enter["member"].post(address, sent | {"measure": "Møt dem", "version": "2"}).status_code == 302
    assert Risk.objects.get().measure == "Møt dem"


def test_drafts_keep_what_one_types_for_oneself(made: World, enter: dict[str, Client]) -> None:
    keep = f"{ROOM}roadmap/draft/"
    enter["leader"].post(keep, {"place": "risks/new", "title": "Halvskrevet", "csrfmiddlewaretoken": "x"})
    assert WorkDraft.objects.get().fields == {"title": "Halvskrevet"}
    assert "Halvskrevet" in enter["leader"].get(f"{ROOM}roadmap/risks/new/").content.decode()
    assert "Halvskrevet" not in enter["member"].get(f"{ROOM}roadmap/risks/new/").content.decode()
    assert enter["leader"].post(keep, {"place": "", "title": "x"}).status_code == 404
    assert enter["leader"].post(keep, {"place": "risks/new", "title": "x" * 70_000}).status_code == 200
    assert WorkDraft.objects.get().fields == {"title": "Halvskrevet"}
    assert enter["leader"].post(f"{ROOM}roadmap/risks/new/", {"do": "throw"}).status_code == 302
    assert WorkDraft.objects.count() == 0


def test_agreed_words_are_links_to_what_they_mean(made: World, enter: dict[str, Client]) -> None:
    concept = made.agreed(text="Hjem innen <24> timer.")
    risk = {
        "title": "Vi leser Tidlig hjemreise ulikt <i>",
        "likelihood": 5,
        "consequence": 4,
        "owner": "",
        "measure": "",
    }
    rows.make(Risk, made.initiative, risk, made.by)
    page = enter["hospital_signer"].get(f"{ROOM}roadmap/risks/").content.decode()
    assert f'Vi leser <a class="agreed-word" href="#word-{concept.key}">Tidlig hjemreise</a> ulikt &lt;i&gt;' in page
    assert f'id="word-{concept.key}"' in page
    assert "Hjem innen &lt;24&gt; timer." in page
    words.propose(concept, "Noe nytt.", {}, made.by)
    assert "agreed-word" not in enter["hospital_signer"].get(f"{ROOM}roadmap/risks/").content.decode()


def test_agreed_words_are_marked_on_every_page_of_the_project_for_its_own(
    made: World, enter: dict[str, Client]
) -> None:
    concept = made.agreed(text="Hjem innen 24 timer.")
    portfolio.change(made.initiative.project, {"published": True, "summary_nb": "Om tidlig hjemreise."}, made.by)
    engagement = made.initiative.engagement_place.engagement
    AgreedItem.objects.create(engagement=engagement, kind="goal", text="Trygg tidlig hjemreise", changed_by=made.by)
    mark = f'<a class="agreed-word" href="#word-{concept.key}">tidlig hjemreise</a>'
    open_page = f"/nb/portfolio/{made.initiative.key}/"
    for address in (f"{ROOM}engagement/", open_page):
        page = enter["town_signer"].get(address).content.decode()
        assert mark in page, address
        assert page.count(f'id="word-{concept.key}"') == 1, address
    for name in ("other_advisor", "elsewhere"):
        assert "agreed-word" not in enter[name].get(open_page).content.decode()
    assert "agreed-word" not in Client().get(open_page).content.decode()
    assert "agreed-words" not in enter["town_signer"].get(f"{ROOM}sessions/").content.decode()  # none occurs there


def test_an_approver_decides_on_the_page(made: World, enter: dict[str, Client]) -> None:
    gate = made.laid(Phase.ANCHORING)
    digest = gate.submissions.get().digest
    address = f"{ROOM}roadmap/gates/{gate.key}/decide/{TOWN}/"
    for who in ("leader", "hospital_signer", "advisor", "secretariat", "stranger", "member"):
        assert enter[who].get(address).status_code == 404, who
    assert digest in enter["town_signer"].get(address).content.decode()
    sent = {"decision": "conditional", "reason": "Ja", "digest": digest, "organisation": TOWN}
    assert enter["town_signer"].post(address, sent).status_code == 409
    assert enter["town_signer"].post(address, sent | {"term_1": "Mer"}).status_code == 422
    assert enter["town_signer"].post(address, sent | {"digest": "0" * 64, "decision": "pass"}).status_code == 409
    assert enter["town_signer"].post(address, sent | {"term_1": "Mer", "due_1": "2199-01-01"}).status_code == 302
    assert enter["town_signer"].post(address, sent).status_code == 302
    assert Gate.objects.get().submissions.get().verdicts.count() == 1


def test_rows_and_words_of_another_project_arent_here(made: World, enter: dict[str, Client]) -> None:
    furnished(made)
    key = Concept.objects.get().key
    other = "/nb/guidance/another-project/"
    for path in (f"{other}words/{key}/", f"{other}roadmap/", f"{ROOM}words/{uuid4()}/", f"{ROOM}roadmap/risks/{key}/"):
        assert enter["secretariat"].get(path).status_code == 404, path


def test_a_guide_is_adopted_and_changed_on_its_page(made: World, enter: dict[str, Client]) -> None:
    version = guides.publish(GUIDE, "system:test")
    assert GuideVersion.objects.get() == version
    for who, status in (("hospital_signer", 404), ("stranger", 404), ("member", 302)):
        assert enter[who].post(f"{ROOM}roadmap/guide/adopt/{version.pk}/").status_code == status
    assert enter["leader"].get(f"{ROOM}roadmap/guide/lines/nowhere/").status_code == 404
    assert enter["leader"].post(f"{ROOM}roadmap/guide/lines/x/change/", {"do": "what"}).status_code == 404


def test_evidence_is_shown_and_taken_away(made: World, enter: dict[str, Client]) -> None:
    made.stand(Phase.ANCHORING)
    gate = gates.open_gate(made.initiative, Phase.ANCHORING, made.by, "nb")
    place = f"{ROOM}roadmap/gates/{gate.key}/evidence/"
    sent = {"title": "Rapport", "address": "javascript:alert(1)", "criterion": "problem"}
    assert enter["member"].post(f"{place}address/", sent).status_code == 422
    sent["address"] = "https://example.invalid/rapport"
    assert enter["hospital_signer"].post(f"{place}address/", sent).status_code == 404
    assert enter["member"].post(f"{place}address/", sent).status_code == 302
    pk = gate.evidence.get().pk
    assert (
        "https://example.invalid/rapport" in enter["advisor"].get(f"{ROOM}roadmap/gates/{gate.key}/").content.decode()
    )
    assert enter["member"].post(f"{place}{pk}/remove/").status_code == 302
    assert gate.evidence.filter(removed_at=None).count() == 0
    assert enter["member"].get(f"{ROOM}roadmap/gates/{gate.key}/files/{uuid4()}/").status_code == 404
    empty = enter["member"].post(f"{place}file/", {"title": "x"})
    assert empty.status_code == 422


def test_my_data_names_what_i_signed(made: World, enter: dict[str, Client]) -> None:
    made.agreed()
    user = User.objects.get(pk=made.people["town_signer"].pk)
    from helsevev.network.workspace import panels

    assert len(panels.personal_data(user)["workspace.signed"]) == 1
    assert panels.personal_data(made.people["leader"])["workspace.signed"] == []


def test_a_phase_leads_to_what_the_bank_has_for_it(enter: dict[str, Client]) -> None:
    address = f"{ROOM}roadmap/phases/piloting/"
    assert 'id="bank"' not in enter["leader"].get(address).content.decode()
    for key, kind, phase in (("a", "tool", "piloting"), ("b", "experience", "piloting"), ("c", "tool", "insight")):
        facets = {"kind": [kind], "phase": [phase]}
        finding.put([Doc("page", key, {"nb": (f"Side {key}", "")}, facets, address=f"/knowledge/{key}/")])
    shown = enter["leader"].get(address).content.decode()
    assert '<a href="/nb/knowledge/a/">Side a</a>' in shown
    assert "Side b" in shown
    assert "Side c" not in shown
