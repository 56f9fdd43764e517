"""Pages of ours at the desk: taking from the shelf, and what should be looked at again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.knowledge.pages.actions import reviewing, taking
from helsevev.knowledge.pages.models import MODELS
from helsevev.knowledge.pages.queries import desk, links
from helsevev.knowledge.pages.rules.kinds import LANGUAGES


def take(request: HttpRequest) -> HttpResponse:
    """What lies on the shelf that a page can begin from; a choice makes a draft."""
    language = get_language() or "nb"
    if request.method == "POST":
        chosen = request.POST.get("item", "")
        item = desk.item(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None
        if item is None:
            messages.error(request, _("That no longer lies on the shelf."))
            return redirect("pages_take")
        page = taking.take(item, request.POST.get("language", language), request.user)  # type: ignore[arg-type]
        messages.success(request, _("A draft is made. Go on writing here; nothing is published yet."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    text = request.GET.get("q", "")[:100]
    context = {
        "offered": desk.offered(language, text),
        "text": text,
        "languages": LANGUAGES,
        "language": language,
        "title": _("Take from the shelf"),
    }
    return render(request, "pages/desk/take.html", context)


def review(request: HttpRequest) -> HttpResponse:
    """Pages to look at again, translations that are behind, and links that lead nowhere."""
    today = timezone.localdate()
    if request.method == "POST":
        kind, _slash, pk = request.POST.get("page", "").partition("/")
        page = MODELS[kind].objects.filter(pk=pk, live=True).first() if kind in MODELS and pk.isdigit() else None
        if page is None or not page.permissions_for_user(request.user).can_edit():
            raise Http404
        reviewing.still_right(page, request.user)  # type: ignore[arg-type]
        messages.success(request, _("Noted. The page comes back here in a year."))
        return redirect("pages_review")
    context = {
        "due": desk.due(today),
        "today": today,
        "behind": desk.behind(),
        "broken": list(links.broken()),
        "dead": links.dead(),
        "title": _("Is this still right?"),
    }
    return render(request, "pages/desk/review.html", context)
