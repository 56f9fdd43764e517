"""Every letter that was sent, for everyone; its feed; and the address that a letter's links lead by."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.ui.views import feeds
from helsevev.core.newsletter import content
from helsevev.network.newsletter.actions import clicking
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters
from helsevev.network.newsletter.views.door import allows, crumbs, found

PER_PAGE = 24


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All letters, the newest first."""
    page = Paginator(letters.public(), PER_PAGE).get_page(request.GET.get("page"))
    tongue = letters.tongue()
    context = {
        "rows": [(one, content.in_tongue(one.subjects, tongue)) for one in page],
        "page": page,
        "lang": tongue if get_language() != tongue else "",
        "may_write": allows(request, "write"),
        "may_see_figures": allows(request, "see_figures"),
        "breadcrumbs": crumbs(),
    }
    return render(request, "newsletter/archive.html", context)


@require_safe
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter as a page."""
    row, tongue = _sent(key), letters.tongue()
    told = content.told(letters.blocks(row), tongue, content.CHOSEN)
    subject = content.in_tongue(row.subjects, tongue)
    context = {
        "letter": row,
        "subject": subject,
        "blocks": [(one, letters.whole_address(one.address, get_language() or tongue)) for one in told],
        "lang": tongue if get_language() != tongue else "",
        "breadcrumbs": crumbs((subject, "")),
    }
    return render(request, "newsletter/letter.html", context)


def _sent(key: str) -> Letter:
    row = letters.public().filter(key=key).first()
    if row is None:
        raise Http404
    return row


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The letters for feed readers."""
    tongue = letters.tongue()
    every = feeds.Feed(
        title=_("Helsevev: newsletter"),
        about=_("The network's newsletter, about once a month."),
        language=tongue,
        home=settings.SITE_URL + reverse("newsletter:archive"),
        own=settings.SITE_URL + reverse("newsletter:feed", args=[form]),
        entries=[_news(one, tongue) for one in letters.public()[:PER_PAGE]],
    )
    return feeds.answer(request, every, form)


def _news(one: Letter, tongue: str) -> feeds.Entry:
    """Its subject, and the titles in it."""
    told = content.told(letters.blocks(one), tongue, content.CHOSEN)
    text = "; ".join(block.title for block in told if block.title)
    address = settings.SITE_URL + reverse("newsletter:letter", args=[one.key])
    assert one.began_at is not None  # it went out
    return feeds.Entry(f"newsletter-{one.key}", address, content.in_tongue(one.subjects, tongue), text, one.began_at)


@require_safe
def click(request: HttpRequest, key: str, link: int, token: str) -> HttpResponse:
    """On to where a link of a letter leads: to nowhere but where the letter itself says."""
    row = found(key)
    if not 1 <= link <= len(row.links):
        raise Http404
    headers = request.headers
    purpose = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}"
    clicking.note(row, link, token, request.method or "GET", headers.get("User-Agent", ""), purpose)
    answer = HttpResponseRedirect(letters.whole_address(row.links[link - 1], letters.tongue()))
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
