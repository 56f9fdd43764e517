"""An application's own pages: begun, seen as a whole, filled in, with what it builds on."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.forms.views import filling
from helsevev.commons.initiatives.models import Lineage
from helsevev.commons.people.models import User
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import refuse, said, tell
from helsevev.core.sides import NEEDED, SIDE_NAMES
from helsevev.core.words import Refused
from helsevev.network.applications.actions import applying as acting
from helsevev.network.applications.forms.applying import (
    KINDS,
    AttachForm,
    BeginForm,
    InviteForm,
    OriginForm,
    PartnerForm,
)
from helsevev.network.applications.models import Application
from helsevev.network.applications.panels import beside
from helsevev.network.applications.queries import alike, earlier
from helsevev.network.applications.queries import applying as asking
from helsevev.network.applications.queries import applying_form as changing
from helsevev.network.applications.queries import calls as telling
from helsevev.network.applications.queries import rounds as rounds_asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules import applying as rules
from helsevev.network.applications.views.applying_door import Inside, back, crumbs, let_in
from helsevev.network.applications.views.door import person_on, public_round, unkept


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The applications that one writes, signs for or may take over."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    language = get_language() or "nb"
    context = {
        "rows": [_line(one, language) for one in asking.of_person(person_on(request))],
        "breadcrumbs": [{"label": _("My applications")}],
        "robots": "noindex",
    }
    return unkept(render(request, "applications/mine.html", context))


def _line(application: Application, language: str) -> dict[str, object]:
    step = rounds_asking.steps(application.round).step(application.step)
    return {"application": application, "round": showing.name(application.round), "step": step.name(language)}


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an application; who isn't signed in does so first, and who may not is told who can."""
    round_ = public_round(request, code)
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    now, owners = timezone.now(), asking.may_start_in(person_on(request))
    refusal = rules.refuse_start(asking.call(round_), now)
    form = BeginForm(request.POST if request.method == "POST" else None, owners=owners)
    if owners and form.is_bound and form.is_valid():
        made = form.cleaned_data
        chosen = earlier.project(made["continues"]) if made["continues"] else None
        language = get_language() or "nb"
        wanted = acting.Beginning(round_, made["owner"], made["title"], language, made["token"], chosen)
        try:
            application = acting.begin(request.user, wanted, now)
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(reverse("applications:application", args=[application.key]))
    context = {
        "round": round_,
        "name": showing.name(round_),
        "form": form,
        "owners": owners,
        "why_not": said(refusal) if refusal else "",
        "breadcrumbs": [
            {"label": _("Calls"), "url": reverse("applications:calls")},
            {"label": showing.name(round_), "url": reverse("applications:call", args=[round_.code])},
            {"label": _("Apply")},
        ],
        "robots": "noindex",
    }
    return unkept(render(request, "applications/begin.html", context, status=422 if form.errors else 200))


@require_safe
def application(request: HttpRequest, key: object) -> HttpResponse:
    """The application as a whole: the rule of both sides, what is missing, who takes part, and what is like it."""
    return unkept(render(request, "applications/application.html", page_of(let_in(request, key))))


def page_of(inside: Inside, **forms: object) -> dict[str, object]:
    """What the application's own page shows; forms with faults stand in for empty ones."""
    row, language = inside.application, get_language() or "nb"
    standing = asking.Standing(row)
    refusal = asking.refuse_write(row, inside.now)
    until, what = telling.ends(inside.now, row.round)
    edits = refusal is None and row.sheet.state == "draft"
    may_write = inside.access.writes and edits
    return {
        "application": row,
        "has_newer_form": may_write and changing.is_old(row),
        "access": inside.access,
        "standing": standing,
        "sides": _sides(standing, inside.access.signs_for),
        "both_sides": not standing.missing_sides,
        "missing": standing.progress.missing,
        "wrong": standing.progress.wrong,
        "clashes": standing.progress.clashes,
        "criteria": asking.eligibility(row, language),
        "may_write": may_write,
        "may_lead": inside.access.leads and edits,
        "may_reopen": inside.access.leads and refusal is None and not edits,
        "why_not": said(refusal) if refusal else "",
        "is_withdrawn": asking.kind(row).value == "withdrawn",
        "until": until,
        "what": what,
        "left": telling.left(until, inside.now),
        "seconds": max(int((until - inside.now).total_seconds()), 0) if until else 0,
        "round": row.round,
        "round_name": showing.name(row.round),
        "steps": showing.road(row.round, inside.now, language),
        "ways": beside.from_application(row),
        "files": asking.attached(row),
        "origins": [
            {"origin": one, "kind": KINDS[Lineage.Kind(one.kind)]} for one in row.origins.select_related("initiative")
        ],
        "invite_form": InviteForm(prefix="invite"),
        "partner_form": PartnerForm(prefix="partner"),
        "attach_form": AttachForm(),
        "breadcrumbs": crumbs(inside),
        "robots": "noindex",
        **_likeness(row, language, may_write=may_write),
        **forms,
    }


def _sides(standing: asking.Standing, signs_for: tuple[str, ...]) -> list[dict[str, object]]:
    """Each side with its organisations, and which of them the reader may confirm for."""
    return [
        {
            "name": _(SIDE_NAMES[side]),
            "needed": side in NEEDED,
            "is_met": side in NEEDED and side not in standing.missing_sides,
            "partners": [{"partner": one, "signs": one.organisation.key in signs_for} for one in partners],
        }
        for side, partners in standing.sides
        if partners or side in NEEDED
    ]


def _likeness(row: Application, language: str, *, may_write: bool) -> dict[str, object]:
    """The five projects most like it, each with a form to say how it stands to it."""
    found = alike.five(row, language)
    chosen = {one.initiative.key for one in row.origins.select_related("initiative")}
    return {
        "alike": [
            {
                "project": one,
                "is_chosen": one.key in chosen,
                "form": OriginForm(initial={"project": one.key}, auto_id=f"%s-{one.key}")
                if may_write and one.key not in chosen
                else None,
            }
            for one in found
        ]
    }


@require_http_methods(["GET", "HEAD", "POST"])
def newer_form(request: HttpRequest, key: object) -> HttpResponse:
    """Go over to the call's newer form: what stays, what is asked otherwise, what is new and what is asked no more."""
    inside = let_in(request, key, "writes")
    if request.method == "POST":
        seen = request.POST.get("version", "")
        try:
            acting.go_over(inside.application, int(seen) if seen.isdecimal() else 0, inside.by, inside.now)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("The application is written in the newer form now. Every answer is kept."))
            return HttpResponseRedirect(reverse("applications:form", args=[inside.application.key]))
    found = changing.newer(inside.application, get_language() or "nb")
    if found is None:
        return back(inside)
    context = {
        "application": inside.application,
        "found": found,
        "breadcrumbs": crumbs(inside, _("Newer form")),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/newer_form.html", context))


@filling.fill_view
def form(request: HttpRequest, key: object) -> HttpResponse:
    """The form, field by field, for all who write at once."""
    inside = let_in(request, key)
    row, language = inside.application, get_language() or "nb"
    refusal = asking.refuse_write(row, inside.now)
    may_write = inside.access.writes and refusal is None and row.sheet.state == "draft"
    beside = {
        "application": row,
        "criteria": asking.eligibility(row, language) if request.method == "GET" else [],
        "alike": alike.five(row, language) if request.method == "GET" and may_write else [],
        "both_sides": not rules.missing_sides(asking.partners(row)),
        "overview_url": inside.url,
        "newer_form_url": reverse("applications:newer_form", args=[row.key])
        if may_write and changing.is_old(row)
        else "",
    }
    desk = filling.Desk(
        person=inside.by,
        may_write=may_write,
        why_not=refusal,
        title=row.title,
        breadcrumbs=crumbs(inside, _("The form")),
        after=reverse("applications:send", args=[row.key]) if inside.access.leads else inside.url,
        after_label=_("Read through and send") if inside.access.leads else _("Back to the application"),
        context=beside,
        template="applications/fill.html",
    )
    answer = filling.page(request, row.sheet, desk)
    if request.method == "POST":
        acting.follow_title(row)
    return answer


@require_POST
def choose_origin(request: HttpRequest, key: object) -> HttpResponse:
    """Mark the application as building on an earlier project."""
    inside = let_in(request, key, "writes")
    given = OriginForm(request.POST)
    project = earlier.project(given.cleaned_data["project"]) if given.is_valid() else None
    if project is None:
        raise Http404
    try:
        acting.choose_origin(inside.application, project, given.cleaned_data["kind"], inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("Marked. What the project says is filled in where nobody had written."))
    return back(inside, "alike")


@require_POST
def drop_origin(request: HttpRequest, key: object) -> HttpResponse:
    """Take the mark away."""
    inside = let_in(request, key, "writes")
    try:
        acting.drop_origin(inside.application, request.POST.get("kind", "")[:15], inside.by, inside.now)
    except Refused as refused:
        tell(request, refused)
    return back(inside, "alike")
