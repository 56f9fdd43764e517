"""What the desk shows of ours beside Wagtail's own, and what of Wagtail's it does without."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks


class NoDocuments:
    """Files are the files' room's, so Wagtail's own for documents is left out; its desk still asks where it is."""

    @classmethod
    def get_urlpatterns(cls) -> Sequence[URLPattern]:
        """An address that nothing lies behind."""
        return [path("", cls.nothing, name="listing")]

    @staticmethod
    def nothing(request: HttpRequest) -> HttpResponse:
        """Nothing."""
        raise Http404


@hooks.register("construct_admin_api")
def without_documents(router: Any) -> None:  # noqa: ANN401 - Wagtail's
    """Give the desk the address that it asks for."""
    router.register_endpoint("documents", NoDocuments)
