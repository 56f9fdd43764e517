"""Calls for everyone: the list, one call, its form to read beforehand, calendar file and feed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.forms.views import reading
from helsevev.commons.ui.views import feeds
from helsevev.network.applications.forms.following import FollowForm
from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import calls as telling
from helsevev.network.applications.queries import calls_files, papers
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds import Standing
from helsevev.network.applications.views.door import allows, public_round

MOST_IN_FEED = 20


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """Where a page of calls lies."""
    every = [(_("Calls"), reverse("applications:calls")), *further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """All calls that were ever published."""
    context = {
        "groups": telling.lines(timezone.now(), get_language() or "nb"),
        "form": FollowForm(),
        "breadcrumbs": crumbs(),
    }
    return render(request, "applications/calls.html", context)


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    """One call: who can apply, what is weighed and how, what guidance means, and where it stands."""
    round_ = public_round(request, code)
    now, language = timezone.now(), get_language() or "nb"
    standing = round_.standing(now)
    until, what = telling.ends(now, round_)
    met, weighed = telling.criteria(round_, language)
    context = {
        "round": round_,
        "line": telling.line(round_, now, language),
        "standing": standing.value,
        "texts": telling.texts(round_, language),
        "met": met,
        "weighed": weighed,
        "offer": telling.offer(round_, language),
        "until": until,
        "what": what,
        "left": telling.left(until, now),
        "seconds": max(int((until - now).total_seconds()), 0) if until else 0,
        "steps": showing.road(round_, now, language),
        "awards": telling.awards(round_, language) if standing is Standing.DECIDED else None,
        "project_address": reverse("portfolio:list"),
        "may_start": standing is Standing.OPEN,
        "keeps": allows(request, "see_rounds"),
        "breadcrumbs": crumbs((showing.name(round_), "")),
        "robots": "noindex" if standing is Standing.DRAFT else "",
    }
    return render(request, "applications/call.html", context)


@require_safe
def call_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form to read beforehand."""
    round_ = public_round(request, code)
    if round_.form is None:
        raise Http404
    where = crumbs((showing.name(round_), reverse("applications:call", args=[round_.code])), (_("The form"), ""))
    return reading.empty(request, round_.form, breadcrumbs=where)


@require_safe
def call_form_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on paper."""
    round_ = public_round(request, code)
    made = papers.empty_form(round_, get_language() or "nb")
    if made is None:
        raise Http404
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="helsevev-{round_.code}.pdf"'
    return response


@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The call's times for a calendar."""
    round_ = public_round(request, code)
    url = settings.SITE_URL + reverse("applications:call", args=[round_.code])
    response = HttpResponse(calls_files.calendar(round_, url), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="helsevev-{round_.code}.ics"'
    return response


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """Calls as a feed, the newest first."""
    language, now = get_language() or "nb", timezone.now()
    found = feeds.Feed(
        title=_("Helsevev: calls for applications"),
        about=_("Every call for applications when it is published."),
        language=language,
        home=settings.SITE_URL + reverse("applications:calls"),
        own=settings.SITE_URL + request.path,
        entries=[_entry(one, telling.line(one, now, language).lead) for one in _newest()],
    )
    return feeds.answer(request, found, form)


def _entry(one: Round, text: str) -> feeds.Entry:
    title = _("Call for applications: %(year)s, round %(number)s") % {"year": one.year, "number": one.number}
    return feeds.Entry(f"call-{one.code}", _full("call", one), title, text, one.published_at or one.made_at)


def _newest() -> list[Round]:
    return list(asking.public().filter(published_at__isnull=False).order_by("-published_at")[:MOST_IN_FEED])


def _full(name: str, round_: Round) -> str:
    return settings.SITE_URL + reverse(f"applications:{name}", args=[round_.code])
