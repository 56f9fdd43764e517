"""Meetings for everyone: the calendar, one meeting, and files that other programs follow."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.ui.forms.saying import said
from helsevev.commons.ui.views import feeds
from helsevev.network.events.models import Meeting
from helsevev.network.events.panels import following
from helsevev.network.events.queries import files as telling
from helsevev.network.events.queries import meetings as asking
from helsevev.network.events.queries import people, remains
from helsevev.network.events.queries.meetings import Choices
from helsevev.network.events.rules import places
from helsevev.network.events.rules.meetings import KIND_NAMES, MODE_NAMES, Kind, Mode, State, refuse_register
from helsevev.network.events.views.door import allows, crumbs, public, told

PER_PAGE, IN_FEED = 30, 50


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What comes, or what has been, narrowed as the reader wants."""
    asked = request.GET
    choices = Choices(
        past=asked.get("when") == "past",
        kind=asked.get("kind", "")[:30],
        mode=asked.get("mode", "")[:10],
        series=asked.get("series", "")[:80],
        text=asked.get("q", "")[:100],
    )
    page = Paginator(asking.chosen(choices), PER_PAGE).get_page(asked.get("page"))
    kept = asked.copy()
    kept.pop("page", None)
    context = {
        "choices": choices,
        "is_narrowed": any((choices.kind, choices.mode, choices.series, choices.text)),
        "rows": [told(one) for one in page],
        "page": page,
        "query": kept.urlencode(),
        "kinds": [(one.value, _(name)) for one, name in KIND_NAMES.items()],
        "modes": [(one.value, _(MODE_NAMES[one])) for one in (Mode.SITE, Mode.DIGITAL)],
        "series": asking.series(),
        "keeps": allows(request, "keep_meetings"),
        "breadcrumbs": crumbs(),
    }
    return render(request, "events/calendar.html", context)


@require_safe
@csp_update({"media-src": [SELF]})  # type: ignore[arg-type] # its type knows no views with arguments
def meeting(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting: beforehand how to take part, afterwards what remains of it."""
    row = public(request, key)
    now = timezone.now()
    refusal = refuse_register(
        State(row.state), takes=row.takes_registrations, starts=row.begins, closes=row.closes, now=now
    )
    is_over = row.ends <= now
    context = {
        "meeting": row,
        **told(row),
        "points": row.points.select_related("initiative"),
        "may_register": refusal is None,
        "why_not": said(refusal) if refusal and row.takes_registrations and not is_over else "",
        "left": _left(row) if refusal is None else [],
        "is_over": is_over,
        "numbers": people.numbers(row) if is_over else None,
        "held": remains.held(row),
        "following": following.on_page(row, request.person),  # type: ignore[attr-defined] # a middleware sets it
        "keeps": allows(request, "keep_meetings"),
        "breadcrumbs": crumbs((row.title, "")),
        "robots": "noindex" if row.state == State.DRAFT else "",
    }
    return render(request, "events/meeting.html", context)


def _left(row: Meeting) -> list[tuple[str, int]]:
    """How many places are left by mode, where there is a limit; those who wait have them first."""
    inside = [*people.inside(row), *people.parties(row, "waiting")]
    found = ((mode, places.left(row.limits, inside, mode)) for mode in row.modes)
    return [(_(MODE_NAMES[mode]), left) for mode, left in found if left is not None]


@require_safe
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting for a calendar."""
    row = public(request, key)
    return ics(telling.calendar([row]), f"{row.key}.ics")


def ics(content: bytes, name: str) -> HttpResponse:
    """A calendar file."""
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """All meetings for calendars and feed readers."""
    if form == "ics":
        return ics(telling.calendar(asking.for_calendar()), "helsevev-meetings.ics")
    found = feeds.Feed(
        title=_("Helsevev: meetings"),
        about=_("Webinars, network meetings, seminars and courses."),
        language=get_language() or "nb",
        home=settings.SITE_URL + reverse("events:calendar"),
        own=settings.SITE_URL + reverse("events:feed", args=[form]),
        entries=[_news(one) for one in asking.for_feed(IN_FEED)],
    )
    return feeds.answer(request, found, form)


def _news(one: Meeting) -> feeds.Entry:
    text = f"{_(KIND_NAMES[Kind(one.kind)])}, {one.day.isoformat()}. {one.lead}".strip()
    return feeds.Entry(f"meeting-{one.key}", telling.address(one), one.title, text, one.made_at, one.changed_at)
