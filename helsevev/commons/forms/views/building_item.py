"""One question of a form on the builder's desk: its settings, and when it is asked."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.forms.building import LABELS, LANGUAGE_NAMES, ItemForm, option_parts
from helsevev.commons.forms.queries import building as queries
from helsevev.commons.forms.rules.building import What
from helsevev.commons.forms.views.building import Desk, crumbs, desk_for, said
from helsevev.commons.forms.views.building_buttons import DO
from helsevev.commons.forms.views.building_edit import do as do_on_outline
from helsevev.commons.forms.views.building_edit import frame
from helsevev.core.faults import Faulty
from helsevev.core.questionnaire_building import (
    asking,
    calculations,
    checks,
    conditions,
    operations,
    saying,
    settings,
    sheet,
    sums,
    texts,
    tree,
    wording,
)
from helsevev.core.strictjson import keepable
from helsevev.core.words import Refusal, Refused

STANDS_NOW = gettext_noop(
    "Someone else has written here meanwhile: “%(text)s”. Save once more to put yours in its place."
)
OUTLINE = frozenset({"undo", "redo", "add", "copy", *operations.Way})


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, key: str, link_id: str) -> HttpResponse:
    """One question; what is sent is put in at once."""
    desk = desk_for(request, key)
    found = tree.find(desk.questionnaire, link_id)
    if found is None or settings.is_help(found.item):
        return _gone(request, desk)
    if request.method == "POST":
        return _answer(request, desk, link_id)
    return page(request, desk, link_id)


def _gone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Somebody has taken the question out: what was typed on its page is shown, to be copied."""
    if request.method != "POST":
        raise Http404
    typed = [(_label(name), text) for name, text in _typed(request).items() if text and name != "kind"]
    context = {**frame(desk), "typed": typed, **crumbs(desk.form, desk.title, {"label": _("Build")})}
    return render(request, "forms/building_gone.html", context, status=409)


def _label(name: str) -> str:
    stem, _dot, last = name.rpartition(".")
    label = LABELS.get(stem) or LABELS.get(name)
    language = LANGUAGE_NAMES.get(last)
    return ", ".join(str(one) for one in (label, language) if one) or name


def _typed(request: HttpRequest) -> dict[str, str]:
    """The settings that a page sends; a switch that is off sends nothing, so the page names its switches."""
    found = {name.removeprefix("s."): "" for name in request.POST if name.startswith("s.")}
    for name, text in request.POST.items():
        if name.startswith(("text.", "help.", "placeholder.", "wrong.", "option.", "times.")) or name in SINGLE:
            found[name] = str(text).replace("\r\n", "\n")
    return found


SINGLE = frozenset(
    {"kind", "least", "most", "decimals", "unit", "shortest", "longest", "prefix", "drawn", "initial", "pattern",
     "megabytes", *sheet.SWITCHES}
)  # fmt: skip


def _was(request: HttpRequest) -> dict[str, str]:
    """What the page showed when it was made."""
    try:
        found = keepable(json.loads(request.POST.get("was", "{}")))
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def _answer(request: HttpRequest, desk: Desk, link_id: str) -> HttpResponse:
    """Put in what was typed, then do what a button says: no button loses what stands on the page."""
    verb, _colon, rest = request.POST.get("do", "save").partition(":")
    here = reverse("forms:item", args=[desk.form.key, link_id])
    hindered, changed = _put_in(request, desk, link_id)
    if hindered is not None:
        return hindered
    if verb not in DO and verb not in OUTLINE:
        return _saved(request, desk, link_id, changed=changed)
    try:
        fresh = do_on_outline(request, desk) if verb in OUTLINE else DO[verb](request, desk, link_id, rest)
    except Refused as refused:
        desk.again()
        return page(request, desk, link_id, status=422, why=[said(one) for one in refused.refusals])
    desk.again()
    if tree.find(desk.questionnaire, link_id) is None:  # undone, or taken out
        here = reverse("forms:edit", args=[desk.form.key])
    return _onwards(request, desk, link_id, fresh or here)


def _onwards(request: HttpRequest, desk: Desk, link_id: str, address: str) -> HttpResponse:
    """The page that follows. A script that is still on this question gets it in place; else it goes there itself."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(address)
    parts = urlsplit(address)
    if unquote(parts.path) == request.path:
        return page(request, desk, link_id, chosen=QueryDict(parts.query).get("question", ""))
    return HttpResponse(headers={"HX-Redirect": address})


def _put_in(request: HttpRequest, desk: Desk, link_id: str) -> tuple[HttpResponse | None, bool]:
    """Put in what was typed: the page that says why not, or whether anything changed."""
    was, typed = _was(request), _typed(request)
    standing = sheet.fields(desk.questionnaire, tree.require(desk.questionnaire, link_id).item)
    both = sheet.merged(was, typed, standing)
    if both.clashes:
        shown = {name: Refusal(STANDS_NOW, {"text": standing.get(name, "")}) for name in both.clashes}
        return page(request, desk, link_id, status=409, typed=both.fields, wrong=shown), False

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        now = sheet.fields(held, tree.require(held, link_id).item)
        return sheet.applied(held, link_id, sheet.merged(was, typed, now).fields)

    try:
        kept = acting.change(desk.draft, operation, desk.by, What.CHANGED, {"name": desk.name(link_id)})
    except Faulty as faulty:
        wrong = {fault.place: fault.refusal for fault in faulty.faults}
        return page(request, desk, link_id, status=422, typed=both.fields, wrong=wrong), False
    except Refused as refused:
        why = [said(one) for one in refused.refusals]
        return page(request, desk, link_id, status=422, typed=both.fields, why=why), False
    desk.again()
    return None, kept is not None


def _saved(request: HttpRequest, desk: Desk, link_id: str, *, changed: bool) -> HttpResponse:
    """The page again; in place for those with a script."""
    if request.headers.get("HX-Request") == "true":
        return page(request, desk, link_id, saved=changed)
    if changed:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("forms:item", args=[desk.form.key, link_id]))


# --- The page --------------------------------------------------------------------------------------------------------
def page(
    request: HttpRequest,
    desk: Desk,
    link_id: str,
    *,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, Refusal] | None = None,
    chosen: str | None = None,
    **more: object,
) -> HttpResponse:
    """The page of a question, with what was typed and what is wrong with it."""
    held = desk.questionnaire
    found = tree.find(held, link_id)
    if found is None:
        return _gone(request, desk)
    standing = sheet.fields(held, found.item)
    fresh = queries.fresh_code(desk.form, link_id)
    form = ItemForm(standing, fresh, typed)
    for name, refusal in (wrong or {}).items():
        form.add_error(name if name in form.fields else None, said(refusal))
    remarks = [one for one in checks.check(held) if one.link_id == link_id and one.what.why != checks.Why.LACKS]
    context = {
        **frame(desk, link_id),
        "item": found.item,
        "link_id": link_id,
        "name": desk.name(link_id),
        "kind_name": _(saying.KIND_NAMES.get(str(found.item.get("type")), "")),
        "settings": form,
        "sections": _sections(form, standing, fresh),
        "was": json.dumps(standing, ensure_ascii=False),
        "remarks": [(said(one.what), one.is_fault) for one in remarks],
        "still": request.headers.get("HX-Request") == "true",
        "asking_for": [desk.name(one.link_id) for one in operations.asking_for(held, link_id)],
        "inside": len(wording.questions(found.item)),
        **_about_conditions(desk, found.item, _asked(request) if chosen is None else chosen),
        **_about_sums(desk, found.item),
        **crumbs(
            desk.form,
            desk.title,
            {"label": _("Build"), "url": reverse("forms:edit", args=[desk.form.key])},
            {"label": desk.name(link_id)},
        ),
        **more,
    }
    return render(request, "forms/building_item.html", context, status=status)


MORE = ("prefix", "drawn", "initial", "pattern")


def _sections(form: ItemForm, standing: Mapping[str, str], fresh: str) -> dict[str, Any]:
    """The fields as the page sets them: texts in three columns, limits side by side, options as rows."""

    def those(*names: str) -> list[Any]:
        return [form[name] for name in names if name in form.fields]

    by_language = [
        (LABELS[stem], stem, fields)
        for stem in sheet.TEXTS
        if (fields := those(*(f"{stem}.{language}" for language in texts.LANGUAGES)))
    ]
    return {
        "texts": by_language,
        "switches": those("required", "repeats"),
        "times": those("times.least", "times.most") if standing.get("repeats") else [],
        "limits": those("least", "most", "shortest", "longest", "decimals", "unit", "megabytes"),
        "more": those(*MORE),
        "rare": those("readOnly", "hidden"),
        "is_more": any(standing.get(name) or name in form.errors for name in (*MORE, "readOnly", "hidden")),
        "kind": form["kind"],
        "options": [
            (code, number, those(*(f"option.{code}.{part}" for part in option_parts(standing))))
            for number, code in enumerate(sheet.codes(form.fields))
        ],
        "new": fresh,
    }


def _asked(request: HttpRequest) -> str:
    """The question that a condition is being made for."""
    return request.GET.get("question") or request.POST.get("question", "")


def _about_conditions(desk: Desk, item: Mapping[str, Any], chosen: str) -> dict[str, object]:
    """The conditions in words, and the fields for one more."""
    held, own = desk.questionnaire, texts.own_language(desk.questionnaire)
    standing = [
        (f"{number}:{one.question}", said(saying.condition(held, one, desk.language)))
        for number, one in enumerate(conditions.read(item))
    ]
    circular = {str(one["linkId"]) for one in tree.below(dict(item))}
    askable = [
        (one.link_id, saying.name(one.item, own, desk.language))
        for one in tree.walk(held)
        if conditions.operators(one.item) and one.link_id not in circular
    ]
    asked = tree.find(held, chosen) if chosen else None
    return {
        "conditions": standing,
        "behaviour": "any" if item.get("enableBehavior") == "any" else "all",
        "askable": askable,
        "asked": asked,
        "asked_name": desk.name(chosen) if asked else "",
        "asked_kind": str(asked.item.get("type")) if asked else "",
        "operators": [(one, _(saying.OPERATOR_NAMES[one])) for one in asking.operators(asked.item)] if asked else [],
        "answers": _answers(asked.item, own, desk.language) if asked else [],
    }


def _answers(asked: Mapping[str, Any], own: str, language: str) -> list[tuple[str, str]]:
    """The answers to choose from, where the question has some."""
    if asked.get("type") == "boolean":
        return [("true", _(saying.YES)), ("false", _(saying.NO))]
    return [
        (one.code, one.texts.get(language) or one.texts.get(own) or one.code) for one in settings.options(asked, own)
    ]


def _about_sums(desk: Desk, item: Mapping[str, Any]) -> dict[str, object]:
    """What the answer is calculated from, and what it could be."""
    if item.get("type") not in ("integer", "decimal"):
        return {}
    held = desk.questionnaire
    own = texts.own_language(held)
    chosen = sums.summed(item)
    expression = calculations.expression(item)
    return {
        "may_sum": True,
        "summable": [
            (one.link_id, saying.name(one.item, own, desk.language), one.link_id in (chosen or ()))
            for one in sums.summable(held, str(item["linkId"]))
        ],
        "expression": expression if expression and chosen is None else "",
        "is_sum": bool(chosen),
    }
