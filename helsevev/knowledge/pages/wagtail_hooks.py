"""What the desk shows of ours beside Wagtail's own, and what of Wagtail's it does without."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from helsevev.knowledge.pages.views.attachments import AttachmentChooser, Attachments


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


@hooks.register("register_admin_viewset")
def attachments() -> list[Any]:
    """Files that pages may offer: a list of them, and a way to choose one while writing."""
    return [Attachments("attachments"), AttachmentChooser("attachment_chooser", url_prefix="attachments/chooser")]


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    """The desk wears the house's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("pages/desk.css"))
