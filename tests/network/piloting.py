"""A made-up project with two parties, its people, a word that both have signed, and protocols to fill."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.commons.people.rules import Role
from helsevev.network.guidance.models import Engagement, EngagementAdvisor, EngagementInitiative
from helsevev.network.piloting.actions import papers, pilots
from helsevev.network.piloting.models import Paper, PaperVersion, Pilot
from helsevev.network.piloting.queries import words
from helsevev.network.workspace.models import AgreedText, Concept, ConceptSignature
from helsevev.network.workspace.rules import concepts

TOWN, HOSPITAL = "testvik-kommune", "test-hospital"
FIRST, LAST = date(2024, 10, 28), date(2025, 6, 13)


@dataclass
class World:
    """The project and those who take part."""

    initiative: Initiative
    engagement: Engagement
    town: Organisation
    hospital: Organisation
    leader: User
    member: User
    town_signer: User
    hospital_signer: User
    advisor: User
    other_advisor: User
    secretariat: User
    elsewhere: User
    concept: Concept

    @property
    def people(self) -> dict[str, User]:
        """Everyone by what they are."""
        names = (
            "leader",
            "member",
            "town_signer",
            "hospital_signer",
            "advisor",
            "other_advisor",
            "secretariat",
            "elsewhere",
        )
        return {name: getattr(self, name) for name in names}

    def content(self, **changed: Any) -> dict[str, Any]:
        """A whole protocol."""
        term = words.current(self.initiative)[str(self.concept.key)].as_dict()
        found: dict[str, Any] = {
            "question": "Is it safe?",
            "population": "Healthy mothers and children.",
            "criteria": [
                {"id": "c1", "sort": "inclusion", "text": "Home early", "term": term},
                {"id": "c2", "sort": "exclusion", "text": "Lives far away", "term": term},
            ],
            "planned": 108,
            "least": 60,
            "expected": 50,
            "reasoning": "60 give an interval of 26 points.",
            "first": FIRST.isoformat(),
            "last": LAST.isoformat(),
            "measures": [{"name": "Safe", "indicator": "Says yes", "baseline": "", "target": "", "source": ""}],
            "resources": [
                {"party": HOSPITAL, "name": self.hospital.name, "what": "A midwife", "hours": 120},
                {"party": TOWN, "name": self.town.name, "what": "Visits", "hours": 300},
            ],
            "rules": [
                {"sort": "adjust", "when": "Too few", "then": "Let more in"},
                {"sort": "stop", "when": "Harm", "then": "Stop"},
            ],
            "reviews": [{"on": "2025-01-09", "what": "Pace"}, {"on": "2025-03-27", "what": "Pace"}],
            "deciders": [{"key": str(self.leader.key), "name": self.leader.name}],
        }
        return found | changed

    def begun(self) -> Pilot:
        """A pilot with a whole draft."""
        pilot = pilots.begin(self.initiative, str(self.leader.key))
        papers.save(pilot.protocol, self.content(), 1, str(self.leader.key))
        return Pilot.objects.get(pk=pilot.pk)

    def offered(self, pilot: Pilot) -> PaperVersion:
        """Its draft laid before the parties."""
        paper = Paper.objects.get(pilot=pilot)
        return papers.offer(paper, paper.revision, str(self.leader.key))

    def sign_all(self, version: PaperVersion) -> None:
        """Both parties sign."""
        for organisation, user in ((self.town, self.town_signer), (self.hospital, self.hospital_signer)):
            papers.sign(version, organisation, user, version.digest, {organisation.key})

    def signed(self) -> Pilot:
        """A pilot whose protocol all have signed."""
        pilot = self.begun()
        self.sign_all(self.offered(pilot))
        return Pilot.objects.get(pk=pilot.pk)


def person(name: str, role: Role, place: Organisation | None) -> User:
    """An invented person with a role."""
    user = User.objects.create_user(f"{name}@example.invalid", name=f"Test {name}")
    RoleGrant.objects.create(
        user=user, role=role, organisation=place, starts=date(2020, 1, 1), granted_by="system:test"
    )
    return user


def world() -> World:
    """All of it."""
    town = Organisation.objects.create(key=TOWN, name="Testvik kommune", kind="municipality")
    hospital = Organisation.objects.create(key=HOSPITAL, name="Test hospital", kind="hospital_trust")
    far = Organisation.objects.create(key="annenvik-kommune", name="Annenvik kommune", kind="municipality")
    initiative = Initiative.objects.create(key="test-pilot", title="Trygg test")
    for place, role, at in ((hospital, "owner", 0), (town, "partner", 1)):
        Party.objects.create(initiative=initiative, organisation=place, role=role, stated_name=place.name, position=at)
    engagement = Engagement.objects.create(
        support="tailored", starts=date(2024, 4, 2), ends=date(2025, 3, 31), opened_by="system:test"
    )
    EngagementInitiative.objects.create(engagement=engagement, initiative=initiative, since=date(2024, 4, 2))
    advisor = person("advisor", Role.ADVISOR, None)
    EngagementAdvisor.objects.create(engagement=engagement, user=advisor, since=date(2024, 4, 2), by="system:test")
    made = World(
        initiative=initiative,
        engagement=engagement,
        town=town,
        hospital=hospital,
        leader=person("leader", Role.PROJECT_LEADER, hospital),
        member=person("member", Role.PROJECT_MEMBER, town),
        town_signer=person("town_signer", Role.ORGANISATION_SIGNER, town),
        hospital_signer=person("hospital_signer", Role.ORGANISATION_SIGNER, hospital),
        advisor=advisor,
        other_advisor=person("other_advisor", Role.ADVISOR, None),
        secretariat=person("secretariat", Role.SECRETARIAT, None),
        elsewhere=person("elsewhere", Role.PROJECT_LEADER, far),
        concept=Concept.objects.create(initiative=initiative, name="tidlig hjemreise", changed_by="system:test"),
    )
    agree(made, "Home within 24 hours of birth.")
    return made


def agree(made: World, text: str) -> AgreedText:
    """A definition of the word that both have signed."""
    content = concepts.content(made.initiative.key, made.concept.name, text, {})
    number = AgreedText.objects.filter(concept=made.concept).count() + 1
    row = AgreedText.objects.create(
        concept=made.concept,
        number=number,
        text=text,
        content=content,
        digest=concepts.digest(content),
        proposed_by="system:test",
    )
    for place, user in ((made.town, made.town_signer), (made.hospital, made.hospital_signer)):
        ConceptSignature.objects.create(
            agreed=row, organisation=place, actor=str(user.key), name=user.name, digest=row.digest, at=timezone.now()
        )
    assert isinstance(row, AgreedText)
    return row
