"""The gallery, and the pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from elsewhere, or the page was too old."""
    return render(request, "403_csrf.html", status=403)
