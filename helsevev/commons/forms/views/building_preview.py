"""A form looked at before it is published: in each language, at the width of a phone and wide. Nothing is stored.

The form lies in a frame, so that its width is a device's own; the frame's page may be framed by our own pages alone.
"""

from collections.abc import Mapping
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.forms.forms import sending
from helsevev.commons.forms.forms.building import LANGUAGE_NAMES
from helsevev.commons.forms.forms.questions import BASE, DO, SEAL, WINDOW, label
from helsevev.commons.forms.models import Form
from helsevev.commons.forms.queries import building as asking
from helsevev.commons.forms.views.building import crumbs, form_or_404, let_in, title_of
from helsevev.commons.forms.views.building_files import chosen, line
from helsevev.commons.forms.views.laying import Page
from helsevev.core.questionnaire import paths, reading
from helsevev.core.questionnaire.evaluating import Evaluation, evaluate, initial
from helsevev.core.questionnaire.model import Questionnaire, Value

WIDTHS = ("phone", "wide")


def _number(request: HttpRequest, form: Form) -> int | None:
    """The version that is asked for; None is the draft, or the newest where there is none."""
    given = request.GET.get("version", "")
    if given.isdecimal() and len(given) < 9:
        return int(given)
    if asking.draft_of(form) is None:
        newest = form.versions.first()
        return newest.number if newest else None
    return None


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type] # its type knows no views with arguments
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The page around the frame: languages, widths, versions."""
    let_in(request)
    form = form_or_404(key)
    number = _number(request, form)
    held = chosen(form, number)
    language = request.GET.get("language", "")
    language = language if language in LANGUAGE_NAMES else get_language() or "nb"
    width = request.GET.get("width", "") if request.GET.get("width", "") in WIDTHS else WIDTHS[0]
    asked = {"language": language, "width": width, **({"version": str(number)} if number else {})}
    title = title_of(dict(held), get_language() or "nb") or form.key
    with override(language):
        address = reverse("forms:preview_page", args=[key])
    context = {
        "form": form,
        "title": title,
        "number": number,
        "has_draft": asking.draft_of(form) is not None,
        "language_tabs": _links(asked, "language", {code: str(name) for code, name in LANGUAGE_NAMES.items()}),
        "width_tabs": _links(asked, "width", {"phone": _("Phone"), "wide": _("Wide")}),
        "width": width,
        "address": f"{address}?version={number}" if number else address,
        **crumbs(form, title, {"label": _("Preview")}),
    }
    return render(request, "forms/building_preview.html", context)


def _links(asked: Mapping[str, str], name: str, labels: Mapping[str, str]) -> list[dict[str, object]]:
    """This page with one thing chosen otherwise."""
    found = []
    for value, text in labels.items():
        query = QueryDict(mutable=True)
        query.update({**asked, name: value})
        found.append({"label": text, "url": f"?{query.urlencode()}", "current": asked[name] == value})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type] # as above
def framed(request: HttpRequest, key: str) -> HttpResponse:
    """The form itself, as those see it who answer; what is typed goes to and fro and is kept nowhere."""
    let_in(request)
    form = form_or_404(key)
    held = chosen(form, _number(request, form))
    read = reading.read(held)
    context: dict[str, Any] = {
        "title": title_of(dict(held), get_language() or "nb") or form.key,
        "faults": [line(fault) for fault in read.faults],
        "names": {"seal": SEAL, "window": WINDOW, "do": DO},
        "robots": "noindex",
    }
    if read.questionnaire is not None:
        answers = _typed(read.questionnaire, request.POST) if request.method == "POST" else initial(read.questionnaire)
        verb, _colon, place = request.POST.get(DO, "").partition(":")
        found = evaluate(read.questionnaire, _with_rows(answers, verb, place))
        context |= _laid(read.questionnaire, found, checks=verb == "check")
    answer = render(request, "forms/building_preview_page.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _typed(form: Questionnaire, data: QueryDict) -> dict[str, Value]:
    """What stands on the page, by place; rows that nobody has written in stand too."""
    found: dict[str, Value] = {}
    for name in data:
        path = name.removeprefix(BASE)
        item = form.by_link_id.get(paths.link_id(path)) if name.startswith(BASE) and paths.is_path(path) else None
        if item is None:
            continue
        for holder, row in paths.rows_on(path):
            if f"{holder}:{row}" != path:
                found.setdefault(f"{holder}:{row}", True)
        found[path] = sending.typed(item, path, data)
    return found


def _with_rows(answers: Mapping[str, Value], verb: str, place: str) -> dict[str, Value]:
    """The answers with a row more, or one less."""
    if verb == "add" and paths.is_path(place):
        return {**answers, f"{place}:{paths.new_row()}": True}
    if verb == "remove":
        return {path: value for path, value in answers.items() if path != place and not path.startswith(f"{place}/")}
    return dict(answers)


def _laid(form: Questionnaire, found: Evaluation, *, checks: bool) -> dict[str, Any]:
    """The whole form on one page, what is missing, and what it adds up to."""
    laid = Page(found, {}, [], {}, "", checks=checks).lay_out(found.top)
    scores = [
        (label(form.by_link_id[link_id]) if link_id in form.by_link_id else _("The form as a whole"), f"{score:f}")
        for link_id, score in found.scores.items()
    ]
    return {"laid": laid, "missing": len(found.missing), "wrong": len(found.wrong), "scores": scores, "checks": checks}
