"""Filling in a sheet: one address of the owning room shows it, saves it, and answers the script that saves meanwhile.

The room decides who comes here and says what they may in a `Desk`:

    @filling.fill_view
    def form(request, key):
        application = let_in(request, key)
        return filling.page(request, application.sheet, filling.Desk(person=..., may_write=..., title=...))
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from helsevev.commons.forms import actions, queries
from helsevev.commons.forms.actions import Change
from helsevev.commons.forms.forms import sending
from helsevev.commons.forms.forms.questions import DO, SEAL, WINDOW, label, language
from helsevev.commons.forms.models import Answer, Sheet
from helsevev.commons.forms.views import answering, attaching
from helsevev.commons.forms.views.laying import Page
from helsevev.commons.forms.views.saying import FileAddress, said
from helsevev.commons.forms.views.sealing import Seal, fill_view, kept_here, opened, wants_json
from helsevev.commons.people import queries as people
from helsevev.core.questionnaire.evaluating import Evaluation, Spot
from helsevev.core.questionnaire.model import Questionnaire
from helsevev.core.words import Refusal, Refused

__all__ = ["Desk", "fill_view", "page"]

OVERVIEW = "overview"


@dataclass(frozen=True)
class Desk:
    """What the owning room decides for the person who comes (pult).

    `after` is where the overview leads when all is filled in; `attachments` who owns the files that are sent in, as
    (kind, key) of commons/files; `file_url` the room's own address of a file. `names` says what to call writers.
    """

    person: str
    may_write: bool
    title: str
    why_not: Refusal | None = None
    breadcrumbs: Sequence[Mapping[str, object]] = ()
    names: Callable[[Collection[str]], Mapping[str, str]] = people.actor_names
    after: str = ""
    after_label: str = ""
    attachments: tuple[str, str] | None = None
    file_url: Callable[[str], str] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    template: str = "forms/fill.html"


def page(request: HttpRequest, sheet: Sheet, desk: Desk) -> HttpResponse:
    """Whatever is asked at the sheet's address."""
    if request.method == "POST":
        return _take(request, sheet, desk)
    if wants_json(request):
        return _newer(request, sheet, desk)
    return _show(request, sheet, desk)


# --- What comes in ---------------------------------------------------------------------------------------------------
def _take(request: HttpRequest, sheet: Sheet, desk: Desk) -> HttpResponse:
    """Save what was typed, then do what the button says."""
    seal = opened(request)
    if seal != Seal(desk.person, str(sheet.key)) or not desk.may_write:
        return kept_here(request, signed_out=False)
    form = queries.compiled(sheet.version)
    window = request.POST.get(WINDOW, "")[:36]
    changes = sending.changes(form, request.POST)
    try:
        saved = actions.save(sheet, changes, desk.person, window=window)
        if wants_json(request):
            return answering.answer(request, _Asked(request, sheet, desk).situation(), saved, _clash_box)
        where = _do(request, sheet, desk, window)
    except Refused as refused:
        return _refused(request, refused)
    return HttpResponseRedirect(where)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """What can't be saved is said, and what was typed stands there still."""
    reasons = [said(one) for one in refused.refusals]
    if wants_json(request):
        return answering.refused(reasons)
    return kept_here(request, signed_out=False, reasons=reasons)


def _do(request: HttpRequest, sheet: Sheet, desk: Desk, window: str) -> str:
    """What a button does, and where it leads."""
    verb, _colon, rest = request.POST.get(DO, "save").partition(":")
    step = request.POST.get("!step", "1")
    attaching.take(request, sheet, desk.person, desk.attachments)
    if verb == "go":
        return f"?step={rest}"
    if verb == "add":
        return f"?step={step}#{_anchor(actions.add_row(sheet, rest, desk.person, window=window))}"
    if verb == "remove":
        base = request.POST.get("!seen", "")
        actions.remove_row(sheet, rest, desk.person, base=int(base) if base.isdecimal() else 0)
        return f"?step={step}#{_anchor(rest.rpartition(':')[0])}"
    if verb == "bring":
        actions.bring_back_row(sheet, rest, desk.person)
        return f"?step={step}#{_anchor(rest)}"
    if verb == "detach":
        attaching.let_go(sheet, rest, desk.person, desk.attachments)
    elif verb in ("mine", "theirs", "both"):
        _choose(sheet, desk, verb, rest)
        return f"?step={step}#{_anchor(rest.partition(' ')[2])}"
    return f"?step={step}" + ("&check=yes" if verb == "check" else "")


def _anchor(path: str) -> str:
    return f"at-{path}"


def _choose(sheet: Sheet, desk: Desk, verb: str, rest: str) -> None:
    """Settle between two texts: the one that stands, the one beside it, or the one after the other."""
    seen, _space, path = rest.partition(" ")
    number, _dot, base = seen.partition(".")
    clash = next((one for one in queries.clashes(sheet) if str(one.pk) == number and one.path == path), None)
    if clash is None:
        return
    now = queries.standing(sheet).get(path)
    standing = now.value if now else None
    chosen = clash.value if verb == "mine" else standing
    if verb == "both" and isinstance(standing, str) and isinstance(clash.value, str):
        chosen = f"{standing}\n\n{clash.value}"
    change = Change(path, chosen, int(base) if base.isdecimal() else 0)
    actions.settle(sheet, change, desk.person, seen=[clash.pk])


# --- What is shown ---------------------------------------------------------------------------------------------------
class _Asked:
    """One question to one sheet, with what its answer needs read once."""

    def __init__(self, request: HttpRequest, sheet: Sheet, desk: Desk) -> None:
        self.request, self.desk = request, desk
        self.sheet = Sheet.objects.select_related("version__form").get(pk=sheet.pk)
        self.form: Questionnaire = queries.compiled(self.sheet.version)
        self.standing: Mapping[str, Answer] = queries.standing(self.sheet)
        raw = {path: answer.value for path, answer in self.standing.items() if answer.value is not None}
        self.found: Evaluation = queries.evaluate(self.form, raw)
        self.clashes = queries.clashes(self.sheet)
        self.removed = queries.removed_rows(self.sheet)
        self.progress = queries.progress_of(self.form, self.found, {clash.path: clash for clash in self.clashes})
        writers = {answer.by for answer in self.standing.values()} | {clash.by for clash in self.clashes}
        writers |= {row.by for row in self.removed}
        self.names = desk.names(writers - {desk.person})

    def step(self) -> int:
        """The page that is asked for, 1 where it isn't one; 0 is the overview."""
        asked = self.request.GET.get("step") or self.request.POST.get("!step", "1")
        if asked == OVERVIEW:
            return 0
        number = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
        return min(max(number, 1), len(self.progress.steps))

    def top(self) -> list[Spot]:
        """The places at the top of the page."""
        number = self.step()
        if not number or not self.progress.steps:
            return []
        return queries.spots_on(self.progress.steps[number - 1].page, self.found)

    def laid(self) -> Page:
        """The page, laid out."""
        checks = self.request.GET.get("check") == "yes"
        names = {self.desk.person: _("You"), **self.names}
        page = Page(self.found, self.standing, self.clashes, names, self.desk.person, self.removed, checks=checks)
        return page.lay_out(self.top())

    def situation(self) -> answering.Situation:
        """What the script is told."""
        return answering.Situation(
            sheet=self.sheet,
            laid=self.laid(),
            progress=self.progress,
            person=self.desk.person,
            top=self.top(),
            saved_at=saved_at(self.sheet),
        )


def saved_at(sheet: Sheet) -> str:
    """When the sheet was last saved, as a clock shows it."""
    return time_format(localtime(sheet.changed_at), "H:i")


def _newer(request: HttpRequest, sheet: Sheet, desk: Desk) -> HttpResponse:
    """What others have written since the page was shown; mostly nothing, and that is quickly said."""
    standing = Sheet.objects.only("revision", "state").get(pk=sheet.pk)
    if request.GET.get("since") == str(standing.revision):
        return HttpResponse(status=204)
    return answering.answer(request, _Asked(request, sheet, desk).situation(), None, _clash_box)


def _clash_box(request: HttpRequest, laid: Page, path: str) -> str:
    """The two texts of one place, as the page shows them."""
    item = laid.found.spots[path].item
    return render_to_string("forms/_meetings.html", {"meetings": laid.meetings(path, item)}, request)


def _show(request: HttpRequest, sheet: Sheet, desk: Desk) -> HttpResponse:
    """A page of the sheet, or its overview."""
    asked = _Asked(request, sheet, desk)
    context = _context(asked)
    if not desk.may_write or not asked.step():
        raw = {path: answer.value for path, answer in asked.standing.items() if answer.value is not None}
        context |= _overview(asked) | {"told": queries.told(asked.form, raw, language()) if not desk.may_write else []}
        return render(request, "forms/overview.html", {**context, **desk.context})
    laid = asked.laid()
    context |= {
        "laid": laid,
        "shows_check": laid.checks or bool(laid.form.errors),
        "page_title": label(asked.progress.steps[asked.step() - 1].page) if asked.progress.steps else desk.title,
    }
    return render(request, desk.template, {**context, **desk.context})


def _context(asked: _Asked) -> dict[str, Any]:
    desk, number = asked.desk, asked.step()
    steps = [
        {"number": step.number, "title": _title(step), "state": step.state, "current": step.number == number}
        for step in asked.progress.steps
        if step.enabled
    ]
    return {
        "sheet": asked.sheet,
        "desk": desk,
        "title": desk.title,
        "steps": steps,
        "step": number,
        "next": next((one["number"] for one in steps if int(str(one["number"])) > number), OVERVIEW),
        "previous": next((one["number"] for one in reversed(steps) if int(str(one["number"])) < number), ""),
        "progress": asked.progress,
        "why_not": said(desk.why_not) if desk.why_not else "",
        "seal": Seal(desk.person, str(asked.sheet.key)).sign(),
        "names": {"seal": SEAL, "window": WINDOW, "do": DO},
        "saved_at": saved_at(asked.sheet) if asked.sheet.revision else "",
        "breadcrumbs": list(desk.breadcrumbs),
        "takes_files": desk.attachments is not None,
        "file_url": FileAddress(desk.file_url),
        "address": asked.request.path,
        "robots": "noindex",
    }


def _title(step: queries.Step) -> str:
    return label(step.page) if step.page.link_id else _("Questions")


def _overview(asked: _Asked) -> dict[str, Any]:
    """What stands between the sheet and being sent, and what isn't sent with it."""
    left = [
        {"label": asked.form.by_link_id[link].label(language()) if link in asked.form.by_link_id else "", "text": text}
        for path, value in asked.found.left_over.items()
        if (text := value if isinstance(value, str) else "")
        for link in [queries.link_id(path)]
    ]
    return {"places": [place for step in asked.progress.steps for place in _places(asked, step)], "left_over": left}


def _places(asked: _Asked, step: queries.Step) -> list[dict[str, Any]]:
    """Each place of a page that must be put right, with its way there."""
    met = {clash.path for clash in asked.clashes}
    found = []
    for spot in (one for top in queries.spots_on(step.page, asked.found) for one in (top, *top.below())):
        if not spot.enabled or not (spot.is_blocking or spot.path in met):
            continue
        why = _("Two have written here. Choose between the texts.") if spot.path in met else _("This isn't filled in.")
        found.append(
            {
                "url": f"?step={step.number}&check=yes#{_anchor(spot.path)}",
                "label": label(spot.item),
                "message": said(spot.problem) if spot.problem is not None else why,
            }
        )
    return found
