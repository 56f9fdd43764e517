"""A letter tried out, sent, called back, and followed on its way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import refuse, said, tell
from helsevev.core.newsletter import content
from helsevev.core.words import Refused
from helsevev.network.newsletter.actions import sending as acting
from helsevev.network.newsletter.forms.sending import SendForm
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters, numbers, subscribers
from helsevev.network.newsletter.rules.states import STATE_NAMES, State
from helsevev.network.newsletter.views.door import allows, desk_crumbs, found, name, private, staff


def desk_address(letter: Letter) -> str:
    """Where a letter's writers have it."""
    return reverse("newsletter:write", args=[letter.key])


@require_POST
def test(request: HttpRequest, key: str) -> HttpResponse:
    """Send a copy to oneself."""
    user, letter = staff(request), found(key)
    try:
        acting.send_test(letter, user)
        messages.success(request, _("A copy in each language is on its way to %(address)s.") % {"address": user.email})
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(reverse("newsletter:preview", args=[letter.key]))


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, key: str) -> HttpResponse:
    """Look once more, and send: now or at a time."""
    user, letter = staff(request, "send"), found(key)
    if letter.state != State.DRAFT:
        return HttpResponseRedirect(desk_address(letter))
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.plan(letter, form.at, str(user.key))
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(desk_address(letter))
    every = letters.blocks(letter)
    languages = subscribers.languages()
    context = {
        "letter": letter,
        "form": form,
        "total": sum(languages.values()),
        "readers": [(one, languages.get(one, 0)) for one in content.LANGUAGES],
        "why_not": [said(one) for one in content.refuse_send(letter.subjects, every)],
        "missing": content.untranslated(letter.subjects, every),
        "breadcrumbs": desk_crumbs((name(letter), desk_address(letter)), (_("Send"), "")),
    }
    return private(request, "send", context, 422 if form.errors else 200)


@require_POST
def recall(request: HttpRequest, key: str) -> HttpResponse:
    """Make it a draft again."""
    user, letter = staff(request, "send"), found(key)
    try:
        acting.recall(letter, str(user.key))
        messages.success(request, _("The letter is a draft again."))
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(desk_address(letter))


def _progress(letter: Letter) -> dict[str, object]:
    counted = numbers.of(letter)
    done = counted.addressed - counted.waiting
    return {
        "letter": letter,
        "numbers": counted,
        "done": done,
        "is_moving": letter.state in (State.PLANNED, State.SENDING),
        "state_name": _(STATE_NAMES[State(letter.state)]),
    }


@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How the sending goes, for the part of the page that asks again by itself."""
    staff(request)
    return private(request, "_progress", _progress(found(key)))


def sent_page(request: HttpRequest, letter: Letter) -> HttpResponse:
    """A letter that is no draft any more: how it goes, and what its links gave."""
    counted = numbers.of(letter)
    subject = name(letter)
    titles = {one.address: content.in_tongue(one.titles, letters.tongue()) for one in letters.blocks(letter)}
    context = {
        **_progress(letter),
        "name": subject,
        "links": [
            (letters.whole_address(address, letters.tongue()), titles.get(address) or address, *pair)
            for address, pair in zip(letter.links, counted.links, strict=False)
        ],
        "is_public": letter.state in letters.OUT,
        "may_recall": letter.state == State.PLANNED and allows(request, "send"),
        "breadcrumbs": desk_crumbs((subject, "")),
    }
    return private(request, "sent", context)
