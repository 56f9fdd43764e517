"""Points in time when contacts came, held to what the queue assumes; nothing of the file is kept."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from helsevev.commons.files.views import takes_files
from helsevev.core import pricing
from helsevev.core.faults import Faulty
from helsevev.core.pricing.arrivals import Arrivals, arrivals, measured, times
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import cases as actions
from helsevev.toolbox.pricing.queries import cases
from helsevev.toolbox.pricing.views import desk

LARGEST = 20_000_000
PROFILE = "hourly_contact_profile"
SHARE = re.compile(r"[01](\.\d{1,6})?", re.ASCII)  # as the page writes it; anything else makes no day at all


class TimesForm(forms.Form):
    """A file with a point in time on each line."""

    file = forms.FileField(
        label=gettext_lazy("File with points in time"),
        help_text=gettext_lazy("CSV, one contact a line, such as 2026-03-02 08:15. Leave out who it was."),
    )
    opens = forms.IntegerField(
        label=gettext_lazy("Hour in which the centre opens"), min_value=0, max_value=23, initial=8
    )


@takes_files(most=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def arriving(request: HttpRequest, key: str) -> HttpResponse:
    """Do contacts come by chance alone, hour by hour? Then the measured day may be taken into the case."""
    subject = desk.found(request, key, "edit")
    if request.method == "POST" and request.POST.get("do") == "take":
        return _take(request, subject)
    form = TimesForm(request.POST or None, request.FILES or None)
    found: Arrivals | None = None
    lines: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["file"].read().decode("utf-8-sig", "replace")
            found = arrivals(subject.read, times(text.splitlines()), form.cleaned_data["opens"])
        except Faulty as faulty:
            lines = desk.fault_lines(faulty.faults)
    context = desk.frame(subject, "edit", _("When contacts come")) | {
        "form": form,
        "lines": lines,
        "found": found,
        "clustered": found is not None and bool(found.clustered),
        "profile": " ".join(f"{share:.4f}" for share in measured(found)) if found else "",
        "more_agents": sum(hour.agents_on_busy_days - hour.agents for hour in found.hours) if found else 0,
    }
    return render(request, "pricing/arriving.html", context, status=422 if lines or form.errors else 200)


def _take(request: HttpRequest, subject: cases.Subject) -> HttpResponse:
    """The measured day as a new version of the case, with where it comes from."""
    content: dict[str, Any] = subject.content
    words = request.POST.get("profile", "").split()[:24]
    shares = [float(word) for word in words] if all(SHARE.fullmatch(word) for word in words) else []
    note = {"source": _("Measured from points in time"), "date": localdate().isoformat()}
    after = {
        **content,
        "centre": {**content["centre"], PROFILE: shares},
        "notes": {**(content.get("notes") or {}), f"centre.{PROFILE}": note},
    }
    try:
        pricing.price(pricing.read(after))
        actions.save(subject.case, after, subject.case.version, desk.actor_on(request), via="import")
    except Refused as refused:
        faults = refused.faults if isinstance(refused, Faulty) else []
        for line in desk.fault_lines(faults) or [desk.said(one) for one in refused.refusals]:
            messages.error(request, line)
    else:
        messages.success(request, _("Saved. The answer is reckoned from the new inputs."))
    return HttpResponseRedirect(reverse("pricing:edit", args=[subject.case.key]))
