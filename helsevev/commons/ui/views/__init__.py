"""The gallery, and the pages that say what went wrong."""

from helsevev.commons.ui.views.pages import csrf_failure, gallery, too_many_requests

__all__ = ["csrf_failure", "gallery", "too_many_requests"]
