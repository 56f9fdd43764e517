"""The seal of a page that one writes on (segl): whose page it is, and of which sheet; signed.

It does the work of the token against forged forms, which changes when a person signs in anew: a page that stood open
over lunch would be refused then, and what was typed on it lost. The seal can't be made without the server's key, and
counts for the one person and the one sheet that it was made for.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import wraps

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from helsevev.commons.forms.forms.questions import SEAL
from helsevev.commons.forms.forms.sending import kept_texts
from helsevev.commons.people.middleware import answers_signed_out

SALT = "forms.sheet"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Seal:
    """What a page is."""

    person: str
    sheet: str

    def sign(self) -> str:
        """As it stands on the page."""
        return signing.dumps(asdict(self), salt=SALT)


def opened(request: HttpRequest) -> Seal | None:
    """The seal that a page carries; None when it isn't ours."""
    try:
        return Seal(**signing.loads(request.POST.get(SEAL, ""), salt=SALT))
    except (signing.BadSignature, TypeError):
        return None


def fill_view(view: View) -> View:
    """Wraps a room's view that shows a sheet: the seal guards it, and nothing typed is lost when a session ends."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and opened(request):
            return kept_here(request, signed_out=True)
        return view(request, *args, **kwargs)

    return answers_signed_out(guarded)


def kept_here(request: HttpRequest, *, signed_out: bool, reasons: Sequence[str] = ()) -> HttpResponse:
    """A page that can't be taken in now: what was typed stands here, and can be sent again."""
    if wants_json(request):
        return HttpResponse(status=401 if signed_out else 409)
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    texts = [text for values in kept_texts(request.POST).values() for text in values if text.strip()]
    context = {"sent": sent, "texts": texts, "signed_out": signed_out, "reasons": reasons, "robots": "noindex"}
    return render(request, "forms/kept_here.html", context, status=401 if signed_out else 409)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return request.headers.get("Accept") == "application/json"
