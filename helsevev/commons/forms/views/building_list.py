"""The list of forms, one form with its versions and use, and making a new one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.forms.building import KINDS, StartForm
from helsevev.commons.forms.models import Form
from helsevev.commons.forms.queries import building as asking
from helsevev.commons.forms.views.building import crumbs, form_or_404, let_in, title_of
from helsevev.commons.people.queries import actor_names
from helsevev.core.questionnaire_building import importing


def _title(one: asking.Listed) -> str:
    return one.title.get(get_language() or "nb") or next(iter(one.title.values()), one.key)


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Every form: its versions, its draft, and whether anybody answers it."""
    let_in(request)
    names = dict(KINDS)
    rows = [(one, _title(one), names[Form.Kind(one.kind)]) for one in asking.listed()]
    return render(request, "forms/building_list.html", {"rows": rows, **crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Make a new form, empty or from another."""
    by = let_in(request)
    sources = [(one.key, _title(one)) for one in asking.listed()]
    entered = StartForm(request.POST or None, sources=sources)
    if request.method == "POST" and entered.is_valid():
        given = entered.cleaned_data
        made = acting.start(given["title"], given["kind"], by, _content(given["source"]))
        return HttpResponseRedirect(reverse("forms:edit", args=[made.key]))
    context = {"form": entered, **crumbs(None, "", {"label": _("New form")})}
    context["breadcrumbs"] = [{"label": _("Forms"), "url": reverse("forms:list")}, {"label": _("New form")}]
    return render(request, "forms/building_start.html", context, status=422 if entered.errors else 200)


def _content(key: str) -> dict[str, object] | None:
    """What another form asks: its newest version, else its draft."""
    found = asking.form(key) if key else None
    if found is None:
        return None
    newest, draft = found.versions.first(), asking.draft_of(found)
    content: dict[str, object] | None = newest.questionnaire if newest else draft.questionnaire if draft else None
    return content


@require_safe
def form(request: HttpRequest, key: str) -> HttpResponse:
    """One form: its draft, its versions, and where they are answered."""
    let_in(request)
    found = form_or_404(key)
    draft, versions = asking.draft_of(found), asking.versions(found)
    held = draft.questionnaire if draft else versions[0].questionnaire if versions else {}
    title = title_of(held, get_language() or "nb") or found.key
    names = actor_names({one.published_by for one in versions} | ({draft.changed_by} if draft else set()))
    context = {
        "form": found,
        "title": title,
        "kind": dict(KINDS)[Form.Kind(found.kind)],
        "draft": draft,
        "drafted_by": names.get(draft.changed_by, "") if draft else "",
        "questions": importing.count(held),
        "versions": [(one, names.get(one.published_by, ""), importing.count(one.questionnaire)) for one in versions],
        "uses": asking.uses(found),
        "may_compare": len(versions) + bool(draft) > 1,
        **crumbs(found, title),
    }
    return render(request, "forms/building_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def throw(request: HttpRequest, key: str) -> HttpResponse:
    """Ask before the draft is thrown away, and throw it away."""
    by = let_in(request)
    found = form_or_404(key)
    draft = asking.draft_of(found)
    if draft is None:
        raise Http404
    if request.method == "POST":
        acting.throw_draft_away(draft, by)
        messages.success(request, _("The draft is thrown away."))
        kept = asking.form(key)
        return HttpResponseRedirect(reverse("forms:form", args=[key]) if kept else reverse("forms:list"))
    title = title_of(draft.questionnaire, get_language() or "nb")
    context = {
        "title": _("Throw the draft of “%(name)s” away?") % {"name": title},
        "body": _("All that was changed since the last version is lost. What is published stays.")
        if found.versions.exists()
        else _("The form has never been published, so it is gone altogether."),
        "action": _("Throw the draft away"),
        "cancel_url": reverse("forms:form", args=[key]),
        "danger": True,
        **crumbs(found, title, {"label": _("Throw the draft away")}),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take the form out of use, or put it back."""
    by = let_in(request)
    found = form_or_404(key)
    acting.retire(found, by, retired=request.POST.get("do") != "back")
    return HttpResponseRedirect(reverse("forms:form", args=[key]))
