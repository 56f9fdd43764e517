"""The questions of a meeting's form, answered by whoever registered until the meeting begins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from helsevev.commons.forms.views import filling
from helsevev.network.events.actions.answering import sheet_of
from helsevev.network.events.views.door import crumbs
from helsevev.network.events.views.registering import mine


@csrf_exempt
@never_cache
def answers(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, saved as it is typed. The sheet's own seal guards it, as whoever answers may have no account."""
    one = mine(token)
    registration = one.registration
    row = registration.meeting
    if row.form is None or one.position or registration.state not in ("registered", "waiting"):
        raise Http404
    person = f"registration:{registration.pk}"
    sheet = sheet_of(registration, get_language() or "nb", person)
    own = reverse("events:own", args=[token])
    desk = filling.Desk(
        person=person,
        may_write=row.begins is not None and timezone.now() < row.begins,
        title=_("Questions: %(title)s") % {"title": row.title},
        breadcrumbs=crumbs((_("Your registration"), own), (_("Questions"), "")),
        names=lambda keys: dict.fromkeys(keys, one.name),
        after=own,
        after_label=_("Back to your registration"),
    )
    return filling.page(request, sheet, desk)
