"""The guide that a project works by: adopted, changed here with the difference in sight, ticked off, and renewed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.workspace.actions import guides as acting
from helsevev.network.workspace.forms.guides import AddForm, EntryForm
from helsevev.network.workspace.models import AdoptedGuide, GuideVersion
from helsevev.network.workspace.queries import guides as asking
from helsevev.network.workspace.rules import guides as rules
from helsevev.network.workspace.views.door import ROADMAP, Inside, Typed, crumbs, enter, language, page, to

# Where a template's links lead within the workspace.
PLACES = ("words", "stakeholders", "plan", "risks", "roadmap")


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """The project's edition; or the guides that it can adopt."""
    inside = enter(request, key)
    row = asking.adopted(inside.initiative)
    frame = {"here": "guide", "breadcrumbs": crumbs(inside, ROADMAP, (_("Guide"), ""))}
    if row is None:
        return page(request, "guides", inside, _("Guide"), {**frame, "offered": asking.offered(language())})
    edition = asking.Edition(row, language())
    context = {
        **frame,
        "edition": edition,
        "sorts": {one.value: _(name) for one, name in rules.SORT_NAMES.items()},
        "different": [
            {
                "entry": one,
                "pieces": pieces,
                "sort": _(rules.SORT_NAMES[one.sort]),
                "kind": _(rules.KIND_NAMES[one.kind]),
            }
            for one, pieces in edition.different
        ],
        "places": {one: reverse(f"workspace:{one}", args=[key]) for one in PLACES},
    }
    return page(request, "guide", inside, edition.title, context)


def _adopted(inside: Inside) -> AdoptedGuide:
    row = asking.adopted(inside.initiative)
    if row is None:
        raise Http404
    return row


@require_POST
def adopt(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Work by a guide from now on."""
    inside = enter(request, key, "write")
    version = get_object_or_404(GuideVersion, pk=pk)
    try:
        acting.adopt(inside.initiative, version, inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The project works by this guide now. Change what must be otherwise here."))
    return to(inside, "guide")


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, key: str, entry: str) -> HttpResponse:
    """Say a line in the project's own words."""
    inside = enter(request, key, "write")
    row = _adopted(inside)
    edition = asking.Edition(row, language())
    one = edition.entry(entry)
    if one is None:
        raise Http404
    place = f"guide/{entry}"
    if Typed.is_thrown(request, inside, place):
        return to(inside, "guide")
    typed = Typed.open(request, inside, place, EntryForm, {"text": one.text})
    if request.method == "POST" and typed.form.is_valid():
        try:
            acting.rewrite(row, entry, typed.form.cleaned_data["text"], inside.by)
        except Refused as refused:
            typed.refuse(refused, "text")
        else:
            typed.done()
            return to(inside, "guide", anchor=entry)
    context = {
        **typed.context,
        "intro": one.template,
        "cancel_url": reverse("workspace:guide", args=[key]),
        "breadcrumbs": crumbs(inside, ROADMAP, (_("Guide"), reverse("workspace:guide", args=[key])), (_("Change"), "")),
    }
    return page(request, "row", inside, _("Change it here"), context, typed.status)


@require_POST
def change(request: HttpRequest, key: str, entry: str) -> HttpResponse:
    """Tick a line, take it out, or make it the template's again: as the button says."""
    inside = enter(request, key, "write")
    row = _adopted(inside)
    try:
        match request.POST.get("do"):
            case "done":
                acting.tick(row, entry, timezone.localdate(), inside.by)
            case "undone":
                acting.tick(row, entry, None, inside.by)
            case "drop":
                acting.drop(row, entry, inside.by)
            case "template":
                acting.as_template(row, entry, inside.by)
            case _:
                raise Http404
    except Refused as refused:
        tell(request, refused)
    return to(inside, "guide", anchor=entry)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """A line of the project's own."""
    inside = enter(request, key, "write")
    row = _adopted(inside)
    titles = {one.id: one.title for part in asking.Edition(row, language()).parts for one in part.steps}
    if step not in titles:
        raise Http404
    place = f"guide/{step}/new"
    if Typed.is_thrown(request, inside, place):
        return to(inside, "guide")
    typed = Typed.open(request, inside, place, AddForm, {})
    if request.method == "POST" and typed.form.is_valid():
        given = typed.form.cleaned_data
        try:
            acting.add(row, step, given["kind"], given["text"], inside.by)
        except Refused as refused:
            typed.refuse(refused)
        else:
            typed.done()
            return to(inside, "guide", anchor=step)
    context = {
        **typed.context,
        "cancel_url": reverse("workspace:guide", args=[key]),
        "breadcrumbs": crumbs(
            inside, ROADMAP, (_("Guide"), reverse("workspace:guide", args=[key])), (titles[step], "")
        ),
    }
    return page(request, "row", inside, _("Add to “%(step)s”") % {"step": titles[step]}, context, typed.status)


@require_POST
def take_up(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Go on with a newer version."""
    inside = enter(request, key, "write")
    row = _adopted(inside)
    try:
        acting.take_up(row, get_object_or_404(GuideVersion, pk=pk), inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The project works by the newer version. What is different here is still so."))
    return to(inside, "guide")
