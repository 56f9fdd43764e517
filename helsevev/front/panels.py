"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Variables of the page frame: menu, who is signed in, demo mode."""
    return {"menu": [], "demo_mode": settings.DEMO}
