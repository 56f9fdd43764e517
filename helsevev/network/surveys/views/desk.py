"""The list of surveys, making one, and the desk from which one is run."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.forms import queries as forms
from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import all_said, tell
from helsevev.core.surveys import asking
from helsevev.core.words import Refused
from helsevev.network.surveys.actions import making, moving
from helsevev.network.surveys.forms.making import DetailsForm, MakeForm
from helsevev.network.surveys.queries import counting, surveys
from helsevev.network.surveys.rules import PERMISSIONS
from helsevev.network.surveys.rules.states import KIND_NAMES, STATE_NAMES, Kind, State, Step, steps
from helsevev.network.surveys.views import door

NETWORKS = (Kind.SATISFACTION, Kind.EVALUATION)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is published; and what one keeps."""
    person, language = door.person_on(request), door.language()
    mine = surveys.kept_by(person)
    context = {
        "published": [(one, surveys.name_of(one, language), counting.rates(one)) for one in surveys.published()],
        "kept": [(one, surveys.name_of(one, language), _(STATE_NAMES[State(one.state)])) for one in mine],
        "may_make": bool(_kinds(request)),
        "breadcrumbs": [{"label": _("Surveys")}],
    }
    return door.page(request, "list", {**context, "robots": ""})


def _kinds(request: HttpRequest) -> list[Kind]:
    """What somebody may make."""
    person = door.person_on(request)
    found = list(NETWORKS) if may(person, "keep", PERMISSIONS) else []
    return [*found, Kind.PROJECT] if surveys.projects_of(person) else found


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Two steps on one page: what is asked, then how."""
    kinds, language = _kinds(request), door.language()
    if not kinds:
        raise Http404
    asked = {form.key: version for form, version in surveys.forms_to_ask()}
    named = [(key, forms.compiled(one).title.in_language(language) or key) for key, one in asked.items()]
    projects = surveys.projects_of(door.person_on(request))
    given = request.POST or ({**request.GET.dict()} if "form" in request.GET else None)
    form = MakeForm(given, kinds, named, projects)
    if given is None:
        form.initial = {"year": surveys.this_year(), "kind": kinds[0].value}
    details, why = None, []
    if given is not None and form.is_valid():
        version = asked[form.cleaned_data["form"]]
        questions = asking.questions(forms.compiled(version))
        details = DetailsForm(request.POST or None, questions, language)
        if request.method == "POST" and details.is_valid():
            initiative = next((one for one in projects if one.key == form.cleaned_data["initiative"]), None)
            made = making.Made(
                kind=Kind(form.cleaned_data["kind"]),
                version=version,
                year=form.cleaned_data["year"],
                initiative=initiative,
                about=details.cleaned_data["about"],
                groupings=tuple(details.cleaned_data["groupings"]),
                last_day=details.cleaned_data["last_day"],
                has_link=details.cleaned_data["has_link"],
                handed_out=details.cleaned_data["handed_out"],
            )
            try:
                survey = making.make(made, door.person_on(request).key)
            except Refused as refused:
                why = all_said(refused)
            else:
                return HttpResponseRedirect(reverse("surveys:desk", args=[survey.key]))
    context = {"form": form, "details": details, "why": why, "breadcrumbs": door.crumbs((_("Make a survey"), ""))}
    return door.page(request, "new", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """How a survey stands, and what can be done with it now."""
    survey, language = door.kept(request, key), door.language()
    name = surveys.name_of(survey, language)
    state = State(survey.state)
    questions = {one.key: one for one in asking.questions(surveys.form_of(survey))}
    context = {
        "survey": survey,
        "name": name,
        "kind": _(KIND_NAMES[Kind(survey.kind)]),
        "state": _(STATE_NAMES[state]),
        "rates": counting.rates(survey),
        "groupings": [questions[one].text.in_language(language) for one in survey.groupings if one in questions],
        "can": {step.value: True for step in steps(state)},
        "link": request.build_absolute_uri(reverse("surveys:by_link", args=[survey.link])) if survey.link else "",
        "has_words": state is State.COUNTED and survey.remarks.exists(),
        "told": forms.empty(surveys.form_of(survey), language),
        "breadcrumbs": door.crumbs((name, "")),
    }
    return door.page(request, "desk", context)


@require_POST
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Something is done with it."""
    survey = door.kept(request, key)
    by = door.person_on(request).key
    try:
        wanted = Step(request.POST.get("step", ""))
        if wanted is Step.REMIND:
            number = making.remind(survey, by)
            said = ngettext("One person is reminded.", "%(number)s people are reminded.", number)
            messages.success(request, said % {"number": number})
        else:
            moving.move(survey, wanted, by)
    except ValueError:
        raise Http404 from None
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(reverse("surveys:desk", args=[key]))
