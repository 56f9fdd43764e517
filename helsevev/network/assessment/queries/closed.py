"""Who is kept from which application (inhabil): looked up anew each time, from roles, stated ties and declarations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F, Value

from helsevev.commons.people.models import Organisation, RoleGrant, User
from helsevev.network.applications.models import Application, Author, Partner, Round
from helsevev.network.assessment.models import Declaration, Lift, StatedTie
from helsevev.network.assessment.rules import conflicts as rules
from helsevev.network.assessment.rules.conflicts import Match, Register, Subject, Ties

PERSON, DECLARED = "person", "declared"


def register() -> Register:
    """Which organisation belongs to which."""
    rows = list(Organisation.objects.order_by().values_list("key", "parent__key", "kind"))
    return Register({key: parent for key, parent, _kind in rows if parent}, {key: kind for key, _parent, kind in rows})


def _organisations(users: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The organisations that people belong to, by the people's keys: roles held there, stated ties, written for."""
    keys = list(users)
    grants = RoleGrant.objects.filter(user__key__in=keys, organisation__isnull=False).order_by()
    stated = StatedTie.objects.filter(user__key__in=keys).order_by()
    written = Author.objects.filter(user__key__in=keys).order_by()
    pairs = [rows.values_list("user__key", "organisation__key") for rows in (grants, stated, written)]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for user, organisation in pairs[0].union(*pairs[1:]):
        found[str(user)].add(organisation)
    return {key: frozenset(found[key]) for key in map(str, keys)}


def _behind(applications: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """The organisations behind applications."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    partners = Partner.objects.filter(application_id__in=applications).order_by()
    owners = Application.objects.filter(pk__in=applications).order_by()
    rows = partners.values_list("application_id", "organisation__key")
    for pk, key in rows.union(owners.values_list("pk", "owner__key")):
        found[pk].add(key)
    return {pk: frozenset(keys) for pk, keys in found.items()}


def hidden(round_: Round, person: str) -> frozenset[int]:
    """The applications of a round that are closed to one person; three statements where there are no ties."""
    if not person:
        return frozenset()
    authors = Author.objects.filter(application__round=round_, user__key=person).order_by()
    confirmed = Partner.objects.filter(application__round=round_, confirmed_by=person).order_by()
    declared = Declaration.objects.filter(application__round=round_, user__key=person, conflict=True).order_by()
    rows = [
        one.annotate(pk_=F("application_id"), kind=Value(kind)).values_list("pk_", "kind")
        for one, kind in ((authors, PERSON), (confirmed, PERSON), (declared, DECLARED))
    ]
    own = list(rows[0].union(*rows[1:]))
    ties = _organisations([person])[person]
    matched = {pk for pk, kind in own if kind == PERSON} | _tied(round_, ties)
    if matched:
        lifts = Lift.objects.filter(application_id__in=matched, user__key=person)
        matched -= set(lifts.values_list("application_id", flat=True))
    return frozenset(matched | {pk for pk, kind in own if kind == DECLARED})


def _tied(round_: Round, ties: frozenset[str]) -> set[int]:
    if not ties:
        return set()
    known = register()
    behind = _behind(round_.applications.values_list("pk", flat=True))
    return {pk for pk, keys in behind.items() if rules.find(Ties("", ties), Subject(organisations=keys), known)}


def closed(round_: Round, users: Iterable[User]) -> frozenset[tuple[int, str]]:
    """Every pair of application and person's key that is closed."""
    return frozenset((pk, str(user.key)) for user in users for pk in hidden(round_, str(user.key)))


def matches(application: Application, user: User) -> tuple[Match, ...]:
    """The ties between one person and one application, lifted or not."""
    key = str(user.key)
    people = {str(one) for one in application.authors.values_list("user__key", flat=True)}
    people |= set(application.partners.exclude(confirmed_by="").values_list("confirmed_by", flat=True))
    subject = Subject(frozenset(people), _behind([application.pk])[application.pk])
    return rules.find(Ties(key, _organisations([key])[key]), subject, register())


def is_closed(application: Application, person: str) -> bool:
    """Whether one application is closed to one person."""
    return application.pk in hidden(application.round, person)
