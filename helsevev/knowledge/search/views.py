"""The page with the one search box, and the editors' page for word lists."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from helsevev.commons.finding import actions as finding_actions
from helsevev.commons.finding import queries as finding
from helsevev.commons.finding.models import Document, WordGroup
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.people.rules import may
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.knowledge.search import actions, queries, rules

LIVE = "partial"  # what HTMX says when it will swap a part of the page
MOST_OPTIONS = 12


@require_safe
@vary_on_headers("HX-Request-Type")
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers; while someone types, the part alone."""
    choices = rules.read(dict(request.GET.lists()))
    context = _found(choices)
    if request.headers.get("HX-Request-Type") == LIVE:
        answer = render(request, "search/_list.html", context)
        answer["HX-Push-Url"] = request.path + choices.query
        return answer
    if choices.text and choices.page == 1 and not choices.facets:
        actions.count(choices.text, found=bool(context["total"]))
    tends = may(request.person, "tend_words", rules.PERMISSIONS)  # type: ignore[attr-defined] # a middleware sets it
    robots = "noindex, follow" if choices.query else ""
    return render(request, "search/search.html", {**context, "tends": tends, "robots": robots})


def _found(choices: rules.Choices) -> dict[str, Any]:
    language = get_language() or "nb"
    start = (choices.page - 1) * rules.PER_PAGE
    part = range(start, start + rules.PER_PAGE)
    names = [name for name in rules.FACETS if name != rules.KIND]
    everything = finding.everywhere(choices.text, language, choices.facets, names, part=part)
    corrected = rules.corrected(choices.text, everything.meant)
    address = reverse("search:search")
    return {
        "address": address,
        "choices": choices,
        "total": everything.total,
        "page": Paginator(range(everything.total), rules.PER_PAGE).get_page(choices.page),
        "hits": [_hit(one, choices, language) for one in everything.found],
        "facets": [facet for name in rules.FACETS if len((facet := _facet(name, everything, choices))["options"])],
        "chips": _chips(choices, address),
        "also": everything.also,
        "corrected": corrected,
        "corrected_url": f"{address}?{urlencode({'q': corrected})}",
        "none_url": address + rules.Choices(choices.text).query,
        "kinds": [] if everything.total else _kinds(),
    }


def _hit(one: finding.Found, choices: rules.Choices, language: str) -> dict[str, Any]:
    asked = urlencode({"q": choices.text, "kind": one.kind, "key": one.hit.key})
    return {
        "url": f"{reverse('search:open')}?{asked}",
        "kind": _(rules.ONE[one.kind]) if one.kind in rules.ONE else one.kind,
        "title": one.hit.title,
        "snippet": one.hit.snippet,
        "lang": "" if one.hit.language == language else one.hit.language,
    }


def _many(kind: str) -> str:
    return _(rules.KINDS[kind]) if kind in rules.KINDS else kind


def _label(name: str, value: str) -> str:
    if name == rules.KIND:
        return _many(value)
    return initiatives.taxonomy().label(rules.VOCABULARIES[name], value, get_language() or "nb")


def _facet(name: str, everything: finding.Everything, choices: rules.Choices) -> dict[str, Any]:
    chosen = choices.facets.get(name, ())
    counted = everything.facets.get(name, [])
    kept = [one for place, one in enumerate(counted) if place < MOST_OPTIONS or one[0] in chosen]
    options = [
        {"value": value, "label": _label(name, value), "count": number, "checked": value in chosen}
        for value, number in kept
    ]
    return {
        "name": name,
        "label": _(rules.FACETS[name]),
        "options": options,
        "open": bool(chosen) or name == rules.KIND,
    }


def _chips(choices: rules.Choices, address: str) -> list[dict[str, str]]:
    return [
        {
            "label": f"{_(rules.FACETS[name])}: {_label(name, value)}",
            "url": address + choices.toggled(name, value).query,
        }
        for name in rules.FACETS
        for value in choices.facets.get(name, ())
    ]


def _kinds() -> list[dict[str, Any]]:
    counted = finding.kinds()
    return [{"label": _many(kind), "number": counted[kind]} for kind in rules.named(counted)]


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """Lead to the page of a hit, and count that something was found."""
    kind, key = request.GET.get("kind", "")[:40], request.GET.get("key", "")[:120]
    found = Document.objects.filter(kind=kind, key=key, audience="everyone").exclude(address="").first()
    if found is None:
        raise Http404
    actions.count_opened(rules.read(dict(request.GET.lists())).text)
    return HttpResponseRedirect(f"/{get_language() or 'nb'}{found.address}")


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """The editors' words: what was not found, what they have added, and what a search finds with them."""
    actor = _editor(request)
    said = {"bond": request.POST.get("bond", WordGroup.Bond.SAME), "members": request.POST.get("members", "")[:2_000]}
    faults: list[str] = []
    if request.method == "POST":
        try:
            finding_actions.keep_words(_bond(said["bond"]), said["members"].splitlines(), actor)
        except Refused as refused:
            faults = all_said(refused, typed=True)
        else:
            messages.success(request, _("The words are searched for from now on."))
            return redirect("search:words")
    context = _words(request, said) | {"faults": faults}
    return render(request, "search/words.html", context, status=422 if faults else 200)


def _words(request: HttpRequest, said: dict[str, str]) -> dict[str, Any]:
    text = rules.read(dict(request.GET.lists())).text
    if request.method != "POST" and text:
        said = {**said, "members": text + "\n"}
    tried = finding.everywhere(text, get_language() or "nb", {}, (), part=range(5))
    return {
        "said": said,
        "bonds": [
            {"value": "same", "label": _("They mean the same"), "checked": said["bond"] == "same"},
            {"value": "related", "label": _("They belong together"), "checked": said["bond"] == "related"},
            {"value": "name", "label": _("They are names of one organisation"), "checked": said["bond"] == "name"},
        ],
        "text": text,
        "tried": tried,
        "groups": [{"pk": one.pk, "members": one.members.split("\n"), "bond": one.bond} for one in queries.groups()],
        "unanswered": queries.unanswered(),
        "unopened": queries.unopened(),
    }


def _bond(given: str) -> str:
    return given if given in WordGroup.Bond.values else WordGroup.Bond.SAME


@require_POST
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget some words."""
    finding_actions.take_words_away(pk, _editor(request))
    messages.success(request, _("The words are no longer searched for."))
    return redirect("search:words")


def _editor(request: HttpRequest) -> str:
    """The key of the editor; strangers find nothing here."""
    person = request.person  # type: ignore[attr-defined] # a middleware sets it
    if not may(person, "tend_words", rules.PERMISSIONS):
        raise Http404
    return str(person.key)
