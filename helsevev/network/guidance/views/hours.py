"""The hours of a working room: the balance, every line, booking, answering, correcting, and the files."""

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.ui.forms.saying import all_said, tell
from helsevev.core import ledger
from helsevev.core.ledger import Kind, Purpose
from helsevev.core.tables import XLSX, write_xlsx
from helsevev.core.words import Refused
from helsevev.network.guidance.actions import answering, booking
from helsevev.network.guidance.actions.booking import Entry, Yes
from helsevev.network.guidance.forms.hours import BookForm, CommentForm, CorrectForm, OnForm, ReasonForm
from helsevev.network.guidance.models import HourLine, HourRequest
from helsevev.network.guidance.queries import ledger_showing as showing
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.rules.engagements import Answer
from helsevev.network.guidance.views.door import Inside, crumbs, enter, page
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer as picture_answer

ANSWERS = frozenset(one.value for one in Answer)


@require_safe
def hours(request: HttpRequest, key: str) -> HttpResponse:
    """The balance and every line."""
    inside = enter(request, key, "see_hours")
    return _page(request, inside, _book_form(inside))


def _page(
    request: HttpRequest, inside: Inside, form: BookForm, faults: tuple[str, ...] = (), *, over: bool = False
) -> HttpResponse:
    """The page; where something wasn't booked with what was typed, and the way past the balance where that is it."""
    engagement = inside.engagement
    rows = showing.rows(engagement)
    lines = showing.shown(rows)
    balance = ledger.balance(row.line for row in rows)
    on_form = OnForm(request.GET if "on" in request.GET else None)
    day = on_form.cleaned_data["on"] if on_form.is_bound and on_form.is_valid() else None
    context = {
        "heading": _("Hours"),
        "balance": showing.told(balance),
        "marks": showing.marks(balance),
        "lines": lines[::-1],
        "waits": sum(one.waits for one in lines),
        "disputed": sum(one.disputed for one in lines),
        "last": rows[-1].number if rows else 0,
        "on_form": on_form,
        "day": day,
        "on_day": showing.told(ledger.balance((row.line for row in rows), day)) if day else None,
        "rule": showing.in_words(engagement.counting, engagement.counting_note),
        "figure": _figure(inside, rows),
        "requests": showing.requests(engagement),
        "reason_form": ReasonForm(auto_id="answer_%s"),
        "form": form,
        "faults": faults,
        "over": over,
        "may_book": inside.may("book_hours") and engagement.closed_at is None,
        "may_answer": inside.may("answer_hours"),
        "may_allow": inside.may("allow_past_balance"),
        "closed_at": engagement.closed_at,
        "breadcrumbs": crumbs(inside),
    }
    return page(request, "guidance/hours", inside, context, 422 if form.errors or faults else 200)


def _book_form(inside: Inside, data: object = None) -> BookForm:
    advisors = rooms.advisors(inside.engagement)
    own = str(inside.user.key)
    initial = {
        "kind": Kind.USED.value,
        "worked_on": timezone.localdate(),
        "advisor": own if any(one.key == inside.user.key for one in advisors) else "",
    }
    return BookForm(data, advisors=advisors, initial=initial)


def _figure(inside: Inside, rows: list[HourLine]) -> dict[str, object] | None:
    chart = showing.burn_down(rows, get_language() or "nb")
    if chart is None:
        return None
    address = reverse("guidance:hours_picture", args=[inside.initiative.key, "svg"]).removesuffix(".svg")
    return figure(chart, Place(address, {}))


@require_POST
def book(request: HttpRequest, key: str) -> HttpResponse:
    """Write planned or used time; past the balance ask the secretariat, or say yes as the secretariat."""
    inside = enter(request, key, "book_hours")
    form = _book_form(inside, request.POST)
    if not form.is_valid():
        return _page(request, inside, form)
    made = form.cleaned_data
    entry = Entry(
        Kind(made["kind"]), made["minutes"], Purpose(made["purpose"]), made["what"], made["worked_on"], made["advisor"]
    )
    try:
        if request.POST.get("past") == "ask":
            answering.ask(inside.engagement, [entry], made["why"], inside.by)
            messages.success(request, _("The secretariat is asked, and both sides are told."))
        else:
            booking.write(inside.engagement, [entry], inside.by, yes=_yes(request, inside, made["why"]))
            messages.success(request, _("Written in the ledger."))
    except Refused as refused:
        over = any(one.why == ledger.Why.OVER for one in refused.refusals)
        return _page(request, inside, form, tuple(all_said(refused)), over=over)
    return _back(inside)


def _yes(request: HttpRequest, inside: Inside, why: str) -> Yes | None:
    """The secretariat's yes, given on the page with a reason."""
    if request.POST.get("past") == "yes" and inside.may("allow_past_balance") and why.strip():
        return Yes(inside.by, why.strip())
    return None


def _back(inside: Inside) -> HttpResponse:
    return HttpResponseRedirect(reverse("guidance:hours", args=[inside.initiative.key]))


# --- One line ---------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One line: all that it says, what was said of it, and what may be done with it."""
    inside = enter(request, key, "see_hours")
    rows = showing.rows(inside.engagement)
    found = next((one for one in showing.shown(rows) if one.row.number == number), None)
    if found is None:
        raise Http404
    comment, correct = CommentForm(), CorrectForm()
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        what = request.POST.get("do", "")
        comment = CommentForm(request.POST) if what in ANSWERS else comment
        correct = CorrectForm(request.POST) if what == "correct" else correct
        try:
            if _act(inside, found.row, what, comment, correct):
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(request.path)
        except Refused as refused:
            faults = tuple(all_said(refused))
    standing = ledger.stands_at((row.line for row in rows), found.row.line)
    context = {
        "heading": _("Line %(number)s") % {"number": number},
        "one": found,
        "stands": ledger.clock(standing),
        "is_corrected": standing != found.row.minutes,
        "corrections": [one for one in rows if one.corrects_id == found.row.pk],
        "answers": showing.answers(found.row),
        "may_answer": inside.may("answer_hours")
        and found.row.kind in showing.ANSWERED
        and inside.by not in (found.row.by, found.row.advisor),
        "may_correct": inside.may("correct_hours") and found.row.corrects_id is None,
        "comment_form": comment,
        "correct_form": correct,
        "faults": faults,
        "breadcrumbs": crumbs(inside, (_("Line %(number)s") % {"number": number}, "")),
    }
    return page(request, "guidance/line", inside, context, 422 if faults or comment.errors or correct.errors else 200)


def _act(inside: Inside, row: HourLine, what: str, comment: CommentForm, correct: CorrectForm) -> bool:
    """Answer or correct; false where the form has faults."""
    if what in ANSWERS:
        if not inside.may("answer_hours"):
            raise Http404
        if not comment.is_valid():
            return False
        answering.answer(row, Answer(what), comment.cleaned_data["comment"], inside.by)
        return True
    if what != "correct" or not inside.may("correct_hours"):
        raise Http404
    if not correct.is_valid():
        return False
    minutes = correct.cleaned_data["minutes"] * (-1 if row.minutes < 0 else 1)
    booking.correct(row, minutes, correct.cleaned_data["why"], inside.by)
    return True


@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm every line that was on the page and that nobody has answered."""
    inside = enter(request, key, "answer_hours")
    text = request.POST.get("seen", "")
    count = answering.confirm_all(inside.engagement, int(text) if text.isdecimal() and len(text) < 9 else 0, inside.by)
    messages.success(request, _("Lines confirmed: %(count)s.") % {"count": count})
    return _back(inside)


@require_POST
def answer_request(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The secretariat's yes or no to a booking past the balance."""
    inside = enter(request, key, "allow_past_balance")
    found = HourRequest.objects.filter(engagement=inside.engagement, pk=number).first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return _back(inside)
    try:
        answering.answer_request(
            found, allow=request.POST.get("do") == "allow", why=form.cleaned_data["why"], by=inside.by
        )
        messages.success(request, _("Saved."))
    except Refused as refused:
        tell(request, refused)
    return _back(inside)


# --- Files ------------------------------------------------------------------------------------------------------------
@require_safe
def workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The whole ledger as a workbook, in whole minutes."""
    inside = enter(request, key, "export_hours")
    file = io.BytesIO()
    write_xlsx(file, showing.sheets(showing.rows(inside.engagement), inside.title, timezone.now()))
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="hours-{inside.initiative.key}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def picture(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The burn-down."""
    inside = enter(request, key, "see_hours")
    chart = showing.burn_down(showing.rows(inside.engagement), get_language() or "nb")
    return picture_answer(request, chart, form, private=True)


__all__ = ["answer_request", "book", "confirm", "hours", "line", "picture", "workbook"]
