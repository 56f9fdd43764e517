"""What a pilot gave: what was learned, what is decided, and what others should know."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import page
from helsevev.network.piloting.actions import pilots as acting
from helsevev.network.piloting.forms.rows import Rows
from helsevev.network.piloting.forms.working import OutcomeRow, ResultForm, WhyForm
from helsevev.network.piloting.models import PilotResult
from helsevev.network.piloting.queries import telling
from helsevev.network.piloting.rules import protocol
from helsevev.network.piloting.rules.reviewing import DECISION_NAMES, Decision
from helsevev.network.piloting.views import door
from helsevev.network.piloting.views.typing import Kept, unjudged


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The result to read, and the form to give it or tell it anew."""
    here = door.pilot(request, key, number)
    story, last = here.story, here.story.result
    may_give = here.may("give_result") and story.now is not None
    if request.method == "POST" and not here.may("give_result"):
        raise Http404
    kept = Kept.at(request, here.inside, f"pilot-{number}-result")
    if kept.is_thrown:
        return HttpResponseRedirect(request.path)
    is_sent = request.method == "POST"
    data: QueryDict | None = request.POST if is_sent else None
    wants = may_give and (data is not None or last is None or "anew" in request.GET)
    data = data if is_sent else kept.data
    form = ResultForm(data, initial=_initial(last)) if wants else None
    rows = Rows(OutcomeRow, "outcomes", data, _outcomes(here), extra=1) if wants else None
    why = WhyForm(data) if wants and last else None
    faults: list[str] = []
    if kept.data and form and rows:
        unjudged([form, *rows.forms, *([why] if why else [])])
    if is_sent and form and rows and all([form.is_valid(), rows.is_valid(), why is None or why.is_valid()]):
        given = form.cleaned_data
        sent = acting.Given(
            learned=given["learned"],
            decision=Decision(given["decision"]),
            reason=given["reason"],
            others=given["others"],
            outcomes=rows.rows(),
            why=why.cleaned_data["why"] if why else "",
            seen=given["seen"],
        )
        try:
            acting.give_result(story.pilot, sent, here.inside.user)
        except Refused as refused:
            faults = door.told(refused)
        else:
            kept.done()
            messages.success(request, _("The result is kept."))
            return HttpResponseRedirect(request.path)
    heading = _("Result of the pilot")
    context = {
        **kept.context,
        "heading": heading,
        "here": here,
        "result": last,
        "decision": _(DECISION_NAMES[Decision(last.decision)]) if last else "",
        "outcomes": [telling.outcome(row) for row in last.outcomes] if last else [],
        "earlier": list(PilotResult.objects.filter(pilot=story.pilot)[1:]),
        "form": form,
        "rows": rows,
        "why": why,
        "faults": faults,
        "may_give": may_give,
        "no_protocol": story.now is None,
        "experience_url": reverse("piloting:experience", args=[key]),
        "breadcrumbs": here.crumbs((heading, "")),
    }
    return page(request, "piloting/result", here.inside, context, 422 if is_sent else 200)


def _initial(last: PilotResult | None) -> dict[str, object]:
    if last is None:
        return {"seen": 0}
    kept = {name: getattr(last, name) for name in ("learned", "decision", "reason", "others")}
    return {**kept, "seen": last.number}


def _outcomes(here: door.Here) -> list[dict[str, object]]:
    """What was measured last time, else a row for each measure of the protocol."""
    if here.story.result:
        return [dict(row) for row in here.story.result.outcomes]
    content = here.story.now.content if here.story.now else {}
    return [{"measure": row.get("indicator") or row.get("name", "")} for row in protocol.rows(content, "measures")]
