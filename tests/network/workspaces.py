"""A made-up project with a working room, its two parties and its people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings as django_settings

from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as asked
from helsevev.commons.forms.actions import Change, load_forms
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.core.roadmap import Phase
from helsevev.network.guidance.models import Engagement, EngagementAdvisor, EngagementInitiative
from helsevev.network.portfolio import actions as portfolio
from helsevev.network.workspace.actions import gates, words
from helsevev.network.workspace.models import AgreedText, Concept, Gate, GateSubmission
from helsevev.network.workspace.rules.gates import Decision

TOWN, HOSPITAL = "testvik-kommune", "test-hospital"
KEY = "test-workspace"
ROOM = f"/nb/guidance/{KEY}/"


@dataclass
class World:
    """The project and those who take part."""

    initiative: Initiative
    town: Organisation
    hospital: Organisation
    people: dict[str, User]

    @property
    def by(self) -> str:
        """The leader, as the trail says it."""
        return str(self.people["leader"].key)

    def word(self, name: str = "tidlig hjemreise") -> Concept:
        """A word on the list."""
        return words.begin(self.initiative, {"name": name, "also": "", "why": ""}, self.by)

    def sign(self, concept: Concept, place: Organisation, who: str, text: AgreedText | None = None) -> bool:
        """Somebody signs the text that stands, for a place."""
        shown = text or concept.agreed.order_by("-number")[:1].get()
        return words.sign(concept, place, self.people[who], {place.key}, shown.digest)

    def agreed(self, name: str = "tidlig hjemreise", text: str = "Hjem innen 24 timer.") -> Concept:
        """A word that both have signed."""
        concept = self.word(name)
        words.propose(concept, text, {}, self.by)
        self.sign(concept, self.town, "town_signer")
        self.sign(concept, self.hospital, "hospital_signer")
        return concept

    def stand(self, phase: Phase, on: str = "2024-01-01") -> None:
        """The project is in a phase."""
        portfolio.change(self.initiative.project, {"phases": [{"phase": phase.value, "on": on}]}, self.by)

    def filled(self, gate: Gate) -> Gate:
        """Every criterion of a gate answered."""
        changes = []
        for page in asked.compiled(gate.sheet.version).pages():
            if page.link_id == "gate_end":
                changes.append(Change("ready", "yes", 0))
            else:
                changes += [Change(f"{page.link_id}_done", True, 0), Change(f"{page.link_id}_evidence", "Rapport", 0)]
        forms.save(gate.sheet, changes, self.by)
        return gate

    def named(self, gate: Gate) -> Gate:
        """One approver from each level."""
        gates.name_approver(gate, self.people["town_signer"], self.town, self.by)
        gates.name_approver(gate, self.people["hospital_signer"], self.hospital, self.by)
        return gate

    def laid(self, phase: Phase) -> Gate:
        """A gate that lies before its approvers."""
        self.stand(phase)
        gate = self.named(self.filled(gates.open_gate(self.initiative, phase, self.by, "nb")))
        gates.submit(gate, self.by, "nb")
        return Gate.objects.get(pk=gate.pk)

    def decide(self, gate: Gate, who: str, place: Organisation, decision: Decision, **more: Any) -> Gate:
        """One approver decides on what lies there."""
        submission: GateSubmission = gate.submissions.all()[:1].get()
        values = {"reason": "Derfor.", "shown": submission.digest} | more
        return gates.decide(gate, self.people[who], place, gates.Given(decision, **values))


def person(name: str, role: Role, place: Organisation | None) -> User:
    """An invented person with a role."""
    user = User.objects.create_user(f"{name}@example.invalid", name=f"Test {name}")
    RoleGrant.objects.create(
        user=user, role=role, organisation=place, starts=date(2020, 1, 1), granted_by="system:test"
    )
    return user


def world() -> World:
    """All of it."""
    load_forms(django_settings.REFERENCE_DIR / "forms")
    town = Organisation.objects.create(key=TOWN, name="Testvik kommune", kind="municipality")
    hospital = Organisation.objects.create(key=HOSPITAL, name="Test hospital", kind="hospital_trust")
    far = Organisation.objects.create(key="annenvik-kommune", name="Annenvik kommune", kind="municipality")
    fields = {"id": KEY, "title": "Trygg test", "owners": ["Test hospital"], "partners": ["Testvik kommune"]}
    portfolio.change(None, fields, "system:test")
    initiative = Initiative.objects.get(key=KEY)
    engagement = Engagement.objects.create(
        support="tailored", starts=date(2024, 4, 2), ends=date(2025, 3, 31), opened_by="system:test"
    )
    EngagementInitiative.objects.create(engagement=engagement, initiative=initiative, since=date(2024, 4, 2))
    advisor = person("advisor", Role.ADVISOR, None)
    EngagementAdvisor.objects.create(engagement=engagement, user=advisor, since=date(2024, 4, 2), by="system:test")
    people = {
        "leader": person("leader", Role.PROJECT_LEADER, hospital),
        "member": person("member", Role.PROJECT_MEMBER, town),
        "town_signer": person("town_signer", Role.ORGANISATION_SIGNER, town),
        "hospital_signer": person("hospital_signer", Role.ORGANISATION_SIGNER, hospital),
        "advisor": advisor,
        "other_advisor": person("other_advisor", Role.ADVISOR, None),
        "secretariat": person("secretariat", Role.SECRETARIAT, None),
        "elsewhere": person("elsewhere", Role.PROJECT_LEADER, far),
        "editor": person("editor", Role.EDITOR, None),
    }
    return World(initiative, town, hospital, people)
