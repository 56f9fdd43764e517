"""The desk of those who write: all letters, and the draft, which keeps itself as it is typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.newsletter import content
from helsevev.core.newsletter.content import KIND_NAMES, Kind
from helsevev.core.words import Refused
from helsevev.network.newsletter.actions import writing
from helsevev.network.newsletter.forms.writing import Sheet, seen
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters, subscribers
from helsevev.network.newsletter.queries.candidates import candidates
from helsevev.network.newsletter.rules.states import STATE_NAMES, Standing, State
from helsevev.network.newsletter.views.door import allows, crumbs, desk_crumbs, found, name, private, staff
from helsevev.network.newsletter.views.sending import sent_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All letters, and how many get them."""
    staff(request)
    counts = subscribers.counts()
    context = {
        "rows": [(one, name(one), _(STATE_NAMES[State(one.state)])) for one in Letter.objects.all()],
        "active": counts.get(Standing.ACTIVE, 0),
        "resting": counts.get(Standing.RESTING, 0),
        "breadcrumbs": crumbs((_("Write the newsletter"), "")),
    }
    return private(request, "desk", context)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    made = writing.begin(str(staff(request).key))
    return HttpResponseRedirect(reverse("newsletter:write", args=[made.key]))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """A draft to write in; a letter that has left shows how it goes."""
    user, letter = staff(request), found(key)
    if letter.state != State.DRAFT:
        return sent_page(request, letter)
    sheet = Sheet(letter, request.POST or None)
    if request.method == "POST" and sheet.is_valid() and (answer := _done(request, letter, sheet, user)):
        return answer
    status = 422 if any(one.errors for one in sheet.forms) else 200
    return private(request, "write", _context(request, letter, sheet, user), status)


def _done(request: HttpRequest, letter: Letter, sheet: Sheet, user: User) -> HttpResponse | None:
    """Keep what is typed and do what the button says; nothing where another's text stands in the way."""
    by, (verb, _colon, rest) = str(user.key), request.POST.get("do", "save").partition(":")
    try:
        saved = writing.save(letter, sheet.typed(), by, seen=None if rest == "force" else seen(request.POST))
    except Refused as refused:
        for sentence in all_said(refused):
            sheet.letter.add_error(None, sentence)
        return None
    if verb == "throw":
        writing.throw_away(saved, by)
        messages.success(request, _("The draft is deleted."))
        return HttpResponseRedirect(reverse("newsletter:desk"))
    anchor = _act(saved, verb, rest, request.POST.getlist("source"), by)
    address = reverse(f"newsletter:{'send' if verb == 'send' else 'write'}", args=[letter.key])
    return HttpResponseRedirect(f"{address}{anchor}")


def _act(letter: Letter, verb: str, rest: str, sources: list[str], by: str) -> str:
    """What a button does beside saving; where on the page it leads."""
    number = int(rest) if rest.isdecimal() and len(rest) < 15 else 0
    if verb in ("up", "down") and number:
        writing.move(letter, number, -1 if verb == "up" else 1, by)
        return f"#block-{number}"
    if verb == "drop" and number:
        writing.drop(letter, number, by)
        return "#blocks"
    if verb == "own":
        writing.add_own(letter, by)
        return "#add"
    if verb == "choose":
        writing.choose(letter, sources, by)
        return "#blocks"
    return ""


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed, as it is typed; one line says how it stands."""
    user, letter = staff(request), found(key)
    sheet = Sheet(letter, request.POST)
    state: dict[str, object] = {}
    if not sheet.is_valid():
        state["problem"] = _("Something is too long or isn't an address. Save to see what.")
    else:
        force = request.POST.get("do") == "keep:force"
        try:
            letter = writing.save(letter, sheet.typed(), str(user.key), seen=None if force else seen(request.POST))
        except Refused as refused:
            state |= {"problem": " ".join(all_said(refused)), "other_window": True}
        else:
            state["saved_at"] = letter.changed_at
    return render(request, "newsletter/_draft_state.html", {"state": state, "version": letter.version, "is_part": True})


def _context(request: HttpRequest, letter: Letter, sheet: Sheet, user: User) -> dict[str, object]:
    language = get_language() or "nb"
    tongue = letters.tongue()
    there = {one.item.source for one in sheet.items}
    offered = [one for one in candidates(letter.since) if one.source not in there]
    groups = [
        (_(KIND_NAMES[kind]), [(one, one.titles[tongue]) for one in offered if one.kind is kind])
        for kind in Kind
        if any(one.kind is kind for one in offered)
    ]
    return {
        "letter": letter,
        "name": name(letter),
        "person": user,
        "sheet": sheet,
        "forms": sheet.forms,
        "rows": [(one, _(KIND_NAMES[Kind(one.item.kind)])) for one in sheet.items],
        "groups": groups,
        "lang": "" if language == tongue else tongue,
        "missing": content.untranslated(letter.subjects, letters.blocks(letter)),
        "may_send": allows(request, "send"),
        "state": {},
        "breadcrumbs": desk_crumbs((name(letter), "")),
    }
