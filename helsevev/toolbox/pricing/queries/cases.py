"""Cases, who may do what with each, their versions and what was typed in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import Person, may
from helsevev.core import pricing
from helsevev.toolbox.pricing.models import CaseDraft, CaseRevision, PriceCase
from helsevev.toolbox.pricing.rules import PERMISSIONS, TAKING_PART
from helsevev.toolbox.pricing.rules.keyed import Change, differences


@dataclass(frozen=True)
class Subject:
    """A case as one person meets it (sak): the row, the version that stands, and what this person may do."""

    case: PriceCase
    revision: CaseRevision
    person: Person

    @property
    def content(self) -> dict[str, Any]:
        """What the version says."""
        found: dict[str, Any] = self.revision.content
        return found

    @cached_property
    def read(self) -> pricing.Case:
        """The version as the core reads it."""
        return pricing.read(self.content)

    @cached_property
    def answer(self) -> pricing.Answer:
        """What it comes to."""
        return pricing.price(self.read)

    @cached_property
    def partners(self) -> list[Organisation]:
        """The municipalities that take part, those that the register knows."""
        return list(self.case.partners.order_by("name"))

    @property
    def everyone(self) -> frozenset[str]:
        """Keys of the owner and of all partners."""
        return frozenset({self.case.owner.key, *(one.key for one in self.partners)})

    def may(self, action: str) -> bool:
        """Whether this person may do something as one of the owner's; partners may see."""
        asked = self.everyone if action == "see" else frozenset({self.case.owner.key})
        return may(self.person, action, PERMISSIONS, asked)

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the case."""
        return self.may("edit")

    def may_for(self, action: str, organisation: Organisation) -> bool:
        """Whether this person may do something on behalf of one partner."""
        return may(self.person, action, PERMISSIONS, frozenset({organisation.key}))

    @cached_property
    def own_partners(self) -> list[Organisation]:
        """The partners that this person has a role in."""
        return [one for one in self.partners if self.may_for("see_own_bill", one)]


def visible(person: Person) -> QuerySet[PriceCase]:
    """The cases that a person may see."""
    found = PriceCase.objects.select_related("owner", "initiative")
    if may(person, "see", PERMISSIONS):
        return found
    mine = person.organisations(TAKING_PART)
    return found.filter(Q(owner__key__in=mine) | Q(partners__key__in=mine)).distinct()


def subject(key: str, person: Person) -> Subject | None:
    """A case, where this person may see it."""
    case = visible(person).filter(key=key).first()
    if case is None:
        return None
    return Subject(case, CaseRevision.objects.get(case=case, number=case.version), person)


def may_list(person: Person) -> bool:
    """Whether a person has anything to do among cases."""
    return may(person, "see", PERMISSIONS, person.organisations(TAKING_PART))


def owners(person: Person) -> list[Organisation]:
    """The organisations that a person may make a case for."""
    keys = person.organisations(PERMISSIONS["create"].in_own)
    return list(Organisation.objects.filter(key__in=keys).order_by("name"))


def revision(case: PriceCase, number: int) -> CaseRevision | None:
    """One version."""
    found: CaseRevision | None = CaseRevision.objects.filter(case=case, number=number).first()
    return found


def draft(user: User, case: PriceCase) -> CaseDraft | None:
    """What this person has typed and not saved."""
    return CaseDraft.objects.filter(user=user, case=case).first()


@dataclass(frozen=True)
class Told:
    """A version as its history tells of it: who, and what changed."""

    revision: CaseRevision
    who: str
    changes: Sequence[Change]


def history(case: PriceCase, first: int = 0, most: int = 20) -> list[Told]:
    """Versions, newest first."""
    rows = list(CaseRevision.objects.filter(case=case).order_by("-number")[first : first + most + 1])
    names = people.actor_names({row.actor for row in rows})
    return [
        Told(row, actor_said(row.actor, names), differences(before.content, row.content) if before else [])
        for row, before in zip(rows[:most], [*rows[1:], None], strict=False)
    ]


def actor_said(actor: str, names: Mapping[str, str]) -> str:
    """Who did something, in words: a person, or the system itself."""
    return _("The system") if actor.startswith("system:") else names.get(actor, actor)


def municipalities(numbers: Iterable[str]) -> dict[str, Organisation]:
    """Municipalities of the register by number."""
    rows = Organisation.objects.filter(municipality_number__in=list(numbers)).exclude(municipality_number="")
    return {row.municipality_number: row for row in rows}
