"""Words signed as exactly that text, gates of both levels, rows with a way back, and guides, in the database."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import World, world

from helsevev.commons.audit.models import Line
from helsevev.commons.forms.models import NeverChanges
from helsevev.commons.initiatives.models import Party, PhaseMove
from helsevev.commons.mail.models import Message
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import NotificationChoice, RoleGrant
from helsevev.core.faults import Faulty
from helsevev.core.roadmap import Phase
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.models import Engagement
from helsevev.network.portfolio import actions as portfolio
from helsevev.network.workspace import panels
from helsevev.network.workspace.actions import evidence, gates, guides, moving, rows, words
from helsevev.network.workspace.models import (
    AgreedText,
    Concept,
    ConceptExample,
    ConceptSignature,
    Condition,
    Gate,
    GateVerdict,
    GuideVersion,
    PlanEntry,
    Risk,
    RowChange,
    Stakeholder,
)
from helsevev.network.workspace.queries import clarifying, entering, papers
from helsevev.network.workspace.queries import gates as gate_queries
from helsevev.network.workspace.queries import guides as guide_queries
from helsevev.network.workspace.queries import rows as row_queries
from helsevev.network.workspace.queries import words as asking
from helsevev.network.workspace.rules import concepts, hurdles
from helsevev.network.workspace.rules import gates as gate_rules
from helsevev.network.workspace.rules import guides as guide_rules
from helsevev.network.workspace.rules import rows as row_rules
from helsevev.network.workspace.rules.gates import Decision, State


@pytest.fixture
def made(db: None) -> World:
    """The made-up project."""
    return world()


def why(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    """The sentences of a refusal."""
    return {one.why for one in refused.value.refusals}


# --- Words -----------------------------------------------------------------------------------------------------------
def test_a_word_is_agreed_when_all_have_signed_the_same_text(made: World) -> None:
    concept = made.word()
    text = words.propose(concept, "Hjem innen 24 timer.", {}, made.by)
    assert made.sign(concept, made.town, "town_signer") is False
    assert asking.agreed_terms(made.initiative) == []
    assert made.sign(concept, made.hospital, "hospital_signer") is True
    (term,) = asking.agreed_terms(made.initiative)
    assert (term.name, term.number, term.text, term.digest) == (concept.name, 1, text.text, text.digest)
    assert {one.name for one in text.signatures.all()} == {"Test town_signer", "Test hospital_signer"}
    assert asking.is_current(made.initiative, text)
    assert asking.agreed_term(made.initiative, concept.key) == term


def test_an_edit_voids_the_signatures_and_tells_everyone_what_changed(made: World) -> None:
    concept = made.agreed()
    Message.objects.all().delete()
    NotificationChoice.objects.create(user=made.people["member"], kind="workspace", by_mail=False)
    newer = words.propose(concept, "Hjem innen 36 timer.", {}, made.by, "24 utelot de fleste.")
    assert asking.agreed_terms(made.initiative) == []
    assert asking.unsigned(made.initiative) == [concept.name]
    assert asking.version(made.initiative, concept.key, 1).text == "Hjem innen 24 timer."
    assert not asking.is_current(made.initiative, asking.version(made.initiative, concept.key, 1))
    told = {one.to.partition("@")[0]: one.body for one in Message.objects.all()}
    assert set(told) == {"leader", "town_signer", "hospital_signer", "advisor"}
    for body in told.values():
        assert "24" in body
        assert "36" in body
        assert "24 utelot de fleste." in body
        assert "Test hospital" in body
    assert newer.signatures.count() == 0
    with pytest.raises(Refused) as refused:
        words.propose(concept, "Hjem innen 36 timer.", {}, made.by)
    assert why(refused) == {concepts.Why.SAME_TEXT}


def test_nobody_signs_a_text_that_they_werent_shown(made: World) -> None:
    concept = made.word()
    old = words.propose(concept, "Hjem innen 24 timer.", {}, made.by)
    words.propose(concept, "Hjem innen 36 timer.", {}, made.by)
    signer = made.people["town_signer"]
    with pytest.raises(Refused) as refused:
        words.sign(concept, made.town, signer, {made.town.key}, old.digest)
    assert why(refused) == {concepts.Why.STALE}
    assert ConceptSignature.objects.count() == 0


def test_signing_for_another_organisation_is_refused(made: World) -> None:
    concept = made.word()
    text = words.propose(concept, "Hjem innen 24 timer.", {}, made.by)
    with pytest.raises(Refused) as refused:
        words.sign(concept, made.hospital, made.people["town_signer"], {made.town.key}, text.digest)
    assert why(refused) == {concepts.Why.NOT_YOURS}
    made.sign(concept, made.town, "town_signer")
    with pytest.raises(Refused) as refused:
        made.sign(concept, made.town, "town_signer")
    assert why(refused) == {concepts.Why.SIGNED_ALREADY}
    assert ConceptSignature.objects.count() == 1


def test_a_new_party_must_sign_too(made: World) -> None:
    made.agreed()
    third = people.organisation("annenvik-kommune")
    Party.objects.create(initiative=made.initiative, organisation=third, role="partner", stated_name="x", position=9)
    assert asking.agreed_terms(made.initiative) == []


def test_what_is_signed_is_kept_by_the_database_itself(made: World) -> None:
    text = made.agreed().agreed.get()
    text.text = "Noe annet."
    with pytest.raises(NeverChanges):
        text.save()
    for table in ("agreedtext", "conceptsignature", "rowchange"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE workspace_{table} SET id = id")
    again = {"organisation": made.town, "actor": "x", "name": "x", "digest": text.digest}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConceptSignature.objects.create(agreed=text, **again)


@given(steps=st.lists(st.sampled_from(["town", "hospital", "edit"]), max_size=7))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_edits_and_signatures_agrees_what_one_party_hasnt_signed(made: World, steps: list[str]) -> None:
    with transaction.atomic():
        concept = made.word()
        text = words.propose(concept, "Tekst 0", {}, made.by)
        signed: set[str] = set()
        for number, step in enumerate(steps, start=1):
            if step == "edit":
                text, signed = words.propose(concept, f"Tekst {number}", {}, made.by), set()
            elif step not in signed:
                place = made.town if step == "town" else made.hospital
                made.sign(concept, place, f"{step}_signer", text)
                signed.add(step)
            found = asking.agreed_terms(made.initiative)
            assert bool(found) == (signed == {"town", "hospital"})
            assert not found or found[0].digest == text.digest
        transaction.set_rollback(True)


def test_the_two_readings_are_revealed_by_an_example(made: World) -> None:
    concept = made.word()
    words.define(concept, made.town, "Innen 24 timer.", made.by, 0)
    words.define(concept, made.hospital, "På 1. dag.", made.by, 0)
    text = {"text": "Født 02:00, hjem 07:00 neste dag"}
    example = rows.make(ConceptExample, made.initiative, text, made.by, concept=concept)
    assert words.answer(made.town, {example.key: "out", uuid4(): "in"}, concept, made.by) == 1
    assert clarifying.clarifying(concept).disagreeing == []
    words.answer(made.hospital, {example.key: "in"}, concept, made.by)
    (line,) = clarifying.clarifying(concept).disagreeing
    assert line.example == example
    assert [one.text for one in clarifying.clarifying(concept).columns] == ["På 1. dag.", "Innen 24 timer."]
    words.answer(made.hospital, {example.key: ""}, concept, made.by)
    assert clarifying.clarifying(concept).disagreeing == []
    first, again = (papers.clarification("x", clarifying.clarifying(concept), "nb") for _time in range(2))
    assert first == again
    assert first.startswith(b"%PDF")


def test_two_of_one_party_dont_overwrite_each_other(made: World) -> None:
    concept = made.word()
    words.define(concept, made.town, "Den ene.", "anna", 0)
    with pytest.raises(words.DefinitionMet) as met:
        words.define(concept, made.town, "Den andre.", "berit", 0)
    assert met.value.standing.text == "Den ene."
    assert words.define(concept, made.town, "Den andre.", "berit", 1).version == 2


def test_words_are_told_apart_and_kept_once_laid_forward(made: World) -> None:
    concept = made.word()
    for name, also in (("Tidlig  hjemreise", ""), ("noe", "TIDLIG HJEMREISE")):
        with pytest.raises(Refused) as refused:
            words.begin(made.initiative, {"name": name, "also": also, "why": ""}, made.by)
        assert why(refused) == {concepts.Why.NAME_TAKEN}
    words.delete(concept, made.by)
    other = made.word()
    with pytest.raises(Refused):
        words.restore(Concept.objects.get(pk=concept.pk), made.by)
    words.propose(other, "Tekst.", {}, made.by)
    with pytest.raises(Refused) as refused:
        words.delete(other, made.by)
    assert why(refused) == {concepts.Why.SIGNED_WORD}


def test_rooms_above_hear_of_new_texts_and_hold_on_to_words(made: World) -> None:
    heard: list[tuple[str, int]] = []
    hurdles.on_new_text("test", lambda key, _concept, number: heard.append((key, number)))
    hurdles.hold("test", lambda _concept: Refusal("Held"))
    try:
        concept = made.word()
        with pytest.raises(Refused) as refused:
            words.delete(concept, made.by)
        assert why(refused) == {"Held"}
        words.propose(concept, "Tekst.", {}, made.by)
    finally:
        hurdles._listeners.pop("test")
        hurdles._holds.pop("test")
    assert heard == [(made.initiative.key, 1)]


# --- Gates -----------------------------------------------------------------------------------------------------------
def test_a_passed_gate_moves_the_project_on(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    assert made.decide(gate, "town_signer", made.town, Decision.PASS).state == State.DECIDING
    gate = made.decide(gate, "hospital_signer", made.hospital, Decision.PASS)
    assert (gate.state, gate.decision) == (State.DECIDED, Decision.PASS)
    assert gate_queries.phase_now(made.initiative) is Phase.INSIGHT
    move = PhaseMove.objects.get(initiative=made.initiative, phase="insight", withdrawn_at=None)
    assert move.on == timezone.localdate().isoformat()
    verbs = list(Line.objects.filter(kind="gate").order_by("number").values_list("verb", flat=True))
    assert verbs == ["opened", "named", "named", "submitted", "decided", "decided", "settled"]
    assert Message.objects.filter(key__contains="gate_waits").count() == 2
    with pytest.raises(Refused) as refused:
        made.decide(gate, "hospital_signer", made.hospital, Decision.BACK)
    assert why(refused) == {gate_rules.Why.NOT_OPEN}


def test_terms_move_it_on_and_wait_on_my_page(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    made.decide(gate, "hospital_signer", made.hospital, Decision.PASS)
    waits = [one.title for one in panels.waiting(people.person(made.people["town_signer"], second_factor=False))]
    assert any("Trygg test" in one for one in waits)
    due = timezone.localdate() + timedelta(days=30)
    terms = (("Avklar ordet", due),)
    gate = made.decide(gate, "town_signer", made.town, Decision.CONDITIONAL, conditions=terms)
    assert gate.decision == Decision.CONDITIONAL
    assert gate_queries.phase_now(made.initiative) is Phase.INSIGHT
    leader = people.person(made.people["leader"], second_factor=False)
    assert [(one.due, "Avklar ordet" in one.title) for one in panels.waiting(leader)] == [(due, True)]
    condition = Condition.objects.get()
    gates.meet(condition, made.by, "Gjort 1. mai")
    assert panels.waiting(leader) == []
    with pytest.raises(Refused):
        gates.meet(condition, made.by, "igjen")
    gates.unmeet(condition, made.by)
    assert len(panels.waiting(leader)) == 1
    stranger = people.person(made.people["elsewhere"], second_factor=False)
    assert panels.waiting(stranger) == []


def test_one_level_that_says_not_yet_keeps_the_project(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    gate = made.decide(gate, "town_signer", made.town, Decision.BACK, reason="For få er hørt.")
    assert gate.decision == Decision.BACK
    assert gate_queries.phase_now(made.initiative) is Phase.ANCHORING
    again = gates.open_gate(made.initiative, Phase.ANCHORING, made.by, "nb")
    assert again.number == 2
    assert GateVerdict.objects.get().reason == "For få er hørt."


def test_a_gate_needs_both_levels_answers_and_what_they_were_shown(made: World) -> None:
    made.stand(Phase.ANCHORING)
    gate = gates.open_gate(made.initiative, Phase.ANCHORING, made.by, "nb")
    with pytest.raises(Refused) as refused:
        gates.submit(gate, made.by, "nb")
    assert why(refused) == {gate_rules.Why.SIDE_MUNICIPALITY, gate_rules.Why.SIDE_HOSPITAL}
    made.named(gate)
    with pytest.raises(Refused):
        gates.submit(gate, made.by, "nb")
    made.filled(gate)
    gates.submit(gate, made.by, "nb")
    with pytest.raises(Refused) as refused:
        made.decide(gate, "town_signer", made.town, Decision.PASS, shown="0" * 64)
    assert why(refused) == {gate_rules.Why.STALE}
    with pytest.raises(Refused) as refused:
        made.decide(gate, "member", made.town, Decision.PASS)
    assert why(refused) == {gate_rules.Why.NOT_APPROVER}
    with pytest.raises(Refused) as refused:
        made.decide(gate, "town_signer", made.hospital, Decision.PASS)
    assert why(refused) == {gate_rules.Why.NOT_APPROVER}
    RoleGrant.objects.filter(user=made.people["town_signer"]).update(ends=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        made.decide(gate, "town_signer", made.town, Decision.PASS)
    assert why(refused) == {gate_rules.Why.NOT_IN_PARTY}


def test_only_people_of_a_party_approve(made: World) -> None:
    gate = gates.open_gate(made.initiative, Phase.ANCHORING, made.by, "nb")
    for who, place in (("elsewhere", made.town), ("advisor", made.town), ("member", made.hospital)):
        with pytest.raises(Refused) as refused:
            gates.name_approver(gate, made.people[who], place, made.by)
        assert why(refused) == {gate_rules.Why.NOT_IN_PARTY}
    made.named(gate)
    with pytest.raises(Refused) as refused:
        made.named(gate)
    assert why(refused) == {gate_rules.Why.NAMED_ALREADY}


def test_what_was_decided_on_an_older_submission_counts_no_longer(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    first = gate.submissions.get()
    made.decide(gate, "town_signer", made.town, Decision.PASS)
    gates.take_back(gate, made.by)
    evidence.add_address(gate, "Rapport", "https://example.invalid/rapport", "problem", made.by)
    gates.submit(gate, made.by, "nb")
    second = gate.submissions.all()[:1].get()
    assert first.digest != second.digest
    assert second.evidence[0]["title"] == "Rapport"
    with pytest.raises(Refused) as refused:
        made.decide(gate, "hospital_signer", made.hospital, Decision.PASS, shown=first.digest)
    assert why(refused) == {gate_rules.Why.STALE}
    gate = made.decide(gate, "hospital_signer", made.hospital, Decision.PASS)
    assert gate.state == State.DECIDING
    assert made.decide(gate, "town_signer", made.town, Decision.PASS).decision == Decision.PASS
    assert GateVerdict.objects.count() == 3


def test_the_gate_into_piloting_stays_shut_until_the_words_are_signed(made: World) -> None:
    made.stand(Phase.SERVICE_DEVELOPMENT)
    gate = gates.open_gate(made.initiative, Phase.SERVICE_DEVELOPMENT, made.by, "nb")
    made.named(made.filled(gate))
    with pytest.raises(Refused) as refused:
        gates.submit(gate, made.by, "nb")
    assert gate_rules.Why.WORDS_MISSING in why(refused)
    concept = made.agreed()
    assert gate_rules.Why.WORDS_MISSING not in {one.why for one in gate_queries.hindrances(gate)}
    words.propose(concept, "Noe annet.", {}, made.by)
    assert gate_rules.Why.WORD_UNSIGNED in {one.why for one in gate_queries.hindrances(gate)}


def test_a_hurdle_that_rises_while_it_is_decided_stops_a_yes_but_not_a_no(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    hurdles.register(hurdles.Hurdle("test", lambda _key, _left, _entered: [Refusal("No protocol")]))
    try:
        with pytest.raises(Refused) as refused:
            made.decide(gate, "town_signer", made.town, Decision.PASS)
        assert why(refused) == {"No protocol"}
        assert made.decide(gate, "town_signer", made.town, Decision.BACK).decision == Decision.BACK
    finally:
        hurdles._hurdles.pop("test")


def test_nobody_writes_the_project_into_piloting_past_the_shut_gate(made: World) -> None:
    made.stand(Phase.SERVICE_DEVELOPMENT)
    project = made.initiative.project
    entered = [{"phase": "service_development", "on": "2024-01-01"}, {"phase": "piloting", "on": "2024-06"}]

    def refused() -> list[tuple[str, str]]:
        with pytest.raises(Faulty) as faulty:
            portfolio.change(project, {"phases": entered}, made.by)
        return [(one.place, one.refusal.why) for one in faulty.value.faults]

    assert refused()[:2] == [("phases", entering.SHUT), ("phases", gate_rules.Why.WORDS_MISSING)]
    made.agreed()
    assert ("phases", entering.SHUT) in refused()  # no gate has been passed, whatever else is in order
    planned = [entered[0], {**entered[1], "how": "planned"}]
    assert portfolio.change(project, {"phases": planned}, made.by)
    Engagement.objects.update(closed_at=timezone.now(), closed_by=made.by)
    assert portfolio.change(project, {"phases": entered}, made.by)  # nobody guides it any more
    Engagement.objects.update(closed_at=None, closed_by="")
    mended = [entered[0], {**entered[1], "on": "2024-07"}]
    assert portfolio.change(project, {"phases": mended}, made.by)  # it has entered: its date can be put right


def test_a_phase_can_be_entered_again(made: World) -> None:
    made.stand(Phase.SERVICE_DEVELOPMENT)
    moving.reenter(made.initiative, Phase.INSIGHT, timezone.localdate(), made.by, "Vi visste for lite")
    assert gate_queries.phase_now(made.initiative) is Phase.INSIGHT
    assert PhaseMove.objects.filter(initiative=made.initiative, withdrawn_at=None).count() == 2
    with pytest.raises(Refused) as refused:
        moving.reenter(made.initiative, Phase.SERVICE_DEVELOPMENT, timezone.localdate(), made.by, "snarvei")
    assert why(refused) == {gate_rules.Why.BACK_ONLY}


def test_a_project_that_moved_on_otherwise_isnt_moved_twice(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    made.stand(Phase.SERVICE_DEVELOPMENT, "2024-02-02")
    made.decide(gate, "town_signer", made.town, Decision.PASS)
    made.decide(gate, "hospital_signer", made.hospital, Decision.PASS)
    assert gate_queries.phase_now(made.initiative) is Phase.SERVICE_DEVELOPMENT


def test_one_gate_at_a_time_and_evidence_stands_while_it_is_decided(made: World) -> None:
    gate = made.laid(Phase.ANCHORING)
    with pytest.raises(Refused) as refused:
        gates.open_gate(made.initiative, Phase.ANCHORING, made.by, "nb")
    assert why(refused) == {gate_rules.Why.OPEN_ALREADY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Gate.objects.create(initiative=made.initiative, phase="anchoring", number=2, sheet=gate.sheet, opened_by="x")
    with pytest.raises(Refused) as refused:
        evidence.add_address(gate, "Sent", "https://example.invalid/", "", made.by)
    assert why(refused) == {gate_rules.Why.NOT_PREPARING}
    gates.withdraw(gate, made.by, "Feil fase")
    assert gates.open_gate(made.initiative, Phase.ANCHORING, made.by, "nb").number == 2


# --- Rows ------------------------------------------------------------------------------------------------------------
RISK = {"title": "For få", "likelihood": 4, "consequence": 5, "owner": "", "measure": "", "review_on": None}


def test_a_row_keeps_its_history_and_every_change_can_be_taken_back(made: World) -> None:
    row = rows.make(Risk, made.initiative, RISK | {"review_on": date(2026, 1, 2)}, made.by)
    rows.change(row, {"likelihood": 2, "review_on": date(2026, 2, 2)}, made.by, 1)
    rows.delete(row, made.by)
    assert list(row_queries.standing(Risk, made.initiative)) == []
    rows.restore(row, made.by)
    rows.undo(row, 2, made.by)
    row = row_queries.one(Risk, made.initiative, row.key)
    assert (row.likelihood, row.review_on, row.version) == (4, date(2026, 1, 2), 5)
    verbs = list(RowChange.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["made", "changed", "deleted", "restored", "undone"]
    with pytest.raises(Refused) as refused:
        rows.undo(row, 2, made.by)
    assert why(refused) == {row_rules.Why.CHANGED_SINCE}
    rows.undo(row, 1, made.by)
    assert row_queries.one(Risk, made.initiative, row.key).deleted_at is not None
    assert len(row_queries.history(made.initiative, "risks", row.key)) == 6


def test_two_who_change_one_row_lose_nothing(made: World) -> None:
    row = rows.make(Risk, made.initiative, RISK, made.by)
    rows.change(row, {"likelihood": 2}, "anna", 1)
    rows.change(row, RISK | {"measure": "Ring"}, "berit", 1)
    row = row_queries.one(Risk, made.initiative, row.key)
    assert (row.likelihood, row.measure) == (2, "Ring")
    with pytest.raises(rows.Met) as met:
        rows.change(row, RISK | {"likelihood": 5}, "carl", 1)
    assert met.value.fields == ("likelihood",)
    assert met.value.row.likelihood == 2
    rows.delete(row, "anna")
    with pytest.raises(Refused) as refused:
        rows.change(row, RISK, "berit", 3)
    assert why(refused) == {row_rules.Why.GONE}


def test_the_database_refuses_what_lies_off_the_map_or_runs_backwards(made: World) -> None:
    off = {"name": "x", "interest": 6, "influence": 1, "attitude": "waits", "involve": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.make(Stakeholder, made.initiative, off, made.by)
    backwards = {"title": "x", "phase": "insight", "starts": date(2026, 2, 1), "ends": date(2026, 1, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.make(PlanEntry, made.initiative, backwards, made.by)


# --- Guides ----------------------------------------------------------------------------------------------------------
def test_a_guide_is_adopted_changed_here_and_renewed(made: World) -> None:
    content = {
        "key": "test",
        "title": {"nb": "T", "nn": "T", "en": "T"},
        "about": {"nb": "O", "nn": "O", "en": "O"},
        "phases": [
            {
                "id": "p",
                "title": {"nb": "P", "nn": "P", "en": "P"},
                "purpose": {"nb": "F", "nn": "F", "en": "F"},
                "steps": [
                    {
                        "id": "p.s",
                        "title": {"nb": "S", "nn": "S", "en": "S"},
                        "activities": [{"id": "p.s.a1", "text": {"nb": "Spør", "nn": "Spør", "en": "Ask"}}],
                    }
                ],
            }
        ],
    }
    version = guides.publish(content, "system:test")
    assert guides.publish(content, "system:test") == version
    adopted = guides.adopt(made.initiative, version, made.by)
    with pytest.raises(Refused):
        guides.adopt(made.initiative, version, made.by)
    guides.rewrite(adopted, "p.s.a1", "Spør alle", made.by)
    guides.add(adopted, "p.s", "tips", "Ta med kake", made.by)
    guides.tick(adopted, "p.s.a1", date(2026, 1, 1), made.by)
    with pytest.raises(Refused) as refused:
        guides.drop(adopted, "nowhere", made.by)
    assert why(refused) == {guide_rules.Why.NO_SUCH_PLACE}
    edition = guide_queries.Edition(guide_queries.adopted(made.initiative), "nb")
    assert [(one.sort, one.text) for one, _pieces in edition.different] == [
        (guide_rules.Sort.CHANGED, "Spør alle"),
        (guide_rules.Sort.ADDED, "Ta med kake"),
    ]
    content["phases"][0]["steps"][0]["activities"][0]["text"]["nb"] = "Spør to ganger"
    newer = guides.publish(content, "system:test")
    edition = guide_queries.Edition(guide_queries.adopted(made.initiative), "nb")
    assert edition.newer == newer
    assert [one.id for one in edition.stale] == ["p.s.a1"]
    guides.take_up(edition.row, newer, made.by)
    edition = guide_queries.Edition(guide_queries.adopted(made.initiative), "nb")
    assert edition.row.template == newer
    assert edition.entry("p.s.a1").text == "Spør alle"
    assert edition.entry("p.s.a1").template == "Spør to ganger"
    guides.as_template(edition.row, "p.s.a1", made.by)
    edition = guide_queries.Edition(guide_queries.adopted(made.initiative), "nb")
    assert edition.entry("p.s.a1").text == "Spør to ganger"
    assert GuideVersion.objects.filter(guide__key="test").count() == 2
    assert AgreedText.objects.count() == 0
