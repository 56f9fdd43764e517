"""Price lists, signing, use by month, settlements, and a bill for each municipality as PDF and as an EHF invoice."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.people.models import Organisation
from helsevev.core.faults import Faulty
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import agreements as actions
from helsevev.toolbox.pricing.forms import reporting
from helsevev.toolbox.pricing.models import PriceList, Settlement
from helsevev.toolbox.pricing.queries import agreements as queries
from helsevev.toolbox.pricing.queries import billing, cases, charging
from helsevev.toolbox.pricing.rules import invoice
from helsevev.toolbox.pricing.rules.keys import KEY_NAMES
from helsevev.toolbox.pricing.rules.reporting import MONTH
from helsevev.toolbox.pricing.views import desk


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """Price lists and settlements; a new list is offered here."""
    subject = desk.found(request, key)
    form = reporting.OfferForm(request.POST or None)
    if request.method == "POST":
        if not subject.may("offer_price_list"):
            raise Http404
        if form.is_valid():
            given = form.cleaned_data
            try:
                row = actions.offer(
                    subject.case, given["valid_from"], given["valid_to"], given["key"], desk.actor_on(request)
                )
            except Refused as refused:
                _lay(form, refused)
            else:
                messages.success(request, _("The price list is offered. Each partner signs it for itself."))
                return HttpResponseRedirect(reverse("pricing:price_list", args=[key, row.version]))
    context = desk.frame(subject, "agreement", _("Agreement and bills")) | {
        "form": form,
        "lists": queries.price_lists(subject.case),
        "settlements": queries.settlements(subject.case),
        "may_offer": subject.may("offer_price_list"),
        "may_report": subject.may("report_actuals"),
    }
    return render(request, "pricing/agreement.html", context, status=422 if form.errors else 200)


def _lay(form: forms.Form, refused: Refused) -> None:
    """Faults at their fields, the rest on top."""
    faults = refused.faults if isinstance(refused, Faulty) else []
    for fault in faults:
        name = fault.place if fault.place in form.fields else None
        form.add_error(name, desk.said(fault.refusal))
    if not faults:
        for one in refused.refusals:
            form.add_error(None, desk.said(one))


@require_http_methods(["GET", "HEAD", "POST"])
def price_list(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """One price list: all that it holds, who has signed; a settlement is made from it."""
    subject = desk.found(request, key)
    row = get_object_or_404(PriceList, case=subject.case, version=version)
    form = reporting.SettleForm(request.POST or None)
    if request.method == "POST":
        if not subject.may("settle"):
            raise Http404
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = actions.settle(row, given["first"], given["last"], given["cost_nok"], desk.actor_on(request))
            except Refused as refused:
                _lay(form, refused)
            else:
                return HttpResponseRedirect(reverse("pricing:settlement", args=[key, made.pk]))
    found = queries.standing(row)
    mine = [one for one in found.partners.values() if subject.may_for("sign", one) and one.key not in found.signatures]
    context = desk.frame(subject, "agreement", _("Price list %(version)s") % {"version": version}) | {
        "found": found,
        "form": form,
        "key_name": _(KEY_NAMES[found.agreed.key]),
        "mine": mine if found.is_newest else [],
        "may_settle": subject.may("settle"),
        "numbers_page": desk.numbers_address(subject, f"list={version}"),
    }
    return render(request, "pricing/price_list.html", context, status=422 if form.errors else 200)


@require_POST
def sign(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """A partner signs."""
    subject = desk.found(request, key)
    row = get_object_or_404(PriceList, case=subject.case, version=version)
    organisation = get_object_or_404(Organisation, key=request.POST.get("organisation", ""))
    if not subject.may_for("sign", organisation):
        raise Http404
    try:
        actions.sign(row, organisation, desk.user_on(request))
    except Refused as refused:
        messages.error(request, desk.said(refused.refusals[0]))
    else:
        messages.success(request, _("%(name)s has signed the price list.") % {"name": organisation.name})
    return HttpResponseRedirect(reverse("pricing:price_list", args=[key, version]))


@require_http_methods(["GET", "HEAD", "POST"])
def actuals(request: HttpRequest, key: str) -> HttpResponse:
    """What was used, month by month: typed in, or from a file."""
    subject = desk.found(request, key, "report_actuals")
    today = timezone.localdate()
    month = request.POST.get("month") or request.GET.get("month") or f"{today.year}-{today.month:02}"
    if not MONTH.fullmatch(month):
        month = f"{today.year}-{today.month:02}"
    lines: list[str] = []
    file = reporting.ActualsFile(request.POST if "file" in request.FILES else None, request.FILES or None)
    if request.method == "POST":
        try:
            if "file" in request.FILES and file.is_valid():
                raw = file.cleaned_data["file"].read()
                figures = reporting.file_rows(subject.read, raw)
                source = str(file.cleaned_data["file"].name)
            else:
                figures = reporting.typed_month(subject.read, month, desk.one_each(request.POST))
                source = _("Typed in")
            count = actions.report(subject.case, figures, source, desk.actor_on(request))
            messages.success(request, _("Kept: %(count)s rows are new or corrected.") % {"count": count})
            return HttpResponseRedirect(f"{reverse('pricing:actuals', args=[key])}?month={month}")
        except Refused as refused:
            faults = refused.faults if isinstance(refused, Faulty) else []
            lines = desk.fault_lines(faults) or [desk.said(one) for one in refused.refusals]
    held = queries.used(subject.case)
    typed = desk.one_each(request.POST) if lines and not request.FILES else {}
    context = desk.frame(subject, "agreement", _("What was used")) | {
        "month": month,
        "rows": reporting.month_rows(subject.read, held, month, typed),
        "months": sorted({when for _number, when in held}, reverse=True),
        "lines": lines,
        "file": file,
        "columns": ", ".join(
            ["municipality", "month", *(one.id for one in subject.read.groups), "enrolments", "discharges"]
        ),
        "series": billing.series(subject.case),
    }
    return render(request, "pricing/actuals.html", context, status=422 if lines else 200)


# --- Settlements and bills -------------------------------------------------------------------------------------------
def _settlement(request: HttpRequest, key: str, pk: int) -> tuple[cases.Subject, Settlement, list[str] | None]:
    """A settlement, and whose bills this person may see there (None: all)."""
    subject = desk.found(request, key)
    row = get_object_or_404(Settlement.objects.select_related("price_list"), pk=pk, price_list__case=subject.case)
    if subject.may("see_all_bills"):
        return subject, row, None
    own = [one.municipality_number for one in subject.own_partners]
    if not own:
        raise Http404
    return subject, row, own


@require_safe
def settlement(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What each pays, with its parts and line by line."""
    subject, row, own = _settlement(request, key, pk)
    bills = queries.bill_rows(row, own)
    for one in bills:
        one["entries"] = charging.entries(one["charges"], row.price_list.content["case"])
    context = desk.frame(subject, "agreement", f"{row.first}–{row.last}") | {
        "row": row,
        "bills": bills,
        "rule": _(billing.RULE),
        "total": queries.nok(row.content["total_ore"]),
        "fund": queries.nok(row.content["fund_ore"]),
        "residual": queries.nok(row.content["residual_ore"]),
        "sees_all": own is None,
        "key_name": _(KEY_NAMES[row.key]),
    }
    return render(request, "pricing/settlement.html", context)


def _bill(request: HttpRequest, key: str, pk: int, number: str) -> tuple[cases.Subject, Settlement, dict[str, object]]:
    """One municipality's bill, for those who may see it."""
    subject, row, own = _settlement(request, key, pk)
    found = queries.bill_rows(row, [number])
    if not found or (own is not None and number not in own):
        raise Http404
    return subject, row, found[0]


@require_safe
def bill_pdf(request: HttpRequest, key: str, pk: int, number: str) -> HttpResponse:
    """The bill as PDF; the same settlement gives the same bytes for ever."""
    subject, row, bill = _bill(request, key, pk, number)
    content = billing.pdf(subject.case, row, bill, get_language() or "nb")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{billing.number_of(subject.case, row, number)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def bill_ehf(request: HttpRequest, key: str, pk: int, number: str) -> HttpResponse:
    """Ask for what an invoice needs, then give it as EHF."""
    subject, row, bill = _bill(request, key, pk, number)
    partner = cases.municipalities([number]).get(number)
    today = timezone.localdate()
    start = {
        "seller_number": subject.case.owner.organisation_number,
        "buyer_number": partner.organisation_number if partner else "",
        "issued": today,
        "due": date.fromordinal(today.toordinal() + 30),
    }
    form = reporting.InvoiceForm(request.GET if "buyer_number" in request.GET else None, initial=start)
    if form.is_bound and form.is_valid():
        made = billing.ehf(subject.case, row, bill, form.cleaned_data)
        response = HttpResponse(invoice.xml(made), content_type="application/xml")
        response["Content-Disposition"] = f'attachment; filename="{made.number}.xml"'
        response["Cache-Control"] = "private, no-store"
        return response
    context = desk.frame(subject, "agreement", _("Invoice basis")) | {"form": form, "bill": bill, "row": row}
    return render(request, "pricing/ehf.html", context, status=422 if form.is_bound else 200)
