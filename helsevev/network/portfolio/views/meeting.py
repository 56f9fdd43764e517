"""Two people have changed the same fields (møte): both are shown beside what it was, and the second one chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.core import differences
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.actions import Saved
from helsevev.network.portfolio.forms import sending
from helsevev.network.portfolio.queries import editing, history, standing
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.telling import Teller
from helsevev.network.portfolio.rules import typed
from helsevev.network.portfolio.views import leaving
from helsevev.network.portfolio.views.desk import Desk
from helsevev.network.portfolio.views.judging import judge
from helsevev.network.portfolio.views.saving import try_to_save
from helsevev.network.portfolio.views.sealing import Seal
from helsevev.network.portfolio.views.sheet import Sheet, breadcrumbs, page

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Meeting:
    """One field that both have changed (møtested): what it was, theirs and mine, with what differs from what it was."""

    name: str
    label: str
    was: Sequence[str]
    theirs: Sequence[differences.Line]
    mine: Sequence[differences.Line]
    can_have_both: bool


def meet(request: HttpRequest, desk: Desk, seal: Seal, filled: Mapping[str, Any]) -> HttpResponse:
    """Keep the draft, and ask."""
    state = leaving.try_to_keep(desk, filled, seal, force=True)
    return _ask(request, desk, filled, state)


def _ask(request: HttpRequest, desk: Desk, filled: Mapping[str, Any], state: Mapping[str, object]) -> HttpResponse:
    """The page that shows both."""
    now = editing.subject(desk.subject.key)
    assert now is not None  # a project never goes
    assert now.project is not None
    since = standing.revisions_since(now.project, desk.base)
    mine = desk.changed(filled)
    both = desk.meeting(mine, now)
    if not both:  # they have taken theirs back while we looked
        return page(request, desk, Sheet(filled, state=state))
    context = {
        "subject": now,
        "meetings": _meetings(desk, now, filled, both),
        "others": history.field_labels(name for name in rules.FIELDS if name in mine and name not in both),
        "who": ", ".join(dict.fromkeys(history.who([revision.actor for revision in since]).values())),
        "at": since[-1].at,
        "seal": desk.seal(against=now.version),
        "state": state,
        "address": request.path,
        "breadcrumbs": breadcrumbs(now, _("Choose between two changes")),
        "robots": "noindex",
    }
    response = render(request, "portfolio/edit_meeting.html", context, status=409)
    response["Cache-Control"] = "no-store"
    return response


def _meetings(desk: Desk, now: editing.Subject, filled: Mapping[str, Any], both: Sequence[str]) -> list[Meeting]:
    """Each field with its three versions."""
    theirs = typed.typed(now.fields, desk.words)
    mine = _judged_fields(desk, filled)
    values = [(name, fields.get(name)) for fields in (desk.base_fields, now.fields, mine) for name in both]
    teller = Teller(Naming(desk.language), values)
    found = []
    for name in both:
        was = teller.lines(name, desk.base_fields[name])
        # What can't be judged yet is shown as it was typed.
        own = teller.lines(name, mine[name]) if name in mine else leaving.lines(filled[name])
        found.append(
            Meeting(
                name,
                _(rules.FIELDS[name].label),
                was,
                differences.lines(was, teller.lines(name, now.fields[name])),
                differences.lines(was, own),
                typed.together(name, desk.shown[name], filled[name], theirs[name]) is not None,
            )
        )
    return found


def _judged_fields(desk: Desk, filled: Mapping[str, Any]) -> rules.Fields:
    """My fields as they would be kept, as far as they can be."""
    made = judge(desk, filled).made
    fields, faults = rules.check(made.changes)
    known = queries.known(fields[kind] for kind in rules.LINEAGE if fields.get(kind))
    return rules.settle(fields, known)[0] if not faults else {}


def settle(request: HttpRequest, desk: Desk, seal: Seal) -> HttpResponse:
    """What was chosen is laid over what stood when it was shown, and saved; a third change in between asks again."""
    draft = editing.draft(desk.user, desk.subject.project)
    if draft is None or (draft.base_version, draft.window) != (seal.base, seal.over):
        messages.info(request, _("There was nothing left to save. This is the project as it stands."))
        return HttpResponseRedirect(reverse("portfolio:project", args=[desk.subject.key]))
    chosen = _chosen(request, desk, seal, sending.fitting(draft.fields, desk.names))
    desk = Desk(desk.user, desk.person, desk.subject, desk.names, seal.against, desk.over)
    filled = desk.shown | chosen
    state = leaving.try_to_keep(desk, filled, seal, force=True)
    found = try_to_save(desk, seal.uuid, filled)
    if isinstance(found, Saved):
        messages.success(request, _("Saved, as you chose."))
        return HttpResponseRedirect(reverse("portfolio:project", args=[desk.subject.key]))
    if found.met:
        return _ask(request, desk, filled, state)
    return page(request, desk, Sheet(filled, found.wrong, state=state, status=found.status))


def _chosen(request: HttpRequest, desk: Desk, seal: Seal, mine: Mapping[str, Any]) -> dict[str, Any]:
    """My fields without those that stay as theirs; lists that are to have both are joined."""
    project = desk.subject.project
    assert project is not None
    theirs = typed.typed(history.fields_at(project, seal.against), desk.words)
    chosen = dict(mine)
    for name in queries.changed_since(project, seal.base, mine):
        wanted = request.POST.get(f"choice-{name}", MINE)
        joined = typed.together(name, desk.shown[name], mine[name], theirs[name]) if wanted == BOTH else None
        if wanted == THEIRS:
            del chosen[name]
        elif joined is not None:
            chosen[name] = joined
    return chosen
