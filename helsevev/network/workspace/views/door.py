"""Who is let in to a workspace, the frame of its pages, and a form whose text is kept while it is typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsevev.commons.people.models import Organisation
from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import all_said, refuse, said
from helsevev.core.words import Refused, gettext_noop
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.views import door as guidance
from helsevev.network.guidance.views.door import Inside
from helsevev.network.workspace.actions import drafts
from helsevev.network.workspace.queries import drafts as asking
from helsevev.network.workspace.rules import PERMISSIONS

__all__ = [
    "Inside",
    "Typed",
    "crumbs",
    "enter",
    "language",
    "own_parties",
    "page",
    "party",
    "resend",
    "said",
    "sentences",
    "to",
]

ROADMAP, WORDS = gettext_noop("Roadmap"), gettext_noop("Words")
# The pages of the Roadmap's tab.
PAGES: tuple[tuple[str, str], ...] = (
    ("roadmap", gettext_noop("Phases and gates")),
    ("plan", gettext_noop("Plan")),
    ("stakeholders", gettext_noop("Stakeholders")),
    ("risks", gettext_noop("Risks")),
    ("guide", gettext_noop("Guide")),
    ("history", gettext_noop("History")),
)
THROW = "throw"
UNKEPT = ("csrfmiddlewaretoken", "do", "place")


def language() -> str:
    """The reader's."""
    return (get_language() or "nb")[:2]


def enter(request: HttpRequest, key: str, action: str = "see") -> Inside:
    """A workspace, for those who may; everyone else is told that there is no such page."""
    return guidance.enter(request, key, action, PERMISSIONS)


def party(inside: Inside, key: str, action: str) -> Organisation:
    """A party on whose behalf this person may do something; anyone else's isn't there."""
    parties = {one.key for one in rooms.parties(inside.initiative)}
    if key not in parties or not may(inside.person, action, PERMISSIONS, frozenset({key})):
        raise Http404
    return Organisation.objects.get(key=key)


def own_parties(inside: Inside, action: str) -> list[rooms.PartyOf]:
    """The parties on whose behalf this person may do something."""
    every = rooms.parties(inside.initiative)
    return [one for one in every if may(inside.person, action, PERMISSIONS, frozenset({one.key}))]


def crumbs(inside: Inside, tab: str, *further: tuple[str, str]) -> guidance.Crumbs:
    """Where a page lies."""
    name = "roadmap" if tab == ROADMAP else "words"
    home = (_(tab), reverse(f"workspace:{name}", args=[inside.initiative.key]) if further else "")
    return guidance.crumbs(inside, home, *further)


def page(
    request: HttpRequest, name: str, inside: Inside, heading: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page of this room."""
    key = inside.initiative.key
    here = str(context.get("here", ""))
    pages = [
        {"label": _(label), "url": reverse(f"workspace:{one}", args=[key]), "current": one == here}
        for one, label in PAGES
    ]
    frame = {
        "heading": heading,
        "key": key,
        "pages": pages if here else [],
        "may_write": inside.may("write", PERMISSIONS),
        "may_run_gate": inside.may("run_gate", PERMISSIONS),
    }
    return guidance.page(request, f"workspace/{name}", inside, {**frame, **context}, status)


def to(inside: Inside, name: str, *args: object, anchor: str = "") -> HttpResponseRedirect:
    """Go on to a page of this workspace."""
    url = reverse(f"workspace:{name}", args=[inside.initiative.key, *args])
    return HttpResponseRedirect(url + (f"#{anchor}" if anchor else ""))


# --- A form whose text is kept while it is typed ---------------------------------------------------------------------
@dataclass
class Typed:
    """One form of a page, and where what is typed in it is kept (skriveskjema)."""

    inside: Inside
    place: str
    form: forms.Form
    saved_at: object = None

    @classmethod
    def open(
        cls,
        request: HttpRequest,
        inside: Inside,
        place: str,
        make: Callable[..., forms.Form],
        initial: Mapping[str, Any],
    ) -> "Typed":
        """The form as it was sent; else as it was left; else with what stands."""
        if request.method == "POST":
            return cls(inside, place, make(request.POST, request.FILES or None))
        left = asking.draft(inside.user, inside.initiative, place)
        found = {**initial, **left.fields} if left else dict(initial)
        return cls(inside, place, make(initial=found), left.saved_at if left else None)

    @staticmethod
    def is_thrown(request: HttpRequest, inside: Inside, place: str) -> bool:
        """Whether the person throws away what was typed."""
        if request.method != "POST" or request.POST.get("do") != THROW:
            return False
        drafts.forget(inside.user, inside.initiative, place)
        return True

    def done(self) -> None:
        """What was typed is saved."""
        drafts.forget(self.inside.user, self.inside.initiative, self.place)

    def refuse(self, refused: Refused, field: str | None = None) -> None:
        """Say in the form why it wasn't done."""
        refuse(self.form, refused, field)

    @property
    def context(self) -> dict[str, object]:
        """What the template needs."""
        return {"form": self.form, "place": self.place, "saved_at": self.saved_at}

    @property
    def status(self) -> int:
        """Of the answer."""
        return 422 if self.form.errors else 200


def resend(form: forms.Form, **values: str) -> None:
    """Let a form that was refused carry what stands now, so that the next sending says it was seen."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name, value in values.items():
        data[name] = value
    form.data = data


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed while it is typed; the answer is one line that says so."""
    inside = enter(request, key)
    place = request.POST.get("place", "")
    if not place or len(place) > 120:
        raise Http404
    sent = {name: request.POST.getlist(name) for name in request.POST if name not in UNKEPT}
    fields = {name: many if len(many) > 1 else many[0] for name, many in sent.items()}
    try:
        kept = drafts.keep(inside.user, inside.initiative, place, fields)
    except Refused as refused:
        return HttpResponse(" ".join(all_said(refused)), content_type="text/plain; charset=utf-8")
    words = {"time": date_format(localtime(kept.saved_at), "TIME_FORMAT")}
    return HttpResponse(_("Draft saved at %(time)s.") % words, content_type="text/plain; charset=utf-8")


def sentences(refusals: Sequence[Any]) -> list[str]:
    """Refusals in the reader's language."""
    return [said(one) for one in refusals]
