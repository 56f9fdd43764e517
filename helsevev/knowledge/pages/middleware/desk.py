"""The door of the editors' desk: who may enter, what they may do there, and what their browser is told."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import may
from helsevev.knowledge.pages.rules.permissions import GROUPS, PERMISSIONS, groups

# The desk is Wagtail's, which sets styles in its pages; only those who have entered ever get this.
POLICY = {
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class DeskMiddleware:
    """Guards everything below the desk's address; nobody else learns that there is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Other pages pass untouched."""
        if "/knowledge/desk/" not in request.path_info or not is_desk(request.path_info):
            return self.get_response(request)
        request.at_desk = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code < 400 or may(request.person, "write", PERMISSIONS):  # type: ignore[attr-defined]
            # A page shown before it is published was told to stand in no frame; the desk shows it in one.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_replace = POLICY  # type: ignore[attr-defined] # noqa: SLF001 - how django-csp is told
            response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Refuse whoever may not write; give those who may exactly the rights of their roles."""
        if not getattr(request, "at_desk", False):
            return
        person = request.person  # type: ignore[attr-defined] # a middleware sets it
        if not may(person, "write", PERMISSIONS) or not isinstance(request.user, User):
            raise Http404
        keep_in_groups(request.user, groups(person))


def is_desk(path: str) -> bool:
    """Whether an address lies below the desk."""
    return any(path.startswith(f"/{code}/knowledge/desk/") for code, _name in settings.LANGUAGES)


def keep_in_groups(user: User, wanted: frozenset[str]) -> None:
    """A person is in the desk's groups for as long as the roles last."""
    held = set(user.groups.filter(name__in=GROUPS.values()).values_list("name", flat=True))
    if held == wanted:
        return
    for group in Group.objects.filter(name__in=held ^ wanted):
        if group.name in wanted:
            user.groups.add(group)
        else:
            user.groups.remove(group)
    for kept in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        user.__dict__.pop(kept, None)
