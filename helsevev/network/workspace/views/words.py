"""The words of a project: each party's definition side by side, examples that test them, a text, and signatures."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import tell
from helsevev.core import differences
from helsevev.core.words import Refused
from helsevev.network.workspace.actions import rows as changing
from helsevev.network.workspace.actions import words as acting
from helsevev.network.workspace.forms.rows import ConceptForm, ExampleForm
from helsevev.network.workspace.forms.words import AnswersForm, DefinitionForm
from helsevev.network.workspace.models import Concept, ConceptExample
from helsevev.network.workspace.queries import clarifying as looking
from helsevev.network.workspace.queries import rows, words
from helsevev.network.workspace.rules import PERMISSIONS
from helsevev.network.workspace.rules import concepts as rules
from helsevev.network.workspace.views.door import (
    WORDS,
    Inside,
    Typed,
    crumbs,
    enter,
    own_parties,
    page,
    party,
    resend,
    to,
)


def found(inside: Inside, concept: UUID, *, deleted: bool = False) -> Concept:
    """A word of this workspace."""
    one: Concept | None = rows.one(Concept, inside.initiative, concept)
    if one is None or (one.deleted_at is not None) != deleted:
        raise Http404
    return one


def of_word(inside: Inside, one: Concept, *further: tuple[str, str]) -> list[dict[str, str]]:
    """Where a page of a word lies."""
    place = reverse("workspace:word", args=[inside.initiative.key, one.key]) if further else ""
    return crumbs(inside, WORDS, (one.name, place), *further)


@require_safe
def listing(request: HttpRequest, key: str) -> HttpResponse:
    """Every word, how far it has come, and who has still to sign."""
    inside = enter(request, key)
    every = [
        {"state": one, "line": _(rules.STANDING_NAMES[one.standing])} for one in words.clarified(inside.initiative)
    ]
    context = {
        "words": every,
        "deleted": list(rows.deleted(Concept, inside.initiative)),
        "breadcrumbs": crumbs(inside, WORDS),
    }
    return page(request, "words", inside, _("Words"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Put a word on the list."""
    inside = enter(request, key, "write")
    if Typed.is_thrown(request, inside, "words/new"):
        return to(inside, "words")
    typed = Typed.open(request, inside, "words/new", ConceptForm, {})
    if request.method == "POST" and typed.form.is_valid():
        try:
            made = acting.begin(inside.initiative, typed.form.values(), inside.by)  # type: ignore[attr-defined]
        except Refused as refused:
            typed.refuse(refused, "name")
        else:
            typed.done()
            return to(inside, "word", made.key)
    context = {
        **typed.context,
        "cancel_url": reverse("workspace:words", args=[key]),
        "breadcrumbs": crumbs(inside, WORDS, (_("New word"), "")),
    }
    return page(request, "row", inside, _("New word"), context, typed.status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """Change what a word is called."""
    inside = enter(request, key, "write")
    one = found(inside, concept)
    place = f"words/{one.key}"
    if Typed.is_thrown(request, inside, place):
        return to(inside, "word", one.key)
    typed = Typed.open(request, inside, place, ConceptForm, {**rows.values(one), "version": one.version})
    if request.method == "POST" and typed.form.is_valid():
        base = typed.form.cleaned_data["version"]
        try:
            acting.rename(one, typed.form.values(), inside.by, base)  # type: ignore[attr-defined]
        except Refused as refused:
            typed.refuse(refused)
        else:
            typed.done()
            return to(inside, "word", one.key)
    context = {
        **typed.context,
        "cancel_url": reverse("workspace:word", args=[key, one.key]),
        "breadcrumbs": of_word(inside, one, (_("Edit"), "")),
    }
    return page(request, "row", inside, one.name, context, typed.status)


@require_POST
def delete(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """Take a word off the list, with a way back."""
    inside = enter(request, key, "write")
    one = found(inside, concept)
    try:
        acting.delete(one, inside.by)
    except Refused as refused:
        tell(request, refused)
        return to(inside, "word", one.key)
    messages.success(request, _("“%(title)s” is deleted. It can be restored below.") % {"title": one.name})
    return to(inside, "words", anchor="deleted")


@require_POST
def restore(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """Bring a word back."""
    inside = enter(request, key, "write")
    one = found(inside, concept, deleted=True)
    try:
        acting.restore(one, inside.by)
    except Refused as refused:
        tell(request, refused)
        return to(inside, "words")
    return to(inside, "word", one.key)


@require_safe
def word(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """One word."""
    inside = enter(request, key)
    return word_page(request, inside, found(inside, concept))


def word_page(
    request: HttpRequest, inside: Inside, one: Concept, status: int = 200, example_form: ExampleForm | None = None
) -> HttpResponse:
    """Everything about a word, on one page."""
    seen = looking.clarifying(one)
    texts = words.texts(one)
    before = texts[1].text if len(texts) > 1 else ""
    own = {each.key for each in own_parties(inside, "define")}
    context = {
        "concept": one,
        "seen": seen,
        "line": _(rules.STANDING_NAMES[seen.state.standing]),
        "own": own,
        "lines": [_line(each) for each in seen.lines],
        "text": seen.state.text,
        "earlier": texts[1:],
        "difference": differences.lines(before.splitlines(), texts[0].text.splitlines()) if before else [],
        "outcomes": _outcomes(seen),
        "signing": [each for each in seen.state.missing if each.key in inside.signs_for] if seen.state.text else [],
        "may_propose": inside.may("propose_words", PERMISSIONS),
        "example_form": example_form or ExampleForm(),
        "deleted": list(ConceptExample.objects.filter(concept=one, deleted_at__isnull=False)),
        "breadcrumbs": of_word(inside, one),
    }
    return page(request, "word", inside, one.name, context, status)


def _line(line: looking.Line) -> dict[str, object]:
    """An example with what each answered, in words."""
    cells = [
        {"party": one.party, "answer": _(rules.ANSWER_NAMES[one.answer]) if one.answer else ""} for one in line.cells
    ]
    return {"line": line, "cells": cells}


def _outcomes(seen: looking.Clarifying) -> list[tuple[str, str]]:
    """What the text that stands says of the examples."""
    if seen.state.text is None:
        return []
    judged = seen.state.text.content["examples"]
    return [(one["example"], _(rules.ANSWER_NAMES[rules.Answer(one["answer"])])) for one in judged]


@require_http_methods(["GET", "HEAD", "POST"])
def define(request: HttpRequest, key: str, concept: UUID, organisation: str) -> HttpResponse:
    """What one party means by the word, written by its own people."""
    inside = enter(request, key)
    one = found(inside, concept)
    place_ = party(inside, organisation, "define")
    place = f"define/{one.key}/{organisation}"
    if Typed.is_thrown(request, inside, place):
        return to(inside, "word", one.key)
    column = looking.clarifying(one).column(organisation)
    stands = {"text": column.text, "version": column.definition.version if column.definition else 0} if column else {}
    typed = Typed.open(request, inside, place, DefinitionForm, stands)
    met = ""
    if request.method == "POST" and typed.form.is_valid():
        given = typed.form.cleaned_data
        try:
            acting.define(one, place_, given["text"], inside.by, given["version"])
        except acting.DefinitionMet as refused:
            typed.refuse(refused)
            met = refused.standing.text
            resend(typed.form, version=str(refused.standing.version))
        else:
            typed.done()
            messages.success(request, _("Saved."))
            return to(inside, "word", one.key, anchor=f"party-{organisation}")
    heading = _("“%(word)s” as %(name)s means it") % {"word": one.name, "name": place_.name}
    context = {
        **typed.context,
        "met": [{"label": place_.name, "value": met}] if met else [],
        "cancel_url": reverse("workspace:word", args=[key, one.key]),
        "breadcrumbs": of_word(inside, one, (place_.name, "")),
    }
    return page(request, "row", inside, heading, context, typed.status)


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, key: str, concept: UUID, organisation: str) -> HttpResponse:
    """What one party answers to the examples."""
    inside = enter(request, key)
    one = found(inside, concept)
    place_ = party(inside, organisation, "define")
    seen = looking.clarifying(one)
    column = seen.column(organisation)
    form = AnswersForm(request.POST or None, lines=seen.lines, party=organisation)
    if request.method == "POST" and form.is_valid():
        acting.answer(place_, form.answered(), one, inside.by)
        messages.success(request, _("Saved."))
        return to(inside, "word", one.key, anchor="examples")
    heading = _("The examples under %(name)s's definition") % {"name": place_.name}
    context = {
        "form": form,
        "intro": column.text if column else "",
        "cancel_url": reverse("workspace:word", args=[key, one.key]),
        "breadcrumbs": of_word(inside, one, (_("Examples"), "")),
    }
    return page(request, "answers", inside, heading, context, 422 if form.errors else 200)


# --- Examples --------------------------------------------------------------------------------------------------------
@require_POST
def add_example(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """An example more."""
    inside = enter(request, key, "write")
    one = found(inside, concept)
    form = ExampleForm(request.POST)
    if not form.is_valid():
        return word_page(request, inside, one, 422, form)
    changing.make(ConceptExample, inside.initiative, form.values(), inside.by, concept=one)
    return to(inside, "word", one.key, anchor="examples")


def _example(one: Concept, example: UUID) -> ConceptExample:
    row = ConceptExample.objects.filter(concept=one, key=example).first()
    if row is None:
        raise Http404
    return row


@require_POST
def delete_example(request: HttpRequest, key: str, concept: UUID, example: UUID) -> HttpResponse:
    """Take an example away, with a way back."""
    inside = enter(request, key, "write")
    one = found(inside, concept)
    changing.delete(_example(one, example), inside.by)
    messages.success(request, _("The example is deleted. It can be restored below."))
    return to(inside, "word", one.key, anchor="examples")


@require_POST
def restore_example(request: HttpRequest, key: str, concept: UUID, example: UUID) -> HttpResponse:
    """Bring an example back."""
    inside = enter(request, key, "write")
    one = found(inside, concept)
    try:
        changing.restore(_example(one, example), inside.by)
    except Refused as refused:
        tell(request, refused)
    return to(inside, "word", one.key, anchor="examples")
