"""What readers see: the front of the bank, its list, a page, its files."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from helsevev.commons.files import queries as stored
from helsevev.commons.files.models import StoredFile
from helsevev.commons.files.views import serve
from helsevev.commons.people.rules import may
from helsevev.knowledge.pages.middleware.remembering import remembered
from helsevev.knowledge.pages.models import KnowledgePage
from helsevev.knowledge.pages.models.files import OWNER
from helsevev.knowledge.pages.queries import listing, reading, recordings
from helsevev.knowledge.pages.rules import PERMISSIONS
from helsevev.knowledge.pages.rules import choices as asking
from helsevev.knowledge.pages.rules.kinds import KINDS
from helsevev.knowledge.pages.views import showing

LIVE = "partial"
MOST_NEW = 6
fresh = cache_control(public=True, max_age=0, must_revalidate=True)


@require_safe
@remembered
def front(request: HttpRequest) -> HttpResponse:
    """What there is, by kind, phase and theme; and what is new."""
    language = get_language() or "nb"
    found = listing.Listing(asking.Choices(), language)
    address = reverse("pages:list")
    context = {
        "kinds": [
            {"label": _(KINDS[kind].many), "says": _(KINDS[kind].says), "count": number, "url": _only("kind", kind)}
            for kind, number in listing.by_kind().items()
            if kind != "about"
        ],
        "phases": _values(found, "phase", in_order=True),
        "themes": _values(found, "theme")[:16],
        "cards": listing.newest(language, MOST_NEW),
        "about": found_about(language),
        "address": address,
        "feed": reverse("pages:feed", kwargs={"form": "rss"}),
    }
    return render(request, "pages/front.html", context)


def _only(facet: str, value: str) -> str:
    return reverse("pages:list") + asking.Choices(facets={facet: (value,)}).query


def _values(found: listing.Listing, facet: str, *, in_order: bool = False) -> list[dict[str, Any]]:
    """What pages are filed under, with how many; in the taxonomy's order, or most first."""
    counts = dict(found.counts.get(facet, ()))
    values = [code for vocabulary, code in found.labels if vocabulary == facet] if in_order else list(counts)
    return [
        {"label": found.name(facet, value), "count": counts.get(value, 0), "url": _only(facet, value)}
        for value in values
        if in_order or counts.get(value)
    ]


def found_about(language: str) -> list[Any]:
    """Pages about the network itself."""
    return list(listing.shown(language).filter(kind="about").order_by("page_id").values("slug", "title", "lead"))


# --- The list --------------------------------------------------------------------------------------------------------
@require_safe
@remembered
@vary_on_headers("HX-Request-Type")
def page_list(request: HttpRequest) -> HttpResponse:
    """Pages by kind, phase, theme and words; a live part is answered by the part alone."""
    choices = asking.read(dict(request.GET.lists()))
    found = listing.Listing(choices, get_language() or "nb")
    context = _list_context(found)
    if request.headers.get("HX-Request-Type") == LIVE:
        answer = render(request, "pages/_list.html", context)
        answer["HX-Push-Url"] = request.path + choices.query
        return answer
    kinds = choices.facets.get("kind", ())
    title = _(KINDS[kinds[0]].many) if len(kinds) == 1 and kinds[0] in KINDS else _("Everything in the bank")
    crumbs = [{"label": _("Knowledge bank"), "url": reverse("pages:front")}, {"label": title}]
    robots = "noindex, follow" if choices.text or choices.page > 1 or len(choices.facets) > 1 else ""
    alone = kinds[0] if len(kinds) == 1 else ""
    context |= {"recordings": recordings.recordings(alone, get_language() or "nb"), "list_title": title}
    return render(request, "pages/list.html", {**context, "breadcrumbs": crumbs, "robots": robots})


def _list_context(found: listing.Listing) -> dict[str, object]:
    address, choices = reverse("pages:list"), found.choices
    page = Paginator(range(found.total), listing.PER_PAGE).get_page(choices.page)
    feed = reverse("pages:feed", kwargs={"form": "rss"}) + asking.Choices(choices.text, choices.facets).query
    return {
        "address": address,
        "choices": choices,
        "page": page,
        "total": found.total,
        "cards": found.cards((page.number - 1) * listing.PER_PAGE),
        "facets": [facet for name in asking.FACETS if (facet := _facet(found, name))["options"]],
        "chips": _chips(found, address),
        "none_url": address,
        "feeds": [{"label": "RSS", "url": feed}, {"label": "JSON Feed", "url": feed.replace("feed.rss", "feed.json")}],
    }


def _facet(found: listing.Listing, name: str) -> dict[str, Any]:
    counts = dict(found.counts.get(name, ()))
    chosen = found.choices.facets.get(name, ())
    values = list(counts)
    if name == "kind":
        values = [kind for kind in KINDS if kind in counts]
    elif name != "theme":
        values = [code for (vocabulary, code) in found.labels if vocabulary == listing.VOCABULARY_OF[name]]
        values = [code for code in values if code in counts]
    kept = [value for place, value in enumerate(values) if place < listing.MOST_OPTIONS or value in chosen]
    return {
        "name": name,
        "label": _(asking.FACETS[name]),
        "options": [
            {"value": one, "label": found.name(name, one), "count": counts[one], "checked": one in chosen}
            for one in kept
        ],
        "open": bool(chosen) or name in ("kind", "phase"),
    }


def _chips(found: listing.Listing, address: str) -> list[dict[str, str]]:
    choices = found.choices
    chips = []
    if choices.text:
        label = _("Search: %(text)s") % {"text": choices.text}
        chips.append({"label": label, "url": address + choices.searching("").query})
    for facet, values in choices.facets.items():
        chips += [
            {
                "label": f"{_(asking.FACETS[facet])}: {found.name(facet, value)}",
                "url": address + choices.toggled(facet, value).query,
            }
            for value in values
        ]
    return chips


# --- A page ----------------------------------------------------------------------------------------------------------
@require_safe
@remembered
@fresh
@vary_on_cookie
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page, in the reader's language where there is such a text."""
    language = get_language() or "nb"
    found = _found(slug, language)
    if found.row.slug != slug:
        return HttpResponseRedirect(reverse("pages:page", kwargs={"slug": found.row.slug}))
    shown = reading.page(found)
    context = showing.context(shown, language) | _around(found, shown, language)
    if may(request.person, "write", PERMISSIONS):  # type: ignore[attr-defined] # a middleware sets it
        context["edit_url"] = reverse("wagtailadmin_pages:edit", args=[shown.pk])
    response = render(request, "pages/page.html", context)
    response["Content-Language"] = found.row.language
    return showing.lets_videos_in(response, shown)


def _found(slug: str, language: str) -> reading.Found:
    found = reading.find(slug, language)
    if found is None:
        raise Http404
    return found


def _around(found: reading.Found, shown: KnowledgePage, language: str) -> dict[str, object]:
    """What stands around the text: whose translation it is, what is like it, how to cite it."""
    permalink = f"{settings.SITE_URL}/knowledge/{found.row.slug}/"
    return {
        "row": found.row,
        "lang": "" if found.row.language == language else found.row.language,
        "others": [
            {"language": code, "url": f"/{code}/knowledge/{row.slug}/"}
            for code, row in found.texts.items()
            if code != found.row.language
        ],
        "is_behind": found.is_behind,
        "source": found.source,
        "alike": reading.alike(found.row.family, language),
        "permalink": permalink,
        "cite": showing.cite(shown, found.row, permalink),
        "data": showing.structured(shown, found.row, permalink),
        "pdf": reverse("pages:pdf", kwargs={"slug": found.row.slug}),
        "robots": "" if found.row.language == language else "noindex, follow",
    }


def preview(request: HttpRequest, page: KnowledgePage) -> HttpResponse:
    """A page as its editor has it now, in its own language and the readers' look."""
    language = page.locale.language_code
    with override(language):
        context = showing.context(page, language) | {"row": None, "robots": "noindex", "is_preview": True}
        response = render(request, "pages/page.html", context)
    return showing.lets_videos_in(response, page)


@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The page as a PDF."""
    language = get_language() or "nb"
    found = _found(slug, language)
    content = showing.paper(reading.page(found), found.row)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.row.slug}.{found.row.language}.pdf"'
    response["Content-Language"] = found.row.language
    return response


@require_safe
def file(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """A file that a published page gives its readers; one that no page gives isn't there."""
    found = _found(slug, get_language() or "nb")
    for text in found.texts.values():
        offered = reading.files(reading.page(reading.Found(text, found.texts)))
        if any(str(one.attachment.file) == str(key) for one in offered):
            kept = StoredFile.objects.filter(key=key, owner_kind=OWNER, state=StoredFile.State.KEPT).first()
            if kept is not None and stored.path(kept).exists():
                response = serve(kept)
                response["Cache-Control"] = "public, max-age=300"
                return response
    raise Http404
