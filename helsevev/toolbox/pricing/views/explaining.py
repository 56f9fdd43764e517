"""Where every number comes from, how sure it is, and whether it is fair."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.core import charts, pricing
from helsevev.core.faults import Faulty
from helsevev.core.pricing.fairness import fairness
from helsevev.core.pricing.uncertainty import SEED, value_of_information
from helsevev.core.pricing.uncertainty import tornado as tornado_bars
from helsevev.core.pricing.uncertainty import uncertainty as spread_of
from helsevev.toolbox.pricing.forms import sliding
from helsevev.toolbox.pricing.forms.reporting import KronerField
from helsevev.toolbox.pricing.models import PriceList
from helsevev.toolbox.pricing.panels import figure
from helsevev.toolbox.pricing.queries import cases, doubts
from helsevev.toolbox.pricing.queries.explained import Seen, explained
from helsevev.toolbox.pricing.queries.explained_rows import explained_row, subjects
from helsevev.toolbox.pricing.queries.pictures import Drawn
from helsevev.toolbox.pricing.views import desk
from helsevev.toolbox.pricing.views.cases import file, source

DRAWS = 10_000


@require_safe
def numbers(request: HttpRequest, key: str) -> HttpResponse:
    """Every number; each opens its formula, and its inputs with their sources.

    `of` asks for the numbers of one municipality, group or opening hour, `open` for one to stand open; what sliders
    have moved comes along. `list` asks for the case as a price list froze it.
    """
    subject = desk.found(request, key)
    agreed = _agreed(subject, request.GET.get("list", ""))
    asked, answer = _asked(subject, agreed, desk.one_each(request.GET))
    seen, of = Seen(answer, get_language() or "nb", frozenset(asked.changes)), request.GET.get("of", "")
    row = explained_row(seen, of)
    if of and row is None:
        raise Http404
    title, found = row or ("", explained(seen))
    context = desk.frame(subject, "numbers", _("Every number")) | {
        "numbers": found,
        "of": of,
        "of_name": title,
        "subjects": subjects(answer.case),
        "opened": request.GET.get("open", ""),
        "asked": asked,
        "agreed": agreed,
        "numbers_page": desk.numbers_address(subject, f"list={agreed.version}" if agreed else asked.query),
    }
    return render(request, "pricing/numbers.html", context)


def _agreed(subject: cases.Subject, version: str) -> PriceList | None:
    """The price list that is asked for."""
    if not version:
        return None
    if not version.isdecimal() or len(version) > 9:
        raise Http404
    return get_object_or_404(PriceList, case=subject.case, version=int(version))


def _asked(
    subject: cases.Subject, agreed: PriceList | None, given: Mapping[str, str]
) -> tuple[sliding.Asked, pricing.Answer]:
    """The case with what sliders have moved, or as a price list froze it, and what it comes to."""
    asked = sliding.asked(agreed.content["case"], {}) if agreed else sliding.asked(subject.content, given)
    try:
        return asked, pricing.price(pricing.read(asked.content))
    except Faulty:
        if agreed:
            raise Http404 from None
        return sliding.asked(subject.content, {}), subject.answer


class DoubtForm(forms.Form):
    """What one wants to know of the uncertainty."""

    limit = KronerField(label=gettext_lazy("How likely is it to cost more than this a year, NOK?"), required=False)
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        help_text=gettext_lazy("The same seed gives the same numbers."),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
    )


@require_safe
def uncertainty(request: HttpRequest, key: str) -> HttpResponse:
    """10,000 draws of the whole model, the tornado, what knowing more is worth, and whether the bills are fair."""
    subject = desk.found(request, key)
    form = DoubtForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    seed = given.get("seed") or SEED
    context = desk.frame(subject, "uncertainty", _("Uncertainty and fairness")) | {"form": form, "seed": seed}
    context |= _doubts(subject, seed, given.get("limit")) | _fairness(subject)
    return render(request, "pricing/uncertainty.html", context, status=422 if form.is_bound and form.errors else 200)


def _doubts(subject: cases.Subject, seed: int, limit: Decimal | None) -> dict[str, object]:
    """What the draws say; or in words why there are none."""
    try:
        spread = spread_of(subject.read, DRAWS, seed)
        bars = tornado_bars(subject.read, DRAWS, seed, spread)
    except Faulty as faulty:
        return {"no_spread": desk.fault_lines(faulty.faults)}
    at = float(limit) if limit is not None else round(spread.total_nok.mean, -5)
    worth = value_of_information(subject.read, at, DRAWS, seed)
    address = reverse("pricing:tornado", kwargs={"key": subject.case.key, "form": "svg"}).removesuffix(".svg")
    chart = doubts.tornado(_drawn(subject), bars)
    return {
        "spread": spread,
        "limit": at,
        "chance": 100 * spread.chance_above(at),
        "worth": worth,
        "laws": doubts.laws(Seen(subject.answer, get_language() or "nb")),
        "worth_by_input": [(doubts.called(name), nok) for name, nok in worth.by_input.items()],
        "figure": figure(chart, address, {"seed": str(seed)}),
    }


def _fairness(subject: cases.Subject) -> dict[str, object]:
    """Each partner's cost alone beside its bill."""
    found = fairness(subject.read, subject.answer)
    return {"fair": found, "least_saved": -found.largest_overcharge_nok}


def _drawn(subject: cases.Subject) -> Drawn:
    return Drawn(subject.read, subject.answer, get_language() or "nb", source(subject))


@require_safe
def tornado(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The tornado as a file."""
    subject = desk.found(request, key)
    seed = request.GET.get("seed", "")
    number = int(seed) if seed.isdecimal() and len(seed) < 10 else SEED
    try:
        bars = tornado_bars(subject.read, DRAWS, number)
    except Faulty:
        raise Http404 from None
    chart: charts.Drawable = doubts.tornado(_drawn(subject), bars)
    return file(chart, form, request.GET)
