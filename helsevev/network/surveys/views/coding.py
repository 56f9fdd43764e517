"""Words read by people and sorted into themes, one question at a time, in an order that says nothing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from helsevev.commons.ui.forms.saying import tell
from helsevev.core.surveys import asking
from helsevev.core.words import Refused
from helsevev.network.surveys.actions import moving
from helsevev.network.surveys.queries import surveys
from helsevev.network.surveys.rules.states import State
from helsevev.network.surveys.views import door

FIELD = "theme/"
ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, key: str) -> HttpResponse:
    """The texts of one question with their themes. What is read is never shown to anybody but the survey's keepers."""
    survey, language = door.kept(request, key), door.language()
    if survey.state != State.COUNTED:
        raise Http404
    written = set(survey.remarks.values_list("question", flat=True).distinct())
    open_questions = asking.open_questions(surveys.form_of(survey))
    named = {one: text.in_language(language) for one, text in open_questions.items() if one in written}
    if not named:
        raise Http404
    asked = request.GET.get("question", "")
    question = asked if asked in named else next(iter(named))
    given = request.GET.get("page", "")
    page = int(given) if given.isdecimal() and 0 < len(given) < 6 else 1
    if request.method == "POST":
        chosen = {name.removeprefix(FIELD): request.POST[name] for name in request.POST if name.startswith(FIELD)}
        try:
            number = moving.sort(survey, chosen, door.person_on(request).key)
            said = ngettext("One text is sorted.", "%(number)s texts are sorted.", number)
            messages.success(request, said % {"number": number})
        except Refused as refused:
            tell(request, refused)
        return HttpResponseRedirect(f"?{urlencode({'question': question, 'page': str(page)})}")
    rows = survey.remarks.filter(question=question).select_related("theme").order_by("pk")
    total = rows.count()
    name = surveys.name_of(survey, language)
    context = {
        "survey": survey,
        "question": named[question],
        "tabs": [
            {"label": label, "url": f"?{urlencode({'question': one})}", "current": one == question}
            for one, label in named.items()
        ],
        "rows": rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "total": total,
        "next": f"?{urlencode({'question': question, 'page': str(page + 1)})}" if page * ON_A_PAGE < total else "",
        "themes": survey.themes.filter(question=question),
        "breadcrumbs": door.crumbs((name, reverse("surveys:desk", args=[key])), (_("Sort into themes"), "")),
    }
    return door.page(request, "words", context)
