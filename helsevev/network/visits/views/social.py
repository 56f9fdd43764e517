"""Followers elsewhere: the open page, and what its keepers enter each month."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.rules import may
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.charts.wording import number
from helsevev.core.opendata import FORMS
from helsevev.core.words import Refused
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.views.pictures import answer
from helsevev.network.visits.actions import social as actions
from helsevev.network.visits.forms import ChannelsForm, MonthForm
from helsevev.network.visits.models import Channel
from helsevev.network.visits.panels import followers
from helsevev.network.visits.queries import social as queries
from helsevev.network.visits.rules import PERMISSIONS

Crumbs = list[dict[str, str]]
FILES, MOST_MONTHS = ("csv", "xlsx"), 12


def _crumbs(*last: str) -> Crumbs:
    way = [{"label": _("Visits to the site"), "url": reverse("visits:visits")}]
    if not last:
        return [*way, {"label": _("Social media")}]
    return [*way, {"label": _("Social media"), "url": reverse("visits:social")}, {"label": last[0]}]


def _keeps(request: HttpRequest) -> bool:
    return may(request.person, "keep_social", PERMISSIONS)  # type: ignore[attr-defined] # a middleware sets it


def _keeper(request: HttpRequest) -> str:
    if not _keeps(request):
        raise Http404
    return str(request.person.key)  # type: ignore[attr-defined]


@require_safe
def social(request: HttpRequest) -> HttpResponse:
    """Everyone sees what was entered; its keepers see where to enter."""
    language = get_language() or "nb"
    entered = queries.entered()
    lately = {channel: months[-MOST_MONTHS:] for channel, months in entered.items()}
    charts = [one for channel, months in entered.items() if (one := followers.chart(channel, months, language))]
    rows = [
        [cell if isinstance(cell, str) else "" if cell is None else number(float(str(cell)), language) for cell in line]
        for line in followers.lines(lately)
    ]
    context = {
        "heads": followers.heads(),
        "rows": rows,
        "figures": [figure(one, _place(one.name), size="half") for one in charts],
        "downloads": [{"label": form.upper(), "url": reverse("visits:social_file", args=[form])} for form in FILES],
        "may_keep": _keeps(request),
        "months": [_month_link(one) for one in queries.to_enter()] if _keeps(request) else [],
        "breadcrumbs": _crumbs(),
    }
    return render(request, "visits/social.html", context)


def _month_link(month: date) -> dict[str, object]:
    standing = queries.of_month(month)
    return {
        "label": date_format(month, "F Y"),
        "url": reverse("visits:month", args=[month.year, month.month]),
        "entered": len(standing),
        "changed_at": max((row.changed_at for row in standing.values()), default=None),
    }


def _place(name: str) -> Place:
    address = reverse("visits:social_picture", kwargs={"key": name, "form": "svg"})
    return Place(address.removesuffix(".svg"), {})


@require_safe
def picture(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """A channel's chart as a file."""
    entered = queries.entered()
    channel = next((one for one in entered if one.key == key), None)
    chart = followers.chart(channel, entered[channel], get_language() or "nb") if channel else None
    return answer(request, chart, form)


@require_safe
def file(_request: HttpRequest, form: str) -> HttpResponseBase:
    """The table as a file."""
    response = HttpResponse(followers.written(form, queries.entered()), content_type=FORMS[form][1])
    response["Content-Disposition"] = f'attachment; filename="helsevev-followers.{form}"'
    return response


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Enter or correct a month."""
    actor = _keeper(request)
    try:
        day = date(year, month, 1)
    except ValueError:
        raise Http404 from None
    standing, typed = queries.of_month(day), request.POST.copy() if request.method == "POST" else None
    form = MonthForm(typed, channels=queries.channels(), standing=standing, seen=queries.seen(standing))
    theirs = []
    if typed is not None and form.is_valid():
        try:
            actions.keep_month(day, form.entered, seen=form.cleaned_data["seen"], actor=actor)
        except Refused as refused:
            form.add_error(None, " ".join(all_said(refused)))
            typed["seen"] = queries.seen(standing)
            theirs = [(row.channel.name, row.followers, row.new, row.reach) for row in standing.values()]
        else:
            messages.success(request, _("The numbers of %(month)s are saved.") % {"month": date_format(day, "F Y")})
            return HttpResponseRedirect(reverse("visits:social"))
    name = date_format(day, "F Y")
    context = {
        "form": form,
        "name": name,
        "theirs": theirs,
        "changes": queries.changes(day),
        "breadcrumbs": _crumbs(name),
    }
    return render(request, "visits/month.html", context, status=422 if form.errors else 200)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """The list of channels: names, order, those no longer used, and one more."""
    actor = _keeper(request)
    form = ChannelsForm(request.POST or None, channels=list(Channel.objects.all()))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_channels(form.wanted, form.cleaned_data["added"].strip(), actor)
        except Refused as refused:
            form.add_error("added", " ".join(all_said(refused)))
        else:
            messages.success(request, _("The channels are saved."))
            return HttpResponseRedirect(reverse("visits:social"))
    context = {"form": form, "breadcrumbs": _crumbs(_("Channels"))}
    return render(request, "visits/channels.html", context, status=422 if form.errors else 200)
