"""Stakeholders, risks and the plan: a picture and a table, a page for each row, and a way back from everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import tell
from helsevev.core import differences
from helsevev.core.roadmap import Phase
from helsevev.core.words import Refused, gettext_noop
from helsevev.network.workspace.actions import rows as acting
from helsevev.network.workspace.forms.rows import FORMS
from helsevev.network.workspace.models import Row
from helsevev.network.workspace.panels import pictures
from helsevev.network.workspace.queries import rows as asking
from helsevev.network.workspace.rules import rows as rules
from helsevev.network.workspace.views.door import ROADMAP, Inside, Typed, crumbs, enter, page, resend, to


@dataclass(frozen=True)
class Kind:
    """One sort of rows on the pages: its address, headings and words."""

    name: str
    title: str
    new: str
    made: str


KINDS: Mapping[str, Kind] = {
    "stakeholders": Kind(
        "stakeholders", gettext_noop("Stakeholders"), gettext_noop("New stakeholder"), gettext_noop("Saved.")
    ),
    "risks": Kind("risks", gettext_noop("Risks"), gettext_noop("New risk"), gettext_noop("Saved.")),
    "plan": Kind("plan", gettext_noop("Plan"), gettext_noop("New task or milestone"), gettext_noop("Saved.")),
}


def _kind(name: str) -> tuple[Kind, type[Row]]:
    return KINDS[name], asking.MODELS[name]


@require_safe
def listing(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """The picture and the table."""
    inside = enter(request, key)
    kind, model = _kind(name)
    found = list(asking.standing(model, inside.initiative))
    lines = [pictures.told(number, row) for number, row in enumerate(found, start=1)]
    context = {
        "here": name,
        "kind": kind,
        "rows": lines,
        "figure": pictures.figure(name, found),
        "deleted": list(asking.deleted(model, inside.initiative)[:20]),
        "breadcrumbs": crumbs(inside, ROADMAP, (_(kind.title), "")),
    }
    return page(request, name, inside, _(kind.title), context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A new row."""
    inside = enter(request, key, "write")
    kind, model = _kind(name)
    place = f"{name}/new"
    if Typed.is_thrown(request, inside, place):
        return to(inside, name)
    start = {"phase": request.GET["phase"]} if request.GET.get("phase") in list(Phase) else {}
    typed = Typed.open(request, inside, place, FORMS[name], start)
    if request.method == "POST" and typed.form.is_valid():
        made = acting.make(model, inside.initiative, typed.form.values(), inside.by)  # type: ignore[attr-defined]
        typed.done()
        messages.success(request, _(kind.made))
        return to(inside, name, anchor=f"row-{made.key}")
    return _form(request, inside, kind, typed, _(kind.new))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str, name: str, row: UUID) -> HttpResponse:
    """Change a row; what somebody else changed meanwhile is shown beside."""
    inside = enter(request, key, "write")
    kind, model = _kind(name)
    found = asking.one(model, inside.initiative, row)
    if found is None or found.deleted_at is not None:
        raise Http404
    place = f"{name}/{row}"
    if Typed.is_thrown(request, inside, place):
        return to(inside, name)
    stands = {field: getattr(found, field) for field in asking.TABLE_OF[model].fields}
    typed = Typed.open(request, inside, place, FORMS[name], {**stands, "version": found.version})
    met: list[dict[str, object]] = []
    if request.method == "POST" and typed.form.is_valid():
        base = typed.form.cleaned_data["version"]
        try:
            acting.change(found, typed.form.values(), inside.by, base)  # type: ignore[attr-defined]
        except acting.Met as refused:
            typed.refuse(refused)
            met = _met(refused, typed)
        except Refused as refused:
            typed.refuse(refused)
        else:
            typed.done()
            messages.success(request, _("Saved."))
            return to(inside, name, anchor=f"row-{found.key}")
    return _form(request, inside, kind, typed, str(found), row=found, met=met)


def _met(refused: acting.Met, typed: Typed) -> list[dict[str, object]]:
    """What stands in the fields that two have changed; saving once more, one has seen it."""
    row = refused.row
    table = asking.TABLE_OF[type(row)]
    resend(typed.form, version=str(row.version))
    return [
        {"label": _(table.fields[name]), "value": pictures.worded(name, getattr(row, name))} for name in refused.fields
    ]


def _form(request: HttpRequest, inside: Inside, kind: Kind, typed: Typed, heading: str, **more: object) -> HttpResponse:
    """The page of one row."""
    back = reverse(f"workspace:{kind.name}", args=[inside.initiative.key])
    context = {
        **typed.context,
        **more,
        "kind": kind,
        "cancel_url": back,
        "breadcrumbs": crumbs(inside, ROADMAP, (_(kind.title), back), (heading, "")),
    }
    return page(request, "row", inside, heading, context, typed.status)


@require_POST
def delete(request: HttpRequest, key: str, name: str, row: UUID) -> HttpResponse:
    """Take a row away, with a way back on the page that follows."""
    inside = enter(request, key, "write")
    _kind_, model = _kind(name)
    found = asking.one(model, inside.initiative, row)
    if found is None:
        raise Http404
    acting.delete(found, inside.by)
    messages.success(request, _("“%(title)s” is deleted. It can be restored below.") % {"title": found})
    return to(inside, name, anchor="deleted")


@require_POST
def restore(request: HttpRequest, key: str, name: str, row: UUID) -> HttpResponse:
    """Bring a row back."""
    inside = enter(request, key, "write")
    _kind_, model = _kind(name)
    found = asking.one(model, inside.initiative, row)
    if found is None:
        raise Http404
    try:
        acting.restore(found, inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("“%(title)s” is restored.") % {"title": found})
    return to(inside, name, anchor=f"row-{row}")


# --- History ---------------------------------------------------------------------------------------------------------
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """What happened in the workspace, the newest first."""
    inside = enter(request, key)
    told = [_told(one) for one in asking.history(inside.initiative)]
    context = {"here": "history", "told": told, "breadcrumbs": crumbs(inside, ROADMAP, (_("History"), ""))}
    return page(request, "history", inside, _("History"), context)


def _told(one: asking.Told) -> dict[str, Any]:
    """One change, each field before and after with its words compared."""
    table = one.table.name
    fields = []
    for label, before, after in one.fields:
        name = next(field for field, text in one.table.fields.items() if text == label)
        old, new_ = (pictures.worded(name, value) for value in (before, after))
        fields.append({"label": _(label), "lines": differences.lines(old.splitlines(), new_.splitlines())})
    return {
        "change": one.change,
        "table": _(one.table.one),
        "title": one.title,
        "who": one.who,
        "verb": _(rules.VERB_NAMES[one.change.verb]),
        "fields": fields,
        "may_undo": table in asking.MODELS,
    }


@require_POST
def undo(request: HttpRequest, key: str, name: str, row: UUID, number: int) -> HttpResponse:
    """Take one change back."""
    inside = enter(request, key, "write")
    model = asking.MODELS.get(name)
    found = asking.one(model, inside.initiative, row) if model else None
    if found is None:
        raise Http404
    try:
        acting.undo(found, number, inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The change is undone. It stays in the history, and so does this."))
    return to(inside, "history")
