"""Where staff see what lies on the shelf, what lay there before, and where it is shown."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.people.rules import may
from helsevev.commons.shelf import queries, rules
from helsevev.commons.shelf.forms import ShelfChoice, VersionChoice
from helsevev.commons.shelf.models import Item


def _let_in(request: HttpRequest) -> None:
    """Whoever may not see the shelf learns nothing of it."""
    if not may(request.person, "see_shelf", rules.PERMISSIONS):  # type: ignore[attr-defined] # a middleware sets it
        raise Http404


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """What lies on the shelf, newest first, by type and initiative when asked."""
    _let_in(request)
    form = ShelfChoice(request.GET)
    page = queries.page(**form.chosen(), number=request.GET.get("page", "")) if form.is_valid() else None
    context = {
        "form": form,
        "page": page,
        "rows": [(one, _type_title(one)) for one in page or ()],
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "breadcrumbs": [{"label": _("The shelf")}],
        "robots": "noindex",
    }
    return render(request, "shelf/list.html", context)


@require_safe
def item(request: HttpRequest, type: str, key: str) -> HttpResponse:  # noqa: A002 - the shelf's own word
    """One thing on the shelf: its content, versions and takings."""
    _let_in(request)
    form = VersionChoice(request.GET)
    found = queries.shown(type, key, form.cleaned_data["version"]) if form.is_valid() and key.isprintable() else None
    if found is None:
        raise Http404
    context = {
        "item": found.item,
        "facts": _facts(found.item),
        "entries": [(_(entry.label), _lines(entry)) for entry in found.entries],
        "versions": [(one, found.name(one.put_by), found.name(one.withdrawn_by)) for one in found.versions],
        "takings": found.takings,
        "breadcrumbs": [{"label": _("The shelf"), "url": reverse("shelf:list")}, {"label": found.item.title}],
        "robots": "noindex",
    }
    return render(request, "shelf/item.html", context)


def _type_title(one: Item) -> str:
    """What a type is called; by its own word where no installed room knows it."""
    known = rules.item_type(one.type)
    return _(known.title) if known else one.type


def _facts(one: Item) -> list[dict[str, object]]:
    return [
        {"term": _("Type"), "value": _type_title(one)},
        {"term": _("Initiative"), "value": one.initiative.title},
        {"term": _("Key"), "value": one.key},
        {"term": _("Version"), "value": one.version},
        {"term": _("Put there"), "value": date_format(localtime(one.put_at), "SHORT_DATETIME_FORMAT")},
    ]


def _lines(entry: rules.Entry) -> list[rules.Line]:
    """The lines of a field, our own words among them in the reader's language."""
    return [replace(line, text=_(line.text)) if line.is_ours else line for line in entry.lines]
