"""A text for all to sign: proposed, signed as exactly that text, read in every version, and printed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people import queries as people
from helsevev.commons.people.models import Organisation
from helsevev.commons.ui.forms.saying import refuse
from helsevev.core import differences
from helsevev.core.words import Refused
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.actions import words as acting
from helsevev.network.workspace.forms.words import ProposeForm, SignForm
from helsevev.network.workspace.models import AgreedText, Concept
from helsevev.network.workspace.queries import clarifying as looking
from helsevev.network.workspace.queries import papers, words
from helsevev.network.workspace.rules import concepts as rules
from helsevev.network.workspace.views.door import WORDS, Inside, Typed, crumbs, enter, language, page, resend, to
from helsevev.network.workspace.views.words import found, of_word


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """A text for all to sign; it voids the signatures of the one that stands."""
    inside = enter(request, key, "propose_words")
    one = found(inside, concept)
    place = f"propose/{one.key}"
    if Typed.is_thrown(request, inside, place):
        return to(inside, "word", one.key)
    seen = looking.clarifying(one)
    text = seen.state.text
    standing = {each["example"]: each["answer"] for each in text.content["examples"]} if text else {}

    def make(*args: object, **kwargs: object) -> ProposeForm:
        return ProposeForm(*args, lines=seen.lines, standing=standing, **kwargs)

    number = text.number if text else 0
    typed = Typed.open(request, inside, place, make, {"text": text.text if text else "", "version": number})
    met: list[dict[str, str]] = []
    if request.method == "POST" and typed.form.is_valid():
        form = typed.form
        assert isinstance(form, ProposeForm)
        given = form.cleaned_data
        if given["version"] != number and text is not None:
            form.add_error(
                None, _("Somebody has proposed another text meanwhile. Read it, and send yours if it is still to be.")
            )
            met = [{"label": _("The text that stands now"), "value": text.text}]
            resend(form, version=str(number))
        else:
            try:
                acting.propose(one, given["text"], acting.outcomes_of(one, form.answered()), inside.by, given["reason"])
            except Refused as refused:
                typed.refuse(refused)
            else:
                typed.done()
                messages.success(
                    request, _("The text lies ready for signing. Everyone in the project has got a letter.")
                )
                return to(inside, "word", one.key, anchor="agreed")
    context = {
        **typed.context,
        "met": met,
        "seen": seen,
        "voids": [each.organisation.name for each in seen.state.signatures],
        "cancel_url": reverse("workspace:word", args=[key, one.key]),
        "breadcrumbs": of_word(inside, one, (_("Propose a text"), "")),
    }
    return page(request, "propose", inside, _("Propose a text"), context, typed.status)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, key: str, concept: UUID, organisation: str) -> HttpResponse:
    """Sign for an organisation exactly the text that this page shows."""
    inside = enter(request, key)
    one = found(inside, concept)
    if organisation not in inside.signs_for:
        raise Http404
    place = Organisation.objects.get(key=organisation)
    if request.method != "POST":
        return _sign_page(request, inside, one, (place, SignForm(), ""), 200)
    form = SignForm(request.POST)
    whole = form.is_valid() and form.cleaned_data["organisation"] == organisation
    shown = str(form.cleaned_data.get("digest", ""))
    if not whole:
        return _sign_page(request, inside, one, (place, form, shown), 422)
    try:
        agreed = acting.sign(one, place, inside.user, inside.signs_for, shown)
    except Refused as refused:
        refuse(form, refused)
        return _sign_page(request, inside, one, (place, form, shown), 409)
    messages.success(request, _("%(name)s has signed.") % {"name": place.name})
    if agreed:
        messages.success(request, _("All parties have signed. The definition counts from now on."))
    return to(inside, "word", one.key, anchor="agreed")


def _sign_page(
    request: HttpRequest, inside: Inside, one: Concept, signed: tuple[Organisation, SignForm, str], status: int
) -> HttpResponse:
    """The text as it stands now; where another was shown before, what is different."""
    place, form, shown = signed
    state = words.one(one)
    if state.text is None:
        raise Http404
    before = next((text for text in words.texts(one) if text.digest == shown and text.pk != state.text.pk), None)
    fresh = {"digest": state.text.digest, "organisation": place.key}
    if form.is_bound:
        resend(form, **fresh)
    else:
        form = SignForm(initial=fresh)
    context = {
        "form": form,
        "concept": one,
        "organisation": place,
        "text": state.text,
        "outcomes": _outcomes(state.text),
        "difference": differences.lines(before.text.splitlines(), state.text.text.splitlines()) if before else [],
        "has_signed": place.key in state.signed,
        "cancel_url": reverse("workspace:word", args=[inside.initiative.key, one.key]),
        "breadcrumbs": of_word(inside, one, (_("Sign"), "")),
    }
    heading = _("Sign “%(word)s” for %(name)s") % {"word": one.name, "name": place.name}
    return page(request, "sign", inside, heading, context, status)


def _outcomes(text: AgreedText) -> list[tuple[str, str]]:
    judged = text.content["examples"]
    return [(one["example"], _(rules.ANSWER_NAMES[rules.Answer(one["answer"])])) for one in judged]


@require_safe
def text(request: HttpRequest, key: str, concept: UUID, number: int) -> HttpResponse:
    """One version of a word's text, for ever: who proposed it, who signed it, and what it changed."""
    inside = enter(request, key)
    every = words.texts(found(inside, concept))
    one = next((each for each in every if each.number == number), None)
    if one is None:
        raise Http404
    before = next((each for each in every if each.number == number - 1), None)
    old = before.text if before else ""
    context = {
        "text": one,
        "concept": one.concept,
        "outcomes": _outcomes(one),
        "is_current": one.pk == every[0].pk,
        "who": people.actor_names({one.proposed_by})[one.proposed_by],
        "difference": differences.lines(old.splitlines(), one.text.splitlines()) if before else [],
        "breadcrumbs": of_word(inside, one.concept, (_("Text no. %(number)s") % {"number": number}, "")),
    }
    heading = f"{one.concept.name}: " + _("text no. %(number)s") % {"number": number}
    return page(request, "text", inside, heading, context)


@require_safe
def pdf(request: HttpRequest, key: str, concept: UUID) -> HttpResponse:
    """The whole clarification of a word on paper."""
    inside = enter(request, key)
    one = found(inside, concept)
    made = papers.clarification(inside.title, looking.clarifying(one), language())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{papers.file_name(one)}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """Every word of the project as a printable page: definitions, answers, texts and signatures."""
    inside = enter(request, key)
    every = [looking.clarifying(one.concept) for one in words.clarified(inside.initiative)]
    context = {
        "every": [{"seen": one, "line": _(rules.STANDING_NAMES[one.state.standing])} for one in every],
        "parties": rooms.parties(inside.initiative),
        "breadcrumbs": crumbs(inside, WORDS, (_("All words"), "")),
    }
    return page(request, "all_words", inside, _("All words"), context)
