"""A letter as mail programs show it: HTML in a frame of its own at two widths, and plain text."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from helsevev.core.newsletter.content import CHOSEN, LANGUAGES
from helsevev.network.newsletter.actions.composing import compose
from helsevev.network.newsletter.forms.subscribing import TONGUES
from helsevev.network.newsletter.queries import letters
from helsevev.network.newsletter.rules.states import State
from helsevev.network.newsletter.views.door import desk_crumbs, found, name, private, staff

MAIL_STYLE = "'unsafe-inline'"


def _chosen(request: HttpRequest, what: str, known: tuple[str, ...], usual: str) -> str:
    asked = request.GET.get(what, "")
    return asked if asked in known else usual


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type] # its type knows no views with arguments
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The page around the frame."""
    staff(request)
    letter = found(key)
    language = _chosen(request, "language", LANGUAGES, letters.tongue())
    shape = _chosen(request, "shape", ("wide", "phone", "text"), "wide")
    composed = compose(letter, language, CHOSEN, counted=False)
    names = {"wide": _("Wide, 600 pixels"), "phone": _("Phone"), "text": _("Plain text")}
    context = {
        "letter": letter,
        "subject": composed.subject if composed else "",
        "text": composed.text if composed else "",
        "language": language,
        "shape": shape,
        "address": f"{reverse('newsletter:framed', args=[key])}?language={language}" if composed else "",
        "language_tabs": [
            {"label": TONGUES[one], "url": f"?language={one}&shape={shape}", "current": one == language}
            for one in LANGUAGES
        ],
        "shape_tabs": [
            {"label": label, "url": f"?language={language}&shape={one}", "current": one == shape}
            for one, label in names.items()
        ],
        "may_test": letter.state == State.DRAFT,
        "breadcrumbs": desk_crumbs((name(letter), reverse("newsletter:write", args=[key])), (_("Preview"), "")),
    }
    return private(request, "preview", context)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF], "style-src": [MAIL_STYLE], "script-src": [NONE]})  # type: ignore[arg-type] # as above
def framed(request: HttpRequest, key: str) -> HttpResponse:
    """The letter itself, with its own style and nothing that runs."""
    staff(request)
    language = _chosen(request, "language", LANGUAGES, letters.tongue())
    composed = compose(found(key), language, CHOSEN, counted=False)
    if composed is None:
        raise Http404
    answer = HttpResponse(composed.html)
    answer["Cache-Control"] = "private, no-store"
    return answer
