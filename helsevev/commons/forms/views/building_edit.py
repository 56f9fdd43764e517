"""The builder: the outline of a form, its own texts, and what every page of it can do (undo, add, move)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.forms.building import LANGUAGE_NAMES
from helsevev.commons.forms.models import FormStep
from helsevev.commons.forms.queries import building as asking
from helsevev.commons.forms.rules.building import What
from helsevev.commons.forms.views.building import Desk, crumbs, desk_for, said
from helsevev.commons.people.queries import actor_names
from helsevev.core.questionnaire_building import checks, operations, saying, settings, texts, tree, wording
from helsevev.core.questionnaire_building.operations import Way
from helsevev.core.words import Refusal, Refused, gettext_noop

MOVED_MEANWHILE = gettext_noop(
    "Someone else has moved questions meanwhile, so nothing was moved. The outline shows how it is now."
)
LONGEST = 4_000


@dataclass(frozen=True)
class Row:
    """One line of the outline (linje i oppsettet)."""

    link_id: str
    name: str
    kind: str
    level: int
    is_group: bool
    is_first: bool
    is_last: bool
    required: bool
    conditional: bool
    lacks: str
    faults: int
    url: str


def rows(desk: Desk) -> list[Row]:
    """The outline: every question with what is to be seen of it at a glance."""
    held, own = desk.questionnaire, texts.own_language(desk.questionnaire)
    lacks: dict[str, set[str]] = {}
    for text in wording.lacking(held):
        lacks.setdefault(text.link_id, set()).update(text.languages)
    faults = [remark.link_id for remark in checks.check(held) if remark.is_fault]
    found = []
    for one in tree.walk(held):
        if settings.is_help(one.item):
            continue
        siblings = wording.questions(one.within[-1] if one.within else held)
        kind = str(one.item.get("type"))
        found.append(
            Row(
                link_id=one.link_id,
                name=saying.name(one.item, own, desk.language)
                if texts.read(one.item, "text", own)
                else _("Without text"),
                kind=_(saying.KIND_NAMES.get(kind, kind)),
                level=len(one.within),
                is_group=kind == "group",
                is_first=siblings[0] is one.item,
                is_last=siblings[-1] is one.item,
                required=bool(one.item.get("required")),
                conditional=bool(one.item.get("enableWhen")),
                lacks=", ".join(language for language in texts.LANGUAGES if language in lacks.get(one.link_id, ())),
                faults=faults.count(one.link_id),
                url=reverse("forms:item", args=[desk.form.key, one.link_id]),
            )
        )
    return found


def order(questionnaire: Mapping[str, Any]) -> str:
    """What tells two outlines apart: which questions, in which order, in which groups."""
    places = [(one.link_id, one.parent) for one in tree.walk(questionnaire)]
    return sha256(json.dumps(places).encode()).hexdigest()[:16]


def frame(desk: Desk, current: str = "") -> dict[str, object]:
    """What every page of the builder shows: the outline, the two buttons that take back and again, the last change."""
    ways = asking.ways(desk.draft, desk.by)
    other = asking.last_of_another(desk.draft, desk.by)
    return {
        "desk": desk,
        "form": desk.form,
        "rows": rows(desk),
        "order": order(desk.questionnaire),
        "current": current,
        "kinds": [(kind, _(saying.KIND_NAMES[kind])) for kind in settings.KINDS],
        "undo": told(ways.undo),
        "redo": told(ways.redo),
        "other": other,
        "other_told": told(other),
        "other_name": actor_names({other.by}).get(other.by, "") if other else "",
        "revision": desk.draft.revision,
    }


def told(step: FormStep | None) -> str:
    """What a step did, in the reader's language."""
    return "" if step is None else _(step.what) % {"name": "", **step.values}


# --- The page --------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The outline and the form's own texts."""
    desk = desk_for(request, key)
    if request.method == "POST":
        return _answer(request, desk)
    return page(request, desk)


def page(request: HttpRequest, desk: Desk, *, status: int = 200, **more: object) -> HttpResponse:
    """The builder without a question open."""
    held, own = desk.questionnaire, texts.own_language(desk.questionnaire)
    lines = {
        name: [(code, label, texts.read(held, name, own).get(code, "")) for code, label in LANGUAGE_NAMES.items()]
        for name in ("title", "description")
    }
    context = {
        **frame(desk),
        "titles": lines["title"],
        "descriptions": lines["description"],
        **crumbs(desk.form, desk.title, {"label": _("Build")}),
        **more,
    }
    return render(request, "forms/building_edit.html", context, status=status)


def _answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do what a button says, and show the builder again."""
    try:
        fresh = do(request, desk)
    except Refused as refused:
        desk.again()
        return page(request, desk, status=409, why=[said(one) for one in refused.refusals])
    return HttpResponseRedirect(fresh or _back(request, desk))


def _back(request: HttpRequest, desk: Desk) -> str:
    """The page that the button was on."""
    link_id = request.POST.get("at", "")
    if link_id and tree.find(asking.draft_of(desk.form).questionnaire, link_id):  # type: ignore[union-attr]
        return reverse("forms:item", args=[desk.form.key, link_id])
    return reverse("forms:edit", args=[desk.form.key])


def do(request: HttpRequest, desk: Desk) -> str:
    """One button: its address to go on to, or nothing."""
    verb, _colon, rest = request.POST.get("do", "texts").partition(":")
    if verb in ("undo", "redo"):
        step = (acting.undo if verb == "undo" else acting.redo)(desk.draft, desk.by)
        word = _("Taken back: %(what)s") if verb == "undo" else _("Done again: %(what)s")
        messages.success(request, word % {"what": told(step)})
        return ""
    if verb == "texts":
        _save_texts(request, desk)
        return ""
    if verb == "add":
        return _add(request, desk)
    if verb == "copy":
        return _copy(desk, rest)
    _place(request, desk, verb, rest)
    return ""


def _save_texts(request: HttpRequest, desk: Desk) -> None:
    """The form's title and description; a field that was left as the page showed it is left as it stands."""
    typed = {
        (name, code): request.POST.get(f"{name}.{code}", "").replace("\r\n", "\n").strip()[:LONGEST]
        for name in ("title", "description")
        for code in texts.LANGUAGES
        if request.POST.get(f"{name}.{code}") is not None
        and request.POST[f"{name}.{code}"].replace("\r\n", "\n")
        != request.POST.get(f"was.{name}.{code}", "").replace("\r\n", "\n")
    }

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        own, made = texts.own_language(held), dict(held)
        for (name, code), text in typed.items():
            made = texts.written(made, name, {code: text}, own)
        return made

    acting.change(desk.draft, operation, desk.by, What.THE_FORM)


def _add(request: HttpRequest, desk: Desk) -> str:
    """A new question: its page opens."""
    kind, text = request.POST.get("add.kind", "string"), request.POST.get("add.text", "").strip()[:LONGEST]
    where, beside = request.POST.get("add.where", "last"), request.POST.get("add.beside", "")
    if kind not in settings.KINDS:
        raise Refused(Refusal(settings.Why.UNKNOWN_KIND))
    used, made = asking.highest_number(desk.form), []

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        there = tree.find(held, beside) is not None
        into = beside if where == "into" and there else None
        after = beside if where == "after" and there else None
        changed, fresh = operations.add(held, kind, text, into=into, after=after, used=used)
        made.append(fresh)
        return changed

    name = text or _(saying.KIND_NAMES[kind])
    acting.change(desk.draft, operation, desk.by, What.ADDED, {"name": name[:80]})
    return reverse("forms:item", args=[desk.form.key, made[-1]])


def _copy(desk: Desk, link_id: str) -> str:
    used, made = asking.highest_number(desk.form), []

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        changed, fresh = operations.copy(held, link_id, used=used)
        made.append(fresh)
        return changed

    acting.change(desk.draft, operation, desk.by, What.COPIED, {"name": desk.name(link_id)})
    return reverse("forms:item", args=[desk.form.key, made[-1]])


def _place(request: HttpRequest, desk: Desk, verb: str, rest: str) -> None:
    """Move a question one step, or to where it was dragged; not when the outline isn't the one that was looked at."""
    seen = request.POST.get("order", "")
    moved, _colon, beside = rest.partition(">")

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        if seen != order(held):
            raise Refused(Refusal(MOVED_MEANWHILE))
        if verb in ("before", "after", "into"):
            return operations.move_to(held, moved, **{verb: beside})
        return operations.move(held, moved, Way(verb) if verb in set(Way) else Way.UP)

    acting.change(desk.draft, operation, desk.by, What.MOVED, {"name": desk.name(moved)})


@require_safe
def news(request: HttpRequest, key: str) -> HttpResponse:
    """Whether somebody else has changed the form since a page was made; asked by the page now and then."""
    desk = desk_for(request, key)
    since = request.GET.get("since", "")
    other = asking.last_of_another(desk.draft, desk.by)
    is_new = since.isdecimal() and desk.draft.revision > int(since[:9]) and desk.draft.changed_by != desk.by
    context = {
        "is_new": is_new,
        "other_told": told(other),
        "other_name": actor_names({desk.draft.changed_by}).get(desk.draft.changed_by, ""),
    }
    answer = render(request, "forms/building_news.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
