"""The tabs of this room, and what waits for people in it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Notice, Person, Waiting, may
from helsevev.core.words import gettext_noop
from helsevev.network.guidance.panels.tabs import Tab
from helsevev.network.guidance.queries import rooms
from helsevev.network.piloting.actions import telling
from helsevev.network.piloting.models import Paper, PaperSignature, PilotResult, PilotReview, SignatureWithdrawal
from helsevev.network.piloting.queries import papers, pilots
from helsevev.network.piloting.rules import PERMISSIONS, protocol
from helsevev.network.piloting.rules.permissions import LEADERS, SIGNERS
from helsevev.network.piloting.rules.reviewing import SOON

KIND = "project"


def _sees(person: Person, organisations: frozenset[str]) -> bool:
    return may(person, "see", PERMISSIONS, organisations)


TABS = (
    Tab(50, gettext_noop("Pilot"), "piloting:home", "pilot", _sees),
    Tab(60, gettext_noop("Experience"), "piloting:experience", "experience", _sees),
)


def notices() -> Iterable[Notice]:
    """Letters about pilots."""
    return [telling.NOTICE]


def waiting(person: Person) -> list[Waiting]:
    """Texts to sign, reviews to hold, weeks to count, and experiences to tell."""
    if not person.is_known:
        return []
    return [*_to_sign(person), *_to_do(person), *_to_tell(person)]


def _to_sign(person: Person) -> Iterable[Waiting]:
    own = person.organisations(SIGNERS)
    if not own:
        return
    found = Paper.objects.filter(initiative__parties__organisation__key__in=own).exclude(versions=None).distinct()
    for paper in found.select_related("initiative", "pilot"):
        laid = papers.waiting_text(paper)
        if laid and own & {one.key for one in laid.missing}:
            title = paper.initiative.title
            if paper.pilot:
                url = reverse("piloting:protocol", args=[paper.initiative.key, paper.pilot.number])
                yield Waiting(_("Pilot protocol to sign: %(title)s") % {"title": title}, url, None, KIND)
            else:
                url = reverse("piloting:experience", args=[paper.initiative.key])
                yield Waiting(_("Experience to consent to: %(title)s") % {"title": title}, url, None, KIND)


def _to_do(person: Person) -> Iterable[Waiting]:
    """Of pilots that run: reviews for deciders and leaders, and weeks nobody has told of for leaders."""
    today = timezone.localdate()
    leads = person.organisations(LEADERS)
    for pilot in pilots.running():
        story = pilots.story(pilot, today)
        if story.now is None:
            continue
        leading = bool(leads & _parties(pilot.initiative))
        if not (leading or person.key in protocol.deciders(story.now.row.content)):
            continue
        url = reverse("piloting:one", args=[pilot.initiative.key, pilot.number])
        title = {"title": pilot.initiative.title}
        due = story.next_review
        if due and due <= today + SOON:
            yield Waiting(_("Review of the pilot: %(title)s") % title, url, due, KIND)
        if leading and story.pace and story.pace.unreported:
            yield Waiting(_("Weeks to count in the pilot: %(title)s") % title, url, None, KIND)


def _to_tell(person: Person) -> Iterable[Waiting]:
    """Guided projects that are closed, whose experience hasn't been laid before the parties; for their leaders."""
    leads = person.organisations(LEADERS)
    if not leads:
        return
    closed = Initiative.objects.filter(status=Initiative.Status.CLOSED, engagement_place__isnull=False)
    told = Paper.objects.filter(kind=Paper.Kind.EXPERIENCE).exclude(versions=None).values("initiative")
    for initiative in closed.filter(parties__organisation__key__in=leads).exclude(pk__in=told).distinct():
        url = reverse("piloting:experience", args=[initiative.key])
        yield Waiting(_("Tell the experience: %(title)s") % {"title": initiative.title}, url, None, KIND)


def _parties(initiative: Initiative) -> frozenset[str]:
    return frozenset(one.key for one in rooms.parties(initiative))


def personal_data(user: User) -> dict[str, object]:
    """What the person has signed, taken back and decided, which names them by key."""
    key = str(user.key)
    signed = PaperSignature.objects.filter(actor=key).values("version__paper__kind", "organisation__key", "at", "name")
    withdrawn = SignatureWithdrawal.objects.filter(actor=key).values("signature__organisation__key", "at", "why")
    reviews = PilotReview.objects.filter(actor=key).values("pilot__initiative__key", "held_on", "choice", "why")
    results = PilotResult.objects.filter(actor=key).values("pilot__initiative__key", "at", "decision")
    return {
        "piloting.signed": [dict(row) for row in signed],
        "piloting.withdrawn": [dict(row) for row in withdrawn],
        "piloting.reviews": [dict(row) for row in reviews],
        "piloting.results": [dict(row) for row in results],
    }
