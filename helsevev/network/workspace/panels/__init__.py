"""What waits for a person in workspaces, and what is kept about them where no table refers to the account."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice, Person, Waiting
from helsevev.network.workspace.actions.telling import WORK
from helsevev.network.workspace.models import ConceptSignature, Condition, GateVerdict
from helsevev.network.workspace.queries import waiting as asking

KIND = "project"


def waiting(person: Person) -> list[Waiting]:
    """Gates to decide, words to sign, terms and risks that fall due."""
    user = people.account(person.key) if person.is_known else None
    if user is None:
        return []
    today = timezone.localdate()
    return [*_gates(user), *_words(person), *_terms(person), *_risks(person, today)]


def _gates(user: User) -> list[Waiting]:
    return [
        Waiting(
            _("Decide on a gate: %(title)s") % {"title": one.gate.initiative.title},
            reverse("workspace:gate", args=[one.gate.initiative.key, one.gate.key]),
            None,
            KIND,
        )
        for one in asking.gates(user)
    ]


def _words(person: Person) -> list[Waiting]:
    return [
        Waiting(
            _("Sign the definition of “%(word)s”") % {"word": one.concept.name},
            reverse("workspace:word", args=[one.concept.initiative.key, one.concept.key]),
            None,
            KIND,
        )
        for one in asking.words_to_sign(person)
    ]


def _terms(person: Person) -> list[Waiting]:
    found = []
    for one in asking.terms(person):
        gate = one.verdict.submission.gate
        url = reverse("workspace:gate", args=[gate.initiative.key, gate.key])
        found.append(Waiting(_("Term of a gate: %(text)s") % {"text": one.text[:120]}, url, one.due, KIND))
    return found


def _risks(person: Person, today: date) -> list[Waiting]:
    return [
        Waiting(
            _("Look at a risk again: %(title)s") % {"title": one.title},
            reverse("workspace:risks", args=[one.initiative.key]) + f"#row-{one.key}",
            one.review_on,
            KIND,
        )
        for one in asking.risks(person, today)
    ]


def notices() -> list[Notice]:
    """What this room writes letters about."""
    return [WORK]


def personal_data(user: User) -> dict[str, object]:
    """What the person has signed, decided and said is met."""
    key = str(user.key)
    signed = ConceptSignature.objects.filter(actor=key).values(
        "agreed__concept__name", "agreed__number", "organisation__key", "at", "digest"
    )
    decided = GateVerdict.objects.filter(actor=key).values(
        "submission__gate__phase", "organisation__key", "decision", "reason", "at"
    )
    met = Condition.objects.filter(Q(met_by=key)).values("text", "met_at", "met_note")
    return {
        "workspace.signed": [dict(row) for row in signed],
        "workspace.decided": [dict(row) for row in decided],
        "workspace.met": [dict(row) for row in met],
    }
