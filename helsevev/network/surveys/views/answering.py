"""The respondent's page: what it is, the questions, and thanks. No cookie is set, and nothing is kept before “Send”.

A look at the page changes nothing, so programs that open links in letters burn none: “Begin” and “Send” are pressed.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.forms import sending
from helsevev.commons.forms.forms.questions import BASE, DO
from helsevev.commons.forms.views.laying import Page
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.questionnaire import paths
from helsevev.core.questionnaire.evaluating import Evaluation, evaluate
from helsevev.core.questionnaire.model import Questionnaire, Value
from helsevev.core.surveys.splitting import split
from helsevev.core.words import Refused
from helsevev.network.surveys.actions import answering, making
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.queries import surveys
from helsevev.network.surveys.rules.states import State
from helsevev.network.surveys.views import door

SALT = "surveys.begun"
SEAL = "!begun"
THANKS = "thanks"
TWICE_SECONDS = 600


@dataclass(frozen=True)
class Came:
    """Somebody who came by a link: to which survey, and by which invitation, if any."""

    survey: Survey
    invitation: Invitation | None = None

    @property
    def is_used(self) -> bool:
        """Whether the link has been used."""
        return self.invitation is not None and self.invitation.answered


# The link itself says who may answer, and a page of another site has none: there is no cookie to misuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """By a link of one's own."""
    found = Invitation.objects.select_related("survey__version__form", "survey__initiative")
    row = found.filter(token_digest=making.digest(token)).first()
    if row is None or row.survey.state == State.DRAFT:
        raise Http404
    return _page(request, Came(row.survey, row))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By a link that lies open."""
    found = Survey.objects.select_related("version__form", "initiative").filter(link=token).first()
    if found is None or found.state == State.DRAFT:
        raise Http404
    return _page(request, Came(found))


def _page(request: HttpRequest, came: Came) -> HttpResponse:
    verb = request.POST.get(DO, "") if request.method == "POST" else ""
    began = _began(request, came.survey)
    if came.is_used or (not verb and THANKS in request.GET):
        return _told(request, came, "thanks")
    if verb == "begin" and came.survey.state == State.OPEN:
        answering.begin(came.survey, came.invitation)
        return _asked(request, came, QueryDict())
    if verb and began is not None:
        return _send(request, came, began) if verb == "send" else _asked(request, came, request.POST)
    return _told(request, came, "begin" if came.survey.state == State.OPEN else "closed")


def _told(request: HttpRequest, came: Came, what: str) -> HttpResponse:
    context = {
        **_frame(came.survey),
        "what": what,
        "late": "late" in request.GET,
        "is_own": came.invitation is not None,
    }
    return _shown(request, "begin", context)


def _shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page whose address, which is the link, is told to no other page."""
    answer = door.page(request, template, context, status)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _frame(survey: Survey) -> dict[str, Any]:
    form, language = surveys.form_of(survey), door.language()
    return {
        "survey": survey,
        "title": form.title.in_language(language),
        "description": form.description.in_language(language),
        "owner": survey.initiative,
        "do": DO,
    }


def _send(request: HttpRequest, came: Came, began: float) -> HttpResponse:
    """Keep what is answered, or say why not with all of it still there."""
    form = surveys.form_of(came.survey)
    found = evaluate(form, _typed(form, request.POST))
    if not found.is_complete:
        return _asked(request, came, request.POST, checks=True)
    once = request.POST.get(SEAL, "")
    if came.invitation is None and caches["rates"].get(f"sent:{once}"):
        return HttpResponseRedirect(f"?{THANKS}=1")
    try:
        state = answering.answer(came.survey, came.invitation, split(found), began)
    except Refused as refused:
        return _asked(request, came, request.POST, why=all_said(refused))
    # In this process's memory alone, so that a page that is sent twice isn't counted twice.
    caches["rates"].set(f"sent:{once}", 1, TWICE_SECONDS)
    return HttpResponseRedirect(f"?{THANKS}=1" + ("&late=1" if state is State.CLOSED else ""))


def _asked(
    request: HttpRequest, came: Came, data: QueryDict, *, checks: bool = False, why: list[str] | None = None
) -> HttpResponse:
    """The questions, with what is typed."""
    form = surveys.form_of(came.survey)
    found = evaluate(form, _typed(form, data))
    came.survey.refresh_from_db(fields=["state"])
    context = {
        **_frame(came.survey),
        "laid": Page(found, {}, [], {}, "", checks=checks).lay_out(found.top),
        "names": {"do": DO, "seal": SEAL},
        "seal": data.get(SEAL) or _sign(came.survey),
        "checks": checks,
        "why": why or [],
        "is_closed": came.survey.state != State.OPEN,
        "is_waited_for": came.survey.state == State.CLOSED and not why,
        "answers": _answers(form, found) if why else [],
        "has_conditions": any(item.conditions for item in form.by_link_id.values()),
    }
    return _shown(request, "answer", context, 409 if why else 200)


def _answers(form: Questionnaire, found: Evaluation) -> list[Any]:
    """What was written, to be read and copied where it can't be kept."""
    typed = {path: spot.raw for path, spot in found.spots.items() if spot.raw is not None}
    return list(forms.told(form, typed, door.language()))


def _typed(form: Questionnaire, data: QueryDict) -> dict[str, Value]:
    """What stands on the page, by place."""
    found: dict[str, Value] = {}
    for name in data:
        path = name.removeprefix(BASE)
        item = form.by_link_id.get(paths.link_id(path)) if name.startswith(BASE) and paths.is_path(path) else None
        if item is not None:
            found[path] = sending.typed(item, path, data)
    return found


def _sign(survey: Survey) -> str:
    """That somebody began now: it stands on their page, and nowhere else."""
    return signing.dumps([survey.key, timezone.now().timestamp()], salt=SALT)


def _began(request: HttpRequest, survey: Survey) -> float | None:
    """When the page that comes back was first shown; None where it isn't ours."""
    try:
        key, at = signing.loads(request.POST.get(SEAL, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return float(at) if key == survey.key else None
