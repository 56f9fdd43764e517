"""The pilot's own page: how it goes against its plan, what is to be foreseen, and what is decided at its reviews."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import crumbs, page
from helsevev.network.piloting.actions import pilots as acting
from helsevev.network.piloting.forms.working import ReviewForm
from helsevev.network.piloting.queries import pictures, pilots, telling
from helsevev.network.piloting.queries.pilots import Story
from helsevev.network.piloting.rules import PERMISSIONS, protocol
from helsevev.network.piloting.rules.forecasting import LEVEL_NAMES, Level, Outlook
from helsevev.network.piloting.rules.reviewing import CHOICE_NAMES, DECISION_NAMES, Choice, Decision
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.files import figure
from helsevev.network.piloting.views.typing import Kept, unjudged

COLORS = {
    Level.NONE: "info",
    Level.WATCH: "warning",
    Level.WARN: "danger",
    Level.MISSED: "danger",
    Level.REACHED: "success",
}


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest, key: str) -> HttpResponse:
    """The project's last pilot; where there is none, the way to begin one."""
    inside = door.room(request, key)
    if request.method == "POST":
        if not inside.may("offer", PERMISSIONS):
            raise Http404
        try:
            made = acting.begin(inside.initiative, inside.by)
        except Refused as refused:
            tell(request, refused)
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("piloting:edit", args=[key, made.number]))
    last = pilots.newest(inside.initiative)
    if last:
        return HttpResponseRedirect(reverse("piloting:one", args=[key, last.number]))
    context = {
        "heading": _("Pilot"),
        "may_begin": inside.may("offer", PERMISSIONS),
        "breadcrumbs": crumbs(inside, (_("Pilot"), "")),
    }
    return page(request, "piloting/begin", inside, context)


@require_http_methods(["GET", "HEAD"])
def one(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A pilot as it stands now, or as it stood on a day."""
    here = door.pilot(request, key, number)
    story = here.story
    asked = protocol.day(request.GET.get("on"))
    day = asked if asked and asked <= story.today else story.today
    found = story.outlook_on(day)
    pace = story.pace_on(day)
    context = {
        "heading": _("Pilot"),
        "here": here,
        "story": story,
        "day": day,
        "is_back": day != story.today,
        "outlook": said(found) if found else None,
        "pace": pace,
        "days": (min(day, pace.plan.last) - pace.plan.first).days if pace else 0,
        "unreported": [pictures.week_name(one) for one in pace.unreported] if pace else [],
        "figure": figure(story, day) if pace else None,
        "looks": [_look(one) for one in story.looks()],
        "reviews": _reviews(story),
        "decides": bool(story.now and here.inside.by in protocol.deciders(story.now.row.content)),
        "result": story.result,
        "decision": _(DECISION_NAMES[Decision(story.result.decision)]) if story.result else "",
        "others": [one for one in pilots.every(here.inside.initiative) if one.pk != story.pilot.pk],
        "may_write": here.may("write"),
        "may_count": here.may("count"),
        "may_begin": here.may("offer") and story.result is not None,
        "breadcrumbs": here.crumbs(),
    }
    return page(request, "piloting/pilot", here.inside, context)


def said(found: Outlook) -> dict[str, object]:
    """A forecast in words."""
    return {
        "sentence": _(found.sentence) % dict(found.values),
        "name": _(LEVEL_NAMES[found.level]),
        "color": COLORS[found.level],
        "vague": pictures.forecast(found.vague.mean, found.vague.low, found.vague.high),
        "plan": pictures.forecast(found.plan.mean, found.plan.low, found.plan.high),
        "vague_chance": pictures.chance(found.vague.chance),
        "plan_chance": pictures.chance(found.plan.chance),
    }


def _look(found: Outlook) -> dict[str, object]:
    """A row of what was to be foreseen on each look."""
    pace = found.pace
    until = pace.until or pace.plan.first
    return said(found) | {
        "on": until,
        "day": (until - pace.plan.first).days,
        "included": pace.included,
        "query": f"?on={until.isoformat()}",
    }


def _reviews(story: Story) -> list[dict[str, object]]:
    """Each planned review, with what was decided."""
    what = (
        {protocol.day(row.get("on")): row.get("what", "") for row in protocol.rows(story.now.content, "reviews")}
        if story.now
        else {}
    )
    rows: list[dict[str, object]] = []
    for day in sorted({*story.planned_reviews, *story.held}):
        held = story.held.get(day)
        choice = _(CHOICE_NAMES[Choice(held.choice)]) if held else ""
        rows.append({"on": day, "what": what.get(day, ""), "held": held, "choice": choice, "due": day <= story.today})
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: str, number: int, planned: str) -> HttpResponse:
    """Write down what was decided at a review; only for the deciders whom the protocol names."""
    here = door.pilot(request, key, number)
    day = protocol.day(planned)
    if day is None or here.story.now is None or day not in here.story.planned_reviews:
        raise Http404
    if here.inside.by not in protocol.deciders(here.story.now.row.content):
        raise Http404
    initial = {"planned": day, "held": min(day, here.story.today)}
    kept = Kept.at(request, here.inside, f"pilot-{number}-review-{planned}")
    if kept.is_thrown:
        return HttpResponseRedirect(request.path)
    form = ReviewForm(request.POST if request.method == "POST" else kept.data, initial=initial)
    if kept.data:
        unjudged([form])
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sent = acting.Reviewed(day, given["held"], Choice(given["choice"]), given["why"], given["token"])
        try:
            acting.review(here.story.pilot, sent, here.inside.user)
        except Refused as refused:
            faults = door.told(refused)
        else:
            kept.done()
            messages.success(request, _("The review is kept."))
            return HttpResponseRedirect(reverse("piloting:one", args=here.args))
    found = here.story.outlook_on(day)
    heading = _("Review planned for %(day)s") % {"day": telling.day(day)}
    context = {
        **kept.context,
        "heading": heading,
        "form": form,
        "faults": faults,
        "outlook": said(found) if found else None,
        "rules": [part for part in telling.protocol_parts(here.story.now.content) if part.title in rule_titles()],
        "back": reverse("piloting:one", args=here.args),
        "breadcrumbs": here.crumbs((heading, "")),
    }
    return page(request, "piloting/review", here.inside, context, status=422 if faults or form.errors else 200)


def rule_titles() -> set[str]:
    """The parts of the protocol that a review weighs."""
    return {_(name) for name in protocol.ACT_NAMES.values()}
