"""What the desk shows of ours beside Wagtail's own, and what of Wagtail's it does without."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from helsevev.knowledge.pages.views import desk_lists
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


def without_documents(router: Any) -> None:  # noqa: ANN401 - Wagtail's
    """Give the desk the address that it asks for."""
    router.register_endpoint("documents", NoDocuments)


def attachments() -> list[Any]:
    """Files that pages may offer: a list of them, and a way to choose one while writing."""
    return [Attachments("attachments"), AttachmentChooser("attachment_chooser", url_prefix="attachments/chooser")]


def own_colours() -> SafeString:
    """The desk wears the house's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("pages/desk.css"))


def own_addresses() -> Sequence[URLPattern]:
    """Our own pages at the desk."""
    return [
        path("take/", desk_lists.take, name="pages_take"),
        path("review/", desk_lists.review, name="pages_review"),
    ]


def take_item() -> MenuItem:
    """A way to begin a page from what others have made."""
    return MenuItem(_("Take from the shelf"), reverse("pages_take"), name="take", icon_name="download", order=110)


def review_item() -> MenuItem:
    """A way to what should be looked at again."""
    return MenuItem(_("Is this still right?"), reverse("pages_review"), name="review", icon_name="date", order=120)


hooks.register("construct_admin_api", without_documents)
hooks.register("register_admin_viewset", attachments)
hooks.register("insert_global_admin_css", own_colours)
hooks.register("register_admin_urls", own_addresses)
hooks.register("register_admin_menu_item", take_item)
hooks.register("register_admin_menu_item", review_item)
